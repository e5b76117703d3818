"""A tiny random llama checkpoint, written as a GGUF file the way llama.cpp's converter writes one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from checkpoint import DecoderConfig

CONFIG = DecoderConfig(
    layers=3, heads=4, key_value_heads=2, head_dimension=32, hidden_size=128, feed_forward_size=192, vocabulary_size=160,
    context_length=128, rope_theta=10000.0, norm_epsilon=1e-5,
)  # fmt: skip
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<repo_name>", "<reponame>", "<file_sep>", "<filename>"]
TOKENS = SPECIAL + [f"word{i}" for i in range(CONFIG.vocabulary_size - len(SPECIAL))]


@dataclass(frozen=True)
class TinyCheckpoint:
    path: Path
    config: DecoderConfig
    weights: dict[str, np.ndarray]


def random_weights(config: DecoderConfig) -> dict[str, np.ndarray]:
    random = np.random.default_rng(20)
    query, kv = config.heads * config.head_dimension, config.key_value_heads * config.head_dimension
    hidden, fed = config.hidden_size, config.feed_forward_size
    matrix = lambda rows, columns: random.normal(0, columns**-0.5, (rows, columns)).astype(np.float32)  # noqa: E731
    norm = lambda: random.uniform(0.5, 1.5, hidden).astype(np.float32)  # noqa: E731
    weights = {"token_embd": matrix(config.vocabulary_size, hidden) * 3, "output_norm": norm()}
    for layer in range(config.layers):
        sizes = {
            "attn_q": (query, hidden), "attn_k": (kv, hidden), "attn_v": (kv, hidden), "attn_output": (hidden, query),
            "ffn_gate": (fed, hidden), "ffn_up": (fed, hidden), "ffn_down": (hidden, fed),
        }  # fmt: skip
        weights |= {f"blk.{layer}.{name}": matrix(*size) for name, size in sizes.items()}
        weights |= {f"blk.{layer}.{name}": norm() for name in ("attn_norm", "ffn_norm")}
    return weights


def interleave(weight: np.ndarray, heads: int) -> np.ndarray:
    """What convert_hf_to_gguf.py does to query and key rows: the halves of each rotary pair side by side."""
    return weight.reshape(heads, 2, weight.shape[0] // heads // 2, -1).swapaxes(1, 2).reshape(weight.shape)


def write_gguf(path: Path, config: DecoderConfig, weights: dict[str, np.ndarray], architecture: str = "llama") -> None:
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_block_count(config.layers)
    writer.add_context_length(config.context_length)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.feed_forward_size)
    writer.add_head_count(config.heads)
    writer.add_head_count_kv(config.key_value_heads)
    writer.add_rope_dimension_count(config.head_dimension)
    writer.add_rope_freq_base(config.rope_theta)
    writer.add_layer_norm_rms_eps(config.norm_epsilon)
    writer.add_token_list(TOKENS)
    for name, weight in weights.items():
        heads = {"attn_q": config.heads, "attn_k": config.key_value_heads}.get(name.rsplit(".", 1)[-1])
        writer.add_tensor(f"{name}.weight", interleave(weight, heads) if heads else weight)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@pytest.fixture(scope="session")
def tiny(tmp_path_factory) -> TinyCheckpoint:
    path = tmp_path_factory.mktemp("checkpoint") / "tiny.gguf"
    weights = random_weights(CONFIG)
    write_gguf(path, CONFIG, weights)
    return TinyCheckpoint(path, CONFIG, weights)


@pytest.fixture(scope="session")
def tokenizer_directory(tmp_path_factory) -> Path:
    directory = tmp_path_factory.mktemp("tokenizer")
    tokenizer = Tokenizer(models.WordLevel({token: id for id, token in enumerate(TOKENS)}, unk_token="word0"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.save(str(directory / "tokenizer.json"))
    (directory / "tokenizer_config.json").write_text("{}\n")
    return directory
