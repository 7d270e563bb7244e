// Which reports and analyses there are.
import { Link } from "react-router";
import type { Definition } from "../api/types";
import { useResource } from "../api/use";
import { useT } from "../i18n/provider";
import { Empty, ErrorBox, Loading, PageHead, Panel } from "../parts/parts";
import { useSession } from "../session/context";

function Definitions({ list, error, loading }: { list: Definition[] | undefined; error: unknown; loading: boolean }) {
  const t = useT();
  if (error) return <ErrorBox error={error} />;
  if (loading) return <Loading />;
  if (!list || list.length === 0) return <Empty why={t("reports.none")} />;
  return (
    <ul className="definition-list">
      {list.map((one) => (
        <li key={one.name}>
          <Link to={`/${one.name}`}><b>{one.title}</b></Link> <span className="meta">{one.id}</span>
          <div className="meta">{one.note}</div>
        </li>
      ))}
    </ul>
  );
}

export function ReportsPage() {
  const t = useT();
  const { can, has } = useSession();
  const analyse = can("analysis.run") && has("analytics");
  const reports = useResource<{ reports: Definition[] }>(can("report.run") ? "/v1/reports" : undefined);
  const analyses = useResource<{ analyses: Definition[] }>(analyse ? "/v1/analyses" : undefined);
  return (
    <div className="page">
      <PageHead title={t("reports.title")} />
      <div className="columns columns-half">
        <Panel title={t("reports.reports")} flush><Definitions list={reports.data?.reports} error={reports.error} loading={reports.isLoading} /></Panel>
        {analyse && <Panel title={t("reports.analyses")} flush><Definitions list={analyses.data?.analyses} error={analyses.error} loading={analyses.isLoading} /></Panel>}
      </div>
    </div>
  );
}
