"""Cleaning of text as people type it and as workbooks carry it.

Shared by every module that reads a cell: blanks that cannot be seen, full-width letters and digits of a Chinese input
method, quotation marks that keep a number from becoming a number.
"""

# Full-width ASCII (U+FF01..U+FF5E) and the ideographic space have their half-width twins at a constant distance. Not
# NFKC: it would also rewrite characters of names (compatibility ideographs), and a name must stay as the register has
# it.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
# Zero-width and direction marks arrive with text copied from chat programs and PDF files.
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x180E, 0xFEFF]
    + [
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        *range(0x2066, 0x206A),
    ]
)
_QUOTES = dict.fromkeys(map(ord, "'\"`´‘’‚‛“”„‟′″＇＂"))


def half_width(text):
    """Return `text` with full-width ASCII characters and spaces replaced by their half-width twins.

    >>> half_width("５００Ｘ　（二）")
    '500X (二)'
    """
    # A census has a million cells; most numbers and dates are plain ASCII already.
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def strip_blanks(text):
    """Return `text` without any white space, visible or not, at the edges or inside.

    >>> strip_blanks(" 张\\u3000三\\u200b\\n")
    '张三'
    """
    return "".join((text if text.isascii() else text.translate(_INVISIBLE)).split())


def strip_quotes(text):
    """Return `text` without quotation marks and apostrophes of any kind (Excel's leading ' among them)."""
    return text if text.isalnum() else text.translate(_QUOTES)


def squeeze(value):
    """Return a cell value as compact text: half width, no blanks; None gives the empty string.

    >>> squeeze(None), squeeze(" 残疾（ 二级 ）")
    ('', '残疾(二级)')
    """
    return "" if value is None else strip_blanks(half_width(str(value)))
