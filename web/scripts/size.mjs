// What a person downloads before the first page, and the two parts that must stay lazy. Fails when the budget is broken.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 620;
const LAZY = ["echarts", "phone", "wavesurfer"];
const assets = new URL("../dist/assets/", import.meta.url);
const html = readFileSync(new URL("../dist/index.html", import.meta.url), "utf8");
const size = (name) => gzipSync(readFileSync(new URL(name, assets))).length / 1024;

const scripts = readdirSync(assets).filter((name) => name.endsWith(".js") || name.endsWith(".css"));
const first = scripts.filter((name) => html.includes(name));
for (const name of scripts) console.log(`${first.includes(name) ? "first" : "lazy "} ${size(name).toFixed(1).padStart(7)} kB gzip  ${name}`);
const total = first.reduce((sum, name) => sum + size(name), 0);
const eager = LAZY.filter((part) => first.some((name) => name.startsWith(part)));
console.log(`first load ${total.toFixed(1)} kB gzip of ${BUDGET_KB}`);
if (eager.length > 0) throw new Error(`loaded at once, but must be lazy: ${eager.join(", ")}`);
if (total > BUDGET_KB) throw new Error("the first load is over its budget");
if (/https?:\/\/(?!www\.w3\.org)/.test(html)) throw new Error("index.html names another origin");
