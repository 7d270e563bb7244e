// House rules no general linter knows: colours live in theme/tokens.ts, figures are formatted in format/, files stay short.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../src", import.meta.url));
const files = readdirSync(root, { recursive: true }).map((name) => join(root, name)).filter((name) => statSync(name).isFile());
const RULES = [
  { name: "a colour outside theme/tokens.ts", pattern: /#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?=["';\s])|\brgba?\(/, allow: /theme\/tokens\.ts$|\.test\.tsx?$/ },
  { name: "money or a date formatted outside format/", pattern: /\.toLocaleDateString|\.toLocaleTimeString|new Intl\.(NumberFormat|DateTimeFormat)/, allow: /^format\// },
  { name: "Chinese text outside messages", pattern: />[^<{]*[\u4e00-\u9fff]+[^<]*</, allow: /messages\.ts$|\.test\.tsx?$|SignIn\.tsx$|Beam\.tsx$/ },
  { name: "another origin", pattern: /["'`]https?:\/\//, allow: /\.test\.tsx?$/ },
];

let failures = 0;
for (const file of files) {
  const name = relative(root, file);
  const lines = readFileSync(file, "utf8").split("\n");
  if (lines.length > 300) failures += complain(name, lines.length, "longer than 300 lines");
  for (const rule of RULES) {
    if (rule.allow.test(name)) continue;
    lines.forEach((line, at) => rule.pattern.test(line) && (failures += complain(name, at + 1, rule.name)));
  }
}

function complain(name, line, text) {
  console.error(`src/${name}:${line}: ${text}`);
  return 1;
}

if (failures > 0) process.exit(1);
console.log(`${files.length} files keep the house rules`);
