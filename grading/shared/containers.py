"""The types that hold other values: in what they are alike, and what is written around their parts.

Types are looked for by their identity: to compare one, as any value, may be to run code of its
metaclass.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .named_tuples import fields_of

SEQUENCES: tuple[type, ...] = (list, tuple, deque)
SETS: tuple[type, ...] = (set, frozenset)
MAPPINGS: tuple[type, ...] = (dict, OrderedDict, defaultdict, Counter)
CHANGEABLE: tuple[type, ...] = (list, deque, set, *MAPPINGS)

# The types of what shows a part of a dict: by the type of the dict, and the method that returns it.
VIEWS: dict[type, tuple[Any, str]] = {
    type(getattr(kind(), part)()): (kind, part)
    for kind in (dict, OrderedDict)
    for part in ("keys", "values", "items")
}

BRACKETS: dict[type, tuple[str, str]] = {
    list: ("[", "]"),
    tuple: ("(", ")"),
    deque: ("deque([", "])"),
    set: ("{", "}"),
    frozenset: ("frozenset({", "})"),
    dict: ("{", "}"),
    OrderedDict: ("OrderedDict({", "})"),
    defaultdict: ("defaultdict(", "})"),
    Counter: ("Counter({", "})"),
    **{kind: (f"{kind.__name__}([", "])") for kind in VIEWS},
}
# An empty one of these is written as a call.
_CALLED = (*SETS, OrderedDict, Counter)

# What may make the values that a `defaultdict` lacks: types, which go by their names.
FACTORIES: dict[str, Any] = {
    kind.__name__: kind
    for kind in (bool, int, float, complex, str, bytes, *SEQUENCES, *SETS, *MAPPINGS)
}

_CONTAINERS, _SETS, _MAPPINGS, _CHANGEABLE, _EMPTY = (
    frozenset(map(id, kinds)) for kinds in (BRACKETS, SETS, MAPPINGS, CHANGEABLE, _CALLED)
)
_KEYS, _PAIRS = (
    frozenset(id(kind) for kind, (_, part) in VIEWS.items() if part == name)
    for name in ("keys", "items")
)
_FACTORY_NAMES = {id(factory): name for name, factory in FACTORIES.items()}


class DefaultLost(BaseException):
    """A default is asked for that code would have to make which did not cross."""


class LostFactory:
    """Stands for what makes the values that a `defaultdict` lacks, where that is code."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self) -> Any:
        raise DefaultLost(
            "a key is missing in a defaultdict whose default is made by code "
            f"({self.name}), which does not cross: a type such as int or list does"
        )

    def __repr__(self) -> str:
        return f"<{self.name}>"


def is_container(kind: type) -> bool:
    """Whether a type is one of those that hold other values."""
    return id(kind) in _CONTAINERS or fields_of(kind) is not None


def is_mapping(kind: type) -> bool:
    """Whether a type is one of those that hold pairs."""
    return id(kind) in _MAPPINGS


def is_keys(kind: type) -> bool:
    """Whether a type is one of those that show a dict's keys."""
    return id(kind) in _KEYS


def has_pairs(kind: type) -> bool:
    """Whether a type is one of those that hold pairs, or show a dict's."""
    return id(kind) in _MAPPINGS or id(kind) in _PAIRS


def is_set(kind: type) -> bool:
    """Whether a type is one of those that hold each value once, in no order."""
    return id(kind) in _SETS


def is_tuple(kind: type) -> bool:
    """Whether a type is the tuple or derived from it; none of its code is run to tell."""
    return issubclass(kind, tuple)


def is_changeable(kind: type) -> bool:
    """Whether a type is one of those that can be given other parts."""
    return id(kind) in _CHANGEABLE


def items_of(mapping: Any) -> Iterable[tuple[Any, Any]]:
    """Return the pairs of what has them, by no method that can be exchanged, as a Counter's can."""
    if id(type(mapping)) in _PAIRS:
        return mapping  # type: ignore[no-any-return]
    items: Any = OrderedDict.items if type(mapping) is OrderedDict else dict.items
    return items(mapping)  # type: ignore[no-any-return]


def parts_of(value: Any) -> Iterable[Any]:
    """Return all that a container holds: of pairs the keys, and then the values."""
    if is_tuple(type(value)):
        return tuple.__iter__(value)
    if not has_pairs(type(value)):
        return value  # type: ignore[no-any-return]
    pairs = items_of(value)
    return [*(key for key, _ in pairs), *(part for _, part in pairs)]


def besides(value: Any) -> Any:
    """Return what a container has beside its parts: a default, or a greatest length."""
    if type(value) is defaultdict:
        return value.default_factory
    return value.maxlen if type(value) is deque else None


def factory_name(factory: Any) -> str | None:
    """Return the name by which a `defaultdict`'s factory crosses, if it does."""
    return _FACTORY_NAMES.get(id(factory))


def refill(target: Any, content: Any) -> None:
    """Give a container what another one of its type holds."""
    target.clear()
    if is_mapping(type(target)):
        for key, part in content.items():  # a Counter would add what it is updated with
            target[key] = part
    else:
        target.update(content) if type(target) is set else target.extend(content)
    if type(target) is defaultdict:
        target.default_factory = content.default_factory


def brackets(value: Any, factory: Callable[[Any], str] = repr) -> tuple[str, str]:
    """Return what is written around a container's parts.

    Args:
        value: the container.
        factory: how what makes defaults is written.
    """
    kind = type(value)
    if id(kind) not in _CONTAINERS:  # named tuples
        return f"{kind.__name__}(", ")"
    opening, closing = BRACKETS[kind]
    if kind is defaultdict:
        return f"{opening}{factory(value.default_factory)}, {{", closing
    if not value and id(kind) in _EMPTY:
        return f"{kind.__name__}(", ")"
    if kind is deque and value.maxlen is not None:
        return opening, f"], maxlen={value.maxlen})"
    return opening, closing


def written(
    value: Any, around: tuple[str, str], parts: Iterable[Any], write: Callable[[Any], Iterable[str]]
) -> Iterator[str]:
    """Yield the text of a container, part by part, so that whoever has enough need not have all.

    Args:
        value: the container.
        around: what stands around its parts.
        parts: these, of a mapping the keys, in the order in which they are written.
        write: returns the text of a part.
    """
    kind = type(value)
    names = fields_of(kind) or ()
    yield around[0]
    for number, part in enumerate(parts):
        yield ", " if number else ""
        yield f"{names[number]}=" if names else ""
        yield from write(part)
        if is_mapping(kind):
            yield ": "
            yield from write(value[part])
    yield "," if kind is tuple and len(value) == 1 else ""
    yield around[1]


def in_order(counter: Counter[Any]) -> Iterable[Any]:
    """Return a Counter's elements as Python writes them: the most common first, if it can be."""
    try:
        return [element for element, _ in counter.most_common()]
    except (TypeError, ValueError):  # arrays have no order
        return counter
