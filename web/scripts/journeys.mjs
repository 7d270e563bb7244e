// Short ways through the console with made-up answers: what a person does, what the console asks for, what stands there then.
//   npm run journeys
import assert from "node:assert/strict";
import { answer, EXAMPLES } from "./fixtures.mjs";
import { launch, stand, until } from "./stand.mjs";
import { telephone } from "./telephone.mjs";

const PROJECT = EXAMPLES.room.split("/rooms/")[0];
const COLOURS = `/v1/${PROJECT}/chartColours`;
const PREFERENCES = "/v1/operators/me/preferences";

const variable = (page, name) => page.evaluate((key) => document.documentElement.style.getPropertyValue(`--lintel-${key}`), name);
const event = (type, payload) => ({ type: `lintel.${type}`, service: type.split(".")[0], epoch: "1", position: "8", occurredTime: new Date().toISOString(), payload });

async function pick(page, state, colour) {
  await page.click(`.colour-list li:has(.mark):nth-child(${state}) .colour-button`);
  const field = page.locator(".ant-color-picker-hex-input input").last();
  await field.fill(colour.slice(1));
  await field.press("Enter");
  await page.keyboard.press("Escape");
}

const journeys = {
  async "INV-03: a person picks own colours in the legend, over the project's"(browser) {
    let preferences = {};
    let project = [{ state: "HELD", fill: "#112233" }];
    const kept = [];
    const system = await stand((method, path, body) => {
      if (path === COLOURS) return { status: 200, body: { name: COLOURS.slice(4), colours: project, etag: "1" } };
      if (path !== PREFERENCES) return undefined;
      if (method === "PATCH") kept.push(body.values["chart.colours"]);
      if (method === "PATCH") preferences = { ...preferences, ...body.values };
      return { status: 200, body: { values: preferences } };
    });
    const page = await browser.newPage();
    await page.goto(`${system.base}/chart`);
    await until("the project's colour", async () => (await variable(page, "HELD-fill")) === "#112233");
    assert.equal(await variable(page, "HELD-text"), "#FFFFFF", "white can be read on it");
    await page.click(".tile-colours");
    await pick(page, 2, "#ffee00");
    await until("the own colour", async () => (await variable(page, "HELD-fill")) === "#FFEE00");
    assert.notEqual(await variable(page, "HELD-text"), "#FFFFFF", "white cannot be read on yellow");
    await until("the choice to be kept", () => kept.length === 1);
    assert.deepEqual(JSON.parse(kept[0]), { HELD: "#FFEE00" });
    project = [{ state: "HELD", fill: "#445566" }, { state: "FILED", fill: "#00AAFF" }];
    system.streams.at(-1).send("event", event("inventory.v1.ChartColoursChanged", { project: PROJECT }), "inventory:1-8");
    await until("the project's new colours under it", async () => (await variable(page, "FILED-fill")) === "#00AAFF");
    assert.equal(await variable(page, "HELD-fill"), "#FFEE00", "the own choice stays on top");
    await page.click(".ant-drawer-footer button");
    await until("all back to the project's", async () => (await variable(page, "HELD-fill")) === "#445566" && kept.at(-1) === "");
    await page.close();
    system.close();
  },

  async "INV-03: own colours picked in one tab show in another"(browser) {
    let values = {};
    const system = await stand((method, path, body) => {
      if (path !== PREFERENCES) return undefined;
      if (method === "PATCH") values = { ...values, ...body.values };
      return { status: 200, body: { values } };
    });
    const [here, there] = [await browser.newPage(), await browser.newPage()];
    for (const page of [here, there]) {
      await page.goto(`${system.base}/chart`);
      await page.waitForSelector(".chart-frame");
    }
    const before = await variable(there, "HELD-fill");
    await here.bringToFront();
    await here.click(".tile-colours");
    await pick(here, 2, "#ffee00");
    await until("the colour in the other tab", async () => (await variable(there, "HELD-fill")) === "#FFEE00");
    await here.click(".ant-drawer-footer button");
    await until("the way back in the other tab", async () => (await variable(there, "HELD-fill")) === before);
    await here.close();
    await there.close();
    system.close();
  },

  async "INV-03: a colour the server refuses is named where it was picked"(browser) {
    const refusal = { error: { code: 400, status: "INVALID_ARGUMENT", message: "refused", details: [{ fieldViolations: [{ field: "chart_colours.colours[0].fill", description: "must be a colour" }] }] } };
    const sent = [];
    const system = await stand((method, path, body) => {
      if (method !== "PATCH" || path !== COLOURS) return undefined;
      sent.push(body);
      return { status: 400, body: refusal };
    });
    const page = await browser.newPage();
    await page.goto(`${system.base}/admin/projects`);
    await page.waitForSelector(".colour-list");
    const save = page.locator(".panel:has(> .panel-body > .colour-list) .ant-btn-primary");
    assert.ok(await save.isDisabled(), "nothing was changed yet");
    await pick(page, 1, "#336699");
    await save.click();
    await page.waitForSelector(".panel:has(> .panel-body > .colour-list) .error-box");
    assert.match(await page.innerText(".panel:has(> .panel-body > .colour-list) .error-box"), /must be a colour/);
    assert.deepEqual(sent[0], { name: COLOURS.slice(4), etag: "0", colours: [{ state: "AVAILABLE", fill: "#336699" }] });
    await page.close();
    system.close();
  },

  async "SYS-22: rights that are taken away leave the rail without a new sign-in"(browser) {
    const me = answer("/v1/operators/me");
    let rights = me.rights;
    const system = await stand((_, path) => (path === "/v1/operators/me" ? { status: 200, body: { ...me, rights } } : undefined));
    const page = await browser.newPage();
    await page.goto(`${system.base}/chart`);
    await page.waitForSelector('.rail a[href="/customers"]');
    await until("the chart to follow the stream", () => system.streams.at(-1)?.query.has("after"));
    rights = rights.filter((one) => one.right !== "customer.read");
    system.streams.at(-1).send("event", event("identity.v1.RightsChanged", { cause: "operatorGroups/g1" }), "identity:1-8");
    await until("the customers to leave the rail", async () => (await page.locator('.rail a[href="/customers"]').count()) === 0);
    assert.equal(await page.locator('.rail a[href="/chart"]').count(), 1, "the rest stays");
    await page.close();
    system.close();
  },

  async "SYS-24: who signs in after another sees nothing of theirs, and they find their draft again"(browser) {
    const desk = twoOperators();
    const system = await stand(desk.answers);
    const [page, other] = [await browser.newPage(), await browser.newPage()];
    const phone = await telephone(page);
    await page.goto(`${system.base}/customers`);
    await page.waitForSelector("text=客户安");
    await page.click(".phone-segment");
    await page.click(".phone-menu .ant-btn-primary");
    await until("Anna's telephone to be registered", () => phone.registered === 1);
    await page.goto(`${system.base}/customers/new`);
    await page.fill("#displayName", "安娜写的");
    await until("her draft to be kept", () => page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith("lintel.draft.operators/anna"))));
    await other.goto(`${system.base}/customers`);
    await other.waitForSelector("text=客户安");
    await page.bringToFront();

    await signOut(page);
    assert.equal(new URL(page.url()).pathname, "/", "nobody begins on her page");
    await until("her telephone to be hung up", () => phone.lines === 0);
    await until("her other tab to be left", async () => (await other.locator(".sign-in").count()) === 1);
    await page.evaluate(() => {
      window.leaked = [];
      const look = () => ["客户安", "安娜"].forEach((text) => document.body.innerText.includes(text) && window.leaked.push(text));
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
    });
    await signInAs(page, "bert");
    await page.click('.rail a[href="/customers"]');
    await page.waitForSelector("text=客户贝");
    assert.equal(await page.getAttribute(".phone-segment", "data-phone"), "off", "his telephone is his own");
    await page.locator('.page-head a[href="/customers/new"], .page-head button').first().click();
    await page.waitForSelector("#displayName");
    assert.equal(await page.inputValue("#displayName"), "", "her draft is not his");
    assert.deepEqual(await page.evaluate(() => window.leaked), [], "nothing of hers was on the page for a moment");

    await signOut(page);
    await signInAs(page, "anna");
    await page.goto(`${system.base}/customers/new`);
    await until("her draft to be back", async () => (await page.inputValue("#displayName")) === "安娜写的");
    await page.close();
    await other.close();
    system.close();
  },

  async "SYS-24: a tab that another operator left open turns to who sits there now"(browser) {
    const desk = twoOperators();
    const system = await stand(desk.answers);
    const [hers, his] = [await browser.newPage(), await browser.newPage()];
    await hers.goto(`${system.base}/customers`);
    await hers.waitForSelector("text=客户安");
    desk.who = "bert";
    await his.goto(`${system.base}/customers`);
    await his.waitForSelector("text=客户贝");
    await hers.waitForSelector("text=客户贝");
    assert.equal(await hers.locator("text=客户安").count(), 0);
    await hers.close();
    await his.close();
    system.close();
  },
};

// Anna and Bert at one desk: each has one customer, and the server knows who is signed in.
function twoOperators() {
  const me = answer("/v1/operators/me");
  const people = { anna: ["安娜", "客户安"], bert: ["贝特", "客户贝"] };
  const nobody = { status: 401, body: { error: { code: 401, status: "UNAUTHENTICATED", message: "nobody is signed in" } } };
  const desk = {
    who: "anna",
    answers: (method, path, body) => {
      if (path === "/v1/sessions") desk.who = body.operator;
      else if (method === "DELETE" && path === "/v1/sessions/current") desk.who = "";
      else if (desk.who === "" || path.endsWith(":refresh")) return nobody;
      const [displayName, customer] = people[desk.who] ?? [];
      if (path === "/v1/operators/me") return { status: 200, body: { ...me, name: `operators/${desk.who}`, signInName: desk.who, displayName } };
      if (method === "GET" && path === "/v1/customers") return { status: 200, body: { customers: [{ ...answer("/v1/customers").customers[0], displayName: customer }] } };
      return path.startsWith("/v1/sessions") ? { status: 200, body: {} } : undefined;
    },
  };
  return desk;
}

async function signOut(page) {
  await page.click(".avatar");
  await page.click(".ant-dropdown-menu-item-danger");
  await page.waitForSelector(".sign-in");
}

async function signInAs(page, operator) {
  await page.fill("input[autocomplete=username]", operator);
  await page.fill("input[autocomplete=current-password]", "-");
  await page.click(".sign-in-button");
  await page.waitForSelector(".avatar");
}

const browser = await launch();
let failed = 0;
for (const [name, walk] of Object.entries(journeys)) {
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1440, height: 900 } });
  try {
    await walk(context);
    console.log(`ok    ${name}`);
  } catch (error) {
    failed++;
    console.error(`FAIL  ${name}\n      ${error.message}`);
  }
  await context.close();
}
await browser.close();
process.exit(failed > 0 ? 1 : 0);
