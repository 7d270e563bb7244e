"""The stages of `./lintel test`, in order. Never two at once: each may use the whole machine."""

from . import browser, checks, native, system

# (name, function, only with --deep). A function takes the Context and answers a Tally.
STAGES = (
    ("format", checks.format_check, False),
    ("tidy", checks.tidy, False),
    ("deploy", checks.deploy, False),
    ("build", native.build, False),
    ("unit", native.unit, False),
    ("component", native.component, False),
    ("threads", native.threads, False),
    ("fuzz", native.fuzz, False),
    ("clang-tidy", native.clang_tidy, True),
    ("web", browser.web, False),
    ("telephony", system.telephony, False),
    ("end-to-end", system.end_to_end, False),
    ("faults", system.faults, False),
    ("backup", system.backup, False),
    ("bare-system", system.bare_system, True),
)
