"""nDCG@10 of words (BM25), meaning and both, on judged collections that nothing here was trained on.

python3 judge.py MODEL COLLECTIONS — for choosing between runs; the figures that count come from the app's own bench.
"""
import gzip
import math
import random
import re
import sqlite3
import sys
from collections import defaultdict
from pathlib import Path
from typing import Callable

import numpy as np

from everyday import Asked, scenes_aside, things_aside
from shipped import Table, read_table

Collection = tuple[dict[str, str], dict[str, str], dict[str, dict[str, float]]]
ALPHA = 0.4
CANDIDATES = 200


def read(path: Path) -> str:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", errors="replace").read()
    return path.read_text(encoding="utf-8", errors="replace")


def smart(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in re.split(r"^\.I ", text, flags=re.M)[1:]:
        head, _, rest = part.partition("\n")
        fields: dict[str, str] = defaultdict(str)
        now = ""
        for line in rest.split("\n"):
            mark = re.match(r"^\.([A-Z])\s*$", line)
            if mark:
                now = mark.group(1)
            else:
                fields[now] += line + "\n"
        found[head.strip()] = (fields["T"] + " " + fields["W"]).strip()
    return found


def cranfield(folder: Path) -> Collection:
    # Its judgements name a query by its place in the file. Every grade counts alike, as with the other two.
    queries = {str(at + 1): text for at, text in enumerate(smart(read(folder / "cran.qry")).values())}
    relevant: dict[str, dict[str, float]] = defaultdict(dict)
    for line in read(folder / "cranqrel").splitlines():
        query, document, grade = line.split()[:3]
        if int(grade) > 0:
            relevant[query][document] = 1
    return smart(read(folder / "cran.all.1400.gz")), queries, relevant


def med(folder: Path) -> Collection:
    relevant: dict[str, dict[str, float]] = defaultdict(dict)
    for line in read(folder / "MED.REL").splitlines():
        query, _, document, _ = line.split()
        relevant[query][document] = 1
    return smart(read(folder / "MED.ALL.gz")), smart(read(folder / "MED.QRY")), relevant


def npl(folder: Path) -> Collection:
    def blocks(text: str) -> dict[str, str]:
        found = {}
        for part in re.split(r"^\s*/\s*$", text, flags=re.M):
            head, _, rest = part.strip().partition("\n")
            if head.strip().isdigit():
                found[head.strip()] = rest
        return found

    relevant = {query: {one: 1.0 for one in rest.split()} for query, rest in blocks(read(folder / "rlv-ass")).items()}
    return blocks(read(folder / "doc-text.gz")), blocks(read(folder / "query-text")), relevant


COLLECTIONS: dict[str, Callable[[Path], Collection]] = {"cran": cranfield, "med": med, "npl": npl}


def ndcg(ranked: list[str], relevant: dict[str, float]) -> float:
    gained = sum(relevant.get(one, 0) / math.log2(at + 2) for at, one in enumerate(ranked[:10]))
    best = sum(grade / math.log2(at + 2) for at, grade in enumerate(sorted(relevant.values(), reverse=True)[:10]))
    return gained / best if best else 0.0


def stems(texts: list[str]) -> list[dict[str, int]]:
    """How often each stem stands in each text, by the stemmer that the app searches with (SQLite FTS5, porter)."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE held USING fts5(text, tokenize='porter unicode61')")
    base.executemany("INSERT INTO held (rowid, text) VALUES (?, ?)", list(enumerate(texts)))
    base.execute("CREATE VIRTUAL TABLE terms USING fts5vocab('held', 'instance')")
    counts: list[dict[str, int]] = [defaultdict(int) for _ in texts]
    for term, at in base.execute("SELECT term, doc FROM terms"):
        counts[at][term] += 1
    return counts


def bm25(documents: list[str], queries: list[str], k1: float = 1.2, b: float = 0.75) -> np.ndarray:
    counts = stems(documents + queries)
    of_documents, of_queries = counts[: len(documents)], counts[len(documents) :]
    length = np.array([sum(one.values()) for one in of_documents], dtype=np.float64)
    bent = k1 * (1 - b + b * length / length.mean())
    where: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, one in enumerate(of_documents):
        for term, times in one.items():
            where[term].append((at, times))
    scores = np.zeros((len(queries), len(documents)))
    for query, asked in enumerate(of_queries):
        for term in asked:
            held = where.get(term)
            if held:
                at, times = np.array(held).T
                idf = math.log(1 + (len(documents) - len(held) + 0.5) / (len(held) + 0.5))
                scores[query, at] += idf * times * (k1 + 1) / (times + bent[at])
    return scores


def spread(scores: np.ndarray) -> np.ndarray:
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.zeros(len(scores))


def both(words: np.ndarray, meaning: np.ndarray, alpha: float) -> np.ndarray:
    """The candidates of both sides, best first."""
    chosen = np.union1d(np.argsort(-words, kind="stable")[:CANDIDATES], np.argsort(-meaning, kind="stable")[:CANDIDATES])
    mixed = (1 - alpha) * spread(words[chosen]) + alpha * spread(meaning[chosen])
    return chosen[np.argsort(-mixed, kind="stable")]


def judge(
    embed: Callable[[list[str]], np.ndarray], collections: dict[str, Collection], words_of: dict[str, np.ndarray], alpha: float = ALPHA
) -> dict[str, dict[str, float]]:
    found = {}
    for name, (documents, queries, relevant) in collections.items():
        ids, asked = list(documents), [query for query in queries if relevant.get(query)]
        words = words_of[name]
        meaning = embed([queries[query] for query in asked]) @ embed(list(documents.values())).T
        sums: dict[str, float] = defaultdict(float)
        for at, query in enumerate(asked):
            ranked = {
                "words": np.argsort(-words[at], kind="stable"),
                "meaning": np.argsort(-meaning[at], kind="stable"),
                "hybrid": both(words[at], meaning[at], alpha),
            }
            for way, order in ranked.items():
                sums[way] += ndcg([ids[one] for one in order[:10]], relevant[query]) / len(asked)
        found[name] = {way: round(value, 4) for way, value in sums.items()}
    return found


def invented(asked: Asked) -> Collection:
    """What was kept aside of the invented everyday language."""
    texts, questions = asked
    queries = {str(at): question for at, (question, _) in enumerate(questions)}
    relevant = {str(at): {str(thing): 1.0} for at, (_, thing) in enumerate(questions)}
    return {str(thing): text for thing, text in texts.items()}, queries, relevant


def load(folder: Path) -> tuple[dict[str, Collection], dict[str, np.ndarray]]:
    collections = {name: reader(folder / name) for name, reader in COLLECTIONS.items()}
    collections["things"] = invented(things_aside(random.Random(5)))
    collections["scenes"] = invented(scenes_aside())
    words = {
        name: bm25(list(documents.values()), [queries[query] for query in queries if relevant.get(query)])
        for name, (documents, queries, relevant) in collections.items()
    }
    return collections, words


def main() -> None:
    table: Table = read_table(Path(sys.argv[1]))
    collections, words = load(Path(sys.argv[2]))
    for name, figures in judge(table.embed, collections, words).items():
        print(name, figures)


if __name__ == "__main__":
    main()
