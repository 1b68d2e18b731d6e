"""Make sure of the programs that tests use beyond Python: installed with apt when we may, else named exactly."""

import os
import shutil
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

PROGRAMS = {
    # what we look for: the Debian package that brings it
    "chromium": "chromium",
    "soffice": "libreoffice-writer-nogui",
    "pdftotext": "poppler-utils",
    "ffmpeg": "ffmpeg",
    "nginx": "nginx-light",
    "wrk": "wrk",
}
FONTS = {
    # what we look for: the Debian package that brings it
    "FreeSerif.ttf": "fonts-freefont-ttf",
    "LiberationSerif-Regular.ttf": "fonts-liberation2",  # as wide as Times New Roman, with every Vietnamese letter
}
FOLDER = Path("/usr/share/fonts")
LIBRARIES = {"pango-1.0": "libpango-1.0-0", "pangoft2-1.0": "libpangoft2-1.0-0"}  # what sets the pages of PDFs


def postgresql() -> Path | None:
    """The folder with initdb, wherever the distribution keeps it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def missing() -> list[str]:
    packages = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    packages += [package for font, package in FONTS.items() if not list(FOLDER.rglob(font))]
    packages += [package for library, package in LIBRARIES.items() if find_library(library) is None]
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
