"""The invented brand, its client firm, locations, evaluators and rounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

CLIENT = "Công ty Cổ phần Gió Lành"
BRAND = "Cà phê Diều Giấy"
COLOUR = "#0F5B5E"
COLOUR2 = "#E3A02C"
PROGRAM = "Trải nghiệm khách hàng"
OBJECTIVES = "Khách được chào, được tư vấn và nhận đúng món trong thời gian chuẩn ở mọi cửa hàng."
#: Code, name, languages, and what they can do, of those who visit.
EVALUATORS = (
    ("E-02", "Đỗ Thu Hà", "vi, en", "có xe máy"),
    ("E-03", "Lê Minh Khôi", "vi", "có xe máy"),
    ("E-04", "Phạm Ngọc Diệp", "vi, en", "pha chế"),
    ("E-06", "Trương Gia Bảo", "vi", "có xe máy"),
    ("E-07", "Nguyễn Hoài An", "vi, en", "pha chế, có xe máy"),
    ("E-09", "Vũ Khánh Linh", "vi", "có ô tô"),
    ("E-10", "Huỳnh Tấn Phát", "vi", "có xe máy"),
    ("E-11", "Bùi Thanh Trúc", "vi, en", ""),
    ("E-12", "Đặng Quốc Huy", "vi", "có xe máy"),
    ("E-14", "Hồ Bảo Châu", "vi, en", "pha chế"),
    ("E-15", "Ngô Đức Thịnh", "vi", "có ô tô"),
)
ZONE = "Asia/Ho_Chi_Minh"
BRIEFING = """\
Bạn vào quán như một khách bình thường. Không cho ai biết bạn đang đánh giá, kể cả khi được hỏi.

Trước khi vào:
- Đọc hết bảng hỏi một lượt để biết cần để ý điều gì.
- Sạc đầy điện thoại, tắt tiếng chụp ảnh, mang theo ít nhất 200 nghìn đồng tiền mặt.
- Nhắn tin hỏi quán một câu từ hôm trước, nếu phiếu giao việc có ghi.

Trong quán:
- Bấm giờ ba lần: đến lúc được chào, đến lúc tới lượt, đến lúc nhận đủ món.
- Nhờ nhân viên một việc nhỏ và bấm giờ đến lúc xong.
- Giữ hóa đơn và chụp lại trước khi rời bàn; che số thẻ.
- Đi rửa tay, nhìn lối thoát hiểm. Không chụp mặt người.

Sau khi ra:
- Ghi giờ đến và giờ về ngay khi lên xe.
- Ghi điều bạn thấy và nghe, không ghi điều bạn đoán. Không ghi tên nhân viên.\
"""
REMINDER_NAME = "Phiếu nhắc trước khi vào quán.txt"
REMINDER = """\
PHIẾU NHẮC TRƯỚC KHI VÀO QUÁN

[ ] Điện thoại đầy pin, đã tắt tiếng chụp ảnh
[ ] Đã đọc kịch bản của đợt
[ ] Có tiền mặt và thẻ
[ ] Biết việc nhỏ sẽ nhờ nhân viên
[ ] Nhớ giữ hóa đơn
"""
#: What the evaluators of a round do, oldest round first.
SCENARIOS = (
    """\
Bạn ghé lần đầu, muốn ngồi làm việc nửa giờ.

Gọi một món nóng hoặc món đá tùy thích, thêm một phần bánh nếu được mời. Nhờ nhân viên một việc \
nhỏ sau khi đã ngồi vào bàn.""",
    """\
Bạn từng nghe bạn bè khen quán và muốn thử món theo mùa.

Hỏi nhân viên về thành phần của món trước khi gọi. Nhờ một việc nhỏ liên quan đến chỗ ngồi hoặc \
món vừa nhận.""",
    """\
Bạn là khách quen quay lại sau vài tháng.

- Gọi món khác lần trước, để nhân viên có dịp tư vấn.
- Nhờ một việc nhỏ sau khi nhận món và bấm giờ.
- Xem lại những điều đợt trước bị trừ điểm, nếu bạn biết.""",
)
#: Rounds run on for two weeks after their quarter, as fieldwork does.
GRACE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Place:
    """A location of the brand; ``code`` names its story."""

    code: str
    name: str
    address: str
    region: str


PLACES: tuple[Place, ...] = (
    Place(
        "DG-01",
        "Trần Quốc Thảo",
        "62 Trần Quốc Thảo, phường Võ Thị Sáu, Quận 3, TP. Hồ Chí Minh",
        "Miền Nam",
    ),
    Place(
        "DG-02",
        "Phan Xích Long",
        "214 Phan Xích Long, phường 2, quận Phú Nhuận, TP. Hồ Chí Minh",
        "Miền Nam",
    ),
    Place(
        "DG-03",
        "Kim Mã",
        "305 Kim Mã, phường Ngọc Khánh, quận Ba Đình, Hà Nội",
        "Miền Bắc",
    ),
    Place(
        "DG-04",
        "Bà Triệu",
        "129 Bà Triệu, phường Nguyễn Du, quận Hai Bà Trưng, Hà Nội",
        "Miền Bắc",
    ),
    Place(
        "DG-05",
        "Bạch Đằng",
        "88 Bạch Đằng, phường Hải Châu 1, quận Hải Châu, Đà Nẵng",
        "Miền Trung",
    ),
    Place(
        "DG-06",
        "Ninh Kiều",
        "31 Hai Bà Trưng, phường Tân An, quận Ninh Kiều, Cần Thơ",
        "Miền Nam",
    ),
)


@dataclass(frozen=True, slots=True)
class Round:
    """A wave: a quarter and its two weeks of grace."""

    name: str
    starts: date
    ends: date


def rounds(today: date) -> tuple[Round, Round, Round]:
    """The three latest quarters, oldest first. The last is the one that held the day nine days
    ago, so that it has visits behind it and, with its grace, visits before it."""
    last = _quarter(today - timedelta(days=9))
    before = _quarter(last.starts - timedelta(days=1))
    return _quarter(before.starts - timedelta(days=1)), before, last


def _quarter(day: date) -> Round:
    number = (day.month - 1) // 3
    starts = date(day.year, 3 * number + 1, 1)
    following = date(day.year + (number == 3), (3 * number + 3) % 12 + 1, 1)
    return Round(f"Q{number + 1}/{day.year}", starts, following - timedelta(days=1) + GRACE)
