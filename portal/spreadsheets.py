"""What stands in a cell is text, whatever a person wrote."""

A_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """With an apostrophe before what a spreadsheet would compute (OWASP, "CSV Injection")."""
    return f"'{text}" if text.startswith(A_FORMULA_BEGINS) else text
