"""Makes the tiny writing model that the tests run, from a seed and the two texts beside this file:

    /usr/bin/python3 resources/models/train/writer/make.py test/fixtures/models/tiny-writer

It knows these texts by heart and nothing else. It is there to prove the way that real models go, and is no use to anybody.
"""

import json
import pathlib
import random
import sys

import torch
from torch.nn import functional as F

import export
import pieces
from model import Shape, Writer

SEED, STEPS, BATCH, PIECES, LONGEST = 7, 500, 4, 512, 480
HERE = pathlib.Path(__file__).parent
TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def conversations():
    for pair in (HERE / "conversations.txt").read_text().strip().split("\n\n"):
        question, answer = (line[3:] for line in pair.split("\n"))
        yield f"<|im_start|>user\n{question}<|im_end|>\n<|im_start|>assistant\n{answer}<|im_end|>\n"


def talk(samples):
    """One of them, or several one after the other, so that what was said before is no hindrance."""
    said = []
    for sample in random.choices(samples, k=random.choice((1, 1, 1, 2, 4, 7))):
        if len(said) + len(sample) <= LONGEST:
            said += sample
    return said


def train(model, samples):
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=STEPS)
    for step in range(STEPS):
        chosen = [talk(samples) for _ in range(BATCH)]
        longest = max(map(len, chosen))
        ids = torch.tensor([sample + [-1] * (longest - len(sample)) for sample in chosen])
        logits = model(ids[:, :-1].clamp(min=0))
        loss = F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), ignore_index=-1)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 100 == 99:
            print(f"step {step + 1}: loss {loss.item():.4f}", flush=True)


def settings(shape):
    special = {content: number for number, content in enumerate(pieces.SPECIAL)}
    text, _, end = pieces.SPECIAL
    ends = [special[end], special[text]]
    config = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": shape.pieces,
        "hidden_size": shape.width,
        "intermediate_size": shape.inner,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "num_key_value_heads": shape.key_heads,
        "head_dim": shape.head,
        "max_position_embeddings": shape.positions,
        "rms_norm_eps": shape.epsilon,
        "rope_theta": shape.theta,
        "hidden_act": "silu",
        "tie_word_embeddings": True,
        "bos_token_id": special[text],
        "eos_token_id": special[end],
    }
    tokenizer_config = {
        "tokenizer_class": "GPT2Tokenizer",
        "model_max_length": shape.positions,
        "add_prefix_space": False,
        "clean_up_tokenization_spaces": False,
        "bos_token": text,
        "eos_token": end,
        "pad_token": text,
        "unk_token": text,
        "chat_template": TEMPLATE,
    }
    generation = {"bos_token_id": special[text], "eos_token_id": ends, "pad_token_id": special[text]}
    return {"config.json": config, "tokenizer_config.json": tokenizer_config, "generation_config.json": generation}


def main(folder):
    random.seed(SEED)
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    texts = [*conversations(), (HERE / "story.txt").read_text().strip() + "<|endoftext|>"]
    plain = "\n".join(texts)
    for one in pieces.SPECIAL:
        plain = plain.replace(one, "")
    known, merges = pieces.learn(plain, PIECES)
    encode = pieces.encoder(known, merges)
    samples = [encode(text) for text in texts]
    shape = Shape(pieces=len(known))
    model = Writer(shape)
    print(f"{sum(weight.numel() for weight in model.parameters())} parameters, {sum(map(len, samples))} pieces of text")
    train(model, samples)
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        export.write(model, str(folder / "onnx" / "model_quantized.onnx"))
    for name, content in {**settings(shape), "tokenizer.json": pieces.tokenizer(known, merges)}.items():
        (folder / name).write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")


main(pathlib.Path(sys.argv[1]))
