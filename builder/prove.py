"""Prove an exercise before it ships: the tests accept what is right and catch what is wrong.

It is proved where it runs: by the page's engine, in WebAssembly. What was proved before is taken
over from the cache, file by file.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from .cache import key_of
from .engine import exercise_archive
from .exercise import Exercise, WrongSolution
from .explore import drawing_parts, is_unread, prove_explore
from .grade import Exchange, Grading, Judge
from .judges import Judges
from .progress import Counter
from .refusals import refuse_broken, refuse_starter, refuse_tests, refuse_uncaught
from .revealed import holds, revealing_tests, revealing_titles
from .toolchain import Toolchain

# Of a reference that leans on chance, so many answers more to each call: of a hundred that have two
# outcomes, one is not seen to have them.
_MORE_CHANCE = 6
# The index of the call that a test fails on, and what tells the mistake in its answer.
Tell = tuple[int, float | str | None]


@dataclass
class Proof:
    """What the proof recorded, for the judge: see `grading.judge.mistakes.Answers`.

    Attributes:
        charts: what `explore.py` draws of the reference, where there is one.
        by_chance: per test, the places of calls that have no one right answer.
    """

    tests: list[dict[str, str]]
    reference: dict[str, list[Any]] = field(default_factory=dict)
    planted: list[dict[str, Any]] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    revealing: list[str] = field(default_factory=list)
    charts: list[Any] | None = None
    by_chance: dict[str, list[int]] = field(default_factory=dict)

    def facts(self) -> dict[str, Any]:
        """Return the contents of ``judge.json``."""
        return {
            "tests": self.tests,
            "answers": {
                "reference": self.reference,
                "planted": self.planted,
                "mistakes": self.mistakes,
                "by_chance": self.by_chance,
            },
        }


def prove(exercise: Exercise, toolchain: Toolchain) -> Proof:
    """Prove an exercise; only what has changed since it was proved last is run again.

    Raises:
        BuildError: if the reference fails, the starter cannot be imported or passes, or a wrong
            solution is not caught by a test that it names.
    """
    prover = _Prover(exercise, toolchain)
    proof = prover.recorded()
    if proof is not None:
        toolchain.say("exercise proved before, unchanged since")
    else:
        with Judges(exercise, toolchain, prover.count_unknown()) as judges:
            proof = prover.prove(judges)
    if not exercise.show_expected:
        for warning in _warnings(proof):
            toolchain.say(f"warning: {warning}")
    return proof


def _warnings(proof: Proof) -> Iterator[str]:
    """Yield what authors' own words give away, though the exercise keeps back what is right."""
    said = "which `show_expected: false` does not keep back: say it in other words"
    for test in dict.fromkeys(proof.revealing):
        yield f"a message of {test} holds an expected value, {said}"
    for test in dict.fromkeys(revealing_titles(proof.tests, proof.reference)):
        kept = "which `show_expected: false` does not keep back: name its cases by `ids`"
        yield f"a case of {test} has an expected value in its name, {kept}"
    right = [tree for trees in proof.reference.values() for tree in trees]
    for mistake in proof.mistakes:
        if holds(mistake, right):
            yield f"the mistake “{mistake}” holds an expected value, {said}"


class _Prover:
    """One proof under way."""

    def __init__(self, exercise: Exercise, toolchain: Toolchain) -> None:
        self.exercise, self.toolchain = exercise, toolchain
        limits = repr([exercise.entry_points, exercise.call_seconds, exercise.run_seconds])
        own = Path(__file__).read_bytes()
        engine = key_of(toolchain.engine_key, own, limits)
        base = key_of(engine, exercise_archive(exercise))
        self.reference_key = key_of("reference", base, exercise.solution_path.read_bytes())
        # Read once: who saves a wrong solution meanwhile has it proved anew the next time.
        self.texts = {each: each.path.read_text("utf-8-sig") for each in exercise.wrong_solutions}
        names = [wrong.path.name for wrong in exercise.wrong_solutions]
        self.explore_key = key_of("explore", engine, *drawing_parts(exercise))
        self.starter_key = key_of("starter", self.reference_key, exercise.starter)
        own_key = key_of(
            "proof", self.reference_key, exercise.starter, *self.texts.values(), repr(names)
        )
        self.key = key_of(own_key, self.explore_key)

    def recorded(self) -> Proof | None:
        """Return the proof of just these files, if there is one."""
        record = self.toolchain.cache.recorded("proofs", self.key)
        return None if record is None else Proof(**record)

    def count_unknown(self) -> int:
        """Return how many wrong solutions are to be run."""
        recorded = (
            self.toolchain.cache.recorded("proofs", self._key(t)) for t in self.texts.values()
        )
        return sum(each is None for each in recorded)

    def prove(self, judges: Judges) -> Proof:
        """Prove it, on judges that do side by side what waits for nothing of one another."""
        part, say = partial(self._part, judges), self.toolchain.say
        explore = self.exercise.explore
        if explore and is_unread(explore):  # a slip in it need not wait for all the rest
            part(self.explore_key, self._charts).result()
        reference = part(self.reference_key, self._reference)
        charts = part(self.explore_key, self._charts) if explore else None
        proof = Proof(**reference.result())
        judges.adopt(proof.facts())
        say(f"solution.py passes all {len(proof.tests)} tests")
        starter = part(self.starter_key, partial(self._starter, proof))
        wrong = {
            each: part(self._key(text), partial(self._catch, each, text, proof))
            for each, text in self.texts.items()
        }
        proof.revealing += starter.result()
        say("starter.py imports and does not pass")
        self._add_all(wrong, proof)
        if charts is not None:
            proof.charts = charts.result()
            say(f"explore.py draws {len(charts.result())} charts of solution.py")
        self.toolchain.cache.record("proofs", self.key, asdict(proof))
        return proof

    def _part(self, judges: Judges, key: str, find: Callable[[Judge], Any]) -> Future[Any]:
        """Return what is to be found of the exercise: taken from the cache, or left to a judge."""
        cache = self.toolchain.cache
        known = cache.recorded("proofs", key)
        if known is not None:
            before: Future[Any] = Future()
            before.set_result(known)
            return before

        def found(judge: Judge) -> Any:
            # A refusal is never kept: it may be chance (a machine that was busy), and is run again.
            cache.record("proofs", key, value := find(judge))
            return value

        return judges.submit(found)

    def _reference(self, judge: Judge) -> dict[str, Any]:
        """Return the proof that the reference passes, whatever chance does, with its answers."""
        refuse_tests(self.exercise, judge)
        proof = Proof(tests=judge.tests, reference=self._answers(judge))
        # A second time, over the same answers and under other chance: who leans on it shows.
        judge.adopt({**proof.facts(), "is_proof": True})
        others = [self._answers(judge)]
        proof.by_chance = _by_chance(proof.reference, others)
        if proof.by_chance:
            others += [self._answers(judge) for _ in range(_MORE_CHANCE)]
            proof.by_chance = _by_chance(proof.reference, others)
        return asdict(proof)

    def _answers(self, judge: Judge) -> dict[str, list[Any]]:
        grading = judge.grade(self.exercise.solution_path.read_text("utf-8-sig"))
        refuse_broken(self.exercise, grading)
        return {
            test: [_answered(exchange) for exchange in record.exchanges]
            for test, record in grading.records.items()
        }

    def _starter(self, proof: Proof, judge: Judge) -> list[str]:
        """Return the tests whose messages to the starter give away what is right."""
        grading = judge.grade(self.exercise.starter)
        refuse_starter(self.exercise, grading.report)
        return revealing_tests(grading, proof.reference)

    def _charts(self, judge: Judge) -> list[Any]:
        """Return the charts that `explore.py` makes of the reference."""
        return prove_explore(self.exercise, judge)

    def _catch(self, wrong: WrongSolution, text: str, proof: Proof, judge: Judge) -> dict[str, Any]:
        """Return what gives a wrong solution away."""
        grading = judge.grade(text)
        refuse_uncaught(self.exercise, wrong, grading)
        revealing = revealing_tests(grading, proof.reference)
        return {"fails": dict(_fails(grading, proof)), "revealing": revealing}

    def _add_all(self, wrong: Mapping[WrongSolution, Future[Any]], proof: Proof) -> None:
        """Add the wrong solutions, once each is caught, to what tells one mistake from another."""
        with Counter("wrong solutions", len(wrong), self.toolchain.say) as counter:
            for each, caught in wrong.items():
                _add(each, caught.result(), proof)
                counter.advance()
        self.toolchain.say(f"{len(wrong)} wrong solutions are each caught by name")

    def _key(self, text: str) -> str:
        return key_of("wrong", self.reference_key, text)


def _by_chance(
    reference: Mapping[str, list[Any]], others: list[dict[str, list[Any]]]
) -> dict[str, list[int]]:
    """Return per test the places of calls that were answered otherwise at other times."""
    found: dict[str, list[int]] = {}
    for test, trees in reference.items():
        told = [_texts(answers[test]) for answers in others]
        for place, text in enumerate(_texts(trees)):
            if any(texts[place : place + 1] != [text] for texts in told):
                found.setdefault(test, []).append(place)
    return found


def _texts(trees: list[Any]) -> list[str]:
    """Return trees as texts, in which NaN is NaN, and 1 is not True."""
    return [json.dumps(tree) for tree in trees]


def _add(wrong: WrongSolution, caught: dict[str, Any], proof: Proof) -> None:
    if wrong.mistake not in proof.mistakes:
        proof.mistakes.append(wrong.mistake)
    mistake = proof.mistakes.index(wrong.mistake)
    proof.planted.append({"mistake": mistake, "fails": caught["fails"]})
    proof.revealing += caught["revealing"]


def _fails(grading: Grading, proof: Proof) -> Iterator[tuple[str, Tell]]:
    """Yield each test that does not pass, with what tells its failure."""
    from grading.shared import wire  # NumPy comes with it, and takes its time

    for test in grading.report["tests"]:
        if test["outcome"] in ("passed", "not-run"):
            continue
        record = grading.records.get(test["id"])
        if record is None:
            yield test["id"], (-1, None)
            continue
        call, told = len(record.exchanges) - 1, record.telling
        right = proof.reference[test["id"]][call : call + 1]
        known = wire.number(right[0]) if right else None
        if isinstance(told, float) and known is not None and _rounds_to(told, known):
            told = None
        yield test["id"], (call, told)


def _rounds_to(number: float, right: float) -> bool:
    """Whether a number is the right one but for rounding, which no two machines do alike."""
    return math.isclose(number, right, rel_tol=1e-5, abs_tol=1e-6)


def _answered(exchange: Exchange) -> Any:
    """Return the tree of what was answered; a record where it was more than a value."""
    from grading.shared import wire  # NumPy comes with it, and takes its time

    answer = json.loads(exchange.answer)
    is_value = answer["kind"] == "returned" and not answer["changed"] and "stdout" not in answer
    return answer["value"] if is_value else {"t": wire.RECORD, **answer}
