// Takes every route of the router in two languages, two themes and two widths; fails on sideways overflow, a missing message,
// a console error, or a serious finding of axe (accessibility.mjs).
//   npm run pictures -- --base http://127.0.0.1:8080     a running system; LINTEL_USER and LINTEL_PASSWORD sign in
//   npm run pictures                                     dist/ with the made-up answers of fixtures.mjs
// What no address shows (dialogs, refusals) is done first: acts.mjs, with the made-up answers only.
// --out DIR (default pictures/), --only PART of a route, --fast: Chinese in light and English in dark only,
// what is done first in Chinese on the desk and in English on the phone. The routes are read from src/router.tsx.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { barriers } from "./accessibility.mjs";
import { ACTS } from "./acts.mjs";
import { EXAMPLES } from "./fixtures.mjs";
import { here, launch, stand } from "./stand.mjs";

const { values } = parseArgs({ options: { base: { type: "string" }, out: { type: "string", default: "pictures" }, only: { type: "string", default: "" }, fast: { type: "boolean", default: false } } });
const WIDTHS = [1440, 390];
const FEW = [["zh", "light"], ["en", "dark"]];
const LOOKS = values.fast ? FEW : [...FEW, ["zh", "dark"], ["en", "light"]];
const HIDDEN_TEXT = /Missing message|MISSING_TRANSLATION|\[React Intl\]/;

async function examplesOf(page, base) {
  if (!values.base) return EXAMPLES;
  const found = {};
  for (const noun of ["customers", "holds", "subscriptions", "contracts", "receipts", "calls", "reports", "analyses"]) {
    const reply = await page.request.get(`${base}/v1/${noun}`);
    const first = reply.ok() ? Object.values(await reply.json()).find(Array.isArray)?.[0] : undefined;
    if (first) found[noun] = first.name.split("/").at(-1);
  }
  return found;
}

function routesOf(examples) {
  const source = readFileSync(here("../src/router.tsx"), "utf8");
  const paths = ["", ...[...source.matchAll(/page\("([^"]+)"/g)].map((match) => match[1])];
  const tabs = ["operators", "groups", "places", "consultants", "codes", "policies", "projects", "telephony", "features"].map((tab) => `admin/${tab}`);
  const all = paths.flatMap((path) => (path === "admin/:tab" ? tabs : [path.replace(/^(\w+)\/:id$/, (_, noun) => `${noun}/${examples[noun] ?? "none"}`)]));
  return [...all, "finance?tab=journal", "deals?tab=contracts", ...(examples.room ? [`chart?room=${examples.room}`] : [])].filter((path) => !path.endsWith("/none") && path.includes(values.only));
}

async function signIn(page, base) {
  if (!values.base) return;
  await page.request.post(`${base}/v1/sessions`, { data: { operator: process.env.LINTEL_USER ?? "admin", password: process.env.LINTEL_PASSWORD ?? "" } });
}

// Each complaint once, with the pictures it was made about.
const failures = new Map();
async function take(page, base, path, label, act) {
  const complain = (text) => failures.set(text, [...(failures.get(text) ?? []), label]);
  // A refusal that was asked for is no fault of the page.
  const onConsole = (message) => message.type() === "error" && !(act && /status of 4\d\d/.test(message.text())) && complain(`console: ${message.text().slice(0, 300)}`);
  const onError = (error) => complain(`page: ${error.message}`);
  page.on("console", onConsole);
  page.on("pageerror", onError);
  await page.goto(`${base}/${path}`, { waitUntil: "domcontentloaded" });
  await page.waitForFunction(() => document.querySelector(".sign-in, .page, .chart-canvas, .empty") && !document.querySelector(".loading-row"), undefined, { timeout: 15_000 }).catch(() => complain("still loading after 15 s"));
  await Promise.resolve(act?.(page)).catch((error) => complain(`not done: ${error.message.split("\n")[0]}`));
  await page.waitForTimeout(250);
  const over = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const work = document.querySelector(".work");
    return { wide: Math.max(wide, work ? work.scrollWidth - work.clientWidth : 0), text: document.body.innerText };
  });
  if (over.wide > 0) complain(`${over.wide} px of sideways overflow`);
  if (HIDDEN_TEXT.test(over.text)) complain("a message is missing");
  for (const barrier of await barriers(page)) complain(barrier);
  await page.screenshot({ path: join(values.out, `${label.replaceAll(/[^\w-]+/g, "_")}.png`) });
  page.off("console", onConsole);
  page.off("pageerror", onError);
}

const local = values.base ? undefined : await stand();
const base = values.base ?? local.base;
mkdirSync(values.out, { recursive: true });
const browser = await launch();
let count = 0;
async function takeAll([language, theme], width) {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, locale: language === "zh" ? "zh-CN" : "en-GB" });
  await context.addInitScript(([tongue, look]) => { localStorage.setItem("lintel.language", tongue); localStorage.setItem("lintel.theme", look); }, [language, theme]);
  const page = await context.newPage();
  if ("sign-in".includes(values.only)) await take(page, base, values.base ? "" : "?out", `sign-in-${language}-${theme}-${width}`);
  await signIn(page, base);
  for (const path of routesOf(await examplesOf(page, base))) {
    await take(page, base, path, `${path.split("?room")[0] || "home"}${path.includes("?room") ? "-card" : ""}-${language}-${theme}-${width}`);
    count++;
  }
  const isActed = !values.base && (!values.fast || (language === "zh") === (width > 500));
  for (const [path, done, act] of isActed ? ACTS.filter(([route]) => route.includes(values.only)) : []) {
    const own = await context.newPage();
    await take(own, base, path, `${path}-${done}-${language}-${theme}-${width}`, act);
    await own.close();
    count++;
  }
  await context.close();
}

// Two at a time, each in a browser context of its own.
const orders = LOOKS.flatMap((look) => WIDTHS.map((width) => [look, width]));
const photographer = async () => {
  for (let order = orders.shift(); order; order = orders.shift()) await takeAll(...order);
};
await Promise.all([photographer(), photographer()]);
await browser.close();
local?.close();
for (const [text, labels] of failures) console.error(`${labels.slice(0, 3).join(", ")}${labels.length > 3 ? ` and ${labels.length - 3} more` : ""}: ${text}`);
console.log(`${count} pictures in ${values.out}, ${failures.size} complaints`);
process.exitCode = failures.size > 0 ? 1 : 0;
