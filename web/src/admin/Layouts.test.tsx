import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Layout } from "../api/types";
import { LanguageProvider } from "../i18n/provider";
import { answering, type Asked } from "../testing/answers";
import { Layouts } from "./Layouts";

const P = "projects/p1";
const layout = (more: Partial<Layout> = {}): Layout => ({ name: `${P}/layouts/l1`, code: "C1", displayName: "两室", bedrooms: 2, roomCount: 4, picture: "", retired: false, etag: "7", ...more });

beforeEach(() => localStorage.setItem("lintel.language", "zh"));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(listed: () => Layout[], answer: (asked: Asked) => { status?: number; body: unknown } | undefined) {
  const asked = answering((one) => (one.method === "GET" && one.path.endsWith("/layouts") ? { body: { layouts: listed() } } : answer(one)));
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <LanguageProvider><Layouts project={P} /></LanguageProvider>
    </QueryClientProvider>,
  );
  return asked;
}

const act = async (name: RegExp) => fireEvent.click(await screen.findByRole("button", { name }));
const EDIT = /修\s*改/, SAVE = /保\s*存/;

describe("INV-05: the layouts of a project", () => {
  it("changes what may change, with the etag and never the code", async () => {
    const asked = open(() => [layout()], (one) => (one.method === "PATCH" ? { body: layout({ displayName: "两室两厅" }) } : undefined));
    await act(EDIT);
    expect(screen.queryByLabelText("户型代码"), "the code cannot be changed").toBeNull();
    fireEvent.change(screen.getByLabelText(/名称/), { target: { value: "两室两厅" } });
    await act(SAVE);
    await waitFor(() => expect(asked.some((one) => one.method === "PATCH")).toBe(true));
    const sent = asked.find((one) => one.method === "PATCH")!;
    expect(sent.query.get("updateMask")).toBe("displayName");
    expect(sent.body).toEqual({ name: `${P}/layouts/l1`, etag: "7", displayName: "两室两厅", bedrooms: 2, picture: "" });
  });

  it("shows what somebody else wrote meanwhile, once it was read again, and keeps what was typed", async () => {
    let now = layout();
    const asked = open(() => [now], (one) => (one.method === "PATCH" ? { status: 409, body: { error: { status: "ABORTED", message: "stale", details: [{ reason: "STALE_ETAG" }] } } } : undefined));
    await act(EDIT);
    fireEvent.change(screen.getByLabelText(/名称/), { target: { value: "我写的" } });
    await act(SAVE);
    now = layout({ displayName: "别人写的", bedrooms: 3, etag: "8" });
    await act(/重新读取/);
    await waitFor(() => expect((screen.getByLabelText(/居室/) as HTMLInputElement).value).toBe("3"));
    expect((screen.getByLabelText(/名称/) as HTMLInputElement).value).toBe("我写的");
    await act(SAVE);
    await waitFor(() => expect(asked.filter((one) => one.method === "PATCH")).toHaveLength(2));
    const again = asked.filter((one) => one.method === "PATCH")[1]!;
    expect([again.query.get("updateMask"), again.body]).toEqual(["displayName", expect.objectContaining({ etag: "8", displayName: "我写的" })]);
  });

  it("puts a code that is taken under the code", async () => {
    open(() => [], (one) => (one.method === "POST" ? { status: 409, body: { error: { status: "ALREADY_EXISTS", message: "编号已被使用", details: [{ reason: "ALREADY_PRESENT" }] } } } : undefined));
    await act(/新增户型/);
    fireEvent.change(screen.getByLabelText("户型代码"), { target: { value: "C1" } });
    await act(/新\s*建$/);
    await waitFor(() => expect(document.querySelector(".ant-form-item-explain-error")?.textContent).toBe("编号已被使用"));
  });

  it("retires one that is offered and restores one that is retired, each with its etag", async () => {
    let retired = false;
    const asked = open(() => [layout({ retired, etag: retired ? "8" : "7" })], (one) => {
      if (one.method !== "POST") return undefined;
      retired = one.path.endsWith(":retire");
      return { body: layout({ retired }) };
    });
    await act(/停\s*用/);
    await act(/恢\s*复/);
    await waitFor(() => expect(asked.filter((one) => one.method === "POST")).toMatchObject([
      { path: `/v1/${P}/layouts/l1:retire`, body: { etag: "7" } }, { path: `/v1/${P}/layouts/l1:restore`, body: { etag: "8" } },
    ]));
  });
});
