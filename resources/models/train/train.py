"""Trains the table of meanings that ships with Mindkeep, and writes it as the app reads it.

/usr/bin/python3 -B train.py CORPORA [--out FOLDER] [--collections FOLDER] [--seed 1]. With --collections every epoch is judged.
"""
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

import judge
import limits
import table
from corpus import every_pair, far_from_home, plain_texts
from encoded import encode, joined
from numbered import numbered
from shipped import Table, write_table
from wordpiece import WordPiece, train, words

SIZE = 30_522
WIDTH = 256
LONGEST = 256
# What the app's ranking takes the meaning for, and the words for the rest.
ALPHA = 0.4
CENTRE_OF = 20_000
DATA = "2"
LEARNING = {"epochs": 5, "batch": 2048, "temperature": 0.08, "rate": 2e-2, "rounds": {}}


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("corpora", type=Path)
    arguments.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "mindkeep-table")
    arguments.add_argument("--collections", type=Path)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    began = time.monotonic()
    torch.set_num_threads(1)
    torch.manual_seed(given.seed)

    def say(what: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {what}", flush=True)

    pairs = every_pair(given.corpora, random.Random(given.seed))
    counts = Counter(word for one, other, _ in pairs for text in (one, other) for word in words(text))
    pieces = train(Counter({word: times for word, times in counts.items() if times > 1}), SIZE)
    wordpiece = WordPiece(pieces)
    say(f"{len(pairs)} pairs, {len(counts)} words, {len(pieces)} pieces")
    pairs = [pair for pair in pairs if wordpiece.encode(pair[0]) and wordpiece.encode(pair[1])]
    both = joined(*(encode(wordpiece, [pair[side] for pair in pairs], LONGEST) for side in (0, 1)))
    kinds, things, _ = numbered(pairs)
    say(f"{len(both.ids)} pieces of text")
    rows = table.first_rows(both, len(pieces), WIDTH)
    say("first rows")
    judged = judge.load(given.collections) if given.collections else None

    def after(epoch: int, loss: float, now: torch.Tensor) -> None:
        say(f"epoch {epoch}: loss {loss:.4f}")
        if judged:
            for name, figures in judge.judge(Table(pieces, *table.quantized(now)).embed, *judged).items():
                print(f"          {name} {figures}", flush=True)

    rows = table.learn(rows, both, kinds, things, chance=np.random.default_rng(given.seed), after=after, **LEARNING)
    table8, scale = table.quantized(rows)
    made = Table(pieces, table8, scale)
    limit = limits.floors_of(made, far_from_home(given.corpora), random.Random(given.seed))
    language = limits.language_of(made)
    say(f"{limit}\n{language}")
    config = {
        "model_type": "mindkeep-table",
        "width": WIDTH,
        "pieces": len(pieces),
        "language": "en",
        "alpha": ALPHA,
        "floors": limit["floors"],
        "wholeWords": language["wholeWords"],
        "trained": {"seed": given.seed, "data": DATA},
    }
    texts = plain_texts(given.corpora)
    # Where all texts lie on the whole: bits are signs as seen from there.
    centre = made.embed(texts[:: max(1, len(texts) // CENTRE_OF)]).mean(axis=0)
    write_table(given.out, pieces, config, {"rows": table8, "scale": scale, "centre": centre})
    say("written")


if __name__ == "__main__":
    main()
