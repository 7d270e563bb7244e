// The one way the console speaks to the gateway. Cookies carry the session; a header repeats the CSRF cookie; a mutating
// call carries an Idempotency-Key, so that a retry of the same form cannot act twice.
import { ApiError, offline } from "./error";
import type { StoredFile } from "./types";

export type Query = Record<string, string | number | boolean | string[] | undefined | null>;

export interface CallOptions {
  query?: Query;
  body?: unknown;
  raw?: Blob;
  key?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  // Sign-in and refresh themselves must not try to refresh.
  anonymous?: boolean;
}

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

let language = "zh-CN";
let expired: () => Promise<void> = () => Promise.reject(new Error("no session"));
let refreshing: Promise<boolean> | undefined;

export const setLanguage = (tag: string) => void (language = tag);

// `ask` is called when the session is over; it settles once somebody has signed in again.
export const onExpired = (ask: () => Promise<void>) => void (expired = ask);

export const newKey = (): string => crypto.randomUUID();

function cookie(name: string): string {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

// The readable cookie lives as long as the session: without it nobody needs to ask who is signed in.
export const mayBeSignedIn = (): boolean => cookie("lintel_csrf") !== "";

export function pathWith(path: string, query?: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

async function send(method: Method, path: string, options: CallOptions): Promise<Response> {
  const requestId = crypto.randomUUID();
  const headers: Record<string, string> = {
    Accept: "application/json", "Accept-Language": language, "X-Request-Id": requestId, ...options.headers,
  };
  if (method !== "GET") {
    headers["X-Lintel-CSRF"] = cookie("lintel_csrf");
    headers["Idempotency-Key"] = options.key ?? newKey();
  }
  if (options.raw) headers["Content-Type"] = options.raw.type || "application/octet-stream";
  else if (options.body !== undefined) headers["Content-Type"] = "application/json";
  try {
    return await fetch(pathWith(path, options.query), {
      method, headers, credentials: "same-origin", signal: options.signal,
      body: options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
    });
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw offline(cause, requestId);
  }
}

async function failure(response: Response): Promise<ApiError> {
  const body = await response.json().catch(() => ({}));
  const after = Number(response.headers.get("Retry-After"));
  return new ApiError(response.status, body, response.headers.get("X-Request-Id") ?? "", after > 0 ? after : undefined);
}

// One refresh at a time, over all tabs: the refresh token is spent by its first use.
export function refresh(): Promise<boolean> {
  const ask = async () => (await send("POST", "/v1/sessions/current:refresh", { body: {}, anonymous: true })).ok;
  const locked = () => (navigator.locks ? navigator.locks.request("lintel-refresh", ask) : ask());
  refreshing ??= Promise.resolve(locked())
    .catch(() => false)
    .finally(() => (refreshing = undefined));
  return refreshing;
}

async function exchange(method: Method, path: string, options: CallOptions): Promise<Response> {
  let response = await send(method, path, options);
  if (response.status === 401 && !options.anonymous) {
    if (!(await refresh())) await expired();
    response = await send(method, path, options);
  }
  if (!response.ok && response.status !== 304) throw await failure(response);
  return response;
}

export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
  const key = method === "GET" ? undefined : (options.key ?? newKey());
  const response = await exchange(method, path, { ...options, key });
  if (response.status === 204) return {} as T;
  return (await response.json()) as T;
}

// A reply that is a file: a printed receipt, an export, a recording.
export async function download(method: Method, path: string, options: CallOptions = {}): Promise<{ blob: Blob; name: string }> {
  const key = method === "GET" ? undefined : (options.key ?? newKey());
  const response = await exchange(method, path, { ...options, key, headers: { Accept: "*/*", ...options.headers } });
  const disposition = response.headers.get("Content-Disposition") ?? "";
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  return { blob: await response.blob(), name: extended ? decodeURIComponent(extended) : (plain ?? "") };
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) => call<T>("GET", path, { query, signal });
export const post = <T>(path: string, body: unknown = {}, key?: string) => call<T>("POST", path, { body, key });
export const patch = <T>(path: string, body: unknown, query?: Query, key?: string) =>
  call<T>("PATCH", path, { body, query, key });
export const remove = <T>(path: string, key?: string) => call<T>("DELETE", path, { key });

// A file for a later call to name; the server drops it after a day unless one does.
export const upload = (file: File, key: string) =>
  call<StoredFile>("POST", "/v1/files", { raw: new Blob([file], { type: file.type || "application/octet-stream" }), query: { filename: file.name }, key });

export function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
