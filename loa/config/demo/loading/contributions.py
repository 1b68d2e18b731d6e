"""What workers sent in to the commune whose officer anybody may sign in as."""

import uuid
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile

from loa.config.demo.drawing import picture
from loa.config.demo.files import Files
from loa.config.demo.world import World
from loa.newsroom import actions, recordings
from loa.newsroom.models import Contribution

from .clips import write_sound
from .staff import commune_team

WRITTEN = Contribution.Credit.WRITTEN

SENT = (
    (
        "Tổ tôi vừa lắp xong quạt hút ở khu ủi.\nTừ thứ hai tuần này đỡ nóng hẳn, chị em ai cũng mừng (minh họa).",
        2,
        WRITTEN,
        True,
    ),
    ("Bữa ăn giữa ca có thêm trái cây (minh họa).", 0, Contribution.Credit.NONE, False),
    ("Xin công đoàn giới thiệu góc đọc sách của xưởng tôi (minh họa).", 1, WRITTEN, True),
    ("Tôi muốn hỏi bao giờ có lịch khám sức khỏe (minh họa).", 0, Contribution.Credit.NONE, False),
)
"""Text, photos, name or none, and whether a voice (a tone) came with it whose sender agrees to be heard."""


def send(world: World, files: Files) -> str:
    """Four: one waits, one is being read, one became a draft with its voice, one was answered."""
    trial, made, spoken = commune_team(world.until), [], _spoken()
    for number, (text, photos, credit, told) in enumerate(SENT):
        named = credit == WRITTEN
        sent = actions.contribute(
            once=uuid.uuid5(uuid.NAMESPACE_URL, f"{world.seed}-{number}"),
            text=text,
            unit=trial.unit,
            workplace="Xưởng may (minh họa)",
            credit=credit,
            credit_name="Tổ may số 2 (minh họa)" if named else "",
            people_agreed=named,
            voice_agreed=told,
            voice=ContentFile(spoken, name="ghi-am.m4a") if told and spoken else None,
            photos=[ContentFile(picture(60 + 10 * number + n), name="anh.jpg") for n in range(photos)],
            by=None,
            at=world.now - timedelta(days=3, hours=number),
        )
        Contribution.objects.filter(pk=sent.pk).update(synthetic=True)
        sent.synthetic = True
        made.append(sent)
    actions.take(made[1], by=trial.officer, at=world.now)
    actions.begin_from_contribution(made[2], heard=bool(spoken), by=trial.officer, at=world.now)
    thanks = "Cảm ơn bạn! Lịch khám do doanh nghiệp báo; chúng tôi đã hỏi giúp và sẽ báo tại bảng tin (minh họa)."
    actions.decline(made[3], reason=thanks, by=trial.officer, at=world.now)
    return f"{len(made)} tin góp"


def _spoken() -> bytes:
    """Nothing where there is no ffmpeg."""
    if not recordings.available():
        return b""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ghi-am.m4a"
        write_sound(path)
        return path.read_bytes()
