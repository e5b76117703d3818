"""Compares the speed of exported models: decoding after 100 tokens, a prompt of 128, and opening a session.

    python3 models/export/speed.py MODEL_DIRECTORY OTHER_DIRECTORY ...

The models take turns in random order within one process; ratios are of each round to the first model, so that what else the
machine does falls on all of them alike. Times are the processor time of one thread.
"""

from __future__ import annotations

import argparse
import platform
import random
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import numpy as np

from decoder import Decoder
from manifest import INT8_CACHE_GRAPH

PROMPT = list(range(1000, 1128))
CONTEXT, STEPS = 100, 4
DECODE_ROUNDS, PREFILL_ROUNDS, LOAD_ROUNDS = 80, 12, 5


def decode(decoder: Decoder) -> None:
    for id in range(STEPS):
        decoder.reset(CONTEXT)
        decoder.run([id])


def prefill(decoder: Decoder) -> None:
    decoder.reset()
    decoder.run(PROMPT)


def open_session(model: Path) -> Decoder:
    return Decoder(model / INT8_CACHE_GRAPH, capacity=len(PROMPT), threads=1)


def measure(action: Callable[[object], object], subjects: list, rounds: int) -> np.ndarray:
    """Seconds [rounds, subjects]."""
    seconds = np.zeros((rounds, len(subjects)))
    for row in seconds:
        for index in random.sample(range(len(subjects)), len(subjects)):
            started = time.thread_time()
            action(subjects[index])
            row[index] = time.thread_time() - started
    return seconds


def report(label: str, models: list[Path], seconds: np.ndarray) -> None:
    ratios = seconds / seconds[:, :1]
    for index, model in enumerate(models):
        low, middle, high = np.quantile(ratios[:, index], (0.25, 0.5, 0.75))
        print(f"{label} {model}: {np.median(seconds[:, index]) * 1000:.2f} ms, ratio {middle:.3f} (quartiles {low:.3f} to {high:.3f})")


def processor_name() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:  # not Linux
        return platform.processor()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, nargs="+", help="exported models; the first is what the others are compared with")
    models = parser.parse_args().model
    print(f"{processor_name()}, onnxruntime {version('onnxruntime')}, one thread")
    report("open", models, measure(open_session, models, LOAD_ROUNDS))
    decoders = [open_session(model) for model in models]
    report("prefill 128", models, measure(prefill, decoders, PREFILL_ROUNDS))
    decode_seconds = measure(decode, decoders, DECODE_ROUNDS) / STEPS
    report(f"decode @{CONTEXT}", models, decode_seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
