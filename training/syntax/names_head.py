"""Would a head for names on the network beat the linear tagger? A trial; the answer stands in data/model/MODEL.md.

In: a trained student (`student.py --save`), words of `demarche-training syntax-words`, sets of names. The whole network is
trained on for some rounds with a head of nine labels. Out: exact F1 of each dev set, labels taken one by one.

usage: names_head.py --start student.pt --teacher teacher.pt --vectors vectors.npz --names WORDS=NAMES ... --dev WORDS=GOLD ...
"""
import argparse, random, time
import numpy as np
import torch, torch.nn as nn, torch.nn.functional as F
import data, network, teacher


def corpus(pair, vocabulary, silver):
    """Sentences of a set: feature rows, labels, whether other names are unmarked."""
    words, gold = pair.split("=")
    forms = teacher.read_names(words, gold)
    out = []
    for d, s in zip(data.lines(words), forms):
        n = len(s["forms"])
        if n <= 100 and not (silver and n < 3):
            rows = vocabulary.rows(np.asarray(d["words"], dtype=np.uint32))
            out.append((rows, np.asarray(s["ner"]), s["partial"]))
    return out


def batch(sentences):
    t = max(len(r) for r, _, _ in sentences)
    rows, labels, mask = np.zeros((len(sentences), t, 8), np.int64), np.full((len(sentences), t), -100), np.zeros((len(sentences), t), bool)
    for i, (r, l, _) in enumerate(sentences):
        rows[i, :len(r)], labels[i, :len(r)], mask[i, :len(r)] = r, l, True
    return torch.from_numpy(rows), torch.from_numpy(labels), torch.from_numpy(mask), torch.tensor([p for _, _, p in sentences])


def batches(sentences, budget):
    order, out = sorted(sentences, key=lambda s: len(s[0]) + random.random() * 3), [[]]
    for s in order:
        if (len(out[-1]) + 1) * len(s[0]) > budget and out[-1]:
            out.append([])
        out[-1].append(s)
    random.shuffle(out)
    return out


def spans(labels):
    out, i = set(), 0
    while i < len(labels):
        kind, end = labels[i], i + 1
        begin = kind if kind % 2 else kind - 1
        while kind and end < len(labels) and labels[end] == begin + 1:
            end += 1
        if begin in (1, 3, 5):
            out.add((i, end, begin))
        i = end
    return out


@torch.no_grad()
def score(model, head, sentences):
    model.eval()
    right = found = wanted = 0
    for some in batches(sentences, 3000):
        rows, _, mask, _ = batch(some)
        best = head(model.encode(rows, mask)).argmax(-1).tolist()
        for (r, gold, _), labels in zip(some, best):
            g, f = spans(gold.tolist()), spans(labels[:len(r)])
            right += len(g & f); found += len(f); wanted += len(g)
    model.train()
    return 200 * right / max(1, found + wanted)


def main():
    args = argparse.ArgumentParser()
    for name in ("--start", "--teacher", "--vectors"):
        args.add_argument(name, required=True)
    args.add_argument("--names", nargs="+"); args.add_argument("--dev", nargs="+"); args.add_argument("--silver", nargs="*", default=[])
    args.add_argument("--rounds", type=int, default=2); args.add_argument("--rate", type=float, default=1e-3)
    args.add_argument("--layers", default="crrr"); args.add_argument("--width", type=int, default=160)
    args = args.parse_args()
    torch.set_num_threads(1); torch.manual_seed(1); random.seed(1)
    saved = torch.load(args.teacher)
    vocabulary = data.Vocabulary(np.load(args.vectors)["hashes"])
    model = network.Network(vocabulary.sizes, len(saved["tags"]), len(saved["deps"]), 96, args.width, args.layers)
    model.load_state_dict(torch.load(args.start))
    head = nn.Sequential(nn.Linear(args.width, 128), nn.LeakyReLU(0.1), nn.Linear(128, len(teacher.NER)))
    train = [s for pair in args.names for s in corpus(pair, vocabulary, False)] + [s for pair in args.silver for s in corpus(pair, vocabulary, True)]
    dev = [(pair.split("=")[0], corpus(pair, vocabulary, False)) for pair in args.dev]
    weights = list(model.parameters()) + list(head.parameters())
    opt = torch.optim.Adam(weights, lr=args.rate, betas=(0.9, 0.98), fused=True)
    plan = [b for _ in range(args.rounds) for b in batches(train, 1500)]
    print(len(train), "sentences,", len(plan), "steps", flush=True)
    start = time.time()
    for n, some in enumerate(plan):
        for g in opt.param_groups:
            g["lr"] = args.rate * min(1, n / 100) * (1 - n / len(plan))
        rows, labels, mask, partial = batch(some)
        logp = F.log_softmax(head(model.encode(rows, mask, 0.15, 0.1)), -1)
        # Where other names are unmarked, they may hide behind "outside".
        outside = torch.where(partial[:, None], torch.logsumexp(logp[..., [0, 7, 8]], -1), logp[..., 0])
        loss = F.nll_loss(torch.cat([outside[..., None], logp[..., 1:]], -1).flatten(0, 1), labels.flatten(), ignore_index=-100)
        opt.zero_grad(); loss.backward()
        nn.utils.clip_grad_norm_(weights, 5.0)
        opt.step()
        if n % (len(plan) // 4) == len(plan) // 4 - 1 or n == len(plan) - 1:
            print(f"{n + 1} steps {time.time() - start:.0f}s loss {loss.item():.3f} " + " ".join(f"{p} {score(model, head, d):.1f}" for p, d in dev), flush=True)


if __name__ == "__main__":
    main()
