// What axe-core finds on a page, as lines to complain with. Serious and critical findings of WCAG 2.2 A and AA count (UX-31).
import { readFileSync } from "node:fs";
import { here } from "./stand.mjs";

const AXE = readFileSync(here("../node_modules/axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

export async function barriers(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const violations = await page.evaluate(async (tags) => (await globalThis.axe.run(document, { runOnly: tags, resultTypes: ["violations"] })).violations, TAGS);
  const loud = violations.filter((one) => one.impact === "serious" || one.impact === "critical");
  return loud.flatMap((one) => one.nodes.map((node) => `axe ${one.id}: ${node.target.join(" ")}: ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? one.help}`));
}
