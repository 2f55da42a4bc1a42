#!/usr/bin/env python3
"""Draws sentences whose tree the program gets wrong, for reading; the classes stand in data/model/MODEL.md.

usage: training/wrong_trees.py TREEBANK [--number 50] [--seed 1] [--model syntax.bin]

TREEBANK holds *-dev.conllu. Printed: each sentence, and for each word with a wrong head or universal relation what the
treebank has and what the program found. Punctuation is left out. Asks target/release/demarche-training. Standard library only.
"""
import argparse, pathlib, random, subprocess, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def blocks(text):
    for block in text.split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
        rows = [r for r in rows if r[0].isdigit()]
        if rows:
            yield rows


def main():
    args = argparse.ArgumentParser()
    args.add_argument("treebank", type=pathlib.Path)
    args.add_argument("--number", type=int, default=50)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--model")
    args = args.parse_args()
    gold = [rows for path in sorted(args.treebank.glob("*-dev.conllu")) for rows in blocks(path.read_text(encoding="utf-8"))]
    gold = [rows for rows in gold if not any(" " in r[1] or "\u00a0" in r[1] for r in rows)]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.writelines(" ".join(r[1] for r in rows) + "\n" for rows in gold)
        file.flush()
        command = [ROOT / "target/release/demarche-training", "syntax-show", file.name]
        command += ["--model", args.model] if args.model else []
        found = list(blocks(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
    assert len(gold) == len(found), (len(gold), len(found))
    plain = lambda r: r[7].split(":")[0]
    wrong = []
    for g, f in zip(gold, found):
        rows = [(a, b) for a, b in zip(g, f) if plain(a) != "punct" and (a[6], plain(a)) != (b[6], plain(b))]
        if rows:
            wrong.append((g, rows))
    print(f"{len(gold)} sentences, {len(wrong)} with a wrong word")
    for number, (g, rows) in enumerate(random.Random(args.seed).sample(wrong, args.number), 1):
        name = lambda n: f"{n}_{g[int(n) - 1][1]}" if n != "0" else "root"
        print(f"\n{number}. " + " ".join(r[1] for r in g))
        for a, b in rows:
            print(f"   {a[0]}_{a[1]}: {plain(a)} of {name(a[6])}, found {plain(b)} of {name(b[6])}")


if __name__ == "__main__":
    main()
