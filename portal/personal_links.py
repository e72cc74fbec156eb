"""What a personal link carries: numbers that say which thing, and a proof that we wrote them for this person."""

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int, int_to_base36

PROOF = 16  # signs of 6 bits each: short enough for an SMS, 96 bits against guessing


def token(*numbers: int, person_key: str, salt: str) -> str:
    """The numbers and the proof. Another ``person_key`` voids all links written before; ``salt`` is the purpose."""
    proof = _proof(numbers, person_key, salt, settings.SECRET_KEY)
    return "~".join([*map(int_to_base36, numbers), proof])


def numbers_of(token: str, count: int = 1) -> list[int]:
    """The numbers, not proved yet. Raises ``ValueError``."""
    told = token.split("~")[:-1]
    if len(told) != count:
        raise ValueError(token)
    return [base36_to_int(number) for number in told]


def holds(token: str, *numbers: int, person_key: str, salt: str) -> bool:
    """Did we write this, with the secret of today or a former one that still counts?"""
    proof = token.rpartition("~")[2]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(proof, _proof(numbers, person_key, salt, key)) for key in keys)


def _proof(numbers: tuple[int, ...], person_key: str, salt: str, key: str) -> str:
    text = ":".join([*map(str, numbers), person_key])
    return signing.Signer(key=key, salt=salt).signature(text)[:PROOF]
