"""How many texts must be looked at again after a scan by sign bits, so that the ten nearest are the right ten.

python3 codes.py MODEL CORPORA [--seed 1]. Queries and texts come from the corpora; a text is rescored by its row of int8,
as the app holds it; right is what exact cosine says.
"""
import argparse
import random
from pathlib import Path
from typing import Iterator

import numpy as np

from corpus import read_book, read_pairs, sentences
from everyday import things_aside
from shipped import read_table

TEXTS = 100_000
RESCORED = [50, 100, 200, 300, 500, 1000, 2000]
POPULATION = np.array([bin(one).count("1") for one in range(65536)], dtype=np.uint8)


def material(corpora: Path, chance: random.Random) -> tuple[list[str], list[str]]:
    pairs, book = read_pairs(corpora), read_book(corpora)
    texts = [entry["text"] for entry in book]
    texts += [part for entry in book for part in sentences(entry["text"])]
    texts += [other for _, other, kind in pairs if kind in ("mq-qa", "mq-ict")]
    glosses = sorted({other for _, other, kind in pairs if kind == "wn-gloss"})
    texts = list(dict.fromkeys(texts))
    texts = chance.sample(texts, min(len(texts), TEXTS * 7 // 10))
    texts += chance.sample(glosses, TEXTS - len(texts))
    asked = chance.sample(sorted({one for one, _, kind in pairs if kind == "mq-qa"}), 300)
    asked += chance.sample(sorted({entry["title"] + " " + entry.get("section", "") for entry in book if "term" not in entry}), 300)
    asked += chance.sample(sorted({one for one, _, kind in pairs if kind == "wn-ex"}), 200)
    return texts, asked + [question for question, _ in things_aside(chance)[1]][:200]


def bits(vectors: np.ndarray) -> np.ndarray:
    return np.packbits(vectors > 0, axis=1).view(np.uint16)


def recalls(texts: np.ndarray, queries: np.ndarray, turn: np.ndarray, centre: np.ndarray) -> Iterator[float]:
    scale = np.abs(texts).max(axis=1, keepdims=True) / 127
    held = np.round(texts / scale)
    codes = bits((texts - centre) @ turn)
    hits = np.zeros(len(RESCORED))
    for query in queries:
        right = set(np.argpartition(-(texts @ query), 10)[:10])
        far = POPULATION[codes ^ bits(((query - centre) @ turn)[None])].sum(axis=1, dtype=np.uint16)
        near = np.argsort(far, kind="stable")[: RESCORED[-1]]
        scores = (held[near] @ query) * scale[near, 0]
        for at, many in enumerate(RESCORED):
            best = near[:many][np.argsort(-scores[:many], kind="stable")[:10]]
            hits[at] += len(right & set(best)) / 10
    yield from hits / len(queries)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("model", type=Path)
    arguments.add_argument("corpora", type=Path)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    table = read_table(given.model)
    texts, asked = material(given.corpora, random.Random(given.seed))
    vectors, queries = table.embed(texts), table.embed(asked)
    width = vectors.shape[1]
    chance = np.random.default_rng(given.seed)
    turns = [np.linalg.qr(chance.normal(size=(width, width)))[0].astype(np.float32) for _ in range(2)]
    nothing, mean = np.zeros(width, dtype=np.float32), vectors.mean(axis=0)
    print(f"{len(texts)} texts, {len(asked)} queries, {width} wide; recall@10 when rescoring {RESCORED}")
    for name, turn, centre in (
        ("sign bits", np.eye(width, dtype=np.float32), nothing),
        ("centred", np.eye(width, dtype=np.float32), mean),
        ("turned", turns[0], nothing),
        ("centred, turned", turns[0], mean),
        ("turned twice, double bits", np.concatenate(turns, axis=1), nothing),
        ("centred, plain and turned, double bits", np.concatenate([np.eye(width, dtype=np.float32), turns[0]], axis=1), mean),
    ):
        print(f"{name:40s}", " ".join(f"{one:.4f}" for one in recalls(vectors, queries, turn, centre)), flush=True)


if __name__ == "__main__":
    main()
