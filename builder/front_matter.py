"""The front matter of a statement: YAML, read with the place of each value, and no surprises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from .errors import BuildError

_FENCE = "---"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NUMBER = re.compile(r"\d+(\.\d*)?|\.\d+")
_POLICIES = ("hidden", "after-pass", "after-n-runs", "on-request")
# In less, a slow machine may not get a call of nothing there and back.
_LEAST_SECONDS, _MOST_SECONDS = 0.1, 600
_MOST_RUNS = 1000
KEYS = (
    "title",
    "slug",
    "difficulty",
    "language",
    "tags",
    "entry_points",
    "call_seconds",
    "run_seconds",
    "offline",
    "show_expected",
    "share",
    "solution_policy",
    "after_runs",
    "related",
)
# Those without a usual value, as they may be written.
_ASKED_FOR = {
    "title": "title: …",
    "slug": "slug: …",
    "difficulty": "difficulty: …",
    "entry_points": "entry_points: [one, two]",
}

# What YAML takes a value for that has no quotes.
_KINDS = {
    "null": "empty",
    "bool": "true or false",
    "int": "a number",
    "float": "a number",
    "timestamp": "a date",
    "seq": "a list",
    "map": "a table of keys",
    "str": "a text",
}


@dataclass(frozen=True)
class FrontMatter:
    """The front matter: the YAML node of every key."""

    path: Path
    values: dict[str, yaml.Node]
    lines: dict[str, int]

    def error(self, key: str, cause: str, remedy: str, at: yaml.Node | None = None) -> BuildError:
        """Make an error at a key's line, or at that of a value."""
        line = _line(at.start_mark) if at else self.lines.get(key, 1)
        return BuildError(f"`{key}` {cause}", remedy, self.path, line)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text on one line."""
        if default is not None and key not in self.values:
            return default
        node = self.values[key]
        text = " ".join(self._text(key, node, "must be a text").split())
        if not text:
            raise self.error(key, "must be a text, and it is empty", f"Write `{key}: …`.")
        return text

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return a list of texts."""
        if default is not None and key not in self.values:
            return default
        node = self.values[key]
        must = "must be a list of texts"
        if not isinstance(node, yaml.SequenceNode):
            shown = node.value if isinstance(node, yaml.ScalarNode) and node.value else "one, two"
            raise self.error(key, f"{must}, and is {_kind(node)}", f"Write `{key}: [{shown}]`.")
        return tuple(self._text(key, item, must).strip() for item in node.value)

    def seconds(self, key: str, default: float) -> float:
        """Return a number of seconds."""
        node = self.values.get(key)
        if node is None:
            return default
        remedy = f"Write `{key}: {default:g}`, without quotes and unit."
        # As it is written: YAML takes 010 for 8, and 1:30 for 90.
        written = node.value if isinstance(node, yaml.ScalarNode) and node.style is None else ""
        if not _NUMBER.fullmatch(written):
            raise self.error(key, "must be a number of seconds", remedy)
        if not _LEAST_SECONDS <= float(written) <= _MOST_SECONDS:
            cause = f"must be a number of seconds, from {_LEAST_SECONDS} to {_MOST_SECONDS}"
            raise self.error(key, cause, remedy)
        return float(written)

    def flag(self, key: str, default: bool) -> bool:
        """Return what is true or false."""
        node = self.values.get(key)
        if node is None:
            return default
        if _tag(node) != "bool":
            remedy = f"Write `{key}: true` or `{key}: false`, without quotes."
            raise self.error(key, "must be true or false", remedy)
        return str(node.value).lower() in ("true", "yes", "on")

    def links(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return a table of texts and the addresses that they link to."""
        node = self.values.get(key)
        if node is None:
            return ()
        if not isinstance(node, yaml.MappingNode):
            remedy = f"Write below `{key}:`, each on a line of its own, `  A title: ../its-place/`."
            raise self.error(key, f"must be titles and addresses, and is {_kind(node)}", remedy)
        return tuple((self._title(key, title), self._address(key, at)) for title, at in node.value)

    def _title(self, key: str, node: yaml.Node) -> str:
        title = self._text(key, node, "must have texts as titles").strip()
        if not title:
            raise self.error(key, "has a link without a title", "Write it before the colon.", node)
        return title

    def _address(self, key: str, node: yaml.Node) -> str:
        address = self._text(key, node, "must have addresses").strip()
        try:
            scheme = urlsplit(address).scheme
        except ValueError:  # brackets that are not closed
            scheme = "unknown"
        # A browser takes \\ for /, and www.example.org for a file here.
        is_elsewhere = address.lower().startswith(("//", "www.")) or "\\" in address
        if not address or scheme not in ("", "https", "http") or is_elsewhere:
            remedy = "Write an address that begins https://, or one from here, as ../its-place/."
            raise self.error(key, f"leads to {address!r}, where no page is", remedy, node)
        return address

    def policy(self) -> tuple[str, int]:
        """Return when the solution may be seen, and after how many runs where it is that."""
        written = self.values.get("solution_policy")
        policy = str(written.value) if written else "hidden"
        if written and policy not in _POLICIES:
            shown = repr(policy) if isinstance(written, yaml.ScalarNode) else _kind(written)
            raise self.error("solution_policy", f"is {shown}", f"Known: {', '.join(_POLICIES)}.")
        count, is_counted = self.values.get("after_runs"), policy == "after-n-runs"
        if is_counted and count is None:
            remedy = "Write `after_runs: 3` below it, or another number of runs."
            raise self.error("solution_policy", "says after how many runs by another key", remedy)
        if count is None:
            return policy, 0
        if not is_counted:
            remedy = "Write `solution_policy: after-n-runs`, or leave `after_runs` out."
            raise self.error("after_runs", f"has no say where the policy is {policy}", remedy)
        runs = str(count.value) if _tag(count) == "int" else ""
        if not runs.isascii() or not runs.isdigit() or not 1 <= int(runs) <= _MOST_RUNS:
            must = f"must be a number of runs, from 1 to {_MOST_RUNS}"
            raise self.error("after_runs", must, "Write `after_runs: 3`.")
        return policy, int(runs)

    def slug(self) -> str:
        """Return the exercise's name in addresses."""
        value = self.text("slug")
        if not _SLUG.fullmatch(value):
            remedy = "Use lower-case letters, digits and single hyphens."
            raise self.error("slug", f"is {value!r}, which cannot be a name in an address", remedy)
        return value

    def _text(self, key: str, node: yaml.Node, must: str) -> str:
        if _tag(node) == "str" and not "".join(node.value.split()).isprintable():
            remedy = "Take it out. A backslash in double quotes may make one: use single quotes."
            raise self.error(key, "holds a control character", remedy, node)
        if _tag(node) == "str":
            return str(node.value)
        written = node.value if isinstance(node, yaml.ScalarNode) else ""
        remedy = f"Write `{key}: …`."
        if written and isinstance(node, yaml.ScalarNode):
            remedy = f'Put it in quotes: "{written}".'
        kind = _kind(node)
        what = f"YAML reads {written} as {kind}" if written else f"it is {kind}"
        raise self.error(key, f"{must}, and {what}", remedy, node)


def read_front_matter(path: Path, text: str) -> tuple[FrontMatter, str, int]:
    """Return the front matter of a statement, the rest, and the line that the rest begins on.

    Raises:
        BuildError: if there is none, or it says something that it cannot.
    """
    lines = text.split("\n")
    fences = [number for number, line in enumerate(lines) if line.strip() == _FENCE][:2]
    if not fences or fences[0] != 0:
        remedy = "Begin the file with `---`, then `title: …` and so on, then `---`."
        raise BuildError("there is no front matter", remedy, path, 1)
    if len(fences) < 2:
        remedy = "Write `---` on a line of its own below its last key."
        raise BuildError("the front matter has no end", remedy, path, 1)
    matter = _front_matter(path, lines[1 : fences[1]])
    return matter, "\n".join(lines[fences[1] + 1 :]), fences[1] + 2


def _front_matter(path: Path, lines: list[str]) -> FrontMatter:
    if "..." in (stripped := [line.strip() for line in lines]):
        cause = "the front matter is not YAML: `...` ends it too early"
        raise BuildError(cause, "Leave the line out.", path, stripped.index("...") + 2)
    node = _composed(path, lines)
    if not isinstance(node, yaml.MappingNode) or not node.value:
        remedy = "Write one `key: value` per line."
        raise BuildError("the front matter has no keys", remedy, path, 1)
    matter = FrontMatter(path, {}, {})
    for key, value in node.value:
        _add(matter, key, value)
        for scalar in value.value if isinstance(value, yaml.SequenceNode) else [value]:
            _refuse_cut_text(matter, key.value, scalar, lines)
    _refuse_missing(matter)
    return matter


def _refuse_missing(matter: FrontMatter) -> None:
    missing = [key for key in _ASKED_FOR if key not in matter.values]
    if missing:
        names = " and ".join(f"`{key}`" for key in missing)
        cause = f"{names} {'is' if len(missing) == 1 else 'are'} missing in the front matter"
        lines = " and ".join(f"`{_ASKED_FOR[key]}`" for key in missing)
        raise BuildError(cause, f"Add {lines}; each key has a line of its own.", matter.path, 1)


def _add(matter: FrontMatter, key: yaml.Node, value: yaml.Node) -> None:
    line = _line(key.start_mark)
    name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
    if name not in KEYS:
        matter.lines.setdefault(name, line)
        raise matter.error(name, "is not a known key", _known(name))
    if name in matter.lines:
        cause = f"`{name}` is given a second time, after line {matter.lines[name]}"
        raise BuildError(cause, "Keep one of the two.", matter.path, line)
    matter.lines[name] = line
    matter.values[name] = value


def _known(name: str) -> str:
    plain = re.sub(r"[\s-]+", "_", name.strip().lower())
    meant = get_close_matches(plain, KEYS, n=1, cutoff=0.7)
    return f"Did you mean `{meant[0]}`?" if meant else f"Known: {', '.join(KEYS)}."


def _refuse_cut_text(matter: FrontMatter, key: str, node: yaml.Node, lines: list[str]) -> None:
    """Refuse `title: Part #2`, of which YAML keeps `Part`: a comment has a blank after its sign."""
    if not isinstance(node, yaml.ScalarNode) or node.style is not None:
        return
    rest = lines[node.end_mark.line][node.end_mark.column :]
    if re.match(r"\s+#\S", rest):
        cause = f"is cut: for YAML a comment begins at{rest.rstrip()}"
        raise matter.error(key, cause, "Put the whole text in quotes.", node)


# ----------------------------------------------------------------------------------------- YAML


# What ends a line for YAML, and for nobody else here.
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


def _composed(path: Path, lines: list[str]) -> yaml.Node | None:
    """Return the nodes of the front matter; what cannot be read is refused at its line."""
    for number, text in enumerate(lines, 2):
        if end := _LINE_ENDS.search(text):
            cause = f"there is a line end that few editors show (U+{ord(end[0]):04X})"
            raise BuildError(cause, "Delete it, or type the line anew.", path, number)
    try:
        node: yaml.Node | None = yaml.compose("\n".join(lines), Loader=yaml.SafeLoader)
    except yaml.reader.ReaderError as problem:
        line = "\n".join(lines)[: problem.position].count("\n") + 2
        sign = f"U+{problem.character:04X}"
        cause = f"the front matter is not YAML: there is a control character ({sign})"
        raise BuildError(cause, "Delete it, or type the line anew.", path, line) from None
    except yaml.MarkedYAMLError as problem:
        raise _unreadable(path, problem, lines) from None
    return node


def _unreadable(path: Path, problem: yaml.MarkedYAMLError, lines: list[str]) -> BuildError:
    """Return the error for what YAML complains of: it complains where it gave up, often later."""
    context, begin = problem.context or "", problem.context_mark or problem.problem_mark
    if "flow" in context:
        opening, closing = ("[", "]") if "sequence" in context else ("{", "}")
        told = (f"`{opening}` is not closed", f"Close it with `{closing}`.", begin)
    elif "block mapping start" in (problem.problem or ""):
        told = (*_INDENTED, problem.problem_mark)
    elif "mapping values" in (problem.problem or ""):
        told = _too_many_colons(problem.problem_mark, lines)
    elif problem.problem_mark and "expected <block end>" in (problem.problem or ""):
        told = (*_out_of_place(problem.problem_mark, lines), problem.problem_mark)
    else:
        here = problem.problem_mark
        text = f"{context} {problem.problem}"
        if here and here.line < len(lines) and lines[here.line].startswith("\t"):
            text = "'\\t'"
        known = (entry for sign, entry in _COMPLAINTS.items() if sign in text)
        cause, remedy, at_begin = next(known, (problem.problem, _QUOTES, False))
        told = (str(cause), remedy, begin if at_begin else here)
    return BuildError(f"the front matter is not YAML: {told[0]}", told[1], path, _line(told[2]))


_QUOTES = "Put texts with a colon or another sign into quotes."
_INDENTED = ("this line is indented", "Begin each key where its line begins.")
_SIGN = ("a text begins with a sign that YAML keeps for itself", "Put it in quotes.", False)
# By a part of YAML's complaint: cause, remedy, and whether it is where YAML began to read.
_COMPLAINTS = {
    "'\\t'": ("there is a tab", "Write blanks in its place.", False),
    "unknown escape": (
        "there is a backslash in double quotes",
        "Use single quotes, in which it is itself.",
        False,
    ),
    "quoted scalar": ("a quote is not closed", "Close it, or double each one inside.", True),
    "expected ':'": (
        "this line is no `key: value`",
        "Write a colon and a blank behind the key.",
        True,
    ),
    "cannot start any token": _SIGN,
    "alphabetic or numeric": _SIGN,
    "expected the node content": _SIGN,
    "entries are not allowed": _SIGN,
    "undefined alias": _SIGN,
    "tag": _SIGN,
}


def _out_of_place(mark: yaml.Mark, lines: list[str]) -> tuple[str, str]:
    """Return what is wrong with something that stands where a key has to."""
    before, rest = lines[mark.line][: mark.column].strip(), lines[mark.line][mark.column :]
    if rest[:1] in ("]", "}"):
        return f"there is a `{rest[0]}` too many", "Take it out."
    if before.endswith(("]", "}")):
        return f"there is text behind a `{before[-1]}`", "Put the whole text in quotes."
    if before:
        text = "there is text behind a quote that ends"
        return text, "Double each quote inside, or use the other kind around."
    if rest[:1] == "-":
        remedy = "Write a list behind its key, in brackets: `tags: [one, two]`."
        return "a line of a list stands where a key has to", remedy
    return _INDENTED


def _too_many_colons(mark: yaml.Mark | None, lines: list[str]) -> tuple[str, str, yaml.Mark | None]:
    line = lines[mark.line] if mark else ""
    if line[:1].isspace():
        return (*_INDENTED, mark)
    if mark and line.find(":") == mark.column:  # the key's own: what is above goes on to here
        above = yaml.Mark("", 0, mark.line - 1, 0, None, 0)
        return "this line is no `key: value`", "Write a colon and a blank behind the key.", above
    return "a text holds a colon", "Put texts with a colon into quotes.", mark


def _line(mark: yaml.Mark | None) -> int:
    """Return the line in the file, where one stands above the front matter."""
    return mark.line + 2 if mark else 1


def _tag(node: yaml.Node) -> str:
    return str(node.tag).rpartition(":")[2]


def _kind(node: yaml.Node) -> str:
    return _KINDS.get(_tag(node), f"something of its own ({node.tag})")
