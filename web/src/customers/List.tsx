// Customers within reach, found by name, initials or the end of a number.
import { Button, Input, type InputRef } from "antd";
import { useDeferredValue, useRef } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import type { Customer } from "../api/types";
import { useList, useLiveRefresh } from "../api/use";
import { useFormat } from "../format/use";
import { useT } from "../i18n/provider";
import { useKey } from "../keys/use";
import { useCodeLabel } from "../parts/fields";
import { ListTable } from "../parts/ListTable";
import { Chip, PageHead, Panel } from "../parts/parts";
import { useSession } from "../session/context";

export function CustomersPage() {
  const t = useT();
  const format = useFormat();
  const go = useNavigate();
  const { can } = useSession();
  const [search, setSearch] = useSearchParams();
  const text = search.get("q") ?? "";
  const asked = useDeferredValue(text.trim());
  const field = useRef<InputRef>(null);
  const source = useCodeLabel("customer-source");
  const level = useCodeLabel("customer-level");
  useKey("filter", () => field.current?.focus());
  const list = useList<Customer>("/v1/customers", "customers", { query: asked });
  useLiveRefresh(["CustomerRegistered", "CustomerChanged", "CustomerErased"], ["/v1/customers"]);
  const register = can("customer.write") && (
    <Link to="/customers/new"><Button type="primary">{t("customers.register")}</Button></Link>
  );
  const columns = [
    { title: t("customers.name"), fixed: "left" as const, render: (one: Customer) => <Link to={`/${one.name}`}><b>{one.displayName || t("customers.erased")}</b></Link> },
    { title: t("customers.phones"), render: (one: Customer) => one.phones.join("  ") || "—" },
    { title: t("customers.level"), render: (one: Customer) => (one.level ? <Chip tone="main">{level(one.level)}</Chip> : "—") },
    { title: t("customers.source"), render: (one: Customer) => source(one.source) || "—" },
    { title: t("customers.tags"), render: (one: Customer) => one.tags.map((tag) => <Chip key={tag}>{tag}</Chip>) },
    { title: t("customers.lastContact"), render: (one: Customer) => format.dateTime(one.lastContactTime) },
    { title: t("customers.since"), render: (one: Customer) => format.date(one.createTime) },
  ];
  return (
    <div className="page">
      <PageHead title={t("customers.title")}>{register}</PageHead>
      <Panel flush>
        <div className="toolbar">
          <Input
            ref={field} className="wide-search" placeholder={t("customers.find")} value={text} allowClear aria-label={t("common.search")}
            onChange={(event) => setSearch(event.target.value ? { q: event.target.value } : {}, { replace: true })}
          />
        </div>
        <ListTable
          source={list} columns={columns} rowKey="name" empty={asked ? t("customers.noneFits", { text: asked }) : t("customers.none")}
          emptyAction={register} onOpen={(one) => void go(`/${one.name}`)}
        />
      </Panel>
    </div>
  );
}
