"""A client with places, evaluators and a program, for tests of planning."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from auditor.domain.evaluators import EvaluatorInput, EvaluatorRecord
from auditor.domain.places import LocationInput
from auditor.domain.planning import PlanAsk, WavePlan
from auditor.domain.programs import ProgramInput, Terms, WaveInput, months
from auditor.domain.records import LocationRecord, ProgramRecord, WaveRecord
from auditor.domain.seats import Seat
from auditor.services.workspace import Workspace
from auditor.store.queries import seats as seat_queries
from auditor.store.queries import visits as visit_queries

REGIONS = ("Miền Nam / TP.HCM", "Miền Nam / Cần Thơ", "Miền Bắc / Hà Nội")
#: Before all waves.
EARLY = date(2026, 12, 1)


@dataclass
class World:
    """``places`` stand in turn in the regions, and so do the homes of ``evaluators``."""

    workspace: Workspace
    program: ProgramRecord
    places: list[LocationRecord]
    evaluators: list[EvaluatorRecord]

    @property
    def waves(self) -> tuple[WaveRecord, ...]:
        return self.workspace.programs.get(self.program.id).waves

    @property
    def wave_ids(self) -> list[int]:
        return [wave.id for wave in self.waves]

    def change(self, **terms: object) -> None:
        """Change terms of the program."""
        program = self.workspace.programs.get(self.program.id)
        given = replace(program.given, terms=replace(program.terms, **terms))  # type: ignore[arg-type]
        self.program = self.workspace.programs.change_program(program.id, given, program.version)

    def ask(self, **asked: Any) -> PlanAsk:
        """Of its places."""
        return PlanAsk(locations=tuple(place.id for place in self.places), **asked)

    def plan(self, *waves: int, **asked: Any) -> WavePlan:
        """Plan waves (their places; none: all) and make them."""
        ids = [self.wave_ids[wave] for wave in waves] or self.wave_ids
        plan = self.workspace.planning.preview(ids, self.ask(**asked), EARLY)
        self.workspace.planning.make(plan)
        return plan

    def seats(self) -> list[Seat]:
        return self.workspace.read(seat_queries.seats_of_waves, self.wave_ids)


def world(
    workspace: Workspace, places: int = 6, evaluators: int = 4, waves: int = 3, **terms: int
) -> World:
    """Monthly waves from January 2027, beside what the workspace of the tests holds."""
    (client,) = workspace.read(visit_queries.clients)
    for place in range(places):
        region = REGIONS[place % len(REGIONS)]
        given = LocationInput(f"S-{place:03}", f"Nơi {place}", f"{place} Lê Lợi", region)
        workspace.places.add(client.brands[0].id, given)
    tree = {node.path: node.id for node in workspace.read(visit_queries.region_tree)}
    people = []
    for number in range(evaluators):
        home = tree[REGIONS[number % len(REGIONS)]]
        words = ("vi", "Tiếng Anh") if number % 2 else ("vi",)
        people.append(
            workspace.evaluators.add(
                EvaluatorInput(f"EV-{number:02}", f"Người {number}", "", words, home)
            )
        )
    kept = Terms(1, **terms)  # type: ignore[arg-type]
    program = workspace.programs.add(client.id, ProgramInput("Đo lường", terms=kept))
    rounds = [
        WaveInput(f"T{number + 1}", first, last)
        for number, (first, last) in enumerate(months(date(2027, 1, 1), waves))
    ]
    workspace.programs.add_waves(program.id, rounds)
    new = workspace.read(visit_queries.locations)
    found = [record for record in new if record.code.startswith("S-")]
    return World(workspace, workspace.programs.get(program.id), found, people)
