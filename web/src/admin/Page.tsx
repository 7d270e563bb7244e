// Administration: tabs by right, each a page of its own address.
import { Tabs } from "antd";
import { useNavigate, useParams } from "react-router";
import { useT } from "../i18n/provider";
import { PageHead, Panel } from "../parts/parts";
import { useSession } from "../session/context";
import { TelephonyTab } from "../telephony/Tab";
import { CodesTab } from "./Codes";
import { ConsultantsTab } from "./Consultants";
import { GroupsTab } from "./Groups";
import { OperatorsTab } from "./Operators";
import { PlacesTab } from "./Places";
import { PoliciesTab } from "./Policies";
import { ProjectsTab } from "./Projects";
import { SettingsTab } from "./Settings";

export function AdminPage() {
  const t = useT();
  const go = useNavigate();
  const { tab } = useParams();
  const { can } = useSession();
  const items = [
    { key: "operators", label: t("admin.operators"), children: <OperatorsTab />, right: "operator.read" },
    { key: "groups", label: t("admin.groups"), children: <GroupsTab />, right: "operator.read" },
    { key: "places", label: t("admin.places"), children: <PlacesTab />, right: "operator.read" },
    { key: "consultants", label: t("admin.consultants"), children: <ConsultantsTab />, right: "consultant.manage" },
    { key: "codes", label: t("admin.codes"), children: <CodesTab />, right: "operator.read" },
    { key: "policies", label: t("admin.policies"), children: <PoliciesTab />, right: "policy.manage" },
    { key: "projects", label: t("admin.projects"), children: <ProjectsTab />, right: "project.manage" },
    { key: "telephony", label: t("admin.telephony"), children: <TelephonyTab />, right: "telephony.manage" },
    { key: "features", label: t("admin.settingsAndFeatures"), children: <SettingsTab />, right: "setting.read" },
  ].filter((item) => can(item.right));
  return (
    <div className="page">
      <PageHead title={t("admin.title")} />
      <Panel className="panel-tabs">
        <Tabs activeKey={tab ?? "operators"} onChange={(key) => void go(`/admin/${key}`)} items={items} destroyOnHidden />
      </Panel>
    </div>
  );
}
