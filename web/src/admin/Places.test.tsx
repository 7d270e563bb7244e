import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { LanguageProvider } from "../i18n/provider";
import { SessionProvider } from "../session/context";
import { answering } from "../testing/answers";
import { whileSignedIn } from "../testing/signedIn";
import { PlacesTab } from "./Places";

const LISTS: Record<string, unknown> = {
  "/v1/departments": { departments: [{ name: "departments/d1", displayName: "销售部", retired: false, etag: "1" }, { name: "departments/d2", displayName: "筹备组", retired: true, etag: "2" }] },
  "/v1/teams": { teams: [{ name: "teams/t1", displayName: "一组", department: "departments/d1", retired: false, etag: "5" }] },
};

whileSignedIn();

async function open(right: string, refusal?: { status: number; body: unknown }) {
  const me = { name: "operators/o1", displayName: "甲", rights: [{ right, scope: "TENANT" }] };
  const asked = answering((one) => (one.path === "/v1/operators/me" ? { body: me } : one.method === "GET" ? { body: LISTS[one.path] } : (refusal ?? { body: {} })));
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <LanguageProvider><SessionProvider><PlacesTab /></SessionProvider></LanguageProvider>
    </QueryClientProvider>,
  );
  await screen.findByText("一组");
  return () => asked.filter((one) => one.method !== "GET");
}
const confirm = () => fireEvent.click(document.querySelector(".ant-modal-footer .ant-btn-primary")!);
const type = (value: string) => fireEvent.change(screen.getByLabelText(/名称/), { target: { value } });

describe("SYS-22: departments and teams", () => {
  it("shows where a team belongs and what is retired, and changes only for who may", async () => {
    await open("operator.read");
    expect(screen.getAllByText("销售部").length).toBe(2);
    expect(screen.getByText("已停用")).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("makes a team in a department that is not retired", async () => {
    const sent = await open("operator.manage");
    fireEvent.click(await screen.findByRole("button", { name: "新建团队" }));
    type("二组");
    fireEvent.mouseDown(screen.getByLabelText("部门"));
    await screen.findByTitle("销售部");
    expect(screen.queryByTitle("筹备组")).toBeNull();
    fireEvent.click(screen.getByTitle("销售部"));
    confirm();
    await waitFor(() => expect(sent().map((one) => [one.path, one.body])).toEqual([["/v1/teams", { displayName: "二组", department: "departments/d1" }]]));
  });

  it("puts a name that is taken under its field", async () => {
    await open("operator.manage", { status: 409, body: { error: { status: "ALREADY_EXISTS", message: "名称已被使用", details: [{ reason: "NAME_TAKEN" }] } } });
    fireEvent.click(await screen.findByRole("button", { name: "新建部门" }));
    type("销售部");
    confirm();
    await waitFor(() => expect(document.querySelector(".ant-form-item-explain-error")?.textContent).toBe("名称已被使用"));
  });

  it("retires and restores with the etag", async () => {
    const sent = await open("operator.manage");
    fireEvent.click(await screen.findByRole("button", { name: /恢\s*复/ }));
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]).toMatchObject({ path: "/v1/departments/d2", body: { etag: "2", retired: false } });
    expect(sent()[0]!.query.get("updateMask")).toBe("retired");
  });
});
