"""Codes and the words of the official forms (domain.md §B.2.2, §B.2.3, §B.15): one list for import and workbooks.

Codes are keys of selection fields and never change. English is the source text of the interface, Chinese is the value
that the official form prints, synonyms are what people write instead. The order is the order of the forms.
"""

from .relations import GRANDPARENTS, PARENTS, RELATION  # noqa: F401  (one vocabulary for its users)
from .terms import Term, chinese, code_of, codes_of, selection  # noqa: F401

SEX = (
    Term("male", "Male", "男", ("男性", "男孩", "1")),
    Term("female", "Female", "女", ("女性", "女孩", "女童", "2")),
)

YES_NO = (
    Term("yes", "Yes", "是", ("有", "√", "Y", "已签订", "寄宿", "寄宿生")),
    Term("no", "No", "否", ("无", "没有", "×", "N", "未签订", "非寄宿", "非寄宿生", "走读")),
)

# Kind of household registration, 户籍性质.
HUKOU_KIND = (
    Term(
        "rural",
        "Rural household",
        "农村居民户口",
        ("农村", "农业", "农业户口", "农业家庭户口", "农村户口"),
    ),
    Term(
        "urban",
        "Urban household",
        "城镇居民户口",
        ("城镇", "非农业", "非农业户口", "非农", "城镇户口", "城市"),
    ),
    Term(
        "other",
        "Other (none, unified)",
        "其他",
        ("无户口", "居民户口", "其他(无户口,居民户口)", "未办理户口登记"),
    ),
)

HEALTH = (
    Term("healthy", "Healthy", "健康", ("良好", "健康或良好", "正常")),
    Term("weak", "Average or weak", "一般或较弱", ("一般", "较弱", "体弱")),
    Term("severe_illness", "Severe illness", "重病", ("大病", "重大疾病", "患重病")),
    Term("chronic", "Chronic illness", "慢性病", ("慢病",)),
    Term("disabled", "Disabled", "残疾", ("残障", "伤残")),
    Term("other", "Other", "其他"),
)

# GB/T 26341.
DISABILITY_KIND = (
    Term("visual", "Visual", "视力", ("视力残疾", "视障", "盲")),
    Term("hearing", "Hearing", "听力", ("听力残疾", "听障", "聋")),
    Term("speech", "Speech", "言语", ("言语残疾", "语言", "语言残疾", "哑")),
    Term("physical", "Physical", "肢体", ("肢体残疾",)),
    Term("intellectual", "Intellectual", "智力", ("智力残疾", "智障")),
    Term("mental", "Mental", "精神", ("精神残疾",)),
    Term("multiple", "Multiple", "多重", ("多重残疾",)),
)

DISABILITY_LEVEL = (
    Term("1", "Level one", "一级", ("一", "1级", "Ⅰ级")),
    Term("2", "Level two", "二级", ("二", "2级", "Ⅱ级")),
    Term("3", "Level three", "三级", ("三", "3级", "Ⅲ级")),
    Term("4", "Level four", "四级", ("四", "4级", "Ⅳ级")),
)

# The summary table adds "not collected" for children without a value; no child has it as a value.
UNCOLLECTED = Term("uncollected", "Not collected", "未采集")

EDUCATION_STAGE = (
    Term("none", "Before kindergarten", "学龄前", ("未入园", "婴幼儿", "未入学")),
    Term("kindergarten", "Kindergarten", "幼儿园", ("在园", "幼儿园在读")),
    Term("primary", "Primary school", "小学", ("小学在读",)),
    Term("junior", "Junior secondary school", "初中", ("初中在读", "初级中学")),
    Term("senior", "Senior secondary school", "高中", ("普通高中", "普高")),
    Term(
        "vocational",
        "Vocational school and above",
        "中专及以上",
        ("中专", "中职", "职高", "技校", "大专"),
    ),
    Term(
        "other",
        "Other (no schooling, special school)",
        "其他",
        ("文盲", "特教", "特殊教育", "其他(文盲,特教…)"),
    ),
)

# Why the child is in another's care, 委托照料原因.
CARE_REASON = (
    Term(
        "both_away",
        "Both parents away for work",
        "父母双方同时外出",
        ("父母双方外出", "双方外出", "父母双方外出务工", "父母均外出", "父母双方均外出"),
    ),
    Term(
        "one_away",
        "One parent away, the other unable to care",
        "父母一方外出，另一方无监护能力",
        ("一方外出务工另一方无监护能力", "父母一方外出"),
    ),
    Term(
        "both_incapable", "Both parents unable to care", "父母双方无监护能力", ("父母均无监护能力",)
    ),
)

# How well the child is looked after, 监护情况.
CARE_QUALITY = (
    Term("good", "Good", "较好", ("好", "良好")),
    Term("fair", "Fair", "一般", ("中", "尚可")),
    Term("poor", "Poor", "差", ("较差", "不好")),
)

# Public aid, 救助措施; a child may have several.
AID = (
    Term(
        "registered_poor",
        "Registered poor household",
        "建档立卡",
        ("建档立卡贫困户", "脱贫户", "监测对象", "脱贫"),
    ),
    Term(
        "subsistence",
        "Subsistence allowance",
        "低保",
        ("最低生活保障", "农村低保", "城市低保", "低保户"),
    ),
    Term(
        "extreme_poverty",
        "Support in extreme poverty",
        "特困供养",
        ("特困", "特困人员救助供养", "五保"),
    ),
    Term("temporary", "Temporary assistance", "临时救助"),
    Term("medical", "Medical assistance", "医疗救助"),
    Term("housing", "Housing assistance", "住房救助", ("危房改造",)),
    Term(
        "disability_living",
        "Living allowance for the disabled",
        "残疾人生活补助",
        ("困难残疾人生活补贴",),
    ),
    Term(
        "disability_nursing",
        "Nursing allowance for the disabled",
        "残疾人护理补助",
        ("重度残疾人护理补贴",),
    ),
    Term("orphan", "Orphan allowance", "孤儿津贴", ("孤儿基本生活费", "孤儿")),
    Term("other", "Other", "其他"),
    Term("none", "None", "无", ("没有", "未享受")),
)

# Who really looks after the child, 实际监护情况 of the summary table.
CARER_GROUP = (
    Term("grandparents", "Grandparents", "祖父母外祖父母"),
    Term("relatives_friends", "Relatives and friends", "亲戚朋友"),
    Term("none", "No entrusted carer", "无委托照料人"),
)

# States of `conditions.STATES`.
PERSON_STATE = (
    Term("normal", "Normal", "正常"),
    Term("dead", "Dead", "死亡", ("去世", "已故", "病故", "亡故")),
    Term("missing", "Missing", "失踪", ("宣告失踪",)),
    Term("lost_contact", "Out of contact", "失联", ("失去联系", "下落不明")),
    Term("imprisoned", "In prison", "服刑", ("服刑在押", "在押", "服刑中")),
    Term("rehab", "In compulsory drug rehabilitation", "强制戒毒", ("强制隔离戒毒", "戒毒")),
    Term("unknown", "Unknown", "不详", ("未知", "情况不明", "不清楚")),
)

EXIT_REASON = (
    Term("age", "Reached the age limit", "年满16周岁", ("满16周岁", "年满十六周岁", "超龄")),
    Term(
        "parent_returned",
        "A parent has come back",
        "父母返乡",
        ("父母一方返乡", "父亲返乡", "母亲返乡", "父母返回"),
    ),
    Term(
        "joined_parents",
        "The child lives with its parents",
        "随父母外出",
        ("随迁", "随父母生活", "跟随父母"),
    ),
    Term("moved", "Moved out of the district", "迁出本区", ("户籍迁出", "迁出", "搬迁")),
    Term(
        "capacity_regained",
        "The other parent is able to care again",
        "另一方恢复监护能力",
        ("恢复监护能力",),
    ),
    Term(
        "other_category",
        "Continued as another category",
        "转为其他类别",
        ("转为困境儿童", "转为孤儿"),
    ),
    Term("dead", "Death", "死亡", ("去世",)),
    Term("not_eligible", "Found not to be eligible", "经核实不符合条件", ("不符合条件",)),
    Term("other", "Other", "其他"),
)

# GB/T 3304, in its order: numbers 01 to 56.
_NATIONALITIES = (
    "汉族 Han|蒙古族 Mongol|回族 Hui|藏族 Tibetan|维吾尔族 Uygur|苗族 Miao|彝族 Yi|壮族 Zhuang|布依族 Buyei|"
    "朝鲜族 Korean|"
    "满族 Manchu|侗族 Dong|瑶族 Yao|白族 Bai|土家族 Tujia|哈尼族 Hani|哈萨克族 Kazak|傣族 Dai|黎族 Li|傈僳族 Lisu|"
    "佤族 Va|畲族 She|高山族 Gaoshan|拉祜族 Lahu|水族 Sui|东乡族 Dongxiang|纳西族 Naxi|景颇族 Jingpo|"
    "柯尔克孜族 Kirgiz|土族 Tu|达斡尔族 Daur|仫佬族 Mulao|羌族 Qiang|布朗族 Blang|撒拉族 Salar|毛南族 Maonan|"
    "仡佬族 Gelao|锡伯族 Xibe|阿昌族 Achang|普米族 Pumi|塔吉克族 Tajik|怒族 Nu|乌孜别克族 Uzbek|俄罗斯族 Russian|"
    "鄂温克族 Ewenki|德昂族 De'ang|保安族 Bonan|裕固族 Yugur|京族 Gin|塔塔尔族 Tatar|独龙族 Derung|鄂伦春族 Oroqen|"
    "赫哲族 Hezhen|门巴族 Monba|珞巴族 Lhoba|基诺族 Jino"
)
ETHNICITY = tuple(
    Term(f"{number:02d}", english, name, (name.removesuffix("族"),))
    for number, (name, english) in enumerate(
        (pair.split(" ", 1) for pair in _NATIONALITIES.split("|")), 1
    )
) + (
    Term("97", "Other", "其他", ("其它", "未识别民族", "穿青人")),
    Term("98", "Naturalised foreigner", "外国血统中国籍人士", ("外国血统", "入籍")),
)
