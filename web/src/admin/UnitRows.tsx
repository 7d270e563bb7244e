// The rooms of a floor, from the first number to the last: each its own layout, orientation and areas.
import { Button, Form } from "antd";
import { useT } from "../i18n/provider";
import { AreaInput, CodeField } from "../parts/fields";
import { Icon } from "../parts/icons";
import { LayoutField } from "./LayoutField";

export interface Unit { layout?: string; orientation?: string; builtAreaHundredths?: string; innerAreaHundredths?: string }

const MOST = 50;

export function UnitRows({ project }: { project: string }) {
  const t = useT();
  const form = Form.useFormInstance();
  const needed = [{ required: true, message: t("common.required") }];
  return (
    <Form.List name="units">
      {(rows, { add, remove }) => (
        <Form.Item label={t("admin.units")} required>
          {rows.map((row, i) => {
            const labelled = (what: Parameters<typeof t>[0]) => `${t("admin.unitNumber", { number: i + 1 })} ${t(what)}`;
            return (
              <div className="unit-row" key={row.key}>
                <span className="unit-row-number">{t("admin.unitNumber", { number: i + 1 })}</span>
                <Form.Item name={[row.name, "layout"]}><LayoutField project={project} aria-label={labelled("admin.layout")} /></Form.Item>
                <Form.Item name={[row.name, "orientation"]}><CodeField table="orientation" aria-label={labelled("rooms.orientation")} placeholder={t("rooms.orientation")} /></Form.Item>
                <Form.Item name={[row.name, "builtAreaHundredths"]} rules={needed}><AreaInput aria-label={labelled("admin.area")} placeholder={t("rooms.built")} /></Form.Item>
                <Form.Item name={[row.name, "innerAreaHundredths"]}><AreaInput aria-label={labelled("admin.inner")} placeholder={t("rooms.inner")} /></Form.Item>
                <button type="button" className="icon-button" disabled={rows.length === 1} onClick={() => remove(row.name)} aria-label={t("admin.removeUnit", { number: i + 1 })}><Icon name="close" /></button>
              </div>
            );
          })}
          {/* The next one is mostly like the one before. */}
          <Button size="small" disabled={rows.length >= MOST} onClick={() => add({ ...form.getFieldValue(["units", rows.length - 1]) as Unit })}>{t("admin.addUnit")}</Button>
        </Form.Item>
      )}
    </Form.List>
  );
}
