#!/usr/bin/env python3
"""Runs demarche over every gold set with the sets' own scorers and prints the quality table of README.md.

usage: training/measure.py SHARED [--out DIR] [--only names,quotes,events] [--binary FILE]

SHARED holds gold/ and score/. Builds the release binary, keeps the analysis records in DIR (default: target/measure).
Standard library only.
"""
import argparse, json, pathlib, re, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SETS = {
    "names": ["news2020", "worldwide", "gum_news", "open_uner_ewt", "open_uner_pud", "open_wikigold"],
    "quotes": ["polnear_dev", "gum_news"],
    "events": ["gold_dev_plv_news", "gold_cameo_manual", "gold_plover_gsr", "gold_dev_statement_appeal",
               "gold_dev_conflibert_rest", "gold_petr2_gsr", "gold_petr_unit", "gold_tabari"],
}
SCORER = {"names": "names.py", "quotes": "quotations.py", "events": "events.py"}
ROWS = {
    "names": ["exact all", "exact PER", "exact ORG", "exact LOC", "partial all"],
    "quotes": ["pair direct", "pair mixed", "pair indirect", "pair all", "attributed letters"],
    "events": ["pair", "quad", "root"],
}


def analyze(binary, gold, out):
    with open(out, "w", encoding="utf-8") as sink:
        done = subprocess.run([binary, "analyze", "--format", "jsonl", gold], stdout=sink)
    if done.returncode not in (0, 1):
        print(f"{gold}: demarche ended with {done.returncode}", file=sys.stderr)


def figures(report, rows):
    found = {}
    for line in report.splitlines():
        m = re.match(r"(.+?)\s+P\s+([\d.]+)\s+R\s+([\d.]+)\s+F1\s+([\d.]+)", line)
        if m:
            found[m[1].strip()] = tuple(float(x) for x in m.groups()[1:])
    return {row: found.get(row) for row in rows}


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("shared", type=pathlib.Path)
    args.add_argument("--out", type=pathlib.Path, default=ROOT / "target/measure")
    args.add_argument("--only", default="names,quotes,events")
    args.add_argument("--binary", help="a built demarche, instead of building it")
    args = args.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    if not args.binary:
        subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
    binary = args.binary or ROOT / "target/release/demarche"
    for task in args.only.split(","):
        print(f"\n| {task} | " + " | ".join(ROWS[task]) + " |\n|---" * 1 + "|---" * len(ROWS[task]) + "|")
        for name in SETS[task]:
            gold = args.shared / "gold" / task / f"{name}.jsonl"
            record = args.out / f"{task}-{name}.jsonl"
            analyze(binary, gold, record)
            run = subprocess.run([sys.executable, args.shared / "score" / SCORER[task], gold, record],
                                 capture_output=True, text=True)
            (args.out / f"{task}-{name}.txt").write_text(run.stdout + run.stderr)
            if run.returncode:
                print(f"| {name} | failed: {run.stderr.strip().splitlines()[-1]} |")
                continue
            cells = [f"{v[2]:.1f}" if v else "–" for v in figures(run.stdout, ROWS[task]).values()]
            print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


main()
