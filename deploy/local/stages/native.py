"""The C++ tests: one sanitized build for all rings, and small builds for data races and for fuzzing."""

import concurrent.futures
import json
import os
import re

from .. import build as builds
from .. import packages
from ..home import ROOT
from ..shell import run, tail
from ..throwaway import databases
from .context import Tally, read_gtest, tracked

PRESET = "ci"


def build(context):
    packages.ensure(("run", "build", "test"))
    builds.programs(PRESET, tests=True, jobs=context.jobs)
    return Tally(passed=1)


def unit(context):
    # The distributor's simulation: a million steps for each seed.
    return ctest(context, "unit", {"LINTEL_SIMULATION_SEEDS": "12"} if context.deep else {})


def component(context):
    with databases() as variables:
        return ctest(context, "component", variables)


def ctest(context, label, variables, folder=None, leave_out=()):
    """Runs the programs of one label, but those to leave out, and counts their single tests."""
    folder = folder or builds.preset_folder(PRESET)
    reports = context.work / f"gtest-{label}"
    reports.mkdir()
    environment = dict(os.environ) | variables | {
        "GTEST_OUTPUT": f"json:{reports}/", "ASAN_OPTIONS": "detect_stack_use_after_return=0",
        "UBSAN_OPTIONS": "print_stacktrace=1", "TSAN_OPTIONS": "halt_on_error=1"}
    log = context.work / f"ctest-{label}.log"
    without = ["-E", f"^({'|'.join(leave_out)})$"] if leave_out else []
    run(["ctest", "--test-dir", folder, "-L", f"^{label}$", *without, "-j", context.jobs, "--output-on-failure",
         "--no-tests=ignore"],
        env=environment, log=log, check=False, timeout=3600)
    tally, reported = read_gtest(reports)
    text = log.read_text(encoding="utf-8", errors="replace")
    for name in re.findall(r"^\s*\d+ - (\S+) \((?:Failed|Timeout|SEGFAULT|Not Run|Subprocess[^)]*|ILLEGAL|OTHER[^)]*)\)",
                           text, re.MULTILINE):
        if name not in reported or not tally.failed:
            tally.count(False, name, f"the program failed as a whole; see its output:\n{tail(log, 60)}")
    return tally


# They start children under a limit of address space, which the thread sanitizer's shadow memory does not fit into, take
# timed locks, which g++ 12's libtsan does not know, or draw with libraries that are not instrumented.
NOT_UNDER_THREADS = ("platform_helper_test", "platform_sheet_test", "platform_report_test", "telephony_speech_test")


def threads(context):
    """Libraries without gRPC under the thread sanitizer (gRPC's own locks are unknown to it)."""
    folder = ROOT / "build/tsan"
    if not (folder / "build.ninja").exists():
        run(["cmake", "-S", ROOT, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=None", "-DLINTEL_TESTS=ON",
             "-DCMAKE_CXX_FLAGS=-O1 -g1 -fsanitize=thread -Wno-tsan", "-DCMAKE_EXE_LINKER_FLAGS=-fsanitize=thread"],
            what="cmake (tsan)", cwd=ROOT)
    run(["ninja", "-C", folder, "-j", context.jobs, "domain_tests"], what="the tsan build", log=context.work / "tsan.log",
        timeout=3600)
    return ctest(context, "domain", {}, folder, NOT_UNDER_THREADS)


def fuzz(context):
    """Each fuzz target from its committed corpus; prints executions and new edges; under 10,000 executions it fails."""
    tally = Tally()
    targets = sorted({os.path.basename(name)[:-4] for name in tracked("*_fuzz.cpp")})
    if not targets:
        return tally.skip("there is no fuzz target yet")
    folder = ROOT / "build/fuzz"
    if not (folder / "build.ninja").exists():
        run(["cmake", "-S", ROOT, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=None", "-DLINTEL_TESTS=OFF",
             "-DLINTEL_FUZZ=ON", "-DCMAKE_CXX_COMPILER=clang++-14", "-DCMAKE_CXX_FLAGS=-O1 -g1"],
            what="cmake (fuzz)", cwd=ROOT)
    run(["ninja", "-C", folder, "-j", context.jobs, "fuzzers"], what="the fuzz build", log=context.work / "fuzz.log",
        timeout=3600)
    with concurrent.futures.ThreadPoolExecutor(context.jobs) as pool:
        for one in pool.map(lambda target: one_target(context, folder, target), targets):
            tally += one
    return tally


def one_target(context, folder, target):
    source = next(name for name in tracked("*_fuzz.cpp") if name.endswith(f"/{target}.cpp"))
    committed = ROOT / os.path.dirname(source) / "corpus" / target.removesuffix("_fuzz")
    grown = context.work / f"corpus-{target}"
    grown.mkdir()
    log = context.work / f"{target}.log"
    seconds = 60 if context.deep else 10
    done = run([folder / "bin" / target, f"-max_total_time={seconds}", "-timeout=5", "-rss_limit_mb=2048",
                "-print_final_stats=1", f"-artifact_prefix={context.work}/", grown, *([committed] if committed.is_dir() else [])],
               log=log, check=False, timeout=seconds + 120)
    text = log.read_text(encoding="utf-8", errors="replace")
    executions = int((re.findall(r"stat::number_of_executed_units:\s+(\d+)", text) or ["0"])[-1])
    edges = re.findall(r"INITED cov: (\d+)", text) + re.findall(r"DONE\s+cov: (\d+)", text)
    new = int(edges[-1]) - int(edges[0]) if len(edges) >= 2 else 0
    print(f"      {target}: {executions} executions, {new} new edges", flush=True)
    return Tally().count(done.returncode == 0 and executions >= 10000, target,
                         f"exit {done.returncode}, {executions} executions (10000 wanted)\n{tail(log, 25)}")


def clang_tidy(context):
    """Every file of the sanitized build's compile commands but the fuzz targets, on all cores; .clang-tidy names the checks."""
    tally = Tally()
    folder, files = clang_commands(context.work)
    with concurrent.futures.ThreadPoolExecutor(context.jobs) as pool:
        for one in pool.map(lambda name: tidy_one(context, folder, name), files):
            tally += one
    return tally


def tidy_one(context, folder, name):
    tally = Tally()
    context.command(tally, f"clang-tidy {name}", ["clang-tidy-14", "-p", folder, "--quiet", ROOT / name])
    return tally


def clang_commands(folder):
    """The build's commands as clang understands them, and the files they name: g++'s precompiled header as the text it was
    made from, none of its own options."""
    own = set(tracked("*.cpp"))
    commands = []
    for command in json.loads((builds.preset_folder(PRESET) / "compile_commands.json").read_text(encoding="utf-8")):
        name = os.path.relpath(command["file"], ROOT)
        if name in own and not name.endswith("_fuzz.cpp"):
            commands.append(command | {"command": for_clang(command["command"])})
    (folder / "compile_commands.json").write_text(json.dumps(commands, indent=1), encoding="utf-8")
    return folder, sorted({os.path.relpath(command["file"], ROOT) for command in commands})


def for_clang(command):
    command = re.sub(r"-include \S+/lintel_pch_(\w+)\.dir/cmake_pch\.hxx", rf"-include {ROOT}/cmake/pch_\1.h", command)
    return re.sub(r" (-Winvalid-pch|-fpch-preprocess|-Werror|-Wno-\S+|-fsanitize=\S+|-fno-sanitize-recover=\S+)", "", command)
