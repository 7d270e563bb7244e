"""Every rule a request can break has a Chinese text: what the C++ says and what platform/i18n/rules.json knows.

A rule is the last argument of a call in RULE_CALLS, or any literal that begins with "must ". What is computed in it
stands as HOLE and fits a hole of rules.json; so does a single word, such as a number. A sentence does not: it needs a
text of its own.
"""

import json
import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("platform/", "services/", "gateway/", "telephony/")
HOLE = "\0"
EVERYWHERE = r"\bInvalidField"
# Functions of one file that hand a rule on to InvalidField, or to a reason's {cause} and {limit}.
RULE_CALLS = {
    "gateway/contract/json_reader.cpp": r"\b(?:Bad|Seconds)",
    "gateway/text/json_value.cpp": r"\bBad",
    "platform/list/field_value.cpp": r"\bWrong",
    "platform/list/filter.cpp": r"\bWrong",
    "services/sales/domain/price.cpp": r"\bBadLine",
    "services/finance/domain/schedule.cpp": r"\bUnfit",
    "platform/sheet/": r"\b(?:Broken|TooLarge)",
}
# Where InvalidField's rule comes from elsewhere: a function of RULE_CALLS, or a refusal that was stored or sent.
HANDS_ON = {"gateway/contract/json_reader.cpp", "services/sales/domain/price.cpp", "platform/status/status.h",
            "platform/status/status.cpp", "platform/client/wire_status.cpp", "platform/jobs/operations.cpp"}
# Where the argument before the rule is a place in a sheet, "row 5": said to the reader, too.
SAYS_PLACES = "platform/sheet/"
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')


def sources():
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "*.cpp", "*.h"], cwd=ROOT,
                          capture_output=True, text=True, check=True)
    for name in done.stdout.splitlines():
        if name.startswith(FOLDERS) and "_test." not in name and "/testing/" not in name and (ROOT / name).is_file():
            yield name, (ROOT / name).read_text(encoding="utf-8")


def calls(text, function):
    """Where each call of `function` begins, and its arguments."""
    for call in re.finditer(rf"(?:{function})\(", text):
        at, depth, arguments, begin = call.end(), 1, [], call.end()
        while depth and at < len(text):
            literal = LITERAL.match(text, at)
            if literal:
                at = literal.end()
                continue
            depth += (text[at] in "({[") - (text[at] in ")}]")
            if depth == 0 or (depth == 1 and text[at] == ","):
                arguments.append(text[begin:at].strip())
                begin = at + 1
            at += 1
        yield call.start(), arguments


def rules_in(expression):
    """Each text the expression can be, what is computed in it as HOLE; none when all of it is computed."""
    if "?" in LITERAL.sub('""', expression):
        return [rule for branch in re.split(r" [?:] ", expression)[1:] for rule in rules_in(branch)]
    joined = re.fullmatch(r"(?:absl::StrCat|fmt::format)\((.*)\)", expression, re.S)
    if joined and "format" in expression:
        return [re.sub(r"\{[^}]*\}", HOLE, LITERAL.search(expression).group(1))]
    rest, rule, at = joined.group(1) if joined else expression, "", 0
    for literal in LITERAL.finditer(rest):
        rule += (HOLE if re.search(r"\w", rest[at:literal.start()]) else "") + literal.group(1)
        at = literal.end()
    return [rule + (HOLE if re.search(r"\w", rest[at:]) else "")] if at else []


def found_rules():
    """(file:line, rule) of everything the sources say a request must be."""
    for name, text in sources():
        functions = [EVERYWHERE] + [call for place, call in RULE_CALLS.items() if name.startswith(place)]
        spoken = set()
        for begin, arguments in calls(text, "|".join(functions)):
            said = arguments if name.startswith(SAYS_PLACES) else arguments[-1:]
            for argument in said:
                spoken.update(LITERAL.findall(argument))
                for rule in rules_in(argument):
                    if " " in rule or argument is arguments[-1]:
                        yield f"{name}:{text.count(chr(10), 0, begin) + 1}", rule
        for literal in LITERAL.finditer(text):
            if literal.group(1).startswith("must ") and literal.group(1) not in spoken:
                yield f"{name}:{text.count(chr(10), 0, literal.start()) + 1}", literal.group(1)


def pattern_of(english):
    parts = re.split(r"\{(\w+)\}", english)
    return re.compile("".join(re.escape(part) if i % 2 == 0 else rf"(?P<{part}>.+?)" for i, part in enumerate(parts)),
                      re.S)


class Rules(unittest.TestCase):
    def setUp(self):
        self.pairs = json.loads((ROOT / "platform/i18n/rules.json").read_text(encoding="utf-8"))
        self.patterns = [pattern_of(pair["en"]) for pair in self.pairs]

    def fits(self, pattern, rule):
        match = pattern.fullmatch(rule)
        return match and all(self.known(value) if hole == "rule" else " " not in value
                             for hole, value in match.groupdict().items())

    def known(self, rule):
        return rule == HOLE or any(self.fits(pattern, rule) for pattern in self.patterns)

    def report(self, found, what):
        if found:
            self.fail(f"{what}:\n  " + "\n  ".join(found))

    def test_every_rule_has_a_chinese_text(self):
        found = list(found_rules())
        self.assertGreater(len(found), 250, "the sources are read as they are written")
        missing = sorted({f"{where}: {rule.replace(HOLE, '{}')}" for where, rule in found if not self.known(rule)})
        self.report(missing, "add a pair to platform/i18n/rules.json")

    def test_a_rule_stands_where_this_test_can_read_it(self):
        hidden = sorted({name for name, text in sources() for _, arguments in calls(text, EVERYWHERE)
                         if arguments and not rules_in(arguments[-1]) and name not in HANDS_ON})
        self.report(hidden, "write the rule into the call, or name its function in RULE_CALLS")

    def test_every_chinese_text_is_of_use(self):
        """A pair that no rule of the sources needs is left over from one that changed."""
        rules = {rule for _, rule in found_rules()}
        unused = [pair["en"] for pair, pattern in zip(self.pairs, self.patterns)
                  if not any(pattern.fullmatch(rule) for rule in rules)]
        self.report(unused, "take these off platform/i18n/rules.json")

    def test_both_languages_have_the_same_holes(self):
        wrong = [pair["en"] for pair in self.pairs
                 if sorted(re.findall(r"\{\w+\}", pair["en"])) != sorted(re.findall(r"\{\w+\}", pair["zh"]))]
        self.report(wrong, "a hole is lost or invented")

    def test_no_english_text_stands_twice(self):
        english = [re.sub(r"\{\w+\}", "{}", pair["en"]) for pair in self.pairs]
        self.assertEqual(sorted(set(english)), sorted(english))

    def test_the_chinese_is_chinese_and_ends_without_a_full_stop(self):
        wrong = [pair["zh"] for pair in self.pairs if not re.search(r"[\u4e00-\u9fff“]", pair["zh"])
                 or pair["zh"].endswith(("。", "."))]
        self.report(wrong, "not a Chinese rule")


if __name__ == "__main__":
    unittest.main()
