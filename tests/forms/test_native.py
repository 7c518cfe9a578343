"""Reading the native format: values, places, and the words of every structural problem."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from forms.catalogue import CATALOGUE
from forms.checklist import Checklist
from forms.formats.native import read
from forms.problems import UnreadableError
from tests.forms.native_texts import FIRST, HEAD, checklist, codes, found

OK = '{id: greeted, type: choice, list: yn, label: "Chào?", points: 5}'


def read_clean(text: str, name: str = "demo.yaml") -> Checklist:
    reading = read(text, name)
    assert reading.problems == ()
    assert reading.checklist is not None
    return reading.checklist


def unreadable(text: str | bytes | Path, name: str | None = "demo.yaml") -> str:
    with pytest.raises(UnreadableError) as caught:
        read(text, name)
    (problem,) = caught.value.problems
    assert problem.text("vi") != problem.text("en")
    return f"{problem.where.line}:{problem.where.column} {problem.code}"


def test_a_clean_checklist_reads_without_a_word() -> None:
    question = read_clean(checklist(OK)).sections[0].questions[0]
    assert (question.id, question.type, question.points) == ("greeted", "choice", Decimal(5))


def test_the_name_of_the_file_stands_before_every_problem(tmp_path: Path) -> None:
    file = tmp_path / "cafe.yaml"
    file.write_text(checklist("{id: a, type: note, label: x, halp: y}"), encoding="utf-8")
    (problem,) = read(file).problems
    assert problem.line() == (
        f"{file}:{FIRST}:39: word-unknown-near: halp is not known here. Did you mean help? "
        "Known are: id, label, short, help, points, weight, critical, bonus, required, allow_na, "
        "evidence, tags, stage, relevant, constraint, constraint_message, type."
    )
    assert read(file.read_bytes(), "given").problems[0].where.file == "given"


@pytest.mark.parametrize(
    ("spelling", "points"),
    [
        ("33.3", Decimal("33.3")),
        ("1e2", Decimal(100)),
        (".5", Decimal("0.5")),
        ("0x10", Decimal(16)),
        ("0o17", Decimal(15)),
        ("+7", Decimal(7)),
        ("007", Decimal(7)),
        ("2.50", Decimal("2.5")),
        ("0.1000000000000000001", Decimal("0.1000000000000000001")),
    ],
)
def test_numbers_are_exact(spelling: str, points: Decimal) -> None:
    text = checklist(f"{{id: a, type: scale, label: x, points: {spelling}}}")
    assert read_clean(text).sections[0].questions[0].points == points


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        (".nan", "number-not-finite"),
        (".inf", "number-not-finite"),
        ("-.INF", "number-not-finite"),
        ("1e999999999", "number-too-long"),
        ("1e-30", "number-too-long"),
        ("9" * 5000, "number-too-long"),
        ("0" * 5000, "number-too-long"),
        ("1_000", "number-expected"),
        ("1:30", "number-expected"),
        ("2026-11-12", "number-expected"),
        ('"5"', "number-quoted"),
        ("true", "number-expected"),
        ("[5]", "number-expected"),
        ("0", "number-above"),
        ("-2", "number-above"),
    ],
)
def test_what_is_no_number_of_points(spelling: str, code: str) -> None:
    assert found(f"{{id: a, type: scale, label: x, points: {spelling}}}") == [f"1:48 {code}"]


@pytest.mark.parametrize("version", ["3.10", "1", "2026", "true", "0x1F"])
def test_an_unquoted_version_is_a_problem(version: str) -> None:
    text = checklist(OK, head=HEAD.replace('"1.2"', version))
    (problem,) = read(text, "demo.yaml").problems
    assert (problem.code, problem.where.line, problem.where.column) == ("version-unquoted", 3, 10)


def test_the_spelling_of_the_version_is_told() -> None:
    (problem,) = read(checklist(OK, head=HEAD.replace('"1.2"', "3.10"))).problems
    assert '"3.10"' in problem.text("en")


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "y", "2026-11-12", "10:30", "1_000"])
def test_words_of_yaml_1_1_are_text(word: str) -> None:
    choices = f"[{{id: {word}, label: {word}, points: 1}}, {{id: other, label: x}}]"
    text = checklist(f"{{id: a, type: choice, label: {word}, choices: {choices}}}")
    question = read_clean(text).sections[0].questions[0]
    assert question.label == word
    assert getattr(question, "choices")[0].id == word  # noqa: B009


@pytest.mark.parametrize("word", ["1", "true", "False", "1.5"])
def test_a_choice_id_that_is_no_text_is_to_be_quoted(word: str) -> None:
    problems = read(
        checklist(f"{{id: a, type: choice, label: x, choices: [{{id: {word}, label: x}}]}}")
    ).problems
    assert [problem.code for problem in problems] == ["text-unquoted"]
    assert f'"{word.lower()}"' in problems[0].text("en")


@pytest.mark.parametrize("word", ["yes", "1", "0", '"true"'])
def test_true_and_false_are_the_only_booleans(word: str) -> None:
    assert found(f"{{id: a, type: scale, points: 1, label: x, bonus: {word}}}") == [
        "1:58 true-or-false"
    ]


SHAPES = [
    ("{id: a, type: choise, label: x}", ["1:23 value-unknown-near"]),
    ("{id: a, type: stars, label: x}", ["1:23 value-unknown"]),
    ("{id: a, label: x}", ["1:9 word-missing"]),
    ("{type: note}", ["1:9 word-missing", "1:9 word-missing"]),
    ("{id: a, type: note, label: }", ["1:35 value-missing"]),
    ("{id: a, type: note, label: 5}", ["1:36 text-unquoted"]),
    ("{id: a, type: note, label: {vi: 5}}", ["1:41 text-unquoted"]),
    ("{id: a, type: note, label: [x]}", ["1:36 text-expected"]),
    ("{id: a.b, type: note, label: x}", ["1:14 id-form"]),
    ("{id: 1a, type: note, label: x}", ["1:14 id-form"]),
    ("{id: 5, type: note, label: x}", ["1:14 text-unquoted"]),
    ("{id: a, type: note, label: x, stage: awarenes}", ["1:46 value-unknown-near"]),
    ("{id: a, type: note, label: x, tags: {cause: x}}", ["1:53 value-unknown"]),
    ("{id: a, type: note, label: x, tags: {colour: x}}", ["1:46 word-unknown"]),
    ("{id: a, type: note, label: x, evidence: {photo: sometimes}}", ["1:57 value-unknown"]),
    ("{id: a, type: scale, label: x, critical: true}", ["1:50 critical-expected"]),
    ("{id: a, type: scale, label: x, critical: {cap: 101}}", ["1:56 number-at-most"]),
    ("{id: a, type: scale, label: x, critical: {cap: -1}}", ["1:56 number-at-least"]),
    ("{id: a, type: scale, label: x, critical: {}}", ["1:50 word-missing"]),
    ("{id: a, type: scale, label: x, required: 1}", ["1:50 required-expected"]),
    ("{id: a, type: scale, label: x, min: 1.5}", ["1:45 whole-number-expected"]),
    ('{id: a, type: scale, label: x, min: "1"}', ["1:45 number-quoted"]),
    ("{id: a, type: scale, label: x, labels: {one: x}}", ["1:49 label-key"]),
    ("{id: a, type: scale, label: x, labels: {1: 2}}", ["1:52 text-unquoted"]),
    ("{id: a, type: ces, label: x, max: 6}", ["1:43 value-unknown"]),
    ("{id: a, type: ces, label: x, easy: hihg}", ["1:44 value-unknown-near"]),
    ("{id: a, type: text, label: x, min_words: 0}", ["1:50 number-at-least"]),
    ("{id: a, type: choice, label: x, choices: yn}", ["1:50 list-expected"]),
    ('{id: a, type: choice, label: x, choices: [{id: "a b", label: x}]}', ["1:56 choice-id-form"]),
    ("{id: a, type: matrix, list: yn, label: x, rows: {a: x}}", ["1:57 list-expected"]),
    ("{id: a, type: matrix, list: yn, label: x, rows: [x]}", ["1:58 map-expected"]),
    ("just words", ["1:9 map-expected"]),
    ("{id: a, type: text, label: x, multiline: }", ["1:49 value-missing"]),
]


@pytest.mark.parametrize(("question", "expected"), SHAPES)
def test_every_wrong_shape_has_its_place_and_its_words(question: str, expected: list[str]) -> None:
    assert found(question) == expected


def test_a_word_without_a_value_counts_as_not_there_when_it_may_be_left_out() -> None:
    question = read_clean(checklist("{id: a, type: text, label: x, help: , min_words: null}"))
    assert question.sections[0].questions[0].help is None


def test_all_problems_are_told_at_once_and_nothing_twice() -> None:
    text = checklist(
        '{id: a, type: choise, list: yn, label: "x", relevant: "${b} = \'yes\'"}',
        "{id: b, type: choice, list: ynn, label: x, points: 5}",
        "{id: b, type: choice, list: yn, label: x, critical: sectoin}",
        "{id: c, type: scale, min: 5, max: 5, label: {fr: x}}",
        '{id: d, type: text, label: x, relevant: "${gone} = 1"}',
        head=HEAD.replace("id: demo", "id: De mo").replace("[vi, en]", "[vi, en, vi]"),
    )
    assert codes(text) == [
        "checklist-id-form",
        "language-repeated",
        "value-unknown-near",
        "list-unknown-near",
        "id-repeated",
        "critical-expected",
        "scale-order",
        "translation-missing",
        "language-unknown",
        "expression-unknown",
    ]


def test_what_a_mended_place_would_have_meant_is_not_complained_about() -> None:
    text = checklist(
        "{id: 5, type: choice, list: yn, label: x}",
        '{id: b, type: text, label: x, relevant: "${a} = 1"}',
        head=HEAD.replace("languages: [vi, en]", "languages: vi"),
    )
    assert codes(text) == ["list-expected", "text-unquoted"]


def test_a_section_that_repeats_is_not_supported_yet() -> None:
    head = HEAD.replace("    questions:", "    repeat: {min: 0, max: 5}\n    questions:")
    (problem,) = read(checklist(OK, head=head)).problems
    assert problem.code == "repeat-not-supported"
    assert (problem.where.line, problem.where.column) == (13, 5)
    assert "not supported yet" in problem.text("en")


def test_problems_of_expressions_point_into_the_expression() -> None:
    assert found(
        OK,
        "{id: a, type: text, label: x, relevant: \"${greeted} = 'yes' and ${gone} = 1\"}",
        "{id: b, type: text, label: x, required: nope('x')}",
    ) == ["2:73 expression-unknown", "3:49 expression-function"]


def test_an_expression_over_several_lines_is_placed_at_its_start() -> None:
    text = checklist() + "      - id: a\n        type: text\n        label: x\n"
    text += "        relevant: >\n          1 = 1 and\n          ${gone} = 1\n"
    (problem,) = read(text).problems
    assert (problem.code, problem.where.line, problem.where.column) == (
        "expression-unknown",
        FIRST + 3,
        19,
    )


@pytest.mark.parametrize("format_", ["auditor-checklist/2", "other"])
def test_another_format_is_named(format_: str) -> None:
    text = checklist(OK, head=HEAD.replace("auditor-checklist/1", format_))
    (problem,) = read(text).problems
    assert problem.code == "format-unknown"
    assert format_ in problem.text("en")


@pytest.mark.parametrize("text", ["[1, 2]", "words", "{}", '{"title": "Survey"}', "a: 1", "5"])
def test_what_is_no_checklist_gets_one_sentence(text: str) -> None:
    for name in ("x.yaml", None):
        if name is None and text[0] not in "[{":
            continue
        assert codes(text, name or "") == ["not-a-checklist"]


class TestYaml:
    @pytest.mark.parametrize(
        ("question", "expected"),
        [
            ("&q {id: a, type: note, label: x}", ["1:9 yaml-anchor"]),
            ("{id: a, type: note, label: *x}", ["1:36 yaml-alias"]),
            ("{id: a, type: note, label: !!str x}", ["1:36 yaml-tag"]),
            ("{id: a, type: note, label: !ruby/object x}", ["1:36 yaml-tag"]),
            ("{id: a, type: note, label: x, <<: {help: y}}", ["1:39 yaml-merge"]),
            ("{id: a, type: note, label: x, id: b}", ["1:39 duplicate-key"]),
            ("{id: a, type: note, label: x, [k]: b}", ["1:39 key-not-text"]),
        ],
    )
    def test_what_yaml_can_and_a_checklist_must_not(
        self, question: str, expected: list[str]
    ) -> None:
        assert found(question) == expected

    def test_a_repeated_key_is_found_in_both_normal_forms(self) -> None:
        assert found('{id: a, type: note, label: {"\u00e9": x, "e\u0301": y}}')[-1] == (
            "1:45 duplicate-key"
        )

    def test_several_documents(self) -> None:
        (problem,) = read(checklist(OK) + "---\nformat: x\n").problems
        assert (problem.code, problem.where.line) == ("several-documents", FIRST + 1)

    def test_directives(self) -> None:
        assert codes("%YAML 1.2\n---\n" + checklist(OK)) == []
        assert codes("%YAML 1.1\n---\n" + checklist(OK)) == ["yaml-version"]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a: b: c\n", "1:5 yaml-colon"),
            ("a:\n\t- b\n", "2:1 yaml-tab"),
            ('a: "b\nc: d\n', "1:4 yaml-quote-open"),
            ("a: [b, c\nd: e\n", "1:4 yaml-bracket"),
            ("a: {b: c\n", "1:4 yaml-bracket"),
            ('a: "\\q"\n', "1:6 yaml-escape"),
            ("a: `b`\n", "1:4 yaml-character"),
            ("a: b\n  c: d\n", "2:4 yaml-colon"),
            ("a:\n  - b\n c: d\n", "3:2 yaml-indent"),
            ("a\nb: c\n", "2:2 yaml-colon"),
        ],
    )
    def test_a_syntax_error_stops_the_read_and_has_a_place(self, text: str, expected: str) -> None:
        assert unreadable(text) == expected


class TestJson:
    def test_json_reads_as_yaml_does(self) -> None:
        data = {
            "format": "auditor-checklist/1",
            "id": "demo",
            "version": "1.2",
            "title": "Thử",
            "languages": ["vi"],
            "sections": [
                {
                    "id": "s",
                    "title": "S",
                    "questions": [
                        {"id": "a", "type": "scale", "label": "x", "points": 33.3},
                        {"id": "b", "type": "text", "label": "é\n", "labels": None},
                    ],
                }
            ],
        }
        text = json.dumps(data, indent=2)
        problem = read(text).problems[0]
        assert (problem.code, problem.where.line, problem.where.column) == ("word-unknown", 24, 11)
        clean = read_clean(text.replace(',\n          "labels": null', ""), "demo.json")
        assert clean.sections[0].questions[0].points == Decimal("33.3")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('{"a": 1,}', "1:9 json-key"),
            ('{"a" 1}', "1:6 json-colon"),
            ('{"a": 1 "b": 2}', "1:9 json-comma"),
            ('{\n  "a": [1, 2}', "2:13 json-comma"),
            ('{"a": "b', "1:7 json-quote-open"),
            ('{"a": "\\x"}', "1:8 json-string"),
            ('{"a": "b\nc"}', "1:9 json-string"),
            ('{"a": ', "1:7 json-end"),
            ('{"a": tru}', "1:7 json-value"),
            ('{"a": 01}', "1:7 json-value"),
            ('{"a": NaN}', "1:7 json-value"),
            ('{"a": -}', "1:7 json-value"),
            ('{"a": 1.}', "1:7 json-value"),
            ("{'a': 1}", "1:2 json-key"),
            ('{"a": 1} x', "1:10 json-more"),
            ('[1, 2,\n "x"', "2:5 json-comma"),
        ],
    )
    def test_a_syntax_error_stops_the_read_and_has_a_place(self, text: str, expected: str) -> None:
        assert unreadable(text, "x.json") == expected

    def test_a_repeated_key_is_refused(self) -> None:
        text = '{"format": "auditor-checklist/1",\n "id": "a", "id": "b", "sections": []}'
        problem = next(p for p in read(text).problems if p.code == "duplicate-key")
        assert (problem.where.line, problem.where.column, problem.values) == (
            2,
            13,
            {"key": "id", "line": "2"},
        )

    def test_the_ending_decides_and_else_the_first_character(self) -> None:
        flow = "{format: auditor-checklist/1, id: a, sections: []}"
        assert unreadable(flow, None) == "1:2 json-key"
        assert "json-key" not in codes(flow, "x.yaml")
        assert unreadable("format: x", "X.JSON") == "1:1 json-value"


class TestBytes:
    @pytest.mark.parametrize(
        "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-16-be-bom"]
    )
    def test_utf_8_and_marked_utf_16_are_read(self, encoding: str) -> None:
        text = checklist(OK)
        if encoding.endswith("-bom"):
            data = ("\ufeff" + text).encode(encoding.removesuffix("-bom"))
        else:
            data = text.encode(encoding)
        reading = read(data)
        assert reading.problems == ()
        assert reading.checklist == read_clean(text)

    def test_windows_line_ends_keep_the_places(self) -> None:
        text = checklist("{id: a, type: note, label: x, halp: y}").replace("\n", "\r\n")
        assert [str(p.where) for p in read(text.encode(), "f").problems] == [f"f:{FIRST}:39"]

    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            (b"", "None:None file-empty"),
            (b"\xef\xbb\xbf  \n", "None:None file-empty"),
            (b"# only a comment\n", "None:None file-empty"),
            ("title: Đón".encode("cp1258", "replace"), "1:8 encoding-unknown"),
            (b"a: b\nc: \xff\xfe", "2:4 encoding-unknown"),
            ("a: b".encode("utf-32"), "None:None encoding-unknown"),
            ("a: b".encode("utf-16-le"), "1:2 file-is-binary"),
            (b"\xff\xfea", "None:None encoding-unknown"),
            (b"\x89PNG\r\n\x1a\n\0\0", "1:1 encoding-unknown"),
            (b"%PDF-1.4\n\x00", "2:1 file-is-binary"),
            (b"PK\x03\x04\xff\xfe\0\0", "None:None file-is-workbook"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "None:None file-is-workbook"),
            (b"a: b\x07c", "1:5 control-character"),
            (b"a: \xed\xa0\x80", "1:4 encoding-unknown"),
        ],
    )
    def test_what_is_no_text_is_said_plainly(self, data: bytes, expected: str) -> None:
        assert unreadable(data) == expected

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        assert unreadable(tmp_path / "gone.yaml", None).endswith("file-unreadable")
        assert unreadable(tmp_path, None).endswith("file-unreadable")

    @pytest.mark.parametrize("escape", ["\\0", "\\ud800", "\\x07", "\\uFFFF"])
    def test_an_escape_cannot_bring_in_what_no_text_may_hold(self, escape: str) -> None:
        assert found(f'{{id: a, type: note, label: "x{escape}"}}') == ["1:36 control-character"]
        assert found(f'{{id: a, type: note, label: x, "k{escape}": y}}') == [
            "1:39 control-character"
        ]


def test_every_code_of_this_reader_is_in_the_catalogue_in_both_languages() -> None:
    for question, _ in SHAPES:
        for problem in read(checklist(question)).problems:
            assert problem.code in CATALOGUE
            assert problem.text("vi") != problem.text("en")
            assert "{" not in problem.text("vi").replace("{cap: 60}", "")


def test_reading_tells_how_far_it_is_and_can_be_stopped() -> None:
    class StoppedError(Exception):
        pass

    def stop(share: float) -> None:
        heard.append(share)
        if share > 0.5:
            raise StoppedError

    heard: list[float] = []
    questions = [f"{{id: q{n}, type: note, label: x}}" for n in range(600)]
    with pytest.raises(StoppedError):
        read(checklist(*questions), progress=stop)
    assert heard == sorted(heard)
    assert len(heard) > 1
