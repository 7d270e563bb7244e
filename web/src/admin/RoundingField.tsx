// How a list price is rounded.
import { Select } from "antd";
import type { Rounding } from "../api/types";
import { useWord } from "../i18n/provider";

const ROUNDINGS: Rounding[] = ["TRUNCATE_TO_YUAN", "HALF_UP_TO_YUAN", "HALF_UP_TO_FEN", "TRUNCATE_TO_FEN"];

export function RoundingField(props: { id?: string; value?: Rounding; onChange?: (rounding: Rounding) => void }) {
  const word = useWord();
  return <Select {...props} options={ROUNDINGS.map((value) => ({ value, label: word("admin.rounding", value) }))} />;
}
