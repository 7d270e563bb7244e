// Rooms by layout, area, floor, price and state; the sales talk's first question.
import { Button, Form, InputNumber, Select } from "antd";
import { useMemo, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import type { Layout, Room } from "../api/types";
import { useList, useLiveRefresh, useResource } from "../api/use";
import { useFormat } from "../format/use";
import { useProject } from "../frame/project";
import { useT, useWord } from "../i18n/provider";
import { ListTable } from "../parts/ListTable";
import { PageHead, Panel, StateTag, useNarrow } from "../parts/parts";
import { SALE_ORDER } from "../theme/tokens";

interface Wish {
  state?: string;
  layout?: string;
  areaFrom?: number;
  areaTo?: number;
  priceFrom?: number;
  priceTo?: number;
  floorFrom?: number;
  floorTo?: number;
}

// AIP-160, from what was typed; prices in 万, areas in square metres.
export function filterOf(wish: Wish): string {
  const parts: string[] = [];
  const text = (field: string, value?: string) => value && parts.push(`${field} = "${value.replace(/["\\]/g, "")}"`);
  const range = (field: string, from: number | undefined, to: number | undefined, unit: number) => {
    if (from !== undefined && from !== null) parts.push(`${field} >= ${Math.round(from * unit)}`);
    if (to !== undefined && to !== null) parts.push(`${field} <= ${Math.round(to * unit)}`);
  };
  if (wish.state) parts.push(`state = ${wish.state}`);
  text("layout", wish.layout);
  range("built_area_hundredths", wish.areaFrom, wish.areaTo, 100);
  range("list_price", wish.priceFrom, wish.priceTo, 1_000_000);
  range("floor", wish.floorFrom, wish.floorTo, 1);
  return parts.join(" AND ");
}

function Range({ name, label }: { name: "area" | "price" | "floor"; label: string }) {
  const t = useT();
  return (
    <Form.Item label={label} className="range">
      <Form.Item name={`${name}From`} noStyle><InputNumber controls={false} placeholder={t("rooms.from")} aria-label={`${label} ${t("rooms.from")}`} /></Form.Item>
      <span>–</span>
      <Form.Item name={`${name}To`} noStyle><InputNumber controls={false} placeholder={t("rooms.to")} aria-label={`${label} ${t("rooms.to")}`} /></Form.Item>
    </Form.Item>
  );
}

export function RoomsPage() {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const go = useNavigate();
  const { project } = useProject();
  const [search, setSearch] = useSearchParams();
  const [form] = Form.useForm<Wish>();
  const initial = useMemo<Wish>(() => {
    const kept = search.get("wish");
    try {
      return kept ? (JSON.parse(kept) as Wish) : { state: "AVAILABLE" };
    } catch {
      return { state: "AVAILABLE" };
    }
  }, []);
  const [wish, setWish] = useState<Wish>(initial);
  // A phone shows the rooms first; the conditions open on demand.
  const narrow = useNarrow();
  const [asking, setAsking] = useState(false);
  const conditions = Object.values(wish).filter((value) => value !== undefined && value !== null && value !== "").length;
  const layouts = useResource<{ layouts: Layout[] }>(project && `/v1/${project.name}/layouts`);
  const list = useList<Room>(project && `/v1/${project.name}/rooms`, "rooms", { filter: filterOf(wish) });
  useLiveRefresh(["RoomStateChanged"], project ? [`/v1/${project.name}/rooms`] : []);
  const columns = [
    { title: t("rooms.room"), fixed: "left" as const, render: (room: Room) => <b>{[room.building, room.entrance, room.number].filter(Boolean).join(" ")}</b> },
    { title: t("common.state"), render: (room: Room) => <StateTag state={room.state} /> },
    { title: t("rooms.layout"), dataIndex: "layout" },
    { title: t("rooms.floor"), dataIndex: "floor", align: "right" as const },
    { title: t("rooms.built"), align: "right" as const, render: (room: Room) => format.area(room.builtAreaHundredths) },
    { title: t("chart.unit"), align: "right" as const, render: (room: Room) => format.unitPrice(room.unitPrice) },
    { title: t("rooms.listPrice"), align: "right" as const, render: (room: Room) => format.money(room.listPrice) },
  ];
  return (
    <div className="page">
      <PageHead title={t("rooms.title")} meta={project?.displayName}>
        {narrow && <Button aria-expanded={asking} onClick={() => setAsking(!asking)}>{conditions > 0 ? t("rooms.conditions", { count: conditions }) : t("common.filter")}</Button>}
      </PageHead>
      <Panel className={narrow && !asking ? "hidden" : ""}>
        <Form
          form={form} layout="vertical" requiredMark={false} initialValues={initial} className="filters"
          onValuesChange={(_, all) => {
            setWish(all);
            setSearch({ wish: JSON.stringify(all) }, { replace: true });
          }}
        >
          <Form.Item name="state" label={t("common.state")}>
            <Select allowClear options={SALE_ORDER.map((value) => ({ value, label: word("state", value) }))} />
          </Form.Item>
          <Form.Item name="layout" label={t("rooms.layout")}>
            <Select allowClear options={(layouts.data?.layouts ?? []).map((one) => ({ value: one.code, label: `${one.code} ${one.displayName}` }))} />
          </Form.Item>
          <Range name="area" label={t("rooms.areaRange")} />
          <Range name="price" label={t("rooms.priceRange")} />
          <Range name="floor" label={t("rooms.floorRange")} />
          <Form.Item label=" " colon={false}>
            <Button onClick={() => { form.setFieldsValue({ state: undefined, layout: undefined, areaFrom: undefined, areaTo: undefined, priceFrom: undefined, priceTo: undefined, floorFrom: undefined, floorTo: undefined }); setWish({}); }}>{t("chart.clear")}</Button>
          </Form.Item>
        </Form>
      </Panel>
      <Panel flush>
        <ListTable source={list} columns={columns} rowKey="name" empty={t("rooms.none")} onOpen={(room) => void go(`/chart?room=${room.name}`)} />
      </Panel>
    </div>
  );
}
