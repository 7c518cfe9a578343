"""The stories of the south: a star, one with slow service, one that is average."""

from __future__ import annotations

from datetime import time

from auditor.domain.facts import Weather
from auditor.services.demo_data.pictures import Scene
from auditor.services.demo_data.story import NA, Request, Shoot, Story

STAR: tuple[Story, ...] = (
    Story(
        evaluator="E-07",
        arrived=time(9, 12),
        stay=31,
        weather=Weather.SUN,
        staff="Thu ngân nữ khoảng 25 tuổi, tóc buộc cao, áo polo xanh. Pha chế nam đeo kính.",
        drink="Cappuccino nóng, cỡ vừa",
        food="croissant bơ",
        hot="66.5",
        reply=840,
        greet=8,
        greeting="Diều Giấy xin chào anh, anh dùng tại quán hay mang đi ạ?",
        queue=65,
        wait=265,
        taste=5,
        found=5,
        spirit=5,
        satisfied=5,
        ease=7,
        recommend=9,
        delight="Nhân viên pha chế vẽ hình con diều lên lớp bọt sữa rồi xoay quai ly về phía tôi.",
        differs={"menu_online": "partly", "suggested": ("food", "seasonal")},
        notes={
            "menu_online": "Ảnh thực đơn trên trang hơi mờ, phải phóng to mới đọc được giá trà.",
            "greeted": "Vừa đẩy cửa đã nghe tiếng chào, thu ngân ngẩng lên cười dù đang đếm tiền.",
            "menu_knowledge": "Tôi hỏi về hạt. Nhân viên nói hạt Cầu Đất rang vừa, ít đắng, hợp "
            "pha máy hơn pha phin.",
        },
        request=Request(
            "Tôi xin thêm một gói đường, nhân viên mang tới tận bàn kèm que khuấy.", 40
        ),
        photos=(
            Shoot("front_photo", Scene.STOREFRONT, "Mặt tiền, biển hiệu và lối vào"),
            Shoot("greeted", Scene.COUNTER, "Quầy nhìn từ cửa"),
            Shoot("receipt_photo", Scene.RECEIPT, "Hóa đơn, số thẻ đã che"),
            Shoot("product_photo", Scene.DRINKS, "Món lúc vừa nhận"),
            Shoot("food_fresh", Scene.PASTRY, "Tủ bánh đầy, có nhãn giá"),
            Shoot("clean.tables", Scene.SEATING, "Khu ngồi trong nhà"),
        ),
        story="Tôi đến lúc chín giờ sáng, trước tôi có hai khách. Thu ngân chào ngay khi tôi vào, "
        "hỏi tôi thích uống đậm hay nhẹ rồi gợi ý croissant và món theo mùa. Cô nhắc lại món, đưa "
        "hóa đơn và thẻ bàn. Hơn bốn phút sau món được mang tới. Khi tôi về, nhân viên cảm ơn.",
        fix_first="Thay ảnh thực đơn trên trang bằng bản rõ nét để khách đọc được giá.",
    ),
    Story(
        evaluator="E-12",
        arrived=time(15, 40),
        stay=34,
        weather=Weather.RAIN,
        staff="Thu ngân nữ tóc ngắn ngang vai. Nhân viên cho mượn ô là nam, dáng cao.",
        office="Tôi để ô lại ở chỗ bảo vệ như đã hẹn.",
        drink="Trà lài mận đá, cỡ vừa",
        food="bánh chuối nướng",
        reply=1260,
        greet=11,
        greeting="Dạ chào chị, mời chị vào trong cho mát ạ.",
        queue=95,
        wait=310,
        taste=5,
        found=5,
        spirit=5,
        satisfied=5,
        ease=7,
        recommend=9,
        delight="Trời đổ mưa lúc tôi về, nhân viên đưa tôi mượn ô ra tận chỗ để xe.",
        differs={
            "parking_help": "no",
            "suggested": ("food", "seasonal", "loyalty"),
            "clean.tables": "minor",
        },
        notes={
            "parking_help": "Bảo vệ đang dắt xe cho khách khác nên tôi tự tìm chỗ và tự khóa cổ "
            "xe.",
            "clean.tables": "Hai bàn cạnh cửa sổ còn vệt nước; nhân viên lau ngay khi đi ngang.",
            "asked_taste": "Nhân viên hỏi tôi thích chua hay ngọt rồi mới giới thiệu trà lài mận.",
        },
        request=Request(
            "Tôi xin đổi sang bàn xa máy lạnh, nhân viên bưng khay giúp và lau bàn.", 75
        ),
        photos=(
            Shoot("front_photo", Scene.STOREFRONT, "Quán nhìn từ bên kia đường"),
            Shoot("suggested", Scene.STANDEE, "Standee món mới đặt ngay lối vào"),
            Shoot("receipt_photo", Scene.RECEIPT, "Hóa đơn đủ món và giá"),
            Shoot("product_photo", Scene.DRINKS, "Trà và bánh ở quầy nhận món"),
            Shoot("clean.restroom", Scene.RESTROOM, "Bồn rửa khô ráo, đủ xà phòng"),
            Shoot("emergency_exit", Scene.EXIT, "Cửa thoát hiểm thông thoáng"),
        ),
        story="Buổi chiều quán khá đông nhưng hàng đi nhanh. Thu ngân chào trước, hỏi khẩu vị, "
        "giới thiệu trà lài mận, bánh chuối và thẻ thành viên, không mời thêm khi tôi từ chối thẻ. "
        "Sau hơn năm phút tôi nhận đủ món, trà đúng mức đường đã dặn. Lúc về, nhân viên cho mượn "
        "ô.",
        fix_first="Bố trí thêm một người hướng dẫn gửi xe vào giờ tan học buổi chiều.",
    ),
    Story(
        evaluator="E-07",
        arrived=time(10, 5),
        stay=33,
        weather=Weather.CLOUDS,
        staff="Thu ngân nam tóc ngắn, đeo bảng tên bên trái. Một nữ pha chế tóc tết.",
        office="Nhân viên có vẻ nhớ mặt tôi; nên cử người khác vào đợt sau.",
        drink="Cà phê muối đá, cỡ vừa",
        food="bông lan trứng muối",
        reply=540,
        greet=6,
        greeting="Chào anh, lâu rồi mới thấy anh ghé, mời anh lại quầy ạ.",
        queue=50,
        wait=245,
        taste=5,
        expected=5,
        found=5,
        value=5,
        spirit=5,
        satisfied=5,
        ease=7,
        recommend=10,
        delight="Nhân viên nhớ tôi uống ít ngọt từ lần trước và hỏi lại trước khi bấm món.",
        differs={"suggested": ("food", "loyalty"), "front_clean": "partly", "clean.cups": "minor"},
        notes={
            "front_clean": "Trước cửa còn lá rụng sau cơn mưa đêm, đang có người quét.",
            "clean.cups": "Đế ly dính giọt cà phê muối, lau là hết; lòng ly sạch.",
            "suggested": "Có nhắc bánh và thẻ thành viên, nhưng không nói tới món theo mùa.",
            "warmth": "Nhân viên nhìn tôi suốt lúc nhận món, gật đầu và cười khi tôi đổi ý.",
            "hygiene": "Người pha chế rửa tay trước khi làm, cầm ly ở thân chứ không chạm miệng "
            "ly.",
        },
        request=Request("Tôi xin thêm đá, nhân viên mang ra một ly đá riêng kèm kẹp sạch.", 35),
        photos=(
            Shoot("front_photo", Scene.STOREFRONT, "Mặt tiền buổi sáng"),
            Shoot("warmth", Scene.STAFF, "Nhân viên quầy, không chụp rõ mặt"),
            Shoot("receipt_photo", Scene.RECEIPT, "Hóa đơn, phần thẻ đã che"),
            Shoot("product_photo", Scene.DRINKS, "Cà phê muối lúc vừa nhận"),
            Shoot("clean.tables", Scene.TABLE, "Bàn sạch, có lọ cây nhỏ"),
            Shoot("clean.floor", Scene.WASTE, "Góc trả ly gọn gàng"),
        ),
        story="Tôi vào lúc mười giờ, chỉ có một khách phía trước. Nhân viên chào, nhớ tôi uống ít "
        "ngọt và gợi ý bông lan trứng muối cùng thẻ thành viên. Thanh toán bằng mã QR xong ngay, "
        "hóa đơn được đưa kèm. Món ra sau hơn bốn phút, đúng như tôi gọi, ly đủ lạnh.",
        fix_first="Nhắc nhân viên giới thiệu cả món theo mùa, vì tôi chỉ được mời bánh và thẻ.",
    ),
)

SLOW: tuple[Story, ...] = (
    Story(
        evaluator="E-03",
        arrived=time(7, 48),
        stay=38,
        weather=Weather.SUN,
        staff="Thu ngân nữ khoảng 20 tuổi, tóc nhuộm nâu. Nam dán nhãn ly đứng cạnh máy thứ hai.",
        drink="Latte nóng, cỡ vừa",
        food="bánh mì que",
        hot="58.0",
        reply=15300,
        greet=26,
        greeting="Em chào chị, chị đợi em một chút nhé.",
        queue=410,
        wait=690,
        expected=4,
        found=3,
        value=3,
        spirit=2,
        satisfied=2,
        ease=3,
        recommend=5,
        comes_back="maybe",
        differs={
            "tables_uncleared": NA,
            "second_till": "no",
            "asked_taste": "no",
            "suggested": ("none",),
            "warmth": "partly",
            "clean.tables": "minor",
            "farewell": "no",
        },
        notes={
            "reply_time": "Tôi nhắn hỏi còn chỗ có ổ cắm không, 4 giờ 15 phút sau mới có người "
            "đáp.",
            "queue_time": "Tôi xếp hàng 6 phút 50 giây. Có hai máy tính tiền nhưng chỉ mở một, "
            "người thứ hai đứng dán nhãn ly.",
            "wait_time": "Từ lúc trả tiền đến khi có đủ món là 11 phút 30 giây, không ai báo trước "
            "là sẽ lâu.",
            "drink_heat": "Latte chỉ còn 58 độ khi đưa cho tôi vì đứng chờ bánh trên quầy.",
            "suggested": "Nhân viên bấm món xong là hỏi trả tiền, không gợi ý gì thêm.",
        },
        request=Request(
            "Tôi hỏi món tới đâu rồi. Nhân viên tìm lại phiếu, xin lỗi và làm ly của tôi trước.",
            280,
            "partly",
        ),
        photos=(
            Shoot("front_photo", Scene.STOREFRONT, "Mặt tiền lúc đầu giờ sáng"),
            Shoot("queue_time", Scene.QUEUE, "Sáu khách chờ trước một máy tính tiền", bad=True),
            Shoot("receipt_photo", Scene.RECEIPT, "Hóa đơn có giờ in"),
            Shoot("wait_time", Scene.COUNTER, "Quầy pha chế lúc đang chờ món"),
            Shoot("product_photo", Scene.DRINKS, "Món lúc nhận được"),
        ),
        story="Tôi đến trước giờ làm, hàng dài ra gần cửa. Nhân viên thấy tôi và xin tôi đợi. Chỉ "
        "một máy tính tiền mở. Sau khi trả tiền tôi đứng chờ ở quầy nhận món, hai khách bỏ về. "
        "Latte làm xong sớm nhưng phải chờ bánh nên nguội bớt. Lúc tôi về không ai chào.",
        fix_first="Mở cả hai máy tính tiền từ bảy giờ đến chín giờ sáng các ngày trong tuần.",
    ),
    Story(
        evaluator="E-15",
        arrived=time(12, 16),
        stay=36,
        weather=Weather.HEAT,
        staff="Nam phát thực đơn trong hàng, áo đồng phục mới. Thu ngân nữ tóc búi thấp.",
        office="Bánh quy được mời tôi không ăn, đã mang về.",
        drink="Bạc xỉu đá, cỡ lớn",
        reply=5400,
        greet=21,
        greeting="Dạ em chào anh, anh xem thực đơn trước giúp em.",
        queue=335,
        wait=640,
        value=3,
        spirit=3,
        satisfied=3,
        ease=4,
        recommend=6,
        comes_back="maybe",
        differs={
            "tables_uncleared": NA,
            "suggested": ("loyalty",),
            "clean.counter": "minor",
            "defects": ("noise",),
        },
        notes={
            "queue_time": "Giờ nghỉ trưa, hàng sáu người, tôi chờ 5 phút 35 giây mới tới lượt.",
            "wait_time": "Chờ 10 phút 40 giây cho một ly bạc xỉu. Phiếu in ra nhưng nằm dưới khay.",
            "clean.counter": "Quầy nhận món dính vệt sữa đặc, có lau nhưng còn rít tay.",
            "defects": "Loa ở góc trái mở lớn, tôi phải nói to hai lần thu ngân mới nghe được.",
        },
        request=Request(
            "Tôi báo phiếu của mình bị bỏ sót. Nhân viên nhận lỗi, làm ngay và mời thêm bánh quy.",
            190,
        ),
        photos=(
            Shoot("front_photo", Scene.STOREFRONT, "Mặt tiền giờ trưa"),
            Shoot("queue_time", Scene.QUEUE, "Hàng chờ giờ nghỉ trưa", bad=True),
            Shoot("receipt_photo", Scene.RECEIPT, "Hóa đơn một món"),
            Shoot("product_photo", Scene.DRINKS, "Bạc xỉu lúc vừa nhận"),
            Shoot("defects", Scene.SEATING, "Khu ngồi gần loa"),
            Shoot("clean.restroom", Scene.RESTROOM, "Nhà vệ sinh khô, đủ giấy"),
        ),
        story="Tôi đến giờ nghỉ trưa. Nhân viên chào và đưa thực đơn cho người trong hàng, việc "
        "này có ích. Khi tới lượt, thu ngân tư vấn đúng và giới thiệu thẻ thành viên. Phiếu của "
        "tôi bị khay che mất, tôi phải hỏi mới được làm. Bạc xỉu ngon, đúng độ ngọt. Có người chào "
        "lúc về.",
        fix_first="Treo phiếu gọi món lên ray ngang tầm mắt để không bị khay che mất.",
    ),
    Story(
        evaluator="E-03",
        arrived=time(17, 55),
        stay=35,
        weather=Weather.CLOUDS,
        staff="Hai nữ ở quầy, một người tóc ngắn nhận món, một người đeo khẩu trang trả món.",
        drink="Americano nóng, cỡ vừa",
        hot="68.0",
        reply=3000,
        greet=18,
        greeting="Chào chị, chị dùng gì em ghi luôn cho nhanh ạ.",
        queue=240,
        wait=520,
        differs={
            "tables_uncleared": NA,
            "suggested": ("seasonal",),
            "front_clean": "partly",
            "pay_options": ("cash", "qr", "wallet"),
        },
        notes={
            "front_clean": "Vỉa hè đã quét nhưng thùng rác trước cửa đầy, nắp không đậy được.",
            "queue_time": "Có sáu khách phía trước, 4 phút thì tới lượt, đỡ hơn đợt trước.",
            "pay_options": "Bảng ở quầy ghi tiền mặt, mã QR và ví; không thấy máy cà thẻ.",
        },
        request=Request("Tôi xin thêm một ly nước lọc, nhân viên rót ngay tại quầy.", 50),
        photos=(
            Shoot("front_photo", Scene.STOREFRONT, "Mặt tiền lúc chập tối"),
            Shoot("queue_time", Scene.QUEUE, "Hàng chờ lúc tan tầm", bad=True),
            Shoot("receipt_photo", Scene.RECEIPT, "Hóa đơn, số thẻ đã che"),
        ),
        story="",
        fix_first="",
    ),
)

AVERAGE: tuple[Story, ...] = (
    Story(
        evaluator="E-06",
        arrived=time(13, 22),
        stay=34,
        weather=Weather.HEAT,
        staff="Nam ra từ kho, khoảng 30 tuổi, áo sơ mi trắng. Nữ dọn bàn đội mũ lưỡi trai.",
        drink="Cà phê sữa đá, cỡ vừa",
        food="bánh mì que",
        greet=34,
        greeting="Em chào cô, cô gọi món bên này ạ.",
        queue=150,
        wait=430,
        differs={
            "tables_uncleared": 2,
            "menu_knowledge": "partly",
            "asked_taste": "no",
            "suggested": ("food",),
            "order_repeated": "no",
        },
        notes={
            "tables_uncleared": "Hai bàn ngoài hiên còn ly không và khăn giấy của khách trước.",
            "menu_knowledge": "Nhân viên biết độ ngọt nhưng phải hỏi bạn bên cạnh về thành phần "
            "sữa.",
            "order_repeated": "Bấm món xong nhân viên đọc luôn số tiền, tôi tự nhìn màn hình để "
            "dò.",
            "farewell": "Bạn dọn bàn vừa lau vừa nói “cô về ạ”, nghe gần gũi.",
        },
        request=Request(
            "Tôi xin đổi ống hút giấy khác vì bị mềm, nhân viên đổi và cười xin lỗi.", 60
        ),
        photos=(
            Shoot("front_photo", Scene.STOREFRONT, "Quán nhìn từ bến xe buýt"),
            Shoot("tables_uncleared", Scene.TABLE, "Bàn ngoài hiên chưa dọn", bad=True),
            Shoot("receipt_photo", Scene.RECEIPT, "Hóa đơn hai món"),
            Shoot("product_photo", Scene.DRINKS, "Cà phê sữa và bánh mì que"),
            Shoot("emergency_exit", Scene.EXIT, "Lối thoát phía sau không bị chắn"),
        ),
        story="Đầu giờ chiều quán vắng. Tôi đứng ở quầy một lúc mới có người từ kho ra chào. Nhân "
        "viên nhận món lịch sự, mời bánh mì que nhưng không hỏi khẩu vị và không nhắc lại món. Món "
        "ra sau bảy phút, đúng và đủ. Ngoài hiên có hai bàn chưa dọn suốt thời gian tôi ngồi.",
        fix_first="Cắt cử một người đi vòng dọn bàn ngoài hiên mỗi mười lăm phút.",
    ),
    Story(
        evaluator="E-10",
        arrived=time(17, 32),
        stay=33,
        weather=Weather.RAIN,
        staff="Thu ngân nam nói nhanh, tóc xoăn. Nữ pha chế tóc buộc cao.",
        office="Mưa tạnh ngay trước lúc tôi vào.",
        drink="Trà ổi xá lị đá, cỡ lớn",
        food="bánh chuối nướng",
        reply=9000,
        greet=28,
        greeting="Dạ mình uống gì anh ơi?",
        queue=200,
        wait=395,
        value=3,
        spirit=3,
        recommend=7,
        comes_back="maybe",
        differs={
            "menu_online": "partly",
            "suggested": ("none",),
            "name_badge": "no",
            "qr_worked": "no",
            "clean.floor": "minor",
        },
        notes={
            "menu_online": "Thực đơn trên trang thiếu giá cỡ lớn, tôi phải đoán.",
            "name_badge": "Người pha chế mặc đúng áo nhưng không đeo bảng tên.",
            "qr_worked": "Mã QR in trên quầy bị trầy, quét hai lần không nhận; thu ngân đưa mã "
            "trên điện thoại mới xong.",
            "clean.floor": "Sàn gần cửa còn dấu giày sau mưa, chưa kịp lau.",
            "food_fresh": "Bánh chuối còn ấm, cắt sẵn và có nĩa gỗ kèm theo.",
        },
        request=Request(
            "Tôi nhờ hâm lại bánh cho nóng hơn, nhân viên làm ngay và mang ra bàn.", 150
        ),
        photos=(
            Shoot("front_photo", Scene.STOREFRONT, "Biển hiệu sáng đèn lúc chập tối"),
            Shoot("qr_worked", Scene.COUNTER, "Mã QR bị trầy đặt cạnh máy tính tiền"),
            Shoot("receipt_photo", Scene.RECEIPT, "Hóa đơn, phần mã giao dịch đã che"),
            Shoot("product_photo", Scene.DRINKS, "Trà ổi và bánh chuối"),
            Shoot("clean.restroom", Scene.RESTROOM, "Nhà vệ sinh sạch"),
            Shoot("clean.floor", Scene.SEATING, "Khu ngồi sau cơn mưa"),
        ),
        story="Tôi đến lúc tan tầm, trời vừa tạnh mưa. Nhân viên hỏi món ngay, giọng nhanh nhưng "
        "lịch sự, không gợi ý gì thêm. Mã QR trên quầy không quét được, thu ngân xử lý bằng mã "
        "khác. Trà vừa miệng, bánh ấm. Chỗ ngồi ổn, sàn gần cửa còn dấu giày. Lúc về được cảm ơn.",
        fix_first="In lại mã QR ở quầy và ép nhựa để khỏi trầy khi lau chùi.",
    ),
)
