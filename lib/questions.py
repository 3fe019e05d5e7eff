"""Questions that an administrator writes line by line, as definition of Odoo's properties (support room; §B.4).

One question a line; what may be answered stands after a bar: nothing or “text”, “long text”, “number”, “date”, or the
answers to choose from, with slashes between them; the Chinese words are understood as well.
"""

import hashlib

KINDS = {
    "text": "char",
    "文字": "char",
    "long text": "text",
    "多行文字": "text",
    "多行": "text",
    "number": "float",
    "数字": "float",
    "date": "date",
    "日期": "date",
}
_WORDS = {"char": "", "text": "long text", "float": "number", "date": "date"}


def key(text):
    """Return a name (16 hexadecimal digits) that stays the same as long as the text does.

    >>> key("是否接种") == key(" 是否接种 "), key("是否接种") == key("接种")
    (True, False)
    """
    return hashlib.sha256(text.strip().encode()).hexdigest()[:16]


def parse(text):
    """Return the definition (list of dict) of the questions in a text; answers stay with unchanged questions.

    :raises ValueError: names the line that asks nothing, repeats another, or has one answer only

    >>> [(one["string"], one["type"]) for one in parse("人数 | 数字\\n是否按时 | 是 / 否\\n\\n备注")]
    [('人数', 'float'), ('是否按时', 'selection'), ('备注', 'char')]
    >>> [one["type"] for one in parse("经过 | 多行\\n日期 | 日期")]
    ['text', 'date']
    >>> parse("是否按时 | 是")
    Traceback (most recent call last):
    ValueError: 是否按时 | 是
    """
    found = {}
    for line in (text or "").replace("｜", "|").splitlines():
        if not line.strip():
            continue
        question, _bar, answers = (part.strip() for part in line.partition("|"))
        if not question or key(question) in found:
            raise ValueError(line.strip())
        entry = {"name": key(question), "string": question}
        kind = KINDS.get(answers.lower()) if answers else "char"
        if kind:
            entry["type"] = kind
        else:
            options = [one.strip() for one in answers.replace("／", "/").split("/") if one.strip()]
            if len(set(options)) < 2 or len(set(options)) < len(options):
                raise ValueError(line.strip())
            entry["type"] = "selection"
            entry["selection"] = [[key(one), one] for one in options]
        found[entry["name"]] = entry
    return list(found.values())


def text_of(definition):
    """Return the text from which `parse` makes the definition.

    >>> text_of(parse("人数 | 数字\\n是否按时 | 是/否\\n备注"))
    '人数 | number\\n是否按时 | 是 / 否\\n备注'
    """
    lines = []
    for entry in definition or ():
        if entry["type"] == "selection":
            answers = " / ".join(label for _key, label in entry.get("selection") or ())
        else:
            answers = _WORDS.get(entry["type"], entry["type"])
        lines.append(f"{entry['string']} | {answers}" if answers else entry["string"])
    return "\n".join(lines)
