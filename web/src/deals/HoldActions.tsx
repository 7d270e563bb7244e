// Extending and releasing a hold.
import { Button, DatePicker, Input, Modal } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { post } from "../api/client";
import type { Hold } from "../api/types";
import { useAct } from "../api/use";
import { useT } from "../i18n/provider";
import { Kbd, useKey } from "../keys/use";
import { ErrorBox } from "../parts/parts";

export function HoldActions({ hold, onDone }: { hold: Hold; onDone?: () => void }) {
  const t = useT();
  const [asking, setAsking] = useState<"extend" | "release">();
  const [until, setUntil] = useState<Dayjs | null>(null);
  const [reason, setReason] = useState("");
  const act = useAct(
    (input: { verb: string; body: object }, key) => post(`/v1/${hold.name}:${input.verb}`, { ...input.body, etag: hold.etag }, key),
    ["/v1/holds", `/v1/${hold.name}`],
  );
  const open = (what: "extend" | "release") => {
    act.reset();
    setUntil(dayjs(hold.expireTime).add(1, "day"));
    setAsking(what);
  };
  const active = hold.state === "ACTIVE";
  useKey("room.extend", () => open("extend"), active && !asking);
  useKey("room.release", () => open("release"), active && !asking);
  if (!active) return null;
  const done = () => {
    setAsking(undefined);
    onDone?.();
  };
  const submit = () => {
    const body = asking === "extend" ? { expireTime: until?.toISOString() } : { reason };
    act.mutate({ verb: asking!, body }, { onSuccess: done });
  };
  return (
    <>
      <Button size="large" onClick={() => open("extend")}>{t("deals.extend")} <Kbd id="room.extend" /></Button>
      <Button size="large" danger onClick={() => open("release")}>{t("deals.release")} <Kbd id="room.release" /></Button>
      <Modal
        open={asking !== undefined} width={420} title={asking === "extend" ? t("deals.extend") : t("deals.releaseTitle")} onCancel={() => setAsking(undefined)}
        okText={asking === "extend" ? t("deals.extend") : t("deals.release")} cancelText={t("common.cancel")} onOk={submit} confirmLoading={act.isPending}
        okButtonProps={{ danger: asking === "release", disabled: asking === "release" ? reason.trim() === "" : !until }}
      >
        {asking === "extend" ? (
          <label className="labelled">{t("deals.extendTo")}<DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" value={until} onChange={setUntil} minDate={dayjs()} /></label>
        ) : (
          <label className="labelled">{t("deals.releaseWhy")}<Input.TextArea rows={2} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} /></label>
        )}
        <ErrorBox error={act.error} />
      </Modal>
    </>
  );
}
