"""Checks an exported model: digests, a greedy continuation, and what quantisation costs in perplexity.

    python3 models/export/verify.py SmolLM2-135M-Instruct.Q4_1.gguf --text FILE ...

Perplexity and divergence are over the first 640 tokens of each text, in chunks of 128, against the numpy
reference in float32 (about 15 s a text).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from checkpoint import Checkpoint
from decoder import Decoder
from export import BUNDLED
from manifest import describe_file
from reference import reference_logits

GREEDY_PROMPT, GREEDY_ANSWER = "The capital of France is", " Paris."
WINDOW, CHUNK = 640, 128


def log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def altered_files(directory: Path) -> list[str]:
    """The files whose size or digest is not the manifest's."""
    manifest = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
    return [file["path"] for file in manifest["files"] if describe_file(directory / file["path"]) != file]


def greedy(model: Path, tokenizer: Tokenizer, prompt: str, length: int) -> str:
    ids, out = tokenizer.encode(prompt).ids, []
    decoder = Decoder(model, capacity=len(ids) + length)
    while len(out) < length:
        logits, _ = decoder.run(ids)
        ids = [int(logits[-1].argmax())]
        out += ids
    return tokenizer.decode(out)


def log_probabilities(model: Path, ids: list[int]) -> np.ndarray:
    decoder = Decoder(model, capacity=len(ids))
    chunks = [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
    return log_softmax(np.concatenate([decoder.run(chunk, keep=len(chunk))[0] for chunk in chunks]))


def report_quality(checkpoint: Checkpoint, directory: Path, graphs: list[str], sequences: list[list[int]]) -> None:
    memory: dict[str, np.ndarray] = {}

    def weight(name: str) -> np.ndarray:
        if name not in memory:
            memory[name] = checkpoint.weight(name)
        return memory[name]

    expected = [log_softmax(reference_logits(checkpoint.config, weight, ids)[0]) for ids in sequences]

    def perplexity(results: list[np.ndarray]) -> float:
        losses = [-result[np.arange(len(ids) - 1), ids[1:]] for result, ids in zip(results, sequences)]
        return float(np.exp(np.concatenate(losses).mean()))

    print(f"float32 reference: perplexity {perplexity(expected):.3f} on {sum(map(len, sequences))} tokens")
    for graph in graphs:
        results = [log_probabilities(directory / graph, ids) for ids in sequences]
        divergence = np.mean([(np.exp(e) * (e - r)).sum(-1).mean() for e, r in zip(expected, results)])
        agreement = np.mean([(e.argmax(-1) == r.argmax(-1)).mean() for e, r in zip(expected, results)])
        print(f"{graph}: perplexity {perplexity(results):.3f}, divergence {divergence:.4f} nats, same top-1 {agreement:.1%}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gguf", type=Path, help="the checkpoint that the model was exported from")
    parser.add_argument("--model", type=Path, default=BUNDLED, help="the exported model (default: %(default)s)")
    parser.add_argument("--text", type=Path, nargs="*", default=[], help="texts to measure perplexity on")
    options = parser.parse_args()
    if not (options.model / "manifest.json").is_file():
        print(f"verify: {options.model} has no manifest.json; export the model first", file=sys.stderr)
        return 1
    altered = altered_files(options.model)
    if altered:
        print(f"verify: not as in the manifest: {', '.join(altered)}; export the model again", file=sys.stderr)
        return 1
    print("every file is as in the manifest")
    manifest = json.loads((options.model / "manifest.json").read_text(encoding="utf-8"))
    graphs = [graph["file"] for graph in manifest["graphs"].values()]
    tokenizer = Tokenizer.from_file(str(options.model / manifest["tokenizer"]["file"]))
    for graph in graphs:
        answer = greedy(options.model / graph, tokenizer, GREEDY_PROMPT, len(tokenizer.encode(GREEDY_ANSWER).ids))
        print(f"{graph}: {GREEDY_PROMPT!r} -> {answer!r}")
        if answer != GREEDY_ANSWER:
            print(f"verify: {graph} should have answered {GREEDY_ANSWER!r}", file=sys.stderr)
            return 1
    if options.text:
        sequences = [tokenizer.encode(text.read_text(encoding="utf-8")).ids[:WINDOW] for text in options.text]
        report_quality(Checkpoint(options.gguf), options.model, graphs, sequences)
    return 0


if __name__ == "__main__":
    sys.exit(main())
