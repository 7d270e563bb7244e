import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter, useLocation } from "react-router";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LanguageProvider } from "../i18n/provider";
import { answering } from "../testing/answers";
import { Inbox } from "./Inbox";

const notice = (id: string, title: string, subject: string) => ({ name: `notices/${id}`, kind: "deal.handed_over", title, body: "", subject, task: false, read: false, done: false, createTime: "2026-11-23T10:00:00Z" });

function Where() {
  return <output>{useLocation().pathname}</output>;
}

beforeEach(() => localStorage.setItem("lintel.language", "zh"));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("INV-04: a notice leads to what it is about, one about nothing is only read", async () => {
  answering((one) => (one.path === "/v1/operators/me/notices"
    ? { body: { notices: [notice("n1", "3栋 1806 的保留已移交给您", "holds/h1"), notice("n2", "系统维护", "")], unread: 2, openTasks: 0 } } : undefined));
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <LanguageProvider><MemoryRouter><Inbox /><Where /></MemoryRouter></LanguageProvider>
    </QueryClientProvider>,
  );
  fireEvent.click(screen.getByRole("button"));
  const link = await screen.findByRole("link", { name: "3栋 1806 的保留已移交给您" });
  expect(screen.queryByRole("link", { name: "系统维护" })).toBeNull();
  expect(screen.getByText("系统维护")).toBeTruthy();
  fireEvent.click(link);
  expect(screen.getByRole("status").textContent).toBe("/holds/h1");
});
