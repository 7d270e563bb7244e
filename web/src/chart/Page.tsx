// The control chart: which rooms are free, what just changed, and the next step of the chosen one.
import { Button, Drawer, Segmented, Select } from "antd";
import { startTransition, useCallback, useEffect, useMemo, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { plainArea, yuan } from "../format/number";
import { useFormat } from "../format/use";
import { useProject } from "../frame/project";
import { useLiveState } from "../frame/live";
import { useT, useWord } from "../i18n/provider";
import { Empty, ErrorBox, Loading, StateTag, useNarrow, useNow } from "../parts/parts";
import { RoomCard } from "../rooms/Card";
import type { RoomState } from "../theme/tokens";
import { ChartCanvas } from "./Canvas";
import { find, nameOf, stateOf, talliesOf, type Change, type ChartModel } from "./model";
import { index } from "./patches";
import { sceneOf } from "./scene";
import { BuildingList, Tiles } from "./Tiles";
import { useChart } from "./use";

type Measure = "total" | "unit" | "area";
const SOON_MS = 2 * 3600_000;

function useMeasure(model: ChartModel | undefined, measure: Measure) {
  const format = useFormat();
  return useCallback(
    (room: number): string => {
      if (!model) return "";
      const [price, area] = [model.price[room]!, model.area[room]!];
      if (measure === "area") return area > 0 ? plainArea(area) : "—";
      if (price === 0) return "—";
      if (measure === "unit") return area > 0 ? Math.round(price / area).toLocaleString("en") : "—";
      return format.dense(yuan(Math.round(price))).replace(" M", "");
    },
    [model, measure, format],
  );
}

function useDescribe(model: ChartModel | undefined) {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  return useCallback(
    (room: number): string => {
      if (!model) return "";
      const until = model.heldUntil.get(room);
      const more = [until ? format.left(until, Date.now()) : "", format.money(yuan(Math.round(model.price[room]!)))].join(" ");
      return t("chart.cell", {
        building: `${model.buildings[model.building[room]!]} ${model.entrances[model.entrance[room]!] ?? ""}`.trim(),
        number: model.numbers[room]!, state: word("state", stateOf(model, room)), more: more.trim(),
      });
    },
    [model, t, word, format],
  );
}

function Footer({ model, changes }: { model: ChartModel; changes: Change[] }) {
  const t = useT();
  const format = useFormat();
  const now = useNow();
  const { open, age } = useLiveState();
  const soon = [...model.heldUntil.values()].filter((until) => until - now < SOON_MS).length;
  return (
    <footer className="chart-foot">
      <span className={open ? "dot" : "dot dot-off"} />
      <b>{open ? t("chart.live") : t("chart.notLive")}</b>
      {open && <span className="meta">{t("chart.ago", { seconds: Math.floor(age / 1000) })}</span>}
      <span className="chart-changes">
        {changes.map((change) => (
          <span key={`${change.room} ${change.time}`}>
            {format.clock(change.time)} <b>{model.numbers[change.room]}</b> <StateTag state={change.state} /> <span className="meta">{change.actor}</span>
          </span>
        ))}
      </span>
      <span className="space" />
      {soon > 0 && <span className="chip chip-bad">{t("chart.soon", { count: soon })}</span>}
    </footer>
  );
}

function Toolbar({ model, building, measure, onMeasure, layout, onLayout }: {
  model: ChartModel; building: number; measure: Measure; onMeasure: (measure: Measure) => void; layout: number; onLayout: (layout: number) => void;
}) {
  const t = useT();
  const count = building < 0 ? model.count : model.building.filter((one) => one === building).length;
  const layouts = model.layouts.map((label, value) => ({ label, value })).filter((option) => option.label !== "");
  return (
    <header className="page-head">
      <h1>{building < 0 ? t("chart.all") : model.buildings[building]}</h1>
      <span className="meta">{t("chart.rooms", { count })}</span>
      {layouts.length > 0 && (
        <Select
          className="chart-layout" aria-label={t("chart.layout")} value={layout} onChange={onLayout}
          options={[{ label: `${t("chart.layout")} ${t("common.all")}`, value: -1 }, ...layouts]}
        />
      )}
      <span className="space" />
      <Segmented<Measure>
        value={measure} onChange={onMeasure}
        options={(["total", "unit", "area"] as const).map((value) => ({ value, label: t(`chart.${value}`) }))}
      />
    </header>
  );
}

function Chart({ project }: { project: string }) {
  const t = useT();
  const narrow = useNarrow(900);
  const { model, error, version, changes, read } = useChart(project);
  const [search, setSearch] = useSearchParams();
  const [measure, setMeasure] = useState<Measure>("total");
  const [layout, setLayout] = useState(-1);
  const [chosen, setChosen] = useState<ReadonlySet<RoomState>>(new Set());
  const [width, setWidth] = useState(0);
  const [active, setActive] = useState(-1);
  const describe = useDescribe(model);
  const text = useMeasure(model, measure);
  const wanted = Number(search.get("building") ?? (model && model.buildings.length > 1 && model.count > 3000 ? -1 : 0));
  const building = model && wanted >= model.buildings.length ? 0 : wanted;
  const opened = search.get("room") ?? "";

  const scene = useMemo(() => {
    if (!model || width === 0) return undefined;
    const made = sceneOf(model, building, width, narrow);
    index(made, window.devicePixelRatio || 1);
    return made;
  }, [model, building, width, narrow]);
  const selected = model && opened ? find(model, opened) : active;

  // A link to a room opens its building.
  useEffect(() => {
    if (!model || !opened) return;
    const room = find(model, opened);
    const home = room < 0 ? -1 : model.building[room]!;
    if (room >= 0 && building >= 0 && home !== building) setSearch({ building: String(home), room: opened }, { replace: true });
  }, [model, opened, building, setSearch]);

  const shown = useMemo(() => {
    if (!model || (chosen.size === 0 && layout < 0)) return undefined;
    const fits = (room: number) => (chosen.size === 0 || chosen.has(stateOf(model, room))) && (layout < 0 || model.layout[room] === layout);
    return Uint8Array.from({ length: model.count }, (_, room) => (fits(room) ? 1 : 0));
  }, [model, chosen, layout, version]);

  const tallies = useMemo(() => model && talliesOf(model), [model, version]);
  const toggle = useCallback((state: RoomState) => {
    setChosen((old) => {
      const next = new Set(old);
      if (!next.delete(state)) next.add(state);
      return next;
    });
  }, []);
  const choose = useCallback((next: number) => setSearch({ building: String(next) }), [setSearch]);

  const measureFrame = useCallback((box: HTMLDivElement | null) => {
    if (!box) return undefined;
    // In the next frame: this one has just laid out the page around the chart.
    let asked = 0;
    const take = () => startTransition(() => setWidth(box.clientWidth));
    const watcher = new ResizeObserver(() => {
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(take);
    });
    watcher.observe(box);
    return () => {
      cancelAnimationFrame(asked);
      watcher.disconnect();
    };
  }, []);

  if (error && !model) return <div className="page"><ErrorBox error={error} onRetry={() => void read()} /></div>;
  if (!model || !tallies) return <Loading rows={20} />;
  if (model.count === 0) {
    return <Empty why={t("chart.noRooms")} action={<Link to="/admin/projects"><Button type="primary">{t("chart.addRooms")}</Button></Link>} />;
  }
  const select = (room: number, open: boolean) => {
    setActive(room);
    if (open || opened) setSearch({ building: String(building), room: nameOf(model, room) }, { replace: Boolean(opened) });
  };
  const card = opened && <RoomCard key={opened} name={opened} version={version} onClose={() => setSearch({ building: String(building) })} />;
  return (
    <div className="chart">
      <BuildingList names={model.buildings} tallies={tallies} building={building} onChoose={choose} />
      <div className="chart-main">
        <Toolbar model={model} building={building} measure={measure} onMeasure={setMeasure} layout={layout} onLayout={setLayout} />
        <Tiles tallies={tallies.at(building)!} chosen={chosen} onToggle={toggle} />
        <div className="chart-space" ref={measureFrame}>
          {scene && (
            <ChartCanvas
              model={model} scene={scene} version={version} selected={selected} shown={shown} measure={text} describe={describe} onSelect={select}
              label={t("chart.grid", { building: model.buildings[Math.max(0, building)] ?? "" })}
            />
          )}
        </div>
        <Footer model={model} changes={changes} />
      </div>
      {narrow ? (
        <Drawer open={Boolean(opened)} placement="bottom" size="large" onClose={() => setSearch({ building: String(building) })} closable={false} styles={{ body: { padding: 0 } }}>
          {card}
        </Drawer>
      ) : (
        card && <aside className="chart-card">{card}</aside>
      )}
    </div>
  );
}

export function ChartPage() {
  const t = useT();
  const { project, loading } = useProject();
  if (loading) return <Loading rows={20} />;
  if (!project) return <Empty why={t("chart.noProject")} action={<Link to="/admin/projects"><Button type="primary">{t("chart.addProject")}</Button></Link>} />;
  return <Chart key={project.name} project={project.name} />;
}
