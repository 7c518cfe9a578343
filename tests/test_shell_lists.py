"""Tables of locations through the shell: in, out, and in again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor import cli
from auditor.domain.records import LocationRecord
from auditor.services.workspace import Workspace
from auditor.store.queries import visits as visit_queries

Shell = Callable[..., tuple[int, str, str]]

TABLE = """\
Danh sách cửa hàng tháng 11;;;;
Mã CH;Tên cửa hàng;Địa chỉ;Tỉnh/TP;Quận/Huyện
0012;Cà phê Sen Nguyễn Huệ;42 Nguyễn Huệ;TP.HCM;Quận 1
0013;Cà phê Sen Thảo Điền;12 Xuân Thủy;TP.HCM;Thủ Đức
0014;Cà phê Sen Hồ Gươm;1 Lê Thái Tổ;Hà Nội;Hoàn Kiếm
"""


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["auditor", *map(str, arguments)])
        code = cli.run()
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """A workspace with one client of one brand, and no location."""
    folder = tmp_path / "workspace"
    workspace = Workspace.open(folder)
    client = workspace.places.add_client("Sen Việt")
    workspace.places.add_brand(client.id, "Cà phê Sen")
    workspace.close()
    return folder


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "cua-hang.csv"
    path.write_text(TABLE, encoding="utf-8-sig")
    return path


def locations(folder: Path) -> dict[str, LocationRecord]:
    workspace = Workspace.open(folder, write=False)
    found = {place.code: place for place in workspace.read(visit_queries.locations)}
    workspace.close()
    return found


def test_a_table_becomes_locations(shell: Shell, firm: Path, table: Path) -> None:
    code, out, err = shell("import", "locations", table, "--preview", "--workspace", firm)
    assert (code, err) == (0, "")
    assert "3 new, 0 changed, 0 the same, 0 refused." in out
    assert locations(firm) == {}, "a preview did something"
    assert shell("import", "locations", table, "--workspace", firm)[0] == 0
    found = locations(firm)
    assert list(found) == ["0012", "0013", "0014"]
    assert found["0013"].region == "TP.HCM / Thủ Đức"
    assert found["0014"].address == "1 Lê Thái Tổ"
    again = shell("import", "locations", table, "--workspace", firm)
    assert "0 new, 0 changed, 3 the same, 0 refused." in again[1]


def test_one_bad_row_stops_all_unless_it_is_left_out(shell: Shell, firm: Path, table: Path) -> None:
    table.write_text(TABLE + "0012;Lặp lại;;;\n;Không mã;;;\n", encoding="utf-8")
    code, out, err = shell("import", "locations", table, "--workspace", firm)
    assert code == 1
    assert f"{table}:6: code_twice: " in err
    assert f"{table}:7: no_code: " in err
    assert "Nothing was imported" in out
    assert locations(firm) == {}
    code, out, _ = shell("import", "locations", table, "--skip-refused", "--workspace", firm)
    assert code == 0
    assert list(locations(firm)) == ["0013", "0014"]


@pytest.mark.parametrize("name", ["all.xlsx", "all.csv"])
def test_what_goes_out_comes_in_just_so(
    shell: Shell, firm: Path, table: Path, tmp_path: Path, name: str
) -> None:
    shell("import", "locations", table, "--workspace", firm)
    out = tmp_path / name
    code, told, err = shell("export", "locations", out, "--workspace", firm)
    assert (code, told.strip(), err) == (0, str(out), "")
    again = shell("import", "locations", out, "--workspace", firm)
    assert (again[0], again[1].strip()) == (0, "0 new, 0 changed, 3 the same, 0 refused.")


def test_whose_locations_they_are_must_be_clear(shell: Shell, firm: Path, table: Path) -> None:
    workspace = Workspace.open(firm)
    workspace.places.add_client("Sông Hồng")
    workspace.close()
    code, _, err = shell("import", "locations", table, "--workspace", firm)
    assert code == 1
    assert "Sen Việt, Sông Hồng" in err
    code, _, err = shell("import", "locations", table, "--client", "Ai", "--workspace", firm)
    assert code == 1
    assert "There is no Ai here" in err
    assert shell("import", "locations", table, "--client", "sen viet", "--workspace", firm)[0] == 0
    assert len(locations(firm)) == 3
