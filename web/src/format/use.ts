// The formats, bound to the reader's language.
import { useMemo } from "react";
import type { Day } from "../api/types";
import { useLanguage } from "../i18n/provider";
import * as number from "./number";
import * as time from "./time";

const iso = (day: Day | undefined | null): string =>
  day && day.year > 0
    ? `${String(day.year).padStart(4, "0")}-${String(day.month).padStart(2, "0")}-${String(day.day).padStart(2, "0")}`
    : "";

export const dayText = iso;
export const dayOf = (text: string): Day => {
  const [year, month, day] = text.split("-").map(Number) as [number, number, number];
  return { year, month, day };
};

export function useFormat() {
  const { language } = useLanguage();
  return useMemo(
    () => ({
      language,
      money: (value: number.Money | undefined | null) => number.exactMoney(value, language),
      amount: number.plainAmount,
      dense: (value: number.Money | undefined | null) => number.denseMoney(value, language),
      sum: (value: number.Money | undefined | null) => number.sumMoney(value, language),
      unitPrice: (value: number.Money | undefined | null) => number.unitPrice(value, language),
      area: (value: string | number | undefined | null) => number.area(value, language),
      discount: (ppm: string | number) => number.discount(ppm, language),
      day: (value: Day | undefined | null) => time.date(iso(value), language),
      date: (value: time.Instant) => time.date(value, language),
      dateTime: (value: time.Instant) => time.dateTime(value, language),
      longDay: (value: time.Instant) => time.longDay(value, language),
      left: (until: time.Instant, now: number) => time.left(until, now, language),
      clock: time.clock,
      duration: time.duration,
      share: number.share,
      ratio: number.ratio,
    }),
    [language],
  );
}
