"""The letters a PDF carries with it: a serif as wide as Times New Roman that has every Vietnamese letter.

Times New Roman may not be passed on; Liberation Serif and Tinos have its widths, letter by letter, so that lines and
pages end where they would. FreeSerif is close and stands in where neither is installed. Older Liberation fonts (before
2.0) lack Vietnamese letters, so each file is looked into before it is used.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")
STYLES = ("regular", "bold", "italic", "bold italic")
FAMILIES = {
    "Liberation Serif": ("LiberationSerif-", ("Regular", "Bold", "Italic", "BoldItalic")),
    "Tinos": ("Tinos-", ("Regular", "Bold", "Italic", "BoldItalic")),
    "FreeSerif": ("FreeSerif", ("", "Bold", "Italic", "BoldItalic")),
}
VIETNAMESE = "ăâđêôơưằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"


@dataclass(frozen=True, kw_only=True)
class Family:
    name: str
    files: Mapping[str, Path]
    """Style → file."""


@cache
def family() -> Family | None:
    """The best one this machine has with every Vietnamese letter; None when it has none."""
    for name, (stem, ends) in FAMILIES.items():
        files = [next(_usable(f"{stem}{end}.ttf"), None) for end in ends]
        if all(files):
            return Family(name=name, files={style: file for style, file in zip(STYLES, files, strict=True) if file})
    return None


def _usable(name: str) -> Iterator[Path]:
    for folder in FOLDERS:
        for file in sorted(Path(folder).rglob(name)):
            if writes_vietnamese(file):
                yield file


def writes_vietnamese(file: Path) -> bool:
    """Whether the font draws each letter, and not the box that stands for a missing one."""
    font = ImageFont.truetype(str(file), 20)
    box = bytes(font.getmask("\ufdd0"))
    letters = VIETNAMESE + VIETNAMESE.upper()
    return all(bytes(font.getmask(letter)) not in (b"", box) for letter in letters)
