"""The README says what the programs do: its rights table is identity's, its service table names what is built."""

import json
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
REACH = {"OWN": "own", "TEAM": "team", "PROJECT": "projects", "TENANT": "all", "SCOPE_UNSPECIFIED": "yes"}


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
        broken = []
        for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/adr/README.md", "k8s/README.md",
                     "deploy/observability/README.md"):
            page = ROOT / name
            for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
                if not (page.parent / target).exists():
                    broken.append(f"{name}: {target}")
        self.assertEqual(broken, [])


if __name__ == "__main__":
    unittest.main()
