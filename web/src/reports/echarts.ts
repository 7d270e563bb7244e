// ECharts, cut to what reports use and dressed in the tokens. Loaded only by pages with a plot.
import { BarChart, FunnelChart, LineChart, PieChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsCoreOption } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import type { ReportChart } from "../api/types";
import { colours, fonts, series, type ThemeName } from "../theme/tokens";

use([BarChart, LineChart, PieChart, FunnelChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

const WRITTEN_UP_TO = 12;

// Fen become 万 / M on the axis and parts per million per cent; the table has the exact figures.
function scaleOf(unit: string, language: string): [scale: number, name: string] {
  if (unit === "money") return language === "zh" ? [1e6, "万元"] : [1e8, "M"];
  if (unit === "percent") return [1e4, "%"];
  return [1, unit === "integer" ? "" : unit];
}

export function optionOf(chart: ReportChart, theme: ThemeName, language: string): EChartsCoreOption {
  const c = colours[theme];
  const [scale, unit] = scaleOf(chart.unit ?? "", language);
  const round = (value: number | null) => (value === null ? null : Math.round((value / scale) * 100) / 100);
  const written = (type: string) => chart.xAxis.data.length <= WRITTEN_UP_TO && (chart.series.length === 1 || type === "bar");
  return {
    color: series[theme], animation: false, aria: { enabled: true },
    textStyle: { fontFamily: fonts.body, color: c.ink2, fontSize: 12 },
    grid: { left: 8, right: 16, top: 44, bottom: 8, containLabel: true },
    legend: { top: 4, left: 8, itemWidth: 12, itemHeight: 10, textStyle: { color: c.ink2 } },
    tooltip: { trigger: "axis", backgroundColor: c.raised, borderColor: c.line2, textStyle: { color: c.ink } },
    xAxis: { type: "category", data: chart.xAxis.data, axisLine: { lineStyle: { color: c.line2 } }, axisTick: { show: false }, axisLabel: { color: c.ink2, hideOverlap: true } },
    yAxis: { type: "value", name: unit, min: 0, nameTextStyle: { color: c.ink3 }, splitLine: { lineStyle: { color: c.line } }, axisLabel: { color: c.ink3 } },
    series: chart.series.map((one) => ({
      type: one.type || "bar", name: one.name, data: one.data.map(round), barMaxWidth: 36, symbolSize: 7, lineStyle: { width: 2 },
      label: { show: written(one.type || "bar"), position: "top", color: c.ink2, fontSize: 12 },
    })),
  };
}

export function draw(element: HTMLElement, option: EChartsCoreOption): () => void {
  const plot = init(element, undefined, { renderer: "canvas" });
  plot.setOption(option);
  const watcher = new ResizeObserver(() => plot.resize());
  watcher.observe(element);
  return () => {
    watcher.disconnect();
    plot.dispose();
  };
}
