// The pictures of the project's README, made anew from the console as it is and the made-up answers of fixtures.mjs.
//   npm run showcase [-- --out DIR]     default ../docs/pictures
import { join } from "node:path";
import { parseArgs } from "node:util";
import { EXAMPLES } from "./fixtures.mjs";
import { here, launch, stand, until } from "./stand.mjs";
import { telephone } from "./telephone.mjs";

const { values } = parseArgs({ options: { out: { type: "string", default: here("../../docs/pictures") } } });
const SHOWN = [
  ["control-chart", "en", `chart?room=${EXAMPLES.room}`],
  ["subscription", "en", `subscriptions/${EXAMPLES.subscriptions}`],
  ["recording", "en", `calls/${EXAMPLES.calls}`],
  ["report", "zh", `reports/${EXAMPLES.reports}`],
  ["agent-desk", "en", "agent"],
];

// A known caller rings: the card comes first, the call right after it.
async function ring(page, phone, system) {
  await page.click(".phone-segment");
  await page.click(".phone-menu .ant-btn-primary");
  await until("the telephone is registered", () => phone.registered > 0);
  await page.keyboard.press("Escape");
  system.streams.at(-1).send("event", {
    type: "lintel.telephony.v1.PopSignal", service: "telephony", epoch: "0", position: "0", occurredTime: new Date().toISOString(),
    payload: {
      call: "calls/k2", agent: "agents/a1", operator: "operators/o1", queue: "queues/q1", callReference: "r1", known: true, customer: `customers/${EXAMPLES.customers}`,
      displayName: "客户甲", maskedNumber: "138****2046", tags: ["老带新"], level: "A", calledNumber: "8000", queuedTime: new Date(Date.now() - 12_000).toISOString(),
    },
  });
  phone.ring("r1");
  await page.waitForSelector(".desk-call .answer");
  await page.waitForSelector(".timeline");
}

const system = await stand();
const browser = await launch();
try {
  for (const [name, language, path] of SHOWN) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: language === "zh" ? "zh-CN" : "en-GB" });
    await context.addInitScript((tongue) => { localStorage.setItem("lintel.language", tongue); localStorage.setItem("lintel.theme", "light"); }, language);
    const page = await context.newPage();
    const phone = await telephone(page);
    await page.goto(`${system.base}/${path}`);
    await page.waitForFunction(() => document.querySelector(".page, .chart-canvas") && !document.querySelector(".loading-row"));
    if (name === "agent-desk") await ring(page, phone, system);
    await page.waitForTimeout(500);  // Fonts, waveform and plots.
    await page.screenshot({ path: join(values.out, `${name}.png`) });
    await context.close();
  }
} finally {
  await browser.close();
  system.close();
}
