// Colour arithmetic for chosen colours and for the tests of the token file: WCAG contrast, deuteranopia (Machado 2009, severity 1) and
// CIEDE2000.

export type Rgb = readonly [number, number, number];

export function parse(hex: string): Rgb {
  const digits = hex.replace("#", "");
  return [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16) / 255) as unknown as Rgb;
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function toLinear(rgb: Rgb): Rgb {
  return rgb.map(linear) as unknown as Rgb;
}

export function luminance(hex: string): number {
  const [r, g, b] = toLinear(parse(hex));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// WCAG 2 contrast ratio of two opaque colours, 1 to 21.
export function contrast(a: string, b: string): number {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (hi + 0.05) / (lo + 0.05);
}

const MACHADO_DEUTERANOPIA = [
  [0.367322, 0.860646, -0.227968],
  [0.280085, 0.672501, 0.047413],
  [-0.01182, 0.04294, 0.968881],
] as const;

// Linear RGB as a reader without green cones sees it.
export function deuteranopia(hex: string): Rgb {
  const rgb = toLinear(parse(hex));
  return MACHADO_DEUTERANOPIA.map((row) =>
    Math.min(1, Math.max(0, row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2])),
  ) as unknown as Rgb;
}

// `share` of the way from one colour to the other, channel by channel.
export function mix(from: string, to: string, share: number): string {
  const [one, two] = [parse(from), parse(to)];
  const hex = (channel: number) => Math.round(channel * 255).toString(16).padStart(2, "0");
  return `#${[0, 1, 2].map((at) => hex(one[at]! + (two[at]! - one[at]!) * share)).join("")}`.toUpperCase();
}

type Lab = readonly [number, number, number];

// Linear RGB to CIE Lab, white point D65.
export function toLab([r, g, b]: Rgb): Lab {
  const x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047;
  const y = 0.2126729 * r + 0.7151522 * g + 0.072175 * b;
  const z = (0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883;
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  return [116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))];
}

const degrees = (radians: number) => (radians * 180) / Math.PI;
const radians = (deg: number) => (deg * Math.PI) / 180;

// CIEDE2000 with unit weights (Sharma, Wu, Dalal 2005).
export function ciede2000(one: Lab, two: Lab): number {
  const chroma = (Math.hypot(one[1], one[2]) + Math.hypot(two[1], two[2])) / 2;
  const g = 0.5 * (1 - Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7)));
  const [a1, a2] = [(1 + g) * one[1], (1 + g) * two[1]];
  const [c1, c2] = [Math.hypot(a1, one[2]), Math.hypot(a2, two[2])];
  const hue = (a: number, b: number) => (a === 0 && b === 0 ? 0 : (degrees(Math.atan2(b, a)) + 360) % 360);
  const [h1, h2] = [hue(a1, one[2]), hue(a2, two[2])];

  let dh = 0;
  if (c1 * c2 !== 0) {
    dh = h2 - h1;
    if (dh > 180) dh -= 360;
    if (dh < -180) dh += 360;
  }
  const dL = two[0] - one[0];
  const dC = c2 - c1;
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin(radians(dh / 2));

  const L = (one[0] + two[0]) / 2;
  const C = (c1 + c2) / 2;
  let H = h1 + h2;
  if (c1 * c2 !== 0) {
    if (Math.abs(h1 - h2) <= 180) H = (h1 + h2) / 2;
    else H = h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
  }
  const T =
    1 - 0.17 * Math.cos(radians(H - 30)) + 0.24 * Math.cos(radians(2 * H)) +
    0.32 * Math.cos(radians(3 * H + 6)) - 0.2 * Math.cos(radians(4 * H - 63));
  const sL = 1 + (0.015 * (L - 50) ** 2) / Math.sqrt(20 + (L - 50) ** 2);
  const sC = 1 + 0.045 * C;
  const sH = 1 + 0.015 * C * T;
  const turn = 30 * Math.exp(-(((H - 275) / 25) ** 2));
  const rT = -2 * Math.sqrt(C ** 7 / (C ** 7 + 25 ** 7)) * Math.sin(radians(2 * turn));
  return Math.sqrt((dL / sL) ** 2 + (dC / sC) ** 2 + (dH / sH) ** 2 + rT * (dC / sC) * (dH / sH));
}

// How far apart two colours look to a reader without green cones.
export function distanceWithoutGreen(a: string, b: string): number {
  return ciede2000(toLab(deuteranopia(a)), toLab(deuteranopia(b)));
}
