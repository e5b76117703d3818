import numpy as np
import pytest

from quantise import pack, quantise

WEIGHT = np.random.default_rng(1).normal(0, 1, (6, 128)).astype(np.float32)


@pytest.mark.parametrize("symmetric", [False, True])
@pytest.mark.parametrize("block", [32, 64, 128])
@pytest.mark.parametrize("bits", [4, 8])
def test_every_weight_is_within_one_step(bits, block, symmetric):
    quantised = quantise(WEIGHT, bits, block, symmetric)
    step = np.repeat(quantised.scales, block, axis=1)
    assert (np.abs(quantised.dequantise() - WEIGHT) <= step * 1.0001).all()
    assert quantised.codes.max() < 2**bits
    assert (quantised.zeros is None) == symmetric


def test_zero_stays_zero():
    weight = np.zeros((2, 32), np.float32)
    weight[1] = np.linspace(0.5, 2, 32)
    weight[1, 5] = 0
    for symmetric in (False, True):
        dequantised = quantise(weight, 8, 32, symmetric).dequantise()
        assert (dequantised[0] == 0).all() and dequantised[1, 5] == 0


def test_four_bit_codes_are_packed_low_half_first_and_padded():
    assert pack(np.array([[1, 2, 3]], np.uint8), 4).tolist() == [[0x21, 0x03]]


def test_a_block_that_does_not_divide_the_inputs_is_refused():
    with pytest.raises(ValueError, match="96 inputs are not a multiple of the block size 64"):
        quantise(WEIGHT[:, :96], 8, 64, True)
