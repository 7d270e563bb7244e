// Which operators are agents, and whose callers they take.
import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { patch, post } from "../api/client";
import type { AgentView, Operator, PhoneQueue } from "../api/types";
import { useList } from "../api/use";
import { useT, useWord } from "../i18n/provider";
import { FormDialog } from "../parts/FormDialog";
import { Rows } from "../parts/Rows";

interface Values { operator?: string; displayName: string; queues: string[] }

const PATH = "/v1/agents";
const NEW: Partial<AgentView> = { displayName: "", queues: [] };

function Editor({ agent, taken, queues, onClose, onReread }: { agent: Partial<AgentView>; taken: string[]; queues: PhoneQueue[]; onClose: () => void; onReread: () => void }) {
  const t = useT();
  const operators = useList<Operator>(agent.name ? undefined : "/v1/operators", "operators", { pageSize: 500 });
  const free = operators.rows.filter((one) => one.state === "ACTIVE" && !taken.includes(one.name));
  const save = ({ operator, displayName, queues: chosen }: Values, key: string, changed: string[]) => {
    const name = displayName.trim() || free.find((one) => one.name === operator)?.displayName;
    return agent.name
      ? patch(`/v1/${agent.name}`, { name: agent.name, etag: agent.etag, displayName: name, queues: chosen }, { updateMask: changed.join() }, key)
      : post(PATH, { operator, displayName: name, queues: chosen }, key);
  };
  const needed = [{ required: true, message: t("common.required") }];
  return (
    <FormDialog<Values>
      title={agent.displayName || t("telephony.newAgent")} isNew={!agent.name} initial={agent} save={save} touches={[PATH]} onClose={onClose} onReread={onReread}
      reasons={{ AGENT_EXISTS: "operator" }}
    >
      {!agent.name && (
        <Form.Item name="operator" label={t("telephony.operator")} rules={needed} extra={t("telephony.agentNote")}>
          <Select showSearch={{ optionFilterProp: "label" }} loading={operators.isLoading} options={free.map((one) => ({ value: one.name, label: `${one.displayName} ${one.signInName}` }))} />
        </Form.Item>
      )}
      <Form.Item name="displayName" label={t("common.name")}><Input maxLength={60} /></Form.Item>
      <Form.Item name="queues" label={t("telephony.queues")}><Select mode="multiple" maxCount={20} options={queues.map((one) => ({ value: one.name, label: one.displayName }))} /></Form.Item>
    </FormDialog>
  );
}

export function Agents() {
  const t = useT();
  const word = useWord();
  const [open, setOpen] = useState<string>();
  const list = useList<AgentView>(PATH, "agents", { pageSize: 100 });
  const queues = useList<PhoneQueue>("/v1/queues", "queues", { pageSize: 100 });
  const edited = open === "" ? NEW : list.rows.find((one) => one.name === open);
  const nameOf = (queue: string) => queues.rows.find((one) => one.name === queue)?.displayName ?? "…";
  return (
    <>
      <Rows
        title={t("telephony.agents")} add={t("telephony.newAgent")} onAdd={() => setOpen("")} source={list} empty={t("telephony.noAgents")}
        row={(agent) => ({
          name: agent.displayName, note: [word("phone", agent.state), ...agent.queues.map(nameOf)].join(" · "),
          acts: <Button size="small" onClick={() => setOpen(agent.name)}>{t("common.edit")}</Button>,
        })}
      />
      {edited && <Editor key={open} agent={edited} taken={list.rows.map((one) => one.operator)} queues={queues.rows} onClose={() => setOpen(undefined)} onReread={() => void list.refetch()} />}
    </>
  );
}
