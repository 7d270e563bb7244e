// Groups and what they may: each right with its reach.
import { Button, Drawer, Form, Input, Select } from "antd";
import { useMemo, useState } from "react";
import { patch, post } from "../api/client";
import type { OperatorGroup, Right, Scope } from "../api/types";
import { useAct, useList, useResource } from "../api/use";
import { useT, useWord } from "../i18n/provider";
import { ListTable } from "../parts/ListTable";
import { Chip, ErrorBox } from "../parts/parts";
import { useSession } from "../session/context";

const SCOPES: Scope[] = ["OWN", "TEAM", "PROJECT", "TENANT"];
type Reach = Record<string, Scope | undefined>;

function Editor({ group, onClose }: { group: Partial<OperatorGroup>; onClose: () => void }) {
  const t = useT();
  const word = useWord();
  const { can } = useSession();
  const rights = useResource<{ rights: Right[] }>("/v1/rights");
  const [name, setName] = useState(group.displayName ?? "");
  const [reach, setReach] = useState<Reach>(() => Object.fromEntries((group.rights ?? []).map((right) => [right.right, right.scope])));
  const act = useAct((body: Partial<OperatorGroup>, key) => (group.name ? patch(`/v1/${group.name}`, body, undefined, key) : post("/v1/operatorGroups", body, key)), ["/v1/operatorGroups"]);
  const areas = useMemo(() => [...new Set((rights.data?.rights ?? []).map((right) => right.area))], [rights.data]);
  const save = () => {
    const granted = Object.entries(reach).filter(([, scope]) => scope).map(([right, scope]) => ({ right, scope: scope! }));
    act.mutate({ displayName: name, rights: granted, etag: group.etag }, { onSuccess: onClose });
  };
  const options = [{ value: "", label: t("admin.scope.none") }, ...SCOPES.map((scope) => ({ value: scope, label: word("admin.scope", scope) }))];
  return (
    <Drawer open onClose={onClose} title={group.displayName ?? t("admin.newGroup")} size="large" footer={can("operator.manage") && <Button type="primary" size="large" loading={act.isPending} disabled={!name.trim()} onClick={save}>{t("common.save")}</Button>}>
      <Form layout="vertical"><Form.Item label={t("common.name")}><Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} /></Form.Item></Form>
      <ErrorBox error={rights.error ?? act.error} />
      {areas.map((area) => (
        <section key={area} className="rights">
          <h3>{area}</h3>
          {rights.data!.rights.filter((right) => right.area === area).map((right) => (
            <label key={right.right} className="right-row">
              <span>{right.displayName} {right.sensitive && <Chip tone="warn">{t("admin.sensitive")}</Chip>}</span>
              <Select size="small" value={reach[right.right] ?? ""} options={options} onChange={(scope) => setReach((old) => ({ ...old, [right.right]: (scope || undefined) as Scope | undefined }))} aria-label={right.displayName} />
            </label>
          ))}
        </section>
      ))}
    </Drawer>
  );
}

export function GroupsTab() {
  const t = useT();
  const { can } = useSession();
  const [open, setOpen] = useState<Partial<OperatorGroup>>();
  const list = useList<OperatorGroup>("/v1/operatorGroups", "operatorGroups", { pageSize: 200 });
  return (
    <>
      {can("operator.manage") && <div className="toolbar"><Button type="primary" onClick={() => setOpen({})}>{t("admin.newGroup")}</Button></div>}
      <ListTable
        source={list} rowKey="name" empty={t("admin.none")} onOpen={setOpen}
        columns={[
          { title: t("common.name"), render: (one: OperatorGroup) => <b>{one.displayName}</b> },
          { title: t("admin.rights"), align: "right", render: (one: OperatorGroup) => one.rights.length },
          { title: t("admin.operators"), align: "right", render: (one: OperatorGroup) => t("admin.members", { count: one.operatorCount ?? 0 }) },
        ]}
      />
      {open && <Editor key={open.name ?? "new"} group={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}
