"""One file per command: HELP (one line), arguments(parser) and run(options) -> exit code."""
