"""A name in two columns, read in one language."""

from typing import Any

from django.utils.translation import get_language


def spoken(row: Any, field: str, language: str | None = None) -> str:
    """``field_en`` or ``field_hi`` of a row: in ``language`` or that of the page; Hindi when there is no English."""
    hindi, english = getattr(row, f"{field}_hi"), getattr(row, f"{field}_en")
    return english or hindi if (language or get_language()) == "en" else hindi


class Spoken:
    """``name = Spoken()`` on a model reads ``name_hi`` or ``name_en`` in the language of the page."""

    def __set_name__(self, owner: type, field: str) -> None:
        self.field = field

    def __get__(self, row: Any, owner: type) -> Any:
        return self if row is None else spoken(row, self.field)
