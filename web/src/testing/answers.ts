// A server for component tests: answers by "METHOD path", and what it was asked.
import { vi } from "vitest";

export interface Asked { method: string; path: string; query: URLSearchParams; body: unknown }
type Answer = { status?: number; body: unknown };

export function answering(answers: (asked: Asked) => Answer | undefined): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (address: string, init: RequestInit = {}) => {
    const url = new URL(address, window.location.origin);
    const body = typeof init.body === "string" ? JSON.parse(init.body) : init.body;
    const one = { method: init.method ?? "GET", path: url.pathname, query: url.searchParams, body };
    asked.push(one);
    const { status = 200, body: answer } = answers(one) ?? { status: 404, body: { error: { code: 404, status: "NOT_FOUND", message: url.pathname } } };
    return new Response(JSON.stringify(answer), { status, headers: { "Content-Type": "application/json" } });
  });
  return asked;
}
