import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Consultant } from "../api/types";
import { LanguageProvider } from "../i18n/provider";
import { answering, type Asked } from "../testing/answers";
import { EditConsultant, NewConsultant } from "./ConsultantForm";

const K1: Consultant = {
  name: "consultants/k1", code: "A07", displayName: "甲", operatorName: "operators/o1", team: "teams/t1", teamDisplayName: "一组",
  joinDate: { year: 2023, month: 3, day: 1 }, leaveDate: { year: 2026, month: 6, day: 30 }, etag: "4",
};
const teams = [["t1", "一组"], ["t2", "二组"], ["t3", "旧组"]].map(([id, displayName]) => ({ name: `teams/${id}`, displayName, retired: id === "t3" }));
const LISTS: Record<string, unknown> = { "/v1/teams": { teams }, "/v1/operators": { operators: [{ name: "operators/o1", displayName: "甲", signInName: "jia" }] } };
const STALE = { status: 409, body: { error: { status: "ABORTED", message: "stale", details: [{ reason: "STALE_ETAG" }] } } };

beforeEach(() => localStorage.setItem("lintel.language", "zh"));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(answer: (asked: Asked) => { status?: number; body: unknown } | undefined = () => ({ body: K1 })) {
  const asked = answering((one) => (one.method === "GET" ? { body: LISTS[one.path] } : answer(one)));
  const [onClose, onReread] = [vi.fn(), vi.fn()];
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const page = (consultant: Consultant) => (
    <QueryClientProvider client={queries}>
      <LanguageProvider><EditConsultant consultant={consultant} onClose={onClose} onReread={onReread} /></LanguageProvider>
    </QueryClientProvider>
  );
  const { rerender } = render(page(K1));
  return { sent: () => asked.filter((one) => one.method !== "GET"), onClose, onReread, reread: (latest: Consultant) => rerender(page(latest)) };
}

const field = (label: RegExp) => screen.getByLabelText(label) as HTMLInputElement;
const type = (label: RegExp, value: string) => fireEvent.change(field(label), { target: { value } });
const save = () => fireEvent.click(screen.getByRole("button", { name: /保\s*存/ }));
const warnings = () => [...document.querySelectorAll(".ant-form-item-explain-warning")].map((one) => one.textContent);

describe("INV-04: a consultant is changed", () => {
  it("sends what was changed and nothing else, with the etag", async () => {
    const { sent, onClose } = open();
    type(/姓名/, "甲甲");
    save();
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent()).toHaveLength(1);
    expect(sent()[0]).toMatchObject({ method: "PATCH", path: "/v1/consultants/k1", body: { name: "consultants/k1", displayName: "甲甲", etag: "4" } });
    expect(sent()[0]!.query.get("updateMask")).toBe("displayName");
    expect(sent()[0]!.body, "the code cannot be changed").not.toHaveProperty("code");
  });

  it("gives another team with its name, and offers none that is retired", async () => {
    const { sent } = open();
    await screen.findByTitle("一组");
    fireEvent.mouseDown(field(/团队/));
    fireEvent.click(await screen.findByTitle("二组"));
    expect(screen.queryByTitle("旧组")).toBeNull();
    save();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]!.query.get("updateMask")).toBe("team,teamDisplayName");
    expect(sent()[0]!.body).toMatchObject({ team: "teams/t2", teamDisplayName: "二组" });
  });

  it("has one back who left, when the leave date is cleared", async () => {
    const { sent } = open();
    const clear = field(/离职日期/).closest(".ant-picker")!.querySelector(".ant-picker-clear")!;
    fireEvent.mouseDown(clear);
    fireEvent.mouseUp(clear);
    fireEvent.click(clear);
    save();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]!.query.get("updateMask")).toBe("leaveDate");
    expect(sent()[0]!.body).not.toHaveProperty("leaveDate");
  });

  it("asks for nothing when nothing was changed, and never for a name of blanks", async () => {
    const { sent, onClose } = open();
    type(/姓名/, "  ");
    save();
    await screen.findByText("此项必填");
    type(/姓名/, "甲");
    save();
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(sent()).toEqual([]);
  });

  it("keeps what was typed when somebody else was faster, takes in the rest and says so", async () => {
    const { sent, onReread, reread } = open(() => (sent().length === 1 ? STALE : { body: K1 }));
    type(/姓名/, "我写的");
    save();
    fireEvent.click(await screen.findByText("重新读取"));
    expect(onReread).toHaveBeenCalledOnce();
    reread({ ...K1, displayName: "别人写的", team: "teams/t2", teamDisplayName: "二组", etag: "5" });
    await waitFor(() => expect(warnings()).toEqual(["他人由“甲”改为“别人写的”，保存后将以您的为准", "他人由“一组”改为“二组”，已采用"]));
    expect(field(/姓名/).value).toBe("我写的");
    expect(screen.queryByRole("alert"), "the refusal is answered").toBeNull();
    save();
    await waitFor(() => expect(sent()).toHaveLength(2));
    expect(sent()[1]!.query.get("updateMask"), "the other's team is not written over").toBe("displayName");
    expect(sent()[1]!.body).toMatchObject({ displayName: "我写的", team: "teams/t2", etag: "5" });
  });

  it("puts an operator who is somebody else's under that field", async () => {
    open(() => ({ status: 409, body: { error: { status: "ALREADY_EXISTS", message: "该操作员已属于他人", details: [{ reason: "CONSULTANT_OPERATOR_TAKEN" }] } } }));
    type(/姓名/, "乙");
    save();
    await waitFor(() => expect(document.querySelector(".ant-form-item-explain-error")?.textContent).toBe("该操作员已属于他人"));
  });
});

describe("INV-04: a consultant is added", () => {
  it("with code, name and the name of the team; a code that is taken is marked", async () => {
    let status = 409;
    const asked = answering((one) => {
      if (one.method === "GET") return { body: LISTS[one.path] };
      return status === 200 ? { body: K1 } : { status, body: { error: { status: "ALREADY_EXISTS", message: "编号已被使用", details: [{ reason: "CONSULTANT_CODE_TAKEN" }] } } };
    });
    const onClose = vi.fn();
    render(<QueryClientProvider client={new QueryClient()}><LanguageProvider><NewConsultant onClose={onClose} /></LanguageProvider></QueryClientProvider>);
    type(/编号/, "A07");
    type(/姓名/, "甲");
    fireEvent.mouseDown(field(/团队/));
    fireEvent.click(await screen.findByTitle("二组"));
    fireEvent.click(screen.getByRole("button", { name: /新\s*建/ }));
    await waitFor(() => expect(document.querySelector(".ant-form-item-explain-error")?.textContent).toBe("编号已被使用"));
    status = 200;
    fireEvent.click(screen.getByRole("button", { name: /新\s*建/ }));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(asked.findLast((one) => one.method === "POST")!.body).toMatchObject({ code: "A07", displayName: "甲", team: "teams/t2", teamDisplayName: "二组" });
  });
});
