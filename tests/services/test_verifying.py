"""A report against the workspace: what matches, what does not, and how an edit is found out."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from auditor.domain.errors import UserError
from auditor.domain.work import Cancel, Cancelled
from auditor.services import logos
from auditor.services.signing import own_credential
from auditor.services.verifying import State, Verdict, Verification, verify
from auditor.services.workspace import Workspace
from forms.answers import Answer
from forms.filling import Progress
from reports.errors import ReportError
from reports.protecting import Protection, protect
from reports.sealing import Credential, self_signed

CHECKLIST = """
format: auditor-checklist/1
id: small
version: "1.0"
title: {vi: "Ghé quán", en: "Shop visit"}
languages: [vi, en]
scoring: {total: weighted, pass_mark: 80}
sections:
  - id: door
    title: {vi: "Cửa", en: "Door"}
    weight: 40
    questions:
      - id: greeted
        type: choice
        label: {vi: "Chào không?", en: "Greeted?"}
        points: 5
        choices:
          - {id: "yes", label: {vi: "Có", en: "Yes"}, points: 1}
          - {id: "no", label: {vi: "Không", en: "No"}, points: 0, fail: true}
"""


@dataclass
class World:
    workspace: Workspace
    folder: Path
    checklist: int
    locations: list[int]
    clock: list[datetime]

    def visit(self, location: int = 0, value: str = "yes", comment: str = "Rõ ràng") -> int:
        self.clock[0] += timedelta(days=30)
        visits = self.workspace.visits
        here = visits.start(
            self.locations[location], self.checklist, self.clock[0].date(), "Asia/Ho_Chi_Minh", "E7"
        )
        visits.save_answer(here.id, ("greeted", 0), Answer(value, comment=comment), Progress(1, 1))
        visits.submit(here.id, "Nguyễn Văn Kín")
        return here.id

    def report(self, visit: int, language: str = "vi") -> Path:
        [file] = self.workspace.reports.write([visit], language, self.folder)
        return file

    def verify(self, file: Path, password: str = "") -> Verification:
        return verify(self.workspace, file, password)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    clock = [datetime(2026, 5, 1, 7, tzinfo=UTC)]
    workspace = Workspace.open(tmp_path / "ws", clock=lambda: clock[0])
    client = workspace.places.add_client("Sen Việt")
    brand = workspace.places.add_brand(client.id, "Cà phê Sen Việt", "#7B2D43", "#4A2C2A")
    checklist = workspace.checklists.add(CHECKLIST.encode(), "small.yaml").id
    locations = [
        workspace.places.add_location(brand.id, f"SV-0{n}", f"Quán {n}", "1 phố Ga", "").id
        for n in (1, 2)
    ]
    yield World(workspace, tmp_path / "out", checklist, locations, clock)
    workspace.close()


@pytest.fixture(scope="module")
def credential() -> Credential:
    return self_signed("Sen Việt Research")


def codes(found: Verification) -> dict[str, Verdict]:
    return {finding.code: finding.verdict for finding in found.findings}


def differing(found: Verification) -> list[str]:
    return [f.code for f in found.findings if f.verdict is Verdict.DIFFERS]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_report_as_it_was_written_matches_to_the_byte(world: World, language: str) -> None:
    file = world.report(world.visit(), language)
    world.clock[0] += timedelta(days=400)
    found = world.verify(file)
    assert found.matches
    assert found.state is State.ISSUED
    assert codes(found) == dict.fromkeys(("issued", "visit", "seal", "bytes"), Verdict.MATCHES)
    for spoken in ("vi", "en"):
        assert all(finding.text(spoken) for finding in found.findings)
    assert found.as_json("en")["matches"] is True


def test_a_visit_of_another_workspace_is_unknown(world: World, tmp_path: Path) -> None:
    file = world.report(world.visit())
    with closing(Workspace.open(tmp_path / "other")) as other:
        found = verify(other, file)
    assert differing(found) == ["visit_unknown"]


def test_words_that_were_edited_are_named(world: World) -> None:
    """The properties are left as they were, so the seal is that of the workspace."""
    file = world.report(world.visit(value="no"))
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
        words = re.compile(rb"\(([^()\\]{12,})\) Tj")
        content, count = words.subn(lambda found: b"(" + found[1][::-1] + b") Tj", content, count=1)
        assert count == 1
        pdf.pages[0].Contents.write(content)
        pdf.save()
    found = world.verify(file)
    assert found.state is State.ALTERED
    assert codes(found)["seal"] is Verdict.MATCHES
    assert set(differing(found)) == {"altered", "page"}
    told = " ".join(finding.text("en") for finding in found.findings)
    assert re.search(r"Page 1 says “.+”; the issued one says “.+”", told)


def test_a_drawing_that_was_edited_is_found_though_its_words_are_the_same(world: World) -> None:
    file = world.report(world.visit(value="no"))
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        old = pdf.pages[0].Contents.read_bytes()
        pdf.pages[0].Contents.write(old + b"\n/Artifact BMC 1 1 1 rg 60 500 200 200 re f EMC\n")
        pdf.save()
    found = world.verify(file)
    assert differing(found) == ["altered", "page"]
    assert "same words as the issued one" in " ".join(f.text("en") for f in found.findings)


@pytest.mark.parametrize("how", ["letters apart", "inverted"])
def test_a_font_or_a_picture_that_shows_otherwise_is_found(world: World, how: str) -> None:
    """The operators of the page and the bytes of the picture are the same."""
    logo = BytesIO()
    Image.new("RGB", (300, 100), "#7B2D43").save(logo, "PNG")
    read = logos.read(logo.getvalue(), "logo.png")
    assert isinstance(read, logos.Logo)
    kept = logos.keep_logo(world.workspace.folder, read)
    world.workspace.brandings.set_logo(1, kept)
    file = world.report(world.visit(value="no"))
    assert world.verify(file).matches
    met = 0
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        for each in pdf.objects:
            if not isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
                continue
            if how == "letters apart" and "/Widths" in each:
                each.Widths = pikepdf.Array([900 for _ in list(each.Widths)])
                met += 1
            elif how == "inverted" and each.get("/Subtype") == "/Image":
                each.Decode = pikepdf.Array([1, 0, 1, 0, 1, 0])
                met += 1
        pdf.save()
    assert met
    assert "page" in differing(world.verify(file))


def test_a_note_laid_over_a_page_is_found(world: World) -> None:
    file = world.report(world.visit())
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, Rect=[60, 500, 260, 700]
        )
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])
        pdf.save()
    assert differing(world.verify(file)) == ["altered", "page"]


def test_what_people_meet_beside_the_pages_is_looked_at(world: World) -> None:
    """The line of the window, the bookmarks, and what is read aloud to blind people."""
    file = world.report(world.visit(value="no"))
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        pdf.docinfo.Title = "99,9"
        pdf.Root.Outlines.First.Title = "99,9"
        shown = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        for each in shown:
            if "/Alt" in each:
                each.Alt = "99,9"
        pdf.save()
    found = world.verify(file)
    assert found.state is State.ALTERED
    assert differing(found) == ["altered", "properties", "bookmarks", "tags"]
    assert all("99,9" in f.text("en") for f in found.findings if f.code == "bookmarks")


def test_a_page_that_was_taken_out_is_named_once(world: World) -> None:
    file = world.report(world.visit(value="no"))
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        del pdf.pages[1]
        pdf.save()
    found = world.verify(file)
    assert differing(found) == ["altered", "page"]
    assert "Page 2 of the issued report is missing." in [f.text("en") for f in found.findings]


def test_a_button_or_a_script_is_found(world: World) -> None:
    file = world.report(world.visit())
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.Root.OpenAction = pdf.make_indirect(script)
        pdf.save()
    found = world.verify(file)
    assert differing(found) == ["extras"]
    assert "/OpenAction" in found.findings[0].text("en")


def test_another_seal_on_the_paper_or_in_the_properties_is_found(world: World) -> None:
    file = world.report(world.visit())
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        seal = str(pdf.docinfo.Keywords).split()[1]
        pdf.docinfo.Keywords = f"V-0001 {'0' * 64} A"
        pdf.save()
    found = world.verify(file)
    assert set(differing(found)) == {"printed_seal", "seal"}
    assert seal not in " ".join(finding.text("en") for finding in found.findings)


def test_another_revision_is_named(world: World) -> None:
    file = world.report(world.visit())
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        pdf.docinfo.Keywords = str(pdf.docinfo.Keywords)[:-1] + "B"
        pdf.save()
    found = world.verify(file)
    assert differing(found) == ["altered", "properties", "revision"]
    assert "say “B”; those of the issued report say “A”" in found.findings[1].text("en")


def test_what_came_in_since_is_told_where_it_would_show(world: World) -> None:
    """The seal is of a day on which the earlier visit had not been handed in yet."""
    late = world.workspace.visits.start(
        world.locations[0], world.checklist, world.clock[0].date(), "Asia/Ho_Chi_Minh", "E7"
    )
    file = world.report(world.visit(value="no"))
    assert world.verify(file).matches
    world.workspace.visits.save_answer(late.id, ("greeted", 0), Answer("yes"), Progress(1, 1))
    world.workspace.visits.submit(late.id, "Nguyễn Văn Kín")
    found = world.verify(file)
    assert found.state is State.ISSUED
    assert found.is_outdated
    assert not found.is_wrong, "the paper was right on its day"
    assert codes(found)["visit"] is Verdict.MATCHES
    assert codes(found)["seal"] is Verdict.SINCE
    assert codes(found)["page"] is Verdict.SINCE


def test_a_score_changed_from_outside_is_said(world: World) -> None:
    file = world.report(world.visit(value="no"))
    world.workspace.close()
    [database] = (world.folder.parent / "ws").glob("*.db")
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE visit SET score = '99.0'")
    connection.close()
    with closing(Workspace.open(world.folder.parent / "ws")) as again:
        found = verify(again, file)
    assert differing(found) == ["score_changed"]


def test_a_file_with_a_password_matches_page_by_page(world: World) -> None:
    file = world.report(world.visit())
    file.write_bytes(protect(file.read_bytes(), Protection("mật khẩu")))
    found = world.verify(file, "mật khẩu")
    assert found.matches
    assert codes(found) == dict.fromkeys(("copy", "visit", "seal", "pages"), Verdict.MATCHES)
    with pytest.raises(ReportError) as refused:
        world.verify(file, "another")
    assert refused.value.code == "password"


@pytest.mark.parametrize("password", ["", "mật khẩu"])
def test_a_signed_file_matches_and_says_who_signed(
    world: World, credential: Credential, password: str
) -> None:
    file = world.report(world.visit())
    file.write_bytes(protect(file.read_bytes(), Protection(password, credential)))
    found = world.verify(file, password)
    assert found.matches
    assert codes(found)["signature"] is Verdict.MATCHES
    assert codes(found)["self_signed"] is Verdict.TOLD
    assert codes(found)["covers"] is Verdict.TOLD
    assert found.state is State.COPY
    assert "Sen Việt Research" in found.findings[0].text("en")


def test_a_broken_signature_and_what_came_after_it(world: World, credential: Credential) -> None:
    file = world.report(world.visit())
    signed = protect(file.read_bytes(), Protection(credential=credential))
    file.write_bytes(signed.replace(b"/PageMode /UseOutlines", b"/PageMode /UseThumbs  ", 1))
    assert file.read_bytes() != signed
    assert "signature" in differing(world.verify(file))
    at = signed.rindex(b"startxref")
    file.write_bytes(signed[:at] + signed[at:].replace(b"startxref\n", b"startxref\n9"))
    damaged = world.verify(file)
    assert "signature" in differing(damaged), "its pages are compared all the same"
    file.write_bytes(signed + b"\n% more\n")
    longer = world.verify(file)
    assert differing(longer) == ["added"]
    told = next(f for f in longer.findings if f.code == "added").text("en")
    assert f"the first {len(signed)} of {len(signed) + 8} bytes" in told


def test_what_is_no_report(world: World, tmp_path: Path) -> None:
    made, several = BytesIO(), BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(made)
        pdf.docinfo.Creator, pdf.docinfo.Keywords = "Mystery Auditor", ""
        pdf.save(several)
    for name, data, code in (
        ("words.pdf", b"%PDF-1.7 and nothing else", "unreadable"),
        ("nothing.pdf", b"", "unreadable"),
        ("other.pdf", made.getvalue(), "no_seal"),
        ("bound.pdf", several.getvalue(), "several"),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ReportError) as refused:
            world.verify(tmp_path / name)
        assert refused.value.code == code, name
    for missing in (tmp_path / "missing.pdf", tmp_path):
        with pytest.raises(UserError) as unread:
            world.verify(missing)
        assert unread.value.code == "unreadable"


def test_it_can_be_stopped(world: World) -> None:
    file = world.report(world.visit())
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        verify(world.workspace, file, cancel=cancel)


def test_the_own_certificate_is_made_once_and_kept_private(tmp_path: Path) -> None:
    path = tmp_path / "signing" / "seal.p12"
    first = own_credential(path)
    assert own_credential(path).pkcs12 == first.pkcs12
    if sys.platform != "win32":  # there the folder of a person is its own already
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0
