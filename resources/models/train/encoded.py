"""Many texts as pieces, in one long row of numbers: what fits a training run in memory and a batch in one call."""
import numpy as np
import torch

from wordpiece import WordPiece


class Encoded:
    def __init__(self, ids: np.ndarray, starts: np.ndarray):
        self.ids = ids
        self.starts = starts

    def __len__(self) -> int:
        return len(self.starts) - 1

    def owners(self) -> np.ndarray:
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))

    def some(self, chosen: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
        """The pieces of the chosen texts after each other, and where each text begins."""
        starts, lengths = self.starts[chosen], self.starts[chosen + 1] - self.starts[chosen]
        begins = np.cumsum(lengths) - lengths
        at = np.repeat(starts - begins, lengths) + np.arange(lengths.sum())
        return torch.from_numpy(self.ids[at].astype(np.int64)), torch.from_numpy(begins)

    def kept(self, chosen: np.ndarray) -> "Encoded":
        ids, begins = self.some(chosen)
        return Encoded(ids.numpy().astype(np.int32), np.append(begins.numpy(), len(ids)))


def joined(one: Encoded, other: Encoded) -> Encoded:
    return Encoded(np.concatenate([one.ids, other.ids]), np.concatenate([one.starts, other.starts[1:] + one.starts[-1]]))


def encode(wordpiece: WordPiece, texts: list[str], longest: int) -> Encoded:
    parts = [np.array(wordpiece.encode(text)[:longest], dtype=np.int32) for text in texts]
    lengths = np.array([len(part) for part in parts], dtype=np.int64)
    return Encoded(np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32), np.concatenate([[0], np.cumsum(lengths)]))
