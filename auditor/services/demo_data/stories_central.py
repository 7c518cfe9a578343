"""The story of the centre: good service, and an emergency exit that is blocked."""

from __future__ import annotations

from datetime import time

from auditor.domain.facts import Weather
from auditor.services.demo_data.pictures import Scene
from auditor.services.demo_data.story import Request, Shoot, Story

BLOCKED: tuple[Story, ...] = (
    Story(
        evaluator="E-14",
        arrived=time(8, 35),
        stay=40,
        weather=Weather.SUN,
        staff="Thu ngân nam khoảng 35 tuổi, tóc húi cua. Nữ giúp bưng phin tóc buộc đuôi gà.",
        drink="Cà phê phin nóng, cỡ nhỏ",
        food="bánh mì que",
        hot="72.0",
        reply=2100,
        greet=10,
        greeting="Mời anh vào, sáng nay anh uống phin hay máy ạ?",
        queue=60,
        wait=360,
        taste=5,
        found=5,
        spirit=4,
        satisfied=5,
        ease=6,
        recommend=9,
        differs={"suggested": ("food",), "clean.cups": "minor", "menu_online": "partly"},
        notes={
            "menu_online": "Thực đơn trên mạng chưa có nhóm bánh, phải đến quán mới biết.",
            "clean.cups": "Đế ly phin còn vệt nước khô, lòng ly sạch.",
            "emergency_exit": "Cửa sau có biển xanh, tôi đẩy thử thanh ngang thấy mở được.",
            "drink_taste": "Phin chảy đều, thơm mùi hạt rang, không chua gắt.",
        },
        request=Request("Tôi xin đổi sang bàn ngoài ban công, nhân viên bưng phin ra giúp.", 85),
        photos=(
            Shoot("front_photo", Scene.STOREFRONT, "Mặt tiền nhìn ra sông"),
            Shoot("receipt_photo", Scene.RECEIPT, "Hóa đơn buổi sáng"),
            Shoot("product_photo", Scene.DRINKS, "Món lúc vừa nhận ở quầy"),
            Shoot("emergency_exit", Scene.EXIT, "Cửa thoát hiểm không bị chắn"),
            Shoot("clean.tables", Scene.TABLE, "Bàn trong quán đã lau"),
        ),
        story="Tôi đến sớm, quán mở nhạc nhẹ, bàn sạch. Nhân viên chào ngay, hỏi uống phin hay máy "
        "và mời bánh mì que. Phin nhỏ giọt xong sau sáu phút, thơm. Tôi xin ra ban công, nhân viên "
        "giúp chuyển đồ. Cửa thoát hiểm phía sau trống. Khi tôi về, người thu ngân cảm ơn và hẹn "
        "gặp lại.",
        fix_first="Bổ sung nhóm bánh vào thực đơn trên mạng để khách chọn trước.",
    ),
    Story(
        evaluator="E-02",
        arrived=time(15, 5),
        stay=58,
        weather=Weather.SUN,
        staff="Nữ đón khách ở cửa mặc áo dài tay xanh. Pha chế nam có hình xăm nhỏ ở cổ tay.",
        office="Tôi ngồi lâu hơn thường lệ để xem hàng có được dọn không.",
        drink="Bạc xỉu đá, cỡ lớn",
        food="bánh chuối nướng",
        greet=17,
        greeting="Em chào chị, chị ngồi trong hay ngoài ban công ạ?",
        queue=120,
        wait=375,
        differs={
            "suggested": ("food", "seasonal"),
            "emergency_exit": "no",
            "clean.floor": "minor",
            "front_clean": "partly",
        },
        notes={
            "front_clean": "Bậc thềm còn cát từ bãi biển, cửa kính thì sạch.",
            "emergency_exit": "Bốn thùng giấy và một xe đẩy chắn hết cửa sau. Muốn mở phải kéo xe "
            "ra trước.",
            "clean.floor": "Sàn lối vào hơi cát, khu ngồi bên trong sạch.",
            "menu_knowledge": "Nhân viên nói rõ bạc xỉu dùng sữa đặc và sữa tươi, hợp người uống "
            "nhẹ.",
        },
        request=Request("Tôi xin giảm đá, nhân viên làm lại lớp đá ngay tại quầy.", 70),
        photos=(
            Shoot("front_photo", Scene.STOREFRONT, "Mặt tiền buổi chiều"),
            Shoot("suggested", Scene.STANDEE, "Standee món theo mùa"),
            Shoot("receipt_photo", Scene.RECEIPT, "Hóa đơn hai món"),
            Shoot("product_photo", Scene.DRINKS, "Bạc xỉu và bánh chuối"),
            Shoot("emergency_exit", Scene.EXIT, "Thùng giấy và xe đẩy chắn cửa sau", bad=True),
            Shoot("clean.restroom", Scene.RESTROOM, "Nhà vệ sinh sạch, thơm"),
        ),
        story="Nhân viên chào và hỏi chỗ ngồi ngay khi tôi vào. Việc gọi món nhanh, có gợi ý bánh "
        "và món theo mùa. Bạc xỉu vừa ngọt, bánh chuối ấm. Khi đi rửa tay tôi thấy thùng hàng và "
        "xe đẩy chắn kín cửa thoát hiểm; hơn nửa giờ sau, lúc tôi về, chúng vẫn ở đó. Được cảm ơn "
        "khi ra cửa.",
        fix_first="Dọn ngay hàng hóa khỏi cửa thoát hiểm và quy định chỗ nhận hàng khác.",
    ),
    Story(
        evaluator="E-14",
        arrived=time(9, 41),
        stay=39,
        weather=Weather.CLOUDS,
        staff="Nữ mang thực đơn tới bàn tóc ngắn, đeo bảng tên. Pha chế nam râu quai nón.",
        drink="Cà phê muối đá, cỡ vừa",
        food="croissant bơ",
        reply=2700,
        greet=13,
        greeting="Chào anh, anh lên bàn ngồi em mang thực đơn tới ạ.",
        queue=90,
        wait=400,
        taste=5,
        found=5,
        differs={"suggested": ("food",), "emergency_exit": "no", "parking_help": "no"},
        notes={
            "parking_help": "Chỗ để xe không có người trông, xe đậu lấn ra gần cửa cuốn.",
            "emergency_exit": "Lần thứ hai liên tiếp cửa sau bị chắn: thùng ly giấy xếp chồng hai "
            "lớp, xe đẩy dựng trước thanh đẩy.",
            "clean.restroom": "Có bảng ký tên theo giờ, lượt gần nhất mới cách 20 phút.",
            "food_fresh": "Croissant giòn, còn ấm, đựng đĩa sứ thay vì túi giấy.",
        },
        request=Request("Tôi xin thêm ly trà đá, nhân viên rót và mang tới bàn.", 65),
        photos=(
            Shoot("front_photo", Scene.STOREFRONT, "Mặt tiền buổi sáng"),
            Shoot("receipt_photo", Scene.RECEIPT, "Hóa đơn, số thẻ đã che"),
            Shoot("product_photo", Scene.DRINKS, "Cà phê muối và croissant"),
            Shoot("food_fresh", Scene.PASTRY, "Tủ bánh buổi sáng"),
            Shoot("emergency_exit", Scene.EXIT, "Cửa thoát hiểm vẫn bị chắn", bad=True),
            Shoot("clean.restroom", Scene.RESTROOM, "Bồn rửa và gương sạch"),
        ),
        story="Tôi gửi xe ở chỗ không có người trông rồi vào quán. Nhân viên chào, mời ngồi và "
        "mang thực đơn tới. Món ra sau gần bảy phút, ngon và đúng ý. Phía sau, cửa thoát hiểm vẫn "
        "bị thùng ly giấy và xe đẩy chắn như đợt trước. Tôi không thấy ai dọn trong suốt buổi "
        "ngồi. Khi về có người chào.",
        fix_first="Giải phóng cửa thoát hiểm, vì đây là lần thứ hai liên tiếp bị chắn.",
    ),
)
