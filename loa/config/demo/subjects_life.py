"""The life of the union, the year round (image), and its values and direction (political): content themes ①, ③–⑧."""

from datetime import date

from loa.config.demo.subjects import Subject

IMAGE = (
    Subject(
        slug="tet-sum-vay",
        name="Tết Sum vầy",
        kind="image",
        themes=(8, 4),
        months=(1, 2),
        titles=(
            "Tết Sum vầy ở {place}: bánh chưng xanh, chuyến xe đỏ",
            "{n} chuyến xe đưa công nhân {place} về quê ăn Tết",
            "Người ở lại đón giao thừa không thấy xa nhà",
        ),
        leads=(
            "Chiều cuối năm, sân {employer} thơm mùi lá dong.",
            "Với những người không về quê được, công đoàn là một gia đình khác.",
        ),
        facts=(
            "Những phần quà nhỏ được gói sẵn, ưu tiên cho anh chị em gặp khó khăn trong năm.",
            "Các cháu nhỏ theo cha mẹ đến chơi, cháu nào cũng có bao lì xì đỏ.",
            "Chợ Tết bán hàng bình ổn giá để ai cũng sắm được mâm cơm cuối năm.",
            "Ban tổ chức chọn giờ sau tan ca để người đi ca sáng lẫn ca chiều đều kịp dự.",
        ),
        calls=(
            "Chúc anh chị em một cái Tết đủ đầy và bình an.",
            "Ai chưa có vé xe, hãy báo tổ trưởng công đoàn trong tuần này.",
        ),
    ),
    Subject(
        slug="thang-cong-nhan",
        name="Tháng Công nhân",
        kind="image",
        themes=(8, 5),
        months=(4, 5),
        titles=(
            "Tháng Công nhân {year} ở {place}: nghe trước, nói sau",
            "Một lời cảm ơn người lao động từ {union}",
            "{place} vào Tháng Công nhân với {k} việc làm cụ thể",
        ),
        leads=(
            "Tháng Năm năm nay, {union} chọn những việc nhỏ mà làm được ngay.",
            "Một lời cảm ơn đúng lúc làm ấm cả ca đêm.",
        ),
        facts=(
            "Đoàn cán bộ đến thăm tận chuyền, hỏi chuyện bữa ăn, chỗ để xe và nước uống.",
            "Công trình sửa mái che nhà xe được hoàn thành sau hai tuần.",
            "Người lao động có sáng kiến hay được biểu dương ngay tại tổ của mình.",
            "Những kiến nghị chưa giải quyết được có ngày hẹn trả lời rõ ràng.",
        ),
        calls=(
            "Mời bạn gửi một điều mong muốn cho Tháng Công nhân.",
            "Hãy kể với chúng tôi về người đồng nghiệp bạn quý.",
        ),
    ),
    Subject(
        slug="doi-thoai",
        name="Đối thoại với người lao động",
        kind="image",
        themes=(5, 7),
        titles=(
            "Giám đốc {employer} ngồi ghế nhựa nghe công nhân nói",
            "{n} câu hỏi, {n} câu trả lời: một buổi đối thoại ở {place}",
            "Sau đối thoại, nhà ăn {employer} có thêm quạt và rau xanh",
        ),
        leads=(
            "Buổi đối thoại bắt đầu muộn mười phút vì phải kê thêm ghế.",
            "Không có bài phát biểu dài, chỉ có câu hỏi và câu trả lời.",
        ),
        facts=(
            "Câu hỏi được gom từ trước qua hộp thư, Zalo và tổ trưởng công đoàn.",
            "Chuyện được hỏi nhiều nhất là bữa ăn ca, tiền chuyên cần và chỗ gửi xe.",
            "Việc nào làm được ngay thì hẹn ngày, việc nào chưa làm được thì nói rõ vì sao.",
            "Biên bản được dán ở bảng tin ngay sáng hôm sau.",
        ),
        calls=(
            "Bạn còn điều chưa nói, hãy gửi tiếp cho công đoàn.",
            "Ba tháng nữa, chúng tôi sẽ trở lại xem việc đã xong chưa.",
        ),
    ),
    Subject(
        slug="tu-van-phap-luat",
        name="Tư vấn pháp luật",
        kind="image",
        themes=(2, 5),
        titles=(
            "Bàn tư vấn pháp luật đến tận cổng xưởng ở {place}",
            "Tối thứ Năm, luật sư ngồi ở khu trọ {place}",
            "Đòi lại được tiền lương sau {n} ngày nhờ công đoàn",
        ),
        leads=(
            "Một chiếc bàn gấp, một tấm bảng nhỏ, vậy là thành điểm tư vấn.",
            "Câu hỏi không phân biệt lớn nhỏ, câu nào cũng có người trả lời.",
        ),
        facts=(
            "Người đến hỏi không phải nộp tiền và không phải nói tên nếu chưa muốn.",
            "Nhiều câu hỏi xoay quanh lương làm thêm, sổ bảo hiểm và hợp đồng mùa vụ.",
            "Trường hợp phức tạp được ghi phiếu hẹn, có người theo đến khi xong.",
            "Tờ rơi in chữ lớn, có cả đường dẫn nghe bằng giọng nói.",
        ),
        calls=(
            "Lịch tư vấn tháng tới được dán ở bảng tin và đăng trên Zalo.",
            "Bạn cứ mang giấy tờ đến, chúng tôi đọc cùng bạn.",
        ),
    ),
    Subject(
        slug="mai-am-cong-doan",
        name="Mái ấm Công đoàn",
        kind="image",
        themes=(5, 4),
        titles=(
            "Mái ấm Công đoàn: căn nhà mới của một gia đình công nhân ở {place}",
            "Mùa mưa này, nhà chị không còn dột",
        ),
        leads=(
            "Chiếc chìa khóa được trao trong một sáng trời vừa tạnh mưa.",
            "Căn nhà nhỏ thôi, nhưng nền cao và mái chắc.",
        ),
        facts=(
            "Một phần kinh phí do công đoàn hỗ trợ, phần còn lại nhờ họ hàng và đồng nghiệp góp công.",
            "Anh em trong tổ xin nghỉ phép luân phiên để giúp lợp mái.",
            "Hoàn cảnh được bình chọn công khai từ tổ công đoàn, dán danh sách ở bảng tin.",
        ),
        calls=(
            "Biết hoàn cảnh nào khó khăn về nhà ở, bạn hãy giới thiệu với công đoàn.",
            "Cảm ơn mọi tấm lòng đã góp một viên gạch.",
        ),
    ),
    Subject(
        slug="bua-an-ca",
        name="Bữa ăn ca",
        kind="image",
        themes=(5, 4),
        titles=(
            "Bữa ăn ca ở {employer} ngon hơn nhờ một lá phiếu",
            "Vào bếp cùng ban giám sát bữa ăn ca",
            "Suất cơm thêm món canh: chuyện nhỏ ở {place}",
        ),
        leads=("Mười một giờ rưỡi, mùi cá kho lan khắp nhà ăn.", "Bữa cơm ca là hai mươi phút được ngồi cùng nhau."),
        facts=(
            "Mỗi tuần, tổ giám sát gồm công nhân và cán bộ công đoàn kiểm tra nguồn rau, thịt.",
            "Phiếu góp ý chỉ có ba ô: ngon, tạm được, cần đổi món.",
            "Thực đơn được dán trước một tuần để ai dị ứng còn biết mà báo.",
            "Người làm ca đêm có suất nóng, không phải ăn cơm nguội từ chiều.",
        ),
        calls=(
            "Hôm nay cơm thế nào? Bạn hãy cho công đoàn biết.",
            "Thấy thức ăn có vấn đề, hãy giữ lại mẫu và báo ngay.",
        ),
    ),
    Subject(
        slug="hoc-bong",
        name="Học bổng cho con người lao động",
        kind="image",
        themes=(4, 5),
        months=(6, 7, 8, 9),
        titles=(
            "{n} suất học bổng tới con công nhân ở {place}",
            "Cặp sách mới trước ngày khai giảng",
            "Con thợ may và ước mơ vào đại học",
        ),
        leads=(
            "Năm học mới, nỗi lo cũ của cha mẹ là sách vở và áo quần.",
            "Em nhỏ nhận cặp sách, còn người mẹ thì lau nước mắt.",
        ),
        facts=(
            "Danh sách được xét theo hoàn cảnh và kết quả học tập, công khai ở từng tổ.",
            "Ngoài tiền mặt, mỗi em còn có sách, vở và một chiếc áo mưa.",
            "Buổi trao quà tổ chức tối Chủ nhật để cha mẹ đi ca vẫn dự được.",
        ),
        calls=("Chúc các cháu năm học mới nhiều niềm vui.", "Gia đình cần hỗ trợ, hãy ghi tên ở tổ công đoàn."),
    ),
    Subject(
        slug="sang-kien",
        name="Sáng kiến của người lao động",
        kind="image",
        themes=(6, 7),
        titles=(
            "Sáng kiến từ chiếc kẹp vải ở {employer}",
            "Anh thợ điện ở {place} và chiếc tủ tự ngắt",
            "Nghĩ khác một chút, đỡ đau lưng một đời",
        ),
        leads=(
            "Ý tưởng đến khi anh cúi xuống lần thứ một trăm trong ngày.",
            "Không bằng cấp cao, chỉ là người đứng máy lâu năm nên hiểu máy.",
        ),
        facts=(
            "Cải tiến giúp giảm thao tác thừa và bớt mỏi vai cho người đứng chuyền.",
            "Công đoàn giúp viết hồ sơ, chụp ảnh và gửi lên hội đồng xét sáng kiến.",
            "Tiền thưởng được chia cho cả nhóm cùng thử nghiệm.",
            "Bản vẽ nay được dán ở xưởng để tổ khác làm theo.",
        ),
        calls=(
            "Bạn có ý tưởng gì cho chỗ làm của mình? Hãy kể với công đoàn.",
            "Một sáng kiến nhỏ cũng xứng đáng được ghi nhận.",
        ),
    ),
    Subject(
        slug="guong-sang",
        name="Người tốt, việc tốt",
        kind="image",
        themes=(6,),
        titles=(
            "Trả lại chiếc ví nhặt được giữa ca đêm",
            "Chị tổ trưởng công đoàn ở {place} nhớ tên từng người",
            "Bác bảo vệ {employer} và tủ thuốc nhỏ trước cổng",
        ),
        leads=(
            "Chuyện được kể lại không phải bởi người làm, mà bởi người nhận.",
            "Ở nơi làm việc nào cũng có một người mà khi cần, ai cũng gọi.",
        ),
        facts=(
            "Khi được hỏi, nhân vật của chúng ta chỉ cười và nói việc ấy ai cũng làm.",
            "Nhiều năm liền, nhà của người ấy là nơi công nhân mới đến hỏi đường, hỏi trọ.",
            "Ban giám đốc gửi thư cảm ơn, còn công đoàn đề nghị biểu dương.",
            "Câu chuyện được chọn từ thư của một đoàn viên gửi về ban biên tập.",
        ),
        calls=("Hãy kể cho chúng tôi nghe một người tốt quanh bạn.", "Điều tử tế cần được nói to lên."),
    ),
    Subject(
        slug="hoi-thao",
        name="Văn nghệ, thể thao",
        kind="image",
        themes=(5, 1),
        titles=(
            "Giải bóng đá công nhân {place}: khán giả đông như hội",
            "Đêm hát của thợ: tiếng đàn sau giờ tan ca",
            "Kéo co, nhảy bao bố và những trận cười ở {employer}",
        ),
        leads=(
            "Trận chung kết không có cầu thủ chuyên nghiệp, chỉ có thợ hàn, thợ mộc và cô giáo mầm non.",
            "Sân khấu dựng giữa bãi xe, đèn treo trên hai cây sào tre.",
        ),
        facts=(
            "Đội nào cũng có nữ, và đội vô địch có thủ môn là kế toán.",
            "Giải thưởng là một chuyến đi biển cho cả đội.",
            "Người không chơi thì cổ vũ, trống và nồi niêu đều được mang ra.",
        ),
        calls=("Hẹn gặp lại ở mùa giải sau.", "Bạn biết đàn, biết hát, hãy đăng ký với câu lạc bộ của công đoàn."),
    ),
    Subject(
        slug="hien-mau",
        name="Hiến máu tình nguyện",
        kind="image",
        themes=(6, 1),
        titles=("{n} đơn vị máu từ những người thợ ở {place}", "Xắn tay áo sau giờ làm: ngày hội hiến máu ở {place}"),
        leads=("Hàng người chờ hiến máu dài ra tới gốc phượng.", "Có anh đến lần đầu, tay run nhưng miệng cười."),
        facts=(
            "Người hiến được khám sức khỏe, nghỉ ngơi và uống sữa trước khi về.",
            "Nhóm máu hiếm được ghi riêng để gọi khi khẩn cấp.",
            "Nhiều cặp vợ chồng công nhân cùng nhau đến dự.",
        ),
        calls=("Cảm ơn những giọt máu nghĩa tình.", "Đợt sau sẽ được báo trước hai tuần trên bảng tin."),
    ),
    Subject(
        slug="cong-doan-moi",
        name="Công đoàn cơ sở mới",
        kind="image",
        themes=(3, 4),
        titles=(
            "{employer} có công đoàn: {n} người đầu tiên ký tên",
            "Ngày đầu có công đoàn ở {employer}",
            "Văn phòng công đoàn mới mở ngay cạnh nhà ăn",
        ),
        leads=(
            "Lá đơn đầu tiên được viết bằng bút bi mượn của tổ trưởng.",
            "Từ hôm nay, người lao động ở đây có chỗ để hỏi.",
        ),
        facts=(
            "Ban chấp hành lâm thời gồm những người đang đứng chuyền, lái xe và giữ kho.",
            "Phòng làm việc có bàn nước, tủ sách pháp luật và hộp thư góp ý.",
            "Việc đầu tiên được nhận là xin thêm quạt ở khu đóng gói.",
            "Công đoàn cấp trên cử người đi cùng trong ba tháng đầu.",
        ),
        calls=("Cửa luôn mở vào giờ nghỉ trưa, mời bạn ghé.", "Ai chưa gia nhập, mời hỏi người vừa gia nhập."),
    ),
    Subject(
        slug="phuc-loi",
        name="Phúc lợi đoàn viên",
        kind="image",
        themes=(4,),
        titles=(
            "Đoàn viên ở {place} mua hàng, khám bệnh được giảm giá",
            "Khám sức khỏe miễn phí cho lao động nữ ở {employer}",
            "Vay vốn nhỏ, thoát tín dụng đen: một câu chuyện ở {place}",
        ),
        leads=(
            "Thẻ đoàn viên nằm trong ví, nhưng nhiều người chưa biết nó dùng được vào việc gì.",
            "Ba trăm nghìn đồng không lớn, nhưng đúng lúc thì rất quý.",
        ),
        facts=(
            "Danh sách cửa hàng, phòng khám có ưu đãi được cập nhật mỗi quý.",
            "Khi ốm nặng hay gặp tai nạn, đoàn viên được công đoàn thăm hỏi.",
            "Khoản vay nhỏ được bảo lãnh bởi tổ công đoàn, lãi thấp và trả góp.",
            "Thông tin chỉ dùng để hỗ trợ, không chuyển cho bên bán hàng.",
        ),
        calls=(
            "Bạn hãy hỏi tổ trưởng công đoàn danh sách ưu đãi mới.",
            "Gặp khó khăn, xin đừng vay nóng, hãy gọi công đoàn trước.",
        ),
    ),
    Subject(
        slug="khu-tro",
        name="Khu trọ công nhân",
        kind="image",
        themes=(5, 7),
        titles=("Tổ tự quản khu trọ ở {place}: tối lửa tắt đèn có nhau", "Chủ nhà trọ không tăng giá suốt {n} tháng"),
        leads=("Cửa phòng nào cũng mở, trẻ con chạy từ đầu đến cuối dãy.", "Bà chủ trọ gọi công nhân là con."),
        facts=(
            "Tổ tự quản có số điện thoại trực, bình chữa cháy và tủ sách.",
            "Tối thứ Bảy, sân trọ thành lớp học vẽ cho các cháu.",
            "Công đoàn tặng loa nhỏ để nghe bản tin của mình mỗi tuần.",
        ),
        calls=("Khu trọ của bạn cần gì? Hãy nhắn cho công đoàn.", "Cảm ơn những chủ nhà trọ có lòng."),
    ),
)

POLITICAL = (
    Subject(
        slug="nghi-quyet",
        name="Nghị quyết vào cuộc sống",
        kind="political",
        themes=(1, 3),
        titles=(
            "Nghị quyết đại hội công đoàn nói gì với người thợ?",
            "{union} đưa nghị quyết thành {k} việc cụ thể",
            "Học nghị quyết trong mười lăm phút giữa ca",
        ),
        leads=(
            "Nghị quyết dài, nhưng phần dành cho người lao động có thể kể trong một tách trà.",
            "Ở {place}, buổi học nghị quyết có tranh vẽ và câu đố vui.",
        ),
        facts=(
            "Mỗi chỉ tiêu được viết lại thành một câu hỏi: ai làm, khi nào xong, ai được lợi.",
            "Báo cáo viên là người cùng xưởng nên nói đúng chuyện của xưởng.",
            "Tài liệu có bản đọc, bản nghe và bản tranh.",
            "Ý kiến của đoàn viên được ghi lại và gửi lên cấp trên.",
        ),
        calls=(
            "Bạn thấy việc nào cần làm trước? Hãy cho chúng tôi biết.",
            "Bản tóm tắt có ở bảng tin và trên trang của công đoàn.",
        ),
    ),
    Subject(
        slug="truyen-thong-28-7",
        name="Kỷ niệm ngày 28/7",
        kind="political",
        themes=(1, 8),
        months=(7,),
        titles=(
            "28/7: từ năm 1929 tới chuyền may hôm nay",
            "Những người giữ lửa công đoàn ở {place}",
            "{union} gặp mặt các thế hệ cán bộ công đoàn",
        ),
        leads=(
            "Công đoàn Việt Nam ra đời ngày 28 tháng 7 năm 1929.",
            "Bức ảnh đen trắng được chuyền tay qua ba thế hệ thợ.",
        ),
        facts=(
            "Các bác cán bộ cũ kể chuyện đi vận động từng nhà bằng xe đạp.",
            "Người trẻ hỏi nhiều nhất: hồi ấy không có điện thoại thì báo tin bằng cách nào?",
            "Hiện vật được chụp lại và lưu vào thư viện chung.",
        ),
        calls=(
            "Bạn còn giữ ảnh cũ của công đoàn, hãy cho chúng tôi mượn để chép lại.",
            "Giữ truyền thống là làm tốt việc hôm nay.",
        ),
    ),
    Subject(
        slug="dai-hoi",
        name="Đại hội công đoàn",
        kind="political",
        themes=(3, 1),
        titles=(
            "Đại hội công đoàn cơ sở ở {place}: lá phiếu của thợ",
            "Chọn người dám nói cho người lao động",
            "{union} chuẩn bị đại hội: nghe {n} góp ý trước",
        ),
        leads=(
            "Ai sẽ thay mặt mình nói với giám đốc? Đó là câu hỏi của mỗi kỳ đại hội.",
            "Trước ngày bầu, danh sách được dán công khai ở nhà ăn.",
        ),
        facts=(
            "Báo cáo nhiệm kỳ được rút còn hai trang để ai cũng đọc được.",
            "Đại biểu là người trực tiếp sản xuất chiếm phần đông.",
            "Góp ý được trả lời từng câu, kể cả câu khó.",
        ),
        calls=("Mời bạn đề cử người mà bạn tin.", "Kết quả được công bố ngay trong ngày."),
    ),
    Subject(
        slug="hoc-bac",
        name="Học và làm theo Bác",
        kind="political",
        themes=(1, 6),
        titles=(
            "Làm theo Bác từ việc tắt một bóng đèn",
            "Chuyện tiết kiệm ở {employer}",
            "Mỗi tổ một việc tốt: cách học Bác của thợ {place}",
        ),
        leads=(
            "Học Bác không phải chuyện lớn lao, mà là làm tốt việc mỗi ngày.",
            "Tổ cơ điện chọn một việc nhỏ: không để máy chạy không tải.",
        ),
        facts=(
            "Cuối tháng, mỗi tổ kể một việc đã làm được, không kể lời hứa.",
            "Số tiền tiết kiệm được góp vào quỹ giúp đồng nghiệp ốm đau.",
            "Câu chuyện được đọc trên loa vào đầu giờ sáng thứ Hai.",
        ),
        calls=("Tổ của bạn đang làm việc tốt gì? Hãy kể với chúng tôi.", "Làm được rồi hãy nói, nói rồi thì làm tiếp."),
    ),
    Subject(
        slug="tin-dung-tin-sai",
        name="Tin đúng, tin sai",
        kind="political",
        themes=(6, 2),
        titles=(
            "Nghe tin lạ trên mạng, hãy dừng lại mười giây",
            "Trang nào là trang thật của công đoàn?",
            "Tin đồn cắt thưởng ở {place}: sự thật thế nào?",
        ),
        leads=(
            "Một tin nhắn chuyển tiếp có thể làm cả xưởng mất ngủ.",
            "Tuần qua, công đoàn nhận được câu hỏi về một tin lan trong nhóm chat.",
        ),
        facts=(
            "Chúng tôi kiểm tra lời nói bằng văn bản, không truy tìm người nói.",
            "Trang chính thức có tên miền và dấu xác nhận, không xin mật khẩu, không xin mã số trong điện thoại.",
            "Công đoàn không quyên góp qua tài khoản cá nhân.",
            "Câu trả lời được đăng kèm văn bản gốc để bạn tự đọc.",
        ),
        calls=(
            "Chưa chắc thì đừng chuyển tiếp, hãy gửi cho công đoàn kiểm tra.",
            "Có đường dẫn lạ, bạn đừng bấm, hãy hỏi trước.",
        ),
    ),
    Subject(
        slug="to-chuc-moi",
        name="Tổ chức công đoàn mới",
        kind="political",
        themes=(3, 8),
        since=date(2025, 7, 1),
        titles=(
            "Sáp nhập rồi, người lao động tìm công đoàn ở đâu?",
            "{union} trong tổ chức mới: gần hơn, gọn hơn",
            "Hỏi nhanh, đáp gọn về sắp xếp công đoàn",
        ),
        leads=(
            "Tên gọi đổi, con dấu đổi, nhưng người lo cho bạn vẫn còn đây.",
            "Từ ngày 1 tháng 7 năm 2025, tổ chức công đoàn ở {place} có nhiều thay đổi.",
        ),
        facts=(
            "Hồ sơ đoàn viên được chuyển giao, bạn không phải nộp lại.",
            "Số điện thoại và địa chỉ mới được dán ở bảng tin từng nơi làm việc.",
            "Các vụ việc đang giải quyết vẫn có người theo đến cùng.",
            "Nơi chưa có công đoàn xã, phường thì công đoàn bên cạnh giúp đỡ.",
        ),
        calls=(
            "Chưa biết hỏi ai, bạn hãy gọi về liên đoàn lao động tỉnh.",
            "Lưu số mới vào điện thoại ngay hôm nay nhé.",
        ),
    ),
)
