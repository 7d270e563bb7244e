import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LanguageProvider } from "../i18n/provider";
import { answering, type Asked } from "../testing/answers";
import { Generate } from "./Generate";

const P = "projects/p1";
const layouts = [["C1", "两室两厅", false], ["B2", "三室", false], ["D9", "旧户型", true]].map(([code, displayName, retired]) => ({ name: `${P}/layouts/${code}`, code, displayName, bedrooms: 2, roomCount: 0, picture: "", retired }));

beforeEach(() => localStorage.setItem("lintel.language", "zh"));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function open(answer: (asked: Asked) => { status?: number; body: unknown } = () => ({ body: { created: 72, rooms: [] } })) {
  const asked = answering((one) => (one.path === `/v1/${P}/layouts` ? { body: { layouts } } : answer(one)));
  render(<QueryClientProvider client={new QueryClient()}><LanguageProvider><Generate project={P} /></LanguageProvider></QueryClientProvider>);
  await waitFor(() => expect(asked).toHaveLength(1));
  fireEvent.change(screen.getByLabelText("楼栋"), { target: { value: "1栋" } });
  return { sent: () => asked.filter((one) => one.method === "POST") };
}

const layout = () => screen.getByLabelText("户型代码");
const offered = () => [...document.querySelectorAll(".ant-select-item-option b")].map((one) => one.textContent);
const preview = () => fireEvent.click(screen.getByRole("button", { name: /预\s*览/ }));
const layoutOf = (one: Asked) => (one.body as { units: { layout?: string }[] }).units.map((unit) => unit.layout);

describe("INV-05: rooms are made with one of the project's layouts", () => {
  it("offers those that are not retired, and finds them by their names too", async () => {
    const { sent } = await open();
    fireEvent.mouseDown(layout());
    await waitFor(() => expect(offered()).toEqual(["C1", "B2"]));
    fireEvent.change(layout(), { target: { value: "三室" } });
    await waitFor(() => expect(offered()[0]).toBe("B2"));
    fireEvent.click(document.querySelector(".ant-select-item-option")!);
    preview();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(layoutOf(sent()[0]!)).toEqual(["B2", "B2", "B2", "B2"]);
  });

  it("takes a new code, since rooms may bring their layout, and none at all", async () => {
    const { sent } = await open();
    preview();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(layoutOf(sent()[0]!)).toEqual([undefined, undefined, undefined, undefined]);
    fireEvent.mouseDown(layout());
    fireEvent.change(layout(), { target: { value: " E5 " } });
    await waitFor(() => expect(offered()).toEqual(["E5"]));
    fireEvent.click(document.querySelector(".ant-select-item-option")!);
    preview();
    await waitFor(() => expect(sent()).toHaveLength(2));
    expect(layoutOf(sent()[1]!)[0]).toBe("E5");
  });

  it("never offers a retired code as a new one, and shows the refusal under the field", async () => {
    await open(() => ({ status: 400, body: { error: { status: "FAILED_PRECONDITION", message: "该户型已停用", details: [{ reason: "LAYOUT_RETIRED" }] } } }));
    fireEvent.mouseDown(layout());
    fireEvent.change(layout(), { target: { value: "D9" } });
    await waitFor(() => expect(offered()).toEqual([]));
    preview();
    await waitFor(() => expect(document.querySelector(".ant-form-item-explain-error")?.textContent).toBe("该户型已停用"));
  });
});
