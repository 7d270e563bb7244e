"""Runs the unittest files of one folder and writes `passed failed skipped` to a file: python -m local.unittests FOLDER FILE"""

import pathlib
import sys
import unittest

from .home import ROOT


def main(folder, report):
    suite = unittest.defaultTestLoader.discover(str(ROOT / folder), pattern="*_test.py", top_level_dir=str(ROOT / folder))
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    failed = len(result.failures) + len(result.errors)
    skipped = len(result.skipped)
    passed = result.testsRun - failed - skipped
    pathlib.Path(report).write_text(f"{passed} {failed} {skipped}\n", encoding="utf-8")
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
