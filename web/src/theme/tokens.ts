// Every colour of the console, for both themes. The only file that may hold a colour (scripts/lint.mjs checks).
// tokens.test.ts repeats the two promises of the design: text contrast >= 4.5 and states told apart (CIEDE2000 >= 10) by a
// reader without green cones.

export type ThemeName = "light" | "dark";

export const ROOM_STATES = [
  "LOCKED", "AVAILABLE", "HELD", "SUBSCRIBED", "SIGNED", "FILED", "DELIVERED", "CHANGING",
] as const;
export type RoomState = (typeof ROOM_STATES)[number];

// As a person reads them: the way of a sale, then what stands outside it.
export const SALE_ORDER: RoomState[] = ["AVAILABLE", "HELD", "SUBSCRIBED", "SIGNED", "FILED", "DELIVERED", "CHANGING", "LOCKED"];

// How one room state is painted. `pattern` is the second tone of a stripe or hatch.
export interface StatePaint {
  fill: string;
  text: string;
  edge: string;
  pattern?: string;
}

const light = {
  bg: "#F2F4F3", surface: "#FFFFFF", raised: "#FFFFFF", sunk: "#E9ECEB", line: "#DDE2E0", line2: "#8A9494",
  ink: "#161D24", ink2: "#46525B", ink3: "#5F6B73",
  primary: "#17509E", primaryInk: "#FFFFFF", primaryBg: "#E4EDF8", sel: "#E4EDF8",
  beam: "#13202C", beamInk: "#F1F5F7", beam2: "#A9B8C4", beamFill: "#FFFFFF14", beamEdge: "#FFFFFF2E",
  danger: "#B3261E", dangerBg: "#FBE7E4", warn: "#8A5A00", warnBg: "#FFF1CC", ok: "#0B6B53", okBg: "#DDF3EB",
  live: "#006BB3", shade: "#0000000F", float: "#00000038", countdown: "#161D24", countdownInk: "#FFDD6B",
};

export type ColourToken = keyof typeof light;

const dark: Record<ColourToken, string> = {
  bg: "#0E1419", surface: "#161E25", raised: "#1D2730", sunk: "#0A0F13", line: "#2A3640", line2: "#6F7F8B",
  ink: "#E8EDF0", ink2: "#B3BFC8", ink3: "#8F9DA8",
  primary: "#7FB2F5", primaryInk: "#08182B", primaryBg: "#1A3350", sel: "#1A3350",
  beam: "#1B2833", beamInk: "#F1F5F7", beam2: "#A9B8C4", beamFill: "#FFFFFF14", beamEdge: "#FFFFFF2E",
  danger: "#FF9A8E", dangerBg: "#46191A", warn: "#F2C14B", warnBg: "#3D2F0A", ok: "#5FD3AE", okBg: "#0F3A2F",
  live: "#5CC4FF", shade: "#00000033", float: "#00000080", countdown: "#161D24", countdownInk: "#FFDD6B",
};

export const colours: Record<ThemeName, Record<ColourToken, string>> = { light, dark };

// Fills that carry white text in both themes: the phone's states and the count on a badge.
export const fixed = {
  ready: "#0B6B53", talking: "#1F5FB5", alarm: "#B3261E", badge: "#C63D2B", avatar: "#3E566B", white: "#FFFFFF",
  gold: "#FFDD6B", paper: "#FFFDF6", paperInk: "#211A12", paperRed: "#A8231B", paperLine: "#8C7F6D", beamBlue: "#4F9BFF",
};

// Inks for fills that a person chose; one of black and white can always be read.
export const extremes = { white: "#FFFFFF", ink: light.ink, black: "#000000" };

// Series of a plot, in this order, at most six before "others".
export const series: Record<ThemeName, string[]> = {
  light: ["#17509E", "#D07A1E", "#159A86", "#8257B8", "#A8324A", "#65751A", "#4F8FD0", "#4D575F"],
  dark: ["#7FB2F5", "#F0A04B", "#2FB39B", "#9A74E8", "#E2607A", "#7C9A2E", "#3F73B5", "#C5CED5"],
};

export const states: Record<ThemeName, Record<RoomState, StatePaint>> = {
  light: {
    LOCKED: { fill: "#B9BFC3", text: "#22282C", edge: "#8A9297", pattern: "#A9B0B5" },
    AVAILABLE: { fill: "#C4EFDF", text: "#06473A", edge: "#459E84" },
    HELD: { fill: "#FFDD6B", text: "#4A3600", edge: "#A97F0A" },
    SUBSCRIBED: { fill: "#F39A3D", text: "#331A00", edge: "#C06F14" },
    SIGNED: { fill: "#C63D2B", text: "#FFFFFF", edge: "#9E2E1F" },
    FILED: { fill: "#701833", text: "#FFFFFF", edge: "#4E0F22" },
    DELIVERED: { fill: "#566C80", text: "#FFFFFF", edge: "#40535F" },
    CHANGING: { fill: "#6D4FC4", text: "#FFFFFF", edge: "#5238A0", pattern: "#5F41B5" },
  },
  dark: {
    LOCKED: { fill: "#3A434B", text: "#CDD4D9", edge: "#6B7883", pattern: "#48525B" },
    AVAILABLE: { fill: "#136B57", text: "#E0FFF5", edge: "#3FB594" },
    HELD: { fill: "#E2BC3C", text: "#2A2000", edge: "#F4D872" },
    SUBSCRIBED: { fill: "#CB782B", text: "#1C0D00", edge: "#EE9C50" },
    SIGNED: { fill: "#A93325", text: "#FFFFFF", edge: "#D9604F" },
    FILED: { fill: "#4E0C22", text: "#FFD9E2", edge: "#B9506F" },
    DELIVERED: { fill: "#557086", text: "#FFFFFF", edge: "#86A3B8" },
    CHANGING: { fill: "#6A4CC2", text: "#FFFFFF", edge: "#9A82E4", pattern: "#5B3EB0" },
  },
};

export const fonts = {
  body:
    '"PingFang SC","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",' +
    '"WenQuanYi Micro Hei",system-ui,sans-serif',
  paper: '"Songti SC","SimSun","Noto Serif CJK SC",serif',
};
