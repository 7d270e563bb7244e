// Form fields that several pages use: money with capitals beneath, customers and rooms found while typing, codes of tables.
import { Input, InputNumber, Select, type SelectProps } from "antd";
import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { get } from "../api/client";
import type { Code, Consultant, Customer, PaymentPlan, Room } from "../api/types";
import { useList, useResource } from "../api/use";
import { capitals } from "../format/capitals";
import { parseAmount, plainAmount, yuan, type Money } from "../format/number";
import { useFormat } from "../format/use";
import { useProject } from "../frame/project";
import { useLanguage, useT } from "../i18n/provider";
import { queryOf } from "../rooms/wish";
import { standingOf } from "./standing";

interface FieldProps<T> {
  id?: string;
  value?: T;
  onChange?: (value: T) => void;
  disabled?: boolean;
}

// Typed text stays as typed until the field is left; what it means goes out as money.
export function MoneyInput({ id, value, onChange, big, disabled }: FieldProps<Money | undefined> & { big?: boolean }) {
  const t = useT();
  const { language } = useLanguage();
  const [typed, setTyped] = useState<string>();
  const bad = typed !== undefined && typed !== "" && parseAmount(typed) === undefined;
  const shown = typed ?? (value ? plainAmount(value) : "");
  return (
    <div className={big ? "money-input money-big" : "money-input"}>
      <Input
        id={id} value={shown} disabled={disabled} inputMode="decimal" prefix={language === "zh" ? "¥" : "CNY"} status={bad ? "error" : undefined}
        onChange={(event) => {
          setTyped(event.target.value);
          const minor = parseAmount(event.target.value);
          onChange?.(minor === undefined ? undefined : yuan(minor));
        }}
        onBlur={() => !bad && setTyped(undefined)}
      />
      {bad && <div className="field-note field-bad">{t("common.badAmount")}</div>}
      {value && !bad && language === "zh" && <div className="field-note">{capitals(value)}</div>}
    </div>
  );
}

// In square metres on the screen, in hundredths of one as a value.
export function AreaInput({ value, onChange, ...props }: FieldProps<string | undefined> & { "aria-label"?: string; placeholder?: string }) {
  const { language } = useLanguage();
  return (
    <InputNumber
      {...props} min={0} max={1_000_000} precision={2} controls={false} suffix={language === "zh" ? "㎡" : "m²"} value={value === undefined ? undefined : Number(value) / 100}
      onChange={(metres) => onChange?.(metres === null || metres === undefined ? undefined : String(Math.round(metres * 100)))}
    />
  );
}

function useTyped(): [text: string, ask: (text: string) => void] {
  const [text, setText] = useState("");
  return [text, (next) => setText(next.trim())];
}

export function CustomerField({ value, onChange, id, several }: FieldProps<string | string[]> & { several?: boolean }) {
  const t = useT();
  const [text, ask] = useTyped();
  const found = useQuery({
    queryKey: ["/v1/customers", "field", text],
    queryFn: ({ signal }) => get<{ customers: Customer[] }>("/v1/customers", { query: text, pageSize: 12 }, signal),
  });
  const names = typeof value === "string" ? [value] : (value ?? []);
  const missing = names.filter((name) => name && !found.data?.customers.some((one) => one.name === name));
  const known = useResource<Customer>(missing[0] ? `/v1/${missing[0]}` : undefined);
  const options = [...(known.data ? [known.data] : []), ...(found.data?.customers ?? [])].map((one) => ({
    value: one.name, label: `${one.displayName} ${one.phones[0] ?? ""}`,
  }));
  return (
    <Select
      id={id} showSearch mode={several ? "multiple" : undefined} filterOption={false} onSearch={ask} value={value || undefined} options={options}
      onChange={(next: string | string[]) => onChange?.(next ?? "")} placeholder={t("customers.findShort")} loading={found.isFetching} allowClear
      notFoundContent={found.isFetching ? t("common.loading") : t("customers.noneFound")}
    />
  );
}

export function RoomField({ value, onChange, id, filter, disabled }: FieldProps<string> & { filter?: string }) {
  const t = useT();
  const format = useFormat();
  const { project } = useProject();
  const [text, ask] = useTyped();
  const found = useList<Room>(project ? `/v1/${project.name}/rooms` : undefined, "rooms", { query: queryOf(text), filter, pageSize: 20 });
  const known = useResource<Room>(value && !found.rows.some((room) => room.name === value) ? `/v1/${value}` : undefined);
  const rooms = known.data ? [known.data, ...found.rows] : found.rows;
  const options = rooms.map((room) => ({
    value: room.name, label: [room.building, room.entrance, room.number, format.money(room.listPrice)].filter(Boolean).join(" "),
  }));
  return (
    <Select id={id} disabled={disabled} showSearch filterOption={false} onSearch={ask} value={value || undefined} options={options} onChange={onChange} placeholder={t("rooms.number")} loading={found.isFetching} />
  );
}

export function CodeField({ table, ...props }: FieldProps<string> & { table: string; "aria-label"?: string; placeholder?: string }) {
  const { language } = useLanguage();
  const codes = useResource<{ codes: Code[] }>(`/v1/codeTables/${table}/codes`);
  const options = (codes.data?.codes ?? []).map((code) => ({
    value: code.code, label: language === "zh" ? code.labelZh : code.labelEn || code.labelZh,
  }));
  return <Select {...props} value={props.value || undefined} options={options} allowClear loading={codes.isLoading} />;
}

// The label of a code of a table, the code itself until it is read.
export function useCodeLabel(table: string): (code: string | undefined) => string {
  const { language } = useLanguage();
  const codes = useResource<{ codes: Code[] }>(`/v1/codeTables/${table}/codes`, { showRetired: true });
  return (code) => {
    const found = codes.data?.codes.find((one) => one.code === code);
    return found ? (language === "zh" ? found.labelZh : found.labelEn || found.labelZh) : (code ?? "");
  };
}

// Who can do business now: those who have left are not offered, nor `without`. One chosen earlier keeps its name.
export function ConsultantField({ without, ...props }: FieldProps<string> & { without?: string }) {
  const list = useList<Consultant>("/v1/consultants", "consultants", { pageSize: 500 });
  const options = list.rows.filter((one) => one.name !== without && (one.name === props.value || standingOf(one) !== "left")).map((one) => ({ value: one.name, label: `${one.displayName} ${one.teamDisplayName}` }));
  return <Select {...props} value={props.value || undefined} options={options} showSearch optionFilterProp="label" allowClear />;
}

export function PlanField(props: FieldProps<string>) {
  const list = useList<PaymentPlan>("/v1/paymentPlans", "paymentPlans", { pageSize: 200 });
  const options = list.rows.filter((plan) => !plan.retired).map((plan) => ({ value: plan.name, label: plan.displayName }));
  return <Select {...props} value={props.value || undefined} options={options} />;
}

export type Options = SelectProps["options"];

// Names of customers for lists that hold only customers/{c}.
export function CustomerName({ name }: { name: string }) {
  const customer = useResource<Customer>(name ? `/v1/${name}` : undefined);
  return <>{customer.data?.displayName ?? (name ? "…" : "—")}</>;
}
