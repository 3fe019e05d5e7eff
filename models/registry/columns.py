"""The registry's columns of the ledger (domain.md §B.2.2, §C.3 R2 and R4)."""

from ...lib import vocabulary as terms
from ...lib.columns import DATE, TERM, TERMS, Column
from ...lib.vocabulary import Term

_FATHER, _MOTHER, _CARE, _SERVICE = "父亲", "母亲", "委托照料", "关爱服务"

# alias: the join that brings it; all hang on `child`, and on `asof`: the day and the place reported
JOINS = {
    "township": "LEFT JOIN lbc_area township ON township.id = asof.township_id",
    "village": "LEFT JOIN lbc_area village ON village.id = asof.area_id",
    "school": "LEFT JOIN lbc_organization school ON school.id = child.school_id",
    "father": "LEFT JOIN lbc_guardian father ON father.id = child.father_id",
    "mother": "LEFT JOIN lbc_guardian mother ON mother.id = child.mother_id",
    "carer": "LEFT JOIN lbc_guardian carer ON carer.id = child.carer_id",
    "care": "LEFT JOIN lbc_guardianship care ON care.child_id = child.id AND care.role = 'carer' "
    "AND care.date_to IS NULL",
    # the last one known on the day; where none was written down by then, the first one after it
    "health": "LEFT JOIN LATERAL (SELECT h.condition, h.disability_kind, h.disability_level "
    "FROM lbc_health h WHERE h.child_id = child.id "
    "ORDER BY h.date > asof.day, abs(h.date - asof.day), h.id DESC LIMIT 1) health ON true",
    "aid": "LEFT JOIN LATERAL (SELECT string_agg(a.code, ',' ORDER BY a.sequence, a.id) AS codes "
    "FROM lbc_aid_lbc_child_rel r JOIN lbc_aid a ON a.id = r.lbc_aid_id "
    "WHERE r.lbc_child_id = child.id) aid ON true",
    # what the last census said of the child, as it stood in the workbook
    "census": "LEFT JOIN LATERAL (SELECT l.raw FROM (SELECT line.id, line.raw, (SELECT i.as_of "
    "FROM lbc_census_import i WHERE i.id = line.import_id) AS as_of FROM lbc_census_line line "
    "WHERE line.child_id = child.id) l "
    "ORDER BY l.as_of > asof.day, abs(l.as_of - asof.day), l.id DESC LIMIT 1) census ON true",
}


def _incapacity(alias):
    """SQL of a parent's situation in one word: a code of PERSON_STATE, or of the loss of capacity."""
    return (
        f"CASE WHEN {alias}.state <> 'normal' THEN {alias}.state ELSE COALESCE((SELECT k.reason "
        f"FROM lbc_capacity k WHERE k.guardian_id = {alias}.id AND k.passes "
        f"AND (k.valid_from IS NULL OR k.valid_from <= asof.day) "
        f"AND (k.valid_to IS NULL OR k.valid_to >= asof.day) "
        f"ORDER BY k.is_proved DESC, k.id LIMIT 1), {alias}.state) END"
    )


CONDITION = (
    *terms.PERSON_STATE,
    Term("severe_illness", "Severe illness", "重病"),
    Term("severe_disability", "Severe disability", "重残"),
    Term("other", "Otherwise unable to care", "其他无监护能力"),
)


def _parent(alias, label, heading, block):
    """Return the six columns of a parent."""
    return (
        Column(
            f"{alias}_name",
            f"{heading}姓名",
            f"{label}'s Name",
            "identity",
            f"{alias}.name",
            f"{alias}.name_masked",
            block=block,
        ),
        Column(
            f"{alias}_id_number",
            f"{heading}身份证号",
            f"{label}'s Identity Number",
            "identity",
            f"{alias}.id_number",
            f"{alias}.id_number_masked",
            block=block,
            width=20,
            synonyms=(f"{heading}公民身份号码", f"{heading}身份证号码"),
        ),
        Column(
            f"{alias}_phone",
            f"{heading}联系电话",
            f"{label}'s Phone",
            "parent_contact",
            f"{alias}.phone",
            f"{alias}.phone_masked",
            block=block,
            width=14,
            synonyms=(f"{heading}电话",),
        ),
        Column(
            f"{alias}_work_place",
            f"{heading}务工地",
            f"{label}'s Place of Work",
            "parent_contact",
            f"{alias}.work_place",
            block=block,
            width=20,
            synonyms=(f"{heading}务工地点",),
        ),
        Column(
            f"{alias}_away_since",
            f"{heading}外出时间",
            f"{label} Away Since",
            "parent_contact",
            f"{alias}.away_since",
            kind=DATE,
            block=block,
        ),
        Column(
            f"{alias}_condition",
            f"{heading}状况",
            f"{label}'s Situation",
            "guardianship",
            _incapacity(alias),
            kind=TERM,
            terms=CONDITION,
            block=block,
            width=16,
        ),
    )


COLUMNS = (
    Column("township", "镇街", "Township", sql="township.name", synonyms=("乡镇", "乡镇（街道）")),
    Column(
        "village", "村（居）", "Village", sql="village.short_name", synonyms=("村", "村居", "社区")
    ),
    Column(
        "name",
        "儿童姓名",
        "Child's Name",
        "identity",
        "child.name",
        "child.name_masked",
        synonyms=("姓名",),
    ),
    Column("sex", "性别", "Sex", sql="child.sex", kind=TERM, terms=terms.SEX, width=6),
    Column(
        "ethnicity",
        "民族",
        "Ethnic Group",
        "identity",
        "child.ethnicity",
        kind=TERM,
        terms=terms.ETHNICITY,
        width=8,
    ),
    Column(
        "id_number",
        "公民身份号码",
        "Identity Number",
        "identity",
        "child.id_number",
        "child.id_number_masked",
        width=20,
        synonyms=("身份证号", "身份证号码", "身份证"),
    ),
    Column(
        "birth_date",
        "出生日期",
        "Birth Date",
        "identity",
        "child.birth_date",
        kind=DATE,
        synonyms=("出生年月", "出生年月日"),
    ),
    Column(
        "hukou_kind",
        "户籍性质",
        "Household Registration",
        "address",
        "child.hukou_kind",
        kind=TERM,
        terms=terms.HUKOU_KIND,
        width=14,
    ),
    Column(
        "address",
        "现居住地址",
        "Present Address",
        "address",
        "child.address",
        "village.short_name",
        width=24,
        synonyms=("家庭住址", "住址", "现住址"),
    ),
    Column(
        "health", "健康状况", "Health", "health", "health.condition", kind=TERM, terms=terms.HEALTH
    ),
    Column(
        "disability_kind",
        "残疾类型",
        "Kind of Disability",
        "health",
        "health.disability_kind",
        kind=TERM,
        terms=terms.DISABILITY_KIND,
    ),
    Column(
        "disability_level",
        "残疾等级",
        "Level of Disability",
        "health",
        "health.disability_level",
        kind=TERM,
        terms=terms.DISABILITY_LEVEL,
    ),
    Column(
        "education",
        "学业状况",
        "Education",
        "schooling",
        "child.education_stage",
        kind=TERM,
        terms=terms.EDUCATION_STAGE,
    ),
    Column(
        "school",
        "就读学校",
        "School Attended",
        "schooling",
        "COALESCE(school.name, child.school_name)",
        width=20,
        synonyms=("学校",),
    ),
    Column(
        "grade_class",
        "年级班级",
        "Grade and Class",
        "schooling",
        "child.grade_class",
        synonyms=("年级", "班级"),
    ),
    Column(
        "boarding",
        "是否寄宿",
        "Boarding",
        "schooling",
        "child.boarding",
        kind=TERM,
        terms=terms.YES_NO,
        width=8,
        synonyms=("寄宿",),
    ),
    *_parent("father", "Father", "父亲", _FATHER),
    *_parent("mother", "Mother", "母亲", _MOTHER),
    Column(
        "care_reason",
        "委托照料原因",
        "Reason of Care",
        "guardianship",
        "child.care_reason",
        kind=TERM,
        terms=terms.CARE_REASON,
        block=_CARE,
        width=28,
        synonyms=("留守原因",),
    ),
    Column(
        "carer_name",
        "受委托监护人姓名",
        "Carer's Name",
        "identity",
        "carer.name",
        "carer.name_masked",
        block=_CARE,
        width=16,
        synonyms=("委托照料人姓名", "被委托人姓名", "监护人姓名"),
    ),
    Column(
        "carer_relation",
        "与儿童关系",
        "Relation of the Carer",
        "guardianship",
        "child.carer_relation",
        kind=TERM,
        terms=terms.RELATION,
        block=_CARE,
    ),
    Column(
        "carer_id_number",
        "监护人身份证号",
        "Carer's Identity Number",
        "identity",
        "carer.id_number",
        "carer.id_number_masked",
        block=_CARE,
        width=20,
        synonyms=("受委托监护人身份证号", "被委托人身份证号"),
    ),
    Column(
        "carer_phone",
        "监护人联系电话",
        "Carer's Phone",
        "parent_contact",
        "carer.phone",
        "carer.phone_masked",
        block=_CARE,
        width=14,
        synonyms=("受委托监护人联系电话",),
    ),
    Column(
        "care_quality",
        "监护情况",
        "Quality of Care",
        "guardianship",
        "care.care_quality",
        kind=TERM,
        terms=terms.CARE_QUALITY,
        block=_CARE,
    ),
    Column(
        "aid",
        "救助措施",
        "Aid",
        "economy",
        "aid.codes",
        kind=TERMS,
        terms=terms.AID,
        block=_SERVICE,
        width=16,
    ),
    Column("note", "备注", "Note", "guardianship", "child.note", block=_SERVICE, width=20),
)


def _census_text(code):
    """SQL of what the census said in a column; nothing where nobody wrote anything."""
    return f"NULLIF(btrim(census.raw->>'{code}'), '')"


# Columns of the official census whose rooms are not here yet: kept whole on the census line, and read from there
# until the room comes, which replays them (`lbc.census.line._waiting_rows`) and then declares them itself.
WAITING = (
    Column(
        "paired_teacher",
        "结对帮扶教师",
        "Paired Teacher",
        "schooling",
        _census_text("paired_teacher"),
        block=_SERVICE,
    ),
)
