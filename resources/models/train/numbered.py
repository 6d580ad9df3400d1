"""Kinds and things of pairs as numbers."""
import numpy as np

from corpus import Pair


def numbered(pairs: list[Pair]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """What stands before the colon of a pair's third word is its kind: a batch is of one. What stands after it is the thing
    that it is about; where nothing does, it is about a thing of its own."""
    split = [kind.partition(":") for _, _, kind in pairs]
    names = sorted({kind for kind, _, _ in split})
    of_kind = {name: at for at, name in enumerate(names)}
    seen: dict[tuple[str, str], int] = {}
    things = [seen.setdefault((kind, thing) if thing else ("", str(at)), len(seen)) for at, (kind, _, thing) in enumerate(split)]
    return np.array([of_kind[kind] for kind, _, _ in split]), np.array(things), names
