"""The student: the network that src/syntax/network reads with, as a PyTorch module.

Tables of features, summed; layers of convolution ("c") or of gated recurrence ("r"); heads for tags, arcs and relations.
The format of the written file stands in src/syntax/network/file.rs.
"""
import struct
import numpy as np
import torch, torch.nn as nn, torch.nn.functional as F


def gate(v):
    return 0.5 + 0.5 * v * torch.rsqrt(1 + v * v)


class Recur(torch.autograd.Function):
    """c(t) = f(t) c(t-1) + u(t), along the first axis."""
    @staticmethod
    def forward(ctx, f, u):
        c = torch.empty_like(u)
        last = torch.zeros_like(u[0])
        for t in range(len(u)):
            last = torch.addcmul(u[t], f[t], last, out=c[t])
        ctx.save_for_backward(f, c)
        return c

    @staticmethod
    def backward(ctx, grad):
        f, c = ctx.saved_tensors
        gu = torch.empty_like(grad)
        gu[-1] = grad[-1]
        for t in range(len(grad) - 2, -1, -1):
            torch.addcmul(grad[t], f[t + 1], gu[t + 1], out=gu[t])
        gf = torch.zeros_like(f)
        torch.mul(gu[1:], c[:-1], out=gf[1:])
        return gf, gu


class Layer(nn.Module):
    def __init__(self, kind, inside, width):
        super().__init__()
        self.kind, self.same, self.width = kind, inside == width, width
        self.linear = nn.Linear(3 * inside, 2 * width) if kind == "c" else nn.Linear(inside, 3 * width)
        nn.init.xavier_uniform_(self.linear.weight)
        nn.init.zeros_(self.linear.bias)
        if kind == "r":
            self.linear.bias.data[width:2 * width] = 0.5
        self.norm = nn.LayerNorm(width)

    def forward(self, x, mask, drop):
        if self.kind == "c":
            around = torch.cat([F.pad(x, (0, 0, 1, 0))[:, :-1], x, F.pad(x, (0, 0, 0, 1))[:, 1:]], -1)
            a, b = self.linear(around).chunk(2, -1)
            h = torch.maximum(a, b)
        else:
            u, f, o = self.linear(x).chunk(3, -1)
            f, o = gate(f), gate(o)
            u = (1 - f) * u * mask
            half = self.width // 2
            f, u = f.transpose(0, 1), u.transpose(0, 1)
            turn = lambda v: torch.cat([v[..., :half], v[..., half:].flip(0)], -1)
            c = turn(Recur.apply(turn(f), turn(u)))
            h = o * c.transpose(0, 1)
        h = F.dropout(h, drop, self.training)
        return self.norm(x + h if self.same else h) * mask


class Network(nn.Module):
    def __init__(self, sizes, tags, deps, table=96, width=160, layers="crrr", arc=96, label=128):
        super().__init__()
        self.shape = dict(table=table, width=width, layers=layers, arc=arc, label=label)
        self.tables = nn.ModuleList(nn.Embedding(n, table) for n in sizes)
        for t in self.tables:
            nn.init.normal_(t.weight, 0, 0.1)
        self.norm = nn.LayerNorm(table)
        self.layers = nn.ModuleList(Layer(k, table if i == 0 else width, width) for i, k in enumerate(layers))
        self.tag = nn.Linear(width, tags)
        self.arc_dep, self.arc_head, self.arc_u = nn.Linear(width, arc), nn.Linear(width, arc), nn.Linear(arc, arc + 1)
        self.root = nn.Parameter(torch.randn(arc + 1) * 0.1)
        self.distance = nn.Parameter(torch.zeros(41))
        self.lab_dep, self.lab_head, self.lab_out = nn.Linear(width, label), nn.Linear(width, label), nn.Linear(label, deps)
        self.lab_root = nn.Parameter(torch.randn(label) * 0.1)
        self.lab_distance = nn.Parameter(torch.zeros(41, label))

    def encode(self, rows, mask, drop=0.0, unknown=0.0):
        m = mask[..., None].float()
        if self.training and unknown:
            hide = torch.rand(rows.shape[:2]) < unknown
            rows = rows.clone()
            rows[..., 0][hide] = self.tables[0].num_embeddings - 1
        e = sum(t(rows[..., k]) for k, t in enumerate(self.tables))
        x = F.dropout(self.norm(e), drop, self.training) * m
        for layer in self.layers:
            x = layer(x, m, drop)
        return F.dropout(x, drop, self.training)

    def arcs(self, x, mask):
        s, t, _ = x.shape
        d, h = F.leaky_relu(self.arc_dep(x), 0.1), F.leaky_relu(self.arc_head(x), 0.1)
        k = torch.cat([self.root.expand(s, 1, -1), self.arc_u(h)], 1)
        scores = d @ k[..., :-1].transpose(1, 2) + k[..., -1][:, None, :]
        scores = scores + self.distance[gaps(t)]
        valid = F.pad(mask, (1, 0), value=True)[:, None, :] & ~torch.eye(t, t + 1).roll(1, 1).bool()
        return scores.masked_fill(~valid, -1e4)

    def labels(self, x, heads):
        s, t, _ = x.shape
        h = torch.cat([self.lab_root.expand(s, 1, -1), self.lab_head(x)], 1)
        h = torch.gather(h, 1, heads[..., None].expand(-1, -1, h.shape[-1]))
        gap = (heads - torch.arange(1, t + 1)[None, :]).clamp(-20, 20) + 20
        return self.lab_out(F.leaky_relu(self.lab_dep(x) + h + self.lab_distance[gap], 0.1))


def gaps(t):
    return (torch.arange(t + 1)[None, :] - torch.arange(1, t + 1)[:, None]).clamp(-20, 20) + 20


def write(model, vocabulary, tags, deps, path):
    """Quantises to i8 and writes the file."""
    out = bytearray(b"DSYNTAX3")
    text = lambda s: bytes([len(s)]) + s.encode()
    out += bytes([len(tags)]) + b"".join(text(part) for t in tags for part in t.split(" "))
    out += bytes([len(deps)]) + b"".join(map(text, deps))
    s = model.shape
    out += struct.pack("<HHHHB", s["table"], s["width"], s["arc"], s["label"], len(s["layers"]))
    out += struct.pack("<I", len(vocabulary.hashes)) + vocabulary.hashes.astype("<u4").tobytes()
    floats = lambda v: np.ascontiguousarray(v.detach().numpy(), dtype="<f4").tobytes()

    def norm(n):
        return floats(n.weight) + floats(n.bias)

    def linear(l):
        w = l.weight.detach()
        scale = w.abs().amax(1).clamp(min=1e-8) / 127
        q = torch.round(w / scale[:, None]).clamp(-127, 127).to(torch.int8)
        return struct.pack("<HH", *w.shape) + floats(scale) + floats(l.bias) + q.numpy().tobytes()

    for t in model.tables:
        w = t.weight.detach()
        scale = float(torch.quantile(w.abs().flatten()[:2_000_000], 0.9999)) / 127
        q = torch.round(w / scale).clamp(-127, 127).to(torch.int8)
        out += struct.pack("<If", len(w), scale) + q.numpy().tobytes()
    out += norm(model.norm)
    for l in model.layers:
        out += bytes([0 if l.kind == "c" else 1]) + linear(l.linear) + norm(l.norm)
    out += linear(model.tag) + linear(model.arc_dep) + linear(model.arc_head) + linear(model.arc_u)
    out += floats(model.root) + floats(model.distance)
    out += linear(model.lab_dep) + linear(model.lab_head) + floats(model.lab_root) + floats(model.lab_distance) + linear(model.lab_out)
    with open(path, "wb") as file:
        file.write(out)
    return len(out)
