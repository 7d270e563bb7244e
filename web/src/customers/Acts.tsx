// What may be done to a customer as a whole: changed, given to another consultant, forgotten.
import { Button, Dropdown, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { post } from "../api/client";
import type { Consultant, Customer } from "../api/types";
import { useAct, useList } from "../api/use";
import { useT } from "../i18n/provider";
import { FormDialog } from "../parts/FormDialog";
import { Icon } from "../parts/icons";
import { ErrorBox } from "../parts/parts";
import { standingOf } from "../parts/standing";
import { useSession } from "../session/context";
import { CustomerEditor } from "./Editor";

const touchesOf = (customer: Customer) => ["/v1/customers", `/v1/${customer.name}`];

function Assign({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useT();
  const consultants = useList<Consultant>("/v1/consultants", "consultants", { pageSize: 500 });
  const offered = consultants.rows.filter((one) => one.operatorName && one.operatorName !== customer.owner && standingOf(one) !== "left");
  return (
    <FormDialog<{ owner: string; reason?: string }>
      title={t("customers.assign")} isNew={false} initial={{}} touches={touchesOf(customer)} reasons={{ OWNER_INACTIVE: "owner" }} onClose={onClose}
      save={(values, key) => post(`/v1/${customer.name}:assign`, values, key)}
    >
      <Form.Item name="owner" label={t("customers.newOwner")} rules={[{ required: true, message: t("common.required") }]}>
        <Select showSearch={{ optionFilterProp: "label" }} loading={consultants.isLoading} options={offered.map((one) => ({ value: one.operatorName, label: `${one.displayName} ${one.teamDisplayName}` }))} />
      </Form.Item>
      <Form.Item name="reason" label={t("common.reason")}><Input.TextArea rows={2} maxLength={200} /></Form.Item>
    </FormDialog>
  );
}

// It cannot be undone: the name is typed once more.
function Erase({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useT();
  const [typed, setTyped] = useState("");
  const act = useAct((_: object, key) => post<Customer>(`/v1/${customer.name}:erase`, {}, key), touchesOf(customer));
  return (
    <Modal
      open width={480} title={t("customers.erase")} okText={t("customers.erase")} cancelText={t("common.cancel")} onCancel={onClose} confirmLoading={act.isPending}
      okButtonProps={{ danger: true, disabled: typed.trim() !== customer.displayName }} onOk={() => act.mutate({}, { onSuccess: onClose })}
    >
      <p>{t("customers.eraseNote")}</p>
      <label className="labelled">{t("customers.eraseTyped", { name: customer.displayName })}<Input value={typed} maxLength={60} autoComplete="off" onChange={(event) => setTyped(event.target.value)} /></label>
      <ErrorBox error={act.error} />
    </Modal>
  );
}

export function CustomerActs({ customer, onReread }: { customer: Customer; onReread: () => void }) {
  const t = useT();
  const { can } = useSession();
  const [open, setOpen] = useState<string>();
  const close = () => setOpen(undefined);
  if (customer.state === "CUSTOMER_ERASED") return null;
  const more = [
    can("customer.assign") && { key: "assign", label: t("customers.assign") }, can("customer.erase") && { key: "erase", label: t("customers.erase"), danger: true },
  ].filter((item) => item !== false);
  return (
    <>
      {can("customer.write") && <Button onClick={() => setOpen("change")}>{t("common.edit")}</Button>}
      {more.length > 0 && (
        <Dropdown trigger={["click"]} menu={{ items: more, onClick: ({ key }) => setOpen(key) }}>
          <button type="button" className="icon-button" aria-label={t("common.more")}><Icon name="more" /></button>
        </Dropdown>
      )}
      {open === "change" && <CustomerEditor customer={customer} onClose={close} onReread={onReread} />}
      {open === "assign" && <Assign customer={customer} onClose={close} />}
      {open === "erase" && <Erase customer={customer} onClose={close} />}
    </>
  );
}
