// What the comparison of sales, rooms and money found: each check of one run, and the runs before it.
import { Switch } from "antd";
import { Link, useSearchParams } from "react-router";
import type { Difference, Reconciliation } from "../api/types";
import { useList } from "../api/use";
import { useFormat } from "../format/use";
import { useProject } from "../frame/project";
import { useT, useWord } from "../i18n/provider";
import type { MessageKey } from "../i18n/messages";
import { DataTable } from "../parts/DataTable";
import { ListTable } from "../parts/ListTable";
import { Chip, Figure, PageHead, Panel } from "../parts/parts";

const CHECKS: { what: string; between: MessageKey }[] = [
  { what: "CLAIM_MISSING", between: "reconciliations.salesRooms" },
  { what: "CLAIM_STAGE", between: "reconciliations.salesRooms" },
  { what: "CLAIM_STRAY", between: "reconciliations.salesRooms" },
  { what: "ACCOUNT_MISSING", between: "reconciliations.salesMoney" },
  { what: "ACCOUNT_PRICE", between: "reconciliations.salesMoney" },
  { what: "ACCOUNT_STRAY", between: "reconciliations.salesMoney" },
];

// "holds/0193...": 保留 …4c1f, with the document behind it; a claim has no page.
function Subject({ name }: { name: string }) {
  const word = useWord();
  const [kind = "", id = ""] = name.split("/");
  const text = `${word("reconciliations.kind", kind)} …${id.slice(-6)}`;
  return kind === "claims" ? <span title={name}>{text}</span> : <Link to={`/${name}`} title={name}>{text}</Link>;
}

function Status({ count }: { count: number }) {
  const t = useT();
  return count === 0 ? <Chip tone="ok">{t("reconciliations.agrees")}</Chip> : <Chip tone="bad">{t("reconciliations.differs", { count })}</Chip>;
}

function Checks({ run }: { run: Reconciliation }) {
  const t = useT();
  const word = useWord();
  // A check this console has no row for yet is shown all the same.
  const unknown = [...new Set(run.differences.map((one) => one.what))].filter((what) => !CHECKS.some((check) => check.what === what));
  const rows = [...CHECKS, ...unknown.map((what) => ({ what, between: undefined }))].map((check) => ({
    ...check, found: run.differences.filter((one) => one.what === check.what),
  }));
  type Row = (typeof rows)[number];
  return (
    <DataTable<Row>
      rowKey="what" dataSource={rows} tableLayout="auto" rowClassName={(row) => (row.found.length > 0 ? "row-bad" : "")}
      columns={[
        { title: t("reconciliations.check"), fixed: "left", render: (row: Row) => <b>{word("reconciliations.what", row.what)}</b> },
        { title: t("reconciliations.between"), render: (row: Row) => row.between && t(row.between) },
        { title: t("common.state"), render: (row: Row) => <Status count={row.found.length} /> },
        {
          title: t("reconciliations.where"),
          render: (row: Row) => row.found.length > 0 && <span className="subjects">{row.found.map((one: Difference) => <Subject key={one.subject} name={one.subject} />)}</span>,
        },
      ]}
    />
  );
}

export function ReconciliationsPage() {
  const t = useT();
  const format = useFormat();
  const { project } = useProject();
  const [search, setSearch] = useSearchParams();
  const onlyFound = search.get("found") === "1";
  const filter = [project && `project = "${project.name}"`, onlyFound && "difference_count > 0"].filter(Boolean).join(" AND ");
  const list = useList<Reconciliation>("/v1/reconciliations", "reconciliations", { filter });
  const shown = list.rows.find((run) => run.name === search.get("run")) ?? list.rows[0];
  const choose = (run: Reconciliation) => setSearch({ ...(onlyFound && { found: "1" }), run: run.name }, { replace: true });
  return (
    <div className="page">
      <PageHead title={t("reconciliations.title")} meta={t("reconciliations.how")} />
      <div className={shown ? "columns columns-side" : "columns"}>
        {shown && (
          <Panel title={t("reconciliations.result")} flush>
            <div className="figures figures-inside">
              <Figure label={t("reconciliations.run")} value={format.dateTime(shown.runTime)} />
              <Figure label={t("reconciliations.deals")} value={shown.deals} />
              <Figure label={t("reconciliations.differences")} value={shown.differenceCount} tone={shown.differenceCount > 0 ? "bad" : "plain"} />
            </div>
            <Checks run={shown} />
          </Panel>
        )}
        <Panel
          title={t("reconciliations.runs")} flush
          actions={<label className="row">{t("reconciliations.onlyFound")} <Switch size="small" checked={onlyFound} onChange={(on) => setSearch(on ? { found: "1" } : {}, { replace: true })} /></label>}
        >
          <ListTable
            source={list} rowKey="name" empty={t(onlyFound ? "reconciliations.noneFound" : "reconciliations.none")} onOpen={choose}
            rowClassName={(run) => (run === shown ? "row-chosen" : "")}
            columns={[
              { title: t("reconciliations.run"), fixed: "left", render: (run: Reconciliation) => <b>{format.dateTime(run.runTime)}</b> },
              { title: t("reconciliations.deals"), align: "right", render: (run: Reconciliation) => run.deals },
              { title: t("common.state"), render: (run: Reconciliation) => <Status count={run.differenceCount} /> },
            ]}
          />
        </Panel>
      </div>
    </div>
  );
}
