"""What stands in a cell is text, whatever a person wrote."""

import re

# Also behind blanks, which some programs drop, and in full width, which some fold.
A_FORMULA = re.compile(r"[\t\r\n\x00]|\s*[=+\-@＝＋－＠]")


def harmless(text: str) -> str:
    """With an apostrophe before what a spreadsheet would compute (OWASP, "CSV Injection")."""
    return f"'{text}" if A_FORMULA.match(text) else text
