import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LanguageProvider } from "../i18n/provider";
import { answering, type Asked } from "../testing/answers";
import { Agents } from "./Agents";
import { Flows } from "./Flows";
import { Numbers } from "./Numbers";
import { Queues } from "./Queues";
import { Trunks } from "./Trunks";

const queue = { name: "queues/q1", displayName: "项目咨询", ringLimitMs: 20_000, maxWaitMs: 600_000, wrapUpMs: 15_000, maxWaiting: 200, etag: "7" };
const flows = [["f1", "售楼热线", 3], ["f2", "夜间流程", 0]].map(([id, displayName, currentVersion]) => ({ name: `voiceFlows/${id}`, displayName, currentVersion }));
const operators = [["o1", "甲", "ACTIVE"], ["o2", "乙", "ACTIVE"], ["o3", "丙", "DISABLED"]].map(([id, displayName, state]) => ({ name: `operators/${id}`, signInName: id, displayName, state, operatorGroups: [] }));
const agent = { name: "agents/a1", operator: "operators/o1", displayName: "甲", queues: ["queues/q1"], state: "READY", reason: "", stateTime: "", call: "", etag: "3" };
const LISTS: Record<string, unknown> = {
  "/v1/queues": { queues: [queue] }, "/v1/voiceFlows": { voiceFlows: flows }, "/v1/operators": { operators }, "/v1/agents": { agents: [agent] },
  "/v1/numbers": { numbers: [{ name: "numbers/n1", number: "4001", voiceFlow: "voiceFlows/f1", language: "en", record: true }] }, "/v1/trunks": { trunks: [] },
};

beforeEach(() => localStorage.setItem("lintel.language", "zh"));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(page: ReactNode, answer: (asked: Asked) => { status?: number; body: unknown } | undefined = () => ({ body: {} }), lists = LISTS) {
  const asked = answering((one) => (one.method === "GET" && lists[one.path] ? { body: lists[one.path] } : answer(one)));
  render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><LanguageProvider>{page}</LanguageProvider></QueryClientProvider>);
  return () => asked.filter((one) => one.method !== "GET");
}
const press = async (name: RegExp) => fireEvent.click(await screen.findByRole("button", { name }));
const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const confirm = () => fireEvent.click(document.querySelector(".ant-modal-footer .ant-btn-primary")!);
const refused = (reason: string, message: string, status = 409) => ({ status, body: { error: { status: "FAILED_PRECONDITION", message, details: [{ reason }] } } });
const underField = () => document.querySelector(".ant-form-item-explain-error")?.textContent;
const offered = () => [...document.querySelectorAll(".ant-select-item-option")].map((one) => one.getAttribute("title") ?? one.textContent);

describe("AGT-03: who takes calls", () => {
  it("makes an operator an agent, and offers only those who are none yet and may sign in", async () => {
    const sent = open(<Agents />);
    expect(await screen.findByText(/ · 项目咨询/)).toBeTruthy();
    await press(/新增座席/);
    fireEvent.mouseDown(screen.getByLabelText(/操作员/));
    await waitFor(() => expect(offered()).toEqual(["乙 o2"]));
    fireEvent.click(document.querySelector(".ant-select-item-option")!);
    confirm();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]).toMatchObject({ method: "POST", path: "/v1/agents", body: { operator: "operators/o2", displayName: "乙", queues: [] } });
  });

  it("changes an agent's name and queues with the etag, never the operator", async () => {
    const sent = open(<Agents />);
    await press(/修\s*改/);
    expect(screen.queryByLabelText(/操作员/)).toBeNull();
    type(/名称/, "甲（一组）");
    confirm();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]!.query.get("updateMask"), "what was not touched is left to others").toBe("displayName");
    expect(sent()[0]!.body).toEqual({ name: "agents/a1", etag: "3", displayName: "甲（一组）", queues: ["queues/q1"] });
  });
});

describe("AGT-04: queues", () => {
  it("says its limits in seconds and sends milliseconds", async () => {
    const sent = open(<Queues />);
    expect(await screen.findByText("振铃 20 秒 · 等待至多 600 秒 · 话后 15 秒 · 至多 200 人")).toBeTruthy();
    await press(/修\s*改/);
    type(/振铃时限/, "25");
    confirm();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]!.body).toEqual({ name: "queues/q1", etag: "7", displayName: "项目咨询", ringLimitMs: 25_000, maxWaitMs: 600_000, wrapUpMs: 15_000, maxWaiting: 200 });
  });

  it("puts a name that is taken under its field", async () => {
    open(<Queues />, () => refused("NAME_EXISTS", "名称已存在"));
    await press(/新建排队/);
    type(/名称/, "项目咨询");
    confirm();
    await waitFor(() => expect(underField()).toBe("名称已存在"));
  });

  it("reads again what somebody else has changed, and keeps what was typed", async () => {
    open(<Queues />, () => ({ status: 409, body: { error: { status: "ABORTED", message: "已被他人修改", details: [{ reason: "STALE_ETAG" }] } } }));
    await press(/修\s*改/);
    type(/振铃时限/, "25");
    confirm();
    const alert = await screen.findByRole("alert");
    fireEvent.click(alert.querySelector("button")!);
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    expect((screen.getByLabelText(/振铃时限/) as HTMLInputElement).value).toBe("25");
  });
});

describe("IVR-01: numbers and trunks", () => {
  it("a number is answered by a flow that is published", async () => {
    const sent = open(<Numbers />);
    expect(await screen.findByText("售楼热线 · English · 录音")).toBeTruthy();
    await press(/新增号码/);
    type(/^号码/, "4002");
    fireEvent.mouseDown(screen.getByLabelText(/语音流程/));
    await waitFor(() => expect(offered()).toEqual(["售楼热线"]));
    fireEvent.click(document.querySelector(".ant-select-item-option")!);
    confirm();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]!.body).toEqual({ number: "4002", voiceFlow: "voiceFlows/f1", language: "", record: true });
  });

  it("changes the flow of a number and never the number", async () => {
    const sent = open(<Numbers />);
    await screen.findByText("售楼热线 · English · 录音");
    await press(/修\s*改/);
    expect(screen.queryByLabelText(/^号码/)).toBeNull();
    fireEvent.click(screen.getByRole("switch"));
    confirm();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]!.query.get("updateMask")).toBe("record");
    expect(sent()[0]!.body).toMatchObject({ name: "numbers/n1", record: false });
  });

  it("asks nothing when nothing was changed", async () => {
    const sent = open(<Numbers />);
    await screen.findByText("售楼热线 · English · 录音");
    await press(/修\s*改/);
    confirm();
    await waitFor(() => expect(document.querySelector(".ant-modal-footer")).toBeNull());
    expect(sent()).toEqual([]);
  });

  it("marks an address that is none", async () => {
    open(<Trunks />, () => ({ status: 400, body: { error: { status: "INVALID_ARGUMENT", message: "x", details: [{ reason: "INVALID_FIELD" }, { fieldViolations: [{ field: "address", description: "应为 IPv4 地址" }] }] } } }));
    await press(/新增中继/);
    type(/名称/, "中继");
    type(/源地址/, "x");
    confirm();
    await waitFor(() => expect(underField()).toBe("应为 IPv4 地址"));
  });
});

describe("IVR-01: voice flows are examined, then published", () => {
  const ONE_FLOW = { ...LISTS, "/v1/voiceFlows": { voiceFlows: flows.slice(0, 1) } };
  const file = (text: string) => Object.assign(new File([text], "flow.json", { type: "application/json" }), { text: () => Promise.resolve(text) });
  const choose = async (text: string) => {
    await press(/发布新版本/);
    fireEvent.change(document.querySelector("input[type=file]")!, { target: { files: [file(text)] } });
  };
  const publish = () => document.querySelector(".ant-modal-footer .ant-btn-primary") as HTMLButtonElement;

  it("tells every problem and publishes nothing", async () => {
    const sent = open(<Flows />, (one) => (one.path.endsWith(":examine") ? { body: { problems: [{ node: "menu", field: "keys.2", reason: "NODE_MISSING", message: "指向不存在的节点", detail: "" }] } } : undefined));
    await screen.findByText("第 3 版");
    fireEvent.click(screen.getAllByRole("button", { name: /发布新版本/ })[1]!);
    fireEvent.change(document.querySelector("input[type=file]")!, { target: { files: [file('{"nodes":{"menu":{}}}')] } });
    expect(await screen.findByText("指向不存在的节点")).toBeTruthy();
    expect(publish().disabled).toBe(true);
    expect(sent().map((one) => one.path)).toEqual(["/v1/voiceFlows:examine"]);
  });

  it("publishes the file as it is, with the note", async () => {
    const sent = open(<Flows />, (one) => ({ body: one.path.endsWith(":examine") ? { problems: [] } : {} }), ONE_FLOW);
    await choose('{ "nodes": {"a": {}, "b": {}} }');
    expect(await screen.findByText("检查无误，共 2 个节点")).toBeTruthy();
    type(/备注/, "春节");
    fireEvent.click(publish());
    await waitFor(() => expect(sent()).toHaveLength(2));
    expect(sent()[1]).toMatchObject({ path: "/v1/voiceFlows/f1/versions", body: { graphJson: '{ "nodes": {"a": {}, "b": {}} }', note: "春节" } });
  });

  it("says that a file is no JSON without asking anybody", async () => {
    const sent = open(<Flows />, undefined, ONE_FLOW);
    await choose("no json");
    expect((await screen.findByRole("alert")).textContent).toContain("不是有效的 JSON");
    expect(sent()).toEqual([]);
  });
});
