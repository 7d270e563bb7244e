// Operators: who may come in, in which groups, and ending their sessions.
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { post } from "../api/client";
import type { Operator, OperatorGroup } from "../api/types";
import { useAct, useList } from "../api/use";
import { useFormat } from "../format/use";
import { useT } from "../i18n/provider";
import { Icon } from "../parts/icons";
import { ListTable } from "../parts/ListTable";
import { Chip, ErrorBox } from "../parts/parts";
import { useSession } from "../session/context";
import { OperatorForm, ResetPassword } from "./OperatorForm";

export function OperatorsTab() {
  const t = useT();
  const format = useFormat();
  const { can } = useSession();
  const [creating, setCreating] = useState(false);
  const [chosen, setChosen] = useState<{ name: string; act: "edit" | "password" }>();
  const list = useList<Operator>("/v1/operators", "operators", { pageSize: 100 });
  const groups = useList<OperatorGroup>("/v1/operatorGroups", "operatorGroups", { pageSize: 200 });
  const act = useAct(({ name, verb }: { name: string; verb: string }, key) => post(`/v1/${name}:${verb}`, {}, key), ["/v1/operators"]);
  const groupName = (name: string) => groups.rows.find((group) => group.name === name)?.displayName ?? "…";
  const operator = list.rows.find((one) => one.name === chosen?.name);
  const close = () => setChosen(undefined);
  const menu = (one: Operator) => ({
    items: [
      { key: "edit", label: t("common.edit") }, { key: "password", label: t("admin.resetPassword") },
      one.state === "ACTIVE" ? { key: "disable", label: t("admin.disable"), danger: true } : { key: "enable", label: t("admin.enable") },
      { key: "unlock", label: t("admin.unlock") }, { key: "signOut", label: t("admin.signOut") },
    ],
    onClick: ({ key }: { key: string }) => (key === "edit" || key === "password" ? setChosen({ name: one.name, act: key }) : act.mutate({ name: one.name, verb: key })),
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
      {creating && <OperatorForm groups={groups.rows} onClose={() => setCreating(false)} />}
      {operator && chosen?.act === "edit" && <OperatorForm key={operator.name} operator={operator} groups={groups.rows} onClose={close} onReread={() => void list.refetch()} />}
      {operator && chosen?.act === "password" && <ResetPassword operator={operator} onClose={close} />}
    </>
  );
}
