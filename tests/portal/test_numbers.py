from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import numbers


@pytest.mark.parametrize(
    ("number", "grouped"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1,000"),
        (123456, "1,23,456"),
        (12345678, "1,23,45,678"),
        (-100000, "-1,00,000"),
        (Decimal("1234567.50"), "12,34,567.50"),
    ],
)
def test_lakh_groups_by_three_then_two(number, grouped):
    assert numbers.lakh(number) == grouped


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_lakh_only_adds_commas(number):
    parts = numbers.lakh(abs(number)).split(",")

    assert int(numbers.lakh(number).replace(",", "")) == number
    assert [len(part) for part in parts[1:]] == ([2] * (len(parts) - 2) + [3])[-max(0, len(parts) - 1) :] * (
        len(parts) > 1
    )


@pytest.mark.parametrize(
    ("number", "hindi", "english"),
    [
        (2500, "2,500", "2,500"),
        (99_999, "99,999", "99,999"),
        (100_000, "1 लाख", "1 lakh"),
        (250_000, "2.5 लाख", "2.5 lakh"),
        (249_999, "2.5 लाख", "2.5 lakh"),
        (9_996_000, "1 करोड़", "1 crore"),
        (12_345_678, "1.2 करोड़", "1.2 crore"),
        (12_345_000_000, "1,234.5 करोड़", "1,234.5 crore"),
        (-250_000, "-2.5 लाख", "-2.5 lakh"),
    ],
)
def test_spoken(number, hindi, english):
    assert numbers.spoken(number, "hi") == hindi
    assert numbers.spoken(number, "en") == english
