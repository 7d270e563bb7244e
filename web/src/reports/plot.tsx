// The chart of a run. ECharts is fetched only when a chart is shown.
import { useEffect, useRef } from "react";
import type { ReportChart } from "../api/types";
import { useFormat } from "../format/use";
import { series as colours, colours as tokens } from "../theme/tokens";
import { useTheme } from "../theme/provider";

export function Plot({ chart, label }: { chart: ReportChart; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const { theme } = useTheme();
  const format = useFormat();
  useEffect(() => {
    let gone = false;
    let dispose = () => undefined as void;
    void import("./echarts").then(({ echarts }) => {
      if (gone || !box.current) return;
      const ink = tokens[theme];
      const plot = echarts.init(box.current);
      const money = chart.unit === "fen" || chart.unit === "money";
      const text = (value: unknown) =>
        money ? format.sum({ minorUnits: String(Math.round(Number(value))), currencyCode: "CNY" }) : String(value);
      plot.setOption({
        color: colours[theme],
        animation: false,
        textStyle: { color: ink.ink2 },
        grid: { left: 12, right: 16, top: 36, bottom: 8, containLabel: true },
        legend: { top: 0, left: 0, textStyle: { color: ink.ink2 } },
        tooltip: { trigger: "axis", valueFormatter: text },
        xAxis: { type: "category", data: chart.xAxis.data, axisLine: { lineStyle: { color: ink.line2 } }, axisLabel: { color: ink.ink2 } },
        yAxis: { type: "value", axisLabel: { color: ink.ink2, formatter: text }, splitLine: { lineStyle: { color: ink.line } } },
        series: chart.series.map((one) => ({
          ...one, symbol: "circle", symbolSize: 6, barMaxWidth: 36,
          label: { show: chart.xAxis.data.length <= 12 && one.type === "bar", position: "top", color: ink.ink2, formatter: ({ value }: { value: unknown }) => text(value) },
        })),
      });
      const resize = new ResizeObserver(() => plot.resize());
      resize.observe(box.current);
      dispose = () => {
        resize.disconnect();
        plot.dispose();
      };
    });
    return () => {
      gone = true;
      dispose();
    };
  }, [chart, theme, format]);
  return <div ref={box} className="plot" role="img" aria-label={label} />;
}
