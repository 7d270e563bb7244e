// Setting a room aside for a customer.
import { DatePicker, Form, Input, Segmented } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { post } from "../api/client";
import type { Hold, HoldKind } from "../api/types";
import { useAct } from "../api/use";
import type { Money } from "../format/number";
import { useT, useWord } from "../i18n/provider";
import { ConsultantField, CustomerField, MoneyInput, RoomField } from "../parts/fields";
import { DraftForm } from "../parts/DraftForm";
import { PageHead, Panel } from "../parts/parts";
import { RoomCard } from "../rooms/Card";

interface Values {
  room: string;
  customer?: string;
  kind: HoldKind;
  consultant?: string;
  until?: Dayjs | string;
  fee?: Money;
  reason?: string;
}

const KINDS: HoldKind[] = ["CUSTOMER", "MANAGER", "COMPANY"];

const bodyOf = ({ until, ...values }: Values) => ({ ...values, expireTime: until ? dayjs(until).toISOString() : undefined });

export function HoldFormPage() {
  const t = useT();
  const word = useWord();
  const go = useNavigate();
  const [search] = useSearchParams();
  const [form] = Form.useForm<Values>();
  const [values, setValues] = useState<Partial<Values>>({ room: search.get("room") ?? "", kind: "CUSTOMER" });
  const create = useAct((input: Values, key) => post<Hold>("/v1/holds", bodyOf(input), key), ["/v1/holds", "/v1/projects"]);
  const needed = [{ required: true, message: t("common.required") }];
  const forCustomer = (values.kind ?? "CUSTOMER") === "CUSTOMER";
  return (
    <div className="page">
      <PageHead title={t("deals.newHold")} />
      <div className="columns columns-side">
        <Panel>
          <DraftForm<Values>
            id="hold" form={form} initial={{ room: search.get("room") ?? undefined, customer: search.get("customer") ?? undefined, kind: "CUSTOMER" }}
            submitText={t("deals.submitHold")} busy={create.isPending} error={create.error} done={create.isSuccess} onValues={setValues}
            onSubmit={(input) => create.mutate(input, { onSuccess: (hold) => void go(`/chart?room=${hold.room}`, { replace: true }) })}
          >
            <div className="form-two">
              <Form.Item name="room" label={t("deals.room")} rules={needed}><RoomField filter="state = AVAILABLE" /></Form.Item>
              <Form.Item name="kind" label={t("deals.kind")}>
                <Segmented block options={KINDS.map((kind) => ({ value: kind, label: word("rooms.kind", kind) }))} />
              </Form.Item>
              <Form.Item name="customer" label={t("deals.customer")} rules={forCustomer ? needed : []}><CustomerField /></Form.Item>
              <Form.Item name="consultant" label={t("deals.consultant")} extra={t("deals.consultantOwn")}><ConsultantField /></Form.Item>
              <Form.Item
                name="until" label={t("deals.until")} extra={t("deals.untilPolicy")}
                getValueProps={(value: string | undefined) => ({ value: value ? dayjs(value) : undefined })} normalize={(value: Dayjs | null) => value?.toISOString()}
              >
                <DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" minDate={dayjs()} />
              </Form.Item>
              <Form.Item name="fee" label={t("deals.fee")} extra={t("deals.untilPolicy")}><MoneyInput /></Form.Item>
            </div>
            <Form.Item name="reason" label={t("common.reason")} rules={forCustomer ? [] : [{ required: true, whitespace: true, message: t("deals.reasonNeeded") }]}>
              <Input maxLength={200} />
            </Form.Item>
          </DraftForm>
        </Panel>
        {values.room && <Panel flush><RoomFacts name={values.room} /></Panel>}
      </div>
    </div>
  );
}

// The chosen room beside the form, without its own actions.
export const RoomFacts = ({ name }: { name: string }) => <div className="room-facts"><RoomCard key={name} name={name} /></div>;
