"""The rules of the house that a program can check. Each test names every line that breaks its rule."""

import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LONGEST_FILE = 300
LONGEST_CONTRACT = 400  # A .proto is read as one page of reference.
LONGEST_TEST = 500      # A test is read by itself, whatever stands around it.
# Files that may be longer, each with its reason.
MAY_BE_LONG = {
}
SOURCE = (".cpp", ".h", ".py", ".ts", ".tsx", ".mjs", ".proto", ".sql", ".cmake")
SERVICES = ("identity", "inventory", "customers", "sales", "finance", "reporting", "analytics", "telephony")
# Calls that hide a failure, block for ever, or read the time around platform/clock.
BANNED_CALLS = {
    r"\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|atof)\s*\(": "unbounded or silent C function",
    r"\brand\s*\(\s*\)|\bsrand\s*\(": "predictable random number",
    r"\bsystem\s*\(|\bpopen\s*\(": "a shell; use platform/helper",
    r"catch\s*\(\s*\.\.\.\s*\)": "catches everything",
    r"\bstd::cout\b|\bstd::cerr\b": "unstructured output; use platform/log",
    r"system_clock::now\s*\(": "the time comes from platform/clock",
    r"\btime\s*\(\s*(NULL|nullptr|0)\s*\)|\blocaltime|\bgmtime\s*\(": "the time comes from platform/clock",
    r"\bsleep_for\b|\busleep\s*\(|\bsleep\s*\(": "waits without a condition",
}
# Where a banned call is the point: the file's reason stands beside it.
MAY_CALL = {
    "platform/clock/": r"system_clock|time",
    "platform/log/": r"system_clock",
    "platform/ids/": r"system_clock",     # UUIDv7 takes its own time: ids never go backwards in test mode.
    "platform/client/": r"system_clock",  # gRPC's deadlines and the life of tokens are wall time.
    "platform/server/": r"system_clock",
    "platform/pg/database.cpp": r"catch",  # Rolls back and throws on.
    "platform/blob/": r"usleep",          # Bounded: another process may be writing the key at this moment.
    "platform/process/": r"sleep_for",    # The pause between two tries of a step.
    "platform/jobs/": r"sleep_for",       # Long polling of an operation.
    "platform/service/": r"sleep_for",    # Waits for a secret's file, with a deadline.
}
MONEY_WORD = re.compile(r"\b(double|float)\b[^;{]*\b\w*(price|amount|money|fen|yuan|minor_units|balance|tax)\w*", re.I)


def tracked(*suffixes):
    done = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True,
                          check=True)
    return [name for name in done.stdout.splitlines()
            if (ROOT / name).is_file() and (not suffixes or name.endswith(suffixes))]


def rows(name):
    """The lines of a file with their numbers; text that is not UTF-8 has none."""
    try:
        return list(enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), 1))
    except UnicodeDecodeError:
        return []


def code(row):
    """A line without its C++ comment and without string contents."""
    return re.sub(r'"(?:[^"\\]|\\.)*"', '""', row).split("//")[0]


def longest(name):
    if name.endswith(".proto"):
        return LONGEST_CONTRACT
    return LONGEST_TEST if is_test(name) else LONGEST_FILE


def is_test(name):
    return "_test." in name or name.startswith("tests/") or "/testing/" in name or "/fuzz/" in name


class Tidy(unittest.TestCase):
    def report(self, found, rule):
        if found:
            self.fail(f"{rule}:\n  " + "\n  ".join(found))

    def test_files_are_short(self):
        found = [f"{name}: {len(rows(name))} lines" for name in tracked(*SOURCE)
                 if len(rows(name)) > longest(name)
                 and name not in MAY_BE_LONG]
        self.report(found, f"split along a concept: at most {LONGEST_FILE} lines ({LONGEST_CONTRACT} of a .proto, "
                    f"{LONGEST_TEST} of tests)")

    def test_the_list_of_long_files_holds_only_long_files(self):
        found = [name for name in MAY_BE_LONG if len(rows(name)) <= LONGEST_FILE]
        self.report(found, "no longer long; take it off the list")

    def test_banned_calls_are_absent(self):
        found = []
        for name in tracked(".cpp", ".h"):
            allowed = "|".join(pattern for prefix, pattern in MAY_CALL.items() if name.startswith(prefix))
            for number, row in rows(name):
                for pattern, why in BANNED_CALLS.items():
                    if is_test(name) and "time" in why:
                        continue
                    hit = re.search(pattern, code(row))
                    if hit and not (allowed and re.search(allowed, hit.group())):
                        found.append(f"{name}:{number}: {why}: {row.strip()}")
        self.report(found, "banned calls")

    def test_money_is_never_floating_point(self):
        found = [f"{name}:{number}: {row.strip()}" for name in tracked(".cpp", ".h", ".proto")
                 for number, row in rows(name) if MONEY_WORD.search(code(row))]
        self.report(found, "money is whole minor units")

    def test_sql_takes_the_time_as_a_parameter(self):
        """now() stands only in leases, logs and the migrations' own bookkeeping (DESIGN 3.13)."""
        found = []
        for name in tracked(".cpp", ".sql"):
            if is_test(name):
                continue
            lines = rows(name)
            for number, row in lines:
                text = row.split("--")[0].split("//")[0].replace('"now()"', "")
                around = " ".join(line for _, line in lines[max(0, number - 4):number])
                if re.search(r"(?<![:.>])\b(now\(\)|NOW\(\)|(?i:current_timestamp|clock_timestamp\s*\())", text) \
                        and not re.search(r"lease|applied_time|logged|sip_accounts", around, re.I):
                    found.append(f"{name}:{number}: {row.strip()}")
        self.report(found, "the time is a parameter in SQL")

    def test_the_gateway_knows_no_service(self):
        words = re.compile(r"\b(" + "|".join(SERVICES) + r")\b", re.I)
        found = [f"{name}:{number}: {row.strip()}" for name in tracked() if name.startswith("gateway/")
                 for number, row in rows(name) if words.search(row)]
        self.report(found, "no service's name under gateway/")

    def test_domain_code_includes_no_transport_and_no_database(self):
        found = [f"{name}:{number}: {row.strip()}" for name in tracked(".cpp", ".h") if "/domain/" in name
                 for number, row in rows(name)
                 if re.search(r'#include\s*[<"](pqxx|grpc|google/protobuf|hiredis|.*\.pb\.h)', row)]
        self.report(found, "a domain folder includes pqxx, gRPC or protobuf")

    def test_every_source_is_built(self):
        lists = {name: (ROOT / name).read_text(encoding="utf-8") for name in tracked("CMakeLists.txt")}
        found = []
        for name in tracked(".cpp"):
            if name.endswith("_fuzz.cpp"):
                continue  # Often listed in a loop over their names; `ninja fuzzers` fails on a missing one.
            folder = pathlib.PurePosixPath(name)
            if not any(list_name in lists and re.search(rf"(?<![\w]){re.escape(relative)}(?![\w.])", lists[list_name])
                       for list_name, relative in homes(folder)):
                found.append(name)
        self.report(found, "named in no CMakeLists.txt")

    def test_no_path_of_a_machine_and_no_registry_is_written_down(self):
        words = re.compile(r"/work/|/home/[a-z]+/|/Users/|/root/[a-z]|registry\.(npmjs|yarnpkg|npmmirror)|"
                           r"(deb|ftp\.\w+|snapshot)\.debian\.org|\"resolved\":\s*\"http")
        found = [f"{name}:{number}: {row.strip()[:160]}" for name in tracked() if name != "tests/tidy/tidy_test.py"
                 for number, row in rows(name) if words.search(row)]
        self.report(found, "paths of one machine or addresses of a package source")

    def test_no_credential_stands_in_the_tree(self):
        words = re.compile(r"-----BEGIN (RSA |EC |OPENSSH )?PRIVATE KEY-----|\bpassword\s*[:=]\s*[\"'][^\"'{$<]{6,}[\"']", re.I)
        found = [f"{name}:{number}: {row.strip()[:120]}" for name in tracked()
                 if not is_test(name) and not name.startswith("web/src/")
                 for number, row in rows(name) if words.search(row)]
        self.report(found, "looks like a credential")

    def test_todo_names_an_issue(self):
        found = [f"{name}:{number}: {row.strip()}" for name in tracked(*SOURCE) if name != "tests/tidy/tidy_test.py"
                 for number, row in rows(name) if re.search(r"\b(TODO|FIXME|XXX|HACK)\b(?!.*#\d)", row)]
        self.report(found, "an open end without an issue")

    def test_every_header_says_what_it_is_for(self):
        found = [name for name in tracked(".h") if rows(name) and not rows(name)[0][1].startswith("//")]
        self.report(found, "a header opens with one to three lines on its job")

    def test_every_header_guards_itself(self):
        found = [name for name in tracked(".h") if not any(row.startswith("#pragma once") for _, row in rows(name))]
        self.report(found, "#pragma once is missing")

    def test_every_service_has_a_readme(self):
        folders = {pathlib.PurePosixPath(name).parts[1] for name in tracked("main.cpp") if name.startswith("services/")}
        self.report([f"services/{folder}" for folder in sorted(folders) if not (ROOT / "services" / folder / "README.md").exists()],
                    "README.md is missing")


def homes(source):
    """Each CMakeLists.txt above a source, with the source's path seen from there."""
    for parent in source.parents:
        yield str(parent / "CMakeLists.txt") if str(parent) != "." else "CMakeLists.txt", str(source.relative_to(parent))


if __name__ == "__main__":
    unittest.main()
