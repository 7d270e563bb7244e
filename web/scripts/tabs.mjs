// Two tabs of one browser: one live stream and one telephone between them, and the second takes both over, without a gap,
// when the first is closed. Fixture answers.   npm run tabs
import assert from "node:assert/strict";
import { EXAMPLES } from "./fixtures.mjs";
import { launch, stand, until } from "./stand.mjs";
import { telephone } from "./telephone.mjs";

// A tab that counts its own open telephone lines and registrations.
async function open(context, base, path) {
  const page = await context.newPage();
  const phone = await telephone(page);
  await page.goto(`${base}/${path}`);
  return { page, phone };
}

const linesOf = ({ phone: { lines, registered } }) => ({ lines, registered });
const phoneOf = (tab) => tab.page.getAttribute(".phone-segment", "data-phone");
const changed = (position, number) => ({
  type: "lintel.inventory.v1.RoomStateChanged", service: "inventory", epoch: "1", position: String(position), occurredTime: new Date().toISOString(),
  payload: { project: EXAMPLES.room.split("/rooms/")[0], room: EXAMPLES.room, from: "HELD", to: "AVAILABLE", team: number, time: new Date().toISOString() },
});
const shows = (tab, text) => tab.page.locator(".chart-changes", { hasText: text }).count();

const system = await stand();
const browser = await launch();
try {
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1440, height: 900 } });
  const openStreams = () => system.streams.filter((stream) => stream.open);

  const first = await open(context, system.base, "chart");
  await until("the first tab has a live stream", () => openStreams().length === 1);
  await first.page.click(".phone-segment");
  await first.page.click(".phone-menu .ant-btn-primary");
  await until("the first tab's telephone is registered", async () => first.phone.registered === 1 && (await phoneOf(first)) === "READY");

  const second = await open(context, system.base, "chart");
  await until("the second tab shows the telephone of the first", async () => (await phoneOf(second)) === "READY");
  openStreams()[0].send("event", changed(8, "一组"), "inventory:1-8,sales:1-3");
  await until("both tabs show an event of the one stream", async () => (await shows(first, "一组")) > 0 && (await shows(second, "一组")) > 0);
  assert.equal(openStreams().length, 1, "two tabs, one live stream");
  assert.deepEqual([linesOf(first), linesOf(second)], [{ lines: 1, registered: 1 }, { lines: 0, registered: 0 }], "two tabs, one telephone");

  await first.page.close();
  await until("the second tab holds the live stream", () => openStreams().length === 1 && openStreams()[0] !== system.streams[0]);
  await until("the second tab's telephone is registered", async () => second.phone.registered === 1 && (await phoneOf(second)) === "READY");
  assert.equal(openStreams()[0].query.get("after"), "inventory:1-8,sales:1-3", "the new stream goes on where the old one ended");
  openStreams()[0].send("event", changed(9, "二组"), "inventory:1-9,sales:1-3");
  await until("the second tab shows what happens now", async () => (await shows(second, "二组")) > 0);
  assert.equal(openStreams().length, 1, "still one live stream");
  assert.equal(second.phone.lines, 1, "still one telephone");
  console.log("two tabs share one live stream and one telephone; the second took both over");
} finally {
  await browser.close();
  system.close();
}
