// How long a page keeps its main thread busy per frame, from a trace of Chromium. Time is the thread's own CPU time, so that
// other programs on the machine do not count.
//   npm run frames                 the chart of 10,000 made-up rooms: opened, scrolled, zoomed between the project and a building
//   npm run frames -- --profile    and the functions that long frames spent their time in
import { fileURLToPath } from "node:url";

const CATEGORIES = ["cc", "devtools.timeline", "disabled-by-default-devtools.timeline"];
const PROFILER = ["disabled-by-default-v8.cpu_profiler", "v8.execute"];
// Style, layout and paint by their names in the trace; all other work of a frame is called script.
const PHASES = {
  style: ["UpdateLayoutTree"],
  layout: ["Layout", "HitTest"],
  paint: ["PrePaint", "Paint", "Layerize", "Commit"],
};
const BEGIN = "ProxyMain::BeginMainFrame";
const NOTHING_NEW = "MainFrameAborted";
const PHASE_OF = new Map(Object.entries(PHASES).flatMap(([phase, names]) => names.map((name) => [name, phase])));

// A frame is asked for at every tick, as when something on the page moves: work that yields shows as the frames it lets pass.
const tick = () => {
  const next = () => requestAnimationFrame(next);
  next();
};

async function trace(page, act, more = []) {
  await page.addInitScript(tick);
  await page.evaluate(tick);
  const cdp = await page.context().newCDPSession(page);
  const events = [];
  cdp.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await cdp.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { recordMode: "recordAsMuchAsPossible", includedCategories: [...CATEGORIES, ...more] } });
  const done = new Promise((resolve) => cdp.once("Tracing.tracingComplete", resolve));
  await act(cdp);
  await cdp.send("Tracing.end");
  await done;
  await cdp.detach();
  return events;
}

// The main thread that drew most frames is the page's.
function mainThread(events) {
  const drawn = new Map();
  for (const one of events) {
    if (one.name !== BEGIN) continue;
    const key = `${one.pid} ${one.tid}`;
    drawn.set(key, (drawn.get(key) ?? 0) + 1);
  }
  return [...drawn].sort((one, two) => two[1] - one[1])[0]?.[0];
}

// Sums the outermost events of one phase that lie within [from, to).
function phasesOf(events, from, to) {
  const sums = { style: 0, layout: 0, paint: 0 };
  let covered = 0;
  for (const one of events) {
    const phase = PHASE_OF.get(one.name);
    if (!phase || one.ts < from || one.ts >= to || one.ts < covered) continue;
    sums[phase] += one.tdur / 1000;
    covered = one.ts + one.dur;
  }
  return sums;
}

// One entry per frame: CPU milliseconds of every task from its begin to the next frame's, its parts, and whether it drew.
function framesOf(events) {
  const thread = mainThread(events);
  const mine = events.filter((one) => `${one.pid} ${one.tid}` === thread).sort((one, two) => one.ts - two.ts);
  const whole = mine.filter((one) => one.ph === "X" && one.tdur !== undefined);
  const tasks = [];
  for (const one of whole.filter((event) => event.name === "RunTask")) {
    const last = tasks.at(-1);
    if (!last || one.ts >= last.ts + last.dur) tasks.push(one);
  }
  const taskAt = (ts) => tasks.findLast((task) => task.ts <= ts)?.ts ?? ts;
  // Of a page that was left for another one only the new one counts.
  const opened = mine.findLast((one) => one.name === "CommitLoad")?.ts ?? 0;
  const begins = whole.filter((one) => one.name === BEGIN).map((one) => taskAt(one.ts)).filter((ts) => ts >= opened);
  const idle = mine.filter((one) => one.name === NOTHING_NEW).map((one) => one.ts);
  const within = (list, from, to) => list.filter((one) => one.ts >= from && one.ts < to);
  return begins.slice(0, -1).map((from, at) => {
    const to = begins[at + 1];
    const busy = within(tasks, from, to).reduce((sum, task) => sum + task.tdur / 1000, 0);
    const phases = phasesOf(whole, from, to);
    const drew = !idle.some((ts) => ts >= from && ts < to);
    return { at: from / 1000, drew, busy, script: busy - phases.style - phases.layout - phases.paint, ...phases };
  });
}

const share = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

// {frames, p50, p95, p99, worst, over16, worstFrame} of what `act(cdp)` does on the page. Percentiles are over the frames that
// drew something, the worst over all.
export async function measureFrames(page, act) {
  const frames = framesOf(await trace(page, act));
  const sorted = frames.filter((frame) => frame.drew).map((frame) => frame.busy).sort((one, two) => one - two);
  const worstFrame = frames.reduce((worst, frame) => (frame.busy > worst.busy ? frame : worst), { busy: 0 });
  return {
    frames: sorted.length, p50: share(sorted, 0.5), p95: share(sorted, 0.95), p99: share(sorted, 0.99), worst: worstFrame.busy,
    over16: frames.filter((frame) => frame.busy > 16).length, worstFrame,
  };
}

// Where the script's time of frames over `limit` ms went: [function, milliseconds with what it called], from V8's sampling profiler.
export async function profile(page, act, limit = 16) {
  const events = await trace(page, act, PROFILER);
  const frames = framesOf(events);
  const long = frames.map((frame, at) => [frame.at * 1000, (frames[at + 1]?.at ?? Infinity) * 1000, frame.busy]).filter(([, , busy]) => busy > limit);
  const nodes = new Map();
  const clocks = new Map(events.filter((one) => one.name === "Profile").map((one) => [`${one.pid} ${one.id}`, one.args.data.startTime]));
  const sums = new Map();
  for (const one of events.filter((event) => event.name === "ProfileChunk")) {
    const { cpuProfile, timeDeltas = [] } = one.args.data;
    const thread = `${one.pid} ${one.id}`;
    for (const node of cpuProfile?.nodes ?? []) nodes.set(`${thread} ${node.id}`, { ...node.callFrame, parent: node.parent });
    (cpuProfile?.samples ?? []).forEach((sample, at) => {
      const time = (clocks.get(thread) ?? 0) + timeDeltas[at];
      clocks.set(thread, time);
      if (!long.some(([from, to]) => time >= from && time < to)) return;
      const seen = new Set();
      for (let node = nodes.get(`${thread} ${sample}`); node; node = nodes.get(`${thread} ${node.parent}`)) {
        const key = `${node.functionName || "(anonymous)"} ${node.url?.split("/").at(-1) ?? ""}:${node.lineNumber + 1}`;
        if (!seen.has(key)) sums.set(key, (sums.get(key) ?? 0) + timeDeltas[at] / 1000);
        seen.add(key);
      }
    });
  }
  return [...sums].sort((one, two) => two[1] - one[1]);
}

const CHART = ".chart-frame";

// Waits in the page itself: what a waitForSelector puts into a new page first takes 6 ms of its main thread, in the trace too.
const canvasThere = `new Promise((there) => {
  const look = () => (document.querySelector("${CHART} canvas") ? there() : requestAnimationFrame(look));
  look();
})`;

// Opens the chart; ends a second after the first cell is painted.
export const openChart = (page, address) => async (cdp) => {
  await page.goto(address);
  await cdp.send("Runtime.evaluate", { expression: canvasThere, awaitPromise: true });
  await page.waitForTimeout(1000);
};

// Scrolls the project down and up, goes into buildings and out again, scrolls one of them, moves the pointer over its rooms.
export async function scrollAndZoom(page, cdp) {
  const box = await page.locator(CHART).boundingBox();
  const [x, y] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
  const scroll = (distance, speed) => cdp.send("Input.synthesizeScrollGesture", { x, y, yDistance: distance, speed, gestureSourceType: "mouse", repeatCount: 1 });
  for (const turn of [0, 1]) {
    await scroll(-2400, 1600);
    await scroll(2400, 2400);
    await page.locator(".building").nth(1 + turn).click();
    await page.waitForSelector("[data-room]", { state: "attached" });
    await scroll(-600, 800);
    await scroll(600, 800);
    for (let step = 0; step < 40; step++) await page.mouse.move(box.x + 60 + step * 18, box.y + 120 + step * 6);
    await page.locator(".building").first().click();
    await page.waitForSelector("[data-room]", { state: "detached" });
  }
}

const line = (name, found) =>
  `${name.padEnd(16)} ${String(found.frames).padStart(4)} frames, main thread p50 ${found.p50.toFixed(1)}, p95 ${found.p95.toFixed(1)}, p99 ${found.p99.toFixed(1)}, worst ${found.worst.toFixed(1)} ms, ${found.over16} over 16 ms; ` +
  `the worst: script ${found.worstFrame.script?.toFixed(1)}, style ${found.worstFrame.style?.toFixed(1)}, layout ${found.worstFrame.layout?.toFixed(1)}, paint ${found.worstFrame.paint?.toFixed(1)}`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { chartOf } = await import("./fixtures.mjs");
  const { launch, stand } = await import("./stand.mjs");
  const big = chartOf(10, 40, 25).columns;
  const system = await stand((_, path) => (path.endsWith("/controlChart") ? { status: 200, body: big } : undefined));
  const browser = await launch();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN" })).newPage();
    await page.goto(`${system.base}/customers`);
    console.log(line("open", await measureFrames(page, openChart(page, `${system.base}/chart`))));
    console.log(line("scroll and zoom", await measureFrames(page, (cdp) => scrollAndZoom(page, cdp))));
    if (process.argv.includes("--profile")) {
      const show = (found) => found.slice(0, 60).forEach(([name, time]) => console.log(`  ${time.toFixed(1).padStart(8)} ms  ${name}`));
      show(await profile(page, (cdp) => scrollAndZoom(page, cdp)));
      await page.goto(`${system.base}/customers`);
      show(await profile(page, openChart(page, `${system.base}/chart`)));
    }
  } finally {
    await browser.close();
    system.close();
  }
}
