// One palette for everything: pages, customers, rooms, documents, actions. The server does the finding.
import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useDeferredValue, useState } from "react";
import { useNavigate } from "react-router";
import { get } from "../api/client";
import type { Customer, Room } from "../api/types";
import { useT } from "../i18n/provider";
import { composing } from "../keys/registry";
import { Icon, type IconName } from "../parts/icons";
import { StateTag } from "../parts/parts";
import { useSession } from "../session/context";
import type { MessageKey } from "../i18n/messages";
import { NAV } from "./nav";
import { useProject } from "./project";

const ACTIONS: { to: string; text: MessageKey; icon: IconName; right: string }[] = [
  { to: "/customers/new", text: "customers.register", icon: "plus", right: "customer.write" },
  { to: "/deals/holds/new", text: "deals.newHold", icon: "plus", right: "room.hold" },
  { to: "/deals/subscriptions/new", text: "deals.newSubscription", icon: "plus", right: "subscription.create" },
  { to: "/deals/contracts/new", text: "deals.newContract", icon: "plus", right: "contract.sign" },
  { to: "/finance/receipts/new", text: "finance.takeMoney", icon: "money", right: "receipt.book" },
];

const quoted = (text: string) => `"${text.replace(/["\\]/g, "")}"`;

function useFound(text: string) {
  const { can } = useSession();
  const { project } = useProject();
  const customers = useQuery({
    queryKey: ["palette", "customers", text],
    queryFn: ({ signal }) => get<{ customers: Customer[] }>("/v1/customers", { query: text, pageSize: 6 }, signal),
    enabled: text.length >= 2 && can("customer.read"),
    retry: false,
  });
  const rooms = useQuery({
    queryKey: ["palette", "rooms", project?.name, text],
    queryFn: ({ signal }) =>
      get<{ rooms: Room[] }>(`/v1/${project!.name}/rooms`, { filter: `number = ${quoted(text)}`, pageSize: 6 }, signal),
    enabled: /^\w{2,8}$/.test(text) && Boolean(project) && can("room.read"),
    retry: false,
  });
  return { customers: customers.data?.customers ?? [], rooms: rooms.data?.rooms ?? [] };
}

export function Palette({ onClose }: { onClose: () => void }) {
  const t = useT();
  const go = useNavigate();
  const { can } = useSession();
  const [text, setText] = useState("");
  const asked = useDeferredValue(text.trim());
  const found = useFound(asked);
  const visit = (to: string) => {
    onClose();
    void go(to);
  };
  const fits = (label: string) => asked === "" || label.toLowerCase().includes(asked.toLowerCase());
  const pages = NAV.filter((item) => (!item.right || can(item.right)) && fits(t(item.text)));
  const actions = ACTIONS.filter((item) => can(item.right) && fits(t(item.text)));
  return (
    <Command.Dialog
      open onOpenChange={(next) => !next && onClose()} label={t("frame.paletteShort")} shouldFilter={false} loop
      className="palette" overlayClassName="palette-veil"
      onKeyDown={(event) => composing(event.nativeEvent) && event.stopPropagation()}
    >
      <Command.Input value={text} onValueChange={setText} placeholder={t("frame.palette")} />
      <Command.List>
        <Command.Empty>{t("frame.paletteEmpty")}</Command.Empty>
        {found.customers.length > 0 && (
          <Command.Group heading={t("nav.customers")}>
            {found.customers.map((customer) => (
              <Command.Item key={customer.name} value={customer.name} onSelect={() => visit(`/${customer.name}`)}>
                <Icon name="person" /> {customer.displayName} <span className="meta">{customer.phones[0]}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {found.rooms.length > 0 && (
          <Command.Group heading={t("nav.rooms")}>
            {found.rooms.map((room) => (
              <Command.Item key={room.name} value={room.name} onSelect={() => visit(`/chart?room=${room.name}`)}>
                <StateTag state={room.state} /> {room.building} {room.entrance} {room.number}
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {actions.length > 0 && (
          <Command.Group heading={t("frame.actions")}>
            {actions.map((item) => (
              <Command.Item key={item.to} value={item.to} onSelect={() => visit(item.to)}>
                <Icon name={item.icon} /> {t(item.text)}
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {pages.length > 0 && (
          <Command.Group heading={t("frame.pages")}>
            {pages.map((item) => (
              <Command.Item key={item.to} value={item.to} onSelect={() => visit(item.to)}>
                <Icon name={item.icon} /> {t(item.text)}
              </Command.Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command.Dialog>
  );
}
