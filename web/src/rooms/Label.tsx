// A room's place in words, for lists that hold only its name.
import type { Room } from "../api/types";
import { useResource } from "../api/use";

export function RoomLabel({ name }: { name: string }) {
  const room = useResource<Room>(name ? `/v1/${name}` : undefined);
  if (!room.data) return <>{name ? "…" : "—"}</>;
  return <>{[room.data.building, room.data.entrance, room.data.number].filter(Boolean).join(" ")}</>;
}
