// An operator's own colours, opened from the chart's legend; they hold at once for this operator alone, at every desk.
import { Button, Drawer } from "antd";
import { useT } from "../i18n/provider";
import { ErrorBox, useNarrow } from "../parts/parts";
import { ColourList } from "./ColourList";
import { useRoomColours } from "./colours";

export function OwnColours({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  const narrow = useNarrow();
  const { own, project, setOwn, error } = useRoomColours();
  return (
    <Drawer
      open={open} onClose={onClose} title={t("rooms.ownColours")} placement={narrow ? "bottom" : "right"} size={narrow ? "large" : 400} mask={narrow}
      footer={<Button disabled={Object.keys(own).length === 0} onClick={() => setOwn({})}>{t("rooms.colourAllBack")}</Button>}
    >
      <p className="meta">{t("rooms.ownColoursNote")}</p>
      <ErrorBox error={error} />
      <ColourList fills={own} under={project} onChange={setOwn} />
    </Drawer>
  );
}
