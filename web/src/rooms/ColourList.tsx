// One line per room state: how it looks, its colour to pick, and the way back. Marks and words stay as they are.
import { Button, ColorPicker } from "antd";
import { useT, useWord } from "../i18n/provider";
import { Icon } from "../parts/icons";
import { StateSample } from "../parts/parts";
import { dress, twinOf, type Fills } from "../theme/fills";
import { useTheme } from "../theme/provider";
import { SALE_ORDER } from "../theme/tokens";

interface Props {
  // What is chosen here, and what holds where nothing is.
  fills: Fills;
  under: Fills;
  onChange: (fills: Fills) => void;
}

export function ColourList({ fills, under, onChange }: Props) {
  const t = useT();
  const word = useWord();
  const { name: theme } = useTheme();
  const paints = dress(theme, { ...under, ...fills });
  return (
    <ul className="colour-list">
      {SALE_ORDER.map((state) => {
        const twin = twinOf(paints, state);
        const name = word("state", state);
        const { [state]: chosen, ...others } = fills;
        return (
          <li key={state}>
            <StateSample state={state} paint={paints[state]} />
            <span className="meta colour-note">{twin && t("rooms.colourTwin", { state: word("state", twin) })}</span>
            {chosen && (
              <Button type="text" size="small" onClick={() => onChange(others)} title={t("rooms.colourBack")} aria-label={`${name} ${t("rooms.colourBack")}`} icon={<Icon name="undo" size={14} />} />
            )}
            <ColorPicker
              value={paints[state].fill} disabledAlpha format="hex" disabledFormat trigger="click" placement="bottomRight"
              onChangeComplete={(colour) => onChange({ ...fills, [state]: colour.toHexString().slice(0, 7).toUpperCase() })}
            >
              <button type="button" className="colour-button" aria-label={`${t("rooms.colourOf", { state: name })} ${paints[state].fill.toUpperCase()}`}>
                <i style={{ background: paints[state].fill }} />
                {paints[state].fill.toUpperCase()}
              </button>
            </ColorPicker>
          </li>
        );
      })}
    </ul>
  );
}
