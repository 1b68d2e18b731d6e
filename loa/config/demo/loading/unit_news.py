"""What the chair whom anybody may sign in as told of the unit: one is out, one came back, one waits."""

from datetime import timedelta

from django.core.files.base import ContentFile

from loa.base.dates import today
from loa.config.demo.drawing import picture
from loa.config.demo.files import Files
from loa.config.demo.world import World
from loa.newsroom import actions
from loa.newsroom.actions import News
from loa.newsroom.models import Story
from loa.people.models import Account

from .staff import Roster, commune_team, tried_chair

TOLD = (
    (
        "Ca hai có thêm bữa phụ lúc 20 giờ (minh họa)",
        "Từ tuần này, anh chị em ca hai có bữa phụ lúc 20 giờ.\nAi ăn kiêng thì báo tổ trưởng trước 16 giờ.",
    ),
    ("Tổ hoàn thiện dọn lại lối thoát hiểm (minh họa)", "Chiều thứ bảy, cả tổ cùng dọn lối thoát hiểm sau kho."),
    (
        "Khai trương tủ sách của xưởng (minh họa)",
        "Tủ sách đặt cạnh phòng y tế, mở cửa giờ nghỉ trưa.\nMọi người góp sách cũ cho anh chị em cùng đọc.",
    ),
)
OUT = 1
"""How many of them are published."""
REMARK = "Tin hay. Chị cho biết bao nhiêu người tham gia và lối thoát hiểm ấy của khu nào (minh họa)."


def tell(world: World, files: Files) -> str:
    duty, team, roster = tried_chair(world.until), commune_team(world.until), Roster(world)
    chair, day = Account.objects.get(person=duty.person), today(world.now)
    made: list[Story] = []
    for number, (title, text) in enumerate(TOLD):
        photo = ContentFile(picture(70 + number), name="anh.jpg") if number != 1 else None
        news = News(title=title, text=text, picture=photo, shown="nobody" if photo else "")
        at = world.now - timedelta(days=2, hours=number)
        made.append(actions.tell_news(news, unit=duty.unit, by=chair, at=at))
    out, back, _waiting = made
    actions.approve(out, by=team.approver, at=world.now - timedelta(days=1))
    if not Story.objects.filter(pk=out.pk, live=True).exists():
        judge = roster.judge(duty.unit.code, day, but=chair)
        actions.approve(out, by=judge, at=world.now - timedelta(hours=20))
    actions.return_with_remark(back, remark=REMARK, by=team.approver, at=world.now - timedelta(days=1))
    return f"{len(made)} tin của đơn vị"
