"""A llama of a few hundred thousand parameters: rotary positions, root-mean-square norms, gated feed-forward, fewer heads for
keys and values than for queries, and one table for what goes in and what comes out."""

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F


@dataclass(frozen=True)
class Shape:
    pieces: int
    width: int = 96
    layers: int = 3
    heads: int = 4
    key_heads: int = 2
    inner: int = 256
    positions: int = 512
    theta: float = 10000.0
    epsilon: float = 1e-5

    @property
    def head(self):
        return self.width // self.heads


class Norm(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(shape.width))
        self.epsilon = shape.epsilon

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.epsilon) * self.weight


def turns(shape):
    """Cosine and sine of each position, for both halves of a head."""
    speeds = shape.theta ** (-torch.arange(0, shape.head, 2).float() / shape.head)
    angles = torch.outer(torch.arange(shape.positions).float(), speeds)
    angles = torch.cat([angles, angles], -1)
    return angles.cos(), angles.sin()


def turned(x, cos, sin):
    first, second = x.chunk(2, -1)
    return x * cos + torch.cat([-second, first], -1) * sin


class Layer(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.before = Norm(shape)
        self.between = Norm(shape)
        keys = shape.key_heads * shape.head
        self.q = nn.Linear(shape.width, shape.width, bias=False)
        self.k = nn.Linear(shape.width, keys, bias=False)
        self.v = nn.Linear(shape.width, keys, bias=False)
        self.o = nn.Linear(shape.width, shape.width, bias=False)
        self.gate = nn.Linear(shape.width, shape.inner, bias=False)
        self.up = nn.Linear(shape.width, shape.inner, bias=False)
        self.down = nn.Linear(shape.inner, shape.width, bias=False)

    def forward(self, x, cos, sin):
        shape = self.shape
        batch, length, _ = x.shape
        y = self.before(x)

        def heads(of, count):
            return of(y).view(batch, length, count, shape.head).transpose(1, 2)

        q = turned(heads(self.q, shape.heads), cos, sin)
        k = turned(heads(self.k, shape.key_heads), cos, sin).repeat_interleave(shape.heads // shape.key_heads, 1)
        v = heads(self.v, shape.key_heads).repeat_interleave(shape.heads // shape.key_heads, 1)
        scores = q @ k.transpose(-1, -2) / shape.head**0.5
        later = torch.ones(length, length, dtype=torch.bool).triu(1)
        weights = scores.masked_fill(later, float("-inf")).softmax(-1)
        x = x + self.o((weights @ v).transpose(1, 2).reshape(batch, length, shape.width))
        y = self.between(x)
        return x + self.down(F.silu(self.gate(y)) * self.up(y))


class Writer(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.table = nn.Embedding(shape.pieces, shape.width)
        nn.init.normal_(self.table.weight, std=0.05)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.last = Norm(shape)
        self.cos, self.sin = turns(shape)

    def forward(self, ids):
        length = ids.shape[1]
        x = self.table(ids)
        for layer in self.layers:
            x = layer(x, self.cos[:length], self.sin[:length])
        return self.last(x) @ self.table.weight.T
