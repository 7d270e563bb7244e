import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Consultant } from "../api/types";
import { LanguageProvider } from "../i18n/provider";
import { answering, type Asked } from "../testing/answers";
import { HandOver } from "./HandOver";

const person = (id: string, displayName: string): Consultant => ({ name: `consultants/${id}`, code: id, displayName, operatorName: "", team: "", teamDisplayName: "", etag: "4" });
const [leaver, successor] = [person("k1", "甲"), person("k2", "乙")];
const gone: Consultant = { ...person("k3", "丙"), leaveDate: { year: 2020, month: 1, day: 1 } };
const leaving: Consultant = { ...person("k4", "丁"), leaveDate: { year: 2999, month: 1, day: 1 } };

beforeEach(() => localStorage.setItem("lintel.language", "zh"));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(answer: (asked: Asked) => { status?: number; body: unknown } | undefined) {
  const asked = answering((one) => (one.path === "/v1/consultants" ? { body: { consultants: [leaver, successor, gone, leaving] } } : answer(one)));
  const reread = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <LanguageProvider><MemoryRouter><HandOver consultant={leaver} names={() => "乙"} onClose={() => undefined} onReread={reread} /></MemoryRouter></LanguageProvider>
    </QueryClientProvider>,
  );
  return { asked, reread };
}

async function choose() {
  fireEvent.mouseDown(screen.getByRole("combobox"));
  fireEvent.click(await screen.findByTitle(/乙/));
  expect(screen.queryByTitle(/甲/), "the one who goes is no successor").toBeNull();
  fireEvent.click(screen.getByRole("button", { name: /移\s*交/ }));
}

describe("INV-04: a consultant's documents change hands", () => {
  it("asks for a successor first", async () => {
    const { asked } = open(() => undefined);
    fireEvent.click(screen.getByRole("button", { name: /移\s*交/ }));
    await screen.findByText("此项必填");
    expect(asked.filter((one) => one.method === "POST")).toEqual([]);
  });

  it("offers who can receive: not the giver, nobody who has left, but those who leave later", async () => {
    open(() => undefined);
    fireEvent.mouseDown(screen.getByRole("combobox"));
    await screen.findByTitle(/乙/);
    expect([...document.querySelectorAll(".ant-select-item-option")].map((one) => one.getAttribute("title")?.trim())).toEqual(["乙", "丁"]);
  });

  it("sends the successor with the etag, and no leave date unless one is given; then names what moved", async () => {
    const { asked } = open((one) => {
      if (one.method === "POST") return { body: { consultant: leaver, documents: ["holds/h1", "subscriptions/s1"] } };
      return one.path === "/v1/holds/h1" ? { body: { roomLabel: "1栋 1806" } } : undefined;
    });
    await choose();
    const link = await screen.findByRole("link", { name: "1栋 1806" });
    expect(link.getAttribute("href")).toBe("/holds/h1");
    expect((await screen.findByRole("link", { name: "…s1" })).getAttribute("href"), "one the reader may not see is named all the same").toBe("/subscriptions/s1");
    const [sent] = asked.filter((one) => one.method === "POST");
    expect(sent).toMatchObject({ path: "/v1/consultants/k1:handOver", body: { successor: "consultants/k2", etag: "4" } });
    expect(sent!.body).not.toHaveProperty("leaveDate");
  });

  it("shows a successor who has left under that field", async () => {
    open((one) => (one.method === "POST" ? { status: 400, body: { error: { status: "FAILED_PRECONDITION", message: "该顾问已离职", details: [{ reason: "CONSULTANT_LEFT" }] } } } : undefined));
    await choose();
    await waitFor(() => expect(document.querySelector(".ant-form-item-explain-error")?.textContent).toBe("该顾问已离职"));
  });

  it("offers to read again when somebody else changed the consultant, not while a document is only busy", async () => {
    let reason = "DOCUMENT_BUSY";
    const { reread } = open((one) => (one.method === "POST" ? { status: 409, body: { error: { status: "ABORTED", message: reason, details: [{ reason }] } } } : undefined));
    await choose();
    await screen.findByText("DOCUMENT_BUSY");
    expect(screen.queryByText("重新读取")).toBeNull();
    reason = "STALE_ETAG";
    fireEvent.click(screen.getByRole("button", { name: /移\s*交/ }));
    fireEvent.click(await screen.findByText("重新读取"));
    expect(reread).toHaveBeenCalledOnce();
  });
});
