// A dialog that makes or changes one thing: refusals stand under their fields. A copy that is no longer the newest is read again
// while what was typed stays; only that is sent, so that what somebody else has changed meanwhile stays too.
import { Form, Modal } from "antd";
import { useEffect, useState, type ReactNode } from "react";
import { useAct } from "../api/use";
import { useT } from "../i18n/provider";
import { useMarks } from "./marks";
import { ErrorBox, isStale } from "./parts";

interface Props<Values, Made> {
  title: string;
  isNew: boolean;
  initial: Partial<Values>;
  // `key` makes a retry the same act; `changed` names the fields that are not as they were read.
  save: (values: Values, key: string, changed: (keyof Values & string)[]) => Promise<Made>;
  touches: string[];
  reasons?: Record<string, string>;  // Which field a refusal without one is about.
  onDone?: (made: Made) => void;  // When what it touches has been read again.
  onClose: () => void;
  onReread?: () => void;
  width?: number;
  children: ReactNode;
}

// An empty text is no value.
const isSame = (one: unknown, other: unknown) => JSON.stringify(one ?? "") === JSON.stringify(other ?? "");

export function FormDialog<Values extends object, Made = unknown>({ title, isNew, initial, save, touches, reasons, onDone, onClose, onReread, width = 480, children }: Props<Values, Made>) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const [opened, setOpened] = useState(initial);
  const act = useAct(({ values, changed }: { values: Values; changed: (keyof Values & string)[] }, key) => save(values, key, changed), touches);
  useMarks(act.error, form, reasons);
  // Read again: what was not typed is shown as it is now.
  const newest = JSON.stringify(initial);
  useEffect(() => {
    if (act.isPending || JSON.stringify(opened) === newest) return;
    const typed = form.getFieldsValue(true) as Partial<Values>;
    const untouched = Object.entries(initial).filter(([name]) => isSame(typed[name as keyof Values], opened[name as keyof Values]));
    form.setFieldsValue(Object.fromEntries(untouched) as Parameters<typeof form.setFieldsValue>[0]);
    setOpened(initial);
  }, [newest, act.isPending]);
  const done = (made: Made) => {
    onDone?.(made);
    onClose();
  };
  const send = (values: Values) => {
    const changed = (Object.keys(values) as (keyof Values & string)[]).filter((name) => !isSame(values[name], opened[name]));
    if (isNew || changed.length > 0) act.mutate({ values, changed }, { onSuccess: done });
    else onClose();
  };
  const reread = () => {
    act.reset();
    onReread?.();
  };
  return (
    <Modal
      open width={width} title={title} okText={t(isNew ? "common.create" : "common.save")} cancelText={t("common.cancel")} onCancel={onClose} confirmLoading={act.isPending}
      onOk={() => void form.validateFields().then(send, () => undefined)}
    >
      <Form form={form} layout="vertical" requiredMark={false} className="dialog-form" initialValues={initial}>{children}</Form>
      <ErrorBox error={act.error} onRetry={isStale(act.error) ? reread : undefined} />
    </Modal>
  );
}
