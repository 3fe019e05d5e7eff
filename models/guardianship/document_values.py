"""What stands for the placeholders of printed documents: names, tables, places, all escaped.

Callers hand records as superuser and have checked who asks. The words are those of official Chinese
documents, whatever the language of the page.
"""

from markupsafe import Markup

from odoo import fields

from ...lib import vocabulary as terms

TERMS = {"entrusted_care": "委托照护", "entrusted_guardianship": "委托监护"}
ROLES = {"father": "父亲", "mother": "母亲", "legal_guardian": "监护人"}
BLANK = Markup('<span class="lbc_blank">　　　　</span>')
COMMA = "、"
COMMITTEES = ((("村民委员会", "村委会"), "村"), (("居民委员会", "居委会"), "社区"))


def chinese_day(day):
    """Return a date as documents write it; empty without one.

    >>> import datetime
    >>> chinese_day(datetime.date(2026, 9, 1))
    '2026年9月1日'
    """
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def office(township):
    """Return the name (str) of the government of a town or subdistrict (`lbc.area`)."""
    name = township.name or ""
    if not name or name.endswith(("政府", "办事处", "管委会", "管理委员会")):
        return name
    return f"{name}办事处" if name.endswith("街道") else f"{name}人民政府"


def place(village):
    """Return the name (str) of a village or neighbourhood (`lbc.area`), which registers name by its committee."""
    name = village.name or ""
    for suffixes, kind in COMMITTEES:
        stem = next((name.removesuffix(one) for one in suffixes if name.endswith(one)), None)
        if stem:
            return stem if stem.endswith(("村", "社区")) else stem + kind
    return name


def committee(village):
    """Return the name (str) of the committee of a village or neighbourhood (`lbc.area`)."""
    name = village.name or ""
    if not name or name.endswith(("委员会", "委会")):
        return name
    return name + ("居民委员会" if name.endswith("社区") else "村民委员会")


def of_place(area, profile):
    """Return the values of a village (`lbc.area`) and its county's profile."""
    return {
        "county": escape(area.county_id.name),
        "township": escape(area.township_id.name),
        "township_office": escape(office(area.township_id)),
        "village": escape(committee(area)),
        "place": escape(place(area)),
        "term": TERMS[profile.term_care],
        "contact_days": str(profile.parent_contact_days or 7),
        "day": chinese_day(fields.Date.context_today(area)),
    }


def of_children(children):
    """Return the values of children (`lbc.child`): names, number, table, schools."""
    schools = [one.school_id.name or one.school_name for one in children]
    return {
        "children": names(children),
        "child_count": str(len(children)),
        "schools": escape(COMMA.join(dict.fromkeys(filter(None, schools)))),
        "child_table": table(
            ("姓名", "性别", "出生日期", "公民身份号码", "就读学校及班级"),
            [
                (
                    one.name,
                    terms.chinese(terms.SEX, one.sex) if one.sex else "",
                    chinese_day(one.birth_date),
                    one.id_number or one.no_id_reason,
                    " ".join(
                        filter(None, (one.school_id.name or one.school_name, one.grade_class))
                    ),
                )
                for one in children
            ],
            (16, 8, 20, 26, 30),
        ),
    }


def of_parents(parents, roles):
    """Return the values of parents (`lbc.guardian`); `roles`: {guardian id: role for the children}."""
    return {
        "parents": names(parents),
        "you": "你们" if len(parents) > 1 else "您",
        "parent_table": table(
            ("与儿童关系", "姓名", "公民身份号码", "务工地", "联系电话"),
            [
                (
                    ROLES.get(roles.get(one.id), "监护人"),
                    one.name,
                    one.id_number,
                    one.work_place,
                    one.phone,
                )
                for one in parents
            ],
            (14, 14, 26, 28, 18),
        ),
        "parent_contacts": table(  # for whoever needs no identity numbers: schools, villages
            ("与儿童关系", "姓名", "务工地", "联系电话"),
            [
                (ROLES.get(roles.get(one.id), "监护人"), one.name, one.work_place, one.phone)
                for one in parents
            ],
            (18, 18, 40, 24),
        ),
        "work_place": escape(COMMA.join(dict.fromkeys(filter(None, parents.mapped("work_place"))))),
    }


def of_carer(carer, relation):
    """Return the values of a carer (`lbc.guardian`, may be empty) and his relation (code or False)."""
    return {
        "carer": escape(carer.name),
        "carer_number": escape(carer.id_number),
        "carer_phone": escape(carer.phone),
        "carer_address": escape("".join((carer.area_id.display_name or "").split())),
        "relation": escape(terms.chinese(terms.RELATION, relation) if relation else ""),
    }


def parents_of(children):
    """Return (parents, {guardian id: role}) of children (sudo) as they are today, father first."""
    roles = {}
    for role, people in (("father", children.father_id), ("mother", children.mother_id)):
        for person in people:
            roles.setdefault(person.id, role)
    return children.father_id | children.mother_id, roles


def names(people):
    """Return the names of people, joined as in a sentence."""
    return escape(COMMA.join(filter(None, people.mapped("name"))))


def escape(text):
    """Return typed text (or False) as HTML."""
    return Markup.escape(text or "")


def table(headings, rows, widths):
    """Return an HTML table; an empty cell is a field to be filled in by hand. `widths` in percent."""
    head = Markup("").join(
        Markup('<th style="width: {}%">{}</th>').format(width, one)
        for one, width in zip(headings, widths, strict=True)
    )
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(Markup("<td>{}</td>").format(cell or "") for cell in row)
        )
        for row in rows
    )
    return Markup(
        '<table class="lbc_table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
    ).format(head, body)


def bullets(lines):
    """Return an HTML list of sentences."""
    return Markup('<ol class="lbc_list">{}</ol>').format(
        Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)
    )
