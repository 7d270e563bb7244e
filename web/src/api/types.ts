// Resources as the gateway writes them: lowerCamelCase, whole 64-bit numbers as text, enums by name. The protos under
// proto/lintel are the source; what the console does not use is left out.
import type { Money } from "../format/number";
import type { RoomState } from "../theme/tokens";

export type { Money, RoomState };

export interface Day {
  year: number;
  month: number;
  day: number;
}

export interface Page {
  nextPageToken?: string;
}

// ---- identity ----
export type Scope = "SCOPE_UNSPECIFIED" | "OWN" | "TEAM" | "PROJECT" | "TENANT";
export interface GrantedRight { right: string; scope: Scope }
export interface Session {
  accessToken: string; expireTime: string; refreshToken: string; operator: string; passwordChangeRequired?: boolean;
}
export interface Me {
  name: string; signInName: string; displayName: string; language: string; team: string; teamDisplayName: string;
  departmentDisplayName?: string; rights: GrantedRight[]; allProjects: boolean; projects: string[]; features: string[];
  tenantDisplayName: string; timeZone: string; operatorGroupDisplayNames: string[]; passwordChangeRequired?: boolean;
  unreadNotices: number; openTasks: number; testMode?: boolean;
}
export interface Operator {
  name: string; signInName: string; displayName: string; operatorGroups: string[]; department: string; team: string;
  allProjects: boolean; projects: string[]; language: string; state: "ACTIVE" | "DISABLED";
  passwordChangeRequired?: boolean; lockEndTime?: string; lastSignInTime?: string; etag?: string;
}
export interface OperatorGroup {
  name: string; displayName: string; rights: GrantedRight[]; retired?: boolean; operatorCount?: number; etag?: string;
}
export interface Right { right: string; displayName: string; area: string; sensitive?: boolean }
export interface Named { name: string; displayName: string; retired?: boolean; department?: string; etag?: string }
export interface CodeTable { name: string; displayName: string }
export interface Code {
  name: string; code: string; labelZh: string; labelEn: string; position: number; retired?: boolean; etag?: string;
}
export interface Setting {
  name: string; value: string; defaultValue: string; type: "integer" | "boolean" | "text" | "choice"; minimum: string;
  maximum: string; choices: string[]; unit: string; displayName: string; etag?: string;
}
export interface Feature { name: string; enabled: boolean; displayName: string; etag?: string }
export interface Notice {
  name: string; kind: string; title: string; body: string; subject: string; task: boolean; read: boolean; done: boolean;
  createTime: string;
}
export interface Preferences { values: Record<string, string> }
export interface StoredFile { name: string; filename: string; sizeBytes: string; contentType: string }

// ---- operations ----
export interface Operation {
  name: string; kind: string; done: boolean; progressPercent: number; response?: Record<string, unknown> | null;
  error?: { code: number; reason: string; message: string } | null;
}

// ---- inventory ----
export type Rounding = "TRUNCATE_TO_YUAN" | "HALF_UP_TO_YUAN" | "HALF_UP_TO_FEN" | "TRUNCATE_TO_FEN";
export type HoldKind = "HOLD_KIND_UNSPECIFIED" | "CUSTOMER" | "MANAGER" | "COMPANY";
export interface Permit {
  name: string; number: string; validFrom?: Day | null; validUntil?: Day | null; buildings: string[]; revoked: boolean; etag: string;
}
export interface Building {
  name: string; displayName: string; entrances: string[]; roomCount: number; lowestFloor: number; highestFloor: number;
}
export interface Project {
  name: string; displayName: string; timeZone: string; address: string; escrowAccount: string; permits: Permit[];
  roomCount: number; roomsByState: Record<string, number>; etag?: string;
}
export interface Layout {
  name: string; code: string; displayName: string; bedrooms: number; roomCount: number; picture: string; retired: boolean;
  etag: string;
}
export interface PriceTable {
  name: string; version: number; rounding: Rounding; publishTime: string; publisher: string; roomCount: number; listValue: Money;
  note: string;
}
export interface Room {
  name: string; building: string; entrance: string; floor: number; number: string; layout: string; orientation: string;
  builtAreaHundredths: string; innerAreaHundredths: string; unitPrice?: Money | null; listPrice?: Money | null;
  priceVersion: number; state: RoomState; holdKind?: HoldKind; stateTime?: string; heldUntil?: string | null; deal: string;
  holderTeam: string; lockReason: string; etag: string; permitValid: boolean;
}
export interface ChartColours { name: string; colours: { state: RoomState; fill: string }[]; etag: string }
export interface RoomTransition { from: RoomState; to: RoomState; time: string; actor: string; reason: string }
export interface ChartColumns {
  project: string; position: string; etag: string; buildings: string[]; entrances: string[]; layouts: string[];
  roomIds: string; states: string; buildingIndex: number[]; entranceIndex: number[]; layoutIndex: number[];
  floors: number[]; numbers: string[]; builtAreaHundredths: number[]; listPriceMinor: string[];
  holds: { index: number; untilUnixS: string }[];
}

// ---- customers ----
export interface Customer {
  name: string; displayName: string; phones: string[];
  phoneDetails?: { kind: string; region: string; doubtful: boolean }[];
  idKind: string; idNumber: string; gender: string; address: string; email: string; remark: string; language: string;
  source: string; level: string; tags: string[]; projects: string[]; owner: string; ownerTeam: string;
  protectionEndTime?: string; doNotCall: boolean; state: "CUSTOMER_ACTIVE" | "CUSTOMER_ERASED"; lastContactTime?: string;
  createTime: string; etag?: string;
}
export interface TimelineEntry {
  kind: string; occurredTime: string; resource: string; values: Record<string, string>; note: string; operator: string;
}
export interface Consent {
  name: string; purpose: string; textVersion: string; channel: string; grantTime: string; withdrawTime?: string;
}

// ---- sales ----
export type DocumentState = "PENDING" | "ACTIVE" | "FAILED" | "RELEASED" | "EXPIRED" | "CONVERTED";
export interface Hold {
  name: string; room: string; customer: string; consultant: string; kind: HoldKind; state: DocumentState;
  expireTime: string; fee?: Money | null; reason: string; deal: string; failureReason: string; extensions: number;
  roomLabel: string; createTime: string; etag: string;
}
export interface Buyer { customer: string; sharePpm: number }
export interface Discount {
  kind: "MULTIPLY" | "POINTS" | "FIXED" | "UNIT_PRICE_CUT"; ppm: string; amount?: Money | null; reason: string;
}
export interface ScheduleLine { sequence: number; kind: string; dueDate?: Day | null; amount: Money }
export interface Subscription {
  name: string; room: string; buyers: Buyer[]; paymentPlan: string; discounts: Discount[]; hold: string; consultant: string;
  state: DocumentState; listPrice: Money; priceVersion: number; price: Money; builtAreaHundredths: string; deposit: Money;
  depositKind: string; signByTime?: string; deal: string; schedule: ScheduleLine[]; failureReason: string;
  roomLabel: string; createTime: string; etag: string;
}
export interface Contract {
  name: string; subscription: string; number: string; state: DocumentState; room: string; buyers: Buyer[]; price: Money;
  stampTax?: Money | null; stampTaxRatePpm: string; signDate?: Day | null; deal: string; consultant: string;
  failureReason: string; roomLabel: string; createTime: string; etag: string;
}
export interface Consultant {
  name: string; code: string; displayName: string; operatorName: string; team: string; teamDisplayName: string;
  joinDate?: Day | null; leaveDate?: Day | null; etag?: string;
}
export interface HandOverDealsResponse { consultant: Consultant; documents: string[] }
export interface Policy {
  name: string; holdPeriod: string; longestHold: string; mostExtensions: number; holdFee?: Money | null;
  subscriptionPeriod: string; deposit?: Money | null; depositKind: string; reminderLead: string; alertsOff: boolean;
  holdExpiryReleases: boolean; consultantDiscountLimitPpm: string; managerDiscountLimitPpm: string; etag?: string;
}
export interface Reminder {
  document: string; kind: string; dueTime: string; fired: boolean; roomLabel: string; consultant: string;
}
export interface NumberRange {
  name: string; project: string; prefix: string; first: string; last: string; digits: number; next: string; used: string;
  voided: string;
}

// ---- finance ----
export interface PlanLine { kind: string; ppm: string; dueDays: number; dueMonths: number }
export interface PaymentPlan { name: string; displayName: string; kind: string; lines: PlanLine[]; retired?: boolean }
export type ReceivableState = "OPEN" | "PARTLY_PAID" | "PAID" | "CANCELLED";
export interface Receivable {
  name: string; project: string; subscription: string; contract: string; room: string; customer: string; sequence: number;
  kind: string; dueDate?: Day | null; amount: Money; paid: Money; outstanding: Money; state: ReceivableState;
  overdueDays: number; note: string;
}
export interface Allocation { receivable: string; amount: Money }
export interface Receipt {
  name: string; number: string; contract: string; subscription: string; hold: string; amount: Money; method: string;
  allocations: Allocation[]; unallocated?: Money | null; bookDate?: Day | null; payer: string; payerNote: string;
  reference: string; reversalOf: string; reversedBy: string; reason: string; cashier: string; project: string; room: string;
  capitals: string; prints: number; createTime: string; etag: string;
}
export interface JournalLine {
  receipt: string; number: string; time: string; project: string; room: string; customer: string; method: string;
  amount: Money; reversalOf: string; cashier: string;
}
export interface Journal {
  name: string; lines: JournalLine[]; received: Money; reversed: Money; total: Money;
  byMethod: { method: string; amount: Money; count: number }[];
}

// ---- reports and analyses ----
export interface ReportColumn {
  name: string; type: string; title: string; definition: string; key?: boolean; opens?: boolean; people?: boolean;
  labels?: Record<string, string>; when?: Record<string, string>;
}
export interface ReportChoice { value: string; title: string }
export interface ReportParameter {
  name: string; type: string; title: string; defaultValue: string; least: number; most: number;
  choices?: ReportChoice[]; when?: Record<string, string>;
}
export interface Definition {
  name: string; id: string; title: string; note: string; parameters: ReportParameter[]; columns: ReportColumn[];
  detailColumns: ReportColumn[]; formats: string[];
}
export type Cell = null | string | number | boolean | Money | { name: string; displayName: string };
export interface ReportChart {
  kind: string; unit: string; xAxis: { type?: string; data: string[] };
  series: { type: string; name: string; column?: string; data: (number | null)[] }[];
}
export interface ReportRun {
  name: string; title: string; parameters: Record<string, string>; asOf: string; columns: ReportColumn[];
  rows: Record<string, Cell>[]; totals?: Record<string, Cell> | null; chart?: ReportChart | null;
}

// ---- telephony ----
export interface PhoneCall {
  name: string; callerNumber: string; calledNumber: string; customer: string; queue: string; agent: string; operator: string;
  startTime: string; answerTime?: string | null; endTime?: string | null; waitMs: string; talkMs: string; hungUpBy: string;
  sipCode: number; q850Cause: number; recorded: boolean; recordingMs: string; legs: CallLeg[];
  steps: { node: string; edge: string; digits: string }[];
}
export interface CallLeg {
  legId: string; agent: string; startTime?: string; answerTime?: string | null; endTime?: string | null; sipCode: number;
  packetsReceived: string; packetsLost: string; jitterUs: number;
}
export interface RecordingPeaks { channels: number; intervalMs: number; durationMs: string; peaks: string }
export interface SignOn { account: string; domain: string; secret: string; webSocketPath: string; expireTime: string }
export interface AgentView {
  name: string; operator: string; displayName: string; queues: string[]; state: string; reason: string; stateTime: string;
  call: string; etag?: string;
}
export interface PhoneQueue {
  name: string; displayName: string; ringLimitMs?: number; maxWaitMs?: number; wrapUpMs?: number; maxWaiting?: number;
  waiting?: number; readyAgents?: number; etag?: string;
}
export interface PhoneNumber { name: string; number: string; voiceFlow: string; language: string; record: boolean }
export interface Trunk { name: string; displayName: string; address: string }
export interface VoiceFlow { name: string; displayName: string; currentVersion: number }
export interface VoiceFlowVersion { name: string; graphJson: string; note: string; author: string; createTime: string }
export interface FlowProblem { node: string; field: string; reason: string; message: string; detail: string }

export interface Difference {
  subject: string; what: string;
}
export interface Reconciliation {
  name: string; project: string; runTime: string; deals: number; differenceCount: number; differences: Difference[];
}
