// What a person looks for among the rooms, as the search takes it.

export interface Wish {
  words?: string;
  state?: string;
  layout?: string;
  orientation?: string;
  areaFrom?: number;
  areaTo?: number;
  priceFrom?: number;
  priceTo?: number;
  floorFrom?: number;
  floorTo?: number;
}

export const LONGEST_WORDS = 60;

// What was typed as the server splits it: single spaces, also where a Chinese keyboard made wide ones.
export const queryOf = (typed: string | undefined): string => (typed ?? "").trim().split(/\s+/).join(" ").slice(0, LONGEST_WORDS);

// AIP-160, from what was typed; prices in 万, areas in square metres.
export function filterOf(wish: Wish): string {
  const parts: string[] = [];
  const text = (field: string, value?: string) => value && parts.push(`${field} = "${value.replace(/["\\]/g, "")}"`);
  const range = (field: string, from: number | undefined, to: number | undefined, unit: number) => {
    if (from !== undefined && from !== null) parts.push(`${field} >= ${Math.round(from * unit)}`);
    if (to !== undefined && to !== null) parts.push(`${field} <= ${Math.round(to * unit)}`);
  };
  if (wish.state) parts.push(`state = ${wish.state}`);
  text("layout", wish.layout);
  text("orientation", wish.orientation);
  range("built_area_hundredths", wish.areaFrom, wish.areaTo, 100);
  range("list_price", wish.priceFrom, wish.priceTo, 1_000_000);
  range("floor", wish.floorFrom, wish.floorTo, 1);
  return parts.join(" AND ");
}

// How many conditions stand beside the words.
export const conditionsIn = ({ words: _, ...wish }: Wish): number => Object.values(wish).filter((value) => value !== undefined && value !== null && value !== "").length;

// The wish an address carries: what is on sale when it carries none, or one that cannot be read.
export function wishIn(kept: string | null): Wish {
  try {
    const read: unknown = kept ? JSON.parse(kept) : undefined;
    if (read && typeof read === "object") return read as Wish;
  } catch {
    // An address somebody cut short.
  }
  return { state: "AVAILABLE" };
}
