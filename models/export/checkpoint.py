"""A llama-family GGUF checkpoint: its hyper-parameters and its weights, dequantised, in the usual layout.

GGUF is described at https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from gguf import GGUFReader, dequantize


class UnsupportedCheckpoint(ValueError):
    """The file is not a GGUF checkpoint that this exporter can turn into the decoder graph."""


@dataclass(frozen=True)
class DecoderConfig:
    """The numbers that fix the shape of the graph; sizes count elements."""

    layers: int
    heads: int
    key_value_heads: int
    head_dimension: int
    hidden_size: int
    feed_forward_size: int
    vocabulary_size: int
    context_length: int
    rope_theta: float
    norm_epsilon: float


LAYER_TENSORS = ("attn_norm", "attn_q", "attn_k", "attn_v", "attn_output", "ffn_norm", "ffn_gate", "ffn_up", "ffn_down")
GLOBAL_TENSORS = ("token_embd", "output_norm")


class Checkpoint:
    """Reads one GGUF file. Raises UnsupportedCheckpoint, with the value that does not fit, before any work is done."""

    def __init__(self, path: str | Path):
        self.path = Path(path)
        if not self.path.is_file():
            raise UnsupportedCheckpoint(f"{self.path} is not a file; give the path of a .gguf file")
        try:
            self._reader = GGUFReader(self.path)
        except (ValueError, IndexError) as error:
            raise UnsupportedCheckpoint(f"{self.path} is not a readable GGUF file: {error}") from error
        self._tensors = {tensor.name: tensor for tensor in self._reader.tensors}
        self._check_family()
        self.config = self._read_config()
        self._check_tensors()

    def weight(self, name: str) -> np.ndarray:
        """float32 weights of `<name>.weight`, [outputs, inputs] for a matrix; query and key rows in rotate-half order."""
        tensor = self._tensors[f"{name}.weight"]
        shape = tuple(reversed([int(size) for size in tensor.shape]))
        weight = np.array(dequantize(tensor.data, tensor.tensor_type), np.float32).reshape(shape)
        heads = {"attn_q": self.config.heads, "attn_k": self.config.key_value_heads}.get(name.rsplit(".", 1)[-1])
        if heads:
            # llama.cpp interleaves the two halves of each rotary pair when it converts a checkpoint.
            half = self.config.head_dimension // 2
            weight = weight.reshape(heads, half, 2, -1).swapaxes(1, 2).reshape(shape)
        return weight

    @property
    def quantisation(self) -> str:
        """The storage type of the first layer's query matrix, for the model card: 'Q4_1', 'F16', ..."""
        return self._tensors["blk.0.attn_q.weight"].tensor_type.name

    @property
    def tokens(self) -> list[str] | None:
        """The vocabulary in id order, or None where the file has none."""
        field = self._reader.fields.get("tokenizer.ggml.tokens")
        return field.contents() if field else None

    def _field(self, key: str, default=None):
        field = self._reader.fields.get(key)
        if field is not None:
            return field.contents()
        if default is not None:
            return default
        raise UnsupportedCheckpoint(f"{self.path} has no field '{key}'; it is needed to build the graph")

    def _check_family(self) -> None:
        architecture = self._field("general.architecture")
        if architecture != "llama":
            raise UnsupportedCheckpoint(f"architecture '{architecture}' is not supported; allowed: 'llama'")
        scaling = self._field("llama.rope.scaling.type", "none")
        if scaling != "none" or "rope_freqs.weight" in self._tensors:
            raise UnsupportedCheckpoint(f"rotary scaling '{scaling}' is not supported; allowed: none")
        if self._field("llama.expert_count", 0):
            raise UnsupportedCheckpoint("a mixture of experts is not supported; use a dense checkpoint")
        if "output.weight" in self._tensors:
            raise UnsupportedCheckpoint("an output matrix of its own is not supported; it must be tied to token_embd")
        biases = [name for name in self._tensors if name.endswith(".bias")]
        if biases:
            raise UnsupportedCheckpoint(f"biases are not supported; found '{biases[0]}' and {len(biases) - 1} more")

    def _read_config(self) -> DecoderConfig:
        heads, hidden = int(self._field("llama.attention.head_count")), int(self._field("llama.embedding_length"))
        head_dimension = int(self._field("llama.attention.key_length", hidden // heads))
        rotary = int(self._field("llama.rope.dimension_count", head_dimension))
        if rotary != head_dimension:
            raise UnsupportedCheckpoint(f"rotary dimension {rotary} is not the head dimension {head_dimension}")
        if head_dimension % 8:
            raise UnsupportedCheckpoint(f"head dimension {head_dimension} is not a multiple of 8")
        for name in GLOBAL_TENSORS:
            self._require(name)
        return DecoderConfig(
            layers=int(self._field("llama.block_count")),
            heads=heads,
            key_value_heads=int(self._field("llama.attention.head_count_kv", heads)),
            head_dimension=head_dimension,
            hidden_size=hidden,
            feed_forward_size=int(self._field("llama.feed_forward_length")),
            vocabulary_size=int(self._tensors["token_embd.weight"].shape[1]),
            context_length=int(self._field("llama.context_length")),
            rope_theta=float(self._field("llama.rope.freq_base", 10000.0)),
            norm_epsilon=float(self._field("llama.attention.layer_norm_rms_epsilon")),
        )

    def _require(self, name: str) -> None:
        if f"{name}.weight" not in self._tensors:
            raise UnsupportedCheckpoint(f"{self.path} has no tensor '{name}.weight'; is the file complete?")

    def _check_tensors(self) -> None:
        for layer in range(self.config.layers):
            for name in LAYER_TENSORS:
                self._require(f"blk.{layer}.{name}")
