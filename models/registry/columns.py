"""The registry's columns of the ledger (domain.md §B.2.2, §C.3 R2 and R4)."""

from ...lib import vocabulary as terms
from ...lib.columns import DATE, TERM, TERMS, Column
from ...lib.vocabulary import Term
from .past_sql import past_join, then

_FATHER, _MOTHER, _CARE, _SERVICE = "父亲", "母亲", "委托照料", "关爱服务"

# Who cared for the child on the day; whoever came later belongs to the next report (§C.6 cases 2 and 11).
_CARE_THEN = (
    "SELECT l.guardian_id, l.relation, l.care_quality FROM lbc_guardianship l "
    "WHERE l.child_id = child.id AND l.role = 'carer' AND (l.date_to IS NULL OR l.date_to > asof.day) "
    "ORDER BY COALESCE(l.date_from > asof.day, false), l.date_from DESC NULLS LAST, l.id DESC LIMIT 1"
)


def _away_then(alias):
    """SQL of a join: where a parent worked on the day, and since when."""
    return (
        f"LEFT JOIN LATERAL (SELECT m.place, m.date_from FROM lbc_migration m "
        f"WHERE m.guardian_id = {alias}.id AND (m.date_from IS NULL OR m.date_from <= asof.day) "
        f"AND (m.date_to IS NULL OR m.date_to > asof.day) "
        f"ORDER BY m.date_from DESC NULLS LAST, m.id DESC LIMIT 1) {alias}_away ON true"
    )


def _parent_then(alias):
    """SQL of a join: who was the parent on the day, of the few children whose parent has ended since."""
    return (
        "LEFT JOIN (SELECT DISTINCT ON (l.child_id) l.child_id, l.guardian_id FROM lbc_guardianship l "
        f"WHERE l.role = '{alias}' AND l.date_to > {{day}} AND COALESCE(l.date_from <= {{day}}, true) "
        f"ORDER BY l.child_id, l.date_from DESC NULLS LAST, l.id DESC) {alias}_then "
        f"ON {alias}_then.child_id = child.id"
    )


def _parent_join(alias):
    return (
        f"LEFT JOIN lbc_guardian {alias} "
        f"ON {alias}.id = COALESCE({alias}_then.guardian_id, child.{alias}_id)"
    )


# alias: the join that brings it; all hang on `child`, and on `asof`: the day and the place reported
JOINS = {
    "township": "LEFT JOIN lbc_area township ON township.id = asof.township_id",
    "village": "LEFT JOIN lbc_area village ON village.id = asof.area_id",
    "child_past": past_join("child", "lbc.child"),
    "school": f"LEFT JOIN lbc_organization school ON school.id = {then('child', 'school_id', 'int')}",
    "school_was": "LEFT JOIN (SELECT DISTINCT ON (n.organization_id) n.organization_id, n.name "
    "FROM lbc_organization_name n WHERE n.valid_to >= {day} "
    "ORDER BY n.organization_id, n.valid_to) school_was ON school_was.organization_id = school.id",
    **{f"{alias}_then": _parent_then(alias) for alias in ("father", "mother")},
    "father": _parent_join("father"),
    "mother": _parent_join("mother"),
    "father_away": _away_then("father"),
    "mother_away": _away_then("mother"),
    "care": f"LEFT JOIN LATERAL ({_CARE_THEN}) care ON true",
    "carer": "LEFT JOIN lbc_guardian carer ON carer.id = care.guardian_id",
    **{f"{one}_past": past_join(one, "lbc.guardian") for one in ("father", "mother", "carer")},
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
    state = then(alias, "state")
    return (
        f"CASE WHEN {state} <> 'normal' THEN {state} ELSE COALESCE((SELECT k.reason "
        f"FROM lbc_capacity k WHERE k.guardian_id = {alias}.id AND k.passes "
        f"AND (k.valid_from IS NULL OR k.valid_from <= asof.day) "
        f"AND (k.valid_to IS NULL OR k.valid_to >= asof.day) "
        f"ORDER BY k.is_proved DESC, k.id LIMIT 1), {state}) END"
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
            then(alias, "name"),
            then(alias, "name_masked"),
            past=("name",),
            block=block,
        ),
        Column(
            f"{alias}_id_number",
            f"{heading}身份证号",
            f"{label}'s Identity Number",
            "identity",
            then(alias, "id_number"),
            then(alias, "id_number_masked"),
            past=("id_number",),
            block=block,
            width=20,
            synonyms=(f"{heading}公民身份号码", f"{heading}身份证号码"),
        ),
        Column(
            f"{alias}_phone",
            f"{heading}联系电话",
            f"{label}'s Phone",
            "parent_contact",
            then(alias, "phone"),
            then(alias, "phone_masked"),
            past=("phone",),
            block=block,
            width=14,
            synonyms=(f"{heading}电话",),
        ),
        Column(
            f"{alias}_work_place",
            f"{heading}务工地",
            f"{label}'s Place of Work",
            "parent_contact",
            f"{alias}_away.place",
            dated=True,
            block=block,
            width=20,
            synonyms=(f"{heading}务工地点",),
        ),
        Column(
            f"{alias}_away_since",
            f"{heading}外出时间",
            f"{label} Away Since",
            "parent_contact",
            f"{alias}_away.date_from",
            dated=True,
            kind=DATE,
            block=block,
        ),
        Column(
            f"{alias}_condition",
            f"{heading}状况",
            f"{label}'s Situation",
            "guardianship",
            _incapacity(alias),
            past=("state",),
            kind=TERM,
            terms=CONDITION,
            block=block,
            width=16,
        ),
    )


COLUMNS = (
    Column(
        "township",
        "镇街",
        "Township",
        sql="township.name",
        dated=True,
        synonyms=("乡镇", "乡镇（街道）"),
    ),
    Column(
        "village",
        "村（居）",
        "Village",
        sql="village.short_name",
        dated=True,
        synonyms=("村", "村居", "社区"),
    ),
    Column(
        "name",
        "儿童姓名",
        "Child's Name",
        "identity",
        then("child", "name"),
        then("child", "name_masked"),
        past=("name",),
        synonyms=("姓名",),
    ),
    Column(
        "sex",
        "性别",
        "Sex",
        sql=then("child", "sex"),
        kind=TERM,
        terms=terms.SEX,
        width=6,
        past=("sex",),
    ),
    Column(
        "ethnicity",
        "民族",
        "Ethnic Group",
        "identity",
        then("child", "ethnicity"),
        past=("ethnicity",),
        kind=TERM,
        terms=terms.ETHNICITY,
        width=8,
    ),
    Column(
        "id_number",
        "公民身份号码",
        "Identity Number",
        "identity",
        then("child", "id_number"),
        then("child", "id_number_masked"),
        past=("id_number",),
        width=20,
        synonyms=("身份证号", "身份证号码", "身份证"),
    ),
    Column(
        "birth_date",
        "出生日期",
        "Birth Date",
        "identity",
        then("child", "birth_date", "date"),
        past=("birth_date",),
        kind=DATE,
        synonyms=("出生年月", "出生年月日"),
    ),
    Column(
        "hukou_kind",
        "户籍性质",
        "Household Registration",
        "address",
        then("child", "hukou_kind"),
        past=("hukou_kind",),
        kind=TERM,
        terms=terms.HUKOU_KIND,
        width=14,
    ),
    Column(
        "address",
        "现居住地址",
        "Present Address",
        "address",
        then("child", "address"),
        "village.short_name",
        past=("address",),
        width=24,
        synonyms=("家庭住址", "住址", "现住址"),
    ),
    Column(
        "health",
        "健康状况",
        "Health",
        "health",
        "health.condition",
        kind=TERM,
        terms=terms.HEALTH,
        dated=True,
    ),
    Column(
        "disability_kind",
        "残疾类型",
        "Kind of Disability",
        "health",
        "health.disability_kind",
        dated=True,
        kind=TERM,
        terms=terms.DISABILITY_KIND,
    ),
    Column(
        "disability_level",
        "残疾等级",
        "Level of Disability",
        "health",
        "health.disability_level",
        dated=True,
        kind=TERM,
        terms=terms.DISABILITY_LEVEL,
    ),
    Column(
        "education",
        "学业状况",
        "Education",
        "schooling",
        then("child", "education_stage"),
        past=("education_stage",),
        kind=TERM,
        terms=terms.EDUCATION_STAGE,
    ),
    Column(
        "school",
        "就读学校",
        "School Attended",
        "schooling",
        f"COALESCE(school_was.name, school.name, {then('child', 'school_name')})",
        past=("school_id", "school_name"),
        width=20,
        synonyms=("学校",),
    ),
    Column(
        "grade_class",
        "年级班级",
        "Grade and Class",
        "schooling",
        then("child", "grade_class"),
        past=("grade_class",),
        synonyms=("年级", "班级"),
    ),
    Column(
        "boarding",
        "是否寄宿",
        "Boarding",
        "schooling",
        then("child", "boarding"),
        past=("boarding",),
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
        then("child", "care_reason"),
        past=("care_reason",),
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
        then("carer", "name"),
        then("carer", "name_masked"),
        past=("name",),
        block=_CARE,
        width=16,
        synonyms=("委托照料人姓名", "被委托人姓名", "监护人姓名"),
    ),
    Column(
        "carer_relation",
        "与儿童关系",
        "Relation of the Carer",
        "guardianship",
        "care.relation",
        dated=True,
        kind=TERM,
        terms=terms.RELATION,
        block=_CARE,
    ),
    Column(
        "carer_id_number",
        "监护人身份证号",
        "Carer's Identity Number",
        "identity",
        then("carer", "id_number"),
        then("carer", "id_number_masked"),
        past=("id_number",),
        block=_CARE,
        width=20,
        synonyms=("受委托监护人身份证号", "被委托人身份证号"),
    ),
    Column(
        "carer_phone",
        "监护人联系电话",
        "Carer's Phone",
        "parent_contact",
        then("carer", "phone"),
        then("carer", "phone_masked"),
        past=("phone",),
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
        dated=True,
        kind=TERM,
        terms=terms.CARE_QUALITY,
        block=_CARE,
    ),
    Column(
        "aid",
        "救助措施",
        "Aid",
        "economy",
        then("child", "aid", now="aid.codes"),
        past=("aid",),
        kind=TERMS,
        terms=terms.AID,
        block=_SERVICE,
        width=16,
    ),
    Column(
        "note",
        "备注",
        "Note",
        "guardianship",
        then("child", "note"),
        past=("note",),
        block=_SERVICE,
        width=20,
    ),
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
        dated=True,
        block=_SERVICE,
    ),
)
