"""The front matter: its mistakes, and YAML's surprises, are told with line, cause and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.errors import BuildError
from builder.exercise import Exercise, read_exercise

from .squares import FRONT, PROBLEM, write_exercise


def read(folder: Path, text: str) -> Exercise:
    """Read the squares exercise with another problem.md."""
    return read_exercise(write_exercise(folder, {"problem.md": text}))


# A whole problem.md; line, cause and remedy.
NO_FRONT_MATTER = {
    "none": ("# A", 1, "no front matter", "`---`"),
    "an empty file": ("", 1, "no front matter", "`---`"),
    "below an empty line": ("\n" + PROBLEM, 1, "no front matter", "Begin the file with `---`"),
    "TOML's": ("+++\ntitle = 'a'\n+++\n", 1, "no front matter", "Begin the file with `---`"),
    "no end": ("---\na: b\n", 1, "has no end", "below its last key"),
    "no keys": ("---\na\n---\n", 1, "no keys", "`key: value`"),
    "nothing in it": ("---\n\n---\n", 1, "no keys", "`key: value`"),
    "a list": ("---\n- title: a\n---\n", 1, "no keys", "`key: value`"),
    "no title": (PROBLEM.replace("title: Squares\n", ""), 1, "`title` is missing", "`title: …`"),
    "no slug": (PROBLEM.replace("slug: squares\n", ""), 1, "`slug` is missing", "`slug: …`"),
    "no entry point": (
        PROBLEM.replace("entry_points: [f]\n", ""),
        1,
        "`entry_points` is missing",
        "`entry_points: [one, two]`",
    ),
    "several keys": (
        "---\ntitle: a\n---\n",
        1,
        "`slug` and `difficulty` and `entry_points` are missing",
        "`slug: …` and `difficulty: …` and `entry_points: [one, two]`",
    ),
}
# A line in place of the title's, which is the second of the file.
TITLES = {
    "title: a: b": ("a text holds a colon", "quotes"),
    "title: C: an introduction": ("a text holds a colon", "quotes"),
    "title: [a": ("`[` is not closed", "`]`"),
    "title: {a": ("`{` is not closed", "`}`"),
    "title: 'a": ("a quote is not closed", "Close it"),
    'title: "a': ("a quote is not closed", "Close it"),
    "title: 'it's'": ("behind a quote that ends", "Double each quote"),
    'title: "\\alpha"': ("a control character", "single quotes"),
    'title: "\\log"': ("a backslash in double quotes", "single quotes"),
    "title:Squares": ("this line is no `key: value`", "a colon and a blank"),
    "title Squares": ("this line is no `key: value`", "a colon and a blank"),
    "title: @a": ("a sign that YAML keeps for itself", "in quotes"),
    "title: `a`": ("a sign that YAML keeps for itself", "in quotes"),
    "title: *a* b": ("a sign that YAML keeps for itself", "in quotes"),
    "title: - a": ("a sign that YAML keeps for itself", "in quotes"),
    "title: %a": ("a sign that YAML keeps for itself", "in quotes"),
    "title:\t\ta": ("there is a tab", "blanks"),
    "title: a\7": ("a control character (U+0007)", "Delete it"),
    "# a\u2028": ("a line end that few editors show (U+2028)", "Delete it"),
    "title: a\u0085": ("a line end that few editors show (U+0085)", "Delete it"),
    "...": ("`...` ends it too early", "Leave the line out"),
    "title: 5": ("YAML reads 5 as a number", 'quotes: "5"'),
    "title: 1.10": ("YAML reads 1.10 as a number", 'quotes: "1.10"'),
    "title: yes": ("YAML reads yes as true or false", 'quotes: "yes"'),
    "title: Off": ("YAML reads Off as true or false", 'quotes: "Off"'),
    "title: 2024-12-25": ("YAML reads 2024-12-25 as a date", 'quotes: "2024-12-25"'),
    "title: 2024-13-45": ("YAML reads 2024-13-45 as a date", 'quotes: "2024-13-45"'),
    "title: null": ("YAML reads null as empty", 'quotes: "null"'),
    "title:": ("it is empty", "`title: …`"),
    "title: ''": ("it is empty", "`title: …`"),
    "title: [a, b]": ("it is a list", "`title: …`"),
    "title: !x a": ("something of its own (!x)", 'quotes: "a"'),
    "title: Part #2": ("is cut: for YAML a comment begins at #2", "the whole text in quotes"),
    "Title: Squares": ("`Title` is not a known key", "Did you mean `title`?"),
    "titel: Squares": ("`titel` is not a known key", "Did you mean `title`?"),
    "? [a]": ("is not a known key", "Known: title, slug"),
}
# A line below the four of the squares exercise: the sixth of the file.
MORE = {
    "colour: red": ("`colour` is not a known key", "Known: title, slug"),
    "entry-points: [f]": ("`entry-points` is not a known key", "Did you mean `entry_points`?"),
    "Call Seconds: 5": ("`Call Seconds` is not a known key", "Did you mean `call_seconds`?"),
    "title: Cubes": ("`title` is given a second time, after line 2", "Keep one"),
    "\ttags: [a]": ("there is a tab", "blanks"),
    "  tags: [a]": ("this line is indented", "where its line begins"),
    "tags: a": ("must be a list of texts, and is a text", "`tags: [a]`"),
    "tags: [a, 5]": ("YAML reads 5 as a number", 'quotes: "5"'),
    "tags: [a, no]": ("YAML reads no as true or false", 'quotes: "no"'),
    "tags: [[a]]": ("it is a list", "`tags: …`"),
    "- a": ("a line of a list stands where a key has to", "in brackets: `tags: [one, two]`"),
    "  - a": ("a line of a list stands where a key has to", "behind its key"),
    "- a: b": ("a line of a list stands where a key has to", "behind its key"),
    "tags: [a]]": ("there is a `]` too many", "Take it out"),
    "tags: [a] b": ("there is text behind a `]`", "in quotes"),
    "related: {A: ../a/} b": ("there is text behind a `}`", "in quotes"),
    "tags: [a, b": ("`[` is not closed", "`]`"),
    "language: 2020-13-41": ("YAML reads 2020-13-41 as a date", "quotes"),
    "call_seconds: 0": ("a number of seconds, from 0.1 to 600", ": 5`"),
    "call_seconds: 0.001": ("a number of seconds, from 0.1 to 600", ": 5`"),
    "call_seconds: 5s": ("must be a number of seconds", "without quotes and unit"),
    "call_seconds: '5'": ("must be a number of seconds", "without quotes and unit"),
    "call_seconds: 1:30": ("must be a number of seconds", ": 5`"),
    "call_seconds: 0x10": ("must be a number of seconds", ": 5`"),
    "run_seconds: 3600": ("from 0.1 to 600", ": 20`"),
    "run_seconds: .nan": ("must be a number of seconds", ": 20`"),
    "run_seconds: true": ("must be a number of seconds", ": 20`"),
    "run_seconds:": ("must be a number of seconds", ": 20`"),
    "offline: 'no'": ("must be true or false", "`offline: true` or `offline: false`"),
    "share: never": ("must be true or false", "`share: true` or `share: false`"),
    "offline: 0": ("must be true or false", "without quotes"),
    "solution_policy: no": ("is 'no'", "Known: hidden"),
    "solution_policy: [hidden]": ("is a list", "Known: hidden"),
    "solution_policy:": ("is ''", "Known: hidden"),
    "solution_policy: after-n-runs": ("after how many runs", "`after_runs: 3`"),
    "related: [a]": ("must be titles and addresses, and is a list", "`  A title: ../its-place/`"),
    "related: {A: 'javascript:a()'}": ("where no page is", "https://"),
    "related: {A: '\\\\example.org/'}": ("where no page is", "https://"),
    "related: {A: '/\\example.org/'}": ("where no page is", "https://"),
    "related: {A: 'http://[x'}": ("where no page is", "https://"),
    "related: {A: www.example.org/roots}": ("where no page is", "https://"),
    "related: {A: mailto:a@example.org}": ("where no page is", "https://"),
    "related: {' ': ../cubes/}": ("a link without a title", "before the colon"),
    "related: {A: 5}": ("YAML reads 5 as a number", 'quotes: "5"'),
    "after_runs: 3": ("no say where the policy is hidden", "`solution_policy: after-n-runs`"),
    "after_runs: 0\nsolution_policy: after-n-runs": ("from 1 to 1000", "`after_runs: 3`"),
    "after_runs: many\nsolution_policy: after-n-runs": ("a number of runs", "`after_runs: 3`"),
}
SLUGS = {
    "slug: A b": ("'A b', which cannot be a name in an address", "hyphens"),
    "slug: a--b": ("'a--b'", "hyphens"),
    "slug: ../a": ("'../a'", "hyphens"),
}
ENTRY_POINTS = {
    "entry_points: []": ("is empty", "Name the function"),
    "entry_points: [f, f]": ("names a function twice", "Name each once"),
    "entry_points: f": ("must be a list of texts, and is a text", "`entry_points: [f]`"),
    "entry_points: [f(x)]": ("'f(x)', which names no function", "the bare name"),
    "entry_points: [lambda]": ("'lambda', which names no function", "the bare name"),
}
ROWS = {
    **NO_FRONT_MATTER,
    **{
        line: (PROBLEM.replace(old, line), number, cause, remedy)
        for old, number, table in (
            ("title: Squares", 2, TITLES),
            ("slug: squares", 3, SLUGS),
            ("entry_points: [f]", 5, ENTRY_POINTS),
        )
        for line, (cause, remedy) in table.items()
    },
    **{
        f"more: {line}": (PROBLEM.replace(FRONT, f"{FRONT}{line}\n"), 6, cause, remedy)
        for line, (cause, remedy) in MORE.items()
    },
}


@pytest.mark.parametrize("name", ROWS)
def test_what_is_wrong_with_the_front_matter_is_told_on_its_line(name: str, tmp_path: Path) -> None:
    text, line, cause, remedy = ROWS[name]
    with pytest.raises(BuildError) as caught:
        read(tmp_path, text)
    assert caught.value.file == tmp_path / "problem.md"
    assert (caught.value.line, cause in caught.value.cause) == (line, True), str(caught.value)
    assert remedy in caught.value.remedy


def test_an_item_of_a_list_is_told_on_its_own_line(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="YAML reads no as") as caught:
        read(tmp_path, PROBLEM.replace(FRONT, f"{FRONT}tags:\n  - yes, please\n  - no\n"))
    assert caught.value.line == 8


def test_a_key_or_an_item_beside_a_list_is_told_on_its_own_line(tmp_path: Path) -> None:
    for line, cause in (("- b", "a line of a list stands"), ("  b: c", "this line is indented")):
        with pytest.raises(BuildError, match=cause) as caught:
            read(tmp_path, PROBLEM.replace(FRONT, f"{FRONT}tags:\n  - a\n{line}\n"))
        assert caught.value.line == 8


def test_what_yaml_says_in_other_ways_is_taken(tmp_path: Path) -> None:
    exercise = read(
        tmp_path,
        "\ufeff---\n# a comment\ntitle: >\n  Squares of\n  C# and C++\nslug: 'a-1'  # why\n"
        "difficulty: It's \"easy\"\nentry_points:\n- f\ntags: [C#, 'no', a b]\noffline: off\n"
        "call_seconds: 010\nrun_seconds: 2.50\n---   \nText\x0c\u2028\n",
    )
    assert exercise.title == "Squares of C# and C++"
    assert (exercise.slug, exercise.difficulty) == ("a-1", 'It\'s "easy"')
    assert exercise.tags == ("C#", "no", "a b")
    assert (exercise.call_seconds, exercise.run_seconds, exercise.offline) == (10, 2.5, False)
    assert (exercise.statement, exercise.statement_line) == ("Text\x0c\u2028\n", 15)
