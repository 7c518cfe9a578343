"""The lists that a firm starts with, and the words around a complaint that change what it means.

Only phrases that are clearly negative in a visit stand here: a word that is often innocent
("lạnh" of a drink, "bitter" of coffee) is left out, or its innocent uses stand in ``HARMLESS``.
"""

from __future__ import annotations


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VI = _phrases("""
    thô lỗ, cộc lốc, cáu gắt, gắt gỏng, quát, mắng, cãi nhau, cãi khách, cãi lại, vô lễ, hỗn láo,
    bất lịch sự, mất lịch sự, thiếu lịch sự, thiếu tôn trọng, coi thường, khinh khỉnh,
    thái độ xấu, thái độ không tốt, thờ ơ, hời hợt, lạnh nhạt, lạnh lùng, uể oải, cau có,
    phớt lờ, làm ngơ, bỏ mặc, quay đi, làm việc riêng, bấm điện thoại, nói chuyện riêng,
    không chào, không ai chào, không quan tâm, không nói gì, không nhìn khách, không xin lỗi,
    không cảm ơn, không mỉm cười, không nhiệt tình, không thân thiện, không lịch sự,
    không ai hỏi, không ai tiếp, bẩn, dơ, mất vệ sinh, không sạch, chưa sạch, bừa bộn, bừa bãi,
    lộn xộn, nhếch nhác, nhớp nháp, bụi bặm, bám bụi, đầy bụi, đầy rác, hôi, ẩm mốc, ruồi,
    có gián, có chuột, chậm, trễ hẹn, đến trễ, giao trễ, chờ lâu, đợi lâu, sai giá, sai món,
    sai tiền, tính sai, thu thêm, gian lận, ép mua, bị hỏng, hư hỏng, bị lỗi, thiếu món,
    nguội ngắt, khó chịu, bực mình, thất vọng, tệ, tồi, kém, quá dở, ồn ào
""")

EN = _phrases("""
    rude, impolite, disrespectful, unfriendly, unhelpful, unprofessional, hostile, aggressive,
    arrogant, dismissive, indifferent, careless, sloppy, lazy, shouted, yelled, argued, swore,
    rolled her eyes, rolled his eyes, snapped at, annoyed, ignored, ignoring, turned away,
    walked away, on her phone, on his phone, on their phones, not greeted, no greeting,
    did not greet, never greeted, nobody greeted, no one greeted, no smile, did not smile,
    no eye contact, no apology, did not apologise, did not apologize, not friendly, not helpful,
    not polite, dirty, filthy, unclean, not clean, smelly, stank, sticky, messy, untidy, dusty,
    mouldy, moldy, cockroach, cockroaches, flies everywhere, overflowing bin, overflowing bins,
    slow, waited too long, too long, long wait, kept waiting, kept us waiting, kept me waiting,
    arrived late, served late, wrong order, wrong item, wrong price, wrong change, overcharged,
    misleading, broken, out of order, stale, undercooked, poor, bad, terrible, awful, horrible,
    disgusting, unacceptable, disappointed, disappointing, worst
""")

#: Phrases that leave little doubt; the others weigh half as much.
STRONG = frozenset(
    _phrases("""
        thô lỗ, cộc lốc, cáu gắt, gắt gỏng, quát, mắng, cãi nhau, cãi khách, vô lễ, hỗn láo,
        bất lịch sự, mất lịch sự, coi thường, phớt lờ, bỏ mặc, mất vệ sinh, bừa bộn,
        nhếch nhác, gian lận, thất vọng, tồi, có gián, có chuột, sai giá, tính sai,
        rude, impolite, disrespectful, hostile, aggressive, shouted, yelled, swore, ignored,
        filthy, disgusting, terrible, awful, horrible, unacceptable, disappointed, cockroach,
        overcharged, worst, stank, wrong price
    """)
)

#: Innocent uses: a complaint inside one of these is not seen.
HARMLESS = _phrases("""
    chậm rãi, chậm lại, chậm nhất, nói chậm, nhai chậm, chảy chậm, nhỏ giọt chậm, rang chậm,
    ủ chậm, pha chậm, nhạc chậm, sống chậm, xin lỗi, mồ hôi, giờ kém, kém cạnh, tiền tệ, ngoại tệ,
    nội tệ, bản tệ, dân tệ, tệ nạn, đồ dơ, đồ bẩn, chống bẩn, tôi quay đi, mình quay đi,
    slow down, slow music, slow jazz, slow song, slow songs, slow drip, slow brew, slow brewed,
    slow cooked, slow roast, slow roasted, slow bar, slow motion, slow day, dirty chai,
    dirty chais, dirty matcha, dirty latte, dirty coffee, dirty martini, bad weather, bad traffic,
    my bad, sticky rice, sticky toffee, sticky note, sticky notes, sticky bun, sticky buns,
    broken rice, broken down into, before too long, annoyed customer, annoyed guest,
    lazy susan, i walked away, i turned away, we walked away, lost and found
""")

#: Words that turn the complaint after them into its opposite, in the same clause.
NEGATIONS = _words("""
    không chẳng chả chưa đừng chớ khỏi tránh tưởng ngỡ sợ nếu ko hok hông hổng k
    not no never nothing nobody none neither nor without hardly rarely cannot zero
    avoid avoided avoiding feared afraid if
""")
#: Two words that do the same.
NEGATING_PAIRS = frozenset(
    {("đâu", "có"), ("nào", "có"), ("thay", "vì"), ("lo", "sẽ"), ("lo", "phải"), ("far", "from"),
     ("instead", "of"), ("free", "of"), ("anything", "but"), ("rather", "than")}
)  # fmt: skip
#: A negation with one of these behind it denies nothing: "không chỉ bẩn mà còn hôi".
NOT_ONLY = frozenset({"chỉ", "những", "only", "just", "merely", "simply"})
#: May stand between the words of a phrase: "chờ rất lâu", "did not even greet".
FILLERS = _words("""
    rất quá khá hề được thèm hơi hẳn very really so quite even ever too particularly
    rat qua kha he duoc them
""")

#: Where a clause ends, besides punctuation: a negation does not reach over it.
CLAUSE_ENDS = _words("""
    nhưng mà tuy vì bởi nên rồi thì khiến và
    but however yet although though because since while then and except
    nhung vi nen roi thi khien va
""")
#: These set a complaint against praise.
CONTRASTS = _words("nhưng tuy dù mặc song but however although though despite yet nhung")
#: Between two complaints these carry the negation of the first: "không bẩn hay hôi".
LINKS = frozenset({"hay", "hoặc", "và", "cũng", "hoac", "va", "cung", "or", "nor", "and"})

#: Just before a complaint they make it small.
HEDGES = frozenset({"hơi", "slightly", "bit", "little", "somewhat", "hoi"})

#: Soon after a complaint, in the same clause: it was put right.
MENDED = frozenset(
    {("được", "dọn"), ("được", "lau"), ("được", "thay"), ("được", "đổi"), ("lau", "ngay"),
     ("dọn", "ngay"), ("thay", "ngay"), ("đổi", "ngay"), ("was", "cleaned"), ("were", "cleaned"),
     ("was", "cleared"), ("were", "cleared"), ("was", "replaced"), ("were", "replaced"),
     ("cleared", "at"), ("cleared", "quickly"), ("wiped", "at"), ("at", "once")}
)  # fmt: skip

#: Negations of a text without diacritics; "cho" and "so" are too many other words.
UNMARKED_NEGATIONS = frozenset({"khong", "chang", "chua", "dung", "tranh", "tuong", "neu"})
#: Phrases that mean something else when they are typed so ("cho lau" is also "let them wipe").
UNMARKED_AMBIGUOUS = frozenset(
    {"cho lau", "doi lau", "thu them", "co gian", "co chuot", "bi loi", "den tre", "ep mua",
     "lam ngo", "thieu mon", "sai mon", "sai tien", "qua do"}
)  # fmt: skip
