import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LanguageProvider } from "../i18n/provider";
import { answering } from "../testing/answers";
import { PaymentPlans } from "./PaymentPlans";

const line = (kind: string, ppm = "0", dueDays = 0, dueMonths = 0) => ({ kind, ppm, dueDays, dueMonths });
const plan = { name: "paymentPlans/p1", displayName: "首付三成", kind: "MORTGAGE", lines: [line("DEPOSIT"), line("DOWN_PAYMENT", "0", 7), line("LOAN", "700000", 0, 2)] };

beforeEach(() => localStorage.setItem("lintel.language", "zh"));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function open(refusal?: { status: number; body: unknown }) {
  const asked = answering((one) => (one.method === "GET" ? { body: { paymentPlans: [plan] } } : (refusal ?? { body: plan })));
  render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><LanguageProvider><PaymentPlans /></LanguageProvider></QueryClientProvider>);
  await screen.findByText("首付三成");
  return () => asked.filter((one) => one.method === "POST");
}
const begin = () => fireEvent.click(screen.getByRole("button", { name: /新建付款方案/ }));
const type = (label: string | RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const create = () => fireEvent.click(screen.getByRole("button", { name: /新\s*建$/ }));

describe("BX-04: payment plans", () => {
  it("says what is due when, each line in words", async () => {
    await open();
    expect(screen.getByText("定金 · 首付款 7 天 · 按揭放款 70.0% 2 个月")).toBeTruthy();
    expect(screen.getByText("商业按揭")).toBeTruthy();
  });

  it("begins with what its kind mostly looks like, and sends the lines as changed", async () => {
    const sent = await open();
    begin();
    type(/名称/, "分期（四期）");
    fireEvent.mouseDown(screen.getByLabelText("方式"));
    fireEvent.click(await screen.findByTitle("分期"));
    await waitFor(() => expect(screen.getByLabelText("3 比例")).toBeTruthy());
    type("2 比例", "33.3333");
    fireEvent.click(screen.getByRole("button", { name: "移除第 3 期" }));
    create();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]!.body).toEqual({ displayName: "分期（四期）", kind: "INSTALMENTS", lines: [line("DEPOSIT"), line("INSTALMENT", "333333", 7), line("BALANCE", "0", 0, 6)] });
  });

  it("keeps the lines when they cannot make a price, and says why", async () => {
    await open({ status: 409, body: { error: { status: "FAILED_PRECONDITION", message: "付款方案不适用：须且只能有一行不设比例，用于承担余款。", details: [{ reason: "PLAN_UNFIT" }] } } });
    begin();
    type(/名称/, "错");
    type("2 比例", "50");
    create();
    expect((await screen.findByRole("alert")).textContent).toContain("须且只能有一行不设比例");
    expect((screen.getByLabelText("2 比例") as HTMLInputElement).value).toContain("50");
  });

  it("asks nothing without a name", async () => {
    const sent = await open();
    begin();
    create();
    await waitFor(() => expect(document.querySelector(".ant-form-item-explain-error")).not.toBeNull());
    expect(sent()).toEqual([]);
  });
});
