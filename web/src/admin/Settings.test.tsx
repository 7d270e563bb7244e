import { App } from "antd";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { LanguageProvider } from "../i18n/provider";
import { SessionProvider } from "../session/context";
import { answering } from "../testing/answers";
import { whileSignedIn } from "../testing/signedIn";
import { CodeForm } from "./CodeForm";
import { SettingsTab } from "./Settings";

const setting = { name: "settings/customer.protection_days", value: "30", defaultValue: "30", type: "integer", minimum: "0", maximum: "365", choices: [], unit: "days", displayName: "客户登记保护期", etag: "3" };
const code = { name: "codeTables/visit-kind/codes/visit", code: "visit", labelZh: "来访", labelEn: "Visit", position: 1, etag: "2" };

whileSignedIn();

function open(page: React.ReactNode, right: string) {
  const lists: Record<string, unknown> = { "/v1/operators/me": { name: "operators/o1", displayName: "甲", rights: [{ right, scope: "TENANT" }] }, "/v1/settings": { settings: [setting] }, "/v1/features": { features: [] } };
  const asked = answering((one) => (one.method === "GET" ? { body: lists[one.path] ?? {} } : { body: {} }));
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <App><LanguageProvider><SessionProvider>{page}</SessionProvider></LanguageProvider></App>
    </QueryClientProvider>,
  );
  return () => asked.filter((one) => one.method !== "GET");
}
const confirm = () => fireEvent.click(document.querySelector(".ant-modal-footer .ant-btn-primary")!);

describe("ADM-02: settings are kept", () => {
  it("says the value with its unit, and offers changing only to who may", async () => {
    open(<SettingsTab />, "setting.read");
    expect(await screen.findByText("30 天")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /修\s*改/ })).toBeNull();
  });

  it("sends a number as text with the etag, and says limits and default", async () => {
    const sent = open(<SettingsTab />, "setting.manage");
    fireEvent.click(await screen.findByRole("button", { name: /修\s*改/ }));
    expect(screen.getByText("0 至 365 天。 默认 30。")).toBeTruthy();
    fireEvent.change(screen.getByLabelText("值"), { target: { value: "45" } });
    confirm();
    await waitFor(() => expect(sent().map((one) => [one.path, one.body])).toEqual([["/v1/settings/customer.protection_days", { name: setting.name, etag: "3", value: "45" }]]));
  });
});

describe("SYS-25: a code's labels are changed", () => {
  it("sends the label that was changed, never the code", async () => {
    const sent = open(<CodeForm code={code} path="/v1/codeTables/visit-kind/codes" onClose={vi.fn()} onReread={vi.fn()} />, "code_table.manage");
    fireEvent.change(screen.getByLabelText(/中文/), { target: { value: "到访" } });
    confirm();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]!.query.get("updateMask")).toBe("labelZh");
    expect(sent()[0]!.body).toMatchObject({ name: code.name, etag: "2", labelZh: "到访" });
  });
});
