#!/usr/bin/env python3
"""Holds `analyze` against what Ansible's own loaders say about real public repositories.

    bench/accuracy.py --corpus DIR [--shared ../shared] [--jobs N] [--only REPO[:PLAYBOOK]]

DIR holds one folder a repository (`owner__name`) at the commit that its truth file names. Prints the scorer's figures, then
the same figures after `bench/accuracy-judged.tsv`: differences that were looked into and where the truth file is wrong, each
with its evidence. What nobody has judged yet is listed. `docs/accuracy.md` is written from this output.
"""

import argparse
import collections
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FIGURES = re.compile(r"^(.*\S)\s+recall ([\d.]+) \((\d+) missed\), precision ([\d.]+) \((\d+) extra\) of (\d+)", re.MULTILINE)


def judgements():
    """Rows of repository:playbook, measure, missed or extra, name, who is wrong, evidence: one a difference."""
    for line in (HERE / "accuracy-judged.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def judge(difference, rows):
    """Who is wrong about a difference; None for one that nobody has judged."""
    return next((who for *judged, who, _ in rows if judged == difference[:4]), None)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=pathlib.Path, required=True)
    parser.add_argument("--shared", type=pathlib.Path, default=HERE.parent.parent / "shared")
    parser.add_argument("--jobs", default="2")
    parser.add_argument("--only")
    options = parser.parse_args()
    with tempfile.NamedTemporaryFile("r+") as misses:
        command = [sys.executable, options.shared / "truth" / "score.py", "--corpus", options.corpus, "--misses", misses.name]
        command += ["--jobs", options.jobs] + (["--only", options.only] if options.only else [])
        print(report := subprocess.run([*command, "--", HERE.parent / "ansible-venv"], stdout=subprocess.PIPE, text=True, check=True).stdout)
        differences = [line.split("\t") for line in misses.read().splitlines() if line]
    rows = list(judgements())
    verdicts = collections.Counter()
    open_ones = []
    for difference in differences:
        who = judge(difference, rows)
        verdicts[difference[1], difference[2], who] += 1
        if who is None:
            open_ones.append(difference)
    print("with the truth corrected where it was judged wrong:")
    for measure, _, missed, _, extra, total in FIGURES.findall(report):
        hit = int(total) - int(missed)
        left = int(missed) - verdicts[measure, "missed", "truth"]
        surplus = int(extra) - verdicts[measure, "extra", "truth"]
        print(f"{measure:22} recall {hit / max(1, hit + left):.4f} ({left} missed), precision {hit / max(1, hit + surplus):.4f} ({surplus} extra)")
    print(f"{len(differences)} differences, {len(open_ones)} not judged")
    for row in rows:
        if not options.only and row[:4] not in [difference[:4] for difference in differences]:
            print("judged, but no difference any more:", "\t".join(row[:4]))
    for difference in open_ones:
        print("not judged:", "\t".join(difference))


if __name__ == "__main__":
    main()
