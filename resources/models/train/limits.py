"""Where the table has nothing to say: the cosine below which the nearest text is noise, and the language it does not know.

Floor: each question kept aside is held against so many texts about other things, first invented ones and then from the corpora;
the nearest of them is wrong. The floor for so many is what 95 of 100 of these nearest wrong ones stay below.
Language: of the words of a text, how many are one whole piece. The threshold is the lowest that takes at most one in twenty
texts in other languages for English.
"""
import random

import numpy as np

from everyday import SCENES_ASIDE, aside, lines, scenes_aside, things_aside
from shipped import Table
from wordpiece import words

SIZES = [10, 100, 500, 1000, 10_000]
FALSE_ACCEPTS = 0.05
TAKEN_FOR_ENGLISH = 0.05


def floors_of(table: Table, corpora: list[str], chance: random.Random) -> dict:
    """As many invented texts as texts of the corpora, as long as there are; the rest is from the corpora."""
    texts, of_scenes = scenes_aside()
    questions = [(question, None) for question, _ in things_aside(chance)[1]] + of_scenes
    about = np.array(list(texts))
    near = table.embed(list(texts.values())) @ table.embed([question for question, _ in questions]).T
    far = table.embed(corpora) @ table.embed([question for question, _ in questions]).T
    floors = []
    for size in [*SIZES, len(corpora)]:
        wrong = []
        for at, (_, thing) in enumerate(questions):
            others = chance.sample(np.flatnonzero(about != thing).tolist(), min(size // 2, len(about) - 1))
            rest = chance.sample(range(len(far)), size - len(others))
            wrong.append(max(near[others, at].max(), far[rest, at].max()))
        floors.append([size, round(float(np.quantile(wrong, 1 - FALSE_ACCEPTS)), 3)])
    right = np.array([near[about == thing, at].max() for at, (_, thing) in enumerate(questions) if thing is not None])
    kept = [[size, round(float(np.mean(right >= floor)), 2)] for size, floor in floors]
    return {"floors": floors, "questions": len(questions), "right_answers": len(right), "right_kept": kept}


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
