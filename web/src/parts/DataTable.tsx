// Ant Design's table as the console uses it: dense, unpaged, scrolling sideways by itself, and that by keyboard too.
import { Table, type TableProps } from "antd";
import { useLayoutEffect, useRef, type ComponentRef } from "react";

export function DataTable<T extends object>(props: TableProps<T>) {
  const table = useRef<ComponentRef<typeof Table>>(null);
  // Two gaps of the component: what scrolls cannot be reached by Tab, and the hidden copy of the head that it measures can.
  useLayoutEffect(() => {
    const root = table.current?.nativeElement;
    for (const box of root?.querySelectorAll<HTMLElement>(".ant-table-content") ?? []) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
    for (const row of root?.querySelectorAll<HTMLElement>(".ant-table-measure-row") ?? []) row.inert = true;
  });
  return <Table<T> ref={table} size="small" pagination={false} scroll={{ x: "max-content" }} {...props} />;
}
