// A table of one list of the API: pages on demand, figures right, first column in view, errors and emptiness in place.
import { Button, type TableProps } from "antd";
import type { ReactNode } from "react";
import { useT } from "../i18n/provider";
import { DataTable } from "./DataTable";
import { Empty, ErrorBox, Loading } from "./parts";

interface Source<T> {
  rows: T[];
  error: unknown;
  isLoading: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

interface Props<T> {
  source: Source<T>;
  columns: TableProps<T>["columns"];
  rowKey: keyof T & string;
  empty: string;
  emptyAction?: ReactNode;
  onOpen?: (row: T) => void;
  summary?: TableProps<T>["summary"];
  rowClassName?: (row: T) => string;
}

export function ListTable<T extends object>({ source, columns, rowKey, empty, emptyAction, onOpen, summary, rowClassName }: Props<T>) {
  const t = useT();
  if (source.error) return <ErrorBox error={source.error} onRetry={() => void source.refetch()} />;
  if (source.isLoading) return <Loading rows={6} />;
  if (source.rows.length === 0) return <Empty why={empty} action={emptyAction} />;
  return (
    <>
      <DataTable<T>
        rowKey={rowKey} columns={columns} dataSource={source.rows}
        summary={summary} rowClassName={rowClassName} tableLayout="auto"
        onRow={onOpen && ((row) => ({
          onClick: () => onOpen(row), tabIndex: 0, className: "row-opens",
          onKeyDown: (event) => event.code === "Enter" && event.target === event.currentTarget && onOpen(row),
        }))}
      />
      {source.hasNextPage && (
        <div className="more">
          <Button loading={source.isFetchingNextPage} onClick={() => void source.fetchNextPage()}>{t("common.loadMore")}</Button>
        </div>
      )}
    </>
  );
}
