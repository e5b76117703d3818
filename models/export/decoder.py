"""Runs an exported decoder with onnxruntime, for calibration, verification and tests."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

# Official builds send usage data to Microsoft by default; what is set here is read once, as the library is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime  # noqa: E402

from graph import past_names  # noqa: E402

# Where the switch is not read (Windows), this at least ends the events after the first.
onnxruntime.disable_telemetry_events()


class Decoder:
    """One session and its key-value cache; the cache lives here, as it does in the engine."""

    def __init__(self, model_file: str | Path, capacity: int, threads: int = 2):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(str(model_file), options, providers=["CPUExecutionProvider"])
        delta = next(output for output in self._session.get_outputs() if output.name == "present_delta")
        rows, heads, _, dimension = delta.shape
        cache_type = np.int8 if delta.type == "tensor(int8)" else np.float32
        self._cache = np.zeros((rows, heads, capacity, dimension), cache_type)
        self.length = 0

    def reset(self, length: int = 0) -> None:
        """Forgets all but the first `length` tokens."""
        self.length = length

    def run(self, ids: list[int] | np.ndarray, keep: int = 1) -> tuple[np.ndarray, np.ndarray]:
        """Appends ids; returns logits [keep, vocabulary] and the new cache rows [2L, heads, len(ids), dimension]."""
        start, total = self.length, self.length + len(ids)
        if total > self._cache.shape[2]:
            raise ValueError(f"{total} tokens do not fit a cache of {self._cache.shape[2]}")
        feed = {
            "input_ids": np.array([ids], np.int64),
            "attention_mask": np.ones((1, total), np.int64),
            "num_logits_to_keep": np.array([keep], np.int64),
        }
        for row, cache in enumerate(self._cache):
            feed[past_names(row // 2)[row % 2]] = cache[None]
        logits, delta = self._session.run(["logits", "present_delta"], feed)
        self._cache[:, :, start:total] = delta
        self.length = total
        return logits[0], delta
