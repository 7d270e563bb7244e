// How calls come in and who takes them: agents, queues, numbers, voice flows, trunks.
import { Agents } from "./Agents";
import { Flows } from "./Flows";
import { Numbers } from "./Numbers";
import { Queues } from "./Queues";
import { Trunks } from "./Trunks";

export function TelephonyTab() {
  return (
    <div className="columns columns-half">
      <div className="stack"><Agents /><Queues /></div>
      <div className="stack"><Numbers /><Flows /><Trunks /></div>
    </div>
  );
}
