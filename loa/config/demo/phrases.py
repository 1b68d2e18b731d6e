"""Sentences any story of a kind may borrow: how it was told, what was said, where to ask. Nobody quoted is real."""

from loa.config.demo.subjects import StoryKind

_TOLD = (
    "Buổi trao đổi gói gọn trong giờ nghỉ giữa ca, để không ai phải ở lại muộn.",
    "Cán bộ công đoàn đến từng tổ, nói ngắn và để phần lớn thời gian cho câu hỏi.",
    "Bản tin được đọc trên loa vào đầu giờ sáng và dán ở bảng tin cạnh nhà ăn.",
    "Người đi ca đêm có thể nghe lại bản ghi âm trên trang của công đoàn.",
    "Tài liệu được in chữ to, kèm hình vẽ để ai cũng hiểu.",
    "Không khí thân tình, nhiều câu hỏi được nêu thẳng và trả lời thẳng.",
    "Trước đó, công đoàn cơ sở đã hỏi ý kiến bằng phiếu không ghi tên.",
    "Nội dung này nằm trong kế hoạch truyền thông năm {year} của {union}.",
    "{union} hẹn sẽ nói lại chuyện này vào quý sau, cho những ai chưa kịp nghe.",
)
_SEEN = (
    "Câu chuyện do một cộng tác viên của {union} ghi lại.",
    "Ảnh do chính công nhân trong tổ chụp bằng điện thoại.",
    "Chúng tôi đến vào giờ tan ca, khi ai cũng muốn về mà vẫn nán lại kể.",
    "Không có băng rôn, cũng không có diễn văn, chỉ có người với người.",
    "Việc này được chuẩn bị từ cả tháng trước, mỗi người góp một chút.",
    "Ở {place}, chuyện như thế không hiếm, chỉ là ít khi được kể.",
    "{union} mong những nơi khác cũng thử làm theo cách của mình.",
)

CONTEXTS: dict[StoryKind, tuple[str, ...]] = {"policy": _TOLD, "political": _TOLD, "image": _SEEN}

_LEARNED = (
    "“Trước giờ tôi ngại hỏi, sợ bị cho là nhiều chuyện. Hỏi rồi mới thấy nhẹ người”, một chị thợ may nói.",
    "“Nói dễ hiểu thì chúng tôi nghe, còn đọc văn bản dài thì chịu”, anh thợ máy cười.",
    "“Con tôi xem giúp trên điện thoại, hai mẹ con cùng biết”, một lao động lớn tuổi kể.",
    "“Tôi làm ca đêm nên chỉ nghe được bản ghi âm, nhưng vậy là đủ”, một công nhân chia sẻ.",
    "“Lần này có người ghi lại câu hỏi và hẹn ngày trả lời, tôi thấy yên tâm”, chị tổ trưởng cho biết.",
    "“Điều tôi nhớ nhất là phải giữ lại giấy tờ”, anh thợ mộc nói.",
    "“Tôi chụp lại tờ thông báo gửi vào nhóm của tổ, cả tổ cùng đọc”, một chị đóng gói kể.",
    "“Mong những buổi như thế này đến cả với anh chị em làm ca ba”, một công nhân đề nghị.",
    "“Nghe xong tôi về kể lại cho cả dãy trọ”, cô thợ giày hào hứng.",
    "“Người thợ hiểu quyền của mình thì làm việc cũng yên lòng hơn”, đại diện nơi sử dụng lao động nhìn nhận.",
)
_FELT = (
    "“Ở xa nhà, có người hỏi thăm là quý lắm rồi”, một lao động trẻ nói nhỏ.",
    "“Làm công đoàn không lương, nhưng được anh em tin là vui”, một chủ tịch công đoàn cơ sở tâm sự.",
    "“Tôi gọi về khoe với mẹ ngay tối hôm đó”, cô thợ giày hào hứng.",
    "“Chuyện nhỏ thôi, mà cả tổ vui mấy ngày”, anh thợ máy cười.",
    "“Nhờ vậy tôi mới quen hết anh em ca bên kia”, một công nhân kể.",
    "“Năm nào cũng có thì hay biết mấy”, một chị đóng gói nói.",
    "“Doanh nghiệp cũng cần điều này, vì người vui thì máy mới chạy đều”, đại diện nơi sử dụng lao động nhìn nhận.",
    "“Tôi không giỏi nói, chỉ biết cảm ơn”, một bác thợ lớn tuổi xúc động.",
    "“Lần sau nhớ gọi tôi làm cùng”, anh thợ mộc dặn.",
)

VOICES: dict[StoryKind, tuple[str, ...]] = {
    "policy": _LEARNED,
    "political": _LEARNED[:5] + _LEARNED[6:9],
    "image": _FELT,
}

_ASK = (
    "Mọi câu hỏi xin gửi về {union}, qua tổ trưởng công đoàn, hộp thư ở cổng hoặc tin nhắn.",
    "{union} trả lời từng câu hỏi và giữ kín tên người hỏi.",
    "Nếu thấy bài viết còn chỗ chưa rõ, bạn hãy bấm “Còn thắc mắc” ở cuối trang.",
    "Lịch tiếp người lao động của {union} được dán ở bảng tin và đăng trên trang.",
)
_LAW = (
    "Văn bản đang có hiệu lực được đăng kèm trên trang của công đoàn để bạn tự đọc.",
    "Quy định thay đổi theo từng thời kỳ, bạn hãy xem văn bản mới nhất trước khi áp dụng.",
)
_TELL = (
    "Bạn có chuyện hay, hãy gửi về {union}, dài ngắn thế nào cũng được.",
    "Bạn muốn góp một tay, xin nhắn cho {union}.",
    "Những tấm ảnh khác có trên trang của {union}.",
)

CLOSINGS: dict[StoryKind, tuple[str, ...]] = {"policy": _ASK + _LAW, "political": _ASK, "image": _TELL}

SAMPLE = "Bài viết minh họa cho phần mềm, không phải tin thật."

MAGAZINE_TITLES = (
    "Tạp chí truyền hình “Lao động và Công đoàn” năm {year}",
    "Tạp chí truyền hình Công đoàn {place} năm {year}",
)
