"""The shift and bias of the int8 products."""

import numpy as np
import pytest

from checkpoint import Checkpoint
from corrections import choose_shift, common_tokens, observe_inputs, round_to_int8, write_corrections
from quantise import quantise
from weights import Quantisation

BLOCK, INPUTS, OUTPUTS, QUERY_ROWS = 32, 128, 48, 16
RANDOM = np.random.default_rng(11)
WEIGHT = RANDOM.normal(0, 1, (OUTPUTS, INPUTS)).astype(np.float32)
MEAN = np.zeros(INPUTS, np.float32)
MEAN[[3, 70]] = 40, -25  # two channels that are large at every position
SAMPLE = (MEAN + RANDOM.normal(0, 1, (300, INPUTS))).astype(np.float32)
FIRST = RANDOM.normal(0, 1, INPUTS).astype(np.float32)
FIRST[10] = 60  # the first position has another one
FIRST_POSITIONS = (FIRST + RANDOM.normal(0, 0.01, (20, INPUTS))).astype(np.float32)


def output_error(inputs, shift, weight):
    shifted = inputs - shift
    return float(np.sqrt((((round_to_int8(shifted, BLOCK) - shifted) @ weight.T) ** 2).mean()))


@pytest.fixture(scope="module")
def shift():
    return choose_shift(WEIGHT, QUERY_ROWS, BLOCK, MEAN, SAMPLE, FIRST_POSITIONS)


def test_rounding_to_int8_keeps_multiples_of_the_step_and_zeros():
    multiples = np.array([[-127, 5, 0, 127], [0, 0, 0, 0]], np.float32) / 4
    np.testing.assert_array_equal(round_to_int8(multiples, 4), multiples)
    assert np.abs(round_to_int8(SAMPLE, BLOCK) - SAMPLE).max() <= np.abs(SAMPLE).max() / 127 / 2 * 1.001


def test_a_shift_makes_the_products_of_both_kinds_of_position_truer(shift):
    assert output_error(SAMPLE, shift, WEIGHT) < 0.7 * output_error(SAMPLE, 0, WEIGHT)
    keys_values = WEIGHT[QUERY_ROWS:]
    assert output_error(FIRST_POSITIONS, shift, keys_values) < 0.3 * output_error(FIRST_POSITIONS, 0, keys_values)


def test_the_mean_alone_would_harm_the_first_position(shift):
    """The control: this is why the shift is not simply the mean."""
    keys_values = WEIGHT[QUERY_ROWS:]
    assert output_error(FIRST_POSITIONS, MEAN, keys_values) > 3 * output_error(FIRST_POSITIONS, shift, keys_values)


def test_the_vector_of_the_first_position_loses_nothing(shift):
    shifted = (np.median(FIRST_POSITIONS, axis=0) - shift)[None]
    np.testing.assert_allclose(round_to_int8(shifted, BLOCK), shifted, atol=1e-4)


def test_common_tokens_are_the_most_frequent_ones():
    assert common_tokens([[5, 5, 7, 9], [7, 5, 1]], 3) == [5, 7, 1]


def test_the_mean_output_of_a_corrected_product_is_exact(tiny, tmp_path):
    """bias = Wq shift + (W - Wq) mean, so that Wq (mean - shift) + bias = W mean."""
    checkpoint, quantisation = Checkpoint(tiny.path), Quantisation()
    sequences = [RANDOM.integers(0, 160, 60).tolist() for _ in range(2)]
    inputs = observe_inputs(checkpoint, sequences, first_tokens=[0, 5])
    stored = write_corrections(checkpoint, quantisation, inputs, tmp_path)
    content = (tmp_path / "corrections.bin").read_bytes()

    def read(name):
        tensor = stored[name]
        return np.frombuffer(content[tensor.offset : tensor.offset + tensor.length], np.float32)

    for name, weight in {
        "embedding": tiny.weights["token_embd"],
        "layer.1.gate_up": np.concatenate([tiny.weights["blk.1.ffn_gate"], tiny.weights["blk.1.ffn_up"]]),
        "layer.2.query_key_value": np.concatenate([tiny.weights[f"blk.2.attn_{part}"] for part in "qkv"]),
    }.items():
        mean, quantised = inputs.mean(name), quantise(weight, 8, 64, True).dequantise()
        corrected = quantised @ (mean - read(f"{name}.shift")) + read(f"{name}.bias")
        np.testing.assert_allclose(corrected, weight @ mean, atol=1e-4)
    assert "layer.0.down.bias" in stored and "layer.0.down.shift" not in stored
