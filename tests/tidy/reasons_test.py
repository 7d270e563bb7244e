"""Every refusal says something a person understands (UX-33): each reason of the C++ has a text in a reasons.json, each
text is of use, and each thing or state a refusal names has a word in platform/i18n/words.json."""

import json
import re
import subprocess
import unittest

from rules_test import LITERAL, ROOT, calls, sources

# Functions whose argument at this place is a reason, and those whose argument is the kind of a thing.
REASON_AT = {"Refused": 0, "WithReason": 1, "reader.Reject": 1, "Reject": 1}
KIND_AT = {"Missing": 0, "StaleEtag": 0, "AlreadyPresent": 0, "CheckEtag": 0}
# Where the kind is a variable: what it can be stands in the same file, after this.
KIND_IS = r'(?:\.noun = |FindOne\(\w+, )"(\w[\w ]*)"'
KIND_VARIABLE = ("services/identity/store/place_store.cpp", "services/finance/store/account_store.cpp")
# Texts for a status without a reason, by its code.
BY_CODE = re.compile(r"CODE_[A-Z_]+")


def catalogues():
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "*reasons.json"], cwd=ROOT,
                          capture_output=True, text=True, check=True)
    return {name: json.loads((ROOT / name).read_text(encoding="utf-8")) for name in done.stdout.splitlines()}


def arguments_of(functions):
    """(file, literals) of the argument each call has at its place."""
    for name, text in sources():
        for function, place in functions.items():
            for begin, arguments in calls(text, rf"(?<![\w:.]){re.escape(function)}"):
                if len(arguments) > place:
                    said = re.split(r" \? ", arguments[place])[-1]  # Of a choice, what is chosen.
                    yield f"{name}:{text.count(chr(10), 0, begin) + 1}", LITERAL.findall(said)


class ReasonsAndWords(unittest.TestCase):
    def setUp(self):
        self.catalogues = catalogues()
        self.words = json.loads((ROOT / "platform/i18n/words.json").read_text(encoding="utf-8"))

    def report(self, found, what):
        if found:
            self.fail(f"{what}:\n  " + "\n  ".join(found))

    def test_every_reason_has_a_text(self):
        known = {reason for catalogue in self.catalogues.values() for reason in catalogue}
        found = [(where, reason) for where, reasons in arguments_of(REASON_AT) for reason in reasons]
        self.assertGreater(len(found), 150, "the sources are read as they are written")
        self.report(sorted({f"{where}: {reason}" for where, reason in found if reason not in known}),
                    "add a text to the service's reasons.json")

    def test_every_text_is_of_use(self):
        said = {literal for _, text in sources() for literal in LITERAL.findall(text)}
        unused = [f"{name}: {reason}" for name, catalogue in self.catalogues.items() for reason in catalogue
                  if reason not in said and not BY_CODE.fullmatch(reason)]
        self.report(unused, "no code refuses with these")

    def test_both_languages_fill_in_the_same(self):
        wrong = [f"{name}: {reason}" for name, catalogue in self.catalogues.items() for reason, text in catalogue.items()
                 if set(re.findall(r"\{\w+\}", text["zh"])) != set(re.findall(r"\{\w+\}", text["en"]))]
        self.report(wrong, "a hole is lost or invented")

    def test_every_kind_of_thing_has_a_word(self):
        found = [(where, kind) for where, kinds in arguments_of(KIND_AT) for kind in kinds]
        for name in KIND_VARIABLE:
            kinds = re.findall(KIND_IS, (ROOT / name).read_text(encoding="utf-8"))
            self.assertTrue(kinds, name)
            found += [(name, kind) for kind in kinds]
        self.assertGreater(len(found), 60, "the sources are read as they are written")
        self.report(sorted({f"{where}: {kind}" for where, kind in found if kind not in self.words}),
                    "add a word to platform/i18n/words.json")

    def test_every_state_has_a_word(self):
        states = set()
        for name, enum in (("inventory/v1/rooms.proto", "RoomState"), ("sales/v1/sales.proto", "DocumentState")):
            text = (ROOT / "proto/lintel" / name).read_text(encoding="utf-8")
            body = re.search(rf"enum {enum} {{(.*?)}}", text, re.S).group(1)
            states |= {state for state in re.findall(r"^\s*([A-Z_]+) = [1-9]", body, re.M)}
        self.report(sorted(states - set(self.words)), "add a word to platform/i18n/words.json")

    def test_every_word_is_of_use_and_chinese(self):
        said = {literal for _, text in sources() for literal in LITERAL.findall(text)}
        self.report([code for code in self.words if code not in said and not code.isupper()], "no code names these")
        self.report([code for code, word in self.words.items()
                     if not re.search(r"[\u4e00-\u9fff]", word["zh"]) or not word["en"].isascii()], "not in its language")


if __name__ == "__main__":
    unittest.main()
