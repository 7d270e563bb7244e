import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LanguageProvider } from "../i18n/provider";
import { answering } from "../testing/answers";
import { PhoneSegment, StateControls } from "./Segment";
import { START } from "./state";

const phone = vi.hoisted(() => ({ reason: "", act: vi.fn() }));
vi.mock("./context", () => ({
  usePhone: () => ({ snapshot: { ...START, registration: "on", agent: "NOT_READY", reason: phone.reason }, act: phone.act }),
}));
vi.mock("../session/context", () => ({ useSession: () => ({ can: () => true }) }));

const code = (name: string, labelZh: string, labelEn: string, retired = false) => ({ name: `codeTables/not-ready-reason/codes/${name}`, code: name, labelZh, labelEn, position: 1, retired });

beforeEach(() => {
  localStorage.setItem("lintel.language", "zh");
  answering((one) => (one.path === "/v1/codeTables/not-ready-reason/codes"
    ? { body: { codes: [code("meal", "用餐", "Meal"), code("visitor", "接待来访", "With a visitor"), code("training", "培训", "Training", true)] } } : undefined));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const shown = (what: React.ReactNode) => render(
  <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}><LanguageProvider>{what}</LanguageProvider></QueryClientProvider>,
);

it("AGT-03, SYS-25: an agent chooses among the reasons of the code table, not the retired ones", async () => {
  shown(<StateControls />);
  fireEvent.click(await screen.findByRole("button", { name: "接待来访" }));
  expect(phone.act).toHaveBeenCalledWith({ kind: "notReady", reason: "visitor" });
  expect(screen.queryByRole("button", { name: "培训" })).toBeNull();
});

it.each([["meal", "用餐"], ["training", "培训"], ["no_answer", "无应答"], ["signed_on", "未就绪"], ["", "未就绪"]])(
  "AGT-03: the beam says why there are no calls: %s", async (reason, text) => {
    phone.reason = reason;
    shown(<PhoneSegment />);
    expect((await screen.findByRole("button", { name: new RegExp(text) })).dataset["phone"]).toBe("NOT_READY");
  },
);
