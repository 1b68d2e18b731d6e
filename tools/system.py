"""Make sure of the programs that tests use beyond Python: installed with apt when we may, else named exactly."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROGRAMS = {
    # what we look for: the Debian package that brings it
    "chromium": "chromium",
    "soffice": "libreoffice-writer-nogui",
    "pdftotext": "poppler-utils",
    "nginx": "nginx-light",
    "wrk": "wrk",
}
FONTS = ("/usr/share/fonts/truetype/freefont/FreeSerif.ttf", "fonts-freefont-ttf")


def postgresql() -> Path | None:
    """The folder with initdb, wherever the distribution keeps it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def missing() -> list[str]:
    packages = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    if not Path(FONTS[0]).exists():
        packages.append(FONTS[1])
    if postgresql() is None and not os.environ.get("LOA_TEST_POSTGRES_URL"):
        packages.append("postgresql")
    return packages


def main() -> int:
    packages = missing()
    if not packages:
        return 0
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(
            f"The tests need programs that are not installed. Please run:\n  sudo {' '.join(install)}", file=sys.stderr
        )
        return 1
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "--quiet"], install):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
