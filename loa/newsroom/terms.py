"""The terms a newsroom begins with: what the union says, what its abbreviations stand for. Staff edit them afterwards.

The names are data in the language of those who use them, not messages. Abbreviation → full form, then plain terms; the
spelling check trusts all of them.
"""

ABBREVIATIONS: dict[str, str] = {
    "ATVSLĐ": "an toàn, vệ sinh lao động",
    "BCH": "ban chấp hành",
    "BHTN": "bảo hiểm thất nghiệp",
    "BHXH": "bảo hiểm xã hội",
    "BHYT": "bảo hiểm y tế",
    "BTV": "ban thường vụ",
    "CĐCS": "công đoàn cơ sở",
    "CNLĐ": "công nhân, lao động",
    "CNVCLĐ": "công nhân, viên chức, lao động",
    "ĐVCĐ": "đoàn viên công đoàn",
    "HĐLĐ": "hợp đồng lao động",
    "LĐLĐ": "liên đoàn lao động",
    "NLĐ": "người lao động",
    "NSDLĐ": "người sử dụng lao động",
    "TLĐ": "Tổng Liên đoàn",
    "TNLĐ": "tai nạn lao động",
    "TƯLĐTT": "thỏa ước lao động tập thể",
    "UBND": "ủy ban nhân dân",
}

_PLAIN = """
an toàn lao động; an sinh xã hội; áp dụng từ ngày; ban tuyên giáo; bảo hộ lao động; bảo vệ quyền lợi; bảo hiểm thất
nghiệp một lần; bệnh nghề nghiệp; biên bản hòa giải; bữa ăn ca; cải thiện điều kiện làm việc; chăm lo đời sống; chấm
dứt hợp đồng; chế độ thai sản; chế độ ốm đau; chính sách pháp luật; chủ tịch công đoàn; chuyên đề pháp luật; công
đoàn cấp trên trực tiếp cơ sở; công đoàn ngành; công đoàn viên chức; công nhân lao động; cuộc thi trực tuyến; đại
hội công đoàn; đại diện người lao động; đề nghị công đoàn hỗ trợ; đình công; đoàn phí công đoàn; đoàn viên công
đoàn; doanh nghiệp ngoài nhà nước; đối thoại tại nơi làm việc; đơn phương chấm dứt; đường dây nóng; giải quyết tranh
chấp lao động; giáo dục nghề nghiệp; giờ làm thêm; góp ý dự thảo; gương người tốt việc tốt; hòa giải viên lao động;
hội nghị người lao động; hội viên; hỗ trợ học phí; hợp đồng thử việc; hợp đồng xác định thời hạn; khám sức khỏe định
kỳ; khen thưởng; khiếu nại tố cáo; khu công nghiệp; khu nhà trọ; kỷ luật lao động; kinh phí công đoàn; lao động nữ;
lịch nghỉ lễ; liên đoàn lao động tỉnh; luật công đoàn; luật bảo hiểm xã hội; lương cơ sở; lương hưu; lương tối thiểu
vùng; mái ấm công đoàn; mạng xã hội; miễn phí; mức lương tối thiểu; mức đóng; mức hưởng; nâng cao tay nghề; nghỉ
phép năm; nghỉ thai sản; nghỉ tết; nguyện vọng chính đáng; người lao động; người sử dụng lao động; nhà ở xã hội; nội
quy lao động; ốm đau; phát động thi đua; phòng chống cháy nổ; phụ cấp; phúc lợi đoàn viên; quà tết; quan hệ lao động
hài hòa; quyền và lợi ích hợp pháp; quỹ bảo hiểm xã hội; sa thải; sáng kiến cải tiến kỹ thuật; sổ bảo hiểm xã hội;
sinh hoạt công đoàn; tai nạn lao động; tăng ca; tạm ứng lương; tập huấn nghiệp vụ; tết sum vầy; tham gia ý kiến;
tháng công nhân; thanh tra lao động; thất nghiệp; thi đua khen thưởng; thời giờ làm việc thời giờ nghỉ ngơi; thời
hạn báo trước; thông tin sai sự thật; thủ tục hưởng; thưởng tết; tiền lương làm thêm giờ; tiền thưởng; tố cáo; tổng
liên đoàn lao động việt nam; tranh chấp lao động tập thể; trợ cấp thất nghiệp; trợ cấp thôi việc; trợ cấp mất việc
làm; trợ giúp pháp lý; truyền thông công đoàn; tuyên truyền pháp luật; tư vấn pháp luật; ủy ban kiểm tra; văn hóa
văn nghệ thể thao; vệ sinh lao động; việc làm; xử lý kỷ luật; xúc phạm danh dự
"""
PLAIN: tuple[str, ...] = tuple(" ".join(term.split()) for term in _PLAIN.split(";"))

INSTEAD: dict[str, str] = {
    "con nghiện": "người nghiện",
    "dân công nhân": "công nhân",
    "đội ngũ CNVCLĐ": "đoàn viên, người lao động",
    "lao động phổ thông rẻ": "lao động phổ thông",
    "ô sin": "người giúp việc gia đình",
    "thợ đụng": "lao động tự do",
}
"""What is not said → what the union says: words that belittle, or that only officials use."""

EXPLAINED: dict[str, str] = {
    "bảo hiểm thất nghiệp": "Khoản đóng hằng tháng để khi mất việc được nhận trợ cấp, được giúp tìm việc và học nghề.",
    "bảo hiểm xã hội": (
        "Quỹ do người lao động và nơi sử dụng lao động cùng đóng; chi trả khi ốm đau, thai sản, tai nạn "
        "lao động, khi về hưu."
    ),
    "bảo hiểm y tế": "Khoản đóng để được chi trả tiền khám, chữa bệnh.",
    "công đoàn cơ sở": "Tổ chức công đoàn tại một nơi làm việc, gần người lao động nhất.",
    "đình công": (
        "Người lao động cùng tạm ngừng làm, có tổ chức và tự nguyện, để đạt yêu cầu khi giải quyết tranh chấp."
    ),
    "đoàn phí công đoàn": "Khoản tiền đoàn viên đóng cho tổ chức công đoàn của mình.",
    "đối thoại tại nơi làm việc": (
        "Buổi trao đổi giữa người lao động và nơi sử dụng lao động về những điều hai bên quan tâm."
    ),
    "hòa giải viên lao động": "Người được Nhà nước cử ra để giúp hai bên thương lượng khi có tranh chấp.",
    "hội nghị người lao động": (
        "Cuộc họp để người lao động nghe tình hình nơi làm việc, góp ý và bàn những điều liên quan đến mình."
    ),
    "hợp đồng lao động": "Thỏa thuận về việc làm, tiền lương, điều kiện làm việc, quyền và nghĩa vụ của mỗi bên.",
    "kinh phí công đoàn": "Khoản tiền nơi sử dụng lao động đóng cho công đoàn.",
    "lương cơ sở": "Mức lương do Nhà nước quy định, dùng để tính lương trong khu vực nhà nước và một số khoản trợ cấp.",
    "lương tối thiểu vùng": "Mức lương thấp nhất được trả cho công việc giản đơn nhất, theo từng vùng.",
    "mái ấm công đoàn": "Chương trình công đoàn giúp đoàn viên khó khăn xây hoặc sửa nhà.",
    "nội quy lao động": "Quy định của nơi làm việc về giờ giấc, trật tự, an toàn và kỷ luật; không được trái luật.",
    "tết sum vầy": "Chương trình của công đoàn chăm lo cho đoàn viên, người lao động dịp Tết Nguyên đán.",
    "thỏa ước lao động tập thể": (
        "Thỏa thuận bằng văn bản giữa tập thể người lao động, do công đoàn đại diện, và nơi sử dụng lao động."
    ),
    "thời hạn báo trước": "Số ngày phải báo cho bên kia biết trước khi chấm dứt hợp đồng.",
    "trợ cấp mất việc làm": (
        "Khoản tiền nơi sử dụng lao động trả khi cho thôi việc vì thay đổi cơ cấu, công nghệ hoặc vì lý do kinh tế."
    ),
    "trợ cấp thất nghiệp": "Khoản tiền quỹ bảo hiểm thất nghiệp trả hằng tháng cho người mất việc đủ điều kiện.",
    "trợ cấp thôi việc": "Khoản tiền nơi sử dụng lao động trả cho người đủ điều kiện khi hợp đồng chấm dứt.",
}
"""Term → plain words, for readers; without amounts and periods, which change."""
