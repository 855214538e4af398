"""Counts what the test runners of every language reported, and prints the one line that `verify` ends with.

    summary.py STATUS UNITTEST_LOG...
"""

import pathlib
import re
import sys
import xml.etree.ElementTree as xml


def unittest_counts(log):
    text = pathlib.Path(log).read_text()
    ran = re.findall(r"^Ran (\d+) tests? in", text, re.M)
    if not ran:
        return 0, 1, 0
    ended = dict(re.findall(r"(failures|errors|skipped)=(\d+)", text.splitlines()[-1]))
    failed = int(ended.get("failures", 0)) + int(ended.get("errors", 0))
    skipped = int(ended.get("skipped", 0))
    return int(ran[-1]) - failed - skipped, failed, skipped


def junit_counts(root):
    passed = failed = skipped = 0
    for report in root.glob("*/target/*-reports/TEST-*.xml"):
        suite = xml.parse(report).getroot()
        tests, missed = int(suite.get("tests")), int(suite.get("skipped"))
        bad = int(suite.get("failures")) + int(suite.get("errors"))
        passed, failed, skipped = passed + tests - bad - missed, failed + bad, skipped + missed
    return passed, failed, skipped


def main():
    status, logs = int(sys.argv[1]), sys.argv[2:]
    parts = [junit_counts(pathlib.Path()), *map(unittest_counts, logs)]
    passed, failed, skipped = map(sum, zip(*parts))
    if passed == 0 or (status and not failed):
        failed += 1
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    sys.exit(1 if status or failed else 0)


main()
