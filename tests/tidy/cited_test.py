"""What comments and tests cite, "INV-03" or "DESIGN 3.4", stands in docs/rules.md, and nothing stands there uncited."""

import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = "docs/rules.md"
# RPT-99 and the like are examples.
FEATURE = re.compile(r"\b(?:ADM|AGT|ANA|BX|CFG|CUS|FIN|INV|IVR|MON|NFR|RPT|SAL|SUP|SYS|UX)-(?!99)\d\d[a-z]?\b")
# One rule, or several of one page: "DESIGN 3.1, 3.2", also over the end of a comment's line.
RULE = re.compile(r"\b(DESIGN|DOMAIN|STYLE) §?(\d+(?:\.\d+)?(?:,\s*(?://\s*|--\s*|#\s*)?\d+\.\d+)*)")


def cited():
    """Each thing cited and a file that cites it."""
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True,
                          check=True)
    found = {}
    for name in done.stdout.splitlines():
        path = ROOT / name
        if name in (PAGE, "tests/tidy/cited_test.py") or name.endswith((".png", "package-lock.json")) or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        rules = [f"{page} {number}" for page, numbers in RULE.findall(text) for number in re.findall(r"\d+(?:\.\d+)?", numbers)]
        found |= dict.fromkeys(FEATURE.findall(text) + rules, name)
    return found


def explained():
    """The first cell of each row of the page; the rules of its section DESIGN are written without the word."""
    cells = re.findall(r"^\| ([^|]+?) \|", (ROOT / PAGE).read_text(encoding="utf-8"), re.M)
    return {f"DESIGN {cell}" if re.fullmatch(r"\d+(\.\d+)?", cell) else cell for cell in cells
            if FEATURE.fullmatch(cell) or RULE.fullmatch(cell) or re.fullmatch(r"\d+(\.\d+)?", cell)}


class Cited(unittest.TestCase):
    def test_what_is_cited_is_explained(self):
        known = explained()
        self.assertGreater(len(known), 60, "the page is read as it is written")
        missing = sorted(f"{what} ({where})" for what, where in cited().items() if what not in known)
        self.assertEqual(missing, [], f"add a row to {PAGE}")

    def test_what_is_explained_is_cited(self):
        self.assertEqual(sorted(explained() - set(cited())), [], f"take the row off {PAGE}")


if __name__ == "__main__":
    unittest.main()
