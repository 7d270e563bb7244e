// Ant Design's table as the console uses it: dense, unpaged, scrolling sideways by itself, and that by keyboard too. On a phone
// its rows become cards, because a row of seven columns shows two of them there.
import { Table, type TableColumnType, type TableProps } from "antd";
import { Fragment, useLayoutEffect, useRef, type ComponentRef, type ReactNode } from "react";
import { useNarrow } from "./parts";

type Column<T> = TableColumnType<T>;

function contentOf<T extends object>(column: Column<T>, row: T, at: number): ReactNode {
  const value = column.dataIndex === undefined ? row : row[column.dataIndex as keyof T];
  return column.render ? (column.render(value, row, at) as ReactNode) : (value as ReactNode);
}

const isEmpty = (content: ReactNode): boolean =>
  content === undefined || content === null || content === false || content === "" || (Array.isArray(content) && content.every(isEmpty));

// The first column is the card's head, the others stand under it with their titles.
function RowCards<T extends object>({ columns = [], dataSource = [], rowKey, onRow, rowClassName }: TableProps<T>) {
  const [head, ...rest] = columns as Column<T>[];
  return (
    <ul className="row-cards">
      {dataSource.map((row, at) => {
        const { className = "", ...acts } = onRow?.(row, at) ?? {};
        const marked = typeof rowClassName === "function" ? rowClassName(row, at, 0) : (rowClassName ?? "");
        const key = typeof rowKey === "function" ? rowKey(row) : String(row[rowKey as keyof T]);
        return (
          <li key={key} className={`row-card ${className} ${marked}`} {...acts}>
            {head && <div className="row-card-head">{contentOf(head, row, at)}</div>}
            <dl>
              {rest.map((column, i) => {
                const content = contentOf(column, row, at);
                if (isEmpty(content)) return <Fragment key={i} />;
                return (
                  <div key={i}>
                    {!isEmpty(column.title as ReactNode) && <dt>{column.title as ReactNode}</dt>}
                    <dd>{content}</dd>
                  </div>
                );
              })}
            </dl>
          </li>
        );
      })}
    </ul>
  );
}

export function DataTable<T extends object>(props: TableProps<T>) {
  const narrow = useNarrow();
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
  // Sums belong under their columns and pages under their table: those stay tables.
  if (narrow && !props.summary && !props.pagination && (props.columns?.length ?? 0) > 3) return <RowCards {...props} />;
  return <Table<T> ref={table} size="small" pagination={false} scroll={{ x: "max-content" }} {...props} />;
}
