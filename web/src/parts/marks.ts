// Refusals under the fields they speak of.
import type { FormInstance } from "antd";
import { useEffect } from "react";
import { isApiError } from "../api/error";

export interface FieldMark { name: string; errors: string[] }

// What to write under which of the form's fields. `reasons` gives refusals without a field the one they are about.
export function marksOf(error: unknown, names: string[], reasons: Record<string, string> = {}): FieldMark[] {
  if (!isApiError(error)) return [];
  const about = reasons[error.reason];
  const said = error.fields.map(({ field, description }) => ({ name: names.find((name) => field.split(".").includes(name)), errors: [description] }));
  if (about && !said.some((mark) => mark.name === about)) said.push({ name: about, errors: [error.message] });
  return said.filter((mark): mark is FieldMark => mark.name !== undefined);
}

export function useMarks<T>(error: unknown, form: FormInstance<T>, reasons?: Record<string, string>): void {
  useEffect(() => {
    // Every field on the page, and what the form holds without one.
    const names = Object.keys({ ...(form.getFieldsValue(true) as object), ...(form.getFieldsValue() as object) });
    const marks = marksOf(error, names, reasons);
    if (marks.length > 0) form.setFields(marks as Parameters<typeof form.setFields>[0]);
  }, [error, form]);
}
