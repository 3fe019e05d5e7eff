"""What every workbook we write or read needs: safe cells, widths for Chinese text, file names, watermark, password.

Our own workbooks are written with `write_string`, so a cell is never a formula there. People save them as CSV and
open them again, and then =, +, -, @ at the start of a cell become one: therefore the apostrophe (OWASP, "CSV
injection").
"""

import importlib.util
import io
import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from numbers import Number

# Excel's limit of a cell; longer text makes the whole file unreadable.
MAX_CELL = 32767
# A file name has 255 bytes on the servers we run on, and one Chinese character takes three of them.
_MAX_FILE_NAME_BYTES = 200
_FORMULA = re.compile(r"[\s]*[=+\-@＝＋－＠\t\r]")
_BEGINS = frozenset(
    " \t\r\n\u3000=+-@＝＋－＠"
)  # signs that a text may begin with only after a closer look
_NUMBER = re.compile(r"[+-]?[0-9]+([.-][0-9]+)*")
# XML 1.0 knows tab, line feed and carriage return only.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_NOT_IN_FILE_NAMES = re.compile(
    r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]'
)
# Excel's limit of a footer.
_MAX_FOOTER = 255
_SECRECY = "内部资料 严禁外传"
_PAGES = "第 &P 页，共 &N 页"
# No characters that are mistaken for one another when a password is read out.
_PASSWORD_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_PASSWORD_LENGTH = 12
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


@dataclass(frozen=True)
class Watermark:
    """Whose copy a workbook is. number: of the export. who: login and role. when: local time (str)."""

    number: str
    who: str
    organization: str
    when: str
    recipient: str

    @property
    def text(self):
        """The row that stands on every sheet.

        >>> Watermark("DC1", "cun（儿童主任）", "东村", "2026-09-20 08:00", "区民政局").text
        '内部资料 严禁外传　编号：DC1　导出人：cun（儿童主任）　单位：东村　时间：2026-09-20 08:00　接收方：区民政局'
        """
        return _CONTROL.sub(
            "",
            f"{_SECRECY}　编号：{self.number}　导出人：{self.who}　单位：{self.organization}　"
            f"时间：{self.when}　接收方：{self.recipient}",
        )

    @property
    def footer(self):
        """The footer of every printed page: number, person, page."""
        who = _CONTROL.sub("", f"{self.who} {self.organization}").replace("&", "&&")
        footer = f"&L{_SECRECY}　{self.number}&C{_PAGES}&R"
        return footer + who[: _MAX_FOOTER - len(footer)]

    def properties(self, title, day):
        """Return the document properties of a workbook with data of `day` (date)."""
        created = datetime.combine(day, time())
        return {"title": title, "created": created, "keywords": self.number, "comments": self.text}


def write_row(sheet, row, values, formats):
    """Write a row as `write_cell` would, in the time of a bare one: a register has millions of cells."""
    text, write_string, write_blank = formats["text"], sheet.write_string, sheet.write_blank
    for column, value in enumerate(values):
        if value.__class__ is str and value:
            # Nearly every text is safe as it is; whoever is not sure asks `safe_text`.
            if value[0] in _BEGINS or len(value) > MAX_CELL or not value.isprintable():
                value = safe_text(value)
            write_string(row, column, value, text)
        elif value:
            write_cell(sheet, row, column, value, formats)
        elif value is None or value.__class__ is str:
            write_blank(row, column, None, text)
        else:
            write_cell(sheet, row, column, value, formats)


def write_cell(sheet, row, column, value, formats, style=None):
    """Write one cell so that it never is a formula: text, dates, numbers, or nothing.

    `formats` has the xlsxwriter formats `text`, `date`, `number` and, for moments, `datetime`; `style` names another
    one of them.
    """
    at = (row, column)
    if isinstance(value, bool):
        value = "是" if value else ""
    if isinstance(value, datetime):
        sheet.write_datetime(*at, value, formats[style or "datetime"])
    elif isinstance(value, date):
        sheet.write_datetime(*at, value, formats[style or "date"])
    elif isinstance(value, Number):
        sheet.write_number(*at, value, formats[style or "number"])
    elif value:
        sheet.write_string(*at, safe_text(str(value)), formats[style or "text"])
    else:
        sheet.write_blank(*at, None, formats[style or "text"])


def can_encrypt():
    """Return whether workbooks can be given a password here: `msoffcrypto-tool` is installed."""
    return importlib.util.find_spec("msoffcrypto") is not None


def new_password():
    """Return a password that can be read out over the telephone.

    >>> len(new_password())
    12
    """
    return "".join(secrets.choice(_PASSWORD_SIGNS) for _sign in range(_PASSWORD_LENGTH))


def encrypt(data, password):
    """Return the workbook (bytes) encrypted with a password (agile encryption, as Excel and WPS write it).

    :raises ImportError: `msoffcrypto-tool` is missing; see `can_encrypt`
    """
    from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415 (optional package)

    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, stream)
    return stream.getvalue()
