import { QueryClient, QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { post } from "../api/client";
import { useResource } from "../api/use";
import { readDraft } from "../drafts/use";
import { SessionProvider, useSession } from "./context";

const [ANNA, BERT] = ["operators/anna", "operators/bert"];

// A server that knows who is signed in. What the test holds back is answered when it lets go.
let who = "";
let held: { path: string; answer: () => void }[] = [];
let holding = false;
let asked: { method: string; path: string; as: string }[] = [];

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
function answer(method: string, path: string, as: string, body: string): Response {
  if (method === "POST" && path === "/v1/sessions") who = (JSON.parse(body) as { operator: string }).operator;
  else if (method === "DELETE") who = "";
  else if (as === "" || as !== who || path.endsWith(":refresh")) return json(401, { error: { code: 401, status: "UNAUTHENTICATED", message: "nobody" } });
  if (path === "/v1/operators/me") return json(200, { name: who, displayName: who, rights: [] });
  return json(200, { owner: who });
}

beforeEach(() => {
  [who, held, holding, asked] = [ANNA, [], false, []];
  document.cookie = "lintel_csrf=x";
  vi.stubGlobal("EventSource", class extends EventTarget { close() {} });
  vi.stubGlobal("fetch", (address: string, init: RequestInit) => {
    const [method, path, as] = [init.method!, new URL(address, window.location.origin).pathname, who];
    asked.push({ method, path, as });
    if (!holding) return Promise.resolve(answer(method, path, as, String(init.body)));
    return new Promise<Response>((go) => held.push({ path, answer: () => go(answer(method, path, as, String(init.body))) }));
  });
});
afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.unstubAllGlobals();
});

let session: ReturnType<typeof useSession>;
let queries: ReturnType<typeof useQueryClient>;

function Page() {
  const found = useResource<{ owner: string }>("/v1/customers");
  return <p>customers of {found.data?.owner ?? "nobody yet"}</p>;
}

function Console() {
  session = useSession();
  queries = useQueryClient();
  return session.me ? <><h1>{session.me.name}</h1><Page /></> : <p>sign in</p>;
}

async function open() {
  render(<QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 60_000 } } })}><SessionProvider><Console /></SessionProvider></QueryClientProvider>);
  await screen.findByText(`customers of ${ANNA}`);
}
const out = () => act(() => session.signOut());
const inAs = (operator: string) => act(() => session.signIn(operator, "-"));

describe("SYS-24: two operators switch in one browser", () => {
  it("shows the second nothing that was read for the first, however fresh, not even until the answer comes", async () => {
    await open();
    await out();
    screen.getByText("sign in");
    expect(queries.getQueryCache().getAll()).toEqual([]);
    await inAs(BERT);
    screen.getByText(BERT);
    expect(screen.queryByText(`customers of ${ANNA}`)).toBeNull();
    await screen.findByText(`customers of ${BERT}`);
  });

  it("never repeats for the second what the first asked for and left before the answer", async () => {
    await open();
    holding = true;
    const hold = post("/v1/holds", { room: "r" }).then(() => "done", () => "refused");
    await waitFor(() => expect(held.map((one) => one.path)).toEqual(["/v1/holds"]));
    holding = false;
    await out();
    held[0]!.answer();
    await inAs(BERT);
    await screen.findByText(`customers of ${BERT}`);
    expect(await hold).toBe("refused");
    expect(asked.filter((one) => one.path === "/v1/holds")).toEqual([{ method: "POST", path: "/v1/holds", as: ANNA }]);
  });

  it("repeats it for the first one herself, when only her session had run out", async () => {
    await open();
    who = "";
    const hold = post("/v1/holds", { room: "r" }).then(() => "done", () => "refused");
    await waitFor(() => expect(session.status).toBe("over"));
    await inAs(ANNA);
    expect(await hold).toBe("done");
  });

  it("keeps each one's drafts apart", async () => {
    await open();
    localStorage.setItem(`lintel.draft.${ANNA}.holds`, JSON.stringify({ note: "hers" }));
    expect(readDraft("holds")).toEqual({ note: "hers" });
    await out();
    await inAs(BERT);
    expect(readDraft("holds")).toBeUndefined();
    await out();
    await inAs(ANNA);
    expect(readDraft("holds")).toEqual({ note: "hers" });
  });
});
