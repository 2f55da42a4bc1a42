"""Sentences as flat arrays: feature rows, and soft targets of tags, heads and relations.

In: JSON Lines of `demarche-training syntax-words` (gold trees) or of `label.py` (a teacher's readings).
Out: `Corpus`, from which `batch` cuts padded tensors. Rows of the tables are computed as the library does
(src/syntax/network): exact words by their hash, 1,024 clusters, hashed affixes and shapes.
"""
import collections, json
import numpy as np
import torch

BITS = [None, None, 10, 12, 10, 12, 13, 9]      # sizes of the hashed tables; word and cluster have their own
CLUSTERS = 1025


class Vocabulary:
    """The known words: sorted hashes of their lower-cased forms."""
    def __init__(self, hashes):
        self.hashes = np.sort(np.asarray(hashes, dtype=np.uint32))
        self.sizes = [len(self.hashes) + 1, CLUSTERS] + [1 << b for b in BITS[2:]]

    def rows(self, words):
        """[n, 8] hashes to [n, 8] rows."""
        out = np.empty(words.shape, dtype=np.int32)
        at = np.searchsorted(self.hashes, words[:, 0])
        known = self.hashes[np.minimum(at, len(self.hashes) - 1)] == words[:, 0]
        out[:, 0] = np.where(known, at, len(self.hashes))
        out[:, 1] = np.minimum(words[:, 1], CLUSTERS - 1)
        for k in range(2, 8):
            out[:, k] = (words[:, k] * np.uint32(0x9E3779B1)) >> np.uint32(32 - BITS[k])
        return out


def lines(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


class Corpus:
    """Sentences; `group` tells the dresses of one sentence together."""
    def __init__(self):
        self.words, self.starts, self.groups = [], [0], []
        self.heads, self.head_p, self.tags, self.tag_p, self.deps, self.dep_p = ([] for _ in range(6))

    def add(self, words, heads, head_p, tags, tag_p, deps, dep_p, group):
        self.words.append(np.asarray(words, dtype=np.uint32))
        for to, value, kind in ((self.heads, heads, np.int16), (self.head_p, head_p, np.float32), (self.tags, tags, np.int16),
                                (self.tag_p, tag_p, np.float32), (self.deps, deps, np.int16), (self.dep_p, dep_p, np.float32)):
            to.append(np.asarray(value, dtype=kind))
        self.starts.append(self.starts[-1] + len(words))
        self.groups.append(group)

    def close(self, vocabulary):
        self.rows = vocabulary.rows(np.concatenate(self.words))
        for name in ("heads", "head_p", "tags", "tag_p", "deps", "dep_p"):
            setattr(self, name, np.concatenate(getattr(self, name)))
        self.starts = np.asarray(self.starts)
        self.lengths = np.diff(self.starts)
        del self.words
        return self


def gold(paths, tag_ids, dep_ids):
    corpus = Corpus()
    for p, path in enumerate(paths):
        for d in lines(path):
            n = len(d["forms"])
            if n > 120:
                continue
            heads = [h if h <= n else 0 for h in d["heads"]]
            tags = [tag_ids.get(t, -1) for t in d["tags"]]
            corpus.add(d["words"], [[h, 0, 0] for h in heads], [[1, 0, 0]] * n, [[max(t, 0), 0] for t in tags],
                       [[float(t >= 0), 0] for t in tags], [[dep_ids[x], 0] for x in d["deps"]], [[1, 0]] * n, (p, d["n"]))
    return corpus


def silver(words, labels):
    """A teacher's labels, line by line beside the words."""
    corpus = Corpus()
    for group, (d, l) in enumerate(zip(lines(words), lines(labels))):
        if not l or not 3 <= len(d["forms"]) <= 80:
            continue
        f = lambda rows: [[p / 255 for p in row] for row in rows]
        n = len(d["forms"])
        heads = [[h if h <= n else 0 for h in row] for row in l["h"]]   # beyond the end: padding of no weight
        corpus.add(d["words"], heads, f(l["hp"]), l["t"], f(l["tp"]), l["d"], f(l["dp"]), group)
    return corpus


def batch(corpus, chosen):
    """Padded tensors of sentences of like length."""
    t = int(corpus.lengths[chosen].max())
    at = corpus.starts[chosen][:, None] + np.arange(t)[None, :]
    mask = np.arange(t)[None, :] < corpus.lengths[chosen][:, None]
    at = np.where(mask, at, 0)
    take = lambda a: torch.from_numpy(a[at])
    return dict(rows=take(corpus.rows).long(), mask=torch.from_numpy(mask), heads=take(corpus.heads).long() * torch.from_numpy(mask)[..., None], head_p=take(corpus.head_p),
                tags=take(corpus.tags).long(), tag_p=take(corpus.tag_p), deps=take(corpus.deps).long(), dep_p=take(corpus.dep_p))


def batches(corpus, sentences, budget, random):
    """Batches of sentences of like length, in a random order; `budget` words each."""
    keys = corpus.lengths[sentences] + random.random(len(sentences)) * 3
    order = np.asarray(sentences)[np.argsort(keys)]
    out, here, most = [], [], 0
    for s in order:
        most = max(most, corpus.lengths[s])
        if here and most * (len(here) + 1) > budget:
            out.append(here)
            here, most = [], corpus.lengths[s]
        here.append(s)
    out.append(here)
    return [out[i] for i in random.permutation(len(out))]


def one_dress_each(corpus, random, own=0.6):
    """One sentence of each group: its own form in six of ten draws, another dress else."""
    groups = collections.defaultdict(list)
    for i, g in enumerate(corpus.groups):
        groups[g].append(i)
    return [g[0] if len(g) == 1 or random.random() < own else g[random.integers(len(g))] for g in groups.values()]
