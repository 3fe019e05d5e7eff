"""Who is what to a child: words of family relation after GB/T 4761, and what a village calls them instead."""

from .terms import Term

# Who the carer is to the child; parents come first, carers are never among them (national form). After GB/T 4761.
RELATION = (
    Term("father", "Father", "父亲", ("父", "爸爸", "生父")),
    Term("mother", "Mother", "母亲", ("母", "妈妈", "生母")),
    Term("stepfather", "Stepfather", "继父"),
    Term("stepmother", "Stepmother", "继母"),
    Term("adoptive_father", "Adoptive father", "养父"),
    Term("adoptive_mother", "Adoptive mother", "养母"),
    Term("paternal_grandfather", "Father's father", "祖父", ("爷爷", "公公")),
    Term("paternal_grandmother", "Father's mother", "祖母", ("奶奶", "婆婆")),
    Term(
        "maternal_grandfather",
        "Mother's father",
        "外祖父",
        ("外公", "姥爷", "老爷", "外爷", "家公"),
    ),
    Term("maternal_grandmother", "Mother's mother", "外祖母", ("外婆", "姥姥", "家婆", "家家")),
    Term(
        "great_grandparent",
        "Great-grandparent",
        "曾祖父母",
        ("曾祖父", "曾祖母", "太爷", "太奶", "外曾祖母"),
    ),
    Term("father_elder_brother", "Father's elder brother", "伯父", ("伯伯", "大伯", "大爷", "伯")),
    Term(
        "father_younger_brother", "Father's younger brother", "叔父", ("叔叔", "叔", "幺叔", "二叔")
    ),
    Term(
        "father_brother_wife",
        "Wife of a father's brother",
        "伯母",
        ("婶婶", "婶母", "婶", "伯娘", "叔母", "幺婶"),
    ),
    Term(
        "father_sister", "Father's sister", "姑母", ("姑姑", "姑妈", "姑", "孃孃", "大姑", "小姑")
    ),
    Term("father_sister_husband", "Husband of a father's sister", "姑父", ("姑爹", "姑丈")),
    Term("mother_brother", "Mother's brother", "舅父", ("舅舅", "舅", "大舅", "幺舅")),
    Term("mother_brother_wife", "Wife of a mother's brother", "舅母", ("舅妈", "舅娘")),
    Term(
        "mother_sister", "Mother's sister", "姨母", ("姨妈", "姨", "姨娘", "小姨", "大姨", "阿姨")
    ),
    Term("mother_sister_husband", "Husband of a mother's sister", "姨父", ("姨爹", "姨丈", "姨夫")),
    Term("brother", "Brother", "兄弟", ("哥哥", "兄", "弟弟", "哥", "弟")),
    Term("sister", "Sister", "姐妹", ("姐姐", "妹妹", "姐", "妹", "姊妹")),
    Term("sibling_spouse", "Spouse of a brother or sister", "嫂子", ("嫂嫂", "姐夫")),
    Term(
        "cousin",
        "Cousin",
        "堂表兄弟姐妹",
        ("表哥", "表姐", "堂哥", "堂姐", "表兄", "堂兄", "表弟", "表妹"),
    ),
    Term(
        "other_relative",
        "Other relative",
        "其他亲属",
        ("亲戚", "亲属", "其他亲戚", "姑婆", "舅公", "姨婆", "叔公"),
    ),
    Term("neighbour", "Neighbour", "邻居", ("邻里", "邻人")),
    Term("friend", "Friend", "朋友", ("父母朋友", "亲友", "友人")),
    Term("teacher", "Teacher", "教师", ("老师", "班主任")),
    Term("institution", "Institution", "机构", ("福利机构", "托养机构")),
    Term("other", "Other", "其他", ("其它", "其他人员")),
)
PARENTS = ("father", "mother", "stepfather", "stepmother", "adoptive_father", "adoptive_mother")
GRANDPARENTS = (
    "paternal_grandfather",
    "paternal_grandmother",
    "maternal_grandfather",
    "maternal_grandmother",
)
