// A form whose text is kept while it is typed, sent with Ctrl+Enter or its button, never by Enter; refusals stand under
// their field and in place above the button.
import { App, Button, Form, type FormInstance } from "antd";
import { useEffect, type ReactNode } from "react";
import { useDraft } from "../drafts/use";
import { useFormat } from "../format/use";
import { useT } from "../i18n/provider";
import { Kbd, useKey } from "../keys/use";
import { useMarks } from "./marks";
import { ErrorBox } from "./parts";

interface Props<T> {
  id: string;
  form: FormInstance<T>;
  initial: Partial<T>;
  submitText: string;
  busy: boolean;
  error: unknown;
  onSubmit: (values: T) => void;
  done: boolean;
  // A page that puts the foot, with the button, into one of its panels takes it as an argument.
  children: ReactNode | ((foot: ReactNode) => ReactNode);
  checks?: ReactNode;
  extra?: ReactNode;
  onValues?: (values: T) => void;
}

export function DraftForm<T extends object>({ id, form, initial, submitText, busy, error, onSubmit, done, children, checks, extra, onValues }: Props<T>) {
  const t = useT();
  const format = useFormat();
  const { message } = App.useApp();
  const { found, keep, drop, savedAt } = useDraft<T>(id);
  useEffect(() => {
    if (!found) return;
    // A link that names a room or customer wins over the draft.
    form.setFieldsValue({ ...found, ...withoutEmpty(initial) } as Parameters<typeof form.setFieldsValue>[0]);
    onValues?.(form.getFieldsValue(true) as T);
    void message.info(t("common.draftRestored"));
  }, []);
  useEffect(() => {
    if (done) drop();
  }, [done, drop]);
  useMarks(error, form);
  useKey("submit", () => form.submit(), !busy);
  const foot = (
    <>
      {checks}
      <ErrorBox error={error} />
      <div className="form-foot">
        <span className="meta">
          {savedAt && t("common.draftKept", { time: format.clock(savedAt) })}{" "}
          {savedAt && <button type="button" className="plain-link" onClick={() => { drop(); form.resetFields(); }}>{t("common.discardDraft")}</button>}
        </span>
        <span className="space" />
        {extra}
        <Button type="primary" size="large" htmlType="submit" loading={busy}>
          {submitText} <Kbd id="submit" />
        </Button>
      </div>
    </>
  );
  return (
    <Form<T>
      form={form} layout="vertical" initialValues={initial} scrollToFirstError
      onValuesChange={(_, all) => {
        keep(form.getFieldsValue(true) as T);
        onValues?.(all as T);
      }}
      onFinish={() => onSubmit(form.getFieldsValue(true) as T)}
      onKeyDown={(event) => {
        const target = event.target as HTMLElement;
        if (event.key === "Enter" && target.tagName === "INPUT" && !event.ctrlKey && !event.metaKey) event.preventDefault();
      }}
    >
      {typeof children === "function" ? children(foot) : <>{children}{foot}</>}
    </Form>
  );
}

const withoutEmpty = (values: object) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ""));
