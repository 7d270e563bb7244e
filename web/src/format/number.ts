// Money, areas, shares and counts as a person reads them. The only place that formats them; golden tests beside it.
// Money is a whole number of minor units in text (proto int64), so all arithmetic here is on BigInt.

export type Language = "zh" | "en";

export interface Money {
  minorUnits: string;
  currencyCode: string;
}

// Shown for "none", which is never the same as zero.
export const NONE = "—";

const ZERO_DECIMALS = new Set(["JPY", "KRW", "VND"]);

export const yuan = (minorUnits: bigint | string | number): Money => ({ minorUnits: String(minorUnits), currencyCode: "CNY" });

export const minor = (money: Money | undefined | null): bigint => BigInt(money?.minorUnits || "0");

export const sumOf = (list: (Money | undefined | null)[]): Money => ({
  minorUnits: String(list.reduce((sum, money) => sum + minor(money), 0n)),
  currencyCode: list.find((money) => money?.currencyCode)?.currencyCode ?? "CNY",
});

export function grouped(whole: bigint | number | string): string {
  const text = String(whole);
  const sign = text.startsWith("-") ? "-" : "";
  return sign + text.replace("-", "").replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

function split(value: bigint, digits: number): [sign: string, whole: bigint, part: string] {
  const size = value < 0n ? -value : value;
  const unit = 10n ** BigInt(digits);
  return [value < 0n ? "-" : "", size / unit, digits === 0 ? "" : "." + String(size % unit).padStart(digits, "0")];
}

// 2,913,426.72: exact, without a currency (a table head carries it).
export function plainAmount(money: Money | undefined | null): string {
  if (!money || money.minorUnits === "" || money.minorUnits === undefined) return NONE;
  const [sign, whole, part] = split(BigInt(money.minorUnits), ZERO_DECIMALS.has(money.currencyCode) ? 0 : 2);
  return sign + grouped(whole) + part;
}

// ¥2,913,426.72 / CNY 2,913,426.72
export function exactMoney(money: Money | undefined | null, language: Language): string {
  const amount = plainAmount(money);
  if (amount === NONE || !money) return NONE;
  const code = money.currencyCode || "CNY";
  const negative = amount.startsWith("-");
  const size = negative ? amount.slice(1) : amount;
  const shown = code === "CNY" && language === "zh" ? `¥${size}` : `${code} ${size}`;
  return (negative ? "-" : "") + shown;
}

// Rounds half away from zero to `digits` decimals, `value` being a multiple of 1 / unit.
function rounded(value: bigint, unit: bigint, digits: number): string {
  const scale = 10n ** BigInt(digits);
  const size = value < 0n ? -value : value;
  const [sign, whole, part] = split(((size * scale * 2n + unit) / (unit * 2n)) * (value < 0n ? -1n : 1n), digits);
  return sign + grouped(whole) + part;
}

// 291.3 (in 万, which the head says) / 2.91 M: for dense cells; the exact figure belongs in the tooltip.
export function denseMoney(money: Money | undefined | null, language: Language): string {
  if (!money) return NONE;
  const fen = minor(money);
  return language === "zh" ? rounded(fen, 1_000_000n, 1) : `${rounded(fen, 100_000_000n, 2)} M`;
}

// 3.92 亿, 2,763.8 万 / 392 M: for sums.
export function sumMoney(money: Money | undefined | null, language: Language): string {
  if (!money) return NONE;
  const fen = minor(money);
  const size = fen < 0n ? -fen : fen;
  if (language === "zh") {
    if (size >= 10_000_000_000n) return `${rounded(fen, 10_000_000_000n, 2)} 亿`;
    return size >= 1_000_000n ? `${rounded(fen, 1_000_000n, 1)} 万` : plainAmount(money);
  }
  if (size >= 10_000_000_000n) return `${rounded(fen, 100_000_000n, 0)} M`;
  return size >= 100_000_000n ? `${rounded(fen, 100_000_000n, 2)} M` : plainAmount(money);
}

// ¥30,216.00/㎡ / CNY 30,216.00/m²
export function unitPrice(money: Money | undefined | null, language: Language): string {
  const exact = exactMoney(money, language);
  return exact === NONE ? NONE : exact + (language === "zh" ? "/㎡" : "/m²");
}

// 96.42 ㎡ / 96.42 m²
export function area(hundredths: number | string | undefined | null, language: Language): string {
  if (hundredths === undefined || hundredths === null || hundredths === "" || Number(hundredths) === 0) return NONE;
  return plainArea(hundredths) + (language === "zh" ? " ㎡" : " m²");
}

export function plainArea(hundredths: number | string): string {
  const [sign, whole, part] = split(BigInt(hundredths), 2);
  return sign + grouped(whole) + part;
}

// 50.0% of a whole; none when there is no whole.
export function share(part: number, whole: number): string {
  return whole === 0 ? NONE : `${((part / whole) * 100).toFixed(1)}%`;
}

export function ratio(ppm: number | string | undefined | null): string {
  return ppm === undefined || ppm === null ? NONE : `${(Number(ppm) / 10_000).toFixed(1)}%`;
}

// What remains of a price in parts per million: 97 折 / 3% off.
export function discount(remainingPpm: number | string, language: Language): string {
  const percent = Number(remainingPpm) / 10_000;
  const tidy = (value: number) => String(Number(value.toFixed(2)));
  return language === "zh" ? `${tidy(percent)} 折` : `${tidy(100 - percent)}% off`;
}

// Reads what a person typed ("320,105.6", "￥320105.60") as minor units; undefined when it is no amount.
export function parseAmount(text: string): string | undefined {
  const clean = text.normalize("NFKC").replace(/[,\s¥]/g, "").replace(/^CNY/i, "");
  const match = /^(-?)(\d{1,15})(?:\.(\d{0,2}))?$/.exec(clean);
  if (!match) return undefined;
  const value = BigInt(match[2]!) * 100n + BigInt((match[3] ?? "").padEnd(2, "0"));
  return String(match[1] ? -value : value);
}
