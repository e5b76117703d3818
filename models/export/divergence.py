"""Measures how far the scores of exported models are from those of the float32 reference.

    python3 models/export/divergence.py SmolLM2-135M-Instruct.Q4_1.gguf --text FILE ... [--model DIR ...]

The int8-cache graph is run as the engine runs it: every text and prompt begins with the end-of-text token, as when scoring
a file. For each model: the mean Kullback-Leibler divergence, the share of positions with the same best token, and the
largest error of a shown probability (one of the five best candidates), over the first 384 tokens of each text; and the
same of the next token of each prompt. About 10 s a text for the reference.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from checkpoint import Checkpoint
from export import BUNDLED
from manifest import INT8_CACHE_GRAPH
from reference import reference_logits
from verify import log_probabilities, log_softmax

WINDOW, SHOWN, TOLERATED_ERROR = 384, 5, 0.03
PROMPTS = (
    "import os\npath = os.path.",
    "The quick brown fox",
    "def fibonacci(n):\n    if n <",
    "for (let i = 0; i <",
    "const fs = require(",
    "SELECT name, price FROM products WHERE",
    "package main\n\nimport (\n\t",
    "public static void main(",
    "<div class=\"",
    "Water boils at a temperature of",
    "## Installation\n\n```sh\nnpm",
    "try:\n    value = int(text)\nexcept",
)  # fmt: skip


@dataclass(frozen=True)
class Divergence:
    """How a model's log probabilities differ from the reference's; one element a position."""

    nats: np.ndarray
    same_best: np.ndarray
    shown_errors: np.ndarray  # the largest |probability - reference| of the SHOWN best candidates of the model

    def summary(self) -> str:
        return (
            f"divergence {self.nats.mean():.4f} nats, same best token {self.same_best.mean():.1%}, "
            f"shown probability off by more than {TOLERATED_ERROR} at {(self.shown_errors > TOLERATED_ERROR).mean():.1%} of "
            f"positions (median {np.median(self.shown_errors):.3f}, 99th percentile {np.quantile(self.shown_errors, 0.99):.3f}, "
            f"largest {self.shown_errors.max():.3f})"
        )


def compare(expected: np.ndarray, measured: np.ndarray) -> Divergence:
    """Both float32 [positions, vocabulary], log probabilities."""
    shown = np.argpartition(-measured, SHOWN, axis=-1)[:, :SHOWN]
    probabilities = [np.exp(np.take_along_axis(values, shown, axis=-1)) for values in (measured, expected)]
    return Divergence(
        nats=(np.exp(expected) * (expected - measured)).sum(-1),
        same_best=expected.argmax(-1) == measured.argmax(-1),
        shown_errors=np.abs(probabilities[0] - probabilities[1]).max(-1),
    )


def joined(parts: Sequence[Divergence]) -> Divergence:
    fields = ("nats", "same_best", "shown_errors")
    return Divergence(**{field: np.concatenate([getattr(part, field) for part in parts]) for field in fields})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gguf", type=Path, help="the checkpoint that the models were exported from")
    parser.add_argument("--model", type=Path, nargs="+", default=[BUNDLED], help="exported models (default: %(default)s)")
    parser.add_argument("--text", type=Path, nargs="+", required=True, help="texts that nothing was calibrated on")
    options = parser.parse_args()
    manifest = json.loads((options.model[0] / "manifest.json").read_text(encoding="utf-8"))
    tokenizer = Tokenizer.from_file(str(options.model[0] / manifest["tokenizer"]["file"]))
    start = manifest["endOfText"][0]
    texts = [[start, *tokenizer.encode(text.read_text(encoding="utf-8")).ids[:WINDOW]] for text in options.text]
    prompts = [[start, *tokenizer.encode(prompt).ids] for prompt in PROMPTS]
    checkpoint, memory = Checkpoint(options.gguf), {}

    def weight(name: str) -> np.ndarray:
        if name not in memory:
            memory[name] = checkpoint.weight(name)
        return memory[name]

    parts = {model: [] for model in options.model}
    for ids in texts:
        expected = log_softmax(reference_logits(checkpoint.config, weight, ids)[0])
        for model in options.model:
            parts[model].append(compare(expected, log_probabilities(model / INT8_CACHE_GRAPH, ids)))
    for model in options.model:
        print(f"{model}, {sum(map(len, texts))} positions of texts: {joined(parts[model]).summary()}")

    parts = {model: [] for model in options.model}
    for prompt, ids in zip(PROMPTS, prompts):
        expected = log_softmax(reference_logits(checkpoint.config, weight, ids)[0][-1:])
        best = int(expected[0].argmax())
        figures = []
        for model in options.model:
            measured = log_probabilities(model / INT8_CACHE_GRAPH, ids)[-1:]
            parts[model].append(compare(expected, measured))
            figures.append(f"{np.exp(measured[0, best]):.3f} (off by {parts[model][-1].shown_errors[0]:.3f} at most)")
        print(f"{prompt!r} -> {tokenizer.decode([best])!r} {np.exp(expected[0, best]):.3f}: {', '.join(figures)}")
    for model in options.model:
        print(f"{model}, {len(prompts)} prompts: {joined(parts[model]).summary()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
