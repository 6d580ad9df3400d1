"""A small transformer over the rows of a table: it begins as exactly that table, and learns what a piece means beside the
others. Attention knows how far apart two pieces stand (up to eight), not where in the text; so a text may have any length.
"""
import time
from typing import Callable

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from encoded import Encoded
from table import batches, contrast

REACH = 8


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int):
        super().__init__()
        self.heads = heads
        self.before = nn.LayerNorm(width)
        self.q, self.k, self.v, self.o = (nn.Linear(width, width, bias=False) for _ in range(4))
        self.nearness = nn.Parameter(torch.zeros(2 * REACH + 1, heads))
        self.between = nn.LayerNorm(width)
        self.up, self.down = nn.Linear(width, inner, bias=False), nn.Linear(inner, width, bias=False)
        nn.init.zeros_(self.o.weight)
        nn.init.zeros_(self.down.weight)

    def forward(self, x: torch.Tensor, hidden: torch.Tensor, apart: torch.Tensor) -> torch.Tensor:
        many, long, width = x.shape

        def split(of: torch.Tensor) -> torch.Tensor:
            return of.view(many, long, self.heads, width // self.heads).transpose(1, 2)

        y = self.before(x)
        scores = split(self.q(y)) @ split(self.k(y)).transpose(2, 3) * (width // self.heads) ** -0.5
        scores = scores + self.nearness[apart].permute(2, 0, 1) + hidden
        seen = (torch.softmax(scores.float(), dim=-1).to(scores.dtype) @ split(self.v(y))).transpose(1, 2)
        x = x + self.o(seen.reshape(many, long, width))
        return x + self.down(functional.relu(self.up(self.between(x))))


class Encoder(nn.Module):
    def __init__(self, rows: torch.Tensor, *, layers: int, heads: int, inner: int, rows_learn: bool):
        super().__init__()
        self.rows = nn.Embedding.from_pretrained(rows.clone(), freeze=not rows_learn)
        self.layers = nn.ModuleList(Layer(rows.shape[1], heads, inner) for _ in range(layers))

    def forward(self, ids: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        place = torch.arange(ids.shape[1])
        real = place[None, :] < lengths[:, None]
        hidden = torch.where(real, 0.0, -1e4)[:, None, None, :]
        apart = (place[None, :] - place[:, None]).clamp(-REACH, REACH) + REACH
        x = self.rows(ids)
        for layer in self.layers:
            x = layer(x, hidden, apart)
        return (x.float() * real[:, :, None]).sum(1) / lengths.clamp(min=1)[:, None]


def padded(texts: Encoded, chosen: np.ndarray, longest: int) -> tuple[torch.Tensor, torch.Tensor]:
    starts = texts.starts[chosen]
    lengths = np.minimum(texts.starts[chosen + 1] - starts, longest)
    place = np.arange(max(1, lengths.max()))
    at = np.minimum(starts[:, None] + place[None, :], len(texts.ids) - 1)
    return torch.from_numpy(np.where(place < lengths[:, None], texts.ids[at], 0).astype(np.int64)), torch.from_numpy(lengths)


def vectors_of(encoder: Encoder, texts: Encoded, longest: int, together: int = 64) -> np.ndarray:
    """Short ones with short ones, so that little is padding."""
    out = np.zeros((len(texts), encoder.rows.weight.shape[1]), dtype=np.float32)
    order = np.argsort(np.diff(texts.starts), kind="stable")
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for at in range(0, len(order), together):
            chosen = order[at : at + together]
            out[chosen] = functional.normalize(encoder(*padded(texts, chosen, longest)).float(), dim=1).numpy()
    return out


def learn(
    encoder: Encoder,
    both: Encoded,
    kinds: np.ndarray,
    things: np.ndarray,
    *,
    steps: int,
    batch: int,
    longest: int,
    temperature: float,
    rate: float,
    rounds: dict[int, float],
    chance: np.random.Generator,
    until: float,
    after: Callable[[int, float], None],
    every: int,
) -> int:
    """Ends after so many steps, or where the time is up (then at the end of a slope that knew of it): how many it took."""
    learned = [one for one in encoder.parameters() if one.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=rate, betas=(0.9, 0.98), weight_decay=0.01)
    plan: list[np.ndarray] = []
    losses: list[float] = []
    began = time.monotonic()
    for step in range(steps):
        plan = plan or batches(kinds, batch, rounds, chance)
        chosen = plan.pop()
        done = max(step / steps, (time.monotonic() - began) / (until - began))
        if done >= 1:
            return step
        optimizer.param_groups[0]["lr"] = rate * min(1.0, (step + 1) / 50) * max(0.02, 1 - done)
        # Both sides apart: questions are short and answers long, and padding would be most of the work.
        with torch.autocast("cpu", dtype=torch.bfloat16):
            one = encoder(*padded(both, chosen, longest))
            other = encoder(*padded(both, chosen + len(things), longest))
        loss = contrast(one.float(), other.float(), torch.from_numpy(things[chosen]), temperature)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        losses.append(loss.item())
        if (step + 1) % every == 0:
            after(step + 1, sum(losses[-every:]) / every)
    return steps
