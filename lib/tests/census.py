"""A small census for the tests of its modules: columns, a sheet, a good row, a county."""

from datetime import date, datetime

from ..census_places import HomeCounty, Territory
from ..census_rows import Setting, read_row
from ..columns import DATE, TERM, TERMS, Column
from ..eligibility import Policy
from ..identity import check_digit
from ..vocabulary import AID, CARE_QUALITY, CARE_REASON, HEALTH, RELATION, SEX

AS_OF = date(2026, 11, 20)
_FATHER, _MOTHER, _CARE = "父亲", "母亲", "委托照料"


def _parent(code, block):
    return (
        Column(f"{code}_name", f"{block}姓名", "Name", block=block),
        Column(f"{code}_id_number", f"{block}身份证号", "Number", block=block),
        Column(f"{code}_phone", f"{block}联系电话", "Phone", block=block),
        Column(f"{code}_work_place", f"{block}务工地", "Place", block=block),
        Column(f"{code}_away_since", f"{block}外出时间", "Since", kind=DATE, block=block),
        Column(f"{code}_condition", f"{block}状况", "Situation", block=block),
    )


COLUMNS = (
    Column("township", "镇街", "Township", synonyms=("乡镇",)),
    Column("village", "村（居）", "Village", synonyms=("村",)),
    Column("name", "儿童姓名", "Name", synonyms=("姓名",)),
    Column("sex", "性别", "Sex", kind=TERM, terms=SEX),
    Column("id_number", "公民身份号码", "Number", synonyms=("身份证号",)),
    Column("birth_date", "出生日期", "Birth Date", kind=DATE),
    Column("address", "现居住地址", "Address"),
    Column("health", "健康状况", "Health", kind=TERM, terms=HEALTH),
    *_parent("father", _FATHER),
    *_parent("mother", _MOTHER),
    Column("care_reason", "委托照料原因", "Reason", kind=TERM, terms=CARE_REASON, block=_CARE),
    Column("carer_name", "受委托监护人姓名", "Carer", block=_CARE),
    Column("carer_relation", "与儿童关系", "Relation", kind=TERM, terms=RELATION, block=_CARE),
    Column("carer_id_number", "监护人身份证号", "Number", block=_CARE),
    Column("carer_phone", "监护人联系电话", "Phone", block=_CARE),
    Column("care_quality", "监护情况", "Quality", kind=TERM, terms=CARE_QUALITY, block=_CARE),
    Column("aid", "救助措施", "Aid", kind=TERMS, terms=AID, block="关爱服务"),
    Column("note", "备注", "Note", block="关爱服务"),
)
REQUIRED = ("township", "village", "name", "id_number")


def number(birth="20160818", serial="730"):
    """Return a valid synthetic identity number; an even serial is a woman's."""
    first = f"500199{birth}{serial}"
    return first + check_digit(first)


def good(**cells):
    """Return the raw cells of a good row, some of them replaced; None leaves a cell out."""
    raw = {
        "township": "圣灯山镇",
        "village": "永隆村委会",
        "name": "萧英",
        "sex": "女",
        "id_number": number(),
        "birth_date": "2016-08-18",
        "address": "永隆村六组111号",
        "health": "健康",
        "father_name": "萧泽志",
        "father_id_number": number("19860809", "567"),
        "father_phone": "17435800699",
        "father_work_place": "贵州省贵阳市",
        "father_away_since": "2022-12-31",
        "father_condition": "正常",
        "mother_name": "马芳雪",
        "mother_id_number": number("19911023", "290"),
        "mother_phone": "18358701621",
        "mother_work_place": "广东省东莞市",
        "mother_away_since": "2022-12-31",
        "mother_condition": "正常",
        "care_reason": "父母双方同时外出",
        "carer_name": "萧浩",
        "carer_relation": "祖父",
        "carer_id_number": number("19580927", "267"),
        "carer_phone": "18299678620",
        "care_quality": "较好",
        "aid": "无",
        **cells,
    }
    return {code: cell for code, cell in raw.items() if cell is not None}


TERRITORY = Territory(
    [("T1", "圣灯山镇"), ("T2", "龙洲湾街道")],
    [
        ("T1", "永隆村村民委员会", "V1"),
        ("T1", "红光村村民委员会", "V2"),
        ("T1", "红光社区居民委员会", "V3"),
        ("T2", "龙海社区居民委员会", "V4"),
    ],
)
SETTING = Setting(AS_OF, Policy(), TERRITORY, HomeCounty("巴南区", ("市辖区", "重庆市")))


def read(number=5, /, setting=SETTING, **cells):
    """Return the `Row` of a good row with some cells replaced."""
    return read_row(number, good(**cells), setting)


class Sheet:
    """A sheet as `census_workbook.read` takes it."""

    def __init__(self, rows, title="花名册", merged=()):
        self.title = title
        self._rows = rows
        self._merged = merged

    def rows(self):
        """Return the rows of cells."""
        return iter(self._rows)

    def merged(self):
        """Return the cells merged downwards."""
        return self._merged


def sheet(rows, columns=COLUMNS, above=(), below=(), **options):
    """Return a `Sheet` of raw rows below one row of headings."""
    cells = [[_cell(row.get(column.code)) for column in columns] for row in rows]
    return Sheet([*above, [column.heading for column in columns], *cells, *below], **options)


def _cell(value):
    # Excel hands over dates as dates.
    return datetime.fromisoformat(value) if value == "2016-08-18" else value
