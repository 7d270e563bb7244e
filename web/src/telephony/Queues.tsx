// Queues: how long an agent's phone rings, how long callers wait, and how many.
import { Button, Form, Input, InputNumber } from "antd";
import { useState } from "react";
import { patch, post } from "../api/client";
import type { PhoneQueue } from "../api/types";
import { useList } from "../api/use";
import { useT } from "../i18n/provider";
import { FormDialog } from "../parts/FormDialog";
import { Rows } from "../parts/Rows";

interface Values { displayName: string; ringLimit: number; maxWait: number; wrapUp: number; maxWaiting: number }

const PATH = "/v1/queues";
const FIELDS: Record<keyof Values, string> = { displayName: "displayName", ringLimit: "ringLimitMs", maxWait: "maxWaitMs", wrapUp: "wrapUpMs", maxWaiting: "maxWaiting" };
const NEW: PhoneQueue = { name: "", displayName: "", ringLimitMs: 20_000, maxWaitMs: 600_000, wrapUpMs: 0, maxWaiting: 200 };

const seconds = (ms: number | undefined) => (ms ?? 0) / 1000;
const valuesOf = (queue: PhoneQueue): Values => ({ displayName: queue.displayName, ringLimit: seconds(queue.ringLimitMs), maxWait: seconds(queue.maxWaitMs), wrapUp: seconds(queue.wrapUpMs), maxWaiting: queue.maxWaiting ?? 0 });
const bodyOf = (values: Values) => ({ displayName: values.displayName, ringLimitMs: values.ringLimit * 1000, maxWaitMs: values.maxWait * 1000, wrapUpMs: values.wrapUp * 1000, maxWaiting: values.maxWaiting });

function Editor({ queue, onClose, onReread }: { queue: PhoneQueue; onClose: () => void; onReread: () => void }) {
  const t = useT();
  const needed = { required: true, message: t("common.required") };
  const count = (least: number, most: number) => <InputNumber min={least} max={most} precision={0} controls={false} />;
  const save = (values: Values, key: string, changed: (keyof Values)[]) =>
    queue.name ? patch(`/v1/${queue.name}`, { name: queue.name, etag: queue.etag, ...bodyOf(values) }, { updateMask: changed.map((field) => FIELDS[field]).join() }, key) : post(PATH, bodyOf(values), key);
  return (
    <FormDialog<Values>
      title={queue.displayName || t("telephony.newQueue")} isNew={!queue.name} initial={valuesOf(queue)} save={save} touches={[PATH]} onClose={onClose} onReread={onReread}
      reasons={{ NAME_EXISTS: "displayName" }}
    >
      <Form.Item name="displayName" label={t("common.name")} rules={[{ ...needed, whitespace: true }]}><Input maxLength={60} /></Form.Item>
      <div className="form-two">
        <Form.Item name="ringLimit" label={t("telephony.ringLimit")} rules={[needed]}>{count(5, 60)}</Form.Item>
        <Form.Item name="maxWait" label={t("telephony.maxWait")} rules={[needed]}>{count(10, 3600)}</Form.Item>
        <Form.Item name="wrapUp" label={t("telephony.wrapUp")} rules={[needed]}>{count(0, 600)}</Form.Item>
        <Form.Item name="maxWaiting" label={t("telephony.maxWaiting")} rules={[needed]}>{count(1, 1000)}</Form.Item>
      </div>
    </FormDialog>
  );
}

export function Queues() {
  const t = useT();
  const [open, setOpen] = useState<string>();
  const list = useList<PhoneQueue>(PATH, "queues", { pageSize: 100 });
  const edited = open === "" ? NEW : list.rows.find((one) => one.name === open);
  const limits = (queue: PhoneQueue) => t("telephony.queueLimits", { ring: seconds(queue.ringLimitMs), wait: seconds(queue.maxWaitMs), wrap: seconds(queue.wrapUpMs), most: queue.maxWaiting ?? 0 });
  return (
    <>
      <Rows
        title={t("telephony.queues")} add={t("telephony.newQueue")} onAdd={() => setOpen("")} source={list} empty={t("telephony.noQueues")}
        row={(queue) => ({ name: queue.displayName, note: limits(queue), acts: <Button size="small" onClick={() => setOpen(queue.name)}>{t("common.edit")}</Button> })}
      />
      {edited && <Editor key={open} queue={edited} onClose={() => setOpen(undefined)} onReread={() => void list.refetch()} />}
    </>
  );
}
