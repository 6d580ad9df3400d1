"""Where the table has nothing to say: the cosine below which the nearest text is noise, and the language it does not know.

Floor: each question kept aside is held against so many sentences of books about other matters (history, philosophy, politics)
that have none of its words, rarer ones at least: what shares words is the business of the search by words. The nearest of
them is wrong. The floor for so many is what the nearest stays below for four of five questions: a stricter one would hide more right
answers than it keeps wrong ones away.
Language: of the words of a text, how many are one whole piece. The threshold is the lowest that takes at most one in twenty
texts in other languages for English.
"""
import random

import numpy as np

from everyday import SCENES_ASIDE, aside, lines, scenes_aside, things_aside
from judge import stems
from shipped import Table
from wordpiece import words

SIZES = [10, 100, 1000, 10_000]
FALSE_ACCEPTS = 0.2
TAKEN_FOR_ENGLISH = 0.05
# A stem in more of the texts than this says nothing about what a text is about.
COMMON = 0.01


def floors_of(table: Table, unrelated: list[str], chance: random.Random) -> dict:
    texts, of_scenes = scenes_aside()
    questions = [question for question, _ in things_aside(chance)[1] + of_scenes]
    near = table.embed(questions) @ table.embed(unrelated).T
    near[shared_words(questions, unrelated)] = -1
    floors = []
    for size in [*(size for size in SIZES if size < len(unrelated)), len(unrelated)]:
        wrong = [of[chance.sample(range(len(unrelated)), size)].max() for of in near]
        floors.append([size, round(float(np.quantile(wrong, 1 - FALSE_ACCEPTS)), 3)])
    right = (table.embed([question for question, _ in of_scenes]) * table.embed([texts[thing] for _, thing in of_scenes])).sum(1)
    kept = [[size, round(float(np.mean(right >= floor)), 2)] for size, floor in floors]
    return {"floors": floors, "questions": len(questions), "right_answers": len(right), "right_kept": kept}


def shared_words(questions: list[str], texts: list[str]) -> np.ndarray:
    counts = stems(questions + texts)
    held: dict[str, list[int]] = {}
    for at, of in enumerate(counts[len(questions) :]):
        for stem in of:
            held.setdefault(stem, []).append(at)
    shared = np.zeros((len(questions), len(texts)), dtype=bool)
    for at, of in enumerate(counts[: len(questions)]):
        for stem in of:
            if len(held.get(stem, [])) <= COMMON * len(texts):
                shared[at, held.get(stem, [])] = True
    return shared


def whole_words(table: Table, text: str) -> float:
    """As the app counts: words that begin with a letter, and those that hold a sign the table does not know."""
    held = [(table.wordpiece.word(word), word) for word in words(text)]
    unknown = [table.wordpiece.unknown]
    counted = [pieces for pieces, word in held if word[0].isalpha() or pieces == unknown]
    return sum(len(pieces) == 1 and pieces != unknown for pieces in counted) / len(counted) if counted else 1.0


def language_of(table: Table) -> dict:
    english = [part for at, line in enumerate(lines("scenes.txt")) if aside(at, SCENES_ASIDE) for part in line]
    others = lines("languages.txt")
    known = np.array([whole_words(table, text) for text in english])
    unknown = np.array([whole_words(table, text) for _, text in others])
    chosen = next(one / 100 for one in range(30, 100) if np.mean(unknown >= one / 100) <= TAKEN_FOR_ENGLISH)
    by_language = {
        name: round(float(np.mean([share for share, line in zip(unknown, others) if line[0] == name])), 2)
        for name in dict.fromkeys(line[0] for line in others)
    }
    return {
        "wholeWords": chosen,
        "english_texts": len(english),
        "english_known": round(float(np.mean(known >= chosen)), 3),
        "english_mean": round(float(known.mean()), 2),
        "other_texts": len(others),
        "others_taken_for_english": round(float(np.mean(unknown >= chosen)), 3),
        "mean_by_language": by_language,
    }
