// Made-up answers for pictures without a running system: one project, two buildings, a deal, some money, a call.
const P = "projects/p1";
const STATES = [0, "LOCKED", "AVAILABLE", "HELD", "SUBSCRIBED", "SIGNED", "FILED", "DELIVERED", "CHANGING"];
const yuan = (amount) => ({ minorUnits: String(Math.round(amount * 100)), currencyCode: "CNY" });
const now = Math.floor(Date.now() / 60_000) * 60_000;
const at = (hours) => new Date(now + hours * 3600_000).toISOString();
const day = (text) => { const [year, month, date] = text.split("-").map(Number); return { year, month, day: date }; };

// An answer that is a file, not JSON.
export class Bytes {
  constructor(contentType, text) { Object.assign(this, { contentType, text }); }
}

// A chart of so many buildings, and its rooms one by one.
export function chartOf(buildings, floors, units) {
  const names = Array.from({ length: buildings }, (_, building) => `${building + 1}栋`);
  const rooms = names.flatMap((_, building) => Array.from({ length: floors * units }, (_, at) => {
    const floor = floors - Math.floor(at / units), unit = (at % units) + 1;
    const dice = (floor * 31 + unit * 17 + building * 7 + floor * unit) % 23;
    const state = dice < 9 ? 2 : dice < 11 ? 3 : dice < 14 ? 4 : dice < 17 ? 5 : dice < 20 ? 6 : dice < 21 ? 7 : dice < 22 ? 8 : 1;
    return { building, floor, unit, state, kind: state === 3 ? 1 + (unit % 3) : 0, price: 2_800_000 + floor * 9_000 + unit * 4_000 };
  }));
  const columns = {
    project: P, position: "inventory:1-7", etag: "e", buildings: names, entrances: ["1单元", "2单元"], layouts: ["", "C1", "B2"],
    roomIds: base64(rooms.flatMap((_, index) => [...Buffer.from(idOf(index).replaceAll("-", ""), "hex")])),
    states: base64(rooms.map((room) => room.state | (room.kind << 4))),
    buildingIndex: rooms.map((room) => room.building), entranceIndex: rooms.map((room) => (room.unit > units / 2 ? 1 : 0)), layoutIndex: rooms.map((room) => 1 + (room.unit % 2)),
    floors: rooms.map((room) => room.floor), numbers: rooms.map((room) => `${room.floor}${String(room.unit).padStart(2, "0")}`),
    builtAreaHundredths: rooms.map((room) => (room.unit % 2 ? 9642 : 11866)), listPriceMinor: rooms.map((room) => String(room.price * 100)),
    holds: rooms.flatMap((room, index) => (room.state === 3 ? [{ index, untilUnixS: String(Math.floor(Date.now() / 1000) + 3600 * (1 + (index % 30))) }] : [])),
  };
  return { rooms, columns };
}
const idOf = (index) => `00000000-0000-0000-0000-${index.toString(16).padStart(12, "0")}`;
const base64 = (bytes) => Buffer.from(bytes).toString("base64");

const { rooms, columns: chart } = chartOf(2, 26, 8);
const roomOf = (index) => {
  const room = rooms[index] ?? rooms[0];
  return {
    name: `${P}/rooms/${idOf(index)}`, building: chart.buildings[room.building], entrance: room.unit > 4 ? "2单元" : "1单元", floor: room.floor, number: `${room.floor}${String(room.unit).padStart(2, "0")}`,
    layout: room.unit % 2 ? "C1" : "B2", orientation: room.unit % 2 ? "south" : "east", builtAreaHundredths: "9642", innerAreaHundredths: "7646", unitPrice: yuan(30216), listPrice: yuan(2913426.72), priceVersion: 7, state: STATES[room.state],
    holdKind: "CUSTOMER", heldUntil: room.state === 3 ? at(3.45) : null, deal: room.state === 3 ? "holds/h1" : room.state === 4 ? "subscriptions/s1" : "", holderTeam: "一组", lockReason: "", etag: "1", permitValid: true,
  };
};
// The rooms a search finds: all of its words in a room, and its state.
// The overdue ones have a due date in their filter, those still to be paid a state.
function receivablesFor(filter) {
  return receivables.filter((one) => (filter.includes("due_date") ? one.overdueDays > 0 : filter.includes("state") ? one.state !== "PAID" : true));
}

function roomsFor(query) {
  const words = (query?.get("query") ?? "").split(" ");
  const state = /state = (\w+)/.exec(query?.get("filter") ?? "")?.[1];
  const fits = (room) => (!state || room.state === state) && words.every((word) => `${room.building}${room.entrance}${room.number} ${room.layout}`.includes(word));
  return rooms.map((_, index) => roomOf(index)).filter(fits).slice(0, 30);
}
const held = Math.max(0, rooms.findIndex((room) => room.state === 3));
const customer = {
  name: "customers/c1", displayName: "客户甲", phones: ["138****2046"], idKind: "", idNumber: "1****************2", gender: "", address: "示例区甲街道", email: "", remark: "", language: "zh-CN", source: "referral",
  level: "a", tags: ["老带新"], projects: [P], owner: "operators/o1", ownerTeam: "teams/t1", doNotCall: false, state: "CUSTOMER_ACTIVE", createTime: at(-200), lastContactTime: at(-2), etag: "1",
};
const schedule = [["DEPOSIT", 100000, "2026-11-23"], ["DOWN_PAYMENT", 803426.72, "2026-12-07"], ["LOAN", 2010000, "2027-02-23"]].map(([kind, amount, due], i) => ({ sequence: i + 1, kind, dueDate: day(due), amount: yuan(amount) }));
const hold = { name: "holds/h1", room: roomOf(held).name, customer: "customers/c1", consultant: "consultants/k1", kind: "CUSTOMER", state: "ACTIVE", expireTime: at(3.45), fee: yuan(20000), reason: "", deal: "d1", failureReason: "", extensions: 1, roomLabel: "1栋 1单元 1806", createTime: at(-60), etag: "1" };
const subscription = { name: "subscriptions/s1", room: roomOf(held).name, buyers: [{ customer: "customers/c1", sharePpm: 0 }], paymentPlan: "paymentPlans/p1", discounts: [], hold: "", consultant: "consultants/k1", state: "ACTIVE", listPrice: yuan(2913426.72), priceVersion: 7, price: yuan(2913426.72), builtAreaHundredths: "9642", deposit: yuan(100000), depositKind: "EARNEST", signByTime: at(120), deal: "d1", schedule, failureReason: "", roomLabel: "1栋 1单元 1806", createTime: at(-30), etag: "1" };
const contract = { name: "contracts/x1", subscription: "subscriptions/s1", number: "HT2026-00418", state: "ACTIVE", room: hold.room, buyers: subscription.buyers, price: subscription.price, stampTax: yuan(1456.71), stampTaxRatePpm: "500", signDate: day("2026-11-22"), deal: "d1", consultant: "", failureReason: "", roomLabel: hold.roomLabel, createTime: at(-20), etag: "1" };
const receivables = schedule.map((line, i) => ({ name: `receivables/r${i}`, project: P, subscription: "subscriptions/s1", contract: "contracts/x1", room: hold.room, customer: "customers/c1", sequence: i + 1, kind: line.kind, dueDate: line.dueDate, amount: line.amount, paid: i === 0 ? line.amount : yuan(0), outstanding: i === 0 ? yuan(0) : line.amount, state: i === 0 ? "PAID" : "OPEN", overdueDays: i === 1 ? 8 : 0, note: "" }));
const receipt = { name: "receipts/q1", number: "SJ-000891", contract: "contracts/x1", subscription: "", amount: yuan(320105.6), method: "TRANSFER", allocations: [], unallocated: yuan(0), bookDate: day("2026-11-23"), payer: "customers/c1", payerNote: "", reference: "TX-1123", reversalOf: "", reversedBy: "", reason: "", cashier: "operators/o1", project: P, room: hold.room, capitals: "人民币叁拾贰万零壹佰零伍元陆角整", prints: 1, createTime: at(-5), etag: "1" };
const call = { name: "calls/k1", callerNumber: "138****2046", calledNumber: "8000", customer: "customers/c1", queue: "queues/q1", agent: "agents/a1", operator: "operators/o1", startTime: at(-1), answerTime: at(-0.99), endTime: at(-0.9), waitMs: "38000", talkMs: "206000", hungUpBy: "caller", sipCode: 200, q850Cause: 16, recorded: true, recordingMs: "206000", legs: [{ legId: "l1", agent: "", startTime: at(-1), answerTime: at(-1), endTime: at(-0.9), sipCode: 200, packetsReceived: "10300", packetsLost: "3", jitterUs: 900 }], steps: [{ node: "menu", edge: "2", digits: "2" }, { node: "queue", edge: "", digits: "" }] };
const peaks = { channels: 2, intervalMs: 10, durationMs: "6000", peaks: base64(Array.from({ length: 2400 }, (_, i) => (i % 2 ? 1 : -1) * Math.round(60 * Math.abs(Math.sin(i / 90)) * Math.abs(Math.sin(i / 7))) & 255)) };
const column = (name, type, title, more = {}) => ({ name, type, title, definition: `${title}`, key: false, opens: false, people: false, labels: {}, ...more });
const columns = [column("consultant", "resource", "置业顾问", { key: true }), column("holds", "integer", "保留", { opens: true }), column("subscriptions", "integer", "认购", { opens: true }), column("amount", "money", "认购额", { opens: true }), column("rate", "percent", "转化")];
const definition = (name, id, title) => ({ name, id, title, note: "当日生效的单据，一房一计。", parameters: [{ name: "project", type: "project", title: "楼盘", defaultValue: "", least: 0, most: 0 }, { name: "date", type: "date", title: "日期", defaultValue: "", least: 0, most: 0 }], columns, detailColumns: [], formats: ["JSON", "CSV", "XLSX", "PDF"] });
const names = ["林小满", "陈白露", "何霜降", "沈立夏", "顾清明"];
const run = { name: "reports/RPT-01", title: "销售日报", parameters: {}, asOf: at(0), columns, rows: names.map((displayName, i) => ({ consultant: { name: `consultants/${i}`, displayName }, holds: 5 - i, subscriptions: i % 3, amount: yuan(826400 * (i + 1)), rate: 120000 + i * 20000 })), totals: { holds: 15, subscriptions: 4, amount: yuan(12396000), rate: 160000 }, chart: { kind: "bar", unit: "", xAxis: { data: names }, series: [{ type: "bar", name: "保留", data: [5, 4, 3, 2, 1] }, { type: "line", name: "认购", data: [0, 1, 2, 0, 1] }] } };
const RIGHTS = "operator.read operator.manage code_table.manage setting.read setting.manage room.read room.manage project.manage price.publish customer.read customer.write customer.assign customer.erase deal.read room.hold room.release subscription.create contract.sign policy.manage consultant.manage receivable.read receipt.book receipt.reverse telephony.manage report.run analysis.run call.read call.listen agent.read agent.sign_on".split(" ");
const me = { name: "operators/o1", signInName: "manager", displayName: "林小满", language: "zh-CN", team: "teams/t1", teamDisplayName: "一组", rights: RIGHTS.map((right) => ({ right, scope: "TENANT" })), allProjects: true, projects: [], features: ["analytics"], tenantDisplayName: "示例置业有限公司", timeZone: "Asia/Shanghai", operatorGroupDisplayNames: ["销售经理"], unreadNotices: 2, openTasks: 1, testMode: false };
const onDay = (days) => day(at(24 * days).slice(0, 10));
const permits = [["0007", -1200, -200, ["1栋"], false], ["0018", -400, undefined, ["2栋"], true], ["0031", -300, undefined, ["1栋", "2栋"], false], ["0052", 45, 1000, [], false]].map(([number, from, until, buildings, revoked]) => ({
  name: `${P}/permits/${number}`, number: `示预字 2026-${number}`, validFrom: onDay(from), validUntil: until === undefined ? null : onDay(until), buildings, revoked, etag: "1",
}));
const buildings = chart.buildings.map((displayName, i) => ({ name: `${P}/buildings/${i}`, displayName, entrances: chart.entrances, roomCount: rooms.length / chart.buildings.length, lowestFloor: 1, highestFloor: 26 }));
const project = { name: P, displayName: "示例苑二期", timeZone: "Asia/Shanghai", address: "", escrowAccount: "", permits, roomCount: rooms.length, roomsByState: Object.fromEntries(STATES.slice(1).map((state, i) => [state, rooms.filter((room) => room.state === i + 1).length])), etag: "1" };
const timeline = [["call.ended", -1, "calls/k1", { talkSeconds: "206" }], ["finance.receipt-booked", -5, "receipts/q1", { amountMinor: "32010560", number: "SJ-000891" }], ["sales.hold-placed", -60, "holds/h1", { roomLabel: "1栋 1806" }], ["visit", -90, "", {}, "第 2 次到访，看 C1 样板间"], ["customer.registered", -200, "", {}]].map(([kind, hours, resource, values, note = ""]) => ({ kind, occurredTime: at(hours), resource, values, note, operator: "" }));
const codesOf = (table, rows) => rows.map(([code, labelZh, labelEn], i) => ({ name: `codeTables/${table}/codes/${code}`, code, labelZh, labelEn, position: i, retired: false }));
const codes = codesOf("x", [["referral", "老带新", "Referral"], ["a", "A 类", "A"], ["visit", "到访", "Visit"]]);
const orientations = codesOf("orientation", [["south", "南", "South"], ["east", "东", "East"]]);
const reasons = codesOf("not-ready-reason", [["break", "小休", "Break"], ["meal", "用餐", "Meal"], ["visitor", "接待来访", "With a visitor"], ["paperwork", "案头工作", "Paperwork"]]);
const consultants = [["k1", "A07", "林小满", "一组", "2023-03-01"], ["k2", "A12", "陈白露", "一组", "2024-07-15"], ["k3", "B02", "何霜降", "二组", "2021-09-01", "2026-06-30"]].map(([id, code, displayName, teamDisplayName, joined, left]) => ({
  name: `consultants/${id}`, code, displayName, operatorName: id === "k1" ? "operators/o1" : "", team: teamDisplayName === "一组" ? "teams/t1" : "teams/t2", teamDisplayName, joinDate: day(joined), leaveDate: left ? day(left) : null, etag: "1",
}));
const settings = [["session.idle_hours", "12", "无操作多久后需要重新登录", "hours", 1, 168], ["customer.protection_days", "30", "客户登记保护期", "days", 0, 365]].map(([key, value, displayName, unit, minimum, maximum]) => ({ name: `settings/${key}`, value, defaultValue: value, type: "integer", minimum: String(minimum), maximum: String(maximum), choices: [], unit, displayName, etag: "1" }));
const consents = [["1", "visit", "2026-01", "phone", null], ["2", "referral", "2025-06", "paper", at(-900)]].map(([id, purpose, textVersion, channel, withdrawTime]) => ({ name: `customers/c1/consents/${id}`, purpose, textVersion, channel, grantTime: at(-2000), withdrawTime, operator: "" }));
const departments = [["d1", "销售部", false], ["d2", "财务部", false], ["d3", "筹备组", true]].map(([id, displayName, retired]) => ({ name: `departments/${id}`, displayName, retired, etag: "1" }));
const teams = [["t1", "一组"], ["t2", "二组"]].map(([id, displayName]) => ({ name: `teams/${id}`, displayName, department: "departments/d1", retired: false, etag: "1" }));
const layouts = [["l1", "B2", "三室两厅两卫", 3, 104, "files/f1", false], ["l2", "C1", "两室两厅一卫", 2, 312, "files/f1", false], ["l3", "D9", "一室一厅一卫（旧）", 1, 4, "", true]].map(([id, code, displayName, bedrooms, roomCount, picture, retired]) => ({
  name: `${P}/layouts/${id}`, code, displayName, bedrooms, roomCount, picture, retired, etag: "1",
}));
const plan = new Bytes("image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 190" fill="none" stroke="#334" stroke-width="5"><path d="M10 10h220v170H10zM10 100h70M110 100h40M150 10v90M180 100h50M110 130v50M110 100v6"/><path d="M80 100a30 30 0 0 1 30 30M150 100a30 30 0 0 0 30 30" stroke-width="2"/></svg>');
const imported = { name: "operations/i1", kind: "rooms.import", done: true, progressPercent: 100, error: null, response: {
  created: 0, updated: 0, unchanged: 0, totals: { rooms: 208, builtAreaHundredths: "2237280", listValue: yuan(612500000) },
  rejected: [[3, "楼层", "CELL_NOT_A_NUMBER", "不是整数。"], [17, "户型", "CELL_LAYOUT_RETIRED", "该户型已停用，不能再用于其他房间。"], [18, "单价", "ROOM_IN_DEAL", "该房间已有交易，不能更改。"]].map(([row, column, reason, message]) => ({ row, column, reason, message })),
} };
const queues = [["q1", "项目咨询", 3, 2], ["q2", "售后服务", 0, 1]].map(([id, displayName, waiting, readyAgents]) => ({ name: `queues/${id}`, displayName, waiting, readyAgents, ringLimitMs: 20000, maxWaitMs: 600000, wrapUpMs: 15000, maxWaiting: 200, etag: "1" }));
const agents = [["a1", "曹处暑", "READY"], ["a2", "何霜降", "OFFLINE"]].map(([id, displayName, state]) => ({ name: `agents/${id}`, operator: `operators/${id}`, displayName, state, reason: "", stateTime: at(-1), queues: ["queues/q1"], call: "", etag: "1" }));
const voiceFlows = [["f1", "售楼热线", 3], ["f2", "夜间流程", 0]].map(([id, displayName, currentVersion]) => ({ name: `voiceFlows/${id}`, displayName, currentVersion }));
const numbers = [{ name: "numbers/n1", number: "4001", voiceFlow: "voiceFlows/f1", language: "", record: true }];
const trunks = [{ name: "trunks/t1", displayName: "示例中继", address: "203.0.113.7" }];
const problems = [["menu", "keys.2", "NODE_MISSING", "节点“menu”的连线指向不存在的节点（keys.2）。"], ["bye", "", "NODE_UNREACHABLE", "没有任何连线到达节点“bye”。"]].map(([node, field, reason, message]) => ({ node, field, reason, message, detail: "" }));
const planLines = [["DEPOSIT", "0", 0], ["DOWN_PAYMENT", "0", 7], ["LOAN", "700000", 60]].map(([kind, ppm, dueDays]) => ({ kind, ppm, dueDays, dueMonths: 0 }));
const priceTables = [[7, -30, "HALF_UP_TO_YUAN", 416, 2134261487, "开盘价"], [6, -700, "TRUNCATE_TO_YUAN", 208, 1061240880, ""]].map(([version, hours, rounding, roomCount, listValue, note]) => ({
  name: `${P}/priceTables/${version}`, version, rounding, publishTime: at(hours), publisher: "operators/o1", roomCount, listValue: yuan(listValue), note,
}));
const generated = { created: 60, rooms: [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17, 18].flatMap((floor) => ["B2", "C1", "B2", "C1"].map((layout, unit) => ({
  floor, number: `${floor}0${unit + 1}`, layout, builtAreaHundredths: unit % 2 ? "11866" : "9642", listPrice: yuan((unit % 2 ? 3585429 : 2913426) + floor * 8000),
}))) };
const runs = Array.from({ length: 9 }, (_, i) => {
  const differences = i === 0 ? [["holds/0193b5d2-7c00-7000-8000-0000000000a1", "CLAIM_STAGE"], ["subscriptions/s1", "ACCOUNT_PRICE"]].map(([subject, what]) => ({ subject, what })) : [];
  return { name: `reconciliations/${i}`, project: P, runTime: at(-i / 6), deals: 418 - i, differenceCount: differences.length, differences };
});

const ROUTES = [
  [/operators\/me$/, me], [/operators\/me\/preferences$/, { values: {} }], [/operators\/me\/notices/, { notices: [{ name: "notices/1", kind: "hold.expiring", title: "1栋 1806 的保留今天到期", body: "客户甲 · 林小满", subject: "holds/h1", task: true, read: false, done: false, createTime: at(-1) }], unread: 2, openTasks: 1 }],
  [/\/controlChart$/, chart], [/\/chartColours$/, { name: `${P}/chartColours`, colours: [], etag: "0" }], [/rooms\/[^/]+\/history$/, { transitions: [{ from: "AVAILABLE", to: "HELD", time: at(-60), actor: "", reason: "" }] }],
  [/\/layouts$/, { layouts }], [/\/layouts\/[^/]+\/picture$/, plan], [/files$/, { name: "files/f2" }], [/rooms:import$/, imported], [/rooms:generate$/, generated], [/\/priceTables$/, { priceTables }], [/\/numbers$/, { numbers }], [/\/trunks$/, { trunks }], [/voiceFlows$/, { voiceFlows }], [/voiceFlows:examine$/, { problems }], [/\/policy$/, { name: `${P}/policy`, holdPeriod: "172800s", longestHold: "604800s", mostExtensions: 2, holdFee: yuan(20000), subscriptionPeriod: "604800s", deposit: yuan(100000), depositKind: "EARNEST", reminderLead: "7200s", alertsOff: false, holdExpiryReleases: true, consultantDiscountLimitPpm: "20000", managerDiscountLimitPpm: "100000", etag: "1" }],
  [/\/permits$/, { permits }], [/\/buildings$/, { buildings }], [/\/rooms$/, (_, query) => ({ rooms: roomsFor(query) })], [/\/rooms\/([0-9a-f-]+)$/, (match) => roomOf(parseInt(match[1].slice(-12), 16))], [/projects$/, { projects: [project] }],
  [/customers\/[^/]+\/consents$/, { consents }], [/customers\/[^/]+\/timeline$/, { entries: timeline }], [/customers$/, { customers: [customer, { ...customer, name: "customers/c2", displayName: "客户乙", tags: [] }] }], [/customers\/[^/]+$/, customer],
  [/holds$/, { holds: [hold, { ...hold, name: "holds/h2", roomLabel: "2栋 2单元 903", expireTime: at(1) }] }], [/holds\/[^/]+$/, hold], [/subscriptions:preview$/, subscription], [/subscriptions$/, { subscriptions: [subscription] }], [/subscriptions\/[^/]+$/, subscription],
  [/contracts$/, { contracts: [contract] }], [/contracts\/[^/]+$/, contract], [/contractNumberRanges$/, { contractNumberRanges: [] }], [/consultants$/, { consultants }], [/:handOver$/, { consultant: { ...consultants[0], leaveDate: day("2026-12-31") }, documents: ["holds/h1", "subscriptions/s1", "subscriptions/s2"] }],
  [/reminders$/, { reminders: [{ document: "holds/h1", kind: "HOLD_EXPIRES", dueTime: at(3), fired: false, roomLabel: hold.roomLabel, consultant: "" }] }], [/receivables$/, (_, query) => ({ receivables: receivablesFor(query.get("filter") ?? "") })], [/receipts$/, { receipts: [receipt] }], [/receipts\/[^/]+$/, receipt],
  [/journals\//, { name: "journals/x", lines: [{ receipt: "receipts/q1", number: receipt.number, time: at(-5), project: P, room: hold.room, customer: "customers/c1", method: "TRANSFER", amount: receipt.amount, reversalOf: "", cashier: "" }], received: receipt.amount, reversed: yuan(0), total: receipt.amount, byMethod: [{ method: "TRANSFER", amount: receipt.amount, count: 1 }] }],
  [/reconciliations$/, { reconciliations: runs }], [/paymentPlans$/, { paymentPlans: [{ name: "paymentPlans/p1", displayName: "按揭 · 首付三成", kind: "MORTGAGE", lines: planLines }] }], [/reports$/, { reports: [definition("reports/RPT-01", "RPT-01", "销售日报"), definition("reports/RPT-07", "RPT-07", "房源状态表")] }], [/analyses$/, { analyses: [definition("analyses/ANA-06", "ANA-06", "客户来源分析")] }],
  [/(reports|analyses)\/[^/]+:run$/, run], [/calls$/, { calls: [call] }], [/recording\/peaks$/, peaks], [/calls\/[^/]+$/, call], [/queues$/, { queues }], [/queues\/[^/]+$/, { name: "queues/q1", displayName: "项目咨询" }],
  [/agents\/me:signOn$/, { account: "8016", domain: "stand.invalid", secret: "-", webSocketPath: "/sip", expireTime: at(24 * 365 * 20) }], [/agents\/me:setState$/, {}], [/agents\/me$/, { state: "READY", reason: "", stateTime: at(-1) }], [/agents$/, { agents }], [/orientation\/codes$/, { codes: orientations }], [/not-ready-reason\/codes$/, { codes: reasons }], [/codes$/, { codes }], [/codeTables$/, { codeTables: [{ name: "codeTables/customer-source", displayName: "客户来源" }] }],
  [/operators$/, { operators: [{ name: "operators/o1", signInName: "manager", displayName: "林小满", operatorGroups: ["operatorGroups/g1"], department: "departments/d1", team: "teams/t1", language: "zh-CN", allProjects: true, projects: [], state: "ACTIVE", lastSignInTime: at(-3), etag: "1" }] }], [/operatorGroups$/, { operatorGroups: [{ name: "operatorGroups/g1", displayName: "销售经理", rights: me.rights, operatorCount: 3 }] }], [/teams$/, { teams }], [/departments$/, { departments }], [/rights$/, { rights: [] }], [/\/settings$/, { settings }], [/features$/, { features: [{ name: "features/analytics", enabled: true, displayName: "分析" }] }],
];

// The answer to one path of the API, undefined when the fixtures have none.
export function answer(path, query) {
  for (const [pattern, body] of ROUTES) {
    const match = pattern.exec(path);
    if (match) return typeof body === "function" ? body(match, query) : body;
  }
  return undefined;
}

// What stands in for the parameters of routes.
export const EXAMPLES = { customers: "c1", holds: "h1", subscriptions: "s1", contracts: "x1", receipts: "q1", calls: "k1", reports: "RPT-01", analyses: "ANA-06", room: roomOf(held).name };
