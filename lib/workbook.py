"""What every workbook we write or read needs: safe cells, widths for Chinese text, file names.

Our own workbooks are written with `write_string`, so a cell is never a formula there. People save them as CSV and
open them again, and then =, +, -, @ at the start of a cell become one: therefore the apostrophe (OWASP, "CSV
injection").
"""

import re
import unicodedata

# Excel's limit of a cell; longer text makes the whole file unreadable.
MAX_CELL = 32767
# A file name has 255 bytes on the servers we run on, and one Chinese character takes three of them.
_MAX_FILE_NAME_BYTES = 200
_FORMULA = re.compile(r"[\s]*[=+\-@＝＋－＠\t\r]")
_NUMBER = re.compile(r"[+-]?[0-9]+([.-][0-9]+)*")
# XML 1.0 knows tab, line feed and carriage return only.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_NOT_IN_FILE_NAMES = re.compile(
    r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]'
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


def safe_text(value):
    """Return a cell value that no spreadsheet takes for a formula; values that are not text come back as they are.

    Text that would begin a formula gets an apostrophe in front; plain numbers such as +8613812345678 stay. Characters
    that a workbook cannot hold are dropped and text is cut at 32,767 characters. `plain_text` takes the apostrophe
    away again.

    >>> safe_text("=1+1"), safe_text("-5"), safe_text("张三"), safe_text(5)
    ("'=1+1", '-5', '张三', 5)
    """
    if not isinstance(value, str):
        return value
    text = _CONTROL.sub("", value)
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        text = "'" + text
    return text[:MAX_CELL]


def plain_text(value):
    """Return the value that `safe_text` was given: the apostrophe before a would-be formula removed.

    >>> plain_text("'=1+1"), plain_text("'张三")
    ('=1+1', "'张三")
    """
    if isinstance(value, str) and value.startswith("'") and _FORMULA.match(value[1:]):
        return value[1:]
    return value


def display_width(value):
    """Return how many half-width columns a value takes: two for a Chinese character; the longest line counts.

    >>> display_width("儿童姓名"), display_width("ID\\n公民身份号码"), display_width(None)
    (8, 12, 0)
    """
    if value is None:
        return 0
    return max((sum(map(_columns, line)) for line in str(value).splitlines()), default=0)


def _columns(character):
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    # "Ambiguous" signs (· × ①) are drawn wide by Chinese fonts.
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def column_width(values, least=6, most=40):
    """Return a column width in characters for the values of a column, between `least` and `most`.

    >>> column_width(["性别", "男"]), column_width(["现居住地址", "永隆村六组111号"])
    (6, 17)
    """
    return min(max([least, *(display_width(value) + 2 for value in values)]), most)


def safe_file_name(text, extension="", default="file"):
    """Return `text` as a file name for every system: Chinese stays; paths, control and reserved characters go.

    `extension` is given without its dot and is never cut off. An empty result becomes `default`.

    >>> safe_file_name("../永隆村：2026Q3/花名册", "xlsx"), safe_file_name("...", "pdf")
    ('永隆村：2026Q3_花名册.xlsx', 'file.pdf')
    """
    name = re.sub(r"\s+", " ", _NOT_IN_FILE_NAMES.sub("_", text or ""))
    name = re.sub(r"_+", "_", name).strip("._ ")
    if _RESERVED.match(name):
        name = "_" + name
    suffix = f".{extension}" if extension else ""
    room = _MAX_FILE_NAME_BYTES - len(suffix.encode())
    name = name.encode("utf-8", "ignore")[:room].decode("utf-8", "ignore").rstrip("._ ")
    return (name or default) + suffix
