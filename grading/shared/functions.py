"""The functions of a realm by name: what its driver may ask for, one text in and one text out.

What sends pieces while it runs is given, beside the text, where they go.
"""

from __future__ import annotations

from collections.abc import Callable

functions: dict[str, Callable[..., str]] = {}
