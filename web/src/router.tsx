// Every address of the console and the right it needs; scripts/pictures.mjs reads its routes from here.
import { lazy, type ReactNode } from "react";
import { createBrowserRouter, useRouteError } from "react-router";
import { ChartPage } from "./chart/Page";
import { CustomerPage } from "./customers/Detail";
import { CustomerFormPage } from "./customers/Form";
import { CustomersPage } from "./customers/List";
import { ContractFormPage } from "./deals/ContractForm";
import { ContractPage, HoldPage, SubscriptionPage } from "./deals/Documents";
import { HoldFormPage } from "./deals/HoldForm";
import { DealsPage } from "./deals/List";
import { SubscriptionFormPage } from "./deals/SubscriptionForm";
import { FinancePage } from "./finance/Desk";
import { ReceiptFormPage } from "./finance/ReceiptForm";
import { ReceiptPage } from "./finance/ReceiptPage";
import { Frame } from "./frame/Frame";
import { HomePage } from "./home/Page";
import { useT } from "./i18n/provider";
import { Empty, ErrorBox, NotAllowed } from "./parts/parts";
import { AgentDesk } from "./phone/Desk";
import { RoomsPage } from "./rooms/Search";
import { useSession } from "./session/context";

const AdminPage = lazy(() => import("./admin/Page").then((module) => ({ default: module.AdminPage })));
const CallsPage = lazy(() => import("./calls/List").then((module) => ({ default: module.CallsPage })));
const CallPage = lazy(() => import("./calls/Detail").then((module) => ({ default: module.CallPage })));
const ReportsPage = lazy(() => import("./reports/List").then((module) => ({ default: module.ReportsPage })));
const ReconciliationsPage = lazy(() => import("./reconciliations/Page").then((module) => ({ default: module.ReconciliationsPage })));
const RunPage = lazy(() => import("./reports/Run").then((module) => ({ default: module.RunPage })));

function Need({ right, children }: { right: string; children: ReactNode }) {
  const { can } = useSession();
  return can(right) ? children : <NotAllowed />;
}

function NotFound() {
  const t = useT();
  return <Empty why={`${t("common.notFound")}。${t("common.notFoundWhy")}`} />;
}

function Broken() {
  const t = useT();
  const error = useRouteError();
  return (
    <div className="page">
      <h1>{t("error.page")}</h1>
      <p>{t("error.pageWhy")}</p>
      <ErrorBox error={error} onRetry={() => window.location.reload()} />
    </div>
  );
}

const page = (path: string, right: string, element: ReactNode) => ({ path, element: <Need right={right}>{element}</Need>, errorElement: <Broken /> });

export const router = createBrowserRouter([
  {
    path: "/", element: <Frame />, errorElement: <Broken />,
    children: [
      { index: true, element: <HomePage />, errorElement: <Broken /> },
      page("chart", "room.read", <ChartPage />),
      page("rooms", "room.read", <RoomsPage />),
      page("customers", "customer.read", <CustomersPage />),
      page("customers/new", "customer.write", <CustomerFormPage />),
      page("customers/:id", "customer.read", <CustomerPage />),
      page("deals", "deal.read", <DealsPage />),
      page("deals/holds/new", "room.hold", <HoldFormPage />),
      page("deals/subscriptions/new", "subscription.create", <SubscriptionFormPage />),
      page("deals/contracts/new", "contract.sign", <ContractFormPage />),
      page("holds/:id", "deal.read", <HoldPage />),
      page("subscriptions/:id", "deal.read", <SubscriptionPage />),
      page("contracts/:id", "deal.read", <ContractPage />),
      page("finance", "receivable.read", <FinancePage />),
      page("finance/receipts/new", "receipt.book", <ReceiptFormPage />),
      page("receipts/:id", "receivable.read", <ReceiptPage />),
      page("reports", "report.run", <ReportsPage />),
      page("reports/:id", "report.run", <RunPage key="reports" kind="reports" />),
      page("analyses/:id", "analysis.run", <RunPage key="analyses" kind="analyses" />),
      page("reconciliations", "report.run", <ReconciliationsPage />),
      page("agent", "agent.sign_on", <AgentDesk />),
      page("calls", "call.read", <CallsPage />),
      page("calls/:id", "call.read", <CallPage />),
      page("admin", "operator.read", <AdminPage />),
      page("admin/:tab", "operator.read", <AdminPage />),
      { path: "*", element: <NotFound /> },
    ],
  },
]);
