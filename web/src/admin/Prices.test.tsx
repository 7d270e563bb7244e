import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { LanguageProvider } from "../i18n/provider";
import { SessionProvider } from "../session/context";
import { answering } from "../testing/answers";
import { whileSignedIn } from "../testing/signedIn";
import { Prices } from "./Prices";

const P = "projects/p1";
const layouts = [["C1", 312], ["B2", 104], ["X9", 0]].map(([code, roomCount]) => ({ name: `${P}/layouts/${code}`, code, displayName: "", bedrooms: 2, roomCount, picture: "", retired: false, etag: "1" }));
const table = { name: `${P}/priceTables/7`, version: 7, rounding: "HALF_UP_TO_YUAN", publishTime: "2026-11-23T02:00:00Z", publisher: "", roomCount: 416, listValue: { minorUnits: "213426148700", currencyCode: "CNY" }, note: "开盘价" };

whileSignedIn();

async function open(rights: string[], refusal?: { status: number; body: unknown }) {
  const me = { name: "operators/o1", displayName: "甲", rights: rights.map((right) => ({ right, scope: "PROJECT" })) };
  const gets: Record<string, unknown> = { "/v1/operators/me": me, [`/v1/${P}/layouts`]: { layouts }, [`/v1/${P}/priceTables`]: { priceTables: [table] } };
  const asked = answering((one) => (one.method === "POST" && one.path.endsWith("/priceTables") ? (refusal ?? { body: table }) : gets[one.path] ? { body: gets[one.path] } : undefined));
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <LanguageProvider><SessionProvider><Prices project={P} /></SessionProvider></LanguageProvider>
    </QueryClientProvider>,
  );
  await screen.findByText("开盘价");
  return () => asked.filter((one) => one.method === "POST" && one.path.endsWith("/priceTables"));
}

const publish = () => screen.getByRole("button", { name: /^发\s*布$/ }) as HTMLButtonElement;

async function press() {
  await waitFor(() => expect(publish().disabled).toBe(false));
  fireEvent.click(publish());
}

describe("BX-03: price tables", () => {
  it("shows each version with its rounding, and offers publishing only to who may", async () => {
    await open(["room.read"]);
    expect(screen.getByText("四舍五入到元")).toBeTruthy();
    expect(screen.getByText("2,134,261,487.00")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /发布价格/ })).toBeNull();
  });

  it("publishes the prices that were typed and leaves out the other layouts", async () => {
    const sent = await open(["room.read", "price.publish"]);
    fireEvent.click(await screen.findByRole("button", { name: /发布价格/ }));
    const price = await screen.findByLabelText(/B2/);
    expect(screen.queryByLabelText(/X9/), "a layout no room has").toBeNull();
    expect(publish().disabled, "nothing to publish yet").toBe(true);
    fireEvent.change(price, { target: { value: "30,216.5" } });
    fireEvent.change(screen.getByLabelText(/备注/), { target: { value: "二期" } });
    await press();
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]!.body).toEqual({ layoutPrices: [{ layout: "B2", unitPrice: { minorUnits: "3021650", currencyCode: "CNY" } }], rounding: "TRUNCATE_TO_YUAN", note: "二期" });
    await waitFor(() => expect(screen.queryByLabelText(/B2/)).toBeNull());
  });

  it("keeps what was typed and says why when it is refused", async () => {
    await open(["room.read", "price.publish"], { status: 409, body: { error: { status: "FAILED_PRECONDITION", message: "该房间已有交易，不能更改。", details: [{ reason: "ROOM_IN_DEAL" }] } } });
    fireEvent.click(await screen.findByRole("button", { name: /发布价格/ }));
    fireEvent.change(await screen.findByLabelText(/C1/), { target: { value: "1" } });
    await press();
    expect((await screen.findByRole("alert")).textContent).toContain("该房间已有交易");
    expect((screen.getByLabelText(/C1/) as HTMLInputElement).value).toBe("1");
  });
});
