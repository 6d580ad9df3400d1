"""The static table: one row for each piece of a word; a text is the sum of its rows, made one long.

1. What stands near what (PPMI), folded into a row of numbers a piece (truncated SVD), rare pieces weighing more (SIF),
   and the direction that all texts share taken out.
2. Pairs pull together, and away from what else is in their batch (InfoNCE, both directions).
3. Rows of 8 bits with a scale each.
"""
import math
from typing import Callable

import numpy as np
import torch
from torch.nn import functional

from encoded import Encoded

WINDOW = 5
SMOOTHING = 0.75
HELD_AT_ONCE = 20_000_000


def cooccurrence(texts: Encoded, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Sparse and symmetric, nearer counting more: keys of both pieces in order, and the weight of each."""
    ids, owner = texts.ids.astype(np.int64), texts.owners()
    keys, weights = np.zeros(0, dtype=np.int64), np.zeros(0)
    for distance in range(1, WINDOW + 1):
        for start in range(0, len(ids) - distance, HELD_AT_ONCE):
            end = min(start + HELD_AT_ONCE, len(ids) - distance)
            one, other = ids[start:end], ids[start + distance : end + distance]
            together = owner[start:end] == owner[start + distance : end + distance]
            pairs = np.minimum(one, other)[together] * size + np.maximum(one, other)[together]
            found, times = np.unique(pairs, return_counts=True)
            keys, weights = merged(keys, weights, found, times / distance)
    return keys, weights


def merged(keys: np.ndarray, weights: np.ndarray, more: np.ndarray, more_weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    every = np.concatenate([keys, more])
    order = np.argsort(every, kind="stable")
    every = every[order]
    starts = np.flatnonzero(np.concatenate([[True], every[1:] != every[:-1]]))
    return every[starts], np.add.reduceat(np.concatenate([weights, more_weights])[order], starts)


def positive_pmi(keys: np.ndarray, weights: np.ndarray, size: int) -> torch.Tensor:
    one, other = keys // size, keys % size
    aside = one != other
    one, other = np.concatenate([one, other[aside]]), np.concatenate([other, one[aside]])
    weights = np.concatenate([weights, weights[aside]])
    rows = np.bincount(one, weights=weights, minlength=size)
    columns = rows**SMOOTHING
    pmi = np.log(weights / (rows[one] * (columns / columns.sum())[other]))
    kept = pmi > 0
    indices = torch.from_numpy(np.stack([one[kept], other[kept]]))
    return torch.sparse_coo_tensor(indices, torch.from_numpy(pmi[kept]).float(), (size, size)).coalesce()


def first_rows(texts: Encoded, size: int, width: int) -> torch.Tensor:
    u, s, _ = torch.svd_lowrank(positive_pmi(*cooccurrence(texts, size), size), q=width + 32, niter=2)
    rows = u[:, :width] * s[:width].sqrt()
    share = torch.from_numpy(np.bincount(texts.ids, minlength=size) / len(texts.ids))
    weight = (1e-3 / (1e-3 + share)).float()
    rows = functional.normalize(rows, dim=1, eps=1e-6) * weight[:, None]
    some = texts.some(np.arange(0, len(texts), max(1, len(texts) // 20_000)))
    vectors = functional.normalize(functional.embedding_bag(some[0], rows, some[1], mode="sum"), dim=1)
    shared = torch.svd_lowrank(vectors, q=4, niter=4)[2][:, :1]
    return rows - (rows @ shared) @ shared.T


def contrast(one: torch.Tensor, other: torch.Tensor, things: torch.Tensor, temperature: float) -> torch.Tensor:
    """InfoNCE both ways. Two pairs about one thing are no opposites."""
    scores = functional.normalize(one, dim=1) @ functional.normalize(other, dim=1).T / temperature
    right = torch.arange(len(scores))
    same = things[:, None] == things[None, :]
    same[right, right] = False
    scores = scores.masked_fill(same, -1e4)
    return (functional.cross_entropy(scores, right) + functional.cross_entropy(scores.T, right)) / 2


def batches(kinds: np.ndarray, size: int, rounds: dict[int, float], chance: np.random.Generator) -> list[np.ndarray]:
    """Each batch of one kind only: what is told apart then is the thing, not the manner of the text."""
    found = []
    for kind in np.unique(kinds):
        members = np.flatnonzero(kinds == kind)
        times = rounds.get(int(kind), 1.0)
        drawn = np.concatenate([chance.permutation(members) for _ in range(math.ceil(times))])[: round(len(members) * times)]
        found += [drawn[at : at + size] for at in range(0, len(drawn), size)]
    return [found[at] for at in chance.permutation(len(found)) if len(found[at]) >= 32]


def learn(
    rows: torch.Tensor,
    both: Encoded,
    kinds: np.ndarray,
    things: np.ndarray,
    *,
    epochs: int,
    batch: int,
    temperature: float,
    rate: float,
    rounds: dict[int, float],
    chance: np.random.Generator,
    after: Callable[[int, float, torch.Tensor], None],
) -> torch.Tensor:
    rows = rows.clone()
    step_of = Steps(rows)
    plan = [batches(kinds, batch, rounds, chance) for _ in range(epochs)]
    total, step = sum(len(epoch) for epoch in plan), 0
    for number, epoch in enumerate(plan):
        losses = []
        for chosen in epoch:
            ids, begins = both.some(np.concatenate([chosen, chosen + len(things)]))
            touched = torch.bincount(ids, minlength=len(rows)).nonzero()[:, 0]
            place = torch.zeros(len(rows), dtype=torch.long)
            place[touched] = torch.arange(len(touched))
            held = rows[touched].requires_grad_()
            vectors = functional.embedding_bag(place[ids], held, begins, mode="sum")
            loss = contrast(vectors[: len(chosen)], vectors[len(chosen) :], torch.from_numpy(things[chosen]), temperature)
            loss.backward()
            step_of.take(touched, held.grad, rate * max(0.02, 1 - step / total))
            step += 1
            losses.append(loss.item())
        after(number + 1, sum(losses) / len(losses), rows)
    return rows


class Steps:
    """Adam, for the rows that a batch has touched only: the others neither move nor forget."""

    def __init__(self, rows: torch.Tensor):
        self.rows = rows
        self.mean = torch.zeros_like(rows)
        self.square = torch.zeros_like(rows)
        self.times = torch.zeros(len(rows), 1)

    def take(self, touched: torch.Tensor, slope: torch.Tensor, rate: float) -> None:
        times = self.times[touched] + 1
        mean = self.mean[touched].mul_(0.9).add_(slope, alpha=0.1)
        square = self.square[touched].mul_(0.999).addcmul_(slope, slope, value=0.001)
        self.times[touched], self.mean[touched], self.square[touched] = times, mean, square
        move = mean.div(1 - 0.9**times).div_(square.div(1 - 0.999**times).sqrt_().add_(1e-8))
        self.rows[touched] = self.rows[touched].sub_(move, alpha=rate)


def quantized(rows: torch.Tensor) -> tuple[np.ndarray, np.ndarray]:
    scale = rows.abs().amax(dim=1).clamp(min=1e-9) / 127
    return torch.round(rows / scale[:, None]).to(torch.int8).numpy(), scale.numpy().astype(np.float32)
