"""The decoder graph that the completion engine runs ("canonical decoder").

Batch 1, S new tokens, T tokens in all (before + S), C cache capacity in rows, K kept positions, L layers:

    in   input_ids                        int64  [1, S]
         attention_mask                   int64  [1, T]   all ones; only its length counts
         num_logits_to_keep               int64  [1]      K: how many of the last positions get logits
         past_key_values.{l}.{key,value}  cache  [1, key_value_heads, C, head_dimension]   rows [0, T - S) are valid
    out  logits                           float32 [1, K, vocabulary_size]
         hidden_states                    float32 [1, K, hidden_size]   the context vectors that the head multiplies
         present_delta                    cache  [2L, key_value_heads, S, head_dimension]  key of layer l at 2l, value at 2l + 1

`cache` is int8 with one fixed scale a channel (model.onnx) or float32 (model-float-cache.onnx). Cache rows never pass
through an output: only the S new rows do, and the caller writes them into its own buffer at row T - S. So the caller's
cost of a step does not grow with the capacity. C may be 0 when nothing is cached.

Operators outside ONNX are documented in https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from onnx import GraphProto, ModelProto, TensorProto, helper

from checkpoint import DecoderConfig
from weights import Quantisation, StoredTensor

OPSET, IR_VERSION = 21, 10  # what onnxruntime 1.20 and later read
FLOAT, INT8, INT32, INT64 = TensorProto.FLOAT, TensorProto.INT8, TensorProto.INT32, TensorProto.INT64
INT8_ACTIVATIONS = 4  # MatMulNBits accuracy_level: quantise the activations too, in blocks
FINE_BLOCK = 32  # inputs that share one int8 scale in the products where that pays
FINE_PRODUCTS = ("down", "embedding")  # README.md, "What was tried": the others gain less or cost more
KINDS = ("key", "value")
LONGEST_SHORT_RUN = 10  # tokens; README.md, "What was tried", has the times on both sides of it


class DecoderGraph:
    """Collects nodes and initializers of one graph over weights that are already on disk."""

    def __init__(self, config: DecoderConfig, quantisation: Quantisation, stored: dict[str, StoredTensor]):
        self._config, self._quantisation, self._stored = config, quantisation, stored
        self._nodes, self._initializers = [], {}

    def build(self, cache_scales: np.ndarray | None) -> ModelProto:
        """The model; cache_scales float32 [2L, key_value_heads * head_dimension] gives an int8 cache, None a float32 one."""
        config = self._config
        cache = FLOAT if cache_scales is None else INT8
        self._lengths()
        residual = self._embedding()
        normed = self._norm(residual)
        deltas = []
        for layer in range(config.layers):
            name = f"layer.{layer}"
            scales = None if cache_scales is None else cache_scales[2 * layer : 2 * layer + 2]
            attended, delta = self._attention(layer, normed, scales)
            deltas += delta
            normed, residual = self._residual_norm(f"{name}.feed_forward_norm", attended, residual)
            fed = self._feed_forward(name, normed)
            following = f"layer.{layer + 1}.attention_norm" if layer + 1 < config.layers else "output_norm"
            normed, residual = self._residual_norm(following, fed, residual)
        self._node("Concat", deltas, ["present_delta"], axis=0)
        self._head(normed)
        graph = helper.make_graph(
            self._nodes, "decoder", self._inputs(cache), self._outputs(cache), list(self._initializers.values())
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, ir_version=IR_VERSION, opset_imports=opsets, producer_name="top-k models/export")

    def _inputs(self, cache: int) -> list:
        config, value = self._config, helper.make_tensor_value_info
        rows = [1, config.key_value_heads, "C", config.head_dimension]
        return [
            value("input_ids", INT64, [1, "S"]),
            value("attention_mask", INT64, [1, "T"]),
            value("num_logits_to_keep", INT64, [1]),
            *(value(name, cache, rows) for layer in range(config.layers) for name in past_names(layer)),
        ]

    def _outputs(self, cache: int) -> list:
        config, value = self._config, helper.make_tensor_value_info
        return [
            value("logits", FLOAT, [1, "K", config.vocabulary_size]),
            value("hidden_states", FLOAT, [1, "K", config.hidden_size]),
            value("present_delta", cache, [2 * config.layers, config.key_value_heads, "S", config.head_dimension]),
        ]

    def _lengths(self) -> None:
        """total = T, before = T - S, whether S is large, and the two forms of T that GroupQueryAttention wants."""
        self._node("Shape", ["attention_mask"], ["total"], start=1, end=2)
        self._node("Shape", ["input_ids"], ["new"], start=1, end=2)
        self._node("Sub", ["total", "new"], ["before"])
        self._node("Greater", ["new", self._constant("longest_short_run", np.array([LONGEST_SHORT_RUN], np.int64))], ["is_long_run"])
        self._node("Reshape", ["total", self._constant("scalar", np.array([], np.int64))], ["total_scalar"])
        self._node("Cast", ["total_scalar"], ["total_length"], to=INT32)
        self._node("Cast", ["total"], ["total_int32"], to=INT32)
        self._node("Sub", ["total_int32", self._constant("one_int32", np.array(1, np.int32))], ["last_position"])

    def _embedding(self) -> str:
        config, q = self._config, self._quantisation
        codes = self._weight("embedding.codes", (config.vocabulary_size, config.hidden_size), "embedding.rows")
        zeros = [] if q.head_symmetric else [self._weight("embedding.zeros")]
        feed = [codes, "input_ids", self._weight("embedding.scales"), *zeros]
        self._contrib("GatherBlockQuantized", feed, ["embedded"], bits=8, block_size=q.head_block, gather_axis=0, quantize_axis=1)
        return "embedded"

    def _norm(self, residual: str) -> str:
        feed = [residual, self._weight("layer.0.attention_norm")]
        self._node("SimplifiedLayerNormalization", feed, ["normed.0"], epsilon=self._config.norm_epsilon, axis=-1, stash_type=1)
        return "normed.0"

    def _residual_norm(self, norm: str, update: str, residual: str) -> tuple[str, str]:
        """residual + update, and its root-mean-square norm."""
        outputs = [f"{norm}.output", "", "", f"{norm}.residual"]
        feed = [update, residual, self._weight(norm)]
        self._contrib("SkipSimplifiedLayerNormalization", feed, outputs, epsilon=self._config.norm_epsilon)
        return outputs[0], outputs[3]

    def _attention(self, layer: int, x: str, scales: np.ndarray | None) -> tuple[str, list[str]]:
        """Attention of a layer: the name of its projected result, and those of the new cache rows of keys and values."""
        config, name = self._config, f"layer.{layer}"
        width = (config.heads + 2 * config.key_value_heads) * config.head_dimension
        packed = self._linear(f"{name}.query_key_value", x, config.hidden_size, width)
        results = [f"{name}.attended", f"{name}.new_key", f"{name}.new_value"]
        if scales is None:
            self._attend(name, packed, past_names(layer), results)
        else:
            branches = {
                "then_branch": self._branch(f"{name}.long_run", self._attend_to_floats, packed, layer, scales),
                "else_branch": self._branch(f"{name}.short_run", self._attend_to_int8, packed, layer, scales),
            }
            self._node("If", ["is_long_run"], results, **branches)
        projected = self._linear(f"{name}.attention_output", results[0], config.heads * config.head_dimension, config.hidden_size)
        return projected, results[1:]

    def _attend(
        self, name: str, packed: str, past: Sequence[str], results: list[str], scale_names: Sequence[str] = (), **attributes
    ) -> None:
        """GroupQueryAttention with rotary embedding. The operator's own present outputs hold all rows; the new ones are kept."""
        config, present = self._config, [f"{name}.present_key", f"{name}.present_value"]
        feed = [packed, "", "", *past, "last_position", "total_length", self._weight("rotary.cos"), self._weight("rotary.sin")]
        if scale_names:
            feed += ["", "", "", *scale_names]
        self._contrib(
            "GroupQueryAttention", feed, [results[0], *present], num_heads=config.heads, kv_num_heads=config.key_value_heads,
            do_rotary=1, scale=config.head_dimension**-0.5, **attributes,
        )  # fmt: skip
        for rows, new in zip(present, results[1:]):
            self._node("Slice", [rows, "before", "total", self._rows_axis()], [new])

    def _attend_to_int8(self, name: str, packed: str, layer: int, scales: np.ndarray, results: list[str]) -> None:
        """On the cache as it is: nothing is converted, which is what a run of a few tokens would spend its time on."""
        names = [self._constant(f"layer.{layer}.{kind}_scale", scale) for kind, scale in zip(KINDS, scales)]
        self._attend(
            name, packed, past_names(layer), results,
            scale_names=names, k_quant_type="PER_CHANNEL", v_quant_type="PER_CHANNEL", kv_cache_bit_width=8,
        )  # fmt: skip

    def _attend_to_floats(self, name: str, packed: str, layer: int, scales: np.ndarray, results: list[str]) -> None:
        """On the cached rows as floats: converted once, they are multiplied faster for every query of a long run."""
        config = self._config
        shape = (1, config.key_value_heads, 1, config.head_dimension)
        row_scales = [self._constant(f"layer.{layer}.{kind}_row_scale", scale.reshape(shape)) for kind, scale in zip(KINDS, scales)]
        past, new = [f"{name}.past_{kind}" for kind in KINDS], [f"{name}.new_{kind}" for kind in KINDS]
        start = self._constant("first_row", np.array([0], np.int64))
        for cached, scale, rows in zip(past_names(layer), row_scales, past):
            self._node("Slice", [cached, start, "before", self._rows_axis()], [f"{rows}.int8"])
            self._node("Cast", [f"{rows}.int8"], [f"{rows}.codes"], to=FLOAT)
            self._node("Mul", [f"{rows}.codes", scale], [rows])
        self._attend(name, packed, past, [results[0], *new])
        least, most = self._constant("least_code", np.array(-128, np.float32)), self._constant("most_code", np.array(127, np.float32))
        for rows, scale, result in zip(new, row_scales, results[1:]):
            self._node("Div", [rows, scale], [f"{rows}.scaled"])
            self._node("Round", [f"{rows}.scaled"], [f"{rows}.rounded"])
            self._node("Clip", [f"{rows}.rounded", least, most], [f"{rows}.codes"])
            self._node("Cast", [f"{rows}.codes"], [result], to=INT8)

    def _branch(self, name: str, attend: Callable[..., None], *arguments) -> GraphProto:
        """What `attend` adds, as a branch of an If; the weights stay in the graph around it."""
        results = [f"{name}.attended", f"{name}.key_rows", f"{name}.value_rows"]
        around, self._nodes = self._nodes, []
        attend(name, *arguments, results)
        nodes, self._nodes = self._nodes, around
        types = (FLOAT, INT8, INT8)
        return helper.make_graph(nodes, name, [], [helper.make_tensor_value_info(*result, None) for result in zip(results, types)])

    def _feed_forward(self, name: str, x: str) -> str:
        """down(silu(gate(x)) * up(x)); QuickGelu with alpha 1 is silu."""
        config = self._config
        both = self._linear(f"{name}.gate_up", x, config.hidden_size, 2 * config.feed_forward_size)
        self._node("Split", [both], [f"{name}.gate", f"{name}.up"], axis=-1, num_outputs=2)
        self._contrib("QuickGelu", [f"{name}.gate"], [f"{name}.silu"], alpha=1.0)
        self._node("Mul", [f"{name}.silu", f"{name}.up"], [f"{name}.gated"])
        return self._linear(f"{name}.down", f"{name}.gated", config.feed_forward_size, config.hidden_size)

    def _head(self, normed: str) -> None:
        config, q = self._config, self._quantisation
        self._node("Neg", ["num_logits_to_keep"], ["kept_from"])
        end, axis = self._constant("end", np.array([2**62], np.int64)), self._constant("position_axis", np.array([1], np.int64))
        self._node("Slice", [normed, "kept_from", end, axis], ["hidden_states"])
        self._matmul("embedding", "hidden_states", "logits", config.hidden_size, config.vocabulary_size, 8, q.head_block, q.head_symmetric)

    def _linear(self, name: str, x: str, inputs: int, outputs: int) -> str:
        q, result = self._quantisation, f"{name}.output"
        self._matmul(name, x, result, inputs, outputs, q.bits, q.block, q.symmetric)
        return result

    def _matmul(self, name: str, x: str, result: str, inputs: int, outputs: int, bits: int, block: int, symmetric: bool) -> None:
        """x times the matrix; shifted and with a bias where the stored tensors have them, see corrections.py."""
        if f"{name}.shift" in self._stored:
            self._node("Sub", [x, self._weight(f"{name}.shift")], [f"{name}.shifted"])
            x = f"{name}.shifted"
        corrected = f"{name}.bias" in self._stored
        if corrected and symmetric and bits == 8 and name.split(".")[-1] in FINE_PRODUCTS and block % FINE_BLOCK == 0:
            feed = [x, *self._fine_blocks(name, inputs, outputs, block)]
            block = FINE_BLOCK
        else:
            feed = [x, self._weight(f"{name}.codes"), self._weight(f"{name}.scales")]
        zeros = "" if symmetric else self._weight(f"{name}.zeros")
        if corrected:
            feed += [zeros, "", self._weight(f"{name}.bias")]
        elif zeros:
            feed.append(zeros)
        self._contrib(
            "MatMulNBits", feed, [result], K=inputs, N=outputs, bits=bits, block_size=block, accuracy_level=INT8_ACTIVATIONS
        )

    def _fine_blocks(self, name: str, inputs: int, outputs: int, block: int) -> tuple[str, str]:
        """The same 8-bit codes and scales in blocks of FINE_BLOCK, so that the activations get a scale for each of these.

        A block's codes become those of several, with the same scale. onnxruntime folds the two nodes when it opens the graph.
        """
        codes = self._weight(f"{name}.codes", (outputs, inputs // FINE_BLOCK, FINE_BLOCK), f"{name}.fine_codes")
        column = self._weight(f"{name}.scales", (outputs * inputs // block, 1), f"{name}.scale_column")
        repeats = self._constant(f"scale_repeats.{outputs}x{inputs}", np.array([1, block // FINE_BLOCK], np.int64))
        shape = self._constant(f"fine_shape.{outputs}x{inputs}", np.array([outputs, inputs // FINE_BLOCK], np.int64))
        self._node("Expand", [column, repeats], [f"{name}.repeated_scales"])
        self._node("Reshape", [f"{name}.repeated_scales", shape], [f"{name}.fine_scales"])
        return codes, f"{name}.fine_scales"

    def _weight(self, name: str, shape: tuple[int, ...] | None = None, alias: str | None = None) -> str:
        graph_name = alias or name
        self._initializers.setdefault(graph_name, self._stored[name].initializer(graph_name, shape))
        return graph_name

    def _constant(self, name: str, array: np.ndarray) -> str:
        if name not in self._initializers:
            tensor = TensorProto(name=name, dims=array.shape, data_type=helper.np_dtype_to_tensor_dtype(array.dtype))
            tensor.raw_data = np.ascontiguousarray(array).tobytes()
            self._initializers[name] = tensor
        return name

    def _rows_axis(self) -> str:
        return self._constant("rows_axis", np.array([2], np.int64))

    def _node(self, operator: str, feed: list[str], outputs: list[str], domain: str = "", **attributes) -> None:
        self._nodes.append(helper.make_node(operator, feed, outputs, name=outputs[0], domain=domain, **attributes))

    def _contrib(self, operator: str, feed: list[str], outputs: list[str], **attributes) -> None:
        self._node(operator, feed, outputs, "com.microsoft", **attributes)


def past_names(layer: int) -> tuple[str, str]:
    """The names of a layer's two cache inputs: key, value."""
    return f"past_key_values.{layer}.key", f"past_key_values.{layer}.value"
