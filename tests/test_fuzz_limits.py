"""The fuzzer tells of an input that takes too long or too much, and makes inputs that repeat."""

from itertools import count

import pytest

from tests.fuzz.limits import MOST_BYTES, MOST_SECONDS, TakesTooMuchError, keep_within_limits, repeated


def _nothing(data: bytes) -> None:
    """Keep every promise."""


def test_an_input_that_takes_long_twice_is_told() -> None:
    clock = count(0, MOST_SECONDS + 1)
    with pytest.raises(TakesTooMuchError):
        keep_within_limits(_nothing, b"a", lambda: float(next(clock)))


def test_an_input_that_takes_long_once_is_not() -> None:
    times = iter([0, MOST_SECONDS + 1, 10, 10])
    keep_within_limits(_nothing, b"a", lambda: next(times))


def test_an_input_that_takes_much_memory_is_told() -> None:
    with pytest.raises(TakesTooMuchError):
        keep_within_limits(_nothing, b"a", peak=lambda: 2**40 + MOST_BYTES)


@pytest.mark.parametrize("data", [b"", b"a", b"\x00[a](b)"])
def test_a_repeated_input_is_as_long_as_it_may_be_at_most(data: bytes) -> None:
    inputs = [repeated(data, 1_000, seed) for seed in range(100)]
    assert 990 < max(map(len, inputs)) <= 1_000
    assert all(made.startswith(data[:1]) for made in inputs)
    assert inputs == [repeated(data, 1_000, seed) for seed in range(100)]
