// A consultant's open documents change hands (INV-04): to whom, from when, and what then moved.
import { Button, DatePicker, Form, Modal } from "antd";
import type { Dayjs } from "dayjs";
import { Link } from "react-router";
import { post } from "../api/client";
import type { Consultant, HandOverDealsResponse } from "../api/types";
import { useAct, useResource } from "../api/use";
import { dayOf, useFormat } from "../format/use";
import { useT, useWord } from "../i18n/provider";
import { ConsultantField } from "../parts/fields";
import { useMarks } from "../parts/marks";
import { Chip, Empty, ErrorBox, isStale } from "../parts/parts";

interface Values {
  successor: string;
  leaveDate?: Dayjs;
}

// "subscriptions/0193...": 认购书 1栋 1单元 1806.
function Document({ name }: { name: string }) {
  const word = useWord();
  const [kind = "", id = ""] = name.split("/");
  const found = useResource<{ roomLabel: string }>(`/v1/${name}`);
  const room = found.data?.roomLabel || (found.isLoading ? "…" : `…${id.slice(-6)}`);
  return <li><Chip>{word("rooms.document", kind)}</Chip><Link to={`/${name}`}>{room}</Link></li>;
}

function Moved({ result, from, to }: { result: HandOverDealsResponse; from: string; to: string }) {
  const t = useT();
  const format = useFormat();
  const { documents, consultant } = result;
  return (
    <>
      {documents.length === 0 ? <Empty why={t("admin.nothingMoved", { from })} /> : (
        <>
          <p>{t("admin.moved", { count: documents.length, to })}</p>
          <ul className="deal-list moved">{documents.map((name) => <Document key={name} name={name} />)}</ul>
        </>
      )}
      {consultant.leaveDate && <p className="meta">{t("admin.leaves", { from, day: format.day(consultant.leaveDate) })}</p>}
    </>
  );
}

export function HandOver({ consultant, names, onClose, onReread }: { consultant: Consultant; names: (name: string) => string; onClose: () => void; onReread: () => void }) {
  const t = useT();
  const [form] = Form.useForm<Values>();
  const act = useAct((body: object, key) => post<HandOverDealsResponse>(`/v1/${consultant.name}:handOver`, body, key), ["/v1/consultants", "/v1/holds", "/v1/subscriptions"]);
  useMarks(act.error, form, { CONSULTANT_LEFT: "successor" });
  const send = ({ successor, leaveDate }: Values) => act.mutate({ successor, leaveDate: leaveDate ? dayOf(leaveDate.format("YYYY-MM-DD")) : undefined, etag: consultant.etag });
  const reread = () => {
    act.reset();
    onReread();
  };
  const who = consultant.displayName;
  const done = <Button type="primary" onClick={onClose}>{t("common.close")}</Button>;
  return (
    <Modal
      open width={480} title={t("admin.handOverOf", { who })} okText={t("admin.handOver")} cancelText={t("common.cancel")} onCancel={onClose} confirmLoading={act.isPending}
      footer={act.data ? done : undefined} onOk={() => void form.validateFields().then(send, () => undefined)}
    >
      {act.data ? <Moved result={act.data} from={who} to={names(form.getFieldValue("successor") as string)} /> : (
        <>
          <p className="meta">{t("admin.handOverNote")}</p>
          <Form form={form} layout="vertical" requiredMark={false} className="dialog-form">
            <Form.Item name="successor" label={t("admin.successor")} rules={[{ required: true, message: t("common.required") }]}><ConsultantField without={consultant.name} /></Form.Item>
            <Form.Item name="leaveDate" label={t("admin.leaveDate")} extra={t("admin.leaveDateNote")}><DatePicker /></Form.Item>
          </Form>
          <ErrorBox error={act.error} onRetry={isStale(act.error) ? reread : undefined} />
        </>
      )}
    </Modal>
  );
}
