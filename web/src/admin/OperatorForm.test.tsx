import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Operator, OperatorGroup } from "../api/types";
import { LanguageProvider } from "../i18n/provider";
import { answering } from "../testing/answers";
import { OperatorForm, ResetPassword } from "./OperatorForm";

const operator: Operator = { name: "operators/o1", signInName: "jia", displayName: "甲", operatorGroups: ["operatorGroups/g1"], department: "", team: "teams/t1", allProjects: true, projects: [], language: "zh-CN", state: "ACTIVE", etag: "4" };
const groups: OperatorGroup[] = [["g1", "销售"], ["g2", "财务"]].map(([id, displayName]) => ({ name: `operatorGroups/${id}`, displayName: displayName!, rights: [] }));
const LISTS: Record<string, unknown> = { "/v1/departments": { departments: [] }, "/v1/teams": { teams: [{ name: "teams/t1", displayName: "一组" }, { name: "teams/t2", displayName: "二组" }] } };

beforeEach(() => localStorage.setItem("lintel.language", "zh"));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(page: React.ReactNode, refusal?: { status: number; body: unknown }) {
  const asked = answering((one) => (one.method === "GET" ? { body: LISTS[one.path] } : (refusal ?? { body: operator })));
  render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><LanguageProvider>{page}</LanguageProvider></QueryClientProvider>);
  return () => asked.filter((one) => one.method !== "GET");
}
const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const confirm = () => fireEvent.click(document.querySelector(".ant-modal-footer .ant-btn-primary")!);
const pick = async (label: RegExp, title: string) => {
  fireEvent.mouseDown(screen.getByLabelText(label));
  fireEvent.click(await screen.findByTitle(title));
};
const underField = () => document.querySelector(".ant-form-item-explain-error")?.textContent;

describe("SYS-22: operators are kept", () => {
  it("sends the team that was changed and nothing else, with the etag", async () => {
    const sent = open(<OperatorForm operator={operator} groups={groups} onClose={vi.fn()} />);
    expect(screen.queryByLabelText(/登录名/), "it never changes").toBeNull();
    await pick(/团队/, "二组");
    confirm();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]).toMatchObject({ method: "PATCH", path: "/v1/operators/o1", body: { etag: "4", team: "teams/t2" } });
    expect(sent()[0]!.query.get("updateMask")).toBe("team");
  });

  it("narrows an operator to some projects together with the switch", async () => {
    const sent = open(<OperatorForm operator={operator} groups={groups} onClose={vi.fn()} />);
    expect(screen.queryByLabelText("可用楼盘")).toBeNull();
    fireEvent.click(screen.getByRole("checkbox"));
    expect(await screen.findByLabelText("可用楼盘")).toBeTruthy();
    confirm();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]!.query.get("updateMask")!.split(",").sort()).toEqual(["allProjects", "projects"]);
    expect(sent()[0]!.body).toMatchObject({ allProjects: false, projects: [] });
  });

  it("puts a group that may not be given under the groups", async () => {
    open(<OperatorForm operator={operator} groups={groups} onClose={vi.fn()} />, { status: 409, body: { error: { status: "FAILED_PRECONDITION", message: "您自己没有权限", details: [{ reason: "GROUP_TOO_STRONG" }] } } });
    await pick(/权限组/, "财务");
    confirm();
    await waitFor(() => expect(underField()).toBe("您自己没有权限"));
  });

  it("makes a new one with a first password of at least eight characters", async () => {
    const sent = open(<OperatorForm groups={groups} onClose={vi.fn()} />);
    type(/登录名/, "yi");
    type(/姓名/, "乙");
    type(/初始密码/, "short");
    await pick(/权限组/, "销售");
    confirm();
    await waitFor(() => expect(underField()).toBe("至少 8 位"));
    type(/初始密码/, "long-enough-1");
    confirm();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]!.body).toEqual({
      password: "long-enough-1",
      operator: { signInName: "yi", displayName: "乙", operatorGroups: ["operatorGroups/g1"], department: "", team: "", language: "zh-CN", allProjects: true, projects: [] },
    });
  });

  it("gives a new password without asking for the old one", async () => {
    const sent = open(<ResetPassword operator={operator} onClose={vi.fn()} />);
    type(/初始密码/, "long-enough-2");
    confirm();
    await waitFor(() => expect(sent().map((one) => [one.path, one.body])).toEqual([["/v1/operators/o1:resetPassword", { password: "long-enough-2" }]]));
  });
});
