"""Writes the model as the hub's q8 files have it: int8 weights with a scale for each column, what is multiplied with them
made int8 on the way, and the keys and values of earlier pieces handed in and out."""

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save


def quantized(weight, axis):
    """int8 values and their float scales along the other axis."""
    scale = np.abs(weight).max(axis=axis, keepdims=True) / 127
    scale[scale == 0] = 1
    return np.clip(np.round(weight / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


class Graph:
    def __init__(self):
        self.nodes, self.initializers, self.count = [], [], 0

    def constant(self, value, name=None):
        self.count += 1
        name = name or f"constant_{self.count}"
        self.initializers.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def add(self, kind, *inputs, outputs=1, name=None, **attributes):
        self.count += 1
        names = [f"{kind}_{self.count}_{number}" for number in range(outputs)] if name is None else [name]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=f"{kind}_{self.count}", **attributes))
        return names[0] if outputs == 1 else names

    def ints(self, *values):
        return self.constant(np.array(values, np.int64))

    def integer_product(self, x, weight, scale, name=None):
        x8, x_scale, x_zero = self.add("DynamicQuantizeLinear", x, outputs=3)
        product = self.add("Cast", self.add("MatMulInteger", x8, weight, x_zero), to=TensorProto.FLOAT)
        return self.add("Mul", product, self.add("Mul", x_scale, scale), name=name)

    def linear(self, x, linear):
        weight, scale = quantized(linear.weight.detach().numpy().T, 0)
        return self.integer_product(x, self.constant(weight), self.constant(scale[0]))

    def norm(self, x, norm):
        mean = self.add("ReduceMean", self.add("Mul", x, x), axes=[-1], keepdims=1)
        root = self.add("Sqrt", self.add("Add", mean, self.constant(np.float32(norm.epsilon))))
        return self.add("Mul", self.add("Div", x, root), self.constant(norm.weight.detach().numpy()))


def write(model, path):
    shape, graph = model.shape, Graph()
    cos, sin, allowed = before_layers(model, graph)
    table, scale = quantized(model.table.weight.detach().numpy(), 1)
    table, scale = graph.constant(table, "table"), graph.constant(scale, "table_scale")
    rows = graph.add("Cast", graph.add("Gather", table, "input_ids"), to=TensorProto.FLOAT)
    x = graph.add("Mul", rows, graph.add("Gather", scale, "input_ids"))
    for number, layer in enumerate(model.layers):
        x = of_layer(graph, layer, number, x, cos, sin, allowed)
    x = graph.norm(x, model.last)
    graph.integer_product(
        x,
        graph.add("Transpose", table, perm=[1, 0]),
        graph.add("Reshape", scale, graph.ints(-1)),
        name="logits",
    )
    past = [shape.key_heads, "past", shape.head]
    present = [shape.key_heads, "total", shape.head]
    each = [(number, part) for number in range(shape.layers) for part in ("key", "value")]
    named = helper.make_tensor_value_info
    inputs = [
        named("input_ids", TensorProto.INT64, ["batch", "length"]),
        named("attention_mask", TensorProto.INT64, ["batch", "total"]),
        named("position_ids", TensorProto.INT64, ["batch", "length"]),
        *(named(f"past_key_values.{n}.{part}", TensorProto.FLOAT, ["batch", *past]) for n, part in each),
    ]
    outputs = [
        named("logits", TensorProto.FLOAT, ["batch", "length", shape.pieces]),
        *(named(f"present.{n}.{part}", TensorProto.FLOAT, ["batch", *present]) for n, part in each),
    ]
    made = helper.make_graph(graph.nodes, "writer", inputs, outputs, graph.initializers)
    whole = helper.make_model(made, opset_imports=[helper.make_opsetid("", 14)], producer_name="mindkeep", ir_version=8)
    checker.check_model(whole, full_check=True)
    save(whole, path)


def before_layers(model, graph):
    """Where each piece stands, and which of the others it may look at: those before it that are no padding."""
    turns = []
    for table in (model.cos, model.sin):
        of_each = graph.add("Gather", graph.constant(table.numpy()), "position_ids")
        turns.append(graph.add("Unsqueeze", of_each, graph.ints(1)))
    zero, one = graph.constant(np.int64(0)), graph.constant(np.int64(1))
    total = graph.add("Gather", graph.add("Shape", "attention_mask"), one)
    length = graph.add("Gather", graph.add("Shape", "input_ids"), one)
    every = graph.add("Unsqueeze", graph.add("Range", zero, total, one), graph.ints(0))
    own = graph.add("Unsqueeze", graph.add("Range", graph.add("Sub", total, length), total, one), graph.ints(1))
    real = graph.add("Unsqueeze", graph.add("Cast", "attention_mask", to=TensorProto.BOOL), graph.ints(1, 2))
    allowed = graph.add("And", graph.add("LessOrEqual", every, own), real)
    return *turns, allowed


def of_layer(graph, layer, number, x, cos, sin, allowed):
    shape, half = layer.shape, layer.shape.head // 2

    def heads(linear, count):
        split = graph.add("Reshape", graph.linear(y, linear), graph.ints(0, 0, count, shape.head))
        return graph.add("Transpose", split, perm=[0, 2, 1, 3])

    def turned(of):
        first, second = (
            graph.add("Slice", of, graph.ints(start), graph.ints(start + half), graph.ints(3)) for start in (0, half)
        )
        swapped = graph.add("Concat", graph.add("Neg", second), first, axis=-1)
        return graph.add("Add", graph.add("Mul", of, cos), graph.add("Mul", swapped, sin))

    def with_past(of, part):
        return graph.add("Concat", f"past_key_values.{number}.{part}", of, axis=2, name=f"present.{number}.{part}")

    def for_every_head(of):
        times = graph.ints(1, 1, shape.heads // shape.key_heads, 1, 1)
        repeated = graph.add("Expand", graph.add("Unsqueeze", of, graph.ints(2)), times)
        return graph.add("Reshape", repeated, graph.ints(0, shape.heads, -1, shape.head))

    y = graph.norm(x, layer.before)
    q = turned(heads(layer.q, shape.heads))
    k = for_every_head(with_past(turned(heads(layer.k, shape.key_heads)), "key"))
    v = for_every_head(with_past(heads(layer.v, shape.key_heads), "value"))
    scores = graph.add("MatMul", q, graph.add("Transpose", k, perm=[0, 1, 3, 2]))
    scores = graph.add("Mul", scores, graph.constant(np.float32(shape.head**-0.5)))
    scores = graph.add("Where", allowed, scores, graph.constant(np.float32(-1e9)))
    seen = graph.add("MatMul", graph.add("Softmax", scores, axis=-1), v)
    together = graph.add("Transpose", seen, perm=[0, 2, 1, 3])
    together = graph.add("Reshape", together, graph.ints(0, 0, shape.width))
    x = graph.add("Add", x, graph.linear(together, layer.o))
    y = graph.norm(x, layer.between)
    gate = graph.linear(y, layer.gate)
    gate = graph.add("Mul", gate, graph.add("Sigmoid", gate))
    return graph.add("Add", x, graph.linear(graph.add("Mul", gate, graph.linear(y, layer.up)), layer.down))
