// What a report or analysis asks its reader, one field for each type of parameter.
import { DatePicker, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import type { ReportParameter } from "../api/types";
import { useProject } from "../frame/project";
import { useT } from "../i18n/provider";

export type Parameters = Record<string, string>;

// The parameters that are asked, with their values: the address's, else the page's for the type, else the server's own.
// One that waits for a choice which was not made is not asked.
export function asked(parameters: ReportParameter[], address: URLSearchParams, page: Parameters) {
  const own = (one: ReportParameter) => (one.type === "choice" || one.type === "number" ? one.defaultValue : "");
  const fields = parameters.map((parameter) => ({ parameter, value: address.get(parameter.name) ?? page[parameter.type] ?? own(parameter) }));
  const made = new Map(fields.map(({ parameter, value }) => [parameter.name, value]));
  return fields.filter(({ parameter }) => Object.entries(parameter.when ?? {}).every(([name, value]) => made.get(name) === value));
}

export function ParameterField({ parameter, value, onChange }: { parameter: ReportParameter; value: string; onChange: (value: string) => void }) {
  const t = useT();
  const { projects } = useProject();
  const props = { "aria-label": parameter.title };
  switch (parameter.type) {
    case "project":
      return <Select {...props} className="parameter" value={value} onChange={onChange} options={[{ value: "", label: t("reports.allProjects") }, ...projects.map((one) => ({ value: one.name, label: one.displayName }))]} />;
    case "date":
      return <DatePicker {...props} allowClear={false} value={value ? dayjs(value) : null} onChange={(day) => onChange(day?.format("YYYY-MM-DD") ?? "")} />;
    case "month":
      return <DatePicker {...props} picker="month" allowClear={false} value={value ? dayjs(`${value}-01`) : null} onChange={(day) => onChange(day?.format("YYYY-MM") ?? "")} />;
    case "number":
      return <InputNumber {...props} min={parameter.least} max={parameter.most || undefined} value={value ? Number(value) : null} onChange={(next) => onChange(String(next ?? ""))} />;
    case "choice":
      return <Select {...props} value={value} onChange={onChange} options={(parameter.choices ?? []).map((one) => ({ value: one.value, label: one.title }))} />;
    default:
      return <Input {...props} className="parameter" value={value} onChange={(event) => onChange(event.target.value)} placeholder={parameter.title} />;
  }
}
