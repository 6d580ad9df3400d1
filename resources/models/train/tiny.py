"""Makes the tiny understanding model of the tests: two layers of 64 over 3,000 pieces, from the invented everyday language
alone. /usr/bin/python3 -B tiny.py FOLDER [--seed 1]"""
import argparse
import os
import random
import time
from collections import Counter
from pathlib import Path

# One thread: sums in one order, so that the same seed gives the same numbers. It is read when numpy is loaded.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
import torch

import encoder as encoders
import table
from encoded import encode, joined
from everyday import everyday_pairs
from export import write_encoder
from numbered import numbered
from wordpiece import WordPiece, train, words

SIZE = 3000
WIDTH = 64
LONGEST = 128
STEPS = 300


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(1)
    pairs = list(everyday_pairs(4, random.Random(given.seed)))
    counts = Counter(word for one, other, _ in pairs for word in words(one) + words(other))
    pieces = train(counts, SIZE)
    wordpiece = WordPiece(pieces)
    both = joined(*(encode(wordpiece, [pair[side] for pair in pairs], LONGEST) for side in (0, 1)))
    kinds, things, _ = numbered(pairs)
    rows = table.first_rows(both, len(pieces), WIDTH)
    made = encoders.Encoder(rows, layers=2, heads=4, inner=128, rows_learn=True)
    encoders.learn(
        made,
        both,
        kinds,
        things,
        steps=STEPS,
        batch=256,
        longest=LONGEST,
        temperature=0.05,
        rate=3e-3,
        rounds={},
        chance=np.random.default_rng(given.seed),
        until=time.monotonic() + 3600,
        after=lambda step, loss: print(f"step {step}: loss {loss:.3f}", flush=True),
        every=50,
    )
    write_encoder(made, pieces, given.out, LONGEST)


if __name__ == "__main__":
    main()
