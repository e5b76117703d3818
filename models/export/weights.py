"""Writes the weights once, as external data that any number of graphs can point to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper

from checkpoint import Checkpoint
from quantise import BlockQuantised, quantise

ALIGNMENT = 4096  # a page, so that every tensor can be memory-mapped on its own

EMBEDDING_FILE = "embedding.bin"
LAYER_FILES = ("layers-0.bin", "layers-1.bin")  # two halves keep each file under the hosts' usual 100 MB
LAYER_PRODUCTS = {  # the products of a layer, and the checkpoint's matrices that each stacks
    "query_key_value": ("attn_q", "attn_k", "attn_v"),
    "attention_output": ("attn_output",),
    "gate_up": ("ffn_gate", "ffn_up"),
    "down": ("ffn_down",),
}


@dataclass(frozen=True)
class Quantisation:
    """How the matrices are stored; the embedding (tied to the output head) may differ from the layers.

    The defaults are the measured choice: see "What was tried" in README.md.
    """

    bits: int = 8
    block: int = 64
    symmetric: bool = True
    head_block: int = 64
    head_symmetric: bool = True


@dataclass(frozen=True)
class StoredTensor:
    """Where a tensor lies on disk; offset and length in bytes."""

    file: str
    offset: int
    length: int
    shape: tuple[int, ...]
    data_type: int

    def initializer(self, name: str, shape: tuple[int, ...] | None = None) -> TensorProto:
        """An ONNX initializer for these bytes; `shape` gives another view of the same elements."""
        tensor = TensorProto(name=name, data_type=self.data_type, dims=shape or self.shape)
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", self.file), ("offset", self.offset), ("length", self.length)):
            tensor.external_data.add(key=key, value=str(value))
        return tensor


class WeightWriter:
    """Appends arrays to the weight files of one directory and remembers where they went."""

    def __init__(self, directory: Path):
        self._directory = directory
        self._files = {}
        self.stored: dict[str, StoredTensor] = {}

    def __enter__(self) -> WeightWriter:
        return self

    def __exit__(self, *_) -> None:
        for file in self._files.values():
            file.close()

    def add(self, name: str, array: np.ndarray, file_name: str) -> None:
        if file_name not in self._files:
            self._files[file_name] = open(self._directory / file_name, "wb")
        file, array = self._files[file_name], np.ascontiguousarray(array)
        if array.nbytes >= ALIGNMENT:
            file.write(b"\0" * (-file.tell() % ALIGNMENT))
        data_type = helper.np_dtype_to_tensor_dtype(array.dtype)
        self.stored[name] = StoredTensor(file_name, file.tell(), array.nbytes, array.shape, data_type)
        file.write(array.tobytes())

    def add_matrix(self, name: str, quantised: BlockQuantised, file_name: str) -> None:
        """Adds <name>.codes [N, K / block, bytes a block], <name>.scales and, if asymmetric, <name>.zeros."""
        rows, columns = quantised.codes.shape
        shape = (rows, columns // quantised.block, quantised.block * quantised.bits // 8)
        self.add(f"{name}.codes", quantised.packed_codes.reshape(shape), file_name)
        self.add(f"{name}.scales", quantised.scales, file_name)
        if quantised.zeros is not None:
            self.add(f"{name}.zeros", quantised.packed_zeros, file_name)


def rotary_tables(positions: int, head_dimension: int, theta: float) -> tuple[np.ndarray, np.ndarray]:
    """cos and sin, float32 [positions, head_dimension / 2], of position * theta^(-2i/d) (RoFormer, arXiv 2104.09864)."""
    frequency = 1.0 / theta ** (np.arange(0, head_dimension, 2) / head_dimension)
    angle = np.arange(positions)[:, None] * frequency
    return np.cos(angle).astype(np.float32), np.sin(angle).astype(np.float32)


@dataclass(frozen=True)
class Matrix:
    """A matrix [N, K] of the checkpoint as one product of the graph uses it, and its quantised form."""

    name: str
    weight: np.ndarray
    quantised: BlockQuantised


def embedding_matrix(checkpoint: Checkpoint, q: Quantisation) -> Matrix:
    """8 bits whatever the layers use: the head decides every token, and the embedding shares its bytes."""
    weight = checkpoint.weight("token_embd")
    return Matrix("embedding", weight, quantise(weight, 8, q.head_block, q.head_symmetric))


def layer_matrices(checkpoint: Checkpoint, q: Quantisation, layer: int) -> Iterator[Matrix]:
    for name, parts in LAYER_PRODUCTS.items():
        weight = np.concatenate([checkpoint.weight(f"blk.{layer}.{part}") for part in parts])
        yield Matrix(f"layer.{layer}.{name}", weight, quantise(weight, q.bits, q.block, q.symmetric))


def write_weights(
    checkpoint: Checkpoint, quantisation: Quantisation, positions: int, directory: Path
) -> dict[str, StoredTensor]:
    """Writes embedding.bin and layers-{0,1}.bin; returns where every tensor lies, by the name the graph uses."""
    config, weight, q = checkpoint.config, checkpoint.weight, quantisation
    with WeightWriter(directory) as writer:
        writer.add_matrix("embedding", embedding_matrix(checkpoint, q).quantised, EMBEDDING_FILE)
        cos, sin = rotary_tables(positions, config.head_dimension, config.rope_theta)
        writer.add("rotary.cos", cos, EMBEDDING_FILE)
        writer.add("rotary.sin", sin, EMBEDDING_FILE)
        writer.add("output_norm", weight("output_norm"), EMBEDDING_FILE)
        for layer in range(config.layers):
            file = LAYER_FILES[0 if layer < (config.layers + 1) // 2 else 1]
            source, name = f"blk.{layer}", f"layer.{layer}"
            writer.add(f"{name}.attention_norm", weight(f"{source}.attn_norm"), file)
            writer.add(f"{name}.feed_forward_norm", weight(f"{source}.ffn_norm"), file)
            for matrix in layer_matrices(checkpoint, q, layer):
                writer.add_matrix(matrix.name, matrix.quantised, file)
        return writer.stored
