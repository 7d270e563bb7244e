// States of pages that no address shows: what a person does to get there, for pictures with the made-up answers.
const refusal = (field, description) => ({
  error: { code: 400, status: "INVALID_ARGUMENT", message: description, details: [{ reason: "INVALID_FIELD" }, { fieldViolations: [{ field, description }] }] },
});
const stale = { error: { code: 409, status: "ABORTED", message: "户型已被他人修改", details: [{ reason: "STALE_ETAG" }] } };

async function handOver(page) {
  await page.locator(".panel-tabs .ant-btn-sm").first().click();
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

// [route, what is done, how]; each on a page of its own.
export const ACTS = [
  ["rooms", "words", async (page) => {
    await page.locator(".wide-search input").fill("1栋 18");
    const filter = page.locator(".page-head [aria-expanded]");
    if (await filter.count()) await filter.click();
  }],
  ["admin/consultants", "new", (page) => page.locator(".toolbar .ant-btn-primary").click()],
  ["admin/consultants", "hand-over", handOver],
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
  ["admin/projects", "layouts", (page) => page.locator(".layouts").scrollIntoViewIfNeeded()],
  ["admin/projects", "layout", editLayout],
  ["admin/projects", "layout-stale", async (page) => {
    await page.route("**/layouts/*", (route) => (route.request().method() === "PATCH" ? route.fulfill({ status: 409, json: stale }) : route.fallback()));
    await editLayout(page);
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
