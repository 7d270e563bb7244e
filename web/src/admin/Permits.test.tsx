import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Permit, Project } from "../api/types";
import { dayOf } from "../format/use";
import { LanguageProvider } from "../i18n/provider";
import { answering, type Asked } from "../testing/answers";
import { permitState } from "./permit";
import { Permits } from "./Permits";

const P = "projects/p1";
const project = { name: P, timeZone: "Asia/Shanghai" } as Project;
const permit = (more: Partial<Permit> = {}): Permit => ({ name: `${P}/permits/1`, number: "示预字 1", validFrom: dayOf("2026-01-01"), validUntil: null, buildings: [], revoked: false, etag: "7", ...more });
const buildings = ["1栋", "2栋", "3栋"].map((displayName) => ({ name: "", displayName, entrances: [""], roomCount: 208, lowestFloor: 1, highestFloor: 26 }));
const STALE = { status: 409, body: { error: { status: "ABORTED", message: "stale", details: [{ reason: "STALE_ETAG" }] } } };
const refused = (field: string, description: string) => ({ status: 400, body: { error: { status: "INVALID_ARGUMENT", message: description, details: [{ reason: "INVALID_FIELD" }, { fieldViolations: [{ field, description }] }] } } });

beforeEach(() => localStorage.setItem("lintel.language", "zh"));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(listed: () => Permit[], answer: (asked: Asked) => { status?: number; body: unknown } = () => ({ body: permit() })) {
  const read: Record<string, () => object> = { [`/v1/${P}/permits`]: () => ({ permits: listed() }), [`/v1/${P}/buildings`]: () => ({ buildings }) };
  const asked = answering((one) => (one.method === "GET" ? { body: read[one.path]?.() } : answer(one)));
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <LanguageProvider><Permits project={project} /></LanguageProvider>
    </QueryClientProvider>,
  );
  return { sent: () => asked.filter((one) => one.method === "POST") };
}

const press = async (name: RegExp) => fireEvent.click(await screen.findByRole("button", { name }));
const [ADD, SAVE, REVOKE] = [/登记许可证/, /保\s*存/, /^撤\s*销$/];
const confirm = () => fireEvent.click(document.querySelector(".ant-modal-footer .ant-btn-primary")!);
const said = () => [...document.querySelectorAll(".ant-form-item-explain-error")].map((one) => one.textContent);
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

function pick(label: string, day: string) {
  fireEvent.mouseDown(screen.getByLabelText(label));
  type(label, day);
  fireEvent.keyDown(screen.getByLabelText(label), { key: "Enter", code: "Enter", keyCode: 13 });
}

async function cover(building: string) {
  fireEvent.mouseDown(screen.getByLabelText("适用楼栋"));
  fireEvent.click(await screen.findByTitle(building));
}

describe("INV-09: what a permit is worth on a day", () => {
  it("is in force from its first day to its last, both included, and never once revoked", () => {
    const one = permit({ validFrom: dayOf("2026-02-01"), validUntil: dayOf("2026-10-31") });
    expect(["2026-01-31", "2026-02-01", "2026-10-31", "2026-11-01"].map((today) => permitState(one, today))).toEqual(["COMING", "IN_FORCE", "IN_FORCE", "ENDED"]);
    expect(permitState({ ...one, revoked: true }, "2026-05-01")).toBe("REVOKED");
    expect(permitState({ ...one, validUntil: null }, "2099-01-01"), "no end").toBe("IN_FORCE");
  });
});

describe("INV-09: the permits of a project", () => {
  it("lists each with its time, its buildings and its state; only what may still be used can be revoked", async () => {
    open(() => [
      permit({ name: "a", number: "甲", validFrom: dayOf("2019-01-01"), validUntil: dayOf("2020-12-31") }),
      permit({ name: "b", number: "乙", buildings: ["1栋", "2栋"] }),
      permit({ name: "c", number: "丙", validFrom: dayOf("2999-01-01") }),
      permit({ name: "d", number: "丁", revoked: true }),
    ]);
    await screen.findByText("甲");
    expect([...document.querySelectorAll(".permits li")].map((one) => one.textContent)).toEqual([
      "甲 已到期2019-01-01 – 2020-12-31 · 全部楼栋", expect.stringMatching(/^乙 有效2026-01-01 起 · 1栋、2栋撤\s*销$/),
      expect.stringMatching(/^丙 未生效2999-01-01 起 · 全部楼栋撤\s*销$/), "丁 已撤销2026-01-01 起 · 全部楼栋",
    ]);
  });

  it("adds one with its time and the buildings chosen among the project's", async () => {
    const { sent } = open(() => []);
    await press(ADD);
    type("预售许可证号", " 示预字 2 ");
    pick("有效期自", "2027-01-01");
    pick("有效期至", "2028-12-31");
    await cover("2栋");
    await cover("3栋");
    await press(SAVE);
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]).toMatchObject({ path: `/v1/${P}/permits`, body: { number: "示预字 2", validFrom: dayOf("2027-01-01"), validUntil: dayOf("2028-12-31"), buildings: ["2栋", "3栋"] } });
    await waitFor(() => expect(document.querySelector(".ant-modal-footer"), "the dialog is done").toBeNull());
  });

  it("covers the whole project without end unless told otherwise, and asks nothing without a number and a first day", async () => {
    const { sent } = open(() => []);
    await press(ADD);
    type("预售许可证号", "  ");
    await press(SAVE);
    await waitFor(() => expect(said()).toEqual(["此项必填", "此项必填"]));
    expect(sent()).toEqual([]);
    type("预售许可证号", "示预字 2");
    pick("有效期自", "2027-01-01");
    await press(SAVE);
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]!.body).toEqual({ number: "示预字 2", validFrom: dayOf("2027-01-01"), buildings: [] });
  });

  it("puts a number that is taken under the number, and a building that is gone under the buildings", async () => {
    const answers = [{ status: 409, body: { error: { status: "ALREADY_EXISTS", message: "编号已被使用", details: [{ reason: "ALREADY_PRESENT" }] } } }, refused("permit.buildings[0]", "不是该楼盘的楼栋")];
    open(() => [], () => answers.shift()!);
    await press(ADD);
    type("预售许可证号", "示预字 1");
    pick("有效期自", "2027-01-01");
    await cover("1栋");
    await press(SAVE);
    await waitFor(() => expect(screen.getByLabelText("预售许可证号").closest(".ant-form-item")!.textContent).toContain("编号已被使用"));
    await press(SAVE);
    await waitFor(() => expect(screen.getByLabelText("适用楼栋").closest(".ant-form-item")!.textContent).toContain("不是该楼盘的楼栋"));
  });

  it("revokes one with a reason and its etag, having said what that means", async () => {
    let revoked = false;
    const { sent } = open(() => [permit({ revoked, etag: revoked ? "8" : "7" })], () => {
      revoked = true;
      return { body: permit({ revoked, etag: "8" }) };
    });
    await press(REVOKE);
    expect(await screen.findByText(/不能再认购，也不能收款/)).toBeTruthy();
    confirm();
    await waitFor(() => expect(said()).toEqual(["此项必填"]));
    expect(sent(), "nothing without a reason").toEqual([]);
    type("原因", "主管部门撤销");
    confirm();
    await waitFor(() => expect(sent()).toMatchObject([{ path: `/v1/${P}/permits/1:revoke`, body: { reason: "主管部门撤销", etag: "7" } }]));
    await screen.findByText("已撤销");
    await waitFor(() => expect(document.querySelector(".ant-modal-footer")).toBeNull());
  });

  it("reads again a permit that somebody else changed; the reason stays, and goes out with the new etag", async () => {
    let etag = "7";
    const { sent } = open(() => [permit({ etag })], () => (etag === "7" ? STALE : { body: permit() }));
    await press(REVOKE);
    type("原因", "主管部门撤销");
    confirm();
    await screen.findByRole("button", { name: /重新读取/ });
    etag = "8";
    await press(/重新读取/);
    await waitFor(() => expect(document.querySelector(".error-box")).toBeNull());
    confirm();
    await waitFor(() => expect(sent()).toHaveLength(2));
    expect(sent().map((one) => one.body)).toEqual([{ reason: "主管部门撤销", etag: "7" }, { reason: "主管部门撤销", etag: "8" }]);
  });

  it("has nothing left to revoke once it is read that somebody else did", async () => {
    let revoked = false;
    open(() => [permit({ revoked })], () => STALE);
    await press(REVOKE);
    type("原因", "主管部门撤销");
    confirm();
    revoked = true;
    await press(/重新读取/);
    await screen.findByText("已撤销");
    await waitFor(() => expect(document.querySelector(".ant-modal-footer")).toBeNull());
    expect(screen.queryByRole("button", { name: REVOKE })).toBeNull();
  });
});
