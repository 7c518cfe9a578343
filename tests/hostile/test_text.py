"""What people may type or paste: kept as it is, and on paper only letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.domain.records import VisitRecord
from auditor.services.workspace import Workspace
from forms.answers import Answer
from forms.filling import Filling
from reports.render import render
from tests.hostile import bounds
from tests.hostile.rounds import examples
from tests.services.conftest import TODAY, ZONE, furnish

TEXTS = {
    "markup": "<b>x</b> <img src='file:///etc/passwd'/> <a href='http://x.test'>y</a> &lt; ]]>",
    "format": "{name} {0} %s %n $HOME `id` ${greeted}",
    "SQL": "'); DROP TABLE answer; --",
    "formulas": "=cmd|' /C calc'!A0\t@x +1 -1",
    "bidi": "\u202eabc\u202c \u2066x\u2069 \u200f\u061c",
    "NUL": "a\0b\x01\x07\x1b[2J\x7f\x85",
    "half a pair": "a\ud800b",
    "zalgo": "Z" + "\u0300\u0315\u035c\u0489" * 400,
    "emoji": "👩‍👩‍👧‍👦 🇻🇳 1️⃣ ☎️ 🏳️‍🌈",
    "Arabic": "مرحبا بالعالم " * 20,
    "Hebrew": "שלום עולם " * 20,
    "Chinese": "欢迎光临，请问您需要什么？" * 50,
    "private": "\ue000\uf8ff\U000f0000\U0010ffff\ufffe\uffff",
    "long": "ệ" * 200_000,
    "words": "chào bạn " * 22_000,
    "lines": "x\n" * 20_000,
    "returns": "a\r\nb\rc\u2028d\u2029e\x0bf\x0cg",
    "blanks": " \u00a0\u3000\u200b\ufeff\t" * 200,
    "in pieces": "e\u0323\u0302" * 500,
    "numbers": "٣ ௩ Ⅷ ½ " + "9" * 5000,
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    opened = Workspace.open(tmp_path_factory.mktemp("text") / "workspace")
    furnish(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def visit(workspace: Workspace) -> VisitRecord:
    return workspace.visits.start(1, 1, TODAY, ZONE, "E-07")


def kept(workspace: Workspace, visit: VisitRecord, answer: Answer) -> str:
    """Saves and reads again; the code of a refusal."""
    compiled = workspace.visits.open(visit.id).compiled
    progress = Filling(compiled, {}, workspace.visits.open(visit.id).at).progress()
    key = ("said", 0)
    code = bounds.refusal(lambda: workspace.visits.save_answer(visit.id, key, answer, progress))
    if not code:
        found = workspace.visits.open(visit.id).answers.get(key, Answer())
        assert (found.value or "") == nfc(str(answer.value or ""))
        assert found.comment == nfc(answer.comment)
    return code


def nfc(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("case", TEXTS)
def test_any_text_is_kept_as_it_is_or_refused(
    workspace: Workspace, visit: VisitRecord, case: str
) -> None:
    code = kept(workspace, visit, Answer(TEXTS[case], comment=TEXTS[case]))
    assert code == ("broken-text" if case == "half a pair" else "")


@examples(30)
@given(st.text(max_size=200))
def test_any_characters_are_kept(workspace: Workspace, visit: VisitRecord, text: str) -> None:
    kept(workspace, visit, Answer(text, comment=text))


@pytest.mark.parametrize("case", ["half a pair", "NUL", "bidi", "markup", "long", "zalgo"])
def test_names_take_any_text(workspace: Workspace, case: str) -> None:
    text = TEXTS[case]
    found = bounds.refusal(lambda: workspace.places.add_client(text))
    assert found in ("", "broken-text")
    assert bounds.refusal(lambda: workspace.visits.drafts.caption(1, "0" * 64, text))
    workspace.visits.start(1, 1, TODAY, ZONE, text)


def test_a_report_of_hostile_text_is_only_letters(tmp_path: Path) -> None:
    """All of it on one paper: no link, no picture from elsewhere, in time and memory."""
    workspace = Workspace.open(tmp_path / "workspace")
    furnish(workspace)
    visit = workspace.visits.start(1, 1, TODAY, ZONE, "E-07")
    opened = workspace.visits.open(visit.id)
    filling = Filling(opened.compiled, {}, opened.at)
    said = "\n".join(text for case, text in TEXTS.items() if case != "half a pair")[:9000]
    for key, answer in {
        ("greeted", 0): Answer("no", comment=TEXTS["markup"] + TEXTS["bidi"]),
        ("price", 0): Answer(None, comment=said),
        ("extras", 0): Answer(("milk",), comment=TEXTS["words"]),
        ("wait", 0): Answer(61, comment=TEXTS["long"]),
    }.items():
        filling.set(key, answer)
        workspace.visits.save_answer(visit.id, key, answer, filling.progress())
    workspace.visits.submit(visit.id, "E-07")
    snapshot = replace(workspace.reports.snapshot(visit.id, "vi"))
    out = tmp_path / "x.pdf"
    spent = bounds.measured(lambda: bounds.refusal(lambda: render(snapshot, {}, out)))
    workspace.close()
    assert spent.megabytes < bounds.MEGABYTES
    content = out.read_bytes()
    for word in (b"/URI", b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"file:///"):
        assert word not in content
    paper = pypdfium2.PdfDocument(out)
    text = "".join(page.get_textpage().get_text_range() for page in paper)
    assert "<b>x</b>" in text
    assert not {"\0", "\u202e", "\u2066"} & set(text)
