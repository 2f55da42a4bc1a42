"""Trains the student on gold trees and a teacher's readings, and writes syntax.bin.

usage: student.py --gold ewt.jsonl gum.jsonl --dev ewt-dev.jsonl gum-dev.jsonl --vectors vectors.npz \
                  [--silver words.jsonl=labels.jsonl ...] --minutes 50 --out syntax.bin

Each round sees every gold sentence once and `--share` times as many silver words. The rate falls linearly to nothing;
`--minutes` bounds a trial, `--rounds` a training that must give the same bytes again. Seeds are fixed.
"""
import argparse, collections, time
import numpy as np
import torch, torch.nn as nn, torch.nn.functional as F
import data, network


def soft(logits, targets, p):
    """Cross-entropy with up to k targets a row, each with its probability."""
    logp = F.log_softmax(logits, -1)
    return -(torch.gather(logp, -1, targets) * p).sum(-1)


def loss_of(model, b, drop, unknown):
    x = model.encode(b["rows"], b["mask"], drop, unknown)
    weight = b["mask"].float() / b["mask"].sum()
    arcs = soft(model.arcs(x, b["mask"]), b["heads"], b["head_p"])
    tags = soft(model.tag(x), b["tags"], b["tag_p"])
    labels = soft(model.labels(x, b["heads"][..., 0]), b["deps"], b["dep_p"])
    return ((arcs + tags + labels) * weight).sum()


@torch.no_grad()
def score(model, corpus, tags, deps):
    model.eval()
    upos = torch.tensor([sorted({t.split()[0] for t in tags}).index(t.split()[0]) for t in tags])
    plain = torch.tensor([sorted({d.split(":")[0] for d in deps}).index(d.split(":")[0]) for d in deps])
    n = u = a = l = 0
    for chosen in data.batches(corpus, np.arange(len(corpus.groups)), 3000, np.random.default_rng(1)):
        b = data.batch(corpus, chosen)
        x = model.encode(b["rows"], b["mask"])
        heads = model.arcs(x, b["mask"]).argmax(-1)
        lab, tag, m = model.labels(x, heads).argmax(-1), model.tag(x).argmax(-1), b["mask"]
        ok = (heads == b["heads"][..., 0]) & m
        n += m.sum().item()
        u += ((upos[tag] == upos[b["tags"][..., 0]]) & (b["tag_p"][..., 0] > 0) & m).sum().item()
        a += ok.sum().item()
        l += (ok & (plain[lab] == plain[b["deps"][..., 0]])).sum().item()
    model.train()
    return f"upos {100 * u / n:.2f} uas {100 * a / n:.2f} las {100 * l / n:.2f}"


def start_tables(model, vocabulary, path):
    """Words from their static vectors, reduced; clusters from the mean of their words."""
    z = np.load(path)
    v, has = z["vectors"], np.abs(z["vectors"]).sum(1) > 0
    v = v / np.maximum(np.linalg.norm(v, axis=1, keepdims=True), 1e-6)
    mean = v[has].mean(0)
    width = model.shape["table"]
    _, _, axes = np.linalg.svd(v[has] - mean, full_matrices=False)
    small = (v - mean) @ axes[:width].T
    small *= 0.12 / small[has].std()
    small[~has] = 0
    order = np.argsort(z["hashes"])
    t = model.tables
    t[0].weight.data[:len(order)] = torch.from_numpy(0.7 * small[order])
    t[0].weight.data[-1] = 0
    clusters = np.zeros((data.CLUSTERS, width), dtype=np.float32)
    for c in range(data.CLUSTERS - 1):
        inside = has & (z["clusters"] == c)
        if inside.any():
            clusters[c] = 0.5 * small[inside].mean(0)
    t[1].weight.data.copy_(torch.from_numpy(clusters))


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--gold", nargs="+"); args.add_argument("--dev", nargs="+"); args.add_argument("--silver", nargs="*", default=[])
    args.add_argument("--vectors"); args.add_argument("--out")
    args.add_argument("--layers", default="crrr"); args.add_argument("--width", type=int, default=160); args.add_argument("--table", type=int, default=96)
    args.add_argument("--minutes", type=float); args.add_argument("--rounds", type=float, default=20.0)
    args.add_argument("--share", type=float, default=2.0); args.add_argument("--drop", type=float, default=0.2)
    args.add_argument("--unknown", type=float, default=0.1); args.add_argument("--rate", type=float, default=2e-3)
    args.add_argument("--budget", type=int, default=1500); args.add_argument("--threads", type=int, default=1); args.add_argument("--seed", type=int, default=1)
    args.add_argument("--teacher"); args.add_argument("--save"); args.add_argument("--start")
    args = args.parse_args()
    torch.set_num_threads(args.threads); torch.manual_seed(args.seed)
    random = np.random.default_rng(args.seed)
    tag_count, deps = collections.Counter(), set()
    for path in args.gold:
        for d in data.lines(path):
            tag_count.update(d["tags"]); deps.update(d["deps"])
    tags, deps = sorted(t for t, n in tag_count.items() if n >= 25 and t), sorted(deps)
    if args.teacher:                # its numbers are those of the silver labels
        saved = torch.load(args.teacher)
        tags, deps = saved["tags"], saved["deps"]
    tag_ids, dep_ids = {t: i for i, t in enumerate(tags)}, {d: i for i, d in enumerate(deps)}
    vocabulary = data.Vocabulary(np.load(args.vectors)["hashes"])
    gold = data.gold(args.gold, tag_ids, dep_ids).close(vocabulary)
    dev = [(p, data.gold([p], tag_ids, collections.defaultdict(int, dep_ids)).close(vocabulary)) for p in args.dev]
    silver = [data.silver(*pair.split("=")).close(vocabulary) for pair in args.silver]
    model = network.Network(vocabulary.sizes, len(tags), len(deps), args.table, args.width, args.layers)
    start_tables(model, vocabulary, args.vectors)
    if args.start:
        model.load_state_dict(torch.load(args.start))
    print(len(tags), "tags", sum(p.numel() for p in model.parameters()), "weights,", sum(p.numel() for n, p in model.named_parameters() if not n.startswith("tables")), "outside the tables", flush=True)
    opt = torch.optim.Adam(model.parameters(), lr=args.rate, betas=(0.9, 0.98), eps=1e-8, fused=True)
    start, done, seen, rounds, mean, shown = time.time(), 0.0, 0, 0, None, time.time()
    silver_order = [iter(()) for _ in silver]

    def more_silver(words):
        """Silver batches with about so many words; each corpus is gone through before it begins again."""
        out = []
        for k, corpus in enumerate(silver):
            left = words * corpus.lengths.sum() / sum(c.lengths.sum() for c in silver)
            while left > 0:
                chosen = next(silver_order[k], None)
                if chosen is None:
                    silver_order[k] = iter(data.batches(corpus, np.arange(len(corpus.groups)), args.budget, random))
                    continue
                out.append((corpus, chosen)); left -= corpus.lengths[chosen].sum()
        return out

    while done < 1:
        todo = [(gold, c) for c in data.batches(gold, data.one_dress_each(gold, random), args.budget, random)]
        gold_words = sum(gold.lengths[c].sum() for _, c in todo)
        if silver:
            todo += more_silver(args.share * gold_words)
        for k, i in enumerate(random.permutation(len(todo))):
            done = (time.time() - start) / 60 / args.minutes if args.minutes else (rounds + k / len(todo)) / args.rounds
            if done >= 1:
                break
            corpus, chosen = todo[i]
            for g in opt.param_groups:
                g["lr"] = args.rate * min(1, seen / 150_000 + 0.02) * (1 - done)
            b = data.batch(corpus, chosen)
            loss = loss_of(model, b, args.drop if corpus is gold else args.drop / 2, args.unknown)
            opt.zero_grad(); loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            opt.step()
            seen += int(b["mask"].sum())
            mean = loss.item() if mean is None else 0.99 * mean + 0.01 * loss.item()
        rounds += 1
        if time.time() - shown > 100 or done >= 1:
            shown = time.time()
            print(f"round {rounds} {shown - start:.0f}s {seen} words, loss {mean:.3f} | " + " | ".join(score(model, c, tags, deps) for _, c in dev), flush=True)
            if args.save:
                torch.save(model.state_dict(), args.save)
    if args.out:
        print(args.out, network.write(model, vocabulary, tags, deps, args.out), "bytes")


if __name__ == "__main__":
    main()
