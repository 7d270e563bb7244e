// What a pattern gives, as the building stands: the highest floor on top.
import type { Room } from "../api/types";
import { useFormat } from "../format/use";
import { useT } from "../i18n/provider";
import { Chip } from "../parts/parts";

function byFloor(rooms: Room[]): [floor: number, rooms: Room[]][] {
  const floors = new Map<number, Room[]>();
  for (const room of rooms) floors.set(room.floor, [...(floors.get(room.floor) ?? []), room]);
  return [...floors].sort(([one], [other]) => other - one);
}

export function Floors({ created, rooms, dry }: { created: number; rooms: Room[]; dry: boolean }) {
  const t = useT();
  const format = useFormat();
  return (
    <div data-generated={dry ? "preview" : "done"}>
      <Chip tone={dry ? "main" : "ok"}>{t(dry ? "admin.wouldCreate" : "admin.created", { count: created })}</Chip>
      {rooms.length < created && <span className="meta"> {t("admin.firstShown", { count: rooms.length })}</span>}
      {/* It scrolls by itself, and by keyboard too. */}
      <div className="floors" role="region" aria-label={t("admin.preview")} tabIndex={0}>
        <table>
          <tbody>
            {byFloor(rooms).map(([floor, row]) => (
              <tr key={floor}>
                <th scope="row">{t("rooms.onFloor", { floor })}</th>
                {row.map((room) => (
                  <td key={room.number}>
                    <b>{room.number}</b> <span className="meta">{[room.layout, format.area(room.builtAreaHundredths)].filter(Boolean).join(" ")}</span>
                    {room.listPrice && <div>{format.amount(room.listPrice)}</div>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
