// Dates, times and durations as a person reads them, in the project's time zone (Asia/Shanghai unless it says otherwise).
import { NONE, type Language } from "./number";

export const ZONE = "Asia/Shanghai";

interface Parts {
  year: string;
  month: string;
  day: string;
  hour: string;
  minute: string;
  second: string;
  weekday: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function partsOf(instant: Date, zone: string): Parts {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
      second: "2-digit", weekday: "short", hourCycle: "h23",
    });
    formatters.set(zone, formatter);
  }
  const found = Object.fromEntries(formatter.formatToParts(instant).map((part) => [part.type, part.value]));
  return { ...found, weekday: WEEK_EN.indexOf(found.weekday!) } as unknown as Parts;
}

const WEEK_EN = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const WEEK_ZH = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export type Instant = string | number | Date | undefined | null;

function read(value: Instant, zone: string): Parts | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  // A calendar day stays the day it is, whatever the zone.
  const plain = typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value);
  const instant = new Date(plain ? `${value}T00:00:00Z` : value);
  return Number.isNaN(instant.getTime()) ? undefined : partsOf(instant, plain ? "UTC" : zone);
}

// 2026-11-23 / 23 Nov 2026
export function date(value: Instant, language: Language, zone = ZONE): string {
  const p = read(value, zone);
  if (!p) return NONE;
  return language === "zh" ? `${p.year}-${p.month}-${p.day}` : `${Number(p.day)} ${MONTHS[Number(p.month) - 1]} ${p.year}`;
}

// 11-23 14:32 / 23 Nov 14:32
export function dateTime(value: Instant, language: Language, zone = ZONE): string {
  const p = read(value, zone);
  if (!p) return NONE;
  const day = language === "zh" ? `${p.month}-${p.day}` : `${Number(p.day)} ${MONTHS[Number(p.month) - 1]}`;
  return `${day} ${p.hour}:${p.minute}`;
}

// 14:32:40
export function clock(value: Instant, zone = ZONE): string {
  const p = read(value, zone);
  return p ? `${p.hour}:${p.minute}:${p.second}` : NONE;
}

// 11 月 23 日 周一 / Mon 23 Nov
export function longDay(value: Instant, language: Language, zone = ZONE): string {
  const p = read(value, zone);
  if (!p) return NONE;
  return language === "zh"
    ? `${Number(p.month)} 月 ${Number(p.day)} 日 ${WEEK_ZH[p.weekday]}`
    : `${WEEK_EN[p.weekday]} ${Number(p.day)} ${MONTHS[Number(p.month) - 1]}`;
}

// The calendar day of an instant, as the API wants it.
export function isoDay(value: Instant, zone = ZONE): string {
  const p = read(value, zone);
  return p ? `${p.year}-${p.month}-${p.day}` : "";
}

const two = (value: number) => String(value).padStart(2, "0");

// 02:14, and 1:12:40 from an hour on.
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

// Hours and minutes of what is left: 3:27, and days beyond two of them.
export function leftClock(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
}

// 余 3:27 · 逾期 8 天 / 3:27 left · 8 days late
export function left(until: Instant, now: number, language: Language): string {
  if (!until) return NONE;
  const rest = new Date(until).getTime() - now;
  if (Number.isNaN(rest)) return NONE;
  if (rest >= 0) {
    const days = Math.floor(rest / 86_400_000);
    if (days >= 2) return language === "zh" ? `余 ${days} 天` : `${days} days left`;
    return language === "zh" ? `余 ${leftClock(rest)}` : `${leftClock(rest)} left`;
  }
  const late = Math.floor(-rest / 86_400_000);
  if (late === 0) return language === "zh" ? `逾期 ${leftClock(-rest)}` : `${leftClock(-rest)} late`;
  return language === "zh" ? `逾期 ${late} 天` : `${late} ${late === 1 ? "day" : "days"} late`;
}
