// The console in real browsers, driven line by line: a JSON array [page, command, ...arguments] in, a line of JSON out.
// Every page is a Chromium of its own, whose microphone plays the WAV file given as argument. Commands stand below.
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';

const { chromium } = createRequire(new URL('../../web/', import.meta.url))('playwright-core');
const [address, microphone] = process.argv.slice(2);
const LIMIT_MS = 30_000;
const pages = new Map();

// Before the page's own scripts: keeps every peer connection's incoming audio at hand, and tells when a canvas cell changes.
function instruments() {
  const connections = (window.peers = []);
  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(...settings) {
      super(...settings);
      connections.push(this);
      this.addEventListener('track', ({ streams, track }) => {
        const audio = new AudioContext({ sampleRate: 8000 });
        this.heard = new AnalyserNode(audio, { fftSize: 8192 });
        new MediaStreamAudioSourceNode(audio, { mediaStream: streams[0] ?? new MediaStream([track]) }).connect(this.heard);
      });
    }
  };
  window.pixelOf = (room) => {
    const cell = document.querySelector(`[data-room="${room}"]`);
    const canvas = document.querySelector('canvas');
    if (!cell || !canvas?.width) return '';
    const [box, frame] = [cell.getBoundingClientRect(), canvas.getBoundingClientRect()];
    const scale = canvas.width / frame.width;
    const at = [(box.left - frame.left + 3) * scale, (box.top - frame.top + 3) * scale];
    return canvas.getContext('2d').getImageData(at[0], at[1], 1, 1).data.join(',');
  };
}

const commands = {
  async open(one, name, operator, password, language = 'zh') {
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--headless=new', '--no-sandbox', '--autoplay-policy=no-user-gesture-required', '--disable-background-networking',
        '--no-first-run', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream',
        `--use-file-for-fake-audio-capture=${microphone}`, '--allow-loopback-in-peer-connection',
        '--disable-features=WebRtcHideLocalIpsWithMdns,OptimizationHints,MediaRouter'],
    });
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(LIMIT_MS);
    await page.addInitScript(instruments);
    await page.addInitScript((chosen) => localStorage.setItem('lintel.language', chosen), language);
    const opened = { browser, page, requests: [], complaints: [], frames: [] };
    page.on('request', (request) => opened.requests.push(`${request.method()} ${request.url().slice(address.length)}`));
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => opened.frames.push(String(payload))));
    page.on('pageerror', (error) => opened.complaints.push(String(error)));
    pages.set(name, opened);
    await page.goto(address);
    await page.fill('input[autocomplete=username]', operator);
    await page.fill('input[autocomplete=current-password]', password);
    await page.click('button[type=submit]');
    await page.waitForSelector('input[autocomplete=username]', { state: 'detached' });
    return {};
  },
  go: ({ page }, path) => page.goto(address + path),
  click: ({ page }, selector) => page.click(selector),
  press: ({ page }, keys) => page.keyboard.press(keys),
  fill: ({ page }, selector, text) => page.fill(selector, text),
  wait: ({ page }, selector, state = 'visible') => page.waitForSelector(selector, { state }),
  is_there: async ({ page }, selector) => ({ there: await page.isVisible(selector) }),
  text: async ({ page }, selector) => ({ text: await page.innerText(selector) }),
  // Waits until the address matches; answers its path.
  async arrive({ page }, pattern) {
    await page.waitForURL(new RegExp(pattern));
    return { path: new URL(page.url()).pathname };
  },
  // One option of a list that opens on a click.
  async choose({ page }, selector, text) {
    await page.click(selector);
    await page.click(`.ant-select-dropdown:visible .ant-select-item-option:has-text("${text}")`);
  },
  picture: ({ page }, path) => page.screenshot({ path }),
  // The last second that arrived from the far end: 8,000 samples a second, -1 to 1.
  hear: async ({ page }) => ({
    samples: await page.evaluate(() => {
      const heard = window.peers.at(-1)?.heard;
      if (!heard) return [];
      const samples = new Float32Array(heard.fftSize);
      heard.getFloatTimeDomainData(samples);
      return [...samples.slice(-8000)];
    }),
  }),
  // Rooms for sale that the chart shows now.
  rooms: async ({ page }) => {
    await page.waitForSelector('[data-room][data-state=AVAILABLE]', { state: 'attached' });
    return { rooms: await page.$$eval('[data-room][data-state=AVAILABLE]', (cells) => cells.map((cell) => cell.dataset.room)) };
  },
  cell: async ({ page }, room) => ({
    pixel: await page.evaluate((name) => window.pixelOf(name), room),
    state: await page.getAttribute(`[data-room="${room}"]`, 'data-state'),
  }),
  // From now on notes the first moment at which the room's painted colour is another.
  async watch(one, room) {
    one.requests.length = 0;
    one.change = one.page.evaluate((name) => new Promise((resolve) => {
      const before = window.pixelOf(name);
      const look = () => (window.pixelOf(name) === before ? requestAnimationFrame(look) : resolve());
      look();
    }), room).then(() => ({ requests: [...one.requests] }));
    one.change.catch(() => undefined);
    return {};
  },
  // Waits for that moment; answers the requests the page had sent until then.
  changed: (one) => one.change,
  // No event reaches the page any more: the stream that is open ends, new ones are refused.
  async deafen({ page }) {
    await page.route('**/v1/live*', (route) => route.abort());
    await page.reload();
  },
  // The moment, in milliseconds since 1970, of the frame after which `selector` was first there.
  async watch_for(one, selector) {
    one.shown = one.page.evaluate((wanted) => new Promise((resolve) => {
      const look = () => requestAnimationFrame(() => (document.querySelector(wanted) ? resolve(Date.now()) : look()));
      look();
    }), selector);
    one.shown.catch(() => undefined);
    return {};
  },
  shown: async (one) => ({ at: await one.shown }),
  // Every SIP message the page has received.
  signalling: ({ frames }) => ({ text: frames.join('\n') }),
  complaints: ({ complaints }) => ({ complaints }),
};

console.log(JSON.stringify({ ready: true }));
for await (const line of createInterface({ input: process.stdin })) {
  const [name, command, ...args] = JSON.parse(line);
  const before = command === 'open' ? [undefined, name] : [pages.get(name)];
  const answer = await Promise.resolve().then(() => commands[command](...before, ...args)).catch((error) => ({ error: String(error) }));
  console.log(JSON.stringify(answer?.constructor === Object ? answer : {}));
}
await Promise.all([...pages.values()].map(({ browser }) => browser.close()));
