// A panel of things, each a name, what there is to say of it, and what may be done.
import { Button } from "antd";
import type { ReactNode } from "react";
import { useT } from "../i18n/provider";
import { Empty, ErrorBox, Loading, Panel } from "./parts";

interface Source<T> { rows: T[]; error: unknown; isLoading: boolean; refetch: () => unknown; hasNextPage?: boolean; fetchNextPage?: () => unknown }

interface Props<T> {
  title: string;
  add?: string;
  onAdd?: () => void;  // None for who may not.
  source: Source<T>;
  empty: string;
  row: (one: T) => { name: ReactNode; note?: ReactNode; acts?: ReactNode };
}

export function Rows<T extends { name: string }>({ title, add, onAdd, source, empty, row }: Props<T>) {
  const t = useT();
  return (
    <Panel title={title} actions={onAdd && <Button size="small" onClick={onAdd}>{add}</Button>}>
      <ErrorBox error={source.error} onRetry={() => void source.refetch()} />
      {source.isLoading && <Loading rows={2} />}
      {!source.isLoading && !source.error && source.rows.length === 0 && <Empty why={empty} />}
      <ul className="deal-list">
        {source.rows.map((one) => {
          const { name, note, acts } = row(one);
          return <li key={one.name}><div className="thing-words"><div><b>{name}</b></div>{note && <div className="meta">{note}</div>}</div>{acts}</li>;
        })}
      </ul>
      {source.hasNextPage && <Button size="small" onClick={() => void source.fetchNextPage?.()}>{t("common.loadMore")}</Button>}
    </Panel>
  );
}
