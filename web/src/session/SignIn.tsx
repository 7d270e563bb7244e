// The sign-in page, the box over an expired session, and the change of a first password.
import { Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useLanguage, useT } from "../i18n/provider";
import { Logo } from "../parts/icons";
import { ErrorBox } from "../parts/parts";
import { changePassword, useSession } from "./context";

function SignInForm({ operator, onDone }: { operator?: string; onDone?: () => void }) {
  const t = useT();
  const { signIn } = useSession();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const submit = async (values: { operator: string; password: string }) => {
    setBusy(true);
    setError(undefined);
    try {
      await signIn(values.operator.trim(), values.password);
      onDone?.();
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form layout="vertical" requiredMark={false} onFinish={submit} initialValues={{ operator }} size="large">
      <Form.Item name="operator" label={t("session.operator")} rules={[{ required: true, message: t("common.required") }]}>
        <Input autoFocus={!operator} autoComplete="username" autoCapitalize="none" disabled={Boolean(operator)} />
      </Form.Item>
      <Form.Item name="password" label={t("session.password")} rules={[{ required: true, message: t("common.required") }]}>
        <Input.Password autoFocus={Boolean(operator)} autoComplete="current-password" />
      </Form.Item>
      <ErrorBox error={error} />
      <Button type="primary" htmlType="submit" block loading={busy} className="sign-in-button">
        {t("session.signIn")}
      </Button>
    </Form>
  );
}

export function SignInPage() {
  const t = useT();
  const { language, choose } = useLanguage();
  return (
    <main className="sign-in">
      <div className="sign-in-lintel">
        <Logo size={44} />
      </div>
      <div className="sign-in-card">
        <h1>{t("session.title")}</h1>
        <p className="meta">{t("session.line")}</p>
        <SignInForm />
        <button type="button" className="plain-link" onClick={() => choose(language === "zh" ? "en" : "zh")}>
          {language === "zh" ? "English" : "中文"}
        </button>
      </div>
    </main>
  );
}

// Stands over the page somebody was working on.
export function SessionOver() {
  const t = useT();
  const { status, me } = useSession();
  return (
    <Modal open={status === "over"} title={t("session.over")} footer={null} closable={false} maskClosable={false} width={380} destroyOnHidden>
      <p className="meta">{t("session.overWhy")}</p>
      <SignInForm operator={me?.signInName} />
    </Modal>
  );
}

export function ChangePasswordPage() {
  const t = useT();
  const { reload } = useSession();
  const [error, setError] = useState<unknown>();
  const submit = async (values: { old: string; next: string }) => {
    try {
      await changePassword(values.old, values.next);
      await reload();
    } catch (cause) {
      setError(cause);
    }
  };
  return (
    <main className="sign-in">
      <div className="sign-in-lintel">
        <Logo size={44} />
      </div>
      <div className="sign-in-card">
        <h1>{t("session.change")}</h1>
        <p className="meta">{t("session.changeWhy")}</p>
        <Form layout="vertical" requiredMark={false} onFinish={submit} size="large">
          <Form.Item name="old" label={t("session.old")} rules={[{ required: true, message: t("common.required") }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Form.Item name="next" label={t("session.new")} rules={[{ required: true, min: 8, message: t("session.changeWhy") }]}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <ErrorBox error={error} />
          <Button type="primary" htmlType="submit" block>
            {t("common.save")}
          </Button>
        </Form>
      </div>
    </main>
  );
}
