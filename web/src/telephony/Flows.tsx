// Voice flows: a graph in a file, examined before it is published; each publication is a version that never changes.
import { Button, Form, Input, Modal, Upload } from "antd";
import { useState } from "react";
import { get, post, save } from "../api/client";
import type { FlowProblem, VoiceFlow, VoiceFlowVersion } from "../api/types";
import { useAct, useList } from "../api/use";
import { useT } from "../i18n/provider";
import { DataTable } from "../parts/DataTable";
import { FormDialog } from "../parts/FormDialog";
import { Chip, ErrorBox } from "../parts/parts";
import { Rows } from "../parts/Rows";

interface Graph { json: string; nodes: number; problems: FlowProblem[] }

const PATH = "/v1/voiceFlows";

async function examine(file: File, key: string): Promise<Graph> {
  const json = await file.text();
  const { nodes = {} } = JSON.parse(json) as { nodes?: object };
  const { problems } = await post<{ problems: FlowProblem[] }>(`${PATH}:examine`, { graphJson: json }, key);
  return { json, nodes: Object.keys(nodes).length, problems };
}

function Problems({ problems }: { problems: FlowProblem[] }) {
  const t = useT();
  return (
    <>
      <div><Chip tone="bad">{t("telephony.graphBad", { count: problems.length })}</Chip></div>
      <DataTable
        rowKey={(one) => `${one.node} ${one.field} ${one.reason}`} dataSource={problems}
        columns={[{ title: t("telephony.node"), render: (one: FlowProblem) => <b>{one.node || "—"}</b> }, { title: t("common.reason"), render: (one: FlowProblem) => one.message || one.reason }]}
      />
    </>
  );
}

function Publish({ flow, onClose }: { flow: VoiceFlow; onClose: () => void }) {
  const t = useT();
  const [note, setNote] = useState("");
  const look = useAct((input: { file: File; name: string; size: number; lastModified: number }, key) => examine(input.file, key));
  const send = useAct((version: { graphJson: string; note: string }, key) => post<VoiceFlowVersion>(`/v1/${flow.name}/versions`, version, key), [PATH]);
  const graph = look.data;
  const isFine = graph !== undefined && graph.problems.length === 0;
  const choose = (file: File) => {
    send.reset();
    look.mutate({ file, name: file.name, size: file.size, lastModified: file.lastModified });
    return false;
  };
  return (
    <Modal
      open width={560} title={t("telephony.publishOf", { name: flow.displayName })} okText={t("telephony.publish")} cancelText={t("common.cancel")} onCancel={onClose}
      okButtonProps={{ disabled: !isFine }} confirmLoading={send.isPending} onOk={() => send.mutate({ graphJson: graph!.json, note: note.trim() }, { onSuccess: onClose })}
    >
      <p className="meta">{t("telephony.publishNote")}</p>
      <div className="stack" data-graph={graph && (isFine ? "fine" : "bad")}>
        <Upload accept=".json,application/json" maxCount={1} beforeUpload={choose} onRemove={() => look.reset()}><Button loading={look.isPending}>{t("telephony.chooseGraph")}</Button></Upload>
        {isFine && <div><Chip tone="ok">{t("telephony.graphFine", { count: graph.nodes })}</Chip></div>}
        {graph && !isFine && <Problems problems={graph.problems} />}
        <label className="labelled">{t("common.note")}<Input maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} /></label>
      </div>
      <ErrorBox error={look.error instanceof SyntaxError ? new Error(t("telephony.noJson")) : (look.error ?? send.error)} />
    </Modal>
  );
}

export function Flows() {
  const t = useT();
  const [adding, setAdding] = useState(false);
  const [publishing, setPublishing] = useState<VoiceFlow>();
  const list = useList<VoiceFlow>(PATH, "voiceFlows", { pageSize: 100 });
  const fetchGraph = useAct(async (flow: VoiceFlow) => {
    const version = await get<VoiceFlowVersion>(`/v1/${flow.name}/versions/${flow.currentVersion}`);
    save(new Blob([version.graphJson], { type: "application/json" }), `${flow.displayName}.v${flow.currentVersion}.json`);
  });
  const acts = (flow: VoiceFlow) => (
    <>
      {flow.currentVersion > 0 && <Button size="small" loading={fetchGraph.isPending && fetchGraph.variables.name === flow.name} onClick={() => fetchGraph.mutate(flow)}>{t("telephony.download")}</Button>}
      <Button size="small" onClick={() => setPublishing(flow)}>{t("telephony.publish")}</Button>
    </>
  );
  return (
    <>
      <Rows
        title={t("telephony.flows")} add={t("telephony.newFlow")} onAdd={() => setAdding(true)} source={list} empty={t("telephony.noFlows")}
        row={(flow) => ({ name: flow.displayName, note: flow.currentVersion > 0 ? t("telephony.versionOf", { version: flow.currentVersion }) : t("telephony.unpublished"), acts: acts(flow) })}
      />
      <ErrorBox error={fetchGraph.error} />
      {adding && (
        <FormDialog<{ displayName: string }> title={t("telephony.newFlow")} isNew initial={{}} save={(flow, key) => post(PATH, flow, key)} touches={[PATH]} onClose={() => setAdding(false)} reasons={{ NAME_EXISTS: "displayName" }}>
          <Form.Item name="displayName" label={t("common.name")} rules={[{ required: true, whitespace: true, message: t("common.required") }]}><Input maxLength={60} /></Form.Item>
        </FormDialog>
      )}
      {publishing && <Publish key={publishing.name} flow={publishing} onClose={() => setPublishing(undefined)} />}
    </>
  );
}
