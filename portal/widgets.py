"""How something is typed, alike in all forms."""

from typing import Any

from django import forms


class Digits(forms.TextInput):
    """A short box for a number, with any digits: the browser's own box for numbers refuses १८."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "short", "inputmode": "numeric", **(attrs or {})})
