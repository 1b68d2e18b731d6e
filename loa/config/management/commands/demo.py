"""`loa demo`: a synthetic federation to try everything on, loaded once and served until Ctrl-C."""

import os
from argparse import ArgumentParser
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from loa.base.dates import today
from loa.config.demo import END
from loa.config.demo.files import Files
from loa.config.demo.loading import STEPS, begun, load, missing, staff
from loa.config.demo.running import Children, Died, Stopped, loa, quiet_worker, stop_on_signals
from loa.config.demo.structure import TINY, WHOLE
from loa.config.demo.world import World

from .serve import collect_if_newer, refuse_taken_port

HOST = "127.0.0.1"
FOLDER = Path(settings.VAR) / "demo"


class Command(BaseCommand):
    help = "Load a synthetic federation (the first time) and serve it. Needs LOA_MODE=demo."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("LOA_PORT", "8000")))
        parser.add_argument("--small", action="store_true", help="a federation of few people, loaded in seconds")
        parser.add_argument("--load-only", action="store_true", help="load, and end")

    def handle(self, *args: Any, port: int, small: bool, load_only: bool, **options: Any) -> None:
        if settings.MODE != "demo":
            raise CommandError(
                f"Lệnh này chỉ dùng để xem thử với dữ liệu minh họa: hãy chạy `make demo`, hoặc đặt LOA_MODE=demo. "
                f"Hiện nay LOA_MODE={settings.MODE}. / `loa demo` needs LOA_MODE=demo.",
                returncode=2,
            )
        if not load_only:
            refuse_taken_port(HOST, port, instead=f"LOA_PORT={port + 1} make demo")
        stop_on_signals()
        try:
            self._open(small=small)
            if not load_only:
                self._serve(port)
        except Stopped:
            self.stdout.write("\nĐã dừng. Dữ liệu còn nguyên; `make demo` mở lại trong vài giây.")
        except Died as reason:
            raise CommandError(f"{reason} Đã tắt tất cả.") from None

    def _open(self, *, small: bool) -> None:
        """Tables and data as they must be. On the first start workbooks are written while the tables are made."""
        if connection.introspection.table_names():
            self._migrate()
            if missing():
                self._load(_begun(small=small))
        else:
            self.stdout.write("Loa bản minh họa: lần đầu nạp dữ liệu (không có ai là người thật), khoảng hai phút.")
            self._load(_fresh(small=small), prepare=self._migrate)
        collect_if_newer()

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            began = monotonic()
            call_command("migrate", interactive=False, verbosity=0)
            self.stdout.write(f"  Cơ sở dữ liệu đã sẵn sàng ({monotonic() - began:.1f} giây)")

    def _load(self, world: World, *, prepare: Callable[[], None] | None = None) -> None:
        began = monotonic()
        with get_context("spawn").Pool(1, initializer=quiet_worker) as pool:
            files = Files(world, pool)
            if prepare is not None:
                files.begin({step.name for step in STEPS})
                prepare()
            elif len(steps := missing()) < len(STEPS):
                self.stdout.write(f"Lần nạp trước dừng giữa chừng; nạp tiếp từ bước “{steps[0].saying}”.")
            load(world, files, say=self.stdout.write)
        self.stdout.write(f"  Xong ({monotonic() - began:.0f} giây).")

    def _serve(self, port: int) -> None:
        address = f"http://localhost:{port}"
        here = {"LOA_BASE_URL": os.environ.get("LOA_BASE_URL", address)}
        with Children() as children:
            children.start("Máy chủ web", loa("serve", "--host", HOST, "--port", str(port)), environment=here)
            children.start("Bộ phận làm việc nền", loa("work", "--verbosity", "0"), environment=here)
            children.wait_for(f"http://{HOST}:{port}/")
            self.stdout.write("\n".join(_welcome(address)))
            self.stdout.flush()
            children.watch()


def _fresh(*, small: bool) -> World:
    now = timezone.now()
    return World(until=min(today(now), END), now=now, folder=FOLDER, size=TINY if small else WHOLE)


def _begun(*, small: bool) -> World:
    """The one whose first steps are loaded, whatever is asked for now."""
    return begun(FOLDER, now=timezone.now()) or _fresh(small=small)


def _welcome(address: str) -> list[str]:
    return [
        "",
        f"  Loa đang chạy tại  {address}",
        f"  Trang cán bộ       {address}/quan-tri/",
        "",
        f"  Đăng nhập thử, mật khẩu chung: {staff.PASSWORD}",
        *_table([(row.role, row.login, row.name, row.unit) for row in staff.sign_ins(today(timezone.now()))]),
        "",
        "  Dữ liệu minh họa: không ai là người thật, không gửi gì ra ngoài. Nhấn Ctrl-C để dừng.",
        "",
    ]


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["    " + "   ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
