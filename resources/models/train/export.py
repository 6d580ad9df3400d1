"""Writes an encoder as the hub's q8 files have it: config.json of a `bert`, tokenizer.json, tokenizer_config.json and
onnx/model_quantized.onnx, which takes input_ids and attention_mask and gives last_hidden_state; its mean over the pieces,
made one long, is the text's vector."""
from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, save

from encoder import REACH, Encoder
from shipped import write_json, write_tokenizer
from writer.export import Graph, quantized


def write_encoder(encoder: Encoder, pieces: list[str], folder: Path, longest: int) -> None:
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    width, layer = encoder.rows.weight.shape[1], encoder.layers[0]
    write_json(
        folder / "config.json",
        {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "vocab_size": len(pieces),
            "hidden_size": width,
            "num_hidden_layers": len(encoder.layers),
            "num_attention_heads": layer.heads,
            "intermediate_size": layer.up.weight.shape[0],
            "max_position_embeddings": longest,
            "type_vocab_size": 1,
            "pad_token_id": 0,
        },
    )
    write_tokenizer(folder, pieces, longest)
    save(graph_of(encoder), str(folder / "onnx" / "model_quantized.onnx"))


def graph_of(encoder: Encoder):
    graph = Graph()
    table, scale = quantized(encoder.rows.weight.detach().numpy(), 1)
    rows = graph.add("Gather", graph.constant(table, "table"), "input_ids")
    x = graph.add("Mul", graph.add("Cast", rows, to=TensorProto.FLOAT), graph.add("Gather", graph.constant(scale, "table_scale"), "input_ids"))

    real = graph.add("Unsqueeze", graph.add("Cast", "attention_mask", to=TensorProto.FLOAT), graph.ints(1, 2))
    one = graph.constant(np.float32(1))
    hidden = graph.add("Mul", graph.add("Sub", one, real), graph.constant(np.float32(-1e4)))
    zero, step = graph.constant(np.int64(0)), graph.constant(np.int64(1))
    long = graph.add("Gather", graph.add("Shape", "input_ids"), step)
    place = graph.add("Range", zero, long, step)
    apart = graph.add("Sub", graph.add("Unsqueeze", place, graph.ints(0)), graph.add("Unsqueeze", place, graph.ints(1)))
    reach = graph.constant(np.int64(REACH))
    least = graph.constant(np.int64(-REACH))
    apart = graph.add("Add", graph.add("Min", graph.add("Max", apart, least), reach), reach)

    for number, layer in enumerate(encoder.layers):
        last = number == len(encoder.layers) - 1
        x = of_layer(graph, layer, x, hidden, apart, "last_hidden_state" if last else None)
    named = helper.make_tensor_value_info
    made = helper.make_graph(
        graph.nodes,
        "encoder",
        [named(name, TensorProto.INT64, ["batch", "length"]) for name in ("input_ids", "attention_mask")],
        [named("last_hidden_state", TensorProto.FLOAT, ["batch", "length", encoder.rows.weight.shape[1]])],
        graph.initializers,
    )
    whole = helper.make_model(made, opset_imports=[helper.make_opsetid("", 14)], producer_name="mindkeep", ir_version=8)
    checker.check_model(whole, full_check=True)
    return whole


def of_layer(graph: Graph, layer, x: str, hidden: str, apart: str, name: str | None) -> str:
    width = layer.q.weight.shape[0]
    each = width // layer.heads

    def heads(linear) -> str:
        split = graph.add("Reshape", graph.linear(y, linear), graph.ints(0, 0, layer.heads, each))
        return graph.add("Transpose", split, perm=[0, 2, 1, 3])

    y = norm(graph, x, layer.before)
    scores = graph.add("MatMul", heads(layer.q), graph.add("Transpose", heads(layer.k), perm=[0, 1, 3, 2]))
    scores = graph.add("Mul", scores, graph.constant(np.float32(each**-0.5)))
    near = graph.add("Gather", graph.constant(layer.nearness.detach().numpy()), apart)
    near = graph.add("Unsqueeze", graph.add("Transpose", near, perm=[2, 0, 1]), graph.ints(0))
    scores = graph.add("Add", graph.add("Add", scores, near), hidden)
    seen = graph.add("MatMul", graph.add("Softmax", scores, axis=-1), heads(layer.v))
    together = graph.add("Reshape", graph.add("Transpose", seen, perm=[0, 2, 1, 3]), graph.ints(0, 0, width))
    x = graph.add("Add", x, graph.linear(together, layer.o))
    y = norm(graph, x, layer.between)
    return graph.add("Add", x, graph.linear(graph.add("Relu", graph.linear(y, layer.up)), layer.down), name=name)


def norm(graph: Graph, x: str, norm) -> str:
    away = graph.add("Sub", x, graph.add("ReduceMean", x, axes=[-1], keepdims=1))
    spread = graph.add("ReduceMean", graph.add("Mul", away, away), axes=[-1], keepdims=1)
    root = graph.add("Sqrt", graph.add("Add", spread, graph.constant(np.float32(norm.eps))))
    scaled = graph.add("Mul", graph.add("Div", away, root), graph.constant(norm.weight.detach().numpy()))
    return graph.add("Add", scaled, graph.constant(norm.bias.detach().numpy()))
