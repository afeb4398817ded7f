"""Names that the console completes, and that no code of a learner's runs for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .consoles import as_before, names, run, type_in


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    with as_before():
        yield


def test_names_are_completed_by_what_is_defined_and_by_pythons_own() -> None:
    run("alpha = 1\nalphabet = 2")
    assert names("x = alp") == ["alpha", "alphabet"]
    assert "print" in names("pri") and names("impo") == ["import"]
    assert names("alph(1).al") == [] and names("2alp") == [] and names("") == []


ATTRIBUTES = {
    "a module": ("import numpy as np", "np.linsp", ["linspace"]),
    "an array": ("import numpy as np\nx = np.zeros(3)", "x.resh", ["reshape"]),
    "what an array gives": ("import numpy as np\nx = np.zeros(3)", "x.T.resh", ["reshape"]),
    "an object": ("class C: pass\nc = C()\nc.length = 1", "c.le", ["length"]),
    "a class": ("class C:\n    def method(self): ...", "C.me", ["method"]),
    "inherited ones": ("class B:\n  base = 1\nclass C(B): pass\nc = C()", "c.ba", ["base"]),
    "a text": ("t = 'a'", "t.startsw", ["startswith"]),
    "slots": ("class C:\n  __slots__ = ('slot',)\nc = C()", "c.sl", ["slot"]),
    "no unset slot's": ("class C:\n  __slots__ = ('slot',)\nc = C()", "c.slot.a", []),
    "nothing that is unknown": ("x = 1", "y.", []),
    "spaces around the dot": ("import numpy as np", "np . linsp", ["linspace"]),
}


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_attributes_are_completed(name: str) -> None:
    source, before, found = ATTRIBUTES[name]
    run(source)
    assert names(before) == found


# Classes that notice whether any of their code runs.
LOOKED_AT = {
    "__getattr__": "class C:\n  mine = 1\n  def __getattr__(s, n): touched.append(n)\nc = C()",
    "__getattribute__": "class C:\n  mine = 1\n"
    "  def __getattribute__(s, n): touched.append(n)\nc = C()",
    "__dir__": "class C:\n  mine = 1\n  def __dir__(s): touched.append('dir')\nc = C()",
    "a property": "class C:\n  mine = 1\n  @property\n  def p(s): touched.append('p')\nc = C()",
    "a descriptor": "class D:\n  def __get__(s, *a): touched.append('d')\n"
    "class C:\n  mine = 1\n  p = D()\nc = C()",
    "a class of classes": "class M(type):\n  def __getattribute__(s, n): touched.append(n)\n"
    "  def __dir__(s): touched.append('dir')\nclass C(metaclass=M):\n  mine = 1\nc = C",
}


@pytest.mark.parametrize("name", LOOKED_AT)
def test_to_complete_runs_none_of_a_learners_code(name: str) -> None:
    run("touched = []\n" + LOOKED_AT[name])
    assert names("c.mi") == ["mine"]
    names("c.p.")
    assert type_in("touched").values == ["[]"]
