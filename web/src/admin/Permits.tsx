// A project's presale permits (INV-09): from when, until when, which buildings; one that ends early is revoked, never deleted.
import { Button, DatePicker, Form, Input, Modal, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { post } from "../api/client";
import type { Building, Permit, Project } from "../api/types";
import { useAct, useResource } from "../api/use";
import { isoDay } from "../format/time";
import { dayOf, useFormat } from "../format/use";
import { zoneOf } from "../frame/project";
import { useT, useWord } from "../i18n/provider";
import { useMarks } from "../parts/marks";
import { Chip, Empty, ErrorBox, isStale, Loading, Panel, type Tone } from "../parts/parts";
import { permitState, type PermitState } from "./permit";

interface Values {
  number: string;
  validFrom: Dayjs;
  validUntil?: Dayjs | null;
  buildings?: string[];
}

// Whether a room may be sold is read again too: all of it stands under the projects.
const TOUCHED = ["/v1/projects"];
const TONES: Record<PermitState, Tone> = { REVOKED: "bad", ENDED: "plain", COMING: "warn", IN_FORCE: "ok" };
const dayIn = (picked: Dayjs | null | undefined) => (picked ? dayOf(picked.format("YYYY-MM-DD")) : undefined);

function Add({ project, onClose }: { project: string; onClose: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const from = Form.useWatch("validFrom", form);
  const found = useResource<{ buildings: Building[] }>(`/v1/${project}/buildings`);
  const act = useAct((body: object, key) => post<Permit>(`/v1/${project}/permits`, body, key), TOUCHED);
  useMarks(act.error, form, { ALREADY_PRESENT: "number" });
  const send = ({ number, validFrom, validUntil, buildings = [] }: Values) =>
    act.mutate({ number: number.trim(), validFrom: dayIn(validFrom), validUntil: dayIn(validUntil), buildings }, { onSuccess: onClose });
  const needed = { required: true, message: t("common.required") };
  const offered = (found.data?.buildings ?? []).map((one) => ({ value: one.displayName, label: one.displayName, rooms: one.roomCount }));
  return (
    <Modal
      open width={480} title={t("admin.newPermit")} okText={t("common.save")} cancelText={t("common.cancel")} onCancel={onClose} confirmLoading={act.isPending}
      onOk={() => void form.validateFields().then(send, () => undefined)}
    >
      <Form form={form} layout="vertical" requiredMark={false} className="dialog-form">
        <Form.Item name="number" label={t("admin.permitNumber")} rules={[{ ...needed, whitespace: true }]}><Input maxLength={60} autoComplete="off" placeholder={t("admin.permitExample")} /></Form.Item>
        <div className="form-two">
          <Form.Item name="validFrom" label={t("admin.validFrom")} rules={[needed]}><DatePicker /></Form.Item>
          <Form.Item name="validUntil" label={t("admin.validUntil")} extra={t("admin.validUntilNote")}><DatePicker minDate={from} /></Form.Item>
        </div>
        <Form.Item name="buildings" label={t("admin.permitBuildings")} extra={t("admin.permitBuildingsNote")}>
          <Select
            mode="multiple" allowClear loading={found.isLoading} placeholder={t("admin.allBuildings")} options={offered} notFoundContent={t("admin.noBuildings")}
            optionRender={({ data }) => <>{data.value} <span className="meta">{t("chart.rooms", { count: data.rooms })}</span></>}
          />
        </Form.Item>
      </Form>
      <ErrorBox error={found.error} onRetry={() => void found.refetch()} />
      <ErrorBox error={act.error} />
    </Modal>
  );
}

function Revoke({ permit, onClose, onReread }: { permit: Permit; onClose: () => void; onReread: () => Promise<unknown> }) {
  const t = useT();
  const [form] = Form.useForm<{ reason: string }>();
  const act = useAct((reason: string, key) => post<Permit>(`/v1/${permit.name}:revoke`, { reason, etag: permit.etag }, key), TOUCHED);
  useMarks(act.error, form);
  const reread = () => void onReread().then(act.reset);
  return (
    <Modal
      open width={480} title={t("admin.revokeOf", { number: permit.number })} okText={t("admin.revoke")} okButtonProps={{ danger: true }} cancelText={t("common.cancel")}
      onCancel={onClose} confirmLoading={act.isPending}
      onOk={() => void form.validateFields().then(({ reason }) => act.mutate(reason.trim(), { onSuccess: onClose }), () => undefined)}
    >
      <p>{t("admin.revokeNote")}</p>
      <Form form={form} layout="vertical" requiredMark={false} className="dialog-form">
        <Form.Item name="reason" label={t("common.reason")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}><Input.TextArea rows={2} maxLength={200} /></Form.Item>
      </Form>
      <ErrorBox error={act.error} onRetry={isStale(act.error) ? reread : undefined} />
    </Modal>
  );
}

function Row({ permit, today, onRevoke }: { permit: Permit; today: string; onRevoke: () => void }) {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const state = permitState(permit, today);
  const from = format.day(permit.validFrom);
  const valid = permit.validUntil ? `${from} – ${format.day(permit.validUntil)}` : t("admin.noEnd", { from });
  const buildings = permit.buildings.length === 0 ? t("admin.allBuildings") : permit.buildings.join(format.language === "zh" ? "、" : ", ");
  return (
    <li>
      <div className="thing-words">
        <div><b>{permit.number}</b> <Chip tone={TONES[state]}>{word("admin.permit", state)}</Chip></div>
        <div className="meta">{valid} · {buildings}</div>
      </div>
      {(state === "IN_FORCE" || state === "COMING") && <Button size="small" danger onClick={onRevoke}>{t("admin.revoke")}</Button>}
    </li>
  );
}

export function Permits({ project }: { project: Project }) {
  const t = useT();
  const list = useResource<{ permits: Permit[] }>(`/v1/${project.name}/permits`);
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const permits = list.data?.permits ?? [];
  const today = isoDay(Date.now(), zoneOf(project));
  // Gone as soon as somebody has revoked it: here, or elsewhere and read again.
  const leaving = permits.find((one) => one.name === chosen && !one.revoked);
  const reread = () => list.refetch();
  return (
    <Panel title={t("admin.permits")} actions={<Button size="small" onClick={() => setAdding(true)}>{t("admin.newPermit")}</Button>}>
      <ErrorBox error={list.error} onRetry={() => void reread()} />
      {list.isLoading && <Loading rows={2} />}
      {list.data && permits.length === 0 && <Empty why={t("admin.noPermits")} />}
      <ul className="deal-list permits">
        {permits.map((one) => <Row key={one.name} permit={one} today={today} onRevoke={() => setChosen(one.name)} />)}
      </ul>
      {adding && <Add project={project.name} onClose={() => setAdding(false)} />}
      {leaving && <Revoke key={leaving.name} permit={leaving} onClose={() => setChosen(undefined)} onReread={reread} />}
    </Panel>
  );
}
