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
  const lists: Record<string, object> = { [`/v1/${P}/layouts`]: { layouts }, "/v1/codeTables/orientation/codes": { codes: [] } };
  const asked = answering((one) => (lists[one.path] ? { body: lists[one.path] } : answer(one)));
  render(<QueryClientProvider client={new QueryClient()}><LanguageProvider><Generate project={P} /></LanguageProvider></QueryClientProvider>);
  await waitFor(() => expect(asked.map((one) => one.path).sort()).toEqual(Object.keys(lists).sort()));
  fireEvent.change(screen.getByLabelText("楼栋"), { target: { value: "1栋" } });
  return { sent: () => asked.filter((one) => one.method === "POST") };
}

const layout = (room = 1) => screen.getByLabelText(`第 ${room} 户 户型代码`);
const area = (room: number, metres: string) => fireEvent.change(screen.getByLabelText(`第 ${room} 户 建筑面积（㎡）`), { target: { value: metres } });
const add = () => fireEvent.click(screen.getByRole("button", { name: "增加一户" }));
const offered = () => [...document.querySelectorAll(".ant-select-item-option b")].map((one) => one.textContent);
const preview = () => fireEvent.click(screen.getByRole("button", { name: /预\s*览/ }));
const bodyOf = (one: Asked) => one.body as { units: { layout?: string; builtAreaHundredths: string }[]; skipFloors?: string[]; numberPattern: string; rounding: string; dryRun: boolean };
const layoutsOf = (one: Asked) => bodyOf(one).units.map((unit) => unit.layout);

async function choose(room: number, words: string) {
  fireEvent.mouseDown(layout(room));
  fireEvent.change(layout(room), { target: { value: words } });
  await waitFor(() => expect(offered().length).toBeGreaterThan(0));
  fireEvent.click(document.querySelector(".ant-select-item-option")!);
}

describe("INV-05: rooms are made with one of the project's layouts", () => {
  it("offers those that are not retired, and finds them by their names too", async () => {
    const { sent } = await open();
    fireEvent.mouseDown(layout());
    await waitFor(() => expect(offered()).toEqual(["C1", "B2"]));
    await choose(1, "三室");
    area(1, "96.42");
    preview();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(layoutsOf(sent()[0]!)).toEqual(["B2"]);
  });

  it("takes a new code, since rooms may bring their layout, and none at all", async () => {
    const { sent } = await open();
    area(1, "96.42");
    preview();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(layoutsOf(sent()[0]!)).toEqual([undefined]);
    await choose(1, " E5 ");
    preview();
    await waitFor(() => expect(sent()).toHaveLength(2));
    expect(layoutsOf(sent()[1]!)[0]).toBe("E5");
  });

  it("never offers a retired code as a new one, and shows the refusal at the room it is about", async () => {
    await open(() => ({ status: 400, body: { error: { status: "FAILED_PRECONDITION", message: "该户型已停用", details: [{ reason: "LAYOUT_RETIRED", metadata: { code: "C1" } }] } } }));
    fireEvent.mouseDown(layout());
    fireEvent.change(layout(), { target: { value: "D9" } });
    await waitFor(() => expect(offered()).toEqual([]));
    area(1, "96.42");
    add();
    await choose(2, "C1");
    preview();
    await waitFor(() => expect(document.querySelector(".ant-form-item-explain-error")?.textContent).toBe("该户型已停用"));
    expect(document.querySelectorAll(".unit-row")[1]!.textContent).toContain("该户型已停用");
  });
});

describe("INV-06: floors times the rooms of a floor", () => {
  it("each room of a floor has its own area, and the next one begins as the one before", async () => {
    const { sent } = await open();
    area(1, "96.42");
    add();
    add();
    area(3, "118.66");
    fireEvent.click(screen.getByRole("button", { name: "移除第 2 户" }));
    preview();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(bodyOf(sent()[0]!).units.map((unit) => unit.builtAreaHundredths)).toEqual(["9642", "11866"]);
    expect(bodyOf(sent()[0]!)).toMatchObject({ dryRun: true, numberPattern: "{floor}{unit:02}", rounding: "TRUNCATE_TO_YUAN" });
  });

  it("asks nothing before every room has an area", async () => {
    const { sent } = await open();
    preview();
    await waitFor(() => expect(document.querySelector(".ant-form-item-explain-error")).not.toBeNull());
    expect(sent()).toEqual([]);
  });

  it("leaves floors out, as they are typed or pasted, and takes no word for a floor", async () => {
    const { sent } = await open();
    area(1, "96.42");
    const skip = screen.getByLabelText("跳过楼层");
    fireEvent.change(skip, { target: { value: "4、13，14," } });
    preview();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(bodyOf(sent()[0]!).skipFloors).toEqual(["4", "13", "14"]);
    fireEvent.change(skip, { target: { value: "顶层," } });
    preview();
    await waitFor(() => expect(document.querySelector(".ant-form-item-explain-error")?.textContent).toBe("如 4、13、14"));
    expect(sent()).toHaveLength(1);
  });

  it("shows what would be made as the building stands, the highest floor on top", async () => {
    const room = (floor: number, number: string) => ({ floor, number, layout: "C1", builtAreaHundredths: "9642", listPrice: { minorUnits: "289260000", currencyCode: "CNY" } });
    await open(() => ({ body: { created: 600, rooms: [room(3, "301"), room(5, "501"), room(5, "502")] } }));
    area(1, "96.42");
    preview();
    const floors = await screen.findByRole("region", { name: "预览" });
    expect([...floors.querySelectorAll("tr")].map((row) => row.querySelector("th")!.textContent)).toEqual(["5 层", "3 层"]);
    expect([...floors.querySelectorAll("td b")].map((one) => one.textContent)).toEqual(["501", "502", "301"]);
    expect(screen.getByText("将生成 600 套")).toBeTruthy();
    expect(screen.getByText(/仅列出前 3 套/)).toBeTruthy();
  });
});
