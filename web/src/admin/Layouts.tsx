// A project's layouts (INV-05): code, name, bedrooms, plan; retired ones stay for the rooms that have them.
import { Button, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { patch, post } from "../api/client";
import type { Layout } from "../api/types";
import { useAct, useResource } from "../api/use";
import { useT } from "../i18n/provider";
import { FormDialog } from "../parts/FormDialog";
import { Chip, Empty, ErrorBox, isStale, Loading, Panel } from "../parts/parts";
import { Picture, PictureField, useStored } from "../parts/Picture";

interface Values {
  code: string;
  displayName: string;
  bedrooms: number;
  picture: string;
}

const NEW: Partial<Layout> = { code: "", displayName: "", bedrooms: 2, picture: "" };
const planOf = (layout: Partial<Layout>) => `/v1/${layout.name}/picture`;

function Editor({ layout, path, onClose, onReread }: { layout: Partial<Layout>; path: string; onClose: () => void; onReread: () => void }) {
  const t = useT();
  const plan = useStored(planOf(layout), layout.picture ?? "");
  const save = ({ code, ...typed }: Values, key: string, changed: string[]) =>
    layout.name ? patch<Layout>(`/v1/${layout.name}`, { ...typed, name: layout.name, etag: layout.etag }, { updateMask: changed.join() }, key) : post<Layout>(path, { code, ...typed }, key);
  const needed = [{ required: true, whitespace: true, message: t("common.required") }];
  return (
    <FormDialog<Values>
      title={layout.code || t("admin.newLayout")} isNew={!layout.name} initial={layout} save={save} touches={[path]} reasons={{ ALREADY_PRESENT: "code" }}
      onClose={onClose} onReread={onReread}
    >
      {!layout.name && <Form.Item name="code" label={t("admin.layout")} rules={needed} extra={t("admin.layoutCodeNote")}><Input maxLength={20} autoComplete="off" /></Form.Item>}
      <Form.Item name="displayName" label={t("common.name")}><Input maxLength={40} placeholder={t("admin.layoutExample")} /></Form.Item>
      <Form.Item name="bedrooms" label={t("admin.bedrooms")}><InputNumber min={0} max={20} precision={0} /></Form.Item>
      <Form.Item name="picture" label={t("admin.plan")} extra={t("admin.planNote")}><PictureField kept={plan} title={layout.code || t("admin.newLayout")} /></Form.Item>
    </FormDialog>
  );
}

function Row({ layout, onEdit, onTurn, busy }: { layout: Layout; onEdit: () => void; onTurn: () => void; busy: boolean }) {
  const t = useT();
  const plan = useStored(planOf(layout), layout.picture);
  return (
    <li className={layout.retired ? "layout layout-retired" : "layout"}>
      <Picture blob={plan} title={layout.code} />
      <div className="layout-words">
        <div><b>{layout.code}</b> {layout.displayName} {layout.retired && <Chip>{t("admin.retired")}</Chip>}</div>
        <div className="meta">{t("admin.bedroomCount", { count: layout.bedrooms })} · {t("chart.rooms", { count: layout.roomCount })}</div>
      </div>
      <Button size="small" onClick={onEdit}>{t("common.edit")}</Button>
      <Button size="small" loading={busy} onClick={onTurn}>{t(layout.retired ? "admin.restore" : "admin.retire")}</Button>
    </li>
  );
}

export function Layouts({ project }: { project: string }) {
  const t = useT();
  const path = `/v1/${project}/layouts`;
  const list = useResource<{ layouts: Layout[] }>(path);
  // The name of the layout in the dialog, "" for a new one.
  const [open, setOpen] = useState<string>();
  const turn = useAct((layout: Layout, key) => post<Layout>(`/v1/${layout.name}:${layout.retired ? "restore" : "retire"}`, { etag: layout.etag }, key), [path]);
  const layouts = list.data?.layouts ?? [];
  const edited = open === "" ? NEW : layouts.find((one) => one.name === open);
  const reread = () => {
    turn.reset();
    void list.refetch();
  };
  return (
    <Panel title={t("admin.layouts")} actions={<Button size="small" onClick={() => setOpen("")}>{t("admin.newLayout")}</Button>}>
      <ErrorBox error={list.error} onRetry={reread} />
      <ErrorBox error={turn.error} onRetry={isStale(turn.error) ? reread : undefined} />
      {list.isLoading && <Loading />}
      {list.data && layouts.length === 0 && <Empty why={t("admin.noLayouts")} />}
      <ul className="layouts">
        {layouts.map((one) => <Row key={one.name} layout={one} busy={turn.isPending && turn.variables.name === one.name} onEdit={() => setOpen(one.name)} onTurn={() => turn.mutate(one)} />)}
      </ul>
      {edited && <Editor key={open} layout={edited} path={path} onClose={() => setOpen(undefined)} onReread={reread} />}
    </Panel>
  );
}
