"""Prove an exercise before it ships: the tests accept what is right and catch what is wrong.

It is proved where it runs: by the page's engine, in WebAssembly. What was proved before is taken
over from the cache, file by file.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .cache import key_of
from .caught_by import shown
from .engine import exercise_archive
from .exercise import Exercise, WrongSolution
from .explore import drawing_parts, prove_explore
from .grade import Exchange, Grading, Judge
from .judges import Judges
from .progress import Counter
from .refusals import refuse_broken, refuse_starter, refuse_tests, refuse_uncaught
from .revealed import holds, revealing_tests, revealing_titles
from .toolchain import Toolchain

# The index of the call that a test fails on, and what tells the mistake in its answer.
Tell = tuple[int, float | str | None]


@dataclass
class Proof:
    """What the proof recorded, for the judge: see `grading.judge.mistakes.Answers`.

    Attributes:
        charts: what `explore.py` draws of the reference, where there is one.
    """

    tests: list[dict[str, str]]
    reference: dict[str, list[Any]] = field(default_factory=dict)
    planted: list[dict[str, Any]] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)
    revealing: list[str] = field(default_factory=list)
    charts: list[Any] | None = None

    def facts(self) -> dict[str, Any]:
        """Return the contents of ``judge.json``."""
        return {
            "tests": self.tests,
            "answers": {
                "reference": self.reference,
                "planted": self.planted,
                "mistakes": self.mistakes,
            },
        }


def prove(exercise: Exercise, toolchain: Toolchain) -> Proof:
    """Prove an exercise; only what has changed since it was proved last is run again.

    Raises:
        BuildError: if the reference fails, the starter cannot be imported or passes, or a wrong
            solution is not caught by a test that it names.
    """
    with Judges(exercise, toolchain) as judges:
        prover = _Prover(exercise, toolchain, judges)
        proof = prover.recorded()
        if proof is not None:
            toolchain.say("exercise proved before, unchanged since")
        else:
            proof = prover.prove()
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

    def __init__(self, exercise: Exercise, toolchain: Toolchain, judges: Judges) -> None:
        self.exercise, self.toolchain, self.judges = exercise, toolchain, judges
        limits = repr([exercise.entry_points, exercise.call_seconds, exercise.run_seconds])
        own = Path(__file__).read_bytes()
        engine = key_of(toolchain.engine_key, own, limits)
        base = key_of(engine, exercise_archive(exercise))
        self.reference_key = key_of("reference", base, exercise.solution_path.read_bytes())
        # Read once: who saves a wrong solution meanwhile has it proved anew the next time.
        self.texts = {each: each.path.read_text("utf-8-sig") for each in exercise.wrong_solutions}
        names = [wrong.path.name for wrong in exercise.wrong_solutions]
        self.explore_key = key_of("explore", engine, *drawing_parts(exercise))
        own_key = key_of(
            "proof", self.reference_key, exercise.starter, *self.texts.values(), repr(names)
        )
        self.key = key_of(own_key, self.explore_key)

    def recorded(self) -> Proof | None:
        """Return the proof of just these files, if there is one."""
        record = self.toolchain.cache.recorded("proofs", self.key)
        return None if record is None else Proof(**record)

    def prove(self) -> Proof:
        proof = self._with_reference()
        self._check_starter(proof)
        wrong = self.exercise.wrong_solutions
        with Counter("wrong solutions", len(wrong), self.toolchain.say) as counter:
            caught = self._caught(proof, counter)
        for each in wrong:
            self._add(each, caught[each], proof)
        self.toolchain.say(f"{len(wrong)} wrong solutions are each caught by name")
        proof.charts = self._explored(proof)
        self.toolchain.cache.record("proofs", self.key, asdict(proof))
        return proof

    def _with_reference(self) -> Proof:
        """Return the proof that the reference passes, twice, with what it answers."""
        record = self.toolchain.cache.recorded("proofs", self.reference_key)
        if record is not None:
            proof = Proof(**record)
            self.judges.adopt(proof.facts())
            return proof
        judge = self.judges.first
        refuse_tests(self.exercise, judge)
        proof = Proof(tests=judge.tests, reference=self._reference(judge))
        self.judges.adopt(proof.facts())
        self._reference(judge)  # a second time: a test that leans on chance shows itself
        self.toolchain.say(f"solution.py passes all {len(proof.tests)} tests")
        self.toolchain.cache.record("proofs", self.reference_key, asdict(proof))
        return proof

    def _reference(self, judge: Judge) -> dict[str, list[Any]]:
        grading = judge.grade(self.exercise.solution_path.read_text("utf-8-sig"))
        refuse_broken(self.exercise, grading)
        return {
            test: [_answered(exchange) for exchange in record.exchanges]
            for test, record in grading.records.items()
        }

    def _check_starter(self, proof: Proof) -> None:
        key = key_of("starter", self.reference_key, self.exercise.starter)
        revealing = self.toolchain.cache.recorded("proofs", key)
        if revealing is None:
            grading = self.judges.first.grade(self.exercise.starter)
            refuse_starter(self.exercise, grading.report)
            revealing = revealing_tests(grading, proof.reference)
            self.toolchain.cache.record("proofs", key, revealing)
        proof.revealing += revealing
        self.toolchain.say("starter.py imports and does not pass")

    def _explored(self, proof: Proof) -> list[Any] | None:
        """Return the charts that `explore.py` makes of the reference, if there is one."""
        exercise = self.exercise
        if exercise.explore is None:
            return None
        charts: list[Any] | None = self.toolchain.cache.recorded("proofs", self.explore_key)
        if charts is None:
            charts = prove_explore(exercise, self.judges.first)
            self.toolchain.cache.record("proofs", self.explore_key, charts)
        self.toolchain.say(f"explore.py draws {len(charts)} charts of solution.py")
        return charts

    def _caught(self, proof: Proof, counter: Counter) -> dict[WrongSolution, Any]:
        """Return what gives each wrong solution away; refuse one that is not caught."""
        texts, recorded = self.texts, self.toolchain.cache.recorded

        def catch(judge: Judge, wrong: WrongSolution) -> dict[str, Any]:
            return self._catch(judge, wrong, texts[wrong], proof)

        caught = {each: recorded("proofs", self._key(text)) for each, text in texts.items()}
        unknown = [each for each in texts if caught[each] is None]
        counter.advance(len(texts) - len(unknown))
        # To the end, even of none: then no judge has anything left to do.
        for each, found in zip(unknown, self.judges.map(catch, unknown), strict=True):
            caught[each] = found
            counter.advance()
        return caught

    def _catch(self, judge: Judge, wrong: WrongSolution, text: str, proof: Proof) -> dict[str, Any]:
        grading = judge.grade(text)
        # A refusal is never kept: it may be chance (a machine that was busy), and is run again.
        refuse_uncaught(wrong, grading.report, first_problem(grading))
        revealing = revealing_tests(grading, proof.reference)
        caught = {"fails": dict(_fails(grading, proof)), "revealing": revealing}
        self.toolchain.cache.record("proofs", self._key(text), caught)
        return caught

    def _key(self, text: str) -> str:
        return key_of("wrong", self.reference_key, text)

    def _add(self, wrong: WrongSolution, caught: dict[str, Any], proof: Proof) -> None:
        """Add a wrong solution that is caught to what tells one mistake from another."""
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


def first_problem(grading: Grading) -> str:
    """Return what first kept a submission from passing, with the test and its place."""
    report = grading.report
    for test in report["tests"]:
        if test["outcome"] not in ("passed", "not-run"):
            record = grading.records.get(test["id"])
            place = f" (hidden_tests/{record.file}:{record.line})" if record else ""
            return f"{shown(test['id'])}{place}: {test['message']}\n{test['detail']}".rstrip()
    return str(report["message"])
