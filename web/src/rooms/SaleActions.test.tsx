import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Room } from "../api/types";
import { LanguageProvider } from "../i18n/provider";
import { answering } from "../testing/answers";
import { SaleActions } from "./SaleActions";

beforeEach(() => localStorage.setItem("lintel.language", "zh"));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(state: string) {
  const asked = answering(() => ({ body: { changed: 1 } }));
  const onDone = vi.fn();
  const room = { name: "projects/p1/rooms/r1", state } as Room;
  render(<QueryClientProvider client={new QueryClient()}><LanguageProvider><SaleActions room={room} onDone={onDone} /></LanguageProvider></QueryClientProvider>);
  return { asked, onDone };
}

describe("INV-08: a room is put on sale and withdrawn", () => {
  it("puts a locked room on sale at once", async () => {
    const { asked, onDone } = open("LOCKED");
    fireEvent.click(screen.getByRole("button", { name: /放\s*盘/ }));
    await waitFor(() => expect(onDone).toHaveBeenCalled());
    expect(asked.map((one) => [one.path, one.body])).toEqual([["/v1/projects/p1/rooms:release", { rooms: ["projects/p1/rooms/r1"] }]]);
  });

  it("asks why before a room is withdrawn, and sends the reason that was given", async () => {
    const { asked, onDone } = open("AVAILABLE");
    fireEvent.click(screen.getByRole("button", { name: /收\s*盘/ }));
    const confirm = () => screen.getAllByRole("button", { name: /收\s*盘/ }).at(-1) as HTMLButtonElement;
    const reason = await screen.findByLabelText("原因");
    fireEvent.change(reason, { target: { value: "  " } });
    expect(confirm().disabled, "a reason of blanks").toBe(true);
    fireEvent.change(reason, { target: { value: " 法院查封 " } });
    fireEvent.click(confirm());
    await waitFor(() => expect(onDone).toHaveBeenCalled());
    expect(asked.map((one) => [one.path, one.body])).toEqual([["/v1/projects/p1/rooms:lock", { rooms: ["projects/p1/rooms/r1"], reason: "法院查封" }]]);
  });

  it("offers neither for a room that is in a deal", () => {
    open("HELD");
    expect(screen.queryByRole("button")).toBeNull();
  });
});
