"""What is learned from: pairs of texts that belong together, and running text. Everything comes in a fixed order."""
import gzip
import json
import random
import re
from pathlib import Path
from typing import Iterator

from everyday import everyday_pairs

ROUNDS = 4
FAR = ("us-history", "introduction-philosophy", "introduction-political-science")
Pair = tuple[str, str, str]


def read_pairs(folder: Path) -> list[Pair]:
    with gzip.open(folder / "pairs.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [tuple(json.loads(line)) for line in lines]


def read_book(folder: Path) -> list[dict]:
    with gzip.open(folder / "openstax.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+(?=[A-Z\"“(])", text) if len(part) > 20]


def book_pairs(book: list[dict], random_: random.Random) -> Iterator[Pair]:
    """A term and what it means; a heading and its paragraph; a sentence and the paragraph it was taken from."""
    for entry in book:
        if "term" in entry:
            yield entry["term"], entry["text"], "os-term"
            continue
        heading = " ".join(dict.fromkeys(part for part in (entry["title"], entry.get("section", "")) if part))
        yield heading, entry["text"], "os-head"
        said = sentences(entry["text"])
        if len(said) >= 3:
            for at in random_.sample(range(len(said)), k=min(2, len(said))):
                rest = " ".join(said[:at] + said[at + 1 :])
                yield said[at], rest, "os-ict"
    paragraphs = [entry for entry in book if "term" not in entry]
    for one, other in zip(paragraphs, paragraphs[1:]):
        if (one["book"], one["title"]) == (other["book"], other["title"]):
            yield one["text"], other["text"], "os-next"


def every_pair(folder: Path, chance: random.Random) -> list[Pair]:
    return read_pairs(folder) + list(book_pairs(read_book(folder), chance)) + list(everyday_pairs(ROUNDS, chance))


def plain_texts(folder: Path) -> list[str]:
    """Sentences and answers, each once."""
    book = [part for entry in read_book(folder) for part in sentences(entry["text"])]
    answers = [other for _, other, kind in read_pairs(folder) if kind in ("mq-qa", "mq-ict")]
    return list(dict.fromkeys(book + answers))


def far_from_home(folder: Path) -> list[str]:
    """Sentences of the books that have least to do with a household."""
    return list(dict.fromkeys(part for entry in read_book(folder) if entry["book"] in FAR for part in sentences(entry["text"])))
