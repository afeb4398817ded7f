"""Calls that are watched in the page's engine in Node, and submissions that make it hard."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from builder.grade import Judge
from grading.shared import wire

Step = dict[str, Any]


@dataclass(frozen=True)
class Trace:
    """A call that was watched: what has come of it, and its steps."""

    source: str
    end: dict[str, Any]
    steps: list[Step]

    def code_of(self, step: Step) -> str:
        """Return the code that a step is about."""
        lines = self.source.split("\n")
        if len(step["at"]) == 1:
            return str(lines[step["at"][0] - 1].strip())
        line, column, end_line, end_column = step["at"]
        text = [lines[n] for n in range(line - 1, end_line)]
        text[-1] = text[-1][: end_column - 1]
        text[0] = text[0][column - 1 :]
        return "\n".join(text)

    def values(self) -> list[tuple[str, str]]:
        """Return the sub-expressions of all steps with their values, in order."""
        of_values = [step for step in self.steps if step["kind"] == "value"]
        return [(self.code_of(step), step["value"]["text"]) for step in of_values]

    def told(self, kind: str) -> list[Step]:
        """Return the steps of a kind."""
        return [step for step in self.steps if step["kind"] == kind]

    def said(self) -> list[str]:
        """Return where NaN and infinities have come from, in words."""
        return [step["says"] for step in self.steps if "says" in step]


def call_of(*args: Any, **kwargs: Any) -> dict[str, Any]:
    """Return a call of ``f`` of which no answer is known."""
    trees, _ = wire.encode_call(args, kwargs)
    return {"call": json.dumps({"function": "f", **trees}), "answer": None}


def traced(
    judge: Judge,
    source: str,
    call: dict[str, Any],
    earlier: list[dict[str, Any]] | None = None,
    seconds: float = 60,
) -> Trace:
    """Watch a call of a submission."""
    wanted = {"source": source, "earlier": earlier or [], "call": call}
    end, pieces = judge.trace(wanted, {"callSeconds": seconds}, is_shared=True)
    return Trace(source, end, [step for piece in pieces for step in json.loads(piece)])


def as_before(judge: Judge, source: str) -> tuple[Trace, dict[str, Any]]:
    """Watch the first call of a submission's only test, and return the report of that test, too."""
    grading = judge.grade(source)
    (record,) = grading.records.values()
    first = record.exchanges[0]
    asked = {"call": first.call, "answer": first.answer}
    return traced(judge, source, asked), grading.report


# Each is the body of a function f(x) that is called with 7; with probes in it, it does the same.
SNIPPETS = {
    "loops": """
    out = []
    for i, (a, *b) in enumerate([(1, 2, 3), (4,)]):
        if i and a > 2 or not b:
            out.append((i, a, b))
        else:
            continue
    else:
        out.append("end")
    while x > 3: x -= 1
    while True:
        x += 1
        if x == 6: break
    else:
        out.append("never")
    return out, x, i, a, b
""",
    "comprehensions": """
    xs = [i * j for i in range(x) if i % 2 for j in range(i) if j]
    return xs, {i: -i for i in xs}, {i % 3 for i in xs}, sum(i for i in xs if i > 2), [
        (lambda: i)() for i in range(2)
    ], [y := i for i in range(3)], y
""",
    "generators": """
    def count(n):
        try:
            got = yield n
            while got is not None:
                got = yield got + (yield from inner(n))
        finally:
            log.append("closed")
    def inner(n):
        yield n * 2
        return n * 3
    log = []
    g = count(x)
    seen = [next(g), g.send(5), next(g), g.send(1)]
    g.close()
    h = count(1)
    next(h)
    try:
        h.throw(KeyError("k"))
    except KeyError as problem:
        log.append(problem.args)
    del h
    return seen, log, list(i for i in inner(2))
""",
    "truth is asked once": """
    asked = []
    class T:
        def __init__(self, name, truth): self.name, self.truth = name, truth
        def __bool__(self): asked.append(self.name); return self.truth
        def __lt__(self, other): asked.append("<"); return T(self.name + other.name, self.truth)
    a, b, c = T("a", False), T("b", True), T("c", True)
    if a and b or c: asked.append("then")
    if not (a or b): asked.append("never")
    if b < c < a: asked.append("chain")
    while a < b < c: asked.append("never")
    d = (a and b) or (b and not c) or a
    e = b if (a or b) and c else a
    if (a and b if c else a): asked.append("never")
    assert b or a, a and b
    f = [z.name for z in (a, b, c) if z and not a]
    g = not (a and b)
    match x:
        case 7 if a or b: asked.append("guard")
    return asked, d.name, e.name, f, g
""",
    "classes": """
    class Base:
        kind = "base"
        count: int = 0
        def __init_subclass__(cls, **given): cls.given = given
        def __init__(self, n): self.__n = n; Base.count += 1
        @property
        def n(self): return self.__n * 2
        @classmethod
        def make(cls, n): return cls(n)
        def __add__(self, other): return type(self)(self.__n + other.n)
        def __getitem__(self, key): return key
        __private = 5
        def told(self): return self.__private, __class__.__name__
    class Child(Base, flag=x > 3):
        def __init__(self, n): super().__init__(n + 1)
        def told(self): return super().told() + (super(Child, self).told(),)
    c = Child.make(x) + Child(2)
    return c.n, c.told(), Child.given, Base.count, c[1:2, ..., None], sorted(vars(Base))
""",
    "exceptions": """
    log = []
    def risky(n):
        try:
            if n == 0: raise ValueError("zero") from KeyError("cause")
            if n == 1: return 1 / (n - 1)
            return "fine"
        except (ValueError, IndexError) as problem:
            log.append((str(problem), repr(problem.__cause__)))
            raise
        except ZeroDivisionError:
            return "caught"
        else:
            log.append("else")
        finally:
            log.append(n)
    try:
        risky(0)
    except Exception as problem:
        log.append(type(problem).__name__)
    try:
        raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
    except* ValueError as some:
        log.append(len(some.exceptions))
    except* TypeError:
        log.append("type")
    try:
        problem
    except NameError as gone:
        log.append(str(gone))
    return risky(1), risky(2), log
""",
    "line numbers": """
    import sys, traceback
    def where():
        own = [f for f in traceback.extract_stack() if f.filename == "solution.py"]
        return sys._getframe(1).f_lineno, len(own), own[-1].colno
    here = (where(),
            where(), [where() for _ in range(2)])
    try:
        (x +
         "no")
    except TypeError as problem:
        last = traceback.extract_tb(problem.__traceback__)[-1]
        return here, last.lineno, last.colno, last.end_colno, last.line
""",
    "names": """
    global made
    made = lambda a, /, b=x, *c, d=2, **e: (a, b, c, d, e)
    own = sorted(locals())
    def scope():
        nonlocal x
        x += 1
        y = x
        del y
        try: y
        except UnboundLocalError:
            return sorted(locals()), sorted(name for name in globals() if name[0] != "_")
    text = f"{x=} {x!r:>{x}} {'q' + str(x)} {x:{'0'}{5}d}"
    args, kwargs = [1, *(2, 3)], {"k": 4, **{"m": 5}}
    return own, scope(), made(*args, **kwargs), made(1), text, eval("x + 1"), dir()
""",
    "decorators": """
    calls = []
    def noted(tag):
        def wrap(g):
            def inner(*a, **k):
                calls.append((tag, a, k))
                return g(*a, **k)
            inner.__name__ = g.__name__
            return inner
        return wrap
    @noted("outer")
    @noted(f"in{x}")
    def g(n, *, m: int = x + 1) -> "nothing":
        "its docstring"
        return n + m
    return g(1), g(2, m=3), calls, g.__name__, g.__doc__
""",
    "patterns": """
    def kind(v):
        match v:
            case 0 | 1: return "small"
            case int(n) if n > 5: return ("big", n)
            case [a, *rest] if rest: return a, rest
            case {"k": y, **others}: return y, others
            case str() as s: return s.upper()
            case _: return None
    return [kind(v) for v in (0, x, [1, 2], {"k": 1, "l": 2}, "s", 2.5)]
""",
    "changes in place": """
    import numpy as np
    a = np.arange(4.0)
    v = a[1:3]
    v *= x
    a[0], (a[3], b) = 5, (6, [0] * 2)
    b[b[0]] += (c := 3)
    b[-1:] = [*b, c]
    a = a + a
    a.resize(6)
    (a * 1).resize(3)
    d = {}
    d.setdefault("k", []).append(x)
    del b[0], d["k"][0]
    return a, v, b, c, d
""",
    "lives": """
    import weakref
    log = []
    class Thing:
        def __del__(self): log.append("gone")
    def make(): return Thing()
    t = make()
    w = weakref.ref(t)
    log.append(w() is t)
    del t
    log.append(w())
    make(), log.append("after")
    return log
""",
    "recursion": """
    import sys
    def depth(n): return 0 if n == 0 else 1 + depth(n - 1)
    def endless(n): return endless(n + 1)
    try:
        endless(0)
    except RecursionError as problem:
        return depth(900), str(problem)[:32]
""",
    "a coroutine": """
    import asyncio
    class Later:
        def __await__(self): yield "asked"; return 5
    async def numbers():
        for i in range(3): yield i
    async def main():
        total = await Later() + await Later()
        async for i in numbers(): total += i
        return total, [i async for i in numbers() if i]
    m = main()
    try:
        while True: m.send(None)
    except StopIteration as end:
        return end.value
""",
    "values that say nothing true": """
    class Liar(int):
        __class__ = property(lambda self: 1 / 0)
        def __repr__(self): raise SystemExit
        __str__ = __repr__
        def __eq__(self, other): raise SystemExit
        __hash__ = None
        def __getattribute__(self, name): raise SystemExit
    class Meta(type):
        def __getattribute__(cls, name): raise SystemExit
        def __instancecheck__(cls, other): raise SystemExit
    class Odd(metaclass=Meta): pass
    lies = [Liar(1), object.__new__(Odd), Odd]
    held = {"k": lies}
    return [len(lies), len(held), int.__add__(lies[0], 2)]
""",
    "probes of code that looks at itself": """
    import dis, inspect, types
    def g(a): return a + 1
    first = inspect.signature(g), g.__code__.co_varnames, g.__code__.co_freevars
    copied = types.FunctionType(g.__code__, {})
    return str(first[0]), first[1:], copied(2), inspect.getsource(g).strip(), g.__code__.co_names
""",
}
