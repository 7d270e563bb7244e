// A console without a system behind it: dist/ as the gateway serves it, the made-up answers of fixtures.mjs behind /v1, live
// streams one can count and speak into, and the browser. For pictures.mjs and tabs.mjs.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { answer } from "./fixtures.mjs";

export const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const TYPES = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml" };

// `streams` lists every /v1/live that was asked for: its query, whether it is open, and send(type, data, id).
export async function stand() {
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
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://x");
    if (url.pathname === "/v1/live") return live(url, response);
    if (url.pathname.startsWith("/v1/")) {
      const body = answer(url.pathname);
      response.writeHead(body ? 200 : 404, { "Content-Type": "application/json" });
      return response.end(JSON.stringify(body ?? { error: { code: 404, status: "NOT_FOUND", message: url.pathname } }));
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

export const launch = () =>
  chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless=new", "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"] });
