// Ended calls, newest first.
import { Switch } from "antd";
import { Link, useNavigate, useSearchParams } from "react-router";
import type { PhoneCall } from "../api/types";
import { useList, useLiveRefresh } from "../api/use";
import { useFormat } from "../format/use";
import { useT } from "../i18n/provider";
import { CustomerName } from "../parts/fields";
import { ListTable } from "../parts/ListTable";
import { Chip, PageHead, Panel } from "../parts/parts";
import { QueueName } from "../phone/CallCard";

export function CallsPage() {
  const t = useT();
  const format = useFormat();
  const go = useNavigate();
  const [search, setSearch] = useSearchParams();
  const recorded = search.has("recorded");
  const list = useList<PhoneCall>("/v1/calls", "calls", { filter: recorded ? "recorded = true" : "" });
  useLiveRefresh(["CallRecorded"], ["/v1/calls"]);
  return (
    <div className="page">
      <PageHead title={t("calls.title")}>
        <label className="row">{t("calls.onlyRecorded")} <Switch size="small" checked={recorded} onChange={(on) => setSearch(on ? { recorded: "1" } : {})} /></label>
      </PageHead>
      <Panel flush>
        <ListTable
          source={list} rowKey="name" empty={t("calls.none")} onOpen={(call) => void go(`/${call.name}`)}
          columns={[
            { title: t("calls.start"), fixed: "left", render: (call: PhoneCall) => <b>{format.dateTime(call.startTime)}</b> },
            { title: t("calls.caller"), render: (call: PhoneCall) => call.callerNumber || t("calls.withheld") },
            { title: t("calls.customer"), render: (call: PhoneCall) => (call.customer ? <Link to={`/${call.customer}`}><CustomerName name={call.customer} /></Link> : "—") },
            { title: t("calls.queue"), render: (call: PhoneCall) => (call.queue ? <QueueName name={call.queue} /> : "—") },
            { title: t("calls.wait"), align: "right", render: (call: PhoneCall) => format.duration(Number(call.waitMs) / 1000) },
            { title: t("calls.talk"), align: "right", render: (call: PhoneCall) => (call.answerTime ? format.duration(Number(call.talkMs) / 1000) : <Chip tone="warn">{t("calls.missed")}</Chip>) },
            { title: t("calls.recording"), render: (call: PhoneCall) => (call.recorded ? <Chip tone="main">{t("calls.recorded")}</Chip> : "—") },
          ]}
        />
      </Panel>
    </div>
  );
}
