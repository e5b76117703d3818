"""A plain numpy llama decoder in float32: what the exported graphs are compared with.

Written from the papers (RMSNorm arXiv 1910.07467, RoPE arXiv 2104.09864, SwiGLU arXiv 2002.05202, grouped-query attention
arXiv 2305.13245), whole sequence at once, no cache, no fusing.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from checkpoint import DecoderConfig


def _norm(x: np.ndarray, weight: np.ndarray, epsilon: float) -> np.ndarray:
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + epsilon) * weight


def _rotate(x: np.ndarray, theta: float) -> np.ndarray:
    """x [heads, positions, dimension]; the two halves of a head are the two coordinates of each rotary pair."""
    _, positions, dimension = x.shape
    angle = np.arange(positions)[:, None] / theta ** (np.arange(0, dimension, 2) / dimension)
    cos, sin = np.cos(angle).astype(np.float32), np.sin(angle).astype(np.float32)
    first, second = np.split(x, 2, axis=-1)
    return np.concatenate([first * cos - second * sin, second * cos + first * sin], axis=-1)


def reference_logits(
    config: DecoderConfig,
    weight: Callable[[str], np.ndarray],
    ids: list[int],
    observe: Callable[[str, np.ndarray], None] = lambda _product, _inputs: None,
) -> tuple[np.ndarray, np.ndarray]:
    """logits [S, vocabulary] and cache rows [2L, key_value_heads, S, head_dimension]; `weight` is Checkpoint.weight or like it.

    `observe` is told what every product multiplies: its name as in the weight files, and the inputs [S, inputs].
    """
    heads, kv_heads, size = config.heads, config.key_value_heads, config.head_dimension
    positions = len(ids)
    split = lambda x, count: x.reshape(positions, count, size).transpose(1, 0, 2)  # noqa: E731
    future = np.triu(np.full((positions, positions), -np.inf, np.float32), 1)
    embedding = weight("token_embd")
    x, cache = embedding[np.array(ids)], []
    for layer in range(config.layers):
        w = lambda name, layer=layer: weight(f"blk.{layer}.{name}")  # noqa: E731
        normed = _norm(x, w("attn_norm"), config.norm_epsilon)
        observe(f"layer.{layer}.query_key_value", normed)
        query = _rotate(split(normed @ w("attn_q").T, heads), config.rope_theta)
        key = _rotate(split(normed @ w("attn_k").T, kv_heads), config.rope_theta)
        value = split(normed @ w("attn_v").T, kv_heads)
        cache += [key, value]
        key, value = (np.repeat(rows, heads // kv_heads, axis=0) for rows in (key, value))
        scores = query @ key.transpose(0, 2, 1) / np.sqrt(size, dtype=np.float32) + future
        weights = np.exp(scores - scores.max(-1, keepdims=True))
        weights /= weights.sum(-1, keepdims=True)
        attended = (weights @ value).transpose(1, 0, 2).reshape(positions, -1)
        observe(f"layer.{layer}.attention_output", attended)
        x = x + attended @ w("attn_output").T
        normed = _norm(x, w("ffn_norm"), config.norm_epsilon)
        observe(f"layer.{layer}.gate_up", normed)
        gate, up = normed @ w("ffn_gate").T, normed @ w("ffn_up").T
        gated = gate / (1 + np.exp(-gate)) * up
        observe(f"layer.{layer}.down", gated)
        x = x + gated @ w("ffn_down").T
    normed = _norm(x, weight("output_norm"), config.norm_epsilon)
    observe("embedding", normed)
    return normed @ embedding.T, np.stack(cache)
