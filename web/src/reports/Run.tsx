// One report or analysis: parameters, the day's figures, their shape, the rows behind each figure, downloads.
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Dropdown, Segmented, Table } from "antd";
import { useState } from "react";
import { useParams, useSearchParams } from "react-router";
import { download, post, save } from "../api/client";
import type { Cell, Definition, ReportColumn, ReportRun } from "../api/types";
import { useLiveRefresh, useResource } from "../api/use";
import { isoDay } from "../format/time";
import { useFormat } from "../format/use";
import { useProject, zoneOf } from "../frame/project";
import { useT } from "../i18n/provider";
import { DataTable } from "../parts/DataTable";
import { Icon } from "../parts/icons";
import { Empty, ErrorBox, Loading, PageHead, Panel } from "../parts/parts";
import { CellView, ColumnTitle, isFigure, keyOf } from "./cells";
import { asked, ParameterField, type Parameters } from "./Parameters";
import { Plot } from "./Plot";

interface Opened { column: ReportColumn; key: Parameters }

function columnsOf(columns: ReportColumn[], onOpen?: (opened: Opened) => void) {
  return columns.map((column, at) => ({
    key: column.name, title: <ColumnTitle column={column} />, fixed: at === 0 ? ("left" as const) : undefined, align: isFigure(column) ? ("right" as const) : undefined,
    render: (row: Record<string, Cell>) => {
      const value = row[column.name];
      const opens = onOpen && column.opens && value !== null && value !== undefined && value !== 0;
      if (!opens) return <CellView column={column} value={value} />;
      return <button type="button" className="figure-link" onClick={() => onOpen({ column, key: keyOf(columns, row) })}><CellView column={column} value={value} /></button>;
    },
  }));
}

function Totals({ run, onOpen }: { run: ReportRun; onOpen: (opened: Opened) => void }) {
  const t = useT();
  if (!run.totals) return null;
  return (
    <Table.Summary.Row>
      {run.columns.map((column, at) => (
        <Table.Summary.Cell key={column.name} index={at} align={isFigure(column) ? "right" : undefined}>
          {at === 0 ? <b>{t("reports.total")}</b> : !(column.name in run.totals!) ? null : column.opens ? (
            <button type="button" className="figure-link" onClick={() => onOpen({ column, key: {} })}><CellView column={column} value={run.totals![column.name]} /></button>
          ) : <b><CellView column={column} value={run.totals![column.name]} /></b>}
        </Table.Summary.Cell>
      ))}
    </Table.Summary.Row>
  );
}

function Detail({ name, parameters, opened, onClose }: { name: string; parameters: Parameters; opened: Opened | undefined; onClose: () => void }) {
  const t = useT();
  const detail = useQuery({
    queryKey: ["run", name, parameters, opened],
    queryFn: () => post<ReportRun>(`/v1/${name}:run`, { parameters, format: "JSON", detail: { column: opened!.column.name, key: opened!.key } }),
    enabled: opened !== undefined, retry: false,
  });
  return (
    <Drawer open={opened !== undefined} onClose={onClose} title={opened && t("reports.rowsBehind", { title: opened.column.title })} size="large">
      {opened?.column.definition && <div className="notice-box"><b>{t("reports.definition")}</b> {opened.column.definition}</div>}
      {detail.isLoading && <Loading />}
      <ErrorBox error={detail.error} />
      {detail.data && <DataTable rowKey={(row) => JSON.stringify(row)} dataSource={detail.data.rows} columns={columnsOf(detail.data.columns)} />}
    </Drawer>
  );
}

function Export({ name, formats, parameters }: { name: string; formats: string[]; parameters: Parameters }) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async (format: string) => {
    setBusy(true);
    setError(undefined);
    try {
      const file = await download("POST", `/v1/${name}:run`, { body: { parameters, format } });
      save(file.blob, file.name || `${name.split("/")[1]}.${format.toLowerCase()}`);
    } catch (cause) {
      setError(cause);
    }
    setBusy(false);
  };
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items: formats.filter((format) => format !== "JSON").map((format) => ({ key: format, label: format })), onClick: ({ key }) => void run(key) }}>
        <Button type="primary" loading={busy}><Icon name="download" size={14} /> {t("reports.export")}</Button>
      </Dropdown>
      <ErrorBox error={error} />
    </>
  );
}

function Body({ definition }: { definition: Definition }) {
  const t = useT();
  const format = useFormat();
  const { project } = useProject();
  const [search, setSearch] = useSearchParams();
  const [opened, setOpened] = useState<Opened>();
  const [view, setView] = useState<"chart" | "table">("chart");
  const today = isoDay(Date.now(), zoneOf(project));
  const fields = asked(definition.parameters, search, { project: project?.name ?? "", date: today, month: today.slice(0, 7) });
  const parameters: Parameters = Object.fromEntries(fields.map(({ parameter, value }) => [parameter.name, value] as const).filter(([, value]) => value !== ""));
  const run = useQuery({
    queryKey: ["run", definition.name, parameters],
    queryFn: () => post<ReportRun>(`/v1/${definition.name}:run`, { parameters, format: "JSON" }),
    retry: false, placeholderData: (old: ReportRun | undefined) => old,
  });
  useLiveRefresh(["ReceiptBooked", "SubscriptionActivated", "ContractSigned", "HoldPlaced", "HoldChanged", "VisitRecorded", "CallRecorded"], ["run"], true);
  const set = (name: string, value: string) => setSearch((old) => { old.set(name, value); return old; }, { replace: true });
  return (
    <div className="page">
      <PageHead title={definition.title} meta={run.data && t("reports.asOf", { time: format.dateTime(run.data.asOf) })}>
        {fields.map(({ parameter, value }) => <ParameterField key={parameter.name} parameter={parameter} value={value} onChange={(next) => set(parameter.name, next)} />)}
        <Segmented value={view} onChange={setView} options={[{ value: "chart", label: t("reports.chart") }, { value: "table", label: t("reports.table") }]} />
        <Export name={definition.name} formats={definition.formats} parameters={parameters} />
      </PageHead>
      <p className="meta">{definition.note}</p>
      <ErrorBox error={run.error} onRetry={() => void run.refetch()} />
      {run.isLoading && <Loading rows={10} />}
      {run.data && (
        <div className={run.isPlaceholderData ? "stack stale" : "stack"}>
          {view === "chart" && run.data.chart && run.data.chart.series.length > 0 && <Panel flush><Plot chart={run.data.chart} title={definition.title} /></Panel>}
          <Panel flush>
            {run.data.rows.length === 0 ? <Empty why={t("reports.empty")} /> : (
              <DataTable
                rowKey={(row) => JSON.stringify(keyOf(run.data.columns, row)) + JSON.stringify(row)} dataSource={run.data.rows}
                columns={columnsOf(run.data.columns, setOpened)} summary={() => <Totals run={run.data} onOpen={setOpened} />}
              />
            )}
          </Panel>
        </div>
      )}
      <Detail name={definition.name} parameters={parameters} opened={opened} onClose={() => setOpened(undefined)} />
    </div>
  );
}

export function RunPage({ kind }: { kind: "reports" | "analyses" }) {
  const { id } = useParams();
  const list = useResource<Record<string, Definition[]>>(`/v1/${kind}`);
  const t = useT();
  const { loading } = useProject();
  if (list.error) return <div className="page"><ErrorBox error={list.error} /></div>;
  if (list.isLoading || loading) return <Loading rows={10} />;
  const definition = list.data?.[kind]?.find((one) => one.id === id || one.name === `${kind}/${id}`);
  return definition ? <Body key={definition.name} definition={definition} /> : <Empty why={t("common.notFoundWhy")} />;
}
