// Every event and signal the console listens for, with the topic that carries it. events.test.ts compares them with proto/.
export const EVENTS = {
  AgentStateSignal: "agents",
  CallRecorded: "calls",
  ChartColoursChanged: "projects",
  ConsentChanged: "customers",
  ContractSigned: "deals",
  CustomerChanged: "customers",
  CustomerErased: "customers",
  CustomerRegistered: "customers",
  HoldChanged: "deals",
  HoldPlaced: "deals",
  NoticeSent: "notices",
  PopSignal: "pops",
  PriceTablePublished: "prices",
  QueueSignal: "queues",
  ReceiptBooked: "money",
  ReceivablesChanged: "money",
  ReminderDue: "reminders",
  RoomStateChanged: "rooms",
  RoomsChanged: "rooms",
  SubscriptionActivated: "deals",
  VisitRecorded: "customers",
} as const;

export type EventName = keyof typeof EVENTS;

// What the stream is asked for: nothing the console would not hear.
export const TOPICS: string[] = [...new Set(Object.values(EVENTS))];

// `type` is the full name of the message, "lintel.telephony.v1.CallRecorded".
export const isA = (event: { type: string }, name: EventName): boolean => event.type.endsWith(`.${name}`);
