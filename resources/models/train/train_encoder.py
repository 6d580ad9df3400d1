"""Trains a small transformer over the rows of a trained table, with the same pairs, for as long as it is given, and writes
it in the hub's layout. It did not become the shipped model: see RUNS.md.

/usr/bin/python3 -B train_encoder.py CORPORA TABLE OUT --minutes 60 [--collections FOLDER] [--seed 1]
"""
import argparse
import os
import random
import time
from pathlib import Path

# One thread: sums in one order, so that the same seed gives the same numbers. It is read when numpy is loaded.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
import torch

import encoder as encoders
import judge
from corpus import every_pair
from encoded import encode, joined
from export import write_encoder
from numbered import numbered
from shipped import read_table

LONGEST = 48
STEPS = 100_000


def main() -> None:
    arguments = argparse.ArgumentParser()
    for name in ("corpora", "table", "out"):
        arguments.add_argument(name, type=Path)
    arguments.add_argument("--minutes", type=float, default=60)
    arguments.add_argument("--collections", type=Path)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    until = time.monotonic() + given.minutes * 60
    torch.manual_seed(given.seed)
    torch.set_num_threads(1)
    begun = read_table(given.table)
    wordpiece, pieces = begun.wordpiece, list(begun.wordpiece.ids)
    pairs = every_pair(given.corpora, random.Random(given.seed))
    pairs = [pair for pair in pairs if wordpiece.encode(pair[0]) and wordpiece.encode(pair[1])]
    both = joined(*(encode(wordpiece, [pair[side] for pair in pairs], LONGEST) for side in (0, 1)))
    kinds, things, _ = numbered(pairs)
    made = encoders.Encoder(torch.from_numpy(begun.rows), layers=2, heads=4, inner=512, rows_learn=False)
    judged = judge.load(given.collections) if given.collections else None

    def embed(texts: list[str]) -> np.ndarray:
        return encoders.vectors_of(made, encode(wordpiece, texts, 256), 256)

    def after(step: int, loss: float) -> None:
        print(f"{(until - time.monotonic()) / 60:5.1f} minutes left, step {step}: loss {loss:.4f}", flush=True)
        write_encoder(made, pieces, given.out, 512)
        for name, figures in judge.judge(embed, *judged).items() if judged else []:
            print(f"          {name} {figures}", flush=True)

    after(0, float("nan"))
    steps = encoders.learn(
        made, both, kinds, things, steps=STEPS, batch=512, longest=LONGEST, temperature=0.08, rate=1e-3, rounds={},
        chance=np.random.default_rng(given.seed), until=until, after=after, every=500,
    )  # fmt: skip
    after(steps, float("nan"))


if __name__ == "__main__":
    main()
