// Rooms by words, layout, area, floor, price and state; the sales talk's first question.
import { Button, Form, Input, InputNumber, Select, type InputRef } from "antd";
import { useDeferredValue, useMemo, useRef, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import type { Layout, Room } from "../api/types";
import { useList, useLiveRefresh, useResource } from "../api/use";
import { useFormat } from "../format/use";
import { useProject } from "../frame/project";
import { useT, useWord } from "../i18n/provider";
import { useKey } from "../keys/use";
import { CodeField, useCodeLabel } from "../parts/fields";
import { ListTable } from "../parts/ListTable";
import { PageHead, Panel, StateTag, useNarrow } from "../parts/parts";
import { SALE_ORDER } from "../theme/tokens";
import { conditionsIn, filterOf, LONGEST_WORDS, queryOf, wishIn, type Wish } from "./wish";

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

function Conditions({ layouts }: { layouts: Layout[] }) {
  const t = useT();
  const word = useWord();
  return (
    <>
      <Form.Item name="state" label={t("common.state")}>
        <Select allowClear options={SALE_ORDER.map((value) => ({ value, label: word("state", value) }))} />
      </Form.Item>
      <Form.Item name="layout" label={t("rooms.layout")}>
        <Select allowClear options={layouts.map((one) => ({ value: one.code, label: `${one.code} ${one.displayName}` }))} />
      </Form.Item>
      <Form.Item name="orientation" label={t("rooms.orientation")}><CodeField table="orientation" /></Form.Item>
      <Range name="area" label={t("rooms.areaRange")} />
      <Range name="price" label={t("rooms.priceRange")} />
      <Range name="floor" label={t("rooms.floorRange")} />
    </>
  );
}

export function RoomsPage() {
  const t = useT();
  const format = useFormat();
  const go = useNavigate();
  const { project } = useProject();
  const [search, setSearch] = useSearchParams();
  const [form] = Form.useForm<Wish>();
  const initial = useMemo(() => wishIn(search.get("wish")), []);
  const [wish, setWish] = useState<Wish>(initial);
  const query = useDeferredValue(queryOf(wish.words));
  // A phone shows the rooms first; the conditions open on demand.
  const narrow = useNarrow();
  const [asking, setAsking] = useState(false);
  const conditions = conditionsIn(wish);
  const field = useRef<InputRef>(null);
  useKey("filter", () => field.current?.focus());
  const orientation = useCodeLabel("orientation");
  const layouts = useResource<{ layouts: Layout[] }>(project && `/v1/${project.name}/layouts`);
  const list = useList<Room>(project && `/v1/${project.name}/rooms`, "rooms", { query, filter: filterOf(wish) });
  useLiveRefresh(["RoomStateChanged"], project ? [`/v1/${project.name}/rooms`] : []);
  const ask = (next: Wish) => {
    setWish(next);
    setSearch({ wish: JSON.stringify(next) }, { replace: true });
  };
  const clear = () => {
    form.setFieldsValue(Object.fromEntries(Object.keys(form.getFieldsValue()).map((name) => [name, undefined])));
    ask({});
  };
  const columns = [
    { title: t("rooms.room"), fixed: "left" as const, render: (room: Room) => <b>{[room.building, room.entrance, room.number].filter(Boolean).join(" ")}</b> },
    { title: t("common.state"), render: (room: Room) => <StateTag state={room.state} /> },
    { title: t("rooms.layout"), dataIndex: "layout" },
    { title: t("rooms.orientation"), render: (room: Room) => orientation(room.orientation) },
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
      <Panel>
        <Form form={form} layout="vertical" requiredMark={false} initialValues={initial} onValuesChange={(_, all) => ask(all)}>
          <div className="row">
            <Form.Item name="words" noStyle>
              <Input ref={field} className="wide-search" allowClear maxLength={LONGEST_WORDS} placeholder={t("rooms.words")} aria-label={t("common.search")} />
            </Form.Item>
            {(!narrow || asking) && (conditions > 0 || query !== "") && <Button type="text" onClick={clear}>{t("chart.clear")}</Button>}
          </div>
          <div className={narrow && !asking ? "hidden" : "filters filters-below"}>
            <Conditions layouts={layouts.data?.layouts ?? []} />
          </div>
        </Form>
      </Panel>
      <Panel flush>
        <ListTable source={list} columns={columns} rowKey="name" empty={t(query ? "rooms.noneSaid" : "rooms.none", { text: query })} onOpen={(room) => void go(`/chart?room=${room.name}`)} />
      </Panel>
    </div>
  );
}
