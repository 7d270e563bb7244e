import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { describe, expect, it, vi } from "vitest";
import type { Customer } from "../api/types";
import { LanguageProvider } from "../i18n/provider";
import { SessionProvider } from "../session/context";
import { answering } from "../testing/answers";
import { whileSignedIn } from "../testing/signedIn";
import { CustomerActs } from "./Acts";
import { Consents } from "./Consents";
import { CustomerEditor } from "./Editor";

const C = "customers/c1";
const customer = {
  name: C, displayName: "客户甲", phones: ["138****2046"], idKind: "", idNumber: "4403**********1234", gender: "", address: "", email: "", remark: "", language: "zh-CN", source: "phone", level: "", tags: ["老带新"],
  projects: [], owner: "operators/o1", ownerTeam: "teams/t1", doNotCall: false, state: "CUSTOMER_ACTIVE", createTime: "2026-11-01T00:00:00Z", etag: "9",
} as Customer;
const consultants = [["k1", "甲", "operators/o1"], ["k2", "乙", "operators/o2"], ["k3", "无账号", ""], ["k4", "离职", "operators/o4", { year: 2026, month: 1, day: 1 }]].map(([id, displayName, operatorName, leaveDate]) => ({ name: `consultants/${id}`, code: id, displayName, operatorName, team: "", teamDisplayName: "一组", leaveDate, etag: "1" }));
const consents = [
  { name: `${C}/consents/1`, purpose: "recording", textVersion: "2026-01", channel: "phone", grantTime: "2026-11-20T02:00:00Z", operator: "" },
  { name: `${C}/consents/2`, purpose: "marketing", textVersion: "2025-06", channel: "paper", grantTime: "2025-06-20T02:00:00Z", withdrawTime: "2026-02-01T02:00:00Z", operator: "" },
];
const purposes = [["recording", "通话录音"], ["marketing", "营销信息"]].map(([code, labelZh]) => ({ name: "", code, labelZh, labelEn: "", position: 1 }));

whileSignedIn();

function open(page: ReactNode, rights: string[], refusal?: { status: number; body: unknown }) {
  const lists: Record<string, unknown> = {
    "/v1/operators/me": { name: "operators/o1", displayName: "甲", rights: rights.map((right) => ({ right, scope: "TENANT" })) }, "/v1/consultants": { consultants },
    [`/v1/${C}/consents`]: { consents }, "/v1/codeTables/consent-purpose/codes": { codes: purposes },
  };
  const asked = answering((one) => (one.method === "GET" ? { body: lists[one.path] ?? { codes: [] } } : (refusal ?? { body: customer })));
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <LanguageProvider><SessionProvider>{page}</SessionProvider></LanguageProvider>
    </QueryClientProvider>,
  );
  return () => asked.filter((one) => one.method !== "GET");
}
const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const confirm = () => fireEvent.click(document.querySelector(".ant-modal-footer .ant-btn-primary, .ant-modal-footer .ant-btn-dangerous")!);
const underField = () => document.querySelector(".ant-form-item-explain-error")?.textContent;
const acts = <CustomerActs customer={customer} onReread={vi.fn()} />;
const more = async (item: string) => {
  fireEvent.click(await screen.findByRole("button", { name: "更多" }));
  fireEvent.click(await screen.findByText(item));
};

describe("CUS-10: a customer is changed", () => {
  it("sends what was typed and leaves what is masked alone", async () => {
    const sent = open(<CustomerEditor customer={customer} onClose={vi.fn()} onReread={vi.fn()} />, ["customer.write"]);
    expect(screen.getByText(/带 \* 的号码/)).toBeTruthy();
    type(/姓名/, "客户甲（复访）");
    confirm();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]!.query.get("updateMask")).toBe("displayName");
    expect(sent()[0]!.body).toEqual({ name: C, etag: "9", displayName: "客户甲（复访）" });
  });

  it("sends phones typed anew as a list", async () => {
    const sent = open(<CustomerEditor customer={customer} onClose={vi.fn()} onReread={vi.fn()} />, ["customer.write"]);
    type(/电话/, "13800002046，0755-88886666");
    confirm();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]!.body).toEqual({ name: C, etag: "9", phones: ["13800002046", "0755-88886666"] });
  });

  it("puts a phone that is somebody else's under the phones", async () => {
    open(<CustomerEditor customer={customer} onClose={vi.fn()} onReread={vi.fn()} />, ["customer.write"], { status: 409, body: { error: { status: "ALREADY_EXISTS", message: "电话已登记", details: [{ reason: "CUSTOMER_DUPLICATE" }] } } });
    type(/电话/, "13800002047");
    confirm();
    await waitFor(() => expect(underField()).toBe("电话已登记"));
  });

  it("offers each act only to who may, and none for a customer who was forgotten", async () => {
    open(acts, ["customer.write"]);
    expect(await screen.findByRole("button", { name: /修\s*改/ })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "更多" })).toBeNull();
    cleanup();
    open(<CustomerActs customer={{ ...customer, state: "CUSTOMER_ERASED" }} onReread={vi.fn()} />, ["customer.write", "customer.assign", "customer.erase"]);
    expect(screen.queryByRole("button")).toBeNull();
  });
});

describe("CUS-10: a customer is given away, or forgotten", () => {
  it("offers consultants who sign in, are still there and are not the owner", async () => {
    const sent = open(acts, ["customer.assign"]);
    await more("分配给其他顾问");
    fireEvent.mouseDown(await screen.findByLabelText("新的置业顾问"));
    await screen.findByTitle("乙 一组");
    expect(document.querySelectorAll(".ant-select-item-option")).toHaveLength(1);
    fireEvent.click(screen.getByTitle("乙 一组"));
    confirm();
    await waitFor(() => expect(sent().map((one) => [one.path, one.body])).toEqual([[`/v1/${C}:assign`, { owner: "operators/o2" }]]));
  });

  it("forgets nobody before the name was typed once more", async () => {
    const sent = open(acts, ["customer.erase"]);
    await more("删除个人信息");
    const button = () => document.querySelector(".ant-modal-footer .ant-btn-dangerous") as HTMLButtonElement;
    type(/请输入/, "客户");
    expect(button().disabled).toBe(true);
    type(/请输入/, "客户甲");
    fireEvent.click(button());
    await waitFor(() => expect(sent().map((one) => one.path)).toEqual([`/v1/${C}:erase`]));
  });

  it("says why a customer with a contract is kept", async () => {
    open(acts, ["customer.erase"], { status: 409, body: { error: { status: "FAILED_PRECONDITION", message: "已签合同须留存", details: [{ reason: "CUSTOMER_IN_CONTRACT" }] } } });
    await more("删除个人信息");
    type(/请输入/, "客户甲");
    confirm();
    expect((await screen.findByRole("alert")).textContent).toContain("已签合同须留存");
  });
});

describe("CUS-10: consents", () => {
  it("says what was agreed to, when and how, and what was withdrawn", async () => {
    open(<Consents customer={C} isErased={false} />, ["customer.read"]);
    expect(await screen.findByText("通话录音")).toBeTruthy();
    expect(screen.getByText(/^2026-01 · 电话/)).toBeTruthy();
    expect(screen.getByText("已撤回")).toBeTruthy();
    expect(screen.queryByRole("button"), "nothing to do for who only reads").toBeNull();
  });

  it("records one with its wording, and withdraws one that stands", async () => {
    const sent = open(<Consents customer={C} isErased={false} />, ["customer.write"]);
    fireEvent.click(await screen.findByRole("button", { name: /撤\s*回/ }));
    await waitFor(() => expect(sent().map((one) => one.path)).toEqual([`/v1/${C}/consents/1:withdraw`]));
    fireEvent.click(screen.getByRole("button", { name: /登记授权/ }));
    fireEvent.mouseDown(screen.getByLabelText("用途"));
    fireEvent.click(await screen.findByTitle("营销信息"));
    type(/同意书版本/, "2026-11");
    confirm();
    await waitFor(() => expect(sent()).toHaveLength(2));
    expect(sent()[1]!.body).toEqual({ purpose: "marketing", textVersion: "2026-11", channel: "paper" });
  });
});
