// A dialog that makes or changes one thing: refusals stand under their fields, and a copy that is no longer the newest is read
// again while what was typed stays.
import { Form, Modal } from "antd";
import type { ReactNode } from "react";
import { useAct } from "../api/use";
import { useT } from "../i18n/provider";
import { useMarks } from "./marks";
import { ErrorBox, isStale } from "./parts";

interface Props<Values, Made> {
  title: string;
  isNew: boolean;
  initial: Partial<Values>;
  // Sends what was typed; `key` makes a retry the same act.
  save: (values: Values, key: string) => Promise<Made>;
  touches: string[];
  reasons?: Record<string, string>;  // Which field a refusal without one is about.
  onDone?: (made: Made) => void;  // When what it touches has been read again.
  onClose: () => void;
  onReread?: () => void;
  width?: number;
  children: ReactNode;
}

export function FormDialog<Values extends object, Made = unknown>({ title, isNew, initial, save, touches, reasons, onDone, onClose, onReread, width = 480, children }: Props<Values, Made>) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const act = useAct(save, touches);
  useMarks(act.error, form, reasons);
  const done = (made: Made) => {
    onDone?.(made);
    onClose();
  };
  const reread = () => {
    act.reset();
    onReread?.();
  };
  return (
    <Modal
      open width={width} title={title} okText={t(isNew ? "common.create" : "common.save")} cancelText={t("common.cancel")} onCancel={onClose} confirmLoading={act.isPending}
      onOk={() => void form.validateFields().then((values) => act.mutate(values, { onSuccess: done }), () => undefined)}
    >
      <Form form={form} layout="vertical" requiredMark={false} className="dialog-form" initialValues={initial}>{children}</Form>
      <ErrorBox error={act.error} onRetry={isStale(act.error) ? reread : undefined} />
    </Modal>
  );
}
