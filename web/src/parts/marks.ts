// Refusals under the fields they speak of.
import type { FormInstance } from "antd";
import { useEffect } from "react";
import { isApiError } from "../api/error";

// A field of the form, or of a row of one of its lists: ["units", 2, "layout"].
type FieldPath = string | (string | number)[];

export interface FieldMark { name: FieldPath; errors: string[] }

// Where the form holds what the server calls "building.units[2].layout".
function pathIn(names: string[], field: string): FieldPath | undefined {
  const parts = field.split(/[.[\]]+/).filter(Boolean);
  const at = parts.findIndex((part) => names.includes(part));
  const [name, row, inRow] = at < 0 ? [] : parts.slice(at);
  return name !== undefined && inRow !== undefined && /^\d+$/.test(row!) ? [name, Number(row), inRow] : name;
}

// What to write under which of the form's fields. `reasons` gives refusals without a field the one they are about.
export function marksOf(error: unknown, names: string[], reasons: Record<string, FieldPath> = {}): FieldMark[] {
  if (!isApiError(error)) return [];
  const about = reasons[error.reason];
  const said = error.fields.map(({ field, description }) => ({ name: pathIn(names, field), errors: [description] }));
  if (about && !said.some((mark) => mark.name === about)) said.push({ name: about, errors: [error.message] });
  return said.filter((mark): mark is FieldMark => mark.name !== undefined);
}

export function useMarks<T>(error: unknown, form: FormInstance<T>, reasons?: Record<string, FieldPath>): void {
  useEffect(() => {
    // Every field on the page, and what the form holds without one.
    const names = Object.keys({ ...(form.getFieldsValue(true) as object), ...(form.getFieldsValue() as object) });
    const marks = marksOf(error, names, reasons);
    if (marks.length > 0) form.setFields(marks as Parameters<typeof form.setFields>[0]);
  }, [error, form]);
}
