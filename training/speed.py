#!/usr/bin/env python3
"""Times the whole pipeline beside spaCy's small English model, on one core, in one run, alternating.

usage: training/speed.py TEXTS.jsonl [--spacy MODEL_DIR] [--documents N] [--rounds R]

TEXTS.jsonl has `id` and `text`; the first N documents are used. Both sides read the same texts; CPU seconds of the
processes are counted, start-up apart. Without --spacy only demarche is timed.
Needs: spacy 3.8 and its small English weights, for --spacy only.
"""
import argparse, json, pathlib, resource, statistics, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SPACY = """
import json, sys, time, spacy
nlp = spacy.load(sys.argv[1])
texts = [json.loads(l)["text"] for l in open(sys.argv[2], encoding="utf-8")]
nlp(texts[0])
start = time.process_time()
tokens = sum(len(doc) for doc in nlp.pipe(texts))
print(tokens, time.process_time() - start)
"""


def cpu(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    wall = time.perf_counter() - wall
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("texts", type=pathlib.Path)
    args.add_argument("--spacy", type=pathlib.Path)
    args.add_argument("--python", default=sys.executable, help="a Python that has spaCy")
    args.add_argument("--documents", type=int, default=400)
    args.add_argument("--rounds", type=int, default=3)
    args = args.parse_args()
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
    binary = str(ROOT / "target/release/demarche")
    with tempfile.TemporaryDirectory() as folder:
        texts, one = pathlib.Path(folder, "texts.jsonl"), pathlib.Path(folder, "one.jsonl")
        with open(args.texts, encoding="utf-8") as lines:
            docs = [json.loads(line) for _, line in zip(range(args.documents), lines)]
        rows = [json.dumps({"id": str(d["id"]), "text": d["text"]}) + "\n" for d in docs]
        texts.write_text("".join(rows), encoding="utf-8")
        one.write_text(json.dumps({"id": "one", "text": "Hello."}) + "\n", encoding="utf-8")
        words = sum(len(d["text"].split()) for d in docs)
        run = [binary, "analyze", "--threads", "1", "--format", "jsonl"]
        ours, theirs = [], []
        for _ in range(args.rounds):
            start, _ = cpu([*run, str(one)])
            whole, _ = cpu([*run, str(texts)])
            ours.append(words / (whole - start))
            if args.spacy:
                out = subprocess.run([args.python, "-c", SPACY, args.spacy, str(texts)], capture_output=True,
                                     text=True, env={"OMP_NUM_THREADS": "1", "PATH": "/usr/bin:/bin"})
                seconds = float(out.stdout.split()[1])
                theirs.append(words / seconds)
        print(f"{len(docs)} documents, {words} words")
        print(f"demarche, whole pipeline: {statistics.median(ours):,.0f} words per CPU second")
        if theirs:
            print(f"spaCy sm, tagger parser ner: {statistics.median(theirs):,.0f} words per CPU second")
            print(f"ratio: {statistics.median(ours) / statistics.median(theirs):.1f}")


main()
