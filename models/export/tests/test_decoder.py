"""Both graphs against the numpy reference over the same dequantised weights."""

import numpy as np
import pytest

from calibrate import HEADROOM, cache_scales
from checkpoint import Checkpoint
from decoder import Decoder
from export import export_decoder
from graph import LONGEST_SHORT_RUN
from manifest import FLOAT_CACHE_GRAPH, INT8_CACHE_GRAPH
from quantise import quantise
from reference import reference_logits
from weights import Quantisation

IDS = np.random.default_rng(3).integers(0, 160, 40).tolist()
CALIBRATION = [np.random.default_rng(seed).integers(0, 160, 90).tolist() for seed in (4, 5)]
GRAPHS = [INT8_CACHE_GRAPH, FLOAT_CACHE_GRAPH]
QUANTISATIONS = {
    "default": Quantisation(),
    "asymmetric": Quantisation(block=64, symmetric=False, head_block=32, head_symmetric=False),
}
# What is left is the int8 rounding of the activations (and of the cache); a wrong graph is off by about 1.4.
TOLERANCE = 0.05


def relative_error(logits, expected):
    return np.sqrt(((logits - expected) ** 2).mean()) / expected.std()


@pytest.fixture(scope="module", params=QUANTISATIONS)
def exported(request, tiny, tmp_path_factory):
    directory, quantisation = tmp_path_factory.mktemp(request.param), QUANTISATIONS[request.param]
    export_decoder(Checkpoint(tiny.path), quantisation, CALIBRATION, [0, 5], directory, tiny.config.context_length)
    return directory, quantisation


@pytest.fixture(scope="module")
def expected(exported, tiny):
    _, q = exported

    def weight(name):
        array = tiny.weights[name]
        if array.ndim == 1:
            return array
        if name == "token_embd":
            return quantise(array, 8, q.head_block, q.head_symmetric).dequantise()
        return quantise(array, q.bits, q.block, q.symmetric).dequantise()

    return reference_logits(tiny.config, weight, IDS)


@pytest.mark.parametrize("graph", GRAPHS)
def test_prefill_gives_the_reference_logits(exported, expected, graph):
    logits, delta = Decoder(exported[0] / graph, capacity=64).run(IDS, keep=len(IDS))
    assert relative_error(logits, expected[0]) < TOLERANCE
    assert delta.dtype == (np.int8 if graph == INT8_CACHE_GRAPH else np.float32)
    if graph == FLOAT_CACHE_GRAPH:
        assert relative_error(delta, expected[1]) < TOLERANCE


@pytest.mark.parametrize("graph", GRAPHS)
def test_cached_decoding_gives_the_reference_logits(exported, expected, graph):
    decoder = Decoder(exported[0] / graph, capacity=64)
    logits = [decoder.run(IDS[:8], keep=8)[0], *(decoder.run([id])[0] for id in IDS[8:])]
    assert relative_error(np.concatenate(logits), expected[0]) < TOLERANCE


@pytest.mark.parametrize("graph", GRAPHS)
def test_chunked_prefill_equals_one_run(exported, graph):
    whole = Decoder(exported[0] / graph, capacity=40)
    chunked = Decoder(exported[0] / graph, capacity=64)
    expected, _ = whole.run(IDS, keep=len(IDS))
    logits = np.concatenate([chunked.run(IDS[start : start + 16], keep=len(IDS[start : start + 16]))[0] for start in (0, 16, 32)])
    assert relative_error(logits, expected) < TOLERANCE


@pytest.mark.parametrize("graph", GRAPHS)
def test_rows_after_the_valid_ones_do_not_matter(exported, graph):
    decoder = Decoder(exported[0] / graph, capacity=64)
    first, _ = decoder.run(IDS[:20])
    decoder.run(IDS[20:])
    decoder.reset(19)
    again, _ = decoder.run(IDS[19:20])
    assert relative_error(again, first) < TOLERANCE


@pytest.mark.parametrize("graph", GRAPHS)
def test_only_the_kept_positions_get_logits(exported, graph):
    every, _ = Decoder(exported[0] / graph, capacity=64).run(IDS, keep=len(IDS))
    last, _ = Decoder(exported[0] / graph, capacity=64).run(IDS, keep=3)
    assert last.shape == (3, 160)
    np.testing.assert_allclose(last, every[-3:], atol=1e-4)


def test_the_tolerance_tells_a_wrong_rotation(exported, expected, tiny):
    """The control: one layer's keys left in llama.cpp's interleaved order must be noticed."""
    from conftest import interleave

    wrong = tiny.weights | {"blk.0.attn_k": interleave(tiny.weights["blk.0.attn_k"], tiny.config.key_value_heads)}
    logits, _ = reference_logits(tiny.config, wrong.__getitem__, IDS)
    assert relative_error(logits, expected[0]) > 2 * TOLERANCE


def test_cache_scales_span_the_largest_value_of_each_channel(exported, tiny):
    directory, _ = exported
    scales = cache_scales(directory / FLOAT_CACHE_GRAPH, CALIBRATION)
    assert scales.shape == (2 * tiny.config.layers, tiny.config.key_value_heads * tiny.config.head_dimension)
    largest = np.zeros_like(scales)
    for ids in CALIBRATION:
        _, delta = Decoder(directory / FLOAT_CACHE_GRAPH, capacity=len(ids)).run(ids)
        largest = np.maximum(largest, np.abs(delta).max(2).reshape(scales.shape))
    np.testing.assert_allclose(scales * 127 / HEADROOM, largest, rtol=1e-5)


def test_int8_rows_times_their_scales_are_the_float_rows(exported):
    directory, _ = exported
    scales = cache_scales(directory / FLOAT_CACHE_GRAPH, CALIBRATION)
    _, codes = Decoder(directory / INT8_CACHE_GRAPH, capacity=64).run(CALIBRATION[0][:30])
    _, rows = Decoder(directory / FLOAT_CACHE_GRAPH, capacity=64).run(CALIBRATION[0][:30])
    restored = codes * scales.reshape(codes.shape[0], codes.shape[1], 1, codes.shape[3])
    assert relative_error(restored, rows) < TOLERANCE


def test_short_and_long_runs_fill_the_cache_with_the_same_rows(exported):
    """They take different branches of the graph: int8 as it is, and converted to floats."""
    long, short = (Decoder(exported[0] / INT8_CACHE_GRAPH, capacity=64) for _ in range(2))
    length = LONGEST_SHORT_RUN + 1
    for start in (0, length):
        ids = IDS[start : start + length]
        logits, codes = long.run(ids)
        _, first_codes = short.run(ids[:-1])
        last_logits, last_codes = short.run(ids[-1:])
        assert relative_error(np.concatenate([first_codes, last_codes], axis=2), codes) < TOLERANCE
        assert relative_error(last_logits, logits) < TOLERANCE


def test_calibration_without_text_is_refused(exported):
    for sequences in ([], [[]]):
        with pytest.raises(ValueError, match="at least one text"):
            cache_scales(exported[0] / FLOAT_CACHE_GRAPH, sequences)
