// One call: who, how long, the way through the voice flow, each leg, and what was said.

import { Link, useParams } from "react-router";
import type { CallLeg, PhoneCall } from "../api/types";
import { useLiveRefresh, useResource } from "../api/use";
import { useFormat } from "../format/use";
import { useT, useWord } from "../i18n/provider";
import { DataTable } from "../parts/DataTable";
import { CustomerName } from "../parts/fields";
import { Chip, ErrorBox, Facts, Loading, PageHead, Panel } from "../parts/parts";
import { QueueName } from "../phone/CallCard";
import { useSession } from "../session/context";
import { Player } from "./Player";

export function CallPage() {
  const t = useT();
  const word = useWord();
  const format = useFormat();
  const { id } = useParams();
  const { can } = useSession();
  const path = `/v1/calls/${id}`;
  const found = useResource<PhoneCall>(path);
  useLiveRefresh(["CallRecorded"], [path]);
  if (found.isLoading) return <Loading />;
  if (!found.data) return <div className="page"><ErrorBox error={found.error} /></div>;
  const call = found.data;
  const recording = call.recorded && can("call.listen") ? <Player call={call.name} /> : <p className="meta padded">{call.recorded ? t("common.notAllowed") : t("calls.noRecording")}</p>;
  return (
    <div className="page">
      <PageHead title={`${t("calls.call")} ${call.callerNumber || t("calls.withheld")}`} meta={format.dateTime(call.startTime)} />
      <Panel title={t("calls.recording")}>{recording}</Panel>
      <div className="columns columns-half">
        <Panel title={t("calls.call")}>
          <Facts
            rows={[
              [t("calls.customer"), call.customer ? <Link to={`/${call.customer}`}><CustomerName name={call.customer} /></Link> : "—"], [t("calls.called"), call.calledNumber],
              [t("calls.queue"), call.queue ? <QueueName name={call.queue} /> : "—"], [t("calls.wait"), format.duration(Number(call.waitMs) / 1000)],
              [t("calls.talk"), format.duration(Number(call.talkMs) / 1000)], [t("calls.hungUpBy"), word("calls.by", call.hungUpBy)], [t("calls.cause"), `SIP ${call.sipCode || "—"} · Q.850 ${call.q850Cause || "—"}`],
            ]}
          />
        </Panel>
        <Panel title={t("calls.steps")}>
          <p>{(call.steps ?? []).map((step, at) => <span key={at}><Chip>{step.node}{step.digits ? ` ${step.digits}` : ""}</Chip>{at < call.steps.length - 1 ? " → " : ""}</span>)}{!call.steps?.length && "—"}</p>
        </Panel>
      </div>
      <Panel title={t("calls.legs")} flush>
        <DataTable<CallLeg>
          rowKey="legId" dataSource={call.legs ?? []}
          columns={[
            { title: t("calls.agent"), render: (leg: CallLeg) => (leg.agent ? t("calls.agent") : t("calls.customer")) },
            { title: t("calls.start"), render: (leg: CallLeg) => format.clock(leg.startTime) },
            { title: t("calls.talk"), render: (leg: CallLeg) => (leg.answerTime ? `${format.clock(leg.answerTime)} – ${format.clock(leg.endTime)}` : "—") },
            { title: t("calls.loss"), align: "right", render: (leg: CallLeg) => format.share(Number(leg.packetsLost), Number(leg.packetsReceived) + Number(leg.packetsLost)) },
            { title: t("calls.cause"), align: "right", render: (leg: CallLeg) => leg.sipCode || "—" },
          ]}
        />
      </Panel>
    </div>
  );
}
