// A layout's code, chosen from the project's or typed.
import { Select } from "antd";
import { useState } from "react";
import type { Layout } from "../api/types";
import { useResource } from "../api/use";
import { useT } from "../i18n/provider";

interface Props { project: string; id?: string; value?: string; onChange?: (code: string | undefined) => void; "aria-label"?: string }

const LONGEST_CODE = 20;

// The project's layouts by code or name. A code that is none of them is offered as a new one, since rooms may bring it.
export function LayoutField({ project, id, value, onChange, "aria-label": label }: Props) {
  const t = useT();
  const [typed, setTyped] = useState("");
  const found = useResource<{ layouts: Layout[] }>(`/v1/${project}/layouts`);
  const known = found.data?.layouts ?? [];
  const fresh = [...new Set([typed.trim().slice(0, LONGEST_CODE), value ?? ""])].filter((code) => code !== "" && !known.some((one) => one.code === code));
  const options = [
    ...known.filter((one) => !one.retired).map(({ code, displayName, bedrooms }) => ({
      value: code, text: `${code} ${displayName}`, label: <><b>{code}</b> {displayName} <span className="meta">{t("admin.bedroomCount", { count: bedrooms })}</span></>,
    })),
    ...fresh.map((code) => ({ value: code, text: code, label: <><b>{code}</b> <span className="meta">{t("admin.newLayout")}</span></> })),
  ];
  return (
    <Select
      id={id} aria-label={label} value={value} options={options} allowClear placeholder={t("admin.layoutOffered")} loading={found.isLoading} popupMatchSelectWidth={false} onChange={onChange}
      showSearch={{ onSearch: setTyped, filterOption: (words, option) => option?.text.toLowerCase().includes(words.trim().toLowerCase()) ?? false }}
    />
  );
}
