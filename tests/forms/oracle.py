"""A second scorer, written from the format's specification alone, slow and plain.

It shares nothing with ``forms``: a checklist is a dict as in its file (numbers ``Decimal`` or
``int``), answers are the dict of an answers file, and every figure is a ``Fraction``. Conditions
are a table from the expression's text to ``(id, operator, operand)``.
"""

from __future__ import annotations

from fractions import Fraction


def score(checklist, answers, conditions, draft=False):
    """The whole result as one dict, in the words of ``auditor score --json``."""
    scoring = {
        "na": "exclude",
        "unanswered": "exclude",
        "section": "points",
        "total": "points",
        "cap": True,
        "decimals": 1,
        "pass_mark": None,
        "bands": [],
    }
    scoring.update(checklist.get("scoring", {}))
    if draft:
        scoring["unanswered"] = "exclude"
    questions, by_section = [], []
    visible = Visible(checklist, answers, conditions)
    for section in checklist["sections"]:
        scored = [
            question_score(checklist, scoring, asked, answers, visible)
            for asked in all_asked(section)
        ]
        questions += scored
        by_section.append(section_score(section, scored, scoring))
    return total_score(by_section, questions, scoring)


def all_asked(section):
    """Questions, and the rows of matrices with what they have from the matrix."""
    for question in section["questions"]:
        if question["type"] != "matrix":
            yield question
            continue
        for row in question["rows"]:
            merged = {key: value for key, value in question.items() if key != "rows"}
            merged.update(row)
            merged["id"] = question["id"] + "." + row["id"]
            merged["matrix"] = question["id"]
            has_list = "list" in question or "choices" in question
            merged["type"] = "choice" if has_list else "scale"
            yield merged


class Visible:
    """Which questions are shown, and what an expression reads of them."""

    def __init__(self, checklist, answers, conditions):
        self.checklist = checklist
        self.answers = answers
        self.conditions = conditions
        self.section_of = {}
        self.asked = {}
        for section in checklist["sections"]:
            for asked in all_asked(section):
                self.section_of[asked["id"]] = section
                self.asked[asked["id"]] = asked

    def holds(self, condition):
        if condition is None:
            return True
        id, operator, operand = self.conditions[condition]
        if operator == "always":
            return operand
        read = self.read(id)
        if operator == "equals":
            return read == operand
        if operator == "selected":
            return operand in read.split(" ")
        if operator == "above":
            return read != "" and Fraction(read) > operand
        raise AssertionError(operator)

    def shown(self, id):
        section = self.section_of[id]
        return self.holds(section.get("relevant")) and self.holds(self.asked[id].get("relevant"))

    def read(self, id):
        """The text that ``${id}`` reads; '' for hidden, N/A and blank."""
        if not self.shown(id):
            return ""
        asked = self.asked[id]
        value, marked = unwrap(self.answers.get(id))
        if marked or value in (None, "", []) or is_na_choice(self.checklist, asked, value):
            return ""
        if isinstance(value, list):
            return " ".join(value)
        return str(value)


def unwrap(given):
    """The value, and whether N/A is marked."""
    if isinstance(given, dict):
        return given.get("value"), given.get("not_applicable", False)
    return given, False


def choices_of(checklist, asked):
    if "choices" in asked:
        return asked["choices"]
    if "list" in asked:
        return checklist["choice_lists"][asked["list"]]
    return []


def is_na_choice(checklist, asked, value):
    if asked["type"] not in ("choice", "choices"):
        return False
    chosen = value if isinstance(value, list) else [value]
    return any(c.get("na") for c in choices_of(checklist, asked) if c["id"] in chosen)


def ends_of_scale(asked):
    """Least, most, and whether the least is the best; None for what is no scale."""
    kind = asked["type"]
    if kind in ("scale", "expectation"):
        return asked.get("min", 1), asked.get("max", 5), asked.get("reverse", False)
    if kind == "csat":
        return 1, 5, False
    if kind == "nps":
        return 0, 10, False
    if kind == "ces":
        return 1, asked.get("max", 7), asked.get("easy", "high") == "low"
    return None


def is_scored(checklist, asked):
    if ends_of_scale(asked):
        return "points" in asked
    parts = choices_of(checklist, asked) + asked.get("bands", [])
    return any("points" in part for part in parts)


def best(checklist, asked):
    """m of choices and bands."""
    if asked["type"] == "choice":
        points = [
            Fraction(c.get("points", 0)) for c in choices_of(checklist, asked) if not c.get("na")
        ]
        return max([*points, Fraction(0)])
    if asked["type"] == "choices":
        real = [c for c in choices_of(checklist, asked) if not c.get("na")]
        together = Fraction(0)
        for choice in real:
            if not choice.get("exclusive") and choice.get("points", 0) > 0:
                together += Fraction(choice["points"])
        alone = [Fraction(c.get("points", 0)) for c in real if c.get("exclusive")]
        return max([together, *alone])
    return max([Fraction(0), *(Fraction(band.get("points", 0)) for band in asked["bands"])])


def band_of(asked, value):
    for band in asked["bands"]:
        if "max" in band and value <= band["max"]:
            return band
        if "below" in band and value < band["below"]:
            return band
        if "max" not in band and "below" not in band:
            return band
    raise AssertionError("the last band is the rest")


def possible_of(checklist, asked):
    """Possible before weight, the bonus rule apart."""
    if ends_of_scale(asked) or "points" in asked:
        return Fraction(asked["points"])
    return best(checklist, asked)


def earned_of(checklist, asked, value):
    """Earned before weight."""
    scale = ends_of_scale(asked)
    if scale:
        least, most, reverse = scale
        place = value["perceived"] if asked["type"] == "expectation" else value
        up = most - place if reverse else place - least
        return Fraction(asked["points"]) * Fraction(up, most - least)
    if asked["type"] in ("choice", "choices"):
        chosen = value if isinstance(value, list) else [value]
        c = Fraction(0)
        for choice in choices_of(checklist, asked):
            if choice["id"] in chosen:
                c += Fraction(choice.get("points", 0))
    else:
        c = Fraction(band_of(asked, value).get("points", 0))
    if "points" in asked:
        return Fraction(asked["points"]) * c / best(checklist, asked)
    return c


def says_fail(checklist, asked):
    parts = choices_of(checklist, asked) + asked.get("bands", [])
    return any(part.get("fail") for part in parts)


def answer_says_fail(checklist, asked, value):
    if asked["type"] in ("choice", "choices"):
        chosen = value if isinstance(value, list) else [value]
        return any(c.get("fail") for c in choices_of(checklist, asked) if c["id"] in chosen)
    return bool(band_of(asked, value).get("fail"))


def status_of(checklist, asked, answers, visible):
    if not visible.shown(asked["id"]):
        return "hidden"
    given = answers.get(asked["id"])
    value, marked = unwrap(given)
    if marked or (value not in (None, "", []) and is_na_choice(checklist, asked, value)):
        return "not_applicable"
    if asked["type"] == "note":
        return "unanswered"
    if asked["type"] == "calculate":
        source = asked["calculation"].removeprefix("${").removesuffix("}")
        return "unanswered" if visible.read(source) == "" else "unscored"
    if asked["type"] in ("photo", "audio", "file", "signature"):
        evidence = given.get("evidence") if isinstance(given, dict) else given
        return "unscored" if evidence or value else "unanswered"
    if asked["type"] == "expectation" and value is not None:
        halves = (value.get("expected"), value.get("perceived"))
        if None in halves:
            value = None
    if value in (None, "", []):
        return "unanswered"
    return "scored" if is_scored(checklist, asked) else "unscored"


def question_score(checklist, scoring, asked, answers, visible):
    status = status_of(checklist, asked, answers, visible)
    weight = Fraction(asked.get("weight", 1))
    bonus = asked.get("bonus", False)
    earned = possible = Fraction(0)
    failed = False
    p = Fraction(0)
    if is_scored(checklist, asked):
        p = Fraction(0) if bonus else weight * possible_of(checklist, asked)
    if status == "not_applicable":
        possible = {"exclude": Fraction(0), "zero": p, "full": p}[scoring["na"]]
        earned = {"exclude": Fraction(0), "zero": Fraction(0), "full": p}[scoring["na"]]
    elif status == "unanswered":
        possible = {"exclude": Fraction(0), "zero": p}[scoring["unanswered"]]
    elif status == "scored":
        value, _ = unwrap(answers[asked["id"]])
        possible = p
        earned = weight * earned_of(checklist, asked, value)
        if says_fail(checklist, asked):
            failed = answer_says_fail(checklist, asked, value)
        else:
            failed = not bonus and possible > 0 and earned <= 0
    return {
        "id": asked["id"],
        "status": status,
        "earned": earned,
        "possible": possible,
        "failed": failed,
        "weight": weight,
        "critical": asked.get("critical", False),
    }


def section_score(section, scored, scoring):
    earned = sum((q["earned"] for q in scored), Fraction(0))
    possible = sum((q["possible"] for q in scored), Fraction(0))
    if scoring["section"] == "points":
        ratio = earned / possible if possible != 0 else None
    else:
        counted = [q for q in scored if q["possible"] > 0]
        weights = sum((q["weight"] for q in counted), Fraction(0))
        ratio = None
        if counted:
            parts = (q["weight"] * (q["earned"] / q["possible"]) for q in counted)
            ratio = sum(parts, Fraction(0)) / weights
    if any(q["failed"] and q["critical"] == "section" for q in scored):
        earned = min(earned, Fraction(0))
        if ratio is not None:
            ratio = Fraction(0)
    if ratio is not None:
        ratio = max(ratio, Fraction(0))
        if scoring["cap"]:
            ratio = min(ratio, Fraction(1))
    weight = Fraction(section.get("weight", 1))
    return {
        "id": section["id"],
        "earned": earned,
        "possible": possible,
        "ratio": ratio,
        "weight": weight,
    }


def total_score(sections, questions, scoring):
    total = None
    if scoring["total"] == "points":
        possible = sum((s["possible"] for s in sections), Fraction(0))
        if possible != 0:
            total = sum((s["earned"] for s in sections), Fraction(0)) / possible
    else:
        rated = [s for s in sections if s["ratio"] is not None]
        weights = sum((s["weight"] for s in rated), Fraction(0))
        if weights != 0:
            total = sum((s["weight"] * s["ratio"] for s in rated), Fraction(0)) / weights
    failed = [q for q in questions if q["failed"] and q["critical"] is not False]
    raw = None if total is None else bounded(total * 100, failed, scoring)
    return {
        "raw": raw,
        **graded(raw, failed, scoring),
        "critical": [q["id"] for q in failed],
        "sections": sections,
        "questions": questions,
    }


def bounded(total, failed, scoring):
    total = max(total, Fraction(0))
    if scoring["cap"]:
        total = min(total, Fraction(100))
    for question in failed:
        if question["critical"] == "audit":
            total = Fraction(0)
        elif isinstance(question["critical"], dict):
            total = min(total, Fraction(question["critical"]["cap"]))
    return total


def graded(raw, failed, scoring):
    if raw is None:
        return {"score": None, "band": None, "passed": None}
    shift = 10 ** scoring["decimals"]
    rounded = Fraction((raw * shift + Fraction(1, 2)).__floor__(), shift)
    band = None
    for grade in sorted(scoring["bands"], key=lambda grade: grade["min"]):
        if Fraction(grade["min"]) <= rounded:
            band = grade["id"]
    if scoring["pass_mark"] is None:
        passed = False if failed else None
    else:
        passed = rounded >= Fraction(scoring["pass_mark"]) and not failed
    return {"score": rounded, "band": band, "passed": passed}
