"""Which blocks of a statement can be tried, and as what code."""

from __future__ import annotations

import pytest

from builder.trials import code_to_try, with_button

# The language of a block, its text, and the code that is tried; None where there is no button.
BLOCKS = {
    "a call": ("python", "f(1)\n", "f(1)\n"),
    "a call with what comes before it": ("py", "x = [1]\nf(x)  # 2\n", "x = [1]\nf(x)  # 2\n"),
    "prompts": ("python", ">>> x = 1\n>>> f(x)\n2\n", "x = 1\nf(x)"),
    "prompts that go on": (
        "pycon",
        ">>> for i in x:\n...     i\n...\n1\n>>> 2 * x\n4\n",
        "for i in x:\n    i\n\n2 * x",
    ),
    "prompts around a function": (
        "doctest",
        ">>> def g():\n...     return 1\n>>> g()\n1\n",
        "def g():\n    return 1\ng()",
    ),
    "no value": ("python", "x = 1\n", None),
    "a text alone": ("python", '"""What is returned."""\n', None),
    "dots in place of code": ("python", "...\n", None),
    "the learner's function": ("python", "def f(x):\n    return x\n\nf(1)\n", None),
    "a class of the learner's name": ("python", "class f: ...\nf()\n", None),
    "another function": ("python", "def g(): ...\ng()\n", "def g(): ...\ng()\n"),
    "no Python": ("text", "f(1)\n", None),
    "another language": ("js", "f(1)\n", None),
    "what Python cannot read": ("python", "f(1) -> 2\n", None),
    "a character that Python cannot read": ("python", "f(1)\0\n", None),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_that_shows_a_value_can_be_tried(name: str) -> None:
    language, block, code = BLOCKS[name]
    assert code_to_try(language, block, ["f"]) == code


def test_a_button_holds_code_that_does_not_stand_in_its_block() -> None:
    assert "data-code" not in with_button("<pre></pre>", "f(1)", "f(1)", 1)
    button = with_button("<pre></pre>", '>>> f("<")', 'f("<")', 2)
    assert 'data-code="f(&quot;&lt;&quot;)"' in button
    assert "Try this case" in button and "example 2 of the problem" in button
