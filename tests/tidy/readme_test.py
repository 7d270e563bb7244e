"""The pages say what the programs do: the README's rights are identity's, its services those that are built, and what a
page links to or names in capitals is there."""

import json
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = (".png", ".wav")
REACH = {"OWN": "own", "TEAM": "team", "PROJECT": "projects", "TENANT": "all", "SCOPE_UNSPECIFIED": "yes"}


def tracked():
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True,
                          check=True)
    return [name for name in done.stdout.splitlines() if (ROOT / name).is_file() and not name.endswith(BINARY)]


def pages():
    """(name, text) of every page."""
    return [(name, (ROOT / name).read_text(encoding="utf-8")) for name in tracked() if name.endswith(".md")]


def rights_table():
    """The table as it should stand between the two marks."""
    catalogue = json.loads((ROOT / "services/identity/rights.json").read_text(encoding="utf-8"))
    groups = [group["group"] for group in catalogue["groups"]]
    rows = ["| Right | " + " | ".join(groups) + " |", "|---|" + "---|" * len(groups)]
    for right in catalogue["rights"]:
        reaches = [REACH.get(right["groups"].get(group, ""), "") for group in groups]
        rows.append(f"| `{right['right']}` {right['en']} | " + " | ".join(reaches) + " |")
    return "\n".join(rows)


class Readme(unittest.TestCase):
    def setUp(self):
        self.text = (ROOT / "README.md").read_text(encoding="utf-8")

    def test_the_rights_table_is_that_of_identity(self):
        stands = re.search(r"<!-- rights -->\n(.*?)\n<!-- /rights -->", self.text, re.DOTALL)
        self.assertIsNotNone(stands, "the marks around the rights table are gone")
        self.assertEqual(stands[1], rights_table(), "replace the table by the one expected here")

    def test_every_service_stands_in_the_table(self):
        folders = [path.name for path in sorted((ROOT / "services").iterdir()) if path.is_dir()]
        self.assertEqual([name for name in folders if f"| `{name}` |" not in self.text], [])

    def test_each_service_publishes_what_its_contract_declares(self):
        for folder in sorted(path for path in (ROOT / "services").iterdir() if path.is_dir()):
            contract = "".join(path.read_text(encoding="utf-8")
                               for path in sorted((ROOT / f"proto/lintel/{folder.name}/v1").glob("*.proto")))
            declared = re.findall(r"message (\w+) \{[^}]*?option \(lintel\.auth\.event\)", contract)
            row = re.search(rf"^\| `{folder.name}` \|.*\| ([^|]*) \|$", self.text, re.MULTILINE)
            self.assertEqual(sorted(row[1].split(", ")), sorted(declared) or ["nothing"], folder.name)

    def test_links_lead_somewhere(self):
        broken = [f"{name}: {target}" for name, text in pages()
                  for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
                  if not ((ROOT / name).parent / target).exists()]
        self.assertEqual(broken, [])

    def test_what_a_page_names_in_capitals_is_there(self):
        """Variables of the environment, reasons, states: LINTEL_HOME, ROOM_TAKEN. Metrics too: lintel_rpc_seconds."""
        code = set()
        for name in tracked():
            if not name.endswith(".md"):
                code.update(re.findall(r"\w+", (ROOT / name).read_text(encoding="utf-8", errors="ignore")))
        unknown = [f"{name}: {word}" for name, text in pages()
                   for word in re.findall(r"\b(?:[A-Z]+(?:_[A-Z]+)+|lintel_\w+)\b", text) if word not in code]
        self.assertEqual(unknown, [])


if __name__ == "__main__":
    unittest.main()
