"""The golden set of the quarterly report: what happens in a quarter, and the numbers computed by hand (R1, §C.6).

Each case begins with an empty district. Steps are “MMDD what”, in 2026, in the order in which people take them:

    +x a1       child x enters the ledger of village a1 on this day (a1, a2 lie in township A; b1, b2 in B)
    +x a1 0915  … but the day of entry is another one: entered late; a date of birth may follow instead
    -x          x leaves the ledger on this day, confirmed
    -x 0915     … but the day of leaving is another one
    x back      x returns to the ledger
    x>b1        x moves to village b1, accepted by the receiver; x?b1 is proposed only
    x>b1 0910   … but the day of the move is another one
    x>b1 back   x, who had left, is taken to village b1 by the county and returns to the ledger there
    x 16        x is sixteen: the daily check proposes the exit, the township confirms it; x 15 only proposes
    x stays     the township refuses the exit
    x school, x address, x class, x birth, x condition, x phone (of the father), x registered (its school is)
                the village (of schooling, the education committee) enters another one, with a paper (凭证); behind it
                may stand a day (0915: since when), a date of birth, and `err`: an error is corrected
    x carer, x alone (without one), x work, x void    something else about x changes
    renames     the school of all is renamed
    a2=a1, B=A  village or township is merged into the other from the next day on
    Q2, Q3      both townships report; Q3 A, Q3 B one of them, Q3 D the department; a time may follow: Q3 23:59:59
    return      the office returns A's Q3; return B: that of B
    none Q2     nobody reported before
    department  a department reports as well

Q2 (cut-off 20 June) is reported on its day before the first later step, unless the case has it otherwise; Q3 (cut-off
20 September) at the end. Numbers are those of Q3: opening, joined, moved in, left, moved out, changed, closing.

Lines are all changes that Q3 lists, one after the other with commas between: child, kind (column) @day basis person;
the person is the role that entered it, `-` stands for nothing, or for the machine. No lines: Q3 lists none.
"""

from typing import NamedTuple


class Case(NamedTuple):
    """A line of the table.

    a, b: numbers of the townships. lines, b_lines: what they list. rows: child column=value, as frozen in A's Q3.
    on_time: of A. department: whether its report was on time, None where there is none.
    """

    what: str
    steps: str
    a: str
    b: str = "0 0 0 0 0 0 0"
    lines: str = ""
    on_time: bool = True
    b_lines: str = ""
    rows: str = ""
    department: bool | None = None


NONE = "0 0 0 0 0 0 0"
SAME = "1 0 0 0 0 0 1"
CHANGED = "1 0 0 0 0 1 1"
LEFT = "1 0 0 1 0 0 0"
GONE = "核实 civil_affairs"  # why and by whom, where nothing else is said
ERROR = "更正录入错误：凭证 village"
CASES = (
    #                                                      opening joined in left out changed closing
    Case("townships with no children", "", NONE),
    Case("stayed", "0501 +x a1", SAME),
    Case("entered in mid-quarter", "0801 +x a1", "0 1 0 0 0 0 1", lines="x joined @0801 普查 -"),
    Case("entered on the cut-off day", "0920 +x a1", "0 1 0 0 0 0 1", lines="x joined @0920 普查 -"),
    Case("entered the day after", "0921 +x a1; 0922 Q3", NONE, on_time=False),
    Case("entered late, with a day before", "0922 +x a1 0919; 0922 Q3", "0 1 0 0 0 0 1", on_time=False,
         lines="x joined @0919 普查 -"),
    Case("left in mid-quarter", "0501 +x a1; 0815 -x", LEFT, lines=f"x left @0815 {GONE}"),
    Case("left on the cut-off day", "0501 +x a1; 0920 -x", LEFT, lines=f"x left @0920 {GONE}"),
    Case("left the day after", "0501 +x a1; 0921 -x; 0922 Q3", SAME, on_time=False),
    Case("left before, told after", "0501 +x a1; 0922 -x 0919; 0922 Q3", LEFT, on_time=False,
         lines=f"x left @0919 {GONE}"),
    Case("came and went in one quarter", "0701 +x a1; 0901 -x", NONE),
    Case("left and came back", "0501 +x a1; 0701 -x; 0801 x back", SAME),
    Case("returned and left again", "0501 +x a1; 0701 -x; 0801 x back; 0910 -x", LEFT, lines=f"x left @0910 {GONE}"),
    Case("left, and again after the cut-off", "0501 +x a1; 0910 -x; 0922 x back; 0925 -x; 0926 Q3", LEFT,
         on_time=False, lines=f"x left @0910 {GONE}"),
    Case("came back from before", "0401 +x a1; 0501 -x; 0801 x back", "0 1 0 0 0 0 1",
         lines="x joined @0801 父亲再次外出 township"),
    Case("one came, one left", "0501 +x a1; 0701 +y a2; 0801 -x", "1 1 0 1 0 0 1",
         lines=f"x left @0801 {GONE}, y joined @0701 普查 -"),
    Case("void: it was an error", "0501 +x a1; 0801 x void", LEFT, lines="x left @0801 录入错误 civil_affairs"),
    # moves (case 5)
    Case("moved on the 20th", "0501 +x a1; 0920 x>b1", "1 0 0 0 1 0 0", "0 0 1 0 0 0 1",
         "x moved_out @0920 搬家 civil_affairs", b_lines="x moved_in @0920 搬家 civil_affairs"),
    Case("moved on the 21st", "0501 +x a1; 0921 x>b1; 0922 Q3", SAME, on_time=False),
    Case("moved; the receiver reports first", "0501 +x a1; 0801 x>b1; 0920 Q3 B; 0920 Q3 A",
         "1 0 0 0 1 0 0", "0 0 1 0 0 0 1",
         "x moved_out @0801 搬家 civil_affairs", b_lines="x moved_in @0801 搬家 civil_affairs"),
    Case("moved there and back", "0501 +x a1; 0701 x>b1; 0801 x>a1", SAME),
    Case("moved, then left there", "0501 +x a1; 0701 x>b1; 0801 -x", LEFT, lines=f"x left @0801 {GONE}"),
    Case("left here, came back there", "0501 +x a1; 0701 -x; 0801 x>b1 back", "1 0 0 0 1 0 0", "0 0 1 0 0 0 1",
         "x moved_out @0701 核实 civil_affairs", b_lines="x moved_in @0801 父亲再次外出 civil_affairs"),
    Case("entered, then moved", "0701 +x a1; 0801 x>b1", NONE, "0 1 0 0 0 0 1",
         b_lines="x joined @0801 搬家 civil_affairs"),
    Case("the move waits for an answer", "0501 +x a1; 0910 x?b1", SAME),
    Case("moved inside the township", "0501 +x a1; 0801 x>a2", CHANGED,
         lines="x address (village) @0801 搬家 civil_affairs"),
    Case("two change places", "0501 +x a1; 0501 +y b1; 0801 x>b1; 0801 y>a1",
         "1 0 1 0 1 0 1", "1 0 1 0 1 0 1",
         "x moved_out @0801 搬家 civil_affairs, y moved_in @0801 搬家 civil_affairs",
         b_lines="y moved_out @0801 搬家 civil_affairs, x moved_in @0801 搬家 civil_affairs"),
    # reports of different days: each as of its own, each child in one
    Case("moved after A has reported early", "0501 +x a1; 0905 Q3 A; 0912 x>b1; 0920 Q3 B", SAME),
    Case("moved after B has reported early", "0501 +x a1; 0905 Q3 B; 0912 x>b1; 0920 Q3 A", SAME),
    Case("moved before both report early", "0501 +x a1; 0903 x>b1; 0905 Q3 A; 0910 Q3 B",
         "1 0 0 0 1 0 0", "0 0 1 0 0 0 1", "x moved_out @0903 搬家 civil_affairs",
         b_lines="x moved_in @0903 搬家 civil_affairs"),
    Case("entered after an early report", "0905 Q3 A; 0908 +x a1; 0920 Q3 B", NONE),
    Case("entered after the early report of where it goes", "0905 Q3 B; 0908 +x a1; 0912 x>b1; 0920 Q3 A",
         "0 1 0 0 0 0 1", lines="x joined @0908 普查 -"),
    Case("sixteen after an early report", "0501 +x a1 2010-09-15; 0905 Q3; 0915 x 16", SAME),
    Case("moved on through B, which has reported", "0501 +x a1; 0905 Q3 B; 0912 x>b1; 0913 x>b2; 0920 Q3 A",
         SAME),
    Case("moved there and back after B's report", "0501 +x a1; 0905 Q3 B; 0912 x>b1; 0915 x>a1; 0920 Q3 A",
         SAME),
    Case("both returned, moved, A first", "0501 +x a1; 0905 Q3; 0906 return; 0906 return B; 0912 x>b1; 0914 Q3 A; "
         "0915 Q3 B", "1 0 0 0 1 0 0", "0 0 1 0 0 0 1", "x moved_out @0912 搬家 civil_affairs",
         b_lines="x moved_in @0912 搬家 civil_affairs"),
    Case("both returned, moved, B first", "0501 +x a1; 0905 Q3; 0906 return; 0906 return B; 0912 x>b1; 0914 Q3 B; "
         "0915 Q3 A", "1 0 0 0 1 0 0", "0 0 1 0 0 0 1", "x moved_out @0912 搬家 civil_affairs",
         b_lines="x moved_in @0912 搬家 civil_affairs"),
    Case("A returned, moved", "0501 +x a1; 0905 Q3; 0906 return; 0912 x>b1; 0914 Q3 A", SAME),
    Case("B returned, moved", "0501 +x a1; 0905 Q3; 0906 return B; 0912 x>b1; 0914 Q3 B", SAME),
    Case("moved before, told after both have reported", "0501 +x a1; 0920 Q3; 0925 x>b1 0910; 0926 return; "
         "0927 Q3 A", SAME),
    # sixteen (cases 1, 2, 16)
    Case("sixteen on the 20th", "0501 +x a1 2010-09-20; 0920 x 16", LEFT, lines="x left @0920 - township"),
    Case("sixteen on the 21st", "0501 +x a1 2010-09-21; 0921 x 16; 0922 Q3", SAME, on_time=False),
    Case("sixteen, not confirmed", "0501 +x a1 2010-09-10; 0915 x 15", SAME),
    Case("corrected birth date", "0501 +x a1; 0801 x birth 2015-01-01 err", CHANGED,
         lines=f"x other (id_number) @0801 {ERROR}, x other (birth_date) @0801 {ERROR}"),
    Case("corrected birth date: it is sixteen",
         "0501 +x a1 2011-09-10; 0922 x birth 2010-09-10 err; 0922 x 16; 0922 Q3", LEFT, on_time=False,
         lines="x left @0910 - township"),
    Case("corrected birth date: it is not sixteen yet",
         "0501 +x a1 2010-09-15; 0915 x 15; 0921 x birth 2011-09-15 err; 0921 x stays; 0922 Q3", CHANGED, on_time=False,
         lines=f"x other (id_number) @0921 {ERROR}, x other (birth_date) @0921 {ERROR}",
         rows="x birth_date=2011-09-15"),
    Case("another birth date the day after", "0501 +x a1; 0921 x birth 2015-01-01; 0922 Q3", SAME, on_time=False,
         rows="x birth_date=2016-08-18"),
    # changes, and who says when, why (case 16)
    Case("another carer", "0501 +x a1; 0801 x carer", CHANGED, lines="x guardian (carer_name) @0801 委托书 village"),
    Case("another carer the day after", "0501 +x a1; 0921 x carer; 0922 Q3", SAME, on_time=False,
         rows="x carer_name=王奶奶"),
    Case("a carer ended without another", "0501 +x a1; 0810 x alone", CHANGED,
         lines="x guardian (carer_name) @0810 - village"),
    Case("another place of work", "0501 +x a1; 0801 x work", CHANGED,
         lines="x work (father_work_place) @0801 村（居）核实 village, "
               "x work (father_away_since) @0801 村（居）核实 village"),
    Case("another place of work the day after", "0501 +x a1; 0921 x work; 0922 Q3", SAME, on_time=False,
         rows="x father_work_place=广东省东莞市"),
    Case("another place of work, and again after", "0501 +x a1; 0801 x work; 0921 x work; 0922 Q3", CHANGED,
         on_time=False, rows="x father_work_place=浙江省08市",
         lines="x work (father_work_place) @0801 村（居）核实 village, "
               "x work (father_away_since) @0801 村（居）核实 village"),
    Case("the father is missing", "0501 +x a1; 0810 x condition", CHANGED,
         lines="x guardian (father_condition) @0810 凭证 village"),
    Case("the father is missing the day after", "0501 +x a1; 0921 x condition; 0922 Q3", SAME, on_time=False,
         rows="x father_condition=normal"),
    Case("another school", "0501 +x a1; 0801 x school", CHANGED, lines="x school (school) @0801 凭证 education"),
    Case("another school the day after", "0501 +x a1; 0921 x school; 0922 Q3", SAME, on_time=False,
         rows="x school=甲小学"),
    Case("another school before, told after", "0501 +x a1; 0921 x school 0901; 0922 Q3", CHANGED, on_time=False,
         lines="x school (school) @0901 凭证 education"),
    Case("another school, and again after", "0501 +x a1; 0801 x school; 0921 x school; 0922 Q3", CHANGED,
         on_time=False, lines="x school (school) @0801 凭证 education", rows="x school=小学08"),
    Case("told before the last report, too late for it", "0501 +x a1; 0621 x school; 0622 Q2", CHANGED,
         lines="x school (school) @0621 凭证 education"),
    Case("the school is renamed", "0501 +x a1; 0601 x registered; 0801 renames", SAME, rows="x school=甲镇实验小学"),
    Case("another address", "0501 +x a1; 0801 x address", CHANGED, lines="x address (address) @0801 凭证 village"),
    Case("another address the day after", "0501 +x a1; 0921 x address; 0922 Q3", SAME, on_time=False,
         rows="x address=一组1号, x address_masked=东村"),
    Case("an error in the address", "0501 +x a1; 0922 x address err; 0922 Q3", CHANGED, on_time=False,
         lines=f"x address (address) @0922 {ERROR}", rows="x address=九组22号"),
    Case("another phone the day after", "0501 +x a1; 0921 x phone; 0922 Q3", SAME, on_time=False,
         rows="x father_phone=13800000000, x father_phone_masked=138****0000"),
    Case("the next class is no change", "0501 +x a1; 0901 x class", SAME, rows="x grade_class=1班"),
    Case("another class the day after", "0501 +x a1; 0901 x class; 0921 x class; 0922 Q3", SAME, on_time=False,
         rows="x grade_class=1班"),
    Case("two things of one child", "0501 +x a1; 0801 x school; 0802 x address", CHANGED,
         lines="x address (address) @0802 凭证 village, x school (school) @0801 凭证 education"),
    Case("changed, then left", "0501 +x a1; 0801 x school; 0901 -x", LEFT, lines=f"x left @0901 {GONE}"),
    # divisions (case 18)
    Case("village merged inside", "0501 +x a2; 0801 a2=a1", SAME),
    Case("village merged into the other township", "0501 +x b1; 0801 b1=a1",
         "0 0 1 0 0 0 1", "1 0 0 0 1 0 0", "x moved_in @0801 - -", b_lines="x moved_out @0801 - -"),
    Case("township merged", "0501 +x a1; 0501 +y b1; 0801 B=A", "2 0 0 0 0 0 2", ""),
    # time (case 13)
    Case("at the last second", "0501 +x a1; 0920 Q3 23:59:59", SAME),
    Case("late by one second", "0501 +x a1; 0921 Q3 00:00:00", SAME, on_time=False),
    Case("returned and corrected", "0501 +x a1; 0920 Q3; 0925 return; 0926 +y a1 0915; 0927 Q3 A",
         "1 1 0 0 0 0 2", lines="y joined @0915 普查 -"),
    Case("returned; an error is taken, what happened since is not",
         "0501 +x a1; 0920 Q3; 0925 return; 0926 x address err; 0926 x school; 0926 x phone; 0927 Q3 A", CHANGED,
         lines=f"x address (address) @0926 {ERROR}", rows="x school=甲小学, x father_phone=13800000000"),
    Case("returned; the school was wrong, the family moved since",
         "0501 +x a1; 0920 Q3; 0925 return; 0926 x school err; 0926 x address; 0926 x condition; 0927 Q3 A", CHANGED,
         lines="x school (school) @0926 更正录入错误：凭证 education",
         rows="x address=一组1号, x father_condition=normal"),
    Case("returned; the birth date was wrong",
         "0501 +x a1; 0920 Q3; 0925 return; 0926 x birth 2015-01-01 err; 0926 x condition err; 0927 Q3 A", CHANGED,
         lines=f"x other (id_number) @0926 {ERROR}, x other (birth_date) @0926 {ERROR}, "
               f"x guardian (father_condition) @0926 {ERROR}"),
    Case("returned; another birth date since",
         "0501 +x a1; 0920 Q3; 0925 return; 0926 x birth 2015-01-01; 0926 x phone err; 0927 Q3 A", SAME,
         rows="x birth_date=2016-08-18, x father_phone=13900000000"),
    Case("the first quarter of all", "none Q2; 0501 +x a1; 0801 +y b1", "0 1 0 0 0 0 1", "0 1 0 0 0 0 1",
         "x joined @0501 普查 -", b_lines="y joined @0801 普查 -"),
    # departments report a statement, and no child
    Case("department that submits", "department; 0501 +x a1; 0620 Q2; 0620 Q2 D; 0920 Q3; 0920 Q3 D", SAME,
         department=True),
    Case("department that submits late", "department; 0501 +x a1; 0620 Q2; 0620 Q2 D; 0920 Q3; 0921 Q3 D 00:00:00",
         SAME, department=False),
)  # fmt: skip
