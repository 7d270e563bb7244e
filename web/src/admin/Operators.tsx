// Operators: who may come in, in which groups, and ending their sessions.
import { Button, Checkbox, Dropdown, Form, Input, Select } from "antd";
import { useState } from "react";
import { post } from "../api/client";
import type { Named, Operator, OperatorGroup } from "../api/types";
import { useAct, useList, useResource } from "../api/use";
import { useFormat } from "../format/use";
import { useT } from "../i18n/provider";
import { FormDialog } from "../parts/FormDialog";
import { Icon } from "../parts/icons";
import { ListTable } from "../parts/ListTable";
import { Chip, ErrorBox } from "../parts/parts";
import { useSession } from "../session/context";

interface NewOperator {
  signInName: string;
  displayName: string;
  password: string;
  operatorGroups: string[];
  team?: string;
  allProjects: boolean;
}

function Create({ onClose, groups }: { onClose: () => void; groups: OperatorGroup[] }) {
  const t = useT();
  const teams = useResource<{ teams: Named[] }>("/v1/teams");
  const save = ({ password, ...operator }: NewOperator, key: string) => post("/v1/operators", { operator, password }, key);
  const needed = [{ required: true, message: t("common.required") }];
  return (
    <FormDialog<NewOperator> title={t("admin.newOperator")} isNew initial={{ allProjects: true }} save={save} touches={["/v1/operators"]} onClose={onClose}>
      <Form.Item name="signInName" label={t("admin.signInName")} rules={needed}><Input autoCapitalize="none" autoComplete="off" maxLength={40} /></Form.Item>
      <Form.Item name="displayName" label={t("admin.displayName")} rules={needed}><Input maxLength={60} /></Form.Item>
      <Form.Item name="password" label={t("admin.firstPassword")} rules={[{ required: true, min: 8, message: t("common.required") }]}><Input.Password autoComplete="new-password" /></Form.Item>
      <Form.Item name="operatorGroups" label={t("admin.groups")} rules={needed}><Select mode="multiple" options={groups.map((group) => ({ value: group.name, label: group.displayName }))} /></Form.Item>
      <Form.Item name="team" label={t("admin.team")}><Select allowClear options={(teams.data?.teams ?? []).map((team) => ({ value: team.name, label: team.displayName }))} /></Form.Item>
      <Form.Item name="allProjects" valuePropName="checked"><Checkbox>{t("admin.allProjects")}</Checkbox></Form.Item>
    </FormDialog>
  );
}

export function OperatorsTab() {
  const t = useT();
  const format = useFormat();
  const { can } = useSession();
  const [creating, setCreating] = useState(false);
  const list = useList<Operator>("/v1/operators", "operators", { pageSize: 100 });
  const groups = useList<OperatorGroup>("/v1/operatorGroups", "operatorGroups", { pageSize: 200 });
  const act = useAct(({ name, verb }: { name: string; verb: string }, key) => post(`/v1/${name}:${verb}`, {}, key), ["/v1/operators"]);
  const groupName = (name: string) => groups.rows.find((group) => group.name === name)?.displayName ?? "…";
  const menu = (one: Operator) => ({
    items: [
      one.state === "ACTIVE" ? { key: "disable", label: t("admin.disable"), danger: true } : { key: "enable", label: t("admin.enable") },
      { key: "unlock", label: t("admin.unlock") }, { key: "signOut", label: t("admin.signOut") },
    ],
    onClick: ({ key }: { key: string }) => act.mutate({ name: one.name, verb: key }),
  });
  return (
    <>
      {can("operator.manage") && <div className="toolbar"><Button type="primary" onClick={() => setCreating(true)}>{t("admin.newOperator")}</Button></div>}
      <ErrorBox error={act.error} />
      <ListTable
        source={list} rowKey="name" empty={t("admin.none")}
        columns={[
          { title: t("admin.displayName"), fixed: "left", render: (one: Operator) => <b>{one.displayName}</b> },
          { title: t("admin.signInName"), dataIndex: "signInName" },
          { title: t("admin.groups"), render: (one: Operator) => one.operatorGroups.map((name) => <Chip key={name}>{groupName(name)}</Chip>) },
          { title: t("admin.lastSignIn"), render: (one: Operator) => format.dateTime(one.lastSignInTime) },
          { title: t("common.state"), render: (one: Operator) => <Chip tone={one.state === "ACTIVE" ? "ok" : "plain"}>{t(one.state === "ACTIVE" ? "admin.active" : "admin.disabled")}</Chip> },
          { title: "", render: (one: Operator) => can("operator.manage") && <Dropdown trigger={["click"]} menu={menu(one)}><button type="button" className="icon-button" aria-label={t("common.more")}><Icon name="more" /></button></Dropdown> },
        ]}
      />
      {creating && <Create onClose={() => setCreating(false)} groups={groups.rows} />}
    </>
  );
}
