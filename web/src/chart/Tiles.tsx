// State tiles: legend, counts, sums and filter in one. And the list of buildings with their progress.
import { memo, useState } from "react";
import { NONE, yuan } from "../format/number";
import { useFormat } from "../format/use";
import { useT, useWord } from "../i18n/provider";
import { Icon, Mark } from "../parts/icons";
import { OwnColours } from "../rooms/OwnColours";
import { SALE_ORDER, type RoomState } from "../theme/tokens";
import { soldOf, type Tallies } from "./model";

const PROGRESS: RoomState[] = ["DELIVERED", "FILED", "SIGNED", "SUBSCRIBED", "CHANGING", "HELD", "AVAILABLE", "LOCKED"];

interface TilesProps {
  tallies: Tallies;
  chosen: ReadonlySet<RoomState>;
  onToggle: (state: RoomState) => void;
}

export const Tiles = memo(function Tiles({ tallies, chosen, onToggle }: TilesProps) {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const [picking, setPicking] = useState<boolean>();
  const { sold, released } = soldOf(tallies);
  return (
    <div className="tiles" role="group" aria-label={t("chart.legend")}>
      {SALE_ORDER.map((state) => (
        <button
          key={state} type="button" aria-pressed={chosen.has(state)} className={chosen.size > 0 && !chosen.has(state) ? "tile tile-faded" : "tile"}
          onClick={() => onToggle(state)} title={word("state", state)}
        >
          <span className="tile-top">
            <span className={`swatch state-${state}`}><Mark state={state} /></span>
            <span>{word("tile", state)}</span>
            <b>{tallies[state].count}</b>
          </span>
          <span className="tile-low">
            <span>{tallies[state].count > 0 ? format.sum(yuan(tallies[state].value)) : NONE}</span>
            <span>{format.share(tallies[state].count, tallies.all.count)}</span>
          </span>
        </button>
      ))}
      <div className="tile tile-total">
        <span className="tile-top"><span>{t("chart.soldThrough")}</span><b>{format.share(sold.count, released.count)}</b></span>
        <span className="tile-low">{t("chart.byValue", { share: format.share(sold.value, released.value) })}</span>
      </div>
      <button type="button" className="tile tile-colours" onClick={() => setPicking(true)} aria-label={t("rooms.ownColours")} title={t("rooms.ownColours")}>
        <Icon name="palette" size={18} />
      </button>
      {picking !== undefined && <OwnColours open={picking} onClose={() => setPicking(false)} />}
    </div>
  );
});

interface LineProps {
  at: number;
  name: string;
  tallies: Tallies;
  on: boolean;
  onChoose: (building: number) => void;
}

const BuildingLine = memo(function BuildingLine({ at, name, tallies, on, onChoose }: LineProps) {
  const format = useFormat();
  const { sold, released } = soldOf(tallies);
  return (
    <button type="button" className={on ? "building building-on" : "building"} aria-current={on} onClick={() => onChoose(at)}>
      <span className="row">
        <b>{name}</b>
        <span className="space" />
        <span className="meta">{format.share(sold.count, released.count)}</span>
      </span>
      <span className="progress" aria-hidden>
        {PROGRESS.map((state) => tallies[state].count > 0 && <i key={state} className={`bar-${state}`} style={{ flexGrow: tallies[state].count }} />)}
      </span>
    </button>
  );
});

// `tallies` has one entry per building, and one of all behind them.
export function BuildingList({ names, tallies, building, onChoose }: { names: string[]; tallies: Tallies[]; building: number; onChoose: (building: number) => void }) {
  const t = useT();
  return (
    <nav className="buildings" aria-label={t("chart.buildings")}>
      {names.length > 1 && <BuildingLine at={-1} name={t("chart.all")} tallies={tallies.at(-1)!} on={building < 0} onChoose={onChoose} />}
      {names.map((name, at) => <BuildingLine key={name} at={at} name={name} tallies={tallies[at]!} on={at === building} onChoose={onChoose} />)}
    </nav>
  );
}
