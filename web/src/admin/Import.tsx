// A sheet of rooms: sent, tried without effect, then imported, with progress and every wrong cell by name.
import { Button, Progress, Upload } from "antd";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { get, post, upload } from "../api/client";
import type { Money, Operation, Rounding } from "../api/types";
import { useAct } from "../api/use";
import { useFormat } from "../format/use";
import { useT } from "../i18n/provider";
import { DataTable } from "../parts/DataTable";
import { Chip, ErrorBox, Figure, Panel } from "../parts/parts";
import { RoundingField } from "./RoundingField";

interface Rejected { row: number; column: string; reason: string; message?: string }
interface Outcome {
  created?: number; updated?: number; unchanged?: number; rejected?: Rejected[];
  totals?: { rooms?: number; builtAreaHundredths?: string | number; listValue?: Money };
}

// Imports done before the server wrote sentences hold the code alone.
const sayingOf = (cell: Rejected): string => cell.message || cell.reason;

export function Result({ operation }: { operation: Operation }) {
  const t = useT();
  const format = useFormat();
  const outcome = (operation.response ?? {}) as Outcome;
  const rejected = outcome.rejected ?? [];
  if (operation.error) return <ErrorBox error={new Error(operation.error.message || operation.error.reason)} />;
  return (
    <div data-import={rejected.length > 0 ? "rejected" : "fine"}>
      {rejected.length > 0 ? <Chip tone="bad">{t("admin.rejected", { count: rejected.length })}</Chip> : <Chip tone="ok">{t("admin.imported", { created: outcome.created ?? 0, updated: outcome.updated ?? 0, unchanged: outcome.unchanged ?? 0 })}</Chip>}
      {outcome.totals && (
        <div className="figures">
          <Figure label={t("admin.rooms")} value={outcome.totals.rooms ?? 0} />
          <Figure label={t("rooms.built")} value={format.area(outcome.totals.builtAreaHundredths)} />
          <Figure label={t("admin.listValue")} value={format.money(outcome.totals.listValue)} />
        </div>
      )}
      {rejected.length > 0 && (
        <DataTable<Rejected>
          pagination={{ pageSize: 20, hideOnSinglePage: true }} rowKey={(cell) => `${cell.row} ${cell.column} ${cell.reason}`} dataSource={rejected}
          columns={[{ title: t("admin.row"), dataIndex: "row", align: "right" }, { title: t("admin.column"), dataIndex: "column" }, { title: t("common.reason"), render: (cell: Rejected) => sayingOf(cell) }]}
        />
      )}
    </div>
  );
}

export function Import({ project }: { project: string }) {
  const t = useT();
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const [rounding, setRounding] = useState<Rounding>("TRUNCATE_TO_YUAN");
  const [started, setStarted] = useState<Operation>();
  const begin = useAct(async (input: { name: string; size: number; dryRun: boolean; rounding: Rounding }, key) => {
    const stored = await upload(file!, key);
    return post<Operation>(`/v1/${project}/rooms:import`, { file: stored.name, filename: file!.name, dryRun: input.dryRun, rounding: input.rounding }, key);
  });
  const watch = useQuery({
    queryKey: ["operation", started?.name],
    queryFn: () => get<Operation>(`/v1/${started!.name}`),
    enabled: started !== undefined && !started.done,
    refetchInterval: (query) => (query.state.data?.done ? false : 500),
  });
  const operation = watch.data ?? started;
  useEffect(() => {
    if (operation?.done) void queries.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith("/v1/projects") });
  }, [operation?.done, queries]);
  const run = (dryRun: boolean) => begin.mutate({ name: file!.name, size: file!.size, dryRun, rounding }, { onSuccess: setStarted });
  return (
    <Panel title={t("admin.import")}>
      <div className="stack">
        <div className="row wrap">
          <Upload accept=".csv,.xlsx,.xls,text/csv" maxCount={1} beforeUpload={(next) => { setFile(next); setStarted(undefined); return false; }} onRemove={() => setFile(undefined)}>
            <Button>{t("admin.chooseFile")}</Button>
          </Upload>
          <span className="meta">{t("admin.file")}</span>
        </div>
        <label className="labelled">{t("admin.rounding")}<RoundingField value={rounding} onChange={setRounding} /></label>
        <ErrorBox error={begin.error ?? watch.error} />
        {operation && !operation.done && <Progress percent={operation.progressPercent} aria-label={t("admin.progress")} />}
        {operation?.done && <Result operation={operation} />}
        <div className="form-foot">
          <span className="space" />
          <Button size="large" disabled={!file} loading={begin.isPending} onClick={() => run(true)}>{t("admin.dryRun")}</Button>
          <Button size="large" type="primary" disabled={!file} loading={begin.isPending} onClick={() => run(false)}>{t("admin.doImport")}</Button>
        </div>
      </div>
    </Panel>
  );
}
