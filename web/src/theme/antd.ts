// Ant Design's theme, derived from the tokens. Component numbers follow the density table of the design.
import { theme as algorithms, type MappingAlgorithm, type ThemeConfig } from "antd";
import { colours, fixed, fonts, type ThemeName } from "./tokens";

// The dark algorithm dims its seeds; the design's colours are meant as they stand.
function exactColours(name: ThemeName): MappingAlgorithm {
  const c = colours[name];
  return (seed, map) => ({
    ...(map ?? algorithms.defaultAlgorithm(seed)),
    colorPrimary: c.primary, colorInfo: c.primary, colorLink: c.primary, colorError: c.danger, colorWarning: c.warn,
    colorSuccess: c.ok,
  });
}

export function antdTheme(name: ThemeName, compact = false): ThemeConfig {
  const c = colours[name];
  return {
    algorithm: [name === "dark" ? algorithms.darkAlgorithm : algorithms.defaultAlgorithm, exactColours(name)],
    cssVar: { key: "lintel" },
    hashed: false,
    token: {
      fontFamily: fonts.body, fontSize: 13, fontSizeSM: 12, lineHeight: 1.538,
      borderRadius: 5, borderRadiusSM: 3, borderRadiusLG: 6,
      controlHeight: 28, controlHeightSM: 24, controlHeightLG: 34, sizeUnit: 4, lineWidth: 1, lineWidthFocus: 2,
      motionDurationFast: "0.08s", motionDurationMid: "0.14s", motionDurationSlow: "0.2s", wireframe: false,
      fontWeightStrong: 600,
      colorBgLayout: c.bg, colorBgContainer: c.surface, colorBgElevated: c.raised, colorFillAlter: c.sunk,
      colorBorderSecondary: c.line, colorBorder: c.line2, colorText: c.ink, colorTextSecondary: c.ink2,
      colorTextTertiary: c.ink3, colorTextPlaceholder: c.ink3, colorTextDescription: c.ink2,
      colorPrimary: c.primary, colorInfo: c.primary, colorLink: c.primary, colorPrimaryBg: c.primaryBg,
      controlItemBgActive: c.sel, controlItemBgActiveHover: c.sel,
      colorError: c.danger, colorErrorBg: c.dangerBg, colorWarning: c.warn, colorWarningBg: c.warnBg,
      colorSuccess: c.ok, colorSuccessBg: c.okBg, colorTextLightSolid: c.primaryInk, colorBgSpotlight: c.beam,
      boxShadowSecondary: `0 6px 20px ${c.float}`,
    },
    components: {
      Table: {
        headerBg: c.sunk, headerColor: c.ink2, rowSelectedBg: c.sel, rowHoverBg: c.sel, borderColor: c.line,
        cellPaddingBlockSM: compact ? 3 : 5, cellPaddingInlineSM: 8, headerSplitColor: c.sunk, cellFontSizeSM: 13,
      },
      Button: {
        primaryShadow: "none", defaultShadow: "none", dangerShadow: "none", primaryColor: c.primaryInk,
        dangerColor: name === "dark" ? c.primaryInk : c.surface, fontWeight: 400, colorTextDisabled: c.ink3,
        borderColorDisabled: c.line,
      },
      Badge: { colorError: fixed.badge, colorTextLightSolid: fixed.white },
      Tag: { borderRadiusSM: 3 },
      Drawer: { padding: 12, paddingLG: 16, footerPaddingInline: 16, footerPaddingBlock: 10 },
      Tabs: { horizontalItemPadding: "7px 0", horizontalItemGutter: 18 },
      Layout: { siderBg: c.surface, headerBg: c.beam },
      Tooltip: { colorTextLightSolid: c.beamInk, colorBgSpotlight: c.beam },
      Form: { itemMarginBottom: 8, verticalLabelPadding: "0 0 2px", labelColor: c.ink2 },
      Segmented: { itemSelectedBg: c.primaryBg, itemSelectedColor: c.primary, trackBg: c.surface, itemColor: c.ink2 },
      Modal: { titleFontSize: 15 },
    },
  };
}
