"""Digits of other scripts and odd blanks, made plain."""

_PLAIN = {
    **{ord("۰") + i: str(i) for i in range(10)},
    **{ord("٠") + i: str(i) for i in range(10)},
    **{ord("０") + i: str(i) for i in range(10)},
    **dict.fromkeys(map(ord, "\u00a0\u202f\u2007\u2009\u200a\u3000\t\r\n\v\f"), " "),
    **dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff\u200b\u061c"), None),
    ord("٫"): ".",
    ord("٬"): ",",
    ord("−"): "-",
    ord("‐"): "-",
    ord("‑"): "-",
    ord("‒"): "–",
    ord("—"): "–",
}


def plain(text: str) -> str:
    """ASCII digits and blanks, Excel's `_x000D_` gone, no blanks around."""
    if text.isascii() and "_x000" not in text and "\n" not in text and "\t" not in text and "\r" not in text:
        return text.strip()
    return text.replace("_x000D_", " ").replace("_x000d_", " ").translate(_PLAIN).strip()
