// What a browser sees of the control chart, measured in Chromium: browser.mjs ADDRESS PROJECT, the password of `manager` on
// standard input. Prints one JSON object: paintMs, longestFrameMs, opening and moving {frames, p50, p95, p99, worst, over16} from
// traces, commitToPixelMs {count, p50, p95}.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { measureFrames, openChart, scrollAndZoom } from '../../web/scripts/frames.mjs';

const { chromium } = createRequire(new URL('../../web/package.json', import.meta.url))('playwright-core');
const [address, project] = process.argv.slice(2);
const password = readFileSync(0, 'utf8').trim();
const CHANGES = 20;
const LIMIT_MS = 30_000;

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(LIMIT_MS);
  await signIn(page);
  const opened = await watchOpening(page);
  const opening = await measureFrames(page, openChart(page, `${address}/chart`));
  const moving = await measureFrames(page, (cdp) => scrollAndZoom(page, cdp));
  console.log(JSON.stringify({ ...opened, opening, moving, commitToPixelMs: await follow(page) }));
} finally {
  await browser.close();
}

async function signIn(page) {
  await page.goto(address);
  await page.evaluate((name) => localStorage.setItem('lintel.project', name), project);
  await page.fill('input[autocomplete=username]', 'manager');
  await page.fill('input[autocomplete=current-password]', password);
  await page.click('button[type=submit]');
  await page.waitForSelector('input[autocomplete=username]', { state: 'detached' });
}

// From opening the address to a canvas with more than one colour on it, and the longest frame until a second later.
async function watchOpening(page) {
  await page.addInitScript(() => {
    window.bench = { painted: 0, longest: 0 };
    let before = performance.now();
    const look = (now) => {
      window.bench.longest = Math.max(window.bench.longest, now - before);
      before = now;
      const canvas = document.querySelector('canvas');
      if (!window.bench.painted && canvas?.width > 0) {
        const row = canvas.getContext('2d').getImageData(0, Math.floor(canvas.height / 2), canvas.width, 1).data;
        if (row.some((value, at) => value !== row[at % 4])) window.bench.painted = performance.now();
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(`${address}/chart`);
  await page.waitForFunction(() => window.bench.painted > 0);
  await page.waitForTimeout(1000);  // The second in which frames are still watched.
  const { painted, longest } = await page.evaluate(() => window.bench);
  return { paintMs: painted, longestFrameMs: longest };
}

// Holds rooms one after the other through the API; counts from its answer, which comes after the commit, to the frame that
// shows the new state. A frame that was earlier than the answer counts as 0.
async function follow(page) {
  const token = (await (await fetch(`${address}/v1/sessions`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ operator: 'manager', password }),
  })).json()).accessToken;
  await page.goto(`${address}/chart?building=0`);
  await page.waitForSelector('[data-room][data-state=AVAILABLE]', { state: 'attached' });
  const rooms = await page.$$eval('[data-room][data-state=AVAILABLE]', (cells) => cells.map((cell) => cell.dataset.room));
  const times = [];
  for (const room of rooms.slice(0, CHANGES)) {
    const seen = page.evaluate((name) => new Promise((resolve) => {
      const look = () => {
        const cell = [...document.querySelectorAll('[data-room]')].find((one) => one.dataset.room === name);
        if (cell?.dataset.state === 'HELD') requestAnimationFrame(() => resolve(Date.now()));
        else requestAnimationFrame(look);
      };
      look();
    }), room);
    const answer = await fetch(`${address}/v1/holds`, {
      method: 'POST', headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ room, kind: 'MANAGER', reason: 'bench' }),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    const committed = Date.now();
    times.push(Math.max(0, await seen - committed));
  }
  times.sort((a, b) => a - b);
  return { count: times.length, p50: times[Math.floor(times.length / 2)], p95: times[Math.floor(times.length * 0.95)] };
}
