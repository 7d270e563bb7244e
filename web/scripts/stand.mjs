// A console without a system behind it: dist/ as the gateway serves it, the made-up answers of fixtures.mjs behind /v1, live
// streams one can count and speak into, and the browser. For pictures.mjs, tabs.mjs, journeys.mjs and
// frames.mjs.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { answer, Bytes } from "./fixtures.mjs";

export const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const TYPES = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml" };

const read = async (request) => {
  let text = "";
  for await (const part of request) text += part;
  return text === "" ? undefined : /json/.test(request.headers["content-type"]) ? JSON.parse(text) : text;
};

// `streams` lists every /v1/live that was asked for: its query, whether it is open, and send(type, data, id).
// `own(method, path, body)` may answer {status, body} before the fixtures do.
export async function stand(own = () => undefined) {
  const dist = here("../dist");
  const streams = [];
  const live = (url, response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    const stream = {
      query: url.searchParams, open: true,
      send: (type, data, id) => response.write(`event: ${type}\n${id ? `id: ${id}\n` : ""}data: ${JSON.stringify(data)}\n\n`),
    };
    response.on("close", () => (stream.open = false));
    streams.push(stream);
    stream.send("heartbeat", {});
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://x");
    if (url.pathname === "/v1/live") return live(url, response);
    if (url.pathname.startsWith("/v1/")) {
      const found = answer(url.pathname, url.searchParams);
      const missing = { status: 404, body: { error: { code: 404, status: "NOT_FOUND", message: url.pathname } } };
      const reply = own(request.method, url.pathname, await read(request)) ?? (found ? { status: 200, body: found } : missing);
      const { contentType = "application/json", text = JSON.stringify(reply.body) } = reply.body instanceof Bytes ? reply.body : {};
      response.writeHead(reply.status, { "Content-Type": contentType });
      return response.end(text);
    }
    const file = join(dist, url.pathname);
    const found = existsSync(file) && statSync(file).isFile() ? file : join(dist, "index.html");
    // The readable cookie says that somebody is signed in; "/?out" shows the console to a stranger.
    const cookie = found.endsWith(".html") && !url.searchParams.has("out") ? { "Set-Cookie": "lintel_csrf=fixture" } : {};
    response.writeHead(200, { "Content-Type": TYPES[found.split(".").at(-1)] ?? "application/octet-stream", ...cookie });
    return response.end(readFileSync(found));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { base: `http://127.0.0.1:${server.address().port}`, streams, close };
}

// Waits for a condition, within a deadline.
export async function until(what, holds, deadline = 20_000) {
  const end = Date.now() + deadline;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${deadline / 1000} s: ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

export const launch = () =>
  chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless=new", "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"] });
