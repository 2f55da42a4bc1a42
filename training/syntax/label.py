"""The teacher reads texts: soft tags, heads and relations for the student, and names for the recogniser's silver.

In: teacher.pt, a file of `demarche-training syntax-words --texts`. Out: one line a sentence of the words file:
{"h": best 3 heads a word, "hp": their probabilities in 255ths, "t"/"tp": best 2 tags, "d"/"dp": best 2 relations},
and the names as JSON Lines (id, entities in code points).

usage: label.py teacher.pt WORDS.jsonl --part 0/2 --out LABELS.jsonl --names NAMES.jsonl
"""
import argparse, json, time
import torch
import teacher as T


def spans_of(sentence, labels):
    out, i = [], 0
    while i < len(labels):
        kind, end = labels[i], i + 1
        if kind == 0:
            i += 1
            continue
        begin = kind if kind % 2 else kind - 1
        while end < len(labels) and labels[end] == begin + 1:
            end += 1
        out.append(dict(start=sentence["spans"][i][0], end=sentence["spans"][end - 1][1], type=T.NER[begin][2:]))
        i = end
    return out


@torch.no_grad()
def main():
    args = argparse.ArgumentParser()
    args.add_argument("teacher"); args.add_argument("words"); args.add_argument("--part", default="0/1")
    args.add_argument("--out", required=True); args.add_argument("--names", required=True); args.add_argument("--threads", type=int, default=1)
    args = args.parse_args()
    torch.set_num_threads(args.threads)
    saved = torch.load(args.teacher)
    folder = T.model_folder()
    pieces = T.Pieces(folder)
    model = T.Teacher(folder, saved["tags"], saved["deps"])
    model.load_state_dict(saved["state"])
    model.eval()
    sentences = []
    for line in open(args.words, encoding="utf-8"):
        d = json.loads(line)
        d.pop("words")
        sentences.append(d)
    part, parts = map(int, args.part.split("/"))
    size = -(-len(sentences) // parts)
    sentences = sentences[part * size:(part + 1) * size]
    for i, s in enumerate(sentences):
        s["at"] = i
    labels, names = [None] * len(sentences), {}
    chunks = T.chunked(sentences, 70, lambda s: s["id"])
    start, seen, shown = time.time(), 0, time.time()
    byte = lambda p: (p * 255).round().int().tolist()
    for group in T.batches(chunks, 2600):
        batch = T.collate([[s["forms"] for s in c] for c in group], pieces)
        x = model.encode(batch)
        scores, reps = model.arcs(x, batch["lengths"])
        k = min(3, scores.shape[-1])
        hp, h = scores.softmax(-1).topk(k, -1)
        tp, t = model.tag(x).softmax(-1).topk(2, -1)
        dp, d = model.labels(x, reps, h[..., 0]).softmax(-1).topk(2, -1)
        ner = model.ner(x).argmax(-1).tolist()
        h, hp, t, tp, d, dp = h.tolist(), byte(hp), t.tolist(), byte(tp), d.tolist(), byte(dp)
        for i, s in enumerate(s for c in group for s in c):
            n = len(s["forms"])
            three = lambda rows: [row + [0] * (3 - len(row)) for row in rows[:n]]
            labels[s["at"]] = dict(h=three(h[i]), hp=three(hp[i]), t=t[i][:n], tp=tp[i][:n], d=d[i][:n], dp=dp[i][:n]) if n <= 80 else None
            names.setdefault(s["id"], []).extend(spans_of(s, ner[i][:n]))
            seen += n
        if time.time() - shown > 30:
            shown = time.time()
            print(f"{seen} words, {seen / (shown - start):.0f} a second", flush=True)
    with open(args.out, "w") as out:
        for l in labels:
            out.write(json.dumps(l, separators=(",", ":")) + "\n")
    with open(args.names, "w") as out:
        for i, es in names.items():
            out.write(json.dumps(dict(id=i, entities=sorted(es, key=lambda e: e["start"]))) + "\n")


if __name__ == "__main__":
    main()
