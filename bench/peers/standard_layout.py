"""Rewrites the bundled float-cache graph to the layout that transformers.js loads; weights are copied as they are.

    python3 standard_layout.py models/smollm2-135m bench/.cache/standard-layout

The bundled graph returns only the new cache rows (`present_delta`); the usual layout returns the grown caches as
`present.{layer}.key|value`, which GroupQueryAttention computes anyway. Needs the package `onnx`.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import onnx
from onnx import TensorProto, helper


def to_standard_layout(model: onnx.ModelProto) -> onnx.ModelProto:
    """Outputs `logits` and the whole caches; `num_logits_to_keep` becomes a scalar, as transformers.js feeds it."""
    graph = model.graph
    renamed = {}
    layers = 0
    for node in graph.node:
        if node.op_type == "GroupQueryAttention":
            for index, kind in ((1, "key"), (2, "value")):
                renamed[node.output[index]] = f"present.{layers}.{kind}"
                node.output[index] = f"present.{layers}.{kind}"
            layers += 1
    kept = [node for node in graph.node if not (set(node.input) & set(renamed) or "present_delta" in node.output)]
    del graph.node[:]
    graph.node.append(helper.make_node("Reshape", ["num_logits_to_keep", "one_row"], ["kept_rows"], name="kept_rows"))
    for node in kept:
        node.input[:] = ["kept_rows" if name == "num_logits_to_keep" else name for name in node.input]
        graph.node.append(node)
    graph.initializer.append(helper.make_tensor("one_row", TensorProto.INT64, [1], [1]))

    inputs = {value.name: value for value in graph.input}
    del inputs["num_logits_to_keep"].type.tensor_type.shape.dim[:]
    past = inputs["past_key_values.0.key"].type.tensor_type.shape.dim
    shape = [1, past[1].dim_value, "total", past[3].dim_value]
    logits = next(value for value in graph.output if value.name == "logits")
    del graph.output[:]
    graph.output.append(logits)
    for layer in range(layers):
        for kind in ("key", "value"):
            graph.output.append(helper.make_tensor_value_info(f"present.{layer}.{kind}", TensorProto.FLOAT, shape))
    return model


def main() -> None:
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    manifest = json.loads((source / "manifest.json").read_text())
    decoder = manifest["decoder"]
    model = onnx.load(str(source / manifest["graphs"]["float32"]["file"]), load_external_data=False)
    weights = {entry.value for tensor in model.graph.initializer for entry in tensor.external_data if entry.key == "location"}

    shutil.rmtree(target, ignore_errors=True)
    (target / "onnx").mkdir(parents=True)
    onnx.save(to_standard_layout(model), str(target / "onnx" / "model.onnx"))
    for name in weights:
        # ONNX Runtime refuses links that lead out of the folder.
        shutil.copyfile(source / name, target / "onnx" / name)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(source / name, target / name)
    config = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_size": decoder["hiddenSize"],
        "num_hidden_layers": decoder["layers"],
        "num_attention_heads": decoder["heads"],
        "num_key_value_heads": decoder["keyValueHeads"],
        "head_dim": decoder["headDimension"],
        "vocab_size": decoder["vocabularySize"],
        "max_position_embeddings": decoder["contextLength"],
        "bos_token_id": 1,
        "eos_token_id": manifest["endOfText"],
    }
    (target / "config.json").write_text(json.dumps(config, indent=2))


if __name__ == "__main__":
    main()
