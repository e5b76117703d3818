"""Measures the range of every key and value channel, for the int8 cache's fixed scales."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from decoder import Decoder

HEADROOM = 1.1  # text unlike the calibration texts goes a little further before it is clipped
INT8_LARGEST = 127


def cache_scales(float_cache_model: str | Path, sequences: list[list[int]]) -> np.ndarray:
    """float32 [2L, key_value_heads * head_dimension]: HEADROOM * max |channel| / 127 over all positions of all sequences.

    Runs the float-cache graph over the same weights. Keys of layer l are row 2l, values row 2l + 1, as in present_delta.
    """
    if not sequences or not all(sequences):
        raise ValueError("calibration needs at least one text, and no empty ones")
    decoder = Decoder(float_cache_model, capacity=max(map(len, sequences)))
    largest = None
    for ids in sequences:
        decoder.reset()
        _, delta = decoder.run(ids)
        reached = np.abs(delta).max(axis=2)
        largest = reached if largest is None else np.maximum(largest, reached)
    scales = largest.reshape(len(largest), -1) * HEADROOM / INT8_LARGEST
    return np.maximum(scales, 1e-8).astype(np.float32)
