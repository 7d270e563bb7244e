// Consultants: who sells, since when, until when; the documents of one who goes change hands.
import { Button, Space } from "antd";
import { useState } from "react";
import type { Consultant } from "../api/types";
import { useList } from "../api/use";
import { useFormat } from "../format/use";
import { useT } from "../i18n/provider";
import { ListTable } from "../parts/ListTable";
import { Chip } from "../parts/parts";
import { standingOf } from "../parts/standing";
import { useSession } from "../session/context";
import { EditConsultant, NewConsultant } from "./ConsultantForm";
import { HandOver } from "./HandOver";

function Leaves({ one }: { one: Consultant }) {
  const t = useT();
  const format = useFormat();
  return <>{format.day(one.leaveDate)} <Chip tone={standingOf(one) === "left" ? "plain" : "warn"}>{t(standingOf(one) === "left" ? "admin.left" : "admin.leaving")}</Chip></>;
}

export function ConsultantsTab() {
  const t = useT();
  const format = useFormat();
  const { can } = useSession();
  const manage = can("consultant.manage");
  const [creating, setCreating] = useState(false);
  // Whose dialog is open, and which.
  const [chosen, setChosen] = useState<{ name: string; act: "edit" | "handOver" }>();
  const list = useList<Consultant>("/v1/consultants", "consultants", { pageSize: 500 });
  const person = list.rows.find((one) => one.name === chosen?.name);
  const nameOf = (name: string) => list.rows.find((one) => one.name === name)?.displayName ?? "";
  const close = () => setChosen(undefined);
  const reread = () => void list.refetch();
  const acts = (one: Consultant) => (
    <Space>
      <Button size="small" onClick={() => setChosen({ name: one.name, act: "edit" })}>{t("common.edit")}</Button>
      <Button size="small" onClick={() => setChosen({ name: one.name, act: "handOver" })}>{t("admin.handOver")}</Button>
    </Space>
  );
  return (
    <>
      {manage && <div className="toolbar"><Button type="primary" onClick={() => setCreating(true)}>{t("admin.newConsultant")}</Button></div>}
      <ListTable
        source={list} rowKey="name" empty={t("admin.none")}
        columns={[
          { title: t("admin.displayName"), fixed: "left", render: (one: Consultant) => <b>{one.displayName}</b> },
          { title: t("admin.consultantCode"), dataIndex: "code" },
          { title: t("admin.team"), dataIndex: "teamDisplayName" },
          { title: t("admin.joinDate"), render: (one: Consultant) => one.joinDate && format.day(one.joinDate) },
          { title: t("admin.leaveDate"), render: (one: Consultant) => one.leaveDate && <Leaves one={one} /> },
          { title: "", align: "right", render: (one: Consultant) => manage && acts(one) },
        ]}
      />
      {creating && <NewConsultant onClose={() => setCreating(false)} />}
      {person && chosen?.act === "edit" && <EditConsultant key={person.name} consultant={person} onClose={close} onReread={reread} />}
      {person && chosen?.act === "handOver" && <HandOver key={person.name} consultant={person} names={nameOf} onClose={close} onReread={reread} />}
    </>
  );
}
