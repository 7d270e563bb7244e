import { theme } from "antd";
import { describe, expect, it } from "vitest";
import { antdTheme } from "./antd";
import { ciede2000, contrast, distanceWithoutGreen, toLab } from "./colour";
import { colours, fixed, ROOM_STATES, series, states, type ThemeName } from "./tokens";

const themes: ThemeName[] = ["light", "dark"];

describe("CIEDE2000", () => {
  it("reproduces pairs of the published test set", () => {
    expect(ciede2000([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 3);
    expect(ciede2000([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387])).toBeCloseTo(1.2644, 3);
    expect(ciede2000([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514])).toBeCloseTo(0.9082, 3);
  });
  it("calls white L 100", () => expect(toLab([1, 1, 1])[0]).toBeCloseTo(100, 3));
});

describe.each(themes)("%s theme", (name) => {
  const c = colours[name];

  it("UX-30: text of every room state is readable on its fill and on its pattern", () => {
    for (const state of ROOM_STATES) {
      const paint = states[name][state];
      expect(contrast(paint.text, paint.fill), state).toBeGreaterThanOrEqual(4.5);
      if (paint.pattern) expect(contrast(paint.text, paint.pattern), `${state} pattern`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("INV-03: no two room states look alike without green cones", () => {
    for (const one of ROOM_STATES) {
      for (const two of ROOM_STATES) {
        if (one === two) continue;
        const apart = distanceWithoutGreen(states[name][one].fill, states[name][two].fill);
        expect(apart, `${one} and ${two}`).toBeGreaterThanOrEqual(10);
      }
    }
  });

  it("edges of room states stand out from the panel", () => {
    for (const state of ROOM_STATES) {
      expect(contrast(states[name][state].edge, c.surface), state).toBeGreaterThanOrEqual(3);
    }
  });

  it("UX-31: inks are readable wherever they stand", () => {
    for (const ground of [c.surface, c.bg, c.sunk, c.raised]) {
      for (const ink of [c.ink, c.ink2, c.ink3]) expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
    }
    const pairs = [
      [c.primary, c.surface], [c.primaryInk, c.primary], [c.primary, c.primaryBg], [c.danger, c.dangerBg],
      [c.warn, c.warnBg], [c.ok, c.okBg], [c.beamInk, c.beam], [c.beam2, c.beam], [c.bg, c.live],
      [c.countdownInk, c.countdown],
    ] as const;
    for (const [ink, ground] of pairs) expect(contrast(ink, ground), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    for (const fill of [fixed.ready, fixed.talking, fixed.alarm, fixed.badge, fixed.avatar]) {
      expect(contrast(fixed.white, fill), fill).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("series of a plot stand out from the panel and from each other", () => {
    const six = series[name].slice(0, 6);
    for (const colour of series[name]) expect(contrast(colour, c.surface), colour).toBeGreaterThanOrEqual(3);
    six.forEach((one, i) =>
      six.slice(i + 1).forEach((two) => expect(distanceWithoutGreen(one, two), `${one} ${two}`).toBeGreaterThan(10)),
    );
  });

  it("Ant Design's algorithm leaves the tokens as they are", () => {
    const computed = theme.getDesignToken(antdTheme(name)) as unknown as Record<string, string>;
    const same: Record<string, string> = {
      colorBgLayout: c.bg, colorBgContainer: c.surface, colorBgElevated: c.raised, colorFillAlter: c.sunk,
      colorBorderSecondary: c.line, colorBorder: c.line2, colorText: c.ink, colorTextSecondary: c.ink2,
      colorTextTertiary: c.ink3, colorPrimary: c.primary, colorLink: c.primary, colorPrimaryBg: c.primaryBg,
      colorError: c.danger, colorErrorBg: c.dangerBg, colorWarning: c.warn, colorSuccess: c.ok,
    };
    for (const [key, value] of Object.entries(same)) expect(computed[key]?.toUpperCase(), key).toBe(value);
  });
});
