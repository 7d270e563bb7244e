// Amounts in Chinese capitals as receipts and contracts write them.
import { minor, type Money } from "./number";

const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["", "拾", "佰", "仟"];
const GROUPS = ["", "万", "亿", "万亿"];

// Up to four digits; a gap of zeros inside is one 零.
function group(value: number): string {
  let text = "";
  let gap = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(value / 10 ** place) % 10;
    if (digit === 0) {
      gap = text !== "";
      continue;
    }
    text += (gap ? "零" : "") + DIGITS[digit]! + PLACES[place]!;
    gap = false;
  }
  return text;
}

function whole(value: bigint): string {
  let text = "";
  let gap = false;
  for (let at = 3; at >= 0; at--) {
    const part = Number((value / 10_000n ** BigInt(at)) % 10_000n);
    if (part === 0) {
      gap = text !== "";
      continue;
    }
    if (text !== "" && (gap || part < 1000)) text += "零";
    text += group(part) + GROUPS[at]!;
    gap = false;
  }
  return text;
}

// 人民币叁拾贰万零壹佰零伍元陆角整
export function capitals(money: Money): string {
  const fen = minor(money);
  const size = fen < 0n ? -fen : fen;
  const [jiao, cent] = [Number((size / 10n) % 10n), Number(size % 10n)];
  const units = whole(size / 100n);
  let text = units === "" ? "" : `${units}元`;
  if (jiao === 0 && cent === 0) text += units === "" ? "零元整" : "整";
  else {
    if (jiao !== 0) text += `${DIGITS[jiao]}角`;
    else if (units !== "") text += "零";
    text += cent === 0 ? "整" : `${DIGITS[cent]}分`;
  }
  return `人民币${fen < 0n ? "负" : ""}${text}`;
}
