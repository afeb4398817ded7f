"""What a case and a console import and name does not reach the functions of the learner's file."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from .consoles import as_before, names, run, type_in


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    with as_before():
        yield


CASE = "import numpy as np\n\nf(np.array([1.0, 2.0]))"
LACKING = {
    "an import": ("def f(x): return np.sum(x)", "`np` is used on line 1 of your code"),
    "its short name": ("import numpy\ndef f(x): return np.sum(x)", "`np` is used"),
    "a name of the case's": ("def f(x): return array1", "name 'array1' is not defined"),
    "what a name should hold": ("np = 5\ndef f(x): return np.sum(x)", "'int' object has no"),
}


@pytest.mark.parametrize("name", LACKING)
def test_what_a_file_lacks_is_missing_whatever_a_case_imports_and_names(name: str) -> None:
    source, told = LACKING[name]
    run(source)
    for case in (CASE, "import numpy as np\narray1 = np.ones(2)\nf(array1)", "f(np.ones(2))"):
        assert told in type_in(case).answer["message"]
    assert type_in("array1.shape, np.ones(2).size, [np.e for _ in array1][:1]").values == [
        "((2,), 2, [2.718281828459045])"
    ]


def test_names_of_the_file_are_changed_and_deleted_where_they_are() -> None:
    run("import math as m\nx = 1\ndef g(): return x\ndef f(): return g() + m.floor(1)")
    assert type_in("x += 1\nf()").values == ["3"]
    assert type_in("def g(): return x * 10\nf()").values == ["21"]
    type_in("import json as m; m = 0\ny = 1\ndel y, m")
    assert type_in("f()\n'y' in globals(), 'x' in globals()").values == ["21", "(False, True)"]
    assert {"x", "g", "f"} <= set(json.loads(type_in("import json; print(json.dumps(dir()))").out))
    assert names("x") == ["x"] and names("json.dump") == ["dump", "dumps"]
    type_in("del x")
    assert type_in("f()").answer["error"]["type"] == "NameError"
