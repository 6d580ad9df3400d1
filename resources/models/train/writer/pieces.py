"""Byte-level pieces as GPT-2 has them, learnt from the little text that there is. No more of the splitting than plain
ASCII text needs: the text here is ours, and has nothing else in it."""

import re
from collections import Counter

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
WORDS = re.compile(r"'(?:s|t|re|ve|m|ll|d)| ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+")


def byte_signs():
    """Every byte as a sign that can be seen: what can is itself, the rest come after."""
    seen = [*range(33, 127), *range(161, 173), *range(174, 256)]
    signs = {byte: chr(byte) for byte in seen}
    for byte in range(256):
        if byte not in signs:
            signs[byte] = chr(256 + len(signs) - len(seen))
    return signs


def learn(text, size):
    signs = byte_signs()
    words = Counter(tuple(signs[byte] for byte in word.encode()) for word in WORDS.findall(text))
    pieces = [*SPECIAL, *(signs[byte] for byte in range(256))]
    merges = []
    while len(pieces) < size:
        pairs = Counter()
        for word, times in words.items():
            for pair in zip(word, word[1:]):
                pairs[pair] += times
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        pieces.append("".join(best))
        words = Counter({tuple(merged(word, best)): times for word, times in words.items()})
    return pieces, merges


def merged(word, pair):
    out = []
    for piece in word:
        if out and (out[-1], piece) == pair:
            out[-1] += piece
        else:
            out.append(piece)
    return out


def encoder(pieces, merges):
    signs = byte_signs()
    ids = {piece: number for number, piece in enumerate(pieces)}
    rank = {pair: number for number, pair in enumerate(merges)}
    special = re.compile("(" + "|".join(re.escape(one) for one in SPECIAL) + ")")

    def of_word(word):
        word = [signs[byte] for byte in word.encode()]
        while len(word) > 1:
            best = min(zip(word, word[1:]), key=lambda pair: rank.get(pair, len(rank)))
            if best not in rank:
                break
            word = merged(word, best)
        return [ids[piece] for piece in word]

    def encode(text):
        found = []
        for part in special.split(text):
            if part in SPECIAL:
                found.append(ids[part])
            else:
                found.extend(number for word in WORDS.findall(part) for number in of_word(word))
        return found

    return encode


def tokenizer(pieces, merges):
    """As the hub keeps it in tokenizer.json."""
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {
                "id": number,
                "content": content,
                "single_word": False,
                "lstrip": False,
                "rstrip": False,
                "normalized": False,
                "special": True,
            }
            for number, content in enumerate(SPECIAL)
        ],
        "normalizer": None,
        "pre_tokenizer": byte_level,
        "post_processor": byte_level,
        "decoder": byte_level,
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": "",
            "end_of_word_suffix": "",
            "fuse_unk": False,
            "byte_fallback": False,
            "vocab": {piece: number for number, piece in enumerate(pieces)},
            "merges": [" ".join(pair) for pair in merges],
        },
    }
