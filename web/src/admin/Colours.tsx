// A project's colours of the room states (INV-03): what everybody sees who chose none of his own.
import { App, Button } from "antd";
import { useState } from "react";
import { patch } from "../api/client";
import type { ChartColours } from "../api/types";
import { useAct, useResource } from "../api/use";
import { useT } from "../i18n/provider";
import { ErrorBox, Loading, Panel } from "../parts/parts";
import { ColourList } from "../rooms/ColourList";
import { colourPath, fillsOf } from "../rooms/colours";
import type { Fills } from "../theme/fills";

const inOrder = (fills: Fills): string => JSON.stringify(Object.entries(fills).sort());

function ColourForm({ colours }: { colours: ChartColours }) {
  const t = useT();
  const { message } = App.useApp();
  const kept = fillsOf(colours);
  const [fills, setFills] = useState(kept);
  const path = `/v1/${colours.name}`;
  const act = useAct(
    (wanted: Fills, key) => patch<ChartColours>(path, { name: colours.name, etag: colours.etag, colours: Object.entries(wanted).map(([state, fill]) => ({ state, fill })) }, undefined, key),
    [path],
  );
  return (
    <>
      <p className="meta">{t("admin.coloursNote")}</p>
      <ColourList fills={fills} under={{}} onChange={setFills} />
      <ErrorBox error={act.error} />
      <div className="form-foot">
        <Button disabled={Object.keys(fills).length === 0} onClick={() => setFills({})}>{t("rooms.colourAllBack")}</Button>
        <span className="space" />
        <Button
          type="primary" disabled={inOrder(fills) === inOrder(kept)} loading={act.isPending}
          onClick={() => act.mutate(fills, { onSuccess: () => void message.success(t("admin.saved")) })}
        >
          {t("common.save")}
        </Button>
      </div>
    </>
  );
}

export function Colours({ project }: { project: string }) {
  const t = useT();
  const colours = useResource<ChartColours>(colourPath(project));
  return (
    <Panel title={t("admin.colours")}>
      <ErrorBox error={colours.error} onRetry={() => void colours.refetch()} />
      {colours.isLoading && <Loading rows={8} />}
      {colours.data && <ColourForm key={colours.data.etag} colours={colours.data} />}
    </Panel>
  );
}
