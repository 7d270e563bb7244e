// States of pages that no address shows: what a person does to get there, for pictures with the made-up answers.
const refusal = (field, description) => ({
  error: { code: 400, status: "INVALID_ARGUMENT", message: description, details: [{ reason: "INVALID_FIELD" }, { fieldViolations: [{ field, description }] }] },
});
const stale = { error: { code: 409, status: "ABORTED", message: "户型已被他人修改", details: [{ reason: "STALE_ETAG" }] } };

// Of each consultant's two buttons: change, hand over.
async function editConsultant(page) {
  await page.locator(".panel-tabs .ant-btn-sm").first().click();
  await page.waitForSelector(".ant-modal #displayName");
}

// Somebody else gave the consultant another team and a leave date while the name was typed.
async function editedByTwo(page) {
  const faster = { team: "teams/t2", teamDisplayName: "二组", leaveDate: { year: 2027, month: 1, day: 31 }, displayName: "林小满（一区）", etag: "2" };
  await editConsultant(page);
  await page.route("**/consultants?*", async (route) => {
    const { consultants } = await (await route.fetch()).json();
    await route.fulfill({ json: { consultants: consultants.map((one, at) => (at === 0 ? { ...one, ...faster } : one)) } });
  });
  await page.route("**/consultants/*", (route) => route.fulfill({ status: 409, json: { error: { ...stale.error, message: "置业顾问已被他人修改" } } }));
  await page.locator(".ant-modal #displayName").fill("林小满（二区）");
  await confirm(page);
  await page.waitForSelector(".ant-modal .error-box");
}

async function handOver(page) {
  await page.locator(".panel-tabs .ant-btn-sm").nth(1).click();
  await page.locator("#successor").click();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".ant-modal .ant-select-content-has-value, .ant-modal .ant-select-selection-item");
}
const confirm = (page) => page.locator(".ant-modal-footer .ant-btn-primary").click();

async function editLayout(page) {
  await page.locator(".layout .ant-btn").first().click();
  await page.waitForSelector(".ant-modal .picture-field img");
}

async function revokePermit(page) {
  await page.locator(".permits .ant-btn").first().click();
  await page.locator("#reason").fill("主管部门撤销");
}

// [route, what is done, how]; each on a page of its own.
export const ACTS = [
  ["rooms", "words", async (page) => {
    await page.locator(".wide-search input").fill("1栋 18");
    const filter = page.locator(".page-head [aria-expanded]");
    if (await filter.count()) await filter.click();
  }],
  ["admin/consultants", "new", (page) => page.locator(".toolbar .ant-btn-primary").click()],
  ["admin/consultants", "edit", editConsultant],
  ["admin/consultants", "edit-stale", editedByTwo],
  ["admin/consultants", "edit-reread", async (page) => {
    await editedByTwo(page);
    await page.locator(".ant-modal .error-box .ant-btn").click();
    await page.waitForSelector(".ant-modal .notice-box");
  }],
  ["admin/consultants", "hand-over", handOver],
  ["admin/consultants", "successors", async (page) => {
    await page.locator(".panel-tabs .ant-btn-sm").nth(1).click();
    await page.locator("#successor").click();
    await page.waitForSelector(".ant-select-dropdown .ant-select-item");
  }],
  ["admin/consultants", "refused", async (page) => {
    await page.route("**/*:handOver", (route) => route.fulfill({ status: 400, json: refusal("successor", "该置业顾问已离职") }));
    await handOver(page);
    await confirm(page);
    await page.waitForSelector(".ant-modal .error-box");
  }],
  ["admin/consultants", "handed-over", async (page) => {
    await handOver(page);
    await confirm(page);
    await page.waitForSelector(".moved a");
  }],
  ["admin/projects", "generate", async (page) => {
    await page.locator("#building").fill("3栋");
    await page.locator("#skipFloors").fill("4、13、14、");
    await page.locator("#units_0_builtAreaHundredths").fill("96.42");
    for (let i = 0; i < 3; i++) await page.locator(".unit-row + .ant-btn").click();
    await page.locator("#units_1_builtAreaHundredths").fill("118.66");
    await page.locator("#units_3_layout").click();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator(".panel", { has: page.locator(".unit-row") }).last().locator(".form-foot .ant-btn").first().click();
    await page.locator(".floors").scrollIntoViewIfNeeded();
  }],
  ["admin/policies", "plan", async (page) => {
    await page.getByRole("button", { name: /新建付款方案|New payment plan/ }).click();
    await page.locator(".ant-modal #kind").click();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#lines_3_kind");
  }],
  ["admin/operators", "edit", async (page) => {
    await page.locator(".panel-tabs .icon-button").first().click();
    await page.getByRole("menuitem", { name: /修改|Change/ }).click();
    await page.waitForSelector(".ant-modal #operatorGroups");
  }],
  ["admin/features", "setting", async (page) => {
    await page.getByRole("button", { name: /修改|Change/ }).first().click();
    await page.waitForSelector(".ant-modal #value");
  }],
  ["admin/codes", "edit", async (page) => {
    await page.getByRole("button", { name: /修改|Change/ }).first().click();
    await page.waitForSelector(".ant-modal #labelZh");
  }],
  ["customers/c1", "change", async (page) => {
    await page.getByRole("button", { name: /修改|Change/ }).first().click();
    await page.waitForSelector(".ant-modal #phones");
  }],
  ["customers/c1", "erase", async (page) => {
    await page.locator(".customer-head .icon-button").click();
    await page.getByRole("menuitem", { name: /删除|Erase/ }).click();
    await page.waitForSelector(".ant-modal .labelled");
  }],
  ["admin/places", "new", async (page) => {
    await page.getByRole("button", { name: /新建团队|New team/ }).click();
    await page.waitForSelector(".ant-modal #displayName");
  }],
  ["admin/telephony", "agent", async (page) => {
    await page.getByRole("button", { name: /新增座席|New agent/ }).click();
    await page.waitForSelector(".ant-modal #queues");
  }],
  ["admin/telephony", "graph", async (page) => {
    await page.getByRole("button", { name: /发布新版本|Publish a version/ }).first().click();
    await page.locator(".ant-modal input[type=file]").setInputFiles({ name: "flow.json", mimeType: "application/json", buffer: Buffer.from('{"nodes":{"menu":{},"bye":{}}}') });
    await page.waitForSelector('[data-graph="bad"]');
  }],
  ["admin/projects", "prices", async (page) => {
    await page.getByRole("button", { name: /发布价格|Publish prices/ }).click();
    await page.locator("#unitPrices_B2").fill("30216");
    await page.locator("#unitPrices_B2").blur();
  }],
  ["admin/projects", "permit", async (page) => {
    await page.locator(".panel", { has: page.locator(".permits") }).last().locator(".panel-head .ant-btn").click();
    await page.locator("#number").fill("示预字 2026-0064");
    await page.locator("#validFrom").fill("2027-01-01");
    await page.keyboard.press("Enter");
    await page.locator("#buildings").click();
    await page.locator(".ant-select-item-option").first().click();
  }],
  ["admin/projects", "permit-taken", async (page) => {
    await page.route("**/permits", (route) => (route.request().method() === "POST" ? route.fulfill({ status: 409, json: { error: { ...stale.error, status: "ALREADY_EXISTS", message: "已有同号的许可证", details: [{ reason: "ALREADY_PRESENT" }] } } }) : route.fallback()));
    await page.locator(".panel", { has: page.locator(".permits") }).last().locator(".panel-head .ant-btn").click();
    await page.locator("#number").fill("示预字 2026-0031");
    await page.locator("#validFrom").fill("2027-01-01");
    await page.keyboard.press("Enter");
    await confirm(page);
    await page.waitForSelector(".ant-modal .error-box");
  }],
  ["admin/projects", "revoke", revokePermit],
  ["admin/projects", "revoke-stale", async (page) => {
    await page.route("**/*:revoke", (route) => route.fulfill({ status: 409, json: { error: { ...stale.error, message: "许可证已被他人修改" } } }));
    await revokePermit(page);
    await confirm(page);
    await page.waitForSelector(".ant-modal .error-box");
  }],
  ["admin/projects", "layouts", (page) => page.locator(".layouts").scrollIntoViewIfNeeded()],
  ["admin/projects", "layout", editLayout],
  ["admin/projects", "layout-stale", async (page) => {
    await page.route("**/layouts/*", (route) => (route.request().method() === "PATCH" ? route.fulfill({ status: 409, json: stale }) : route.fallback()));
    await editLayout(page);
    await page.locator(".ant-modal #displayName").fill("三室两厅");
    await confirm(page);
    await page.waitForSelector(".ant-modal .error-box");
  }],
  ["admin/projects", "import", async (page) => {
    const panel = page.locator(".panel", { has: page.locator(".ant-upload") }).last();
    await panel.locator("input[type=file]").setInputFiles({ name: "rooms.csv", mimeType: "text/csv", buffer: Buffer.from("楼栋,楼层\n1栋,x\n") });
    await panel.locator(".form-foot .ant-btn-primary").click();
    await page.locator('[data-import="rejected"]').scrollIntoViewIfNeeded();
  }],
];
