// Cells of reports by the type of their column.
import { Tooltip } from "antd";
import { Link } from "react-router";
import type { Cell, ReportColumn } from "../api/types";
import type { Money } from "../format/number";
import { useFormat } from "../format/use";
import { Icon } from "../parts/icons";

const FIGURES = new Set(["integer", "money", "area", "percent"]);
const PAGES = /^(customers|holds|subscriptions|contracts|receipts|calls)\//;

export const isFigure = (column: ReportColumn): boolean => FIGURES.has(column.type);

export function useCellText(): (column: ReportColumn, value: Cell | undefined) => string {
  const format = useFormat();
  return (column, value) => {
    if (value === null || value === undefined || value === "") return "—";
    if (typeof value === "object") return "minorUnits" in value ? format.amount(value as Money) : value.displayName || value.name;
    if (typeof value === "string" && value.startsWith("<")) return value;
    switch (column.type) {
      case "percent": return `${(Number(value) / 10_000).toFixed(1)}%`;
      case "area": return format.area(String(value));
      case "date": return format.date(String(value));
      case "instant": return format.dateTime(String(value));
      case "code": return column.labels?.[String(value)] ?? String(value);
      case "integer": return Number(value).toLocaleString("en");
      default: return String(value);
    }
  };
}

export function CellView({ column, value }: { column: ReportColumn; value: Cell | undefined }) {
  const text = useCellText()(column, value);
  if (value && typeof value === "object" && "name" in value) {
    const room = value.name.includes("/rooms/");
    if (PAGES.test(value.name) || room) return <Link to={room ? `/chart?room=${value.name}` : `/${value.name}`}>{text}</Link>;
  }
  return <>{text}</>;
}

// The title of a column with its definition beside it (UX-27).
export function ColumnTitle({ column }: { column: ReportColumn }) {
  if (!column.definition) return <>{column.title}</>;
  return (
    <Tooltip title={column.definition}>
      <span className="with-icon" tabIndex={0}>{column.title} <Icon name="info" size={12} /></span>
    </Tooltip>
  );
}

// What tells a row apart, for opening one of its figures.
export function keyOf(columns: ReportColumn[], row: Record<string, Cell>): Record<string, string> {
  const entries = columns.filter((column) => column.key).map((column) => {
    const value = row[column.name];
    return [column.name, value && typeof value === "object" && "name" in value ? value.name : String(value ?? "")] as const;
  });
  return Object.fromEntries(entries);
}
