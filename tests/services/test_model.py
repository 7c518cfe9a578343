"""Random lives of visits against a plain model, compared after closing and opening again."""

from __future__ import annotations

import io
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from PIL import Image

from auditor.domain.errors import RefusedError
from auditor.domain.visits import VisitStatus
from auditor.services import doctor
from auditor.services.workspace import Workspace
from auditor.store.queries import visits as visit_queries
from forms.answers import Answer, AnswerKey, Expectation
from forms.filling import Filling
from forms.problems import Severity
from tests.services.conftest import CHECKLIST, ZONE

S = VisitStatus
SAID: AnswerKey = ("said", 0)
QUEUE: AnswerKey = ("queue", 0)
ANSWERS: dict[str, st.SearchStrategy[Answer]] = {
    "greeted": st.sampled_from([Answer("yes"), Answer("no"), Answer(not_applicable=True)]),
    "said": st.text("aă ế\n'\"👋", max_size=40).map(Answer),
    "price": st.decimals(-1000, 10**6, places=2).map(Answer),
    "extras": st.sampled_from([Answer(("milk",)), Answer(("milk", "straw")), Answer(comment="…")]),
    "wait": st.integers(0, 3600).map(Answer),
    "hoped": st.builds(Expectation, st.integers(1, 5), st.none() | st.integers(1, 5)).map(Answer),
}


def photo(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (8, 8), shade).save(out, "PNG")
    return out.getvalue()


PHOTOS = [photo(shade) for shade in (0, 100, 200)]


@dataclass
class Model:
    """What a visit must be, kept as simply as can be."""

    status: VisitStatus
    answers: dict[AnswerKey, Answer] = field(default_factory=dict)


class Lives(RuleBasedStateMachine):
    visits = Bundle("visits")

    @initialize()
    def begin(self) -> None:
        self.room = tempfile.TemporaryDirectory()
        self.folder = Path(self.room.name) / "workspace"
        self.models: dict[int, Model] = {}
        self.touched: set[int] = set()
        self.workspace = Workspace.open(self.folder)
        client = self.workspace.places.add_client("A")
        brand = self.workspace.places.add_brand(client.id, "A")
        self.workspace.places.add_location(brand.id, "1", "A")
        self.workspace.checklists.add(CHECKLIST.encode(), "corner.yaml")

    def teardown(self) -> None:
        if hasattr(self, "workspace"):
            try:
                self.open_again()
                self.disk_agrees_with_the_model()
            finally:
                self.workspace.close()
                self.room.cleanup()

    @rule(target=visits)
    def plan(self) -> int:
        visit = self.workspace.visits.plan(1, 1, planned_for=date(2026, 11, 20))
        self.models[visit.id] = Model(S.PLANNED)
        self.touched.add(visit.id)
        return visit.id

    @rule(target=visits)
    def start(self) -> int:
        visit = self.workspace.visits.start(1, 1, date(2026, 11, 22), ZONE, "E-07")
        self.models[visit.id] = Model(S.DRAFT)
        self.touched.add(visit.id)
        return visit.id

    @rule(visit=visits)
    def begin_planned(self, visit: int) -> None:
        self.touched.add(visit)
        if self.models[visit].status is S.PLANNED:
            self.workspace.visits.begin(visit, ZONE, "E-07")
            self.models[visit].status = S.DRAFT
        else:
            with pytest.raises(RefusedError):
                self.workspace.visits.begin(visit, ZONE, "E-07")

    @rule(visit=visits, data=st.data(), question=st.sampled_from(sorted(ANSWERS)))
    def answer(self, visit: int, question: str, data: st.DataObject) -> None:
        self._save(visit, (question, 0), data.draw(ANSWERS[question]))

    @rule(visit=visits, question=st.sampled_from([*sorted(ANSWERS), "queue"]))
    def clear(self, visit: int, question: str) -> None:
        self._save(visit, (question, 0), Answer())

    @rule(visit=visits, content=st.sampled_from(PHOTOS))
    def attach(self, visit: int, content: bytes) -> None:
        self.touched.add(visit)
        if self.models[visit].status is not S.DRAFT:
            with pytest.raises(RefusedError):
                self.workspace.visits.attach(visit, QUEUE, content, "x.png")
            return
        record = self.workspace.visits.attach(visit, QUEUE, content, "x.png")
        before = self.models[visit].answers.get(QUEUE, Answer()).evidence
        if record.sha256 not in before:
            self._save(visit, QUEUE, Answer(evidence=(*before, record.sha256)))

    def _save(self, visit: int, key: AnswerKey, answer: Answer) -> None:
        self.touched.add(visit)
        model = self.models[visit]
        after = {k: a for k, a in (model.answers | {key: answer}).items() if not self._empty(a)}
        progress = self._filling(visit, after).progress()
        if model.status is not S.DRAFT:
            with pytest.raises(RefusedError):
                self.workspace.visits.save_answer(visit, key, answer, progress)
            return
        self.workspace.visits.save_answer(visit, key, answer, progress)
        model.answers = after

    @staticmethod
    def _empty(answer: Answer) -> bool:
        return answer.blank or answer == Answer("")

    def _filling(self, visit: int, answers: dict[AnswerKey, Answer]) -> Filling:
        opened = self.workspace.visits.open(visit)
        return Filling(opened.compiled, answers, opened.at)

    @rule(visit=visits)
    def submit(self, visit: int) -> None:
        self.touched.add(visit)
        model = self.models[visit]
        check = self._filling(visit, model.answers).problems()
        errors = [problem for problem in check if problem.severity is Severity.ERROR]
        if model.status is not S.DRAFT or errors:
            with pytest.raises(RefusedError):
                self.workspace.visits.submit(visit, "E-07")
            return
        self.workspace.visits.submit(visit, "E-07")
        model.status = S.SUBMITTED
        if model.answers.get(("greeted", 0)) != Answer("yes"):
            model.answers.pop(SAID, None)

    @rule(visit=visits)
    def void(self, visit: int) -> None:
        self.touched.add(visit)
        if self.models[visit].status is S.VOID:
            with pytest.raises(RefusedError):
                self.workspace.visits.void(visit, "x")
            return
        self.workspace.visits.void(visit, "x")
        self.models[visit].status = S.VOID

    @rule()
    def open_again(self) -> None:
        self.workspace.close()
        self.workspace = Workspace.open(self.folder)
        self.touched = set(self.models)

    @rule()
    def sweep(self) -> None:
        self.touched = set(self.models)
        self.workspace.evidence.sweep()

    @invariant()
    def disk_agrees_with_the_model(self) -> None:
        """What the last step touched is looked at whole, all of it after closing."""
        if not hasattr(self, "workspace"):
            return
        listed = {record.id: record for record in self.workspace.read(visit_queries.visits)}
        assert listed.keys() == self.models.keys()
        for visit in sorted(self.touched):
            model = self.models[visit]
            opened = self.workspace.visits.open(visit)
            assert (opened.record, opened.record.status) == (listed[visit], model.status)
            assert opened.answers == model.answers
            assert opened.writable is (model.status is S.DRAFT)
            named = {sha for answer in model.answers.values() for sha in answer.evidence}
            assert named <= opened.evidence.keys()
            assert not any(opened.evidence[sha].missing for sha in named)
            assert opened.record.photos == len(named)
        self.touched = set()

    @rule()
    def the_doctor_is_content(self) -> None:
        assert doctor.examine(self.workspace).healthy


#: Without shrinking: the steps of a life are few, and shrinking lives takes minutes.
Lives.TestCase.settings = settings(
    max_examples=6,
    stateful_step_count=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
TestLives = Lives.TestCase
