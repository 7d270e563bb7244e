// Changing a customer. What is shown masked is sent only when it was typed anew.
import { Form, Select, Switch } from "antd";
import { patch } from "../api/client";
import type { Customer } from "../api/types";
import { useT } from "../i18n/provider";
import { FormDialog } from "../parts/FormDialog";
import { CustomerFields, splitPhones, type CustomerValues } from "./Fields";

interface Values extends CustomerValues {
  tags?: string[];
  doNotCall: boolean;
}

const valuesOf = ({ displayName, phones, source, level, gender, idKind, idNumber, address, email, remark, projects, tags, doNotCall }: Customer): Values => ({
  displayName, phones: phones.join(" "), source, level, gender: gender || undefined, idKind, idNumber, address, email, remark, projects, tags, doNotCall,
});

export function CustomerEditor({ customer, onClose, onReread }: { customer: Customer; onClose: () => void; onReread: () => void }) {
  const t = useT();
  const save = (values: Values, key: string, changed: (keyof Values)[]) => {
    const typed = Object.fromEntries(changed.map((name) => [name, name === "phones" ? splitPhones(values.phones) : (values[name] ?? "")]));
    return patch<Customer>(`/v1/${customer.name}`, { ...typed, name: customer.name, etag: customer.etag }, { updateMask: changed.join() }, key);
  };
  return (
    <FormDialog<Values>
      title={t("customers.change")} isNew={false} width={640} initial={valuesOf(customer)} save={save} touches={["/v1/customers", `/v1/${customer.name}`]}
      reasons={{ CUSTOMER_DUPLICATE: "phones" }} onClose={onClose} onReread={onReread}
    >
      <CustomerFields isMasked={[...customer.phones, customer.idNumber].some((text) => text.includes("*"))} />
      <div className="form-two">
        <Form.Item name="tags" label={t("customers.tags")}><Select mode="tags" maxCount={20} suffixIcon={null} open={false} tokenSeparators={[",", "，", "、"]} /></Form.Item>
        <Form.Item name="doNotCall" label={t("customers.doNotCall")} valuePropName="checked"><Switch /></Form.Item>
      </div>
    </FormDialog>
  );
}
