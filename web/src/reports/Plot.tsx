// The plot of a run. Its table stands right below it, so it is an image to a screen reader.
import { useEffect, useRef } from "react";
import type { ReportChart } from "../api/types";
import { useLanguage, useT } from "../i18n/provider";
import { useTheme } from "../theme/provider";

export function Plot({ chart, title }: { chart: ReportChart; title: string }) {
  const t = useT();
  const { language } = useLanguage();
  const { name } = useTheme();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let stop: (() => void) | undefined;
    let gone = false;
    void import("./echarts").then(({ draw, optionOf }) => {
      if (!gone && box.current) stop = draw(box.current, optionOf(chart, name, language));
    });
    return () => {
      gone = true;
      stop?.();
    };
  }, [chart, name, language]);
  return <div ref={box} className="plot" role="img" aria-label={t("reports.plot", { title })} />;
}
