// Every event and signal the console listens for, with the topic that carries it. events.test.ts compares them with proto/.
export const EVENTS = {
  AgentStateSignal: "agents",
  CallRecorded: "calls",
  ChartColoursChanged: "projects",
  CodeTableChanged: "codeTables",
  ConsentChanged: "customers",
  ContractSigned: "deals",
  CustomerChanged: "customers",
  CustomerErased: "customers",
  CustomerRegistered: "customers",
  HoldChanged: "deals",
  HoldPlaced: "deals",
  NoticeSent: "notices",
  PermitChanged: "projects",
  PopSignal: "pops",
  PriceTablePublished: "prices",
  ProjectChanged: "projects",
  QueueSignal: "queues",
  ReceiptBooked: "money",
  ReceivablesChanged: "money",
  ReminderDue: "reminders",
  RightsChanged: "rights",
  RoomStateChanged: "rooms",
  RoomsChanged: "rooms",
  SettingChanged: "settings",
  SubscriptionActivated: "deals",
  VisitRecorded: "customers",
} as const;

export type EventName = keyof typeof EVENTS;

// What the stream is asked for: nothing the console would not hear.
export const TOPICS: string[] = [...new Set(Object.values(EVENTS))];

// `type` is the full name of the message, "lintel.telephony.v1.CallRecorded".
export const isA = (event: { type: string }, name: EventName): boolean => event.type.endsWith(`.${name}`);
