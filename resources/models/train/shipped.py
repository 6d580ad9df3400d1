"""Writes a trained table in the layout that the app reads (config.json, tokenizer.json, tokenizer_config.json and
model.safetensors), and reads it again as the app does. The same numbers give the same bytes."""
import json
import struct
from pathlib import Path

import numpy as np

from wordpiece import LONGEST_WORD, SPECIAL, WordPiece

KINDS = {np.dtype(np.int8): "I8", np.dtype(np.float32): "F32"}


def write_safetensors(path: Path, tensors: dict[str, np.ndarray]) -> None:
    """A length, a JSON header padded to eight bytes, and the numbers, little end first."""
    header: dict[str, dict] = {}
    at = 0
    for name, tensor in tensors.items():
        header[name] = {"dtype": KINDS[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [at, at + tensor.nbytes]}
        at += tensor.nbytes
    said = json.dumps(header, separators=(",", ":")).encode()
    said += b" " * (-len(said) % 8)
    with path.open("wb") as out:
        out.write(struct.pack("<Q", len(said)))
        out.write(said)
        for tensor in tensors.values():
            out.write(np.ascontiguousarray(tensor).tobytes())


def write_json(path: Path, said: dict) -> None:
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_tokenizer(folder: Path, pieces: list[str], longest_text: int) -> None:
    """As Hugging Face `tokenizers` and transformers.js read it. The special pieces frame a text only where a model was
    trained with them: the table adds up the pieces of the text and nothing else."""
    ids = {piece: at for at, piece in enumerate(pieces)}
    special = [
        {"id": ids[piece], "content": piece, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
        for piece in SPECIAL
    ]
    said = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": special,
        "normalizer": {
            "type": "BertNormalizer",
            "clean_text": True,
            "handle_chinese_chars": True,
            "strip_accents": True,
            "lowercase": True,
        },
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": None,
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": LONGEST_WORD,
            "vocab": ids,
        },
    }
    (folder / "tokenizer.json").write_text(json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "BertTokenizer",
            "do_lower_case": True,
            "strip_accents": True,
            "tokenize_chinese_chars": True,
            "model_max_length": longest_text,
            "unk_token": "[UNK]",
            "pad_token": "[PAD]",
            "cls_token": "[CLS]",
            "sep_token": "[SEP]",
            "mask_token": "[MASK]",
        },
    )


def write_table(folder: Path, pieces: list[str], config: dict, tensors: dict[str, np.ndarray]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / "config.json", config)
    write_tokenizer(folder, pieces, longest_text=512)
    write_safetensors(folder / "model.safetensors", tensors)


class Table:
    def __init__(self, pieces: list[str], rows: np.ndarray, scale: np.ndarray):
        self.wordpiece = WordPiece(pieces)
        self.rows = rows.astype(np.float32) * scale[:, None]

    def embed(self, texts: list[str]) -> np.ndarray:
        out = np.zeros((len(texts), self.rows.shape[1]), dtype=np.float32)
        for at, text in enumerate(texts):
            held = self.wordpiece.encode(text)
            if held:
                out[at] = self.rows[held].sum(0)
        return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)


def read_safetensors(path: Path) -> dict[str, np.ndarray]:
    held = path.read_bytes()
    (long,) = struct.unpack("<Q", held[:8])
    kinds = {name: kind for kind, name in KINDS.items()}
    return {
        name: np.frombuffer(held[8 + long + one["data_offsets"][0] : 8 + long + one["data_offsets"][1]], kinds[one["dtype"]]).reshape(one["shape"])
        for name, one in json.loads(held[8 : 8 + long]).items()
    }


def read_table(folder: Path) -> Table:
    pieces = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    tensors = read_safetensors(folder / "model.safetensors")
    return Table(list(pieces), tensors["rows"], tensors["scale"])
