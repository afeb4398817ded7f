"""What an author called a case of `parametrize`: pytest writes its id in ASCII."""

from __future__ import annotations


def unescaped(parameters: str) -> str:
    """Return what stands for a case behind its test's name, with the letters that were written."""
    if not parameters.isascii() or "\\" not in parameters:
        return parameters
    try:
        return parameters.encode().decode("unicode_escape")
    except UnicodeDecodeError:
        return parameters


def as_called(parameters: str) -> str:
    """Return it as it can be shown: on one line."""
    text = unescaped(parameters)
    return text if text.isprintable() else parameters
