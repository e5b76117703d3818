"""Block quantisation of a weight matrix, as MatMulNBits and GatherBlockQuantized of ONNX Runtime read it.

weight[n, k] ~= (code[n, k] - zero[n, k // block]) * scale[n, k // block]; see MatMulNBits in
https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

SMALLEST_SCALE = 1e-8  # a block of zeros still needs a scale to divide by


@dataclass(frozen=True)
class BlockQuantised:
    """codes uint8 [N, K] (one a byte, also at 4 bits), scales float32 [N, K / block], zeros uint8 [N, K / block] or None."""

    codes: np.ndarray
    scales: np.ndarray
    zeros: np.ndarray | None
    bits: int
    block: int

    @property
    def packed_codes(self) -> np.ndarray:
        return pack(self.codes, self.bits)

    @property
    def packed_zeros(self) -> np.ndarray | None:
        return None if self.zeros is None else pack(self.zeros, self.bits)

    def dequantise(self) -> np.ndarray:
        """float32 [N, K]: the weights that the graph computes with."""
        zeros = 2 ** (self.bits - 1) if self.zeros is None else np.repeat(self.zeros, self.block, 1).astype(np.float32)
        return (self.codes.astype(np.float32) - zeros) * np.repeat(self.scales, self.block, 1)


def quantise(weight: np.ndarray, bits: int, block: int, symmetric: bool) -> BlockQuantised:
    """Quantises float32 [N, K] in blocks of `block` inputs.

    Asymmetric blocks span [min, max] and include zero; symmetric ones have the fixed zero point 2^(bits-1) and store none.
    Raises ValueError when K is not a multiple of `block`.
    """
    rows, columns = weight.shape
    if columns % block:
        raise ValueError(f"{columns} inputs are not a multiple of the block size {block}; choose a smaller block")
    blocks, top = weight.reshape(rows, -1, block), 2**bits - 1
    if symmetric:
        scale = np.maximum(np.abs(blocks).max(-1) / (2 ** (bits - 1) - 1), SMALLEST_SCALE)
        zero = np.full(scale.shape, 2 ** (bits - 1), np.float32)
    else:
        low, high = np.minimum(blocks.min(-1), 0), np.maximum(blocks.max(-1), 0)
        scale = np.maximum((high - low) / top, SMALLEST_SCALE)
        zero = np.clip(np.round(-low / scale), 0, top)
    codes = np.clip(np.round(blocks / scale[..., None]) + zero[..., None], 0, top)
    return BlockQuantised(
        codes=codes.reshape(weight.shape).astype(np.uint8),
        scales=scale.astype(np.float32),
        zeros=None if symmetric else zero.astype(np.uint8),
        bits=bits,
        block=block,
    )


def pack(values: np.ndarray, bits: int) -> np.ndarray:
    """Packs uint8 [N, M] values of `bits` bits into bytes along the second axis, the low half first."""
    if bits == 8:
        return values
    if bits != 4:
        raise ValueError(f"{bits} bits cannot be packed; allowed: 4, 8")
    if values.shape[1] % 2:
        values = np.pad(values, ((0, 0), (0, 1)))
    return (values[:, 0::2] | (values[:, 1::2] << 4)).astype(np.uint8)
