from django.urls import path

from .desk import boards, cards, family, glances, outlooks, plans, tasks, weeks

_card = [
    path("", cards.start, name="scorecard"),
    path("don-vi/<int:unit_id>/", cards.unit, name="unit"),
    path("don-vi/<int:unit_id>/cac-don-vi/", boards.units, name="board"),
    path("nhanh/", glances.glance, name="glance"),
    path("don-vi/<int:unit_id>/mot-trang/", glances.sheet, name="sheet"),
    path("don-vi/<int:unit_id>/tuan-nay/", weeks.week, name="week"),
    path("don-vi/<int:unit_id>/o-vuong/", weeks.tiles, name="tiles"),
    path("don-vi/<int:unit_id>/canh-bao/", outlooks.warning, name="warning"),
    path("don-vi/<int:unit_id>/<str:code>/duong-di/", outlooks.course, name="course"),
    path("don-vi/<int:unit_id>/<str:code>/cach-dat/", outlooks.closing, name="closing"),
    path("don-vi/<int:unit_id>/<str:code>/", cards.target, name="target"),
    path("don-vi/<int:unit_id>/<str:code>/bang-chung/", cards.evidence, name="evidence"),
    path("don-vi/<int:unit_id>/<str:code>/con-thieu/", cards.gap, name="gap"),
    path("don-vi/<int:unit_id>/<str:code>/tien-than/", cards.predecessors, name="past"),
]
_plan = [
    path("ban/", plans.plan, name="newest"),
    path("ban/<str:code>/", plans.plan, name="plan"),
    path("ban/<str:code>/cac-don-vi/", family.units, name="own-plans"),
    path("ban/<str:code>/don-vi/<int:unit_id>/", family.draft, name="draft"),
    path("ban/<str:code>/ban-hanh/", family.adopt, name="adopt"),
    path("ban/<str:code>/so-sanh/", family.compare, name="compare"),
    path("ban/<str:code>/tiep-noi/", family.continuing, name="continue"),
    path("ban/<str:code>/cap-va-ky/", family.settings, name="settings"),
    path("ky/<int:pk>/xac-nhan/", family.confirm_period, name="confirm-period"),
    path("ban/<str:code>/lich/<int:year>/", plans.calendar, name="calendar"),
    path("chi-tieu/<int:pk>/dieu-chinh/", plans.rebase, name="rebase"),
]
_tasks = [
    path("viec/", tasks.tasks, name="tasks"),
    path("viec/<int:pk>/", tasks.task, name="task"),
    path("viec/moi/", tasks.open_new, name="open-task"),
    path("viec/<int:pk>/giao/", tasks.assign, name="assign"),
    path("viec/<int:pk>/nhan/", tasks.take, name="take"),
    path("viec/<int:pk>/tien-do/", tasks.advance, name="advance"),
    path("viec/<int:pk>/xong/", tasks.finish, name="finish"),
    path("viec/<int:pk>/bo/", tasks.drop, name="drop"),
]

desk_urls = [*_card, *_plan, *_tasks]
