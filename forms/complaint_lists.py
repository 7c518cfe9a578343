"""The lists that a firm starts with, and the words around a complaint that change what it means.

Only phrases that are clearly negative in a visit stand here: a word that is often innocent
("lạnh" of a drink, "bitter" of coffee) is left out, or its innocent uses stand in ``HARMLESS``.
"""

from __future__ import annotations


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


VI = _phrases("""
    thô lỗ, cộc lốc, cáu gắt, cáu kỉnh, gắt gỏng, quát, mắng, cãi nhau, cãi khách, cãi lại,
    vô lễ, hỗn láo, bất lịch sự, mất lịch sự, thiếu lịch sự, thiếu tôn trọng, coi thường,
    khinh khỉnh, thái độ xấu, thái độ tệ, thái độ không tốt, thờ ơ, hời hợt, lạnh nhạt, lạnh lùng,
    uể oải, cau có, phớt lờ, làm ngơ, lơ khách, bỏ mặc, quay đi, làm việc riêng, bấm điện thoại,
    nói chuyện riêng, không chào, không ai chào, không được chào, không quan tâm, không để ý khách,
    không nói gì, không nhìn khách, không xin lỗi, không cảm ơn, không mỉm cười,
    không nhiệt tình, không thân thiện, không lịch sự, không ai hỏi, không ai tiếp,
    bẩn, dơ, dơ bẩn, mất vệ sinh, kém vệ sinh, không sạch, chưa sạch, bừa bộn, bừa bãi, lộn xộn,
    nhếch nhác, nhớp nháp, bụi bặm, bám bụi, đầy bụi, đầy rác, hôi, ẩm mốc, bị mốc, ruồi, có gián,
    có chuột, chậm, trễ hẹn, đến trễ, giao trễ, chờ lâu, chờ rất lâu, chờ quá lâu, đợi lâu,
    đợi rất lâu, đợi quá lâu, lâu quá, sai giá, sai món, sai tiền, tính sai, thu thêm,
    tính thừa tiền, gian lận, ép mua, bị hỏng, hư hỏng, bị lỗi, bị vỡ, thiếu món, nguội ngắt,
    khó chịu, bực mình, thất vọng, tệ, tồi, kém, quá dở, rất dở, ồn ào
""")

EN = _phrases("""
    rude, impolite, disrespectful, unfriendly, unhelpful, unprofessional, hostile, aggressive,
    arrogant, dismissive, indifferent, uninterested, careless, sloppy, lazy, shouted, yelled,
    argued, swore, rolled her eyes, rolled his eyes, snapped at, annoyed, ignored, ignoring,
    turned away, walked away, on her phone, on his phone, on their phones,
    not greeted, no greeting, did not greet, didn't greet, never greeted, nobody greeted,
    no one greeted, no smile, did not smile, didn't smile, no eye contact, no apology,
    did not apologise, did not apologize, didn't apologise, didn't apologize, no thank you,
    not friendly, not helpful, dirty, filthy, unclean, not clean, smelly, stank, stinks, sticky,
    messy, untidy, dusty, mouldy, moldy, cockroach, flies everywhere, overflowing, slow,
    waited too long, too long, long wait, kept waiting, kept us waiting, kept me waiting,
    arrived late, served late, wrong order, wrong item, wrong price, wrong change, overcharged,
    misleading, broken, out of order, stale, undercooked, poor, bad, terrible, awful, horrible,
    disgusting, unacceptable, disappointed, disappointing, worst
""")

#: Words that leave little doubt; the others weigh half as much.
STRONG = frozenset(
    _phrases("""
        thô lỗ, cộc lốc, cáu gắt, gắt gỏng, quát, mắng, cãi nhau, cãi khách, vô lễ, hỗn láo,
        bất lịch sự, mất lịch sự, coi thường, phớt lờ, bỏ mặc, mất vệ sinh, dơ bẩn, bừa bộn,
        nhếch nhác, gian lận, thất vọng, tồi, có gián, có chuột, sai giá, tính sai,
        rude, impolite, disrespectful, hostile, aggressive, shouted, yelled, swore, ignored,
        filthy, disgusting, terrible, awful, horrible, unacceptable, disappointed, cockroach,
        overcharged, worst, stank, wrong price
    """)
)

#: Innocent uses: a phrase inside one of these is not seen.
HARMLESS = _phrases("""
    chậm rãi, nói chậm, nhai chậm, nhỏ giọt chậm, rang chậm, nhạc chậm, sống chậm, ủ chậm,
    pha chậm, thùng rác, xin lỗi, mồ hôi, giờ kém, tiền tệ, ngoại tệ, nội tệ, bản tệ, dân tệ,
    tệ nạn, tồi tàn trước đây, kém cạnh, sữa chua, không kém phần, không kém gì, không kém,
    không hôi, không nói gì thêm ngoài, khách quay đi, khi tôi quay đi, lúc tôi quay đi,
    khu vực dơ, đồ dơ, đồ bẩn, chống bẩn, vết bẩn cũ, chậm nhất, sớm hay chậm, dễ bị hỏng,
    nói chuyện riêng tư, khinh khí cầu,
    slow down, slow music, slow jazz, slow song, slow songs, slow drip, slow brew, slow brewed,
    slow cooked, slow roast, slow roasted, slow roasting, slow bar, slow motion, slow day,
    dirty chai, dirty chais, dirty matcha, dirty latte, dirty coffee, dirty martini,
    bad weather, bad traffic, my bad, sticky rice, sticky toffee, sticky note, sticky notes,
    sticky bun, sticky buns, broken rice, broken down into, broken glass theme,
    too long a list, before too long, ice broken, poor over, annoyed customer, annoyed guest,
    angry customer, lazy sunday, lazy susan, lazy afternoon, argued customer
""")

#: Words that turn the complaint after them into its opposite, in the same clause.
NEGATIONS = frozenset(
    """
    không chẳng chả chưa đừng chớ khỏi tránh tưởng ngỡ sợ lo nếu ko hok hông hổng k
    not no never nothing nobody none neither nor without hardly rarely isn't wasn't aren't weren't
    don't doesn't didn't hasn't haven't hadn't won't wouldn't can't couldn't cannot ain't
    isnt wasnt arent werent dont doesnt didnt hasnt havent hadnt zero avoid avoided avoiding
    feared afraid if
    """.split()
)
#: Two words that do the same.
NEGATING_PAIRS = frozenset(
    {("đâu", "có"), ("nào", "có"), ("thay", "vì"), ("instead", "of"), ("far", "from"),
     ("free", "of"), ("anything", "but"), ("rather", "than")}
)  # fmt: skip
#: A negation with one of these behind it denies nothing: "không chỉ bẩn mà còn hôi".
NOT_ONLY = frozenset({"chỉ", "những", "only", "just", "merely", "simply"})

#: Where a clause ends, besides punctuation: a negation does not reach over it.
CLAUSE_ENDS = frozenset(
    """
    nhưng mà tuy song còn vì do bởi nên rồi thì khiến và
    but however yet although though because since so while then and except
    """.split()
)
#: Between two complaints these carry the negation of the first: "không bẩn hay hôi".
LINKS = frozenset({"hay", "hoặc", "và", "cũng", "or", "nor", "and"})

#: Just before a complaint they make it small.
HEDGES = frozenset({"hơi", "slightly", "bit", "little", "somewhat"})

#: Soon after a complaint, in the same clause: it was put right.
MENDED = frozenset(
    {("được", "dọn"), ("được", "lau"), ("được", "thay"), ("được", "đổi"), ("lau", "ngay"),
     ("dọn", "ngay"), ("thay", "ngay"), ("was", "cleaned"), ("were", "cleaned"),
     ("was", "cleared"), ("were", "cleared"), ("cleared", "at"), ("cleared", "quickly"),
     ("was", "replaced"), ("were", "replaced"), ("wiped", "at")}
)  # fmt: skip

#: Phrases that mean something else when they are typed without diacritics ("do bạn", "cho lau").
UNMARKED_AMBIGUOUS = frozenset(
    {"do ban", "cho lau", "lau qua", "thu them", "co gian", "co chuot", "doi lau", "bi loi",
     "thai do xau", "khong noi gi", "den tre", "ep mua", "bi moc", "lam ngo", "sai tien"}
)  # fmt: skip
