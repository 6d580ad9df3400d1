"""A WordPiece vocabulary of our own, and the encoding by it: lower case, accents off, longest piece first.

The same rules are written in TypeScript for the app (core/models/tokenizer.ts); a test compares the two.
"""
import heapq
import unicodedata
from collections import Counter, defaultdict
from functools import lru_cache

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LONGEST_WORD = 100


def is_cjk(code: int) -> bool:
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x2A6DF
        or 0x2A700 <= code <= 0x2CEAF
        or 0xF900 <= code <= 0xFAFF
        or 0x2F800 <= code <= 0x2FA1F
    )


def is_punctuation(sign: str) -> bool:
    code = ord(sign)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(sign).startswith("P")


def words(text: str) -> list[str]:
    """As BERT's basic tokenizer: what stands between spaces, with every sign of punctuation a word of its own."""
    return [word for run in text.split() for word in words_in(run)]


@lru_cache(maxsize=1_000_000)
def words_in(run: str) -> tuple[str, ...]:
    out: list[str] = []
    word: list[str] = []

    def end() -> None:
        if word:
            out.append("".join(word))
            word.clear()

    for sign in unicodedata.normalize("NFD", run.lower()):
        category = unicodedata.category(sign)
        if category == "Mn" or sign == "\ufffd" or sign == "\0":
            continue
        if sign.isspace() or category == "Zs":
            end()
        elif category.startswith("C"):
            continue
        elif is_punctuation(sign) or is_cjk(ord(sign)):
            end()
            out.append(sign)
        else:
            word.append(sign)
    end()
    return tuple(out)


def train(counts: Counter, size: int) -> list[str]:
    """Merges the most frequent neighbours, again and again, until there are enough pieces. Ties go by the alphabet."""
    vocabulary = [(list_of(word), count) for word, count in counts.items() if len(word) <= 40]
    pairs: Counter = Counter()
    where: dict = defaultdict(set)
    letters: Counter = Counter()
    for at, (pieces, count) in enumerate(vocabulary):
        for piece in pieces:
            letters[piece] += count
        for pair in zip(pieces, pieces[1:]):
            pairs[pair] += count
            where[pair].add(at)
    alphabet = [piece for piece, count in sorted(letters.items(), key=lambda one: (-one[1], one[0]))[:1000]]
    pieces = SPECIAL + sorted(alphabet)
    known = set(pieces)
    queue = [(-count, pair) for pair, count in pairs.items()]
    heapq.heapify(queue)
    while len(pieces) < size and queue:
        count, pair = heapq.heappop(queue)
        if pairs[pair] != -count:
            if pairs[pair] > 0:
                heapq.heappush(queue, (-pairs[pair], pair))
            continue
        if count == 0:
            break
        merged = pair[0] + pair[1].removeprefix("##")
        if merged not in known:
            known.add(merged)
            pieces.append(merged)
        changed: set = set()
        for at in where.pop(pair):
            old, times = vocabulary[at]
            for one in zip(old, old[1:]):
                pairs[one] -= times
                changed.add(one)
            new = joined(old, pair, merged)
            vocabulary[at] = (new, times)
            for one in zip(new, new[1:]):
                pairs[one] += times
                where[one].add(at)
                changed.add(one)
        pairs[pair] = 0
        for one in changed:
            if pairs[one] > 0:
                heapq.heappush(queue, (-pairs[one], one))
    return pieces


def list_of(word: str) -> list[str]:
    return [word[0]] + ["##" + sign for sign in word[1:]]


def joined(old: list[str], pair: tuple[str, str], merged: str) -> list[str]:
    new: list[str] = []
    at = 0
    while at < len(old):
        if at + 1 < len(old) and (old[at], old[at + 1]) == pair:
            new.append(merged)
            at += 2
        else:
            new.append(old[at])
            at += 1
    return new


class WordPiece:
    def __init__(self, pieces: list[str]):
        self.ids = {piece: at for at, piece in enumerate(pieces)}
        self.unknown = self.ids["[UNK]"]
        self.known: dict[str, list[int]] = {}

    def word(self, word: str) -> list[int]:
        found = self.known.get(word)
        if found is None:
            found = self._split(word)
            self.known[word] = found
        return found

    def _split(self, word: str) -> list[int]:
        if len(word) > LONGEST_WORD:
            return [self.unknown]
        out: list[int] = []
        start = 0
        while start < len(word):
            end = len(word)
            piece = None
            while end > start:
                piece = self.ids.get(word[start:end] if start == 0 else "##" + word[start:end])
                if piece is not None:
                    break
                end -= 1
            if piece is None:
                return [self.unknown]
            out.append(piece)
            start = end
        return out

    def encode(self, text: str) -> list[int]:
        return [piece for word in words(text) for piece in self.word(word)]
