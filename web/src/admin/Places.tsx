// Departments, and the teams in them.
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { patch, post } from "../api/client";
import type { Named } from "../api/types";
import { useAct, useResource } from "../api/use";
import { useT } from "../i18n/provider";
import { FormDialog } from "../parts/FormDialog";
import { Chip, ErrorBox, isStale } from "../parts/parts";
import { Rows } from "../parts/Rows";
import { useSession } from "../session/context";

interface Kind { plural: "departments" | "teams"; title: string; add: string; departments?: Named[] }
interface Values { displayName: string; department?: string }

const NEW: Named = { name: "", displayName: "" };

function Editor({ place, path, title, departments, onClose, onReread }: { place: Named; path: string; title: string; departments?: Named[]; onClose: () => void; onReread: () => void }) {
  const t = useT();
  const save = ({ displayName, department = "" }: Values, key: string, changed: string[]) => {
    const body = departments ? { displayName, department } : { displayName };
    return place.name ? patch(`/v1/${place.name}`, { name: place.name, etag: place.etag, ...body }, { updateMask: changed.join() }, key) : post(path, body, key);
  };
  return (
    <FormDialog<Values>
      title={title} isNew={!place.name} initial={{ displayName: place.displayName, department: place.department || undefined }} save={save} touches={[path]}
      reasons={{ NAME_TAKEN: "displayName" }} onClose={onClose} onReread={onReread}
    >
      <Form.Item name="displayName" label={t("common.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}><Input maxLength={60} /></Form.Item>
      {departments && (
        <Form.Item name="department" label={t("admin.department")}>
          <Select allowClear options={departments.filter((one) => !one.retired || one.name === place.department).map((one) => ({ value: one.name, label: one.displayName }))} />
        </Form.Item>
      )}
    </FormDialog>
  );
}

function Panel({ plural, title, add, departments }: Kind) {
  const t = useT();
  const { can } = useSession();
  const path = `/v1/${plural}`;
  const list = useResource<Partial<Record<typeof plural, Named[]>>>(path, { showRetired: true });
  const [open, setOpen] = useState<string>();
  const turn = useAct((place: Named, key) => patch(`/v1/${place.name}`, { name: place.name, etag: place.etag, retired: !place.retired }, { updateMask: "retired" }, key), [path]);
  const rows = list.data?.[plural] ?? [];
  const edited = open === "" ? NEW : rows.find((one) => one.name === open);
  const reread = () => {
    turn.reset();
    void list.refetch();
  };
  const acts = (place: Named) => can("operator.manage") && (
    <>
      <Button size="small" onClick={() => setOpen(place.name)}>{t("common.edit")}</Button>
      <Button size="small" loading={turn.isPending && turn.variables.name === place.name} onClick={() => turn.mutate(place)}>{t(place.retired ? "admin.restore" : "admin.retire")}</Button>
    </>
  );
  return (
    <>
      <Rows
        title={title} add={add} onAdd={can("operator.manage") ? () => setOpen("") : undefined} source={{ ...list, rows }} empty={t("admin.none")}
        row={(place) => ({
          name: <>{place.displayName} {place.retired && <Chip>{t("admin.retired")}</Chip>}</>, note: departments?.find((one) => one.name === place.department)?.displayName,
          acts: acts(place),
        })}
      />
      <ErrorBox error={turn.error} onRetry={isStale(turn.error) ? reread : undefined} />
      {edited && <Editor key={open} place={edited} path={path} title={edited.displayName || add} departments={departments} onClose={() => setOpen(undefined)} onReread={reread} />}
    </>
  );
}

export function PlacesTab() {
  const t = useT();
  const departments = useResource<{ departments: Named[] }>("/v1/departments", { showRetired: true });
  return (
    <div className="columns columns-half">
      <div className="stack"><Panel plural="departments" title={t("admin.departments")} add={t("admin.newDepartment")} /></div>
      <div className="stack"><Panel plural="teams" title={t("admin.teams")} add={t("admin.newTeam")} departments={departments.data?.departments ?? []} /></div>
    </div>
  );
}
