"""The code tables that the console, its made-up answers and the demo's rooms name are those of identity."""

import json
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
ASKED = re.compile(r"""(?:CodeField table=|useCodeLabel\(|useCodes\()"([a-z-]+)"|/v1/codeTables/([a-z-]+)/""")


def tables():
    catalogue = json.loads((ROOT / "services/identity/code_tables.json").read_text(encoding="utf-8"))
    return {table["table"]: {code["code"] for code in table["codes"]} for table in catalogue["tables"]}


class CodeTables(unittest.TestCase):
    def test_the_console_asks_for_tables_there_are(self):
        asked = {name: page.name for page in (ROOT / "web/src").rglob("*.ts*") if ".test." not in page.name
                 for names in ASKED.findall(page.read_text(encoding="utf-8")) for name in names if name}
        self.assertGreater(len(asked), 4, "pages are read as they are written")
        self.assertEqual(sorted(f"{name} ({page})" for name, page in asked.items() if name not in tables()), [])

    def test_the_words_of_sheets_become_codes_of_the_table(self):
        source = (ROOT / "services/inventory/domain/orientation.cpp").read_text(encoding="utf-8")
        codes = set(re.findall(r'"([a-z]+(?:-[a-z]+)?)"\}', source))
        self.assertEqual(codes, tables()["orientation"])

    def test_the_demos_rooms_face_a_code(self):
        areas = json.loads((ROOT / "deploy/demo/demo.json").read_text(encoding="utf-8"))["areas"].values()
        self.assertLessEqual({area["orientation"] for area in areas}, tables()["orientation"])


if __name__ == "__main__":
    unittest.main()
