// Putting a room on sale, and withdrawing it with a reason.
import { Button, Input, Modal } from "antd";
import { useState } from "react";
import { post } from "../api/client";
import type { Room } from "../api/types";
import { useAct } from "../api/use";
import { useT } from "../i18n/provider";
import { ErrorBox } from "../parts/parts";

export function SaleActions({ room, onDone }: { room: Room; onDone: () => void }) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const project = room.name.split("/rooms/")[0]!;
  const act = useAct((input: { verb: "release" | "lock"; reason?: string }, key) => post(`/v1/${project}/rooms:${input.verb}`, { rooms: [room.name], reason: input.reason }, key), ["/v1/projects"]);
  const done = () => {
    setAsking(false);
    onDone();
  };
  if (room.state === "LOCKED") {
    return (
      <>
        <Button type="primary" size="large" loading={act.isPending} onClick={() => act.mutate({ verb: "release" }, { onSuccess: done })}>{t("rooms.actOpenSale")}</Button>
        <ErrorBox error={act.error} />
      </>
    );
  }
  if (room.state !== "AVAILABLE") return null;
  return (
    <>
      <Button size="large" onClick={() => { act.reset(); setReason(""); setAsking(true); }}>{t("rooms.actLock")}</Button>
      <Modal
        open={asking} width={420} title={t("rooms.lockTitle")} okText={t("rooms.actLock")} cancelText={t("common.cancel")} onCancel={() => setAsking(false)}
        onOk={() => act.mutate({ verb: "lock", reason: reason.trim() }, { onSuccess: done })} confirmLoading={act.isPending} okButtonProps={{ disabled: reason.trim() === "" }}
      >
        <label className="labelled">{t("rooms.lockWhy")}<Input.TextArea rows={2} maxLength={200} value={reason} placeholder={t("rooms.lockExample")} onChange={(event) => setReason(event.target.value)} /></label>
        <ErrorBox error={act.error} />
      </Modal>
    </>
  );
}
