"""Complaints in comments: what is seen, what is taken back, and the lists a firm may edit."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.complaint_lists import EN, STRONG, VI
from forms.complaint_words import MOST_PHRASES, ComplaintWords, weighs_up
from forms.problems import FormsError

WORDS = ComplaintWords.default()

GOOD = [
    "Nhân viên chào ngay khi tôi vào cửa, cười rất tươi.",
    "Sàn và bàn đều sạch, không bẩn chỗ nào.",
    "Phục vụ chưa bao giờ chậm trong ba lần tôi ghé.",
    "Nhân viên không hề thô lỗ, dù quán rất đông.",
    "Tôi không thấy bẩn ở đâu cả, nhà vệ sinh thơm.",
    "Nhân viên chậm rãi giải thích từng món cho tôi.",
    "Cô thu ngân nói chậm để tôi nghe rõ số tiền.",
    "Phin chảy đều, thơm mùi hạt rang, không chua gắt.",
    "Tôi không phải chờ lâu, khoảng hai phút là có đồ uống.",
    "Nhân viên hỏi tôi có chờ lâu không rồi xin lỗi vì quán đông.",
    "Quán không ồn ào, không hôi, không bụi bặm.",
    "Thùng rác có nắp và được lau sạch.",
    "Ly bẩn trên bàn được dọn đi sau một phút.",
    "Tưởng phải đợi lâu nhưng có người ra tiếp liền.",
    "Chẳng có gì để chê, nhân viên kiên nhẫn.",
    "Giao dịch ngoại tệ được hướng dẫn rõ ràng.",
    "Bàn không bẩn hay dính, ghế chắc chắn.",
    "Thái độ niềm nở, chậm thì không, thậm chí rất nhanh.",
    "Tôi đến lúc chín giờ kém mười, đã có người đón.",
    "Không ai thô lỗ với khách, kể cả lúc đông.",
    "Nhan vien chao ngay, ban sach, do uong ngon.",
    "Nhan vien cho lau ban truoc khi moi toi ngoi.",
    "Hóa đơn đúng giá trên bảng, có đưa tận tay.",
    "The staff greeted me at once and smiled.",
    "Nobody was rude, even with a long line of people.",
    "It wasn't slow at all, two minutes at most.",
    "No dirty tables anywhere, the floor had just been mopped.",
    "I ordered a dirty chai latte and it came quickly.",
    "Not bad at all; the cake was better than expected.",
    "Soft slow jazz in the background, a calm place.",
    "The cashier was never rude or dismissive.",
    "There was nothing broken, sticky or dusty in sight.",
    "Dirty cups were cleared within a minute.",
    "He didn’t keep me waiting and apologised for the small queue.",
    "I did not have to wait too long.",
    "She was far from rude: she walked me to the shelf.",
    "The order was correct, hot and carefully packed.",
    "Without being slow, he took time to explain each dish.",
]

BAD = [
    "Nhân viên thô lỗ, ném hóa đơn xuống bàn.",
    "Bàn bẩn, còn vụn bánh của khách trước.",
    "Đưa ly rồi quay đi, không nói gì thêm.",
    "Không ai chào khi tôi vào.",
    "Nhân viên không chào, mắt nhìn điện thoại.",
    "Phục vụ quá chậm, tôi phải hỏi hai lần.",
    "Tôi phải chờ rất lâu mới có người ra.",
    "Thu ngân cáu gắt khi tôi xin hóa đơn.",
    "Nhà vệ sinh hôi và sàn ướt.",
    "Họ phớt lờ tôi dù quầy vắng.",
    "Tính sai tiền, tôi nhắc mới sửa.",
    "Không chỉ bẩn mà còn bừa bộn.",
    "Sàn không chỉ bẩn.",
    "It was not just slow.",
    "Nhân viên không hề mỉm cười với ai.",
    "Không có khăn giấy, bàn bẩn.",
    "Nhân viên nói chuyện riêng suốt lúc tôi đợi.",
    "Thái độ hời hợt, trả lời cộc lốc.",
    "Nhan vien khong chao toi luc vao.",
    "Nhan vien tho lo voi khach.",
    "Tôi rất thất vọng về cách phục vụ.",
    "Ghế hư hỏng, ngồi suýt ngã.",
    "KHÔNG CHÀO, CÁU GẮT.",
    "Bẩn!",
    "The cashier was rude to the woman before me.",
    "I was ignored for five minutes.",
    "The floor was dirty and sticky.",
    "Service was painfully slow.",
    "She didn't even greet me.",
    "He did not smile once, then walked away.",
    "They kept us waiting for no reason.",
    "Nobody greeted me when I came in.",
    "The tables weren't clean.",
    "No napkins, rude staff.",
    "Not only slow but also unfriendly.",
    "I got the wrong order and no apology.",
    "The barista was on her phone the whole time.",
    "Terrible coffee, stale cake.",
    "No one smiled and the manager was rude.",
    "I was overcharged by ten thousand dong.",
    "DISGUSTING TOILET",
    "Staff didnt greet me.",
]


@pytest.mark.parametrize("comment", GOOD)
def test_praise_is_no_complaint(comment: str) -> None:
    assert WORDS.found_in(comment) == ()


@pytest.mark.parametrize("comment", BAD)
def test_a_complaint_is_seen(comment: str) -> None:
    assert WORDS.found_in(comment)


@pytest.mark.parametrize(
    ("comment", "written"),
    [
        ("Tôi phải chờ rất lâu.", ["chờ rất lâu"]),
        ("Thô  lỗ\nvà BẨN", ["Thô lỗ", "BẨN"]),
        ("She didn’t even greet me", ["didn’t even greet"]),
        ("khong chao ai", ["khong chao"]),
        ("(bẩn)", ["bẩn"]),
        ("Không chào khách thô lỗ", ["Không chào", "thô lỗ"]),
        ("*rude*, 'slow'", ["rude", "slow"]),
        ("tho lo, Thô lỗ", ["Thô lỗ"]),
    ],
)
def test_words_are_quoted_as_they_stand(comment: str, written: list[str]) -> None:
    assert [found.written for found in WORDS.found_in(comment)] == written


def test_only_whole_words_count() -> None:
    assert WORDS.found_in("bẩnn badly slowly rudely nhà bè") == ()


def test_composed_and_decomposed_letters_are_the_same() -> None:
    comment = "Nhân viên cáu gắt với tôi"
    assert WORDS.found_in(unicodedata.normalize("NFD", comment)) == WORDS.found_in(comment)


def test_diacritics_are_exact_where_there_are_some() -> None:
    """ "khong chao" may be "không cháo": only a comment wholly without diacritics is guessed."""
    assert WORDS.found_in("khong chao")
    assert WORDS.found_in("Quán khong chao ai") == ()


def test_strong_and_small_words_weigh_differently() -> None:
    weights = {text: WORDS.found_in(text)[0].weight for text in ("thô lỗ", "chậm", "hơi chậm")}
    assert weights == {"thô lỗ": 2, "chậm": 1, "hơi chậm": 0}


@pytest.mark.parametrize("comment", ["Sạch nhưng chậm", "Clean, but slow", "sach nhung cham"])
def test_a_comment_with_a_but_weighs_up(comment: str) -> None:
    assert weighs_up(comment)
    assert not weighs_up("Rất chậm. Very slow.")


def test_the_first_lists_can_be_kept_as_they_are() -> None:
    assert WORDS.normalised() == WORDS
    assert WORDS.problems() == ()
    assert 50 <= len(VI) <= 90
    assert 50 <= len(EN) <= 90
    assert {*VI, *EN} >= STRONG


@pytest.mark.parametrize("phrase", [*VI, *EN])
def test_every_phrase_finds_itself(phrase: str) -> None:
    assert [found.phrase for found in WORDS.found_in(f"Hôm đó: {phrase}.")] == [phrase]


def test_a_firm_may_add_its_own_words() -> None:
    mine = WORDS.changed("vi", (*WORDS.vi, "  Đồng  phục nhăn "))
    found = mine.found_in("Áo sạch, đồng phục nhăn.")
    assert [each.phrase for each in found] == ["Đồng phục nhăn"]
    assert WORDS.changed("en", ()).found_in("rude") == ()
    with pytest.raises(KeyError):
        WORDS.changed("fr", ())


def test_tidying_drops_blanks_and_repetitions() -> None:
    nfd = unicodedata.normalize("NFD", "thô lỗ")
    messy = ComplaintWords(vi=(" Thô  lỗ ", nfd, "", "  ", "bẩn"), en=("Rude", "rude"))
    assert messy.normalised() == ComplaintWords(vi=("Thô lỗ", "bẩn"), en=("Rude",))


def test_json_is_canonical_and_comes_back() -> None:
    text = WORDS.to_json()
    assert ComplaintWords.from_json(text) == WORDS
    assert ComplaintWords.from_json(text).to_json() == text
    assert ComplaintWords((" bẩn",), ()).to_json() == '{"en":[],"vi":["bẩn"]}'
    assert ComplaintWords.from_json('{"vi": ["bẩn"]}') == ComplaintWords(("bẩn",), ())


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"fr": []}', '{"vi": "bẩn"}', '{"en": [1]}', "[" * 100_000]
)
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(FormsError) as caught:
        ComplaintWords.from_json(text)
    assert [each.code for each in caught.value.problems] == ["complaint-words-unreadable"]


@pytest.mark.parametrize(
    ("phrases", "code"),
    [
        (["x" * 81], "complaint-phrase-long"),
        (["rude, slow"], "complaint-phrase-marks"),
        (["..."], "complaint-phrase-marks"),
        ([f"word{n}" for n in range(MOST_PHRASES + 1)], "complaint-words-many"),
    ],
)
def test_what_cannot_be_kept_is_told(phrases: list[str], code: str) -> None:
    with pytest.raises(FormsError) as caught:
        ComplaintWords.from_json(json.dumps({"en": phrases}))
    assert [each.code for each in caught.value.problems] == [code]
    assert all(each.text("vi") != each.text("en") for each in caught.value.problems)


@settings(deadline=None, max_examples=100)
@given(st.text(), st.lists(st.text(max_size=20), max_size=5))
def test_any_text_can_be_searched_for_any_phrase(comment: str, phrases: list[str]) -> None:
    words = ComplaintWords(tuple(phrases), WORDS.en)
    for found in words.found_in(f"{comment} {phrases[0] if phrases else ''} İ rude"):
        assert found.written
    assert ComplaintWords.default().found_in(comment) == WORDS.found_in(comment)


PIECES = st.sampled_from(
    ["không", "chào", "bẩn", "hay", "và", ",", ".", "thì", "có", "rude", "not", "or", "didn't",
     "greet", "dirty", "chai", "hơi", "chỉ", "chậm", "rãi", "were", "cleared", "-", "’", "İ"]
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_what_is_found_stands_in_the_comment(comment: str) -> None:
    for found in WORDS.found_in(comment):
        assert found.written in " ".join(comment.split())
