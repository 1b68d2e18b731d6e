// The address part of a Vietnamese text: slug("Đoàn viên Bình Định") is "doan-vien-binh-dinh".
// The same rules as slug() in loa/base/text.py; tests/base/slugs.json holds both to one table.

const INVISIBLE =
  /[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\p{Cs}]|\u200d(?![\u2600-\u27bf\u{1f000}-\u{1faff}])/gu;
const MARKS = /[\u0300-\u036f]/g;
const D_STROKE = /[ĐđÐðƉɖ]/g;
// Letters that lower case alone leaves outside a-z, and full case folding does not.
const FOLDED = { ß: "ss", ẞ: "ss", ſ: "s", ŉ: "-n", ẚ: "a-", ﬀ: "ff", ﬁ: "fi", ﬂ: "fl", ﬃ: "ffi", ﬄ: "ffl", ﬅ: "st", ﬆ: "st" };

export function slug(text, maxLength = 80) {
  const bare = text.replace(INVISIBLE, "").normalize("NFD").replace(MARKS, "").replace(D_STROKE, "d");
  const folded = bare.replace(/[ßẞſŉẚﬀ-ﬆ]/g, (letter) => FOLDED[letter]).toLowerCase().normalize("NFD").replace(MARKS, "");
  const whole = folded.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "muc";
  if (whole.length <= maxLength) return whole;
  const cut = whole.slice(0, maxLength);
  const between = whole[maxLength] === "-" || !cut.includes("-");
  return (between ? cut : cut.slice(0, cut.lastIndexOf("-"))).replace(/-$/, "");
}
