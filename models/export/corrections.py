"""What makes the int8 products truer: a shift of their inputs and a bias of their outputs.

MatMulNBits at accuracy_level 4 rounds the inputs to int8 with one scale a block, and a few channels of a normed residual
are ten times as large as the rest: they set the scale, and the others lose their digits. Such a channel is nearly
the same at every position, so most of it can be taken off beforehand and put back as a constant:

    W x  =  Wq (x - shift) + bias,    bias = Wq shift + (W - Wq) mean

with Wq the quantised weights and mean the inputs' mean. (Channel-wise shifting: Outlier Suppression+, arXiv 2304.09145.
The second term, which makes the mean output exact: bias correction, arXiv 1906.04721.)

The shift of gate_up and of the head is the mean. In front of the attention there is more to it: the first position of a text is
unlike all others, and every later one attends to it, so an error of its key and value is everywhere. From some layer on its
vector hardly depends on the token. That shift therefore lies between the mean and the vector, block by block where the two errors
together are least, and is moved by less than half a step, so that the vector minus the shift is a multiple of its int8
step and loses nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from checkpoint import Checkpoint
from reference import reference_logits
from weights import Matrix, Quantisation, StoredTensor, WeightWriter, embedding_matrix, layer_matrices

CORRECTIONS_FILE = "corrections.bin"
ATTENTION = "query_key_value"
SHIFTED = (ATTENTION, "gate_up", "embedding")  # their inputs are normed; no channel of the others is large at all positions
FIRST_POSITION_WEIGHT = 3.0  # what an error there costs in divergence, beside one of every other position (measured: 3.4)
TOWARDS_FIRST = (0.0, 0.25, 0.5, 0.75, 1.0)  # the places between mean and first vector that are tried
SAMPLE_STEP = 8  # every eighth position is enough to compare shifts by
INT8_LARGEST = 127


class ProductInputs:
    """The inputs of products over some texts: the mean of all, and of the attention's a sample and those of first positions."""

    def __init__(self) -> None:
        self._sums, self._counts = {}, Counter()
        self._samples, self._firsts = {}, {}

    def add_text(self, product: str, inputs: np.ndarray) -> None:
        self._sums[product] = self._sums.get(product, 0) + inputs.sum(0, dtype=np.float64)
        self._counts[product] += len(inputs)
        if product.endswith(ATTENTION):
            self._samples.setdefault(product, []).append(inputs[1::SAMPLE_STEP])

    def add_first_position(self, product: str, inputs: np.ndarray) -> None:
        if product.endswith(ATTENTION):
            self._firsts.setdefault(product, []).append(inputs[:1])

    def mean(self, product: str) -> np.ndarray:
        return (self._sums[product] / self._counts[product]).astype(np.float32)

    def sample(self, product: str) -> np.ndarray:
        return np.concatenate(self._samples[product])

    def first_positions(self, product: str) -> np.ndarray:
        return np.concatenate(self._firsts[product])


def observe_inputs(checkpoint: Checkpoint, sequences: list[list[int]], first_tokens: Iterable[int]) -> ProductInputs:
    """Runs the float32 reference over the texts, and over each first token on its own."""
    inputs, memory = ProductInputs(), {}

    def weight(name: str) -> np.ndarray:
        if name not in memory:
            memory[name] = checkpoint.weight(name)
        return memory[name]

    for ids in sequences:
        reference_logits(checkpoint.config, weight, ids, inputs.add_text)
    for id in first_tokens:
        reference_logits(checkpoint.config, weight, [id], inputs.add_first_position)
    return inputs


def common_tokens(sequences: list[list[int]], count: int) -> list[int]:
    """The ids that occur most often; equally frequent ones in the order of their ids."""
    occurrences = Counter(id for ids in sequences for id in ids)
    return sorted(occurrences, key=lambda id: (-occurrences[id], id))[:count]


def round_to_int8(inputs: np.ndarray, block: int) -> np.ndarray:
    """Inputs [S, K] as the int8 kernels see them: multiples of max |block| / 127."""
    blocks = inputs.reshape(len(inputs), -1, block)
    step = np.maximum(np.abs(blocks).max(-1, keepdims=True) / INT8_LARGEST, np.finfo(np.float32).tiny)
    return (np.round(blocks / step) * step).reshape(inputs.shape)


def choose_shift(
    weight: np.ndarray, query_rows: int, block: int, mean: np.ndarray, sample: np.ndarray, first_positions: np.ndarray
) -> np.ndarray:
    """The shift [K] in front of the attention; `weight` [N, K] begins with the rows of the query, which no other position sees."""
    first, keys_values = np.median(first_positions, axis=0), weight[query_rows:]
    products, first_products = weight.T @ weight, keys_values.T @ keys_values
    candidates = [_align(mean + share * (first - mean), first, block) for share in TOWARDS_FIRST]
    errors = [
        _block_errors(products, block, sample, shift)
        + FIRST_POSITION_WEIGHT * _block_errors(first_products, block, first_positions, shift)
        for shift in candidates
    ]
    best = np.repeat(np.argmin(errors, axis=0), block)
    return np.choose(best, candidates).astype(np.float32)


def _align(shift: np.ndarray, first: np.ndarray, block: int) -> np.ndarray:
    """Moves the shift so that rounding `first` - shift changes nothing."""
    return first - round_to_int8((first - shift)[None], block)[0]


def _block_errors(products: np.ndarray, block: int, inputs: np.ndarray, shift: np.ndarray) -> np.ndarray:
    """What each block [K / block] adds to the squared error of the outputs, as a share of their square.

    `products` [K, K] is W^T W: the square of W e is e^T (W^T W) e.
    """
    shifted = inputs - shift
    errors = round_to_int8(shifted, block) - shifted
    spans = [slice(start, start + block) for start in range(0, errors.shape[1], block)]
    squares = [np.sum(errors[:, span] @ products[span, span] * errors[:, span]) for span in spans]
    return np.array(squares) / np.sum(inputs @ products * inputs)


def write_corrections(
    checkpoint: Checkpoint, quantisation: Quantisation, inputs: ProductInputs, directory: Path
) -> dict[str, StoredTensor]:
    """Writes corrections.bin: <product>.bias [N] of every product, <product>.shift [K] of those that have one."""
    query_rows = checkpoint.config.heads * checkpoint.config.head_dimension
    with WeightWriter(directory) as writer:
        for matrix in _matrices(checkpoint, quantisation):
            name, mean, quantised = matrix.name, inputs.mean(matrix.name), matrix.quantised.dequantise()
            bias, product = (matrix.weight - quantised) @ mean, name.split(".")[-1]
            if product in SHIFTED:
                shift, block = mean, matrix.quantised.block
                if product == ATTENTION:
                    shift = choose_shift(quantised, query_rows, block, mean, inputs.sample(name), inputs.first_positions(name))
                writer.add(f"{name}.shift", shift, CORRECTIONS_FILE)
                bias += quantised @ shift
            writer.add(f"{name}.bias", bias, CORRECTIONS_FILE)
        return writer.stored


def _matrices(checkpoint: Checkpoint, quantisation: Quantisation) -> Iterator[Matrix]:
    yield embedding_matrix(checkpoint, quantisation)
    for layer in range(checkpoint.config.layers):
        yield from layer_matrices(checkpoint, quantisation, layer)
