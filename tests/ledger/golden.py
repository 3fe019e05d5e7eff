"""The golden set of the quarterly report: what happens in a quarter, and the numbers computed by hand (R1, §C.6).

Each case begins with an empty district. Steps are “MMDD what”, in 2026, in the order in which people take them:

    +x a1       child x enters the ledger of village a1 on this day (a1, a2 lie in township A; b1, b2 in B)
    +x a1 0915  … but the day of entry is another one: entered late; a date of birth may follow instead
    -x          x leaves the ledger on this day, confirmed
    -x 0915     … but the day of leaving is another one
    x back      x returns to the ledger
    x>b1        x moves to village b1, accepted by the receiver; x?b1 is proposed only
    x>b1 0910   … but the day of the move is another one
    x>b1 back   x, who had left, returns in village b1
    x 16        x is sixteen: the daily check proposes the exit, the township confirms it; x 15 only proposes
    x carer, x work, x school, x address, x class, x birth, x void    something about x changes
    a2=a1, B=A  village or township is merged into the other from the next day on
    Q2, Q3      both townships report; Q3 A, Q3 B one of them; a time may follow: Q3 23:59:59
    return      the office returns A's Q3; return B: that of B
    none Q2     nobody reported before

Q2 (cut-off 20 June) is reported on its day before the first later step, unless the case has it otherwise; Q3 (cut-off
20 September) at the end. Numbers are those of Q3: opening, joined, moved in, left, moved out, changed, closing.
"""

from typing import NamedTuple


class Case(NamedTuple):
    """A line of the table. a, b: numbers of the townships. lines: child and kind (column) of the changes in A."""

    what: str
    steps: str
    a: str
    b: str = "0 0 0 0 0 0 0"
    lines: str = ""
    on_time: bool = True


NONE = "0 0 0 0 0 0 0"
CASES = (
    #                                                      opening joined in left out changed closing
    Case("townships with no children", "", NONE),
    Case("stayed", "0501 +x a1", "1 0 0 0 0 0 1"),
    Case("entered in mid-quarter", "0801 +x a1", "0 1 0 0 0 0 1", lines="x joined"),
    Case("entered on the cut-off day", "0920 +x a1", "0 1 0 0 0 0 1"),
    Case("entered the day after", "0921 +x a1; 0922 Q3", NONE, on_time=False),
    Case("entered late, with a day before", "0922 +x a1 0919; 0922 Q3", "0 1 0 0 0 0 1", on_time=False),
    Case("left in mid-quarter", "0501 +x a1; 0815 -x", "1 0 0 1 0 0 0", lines="x left"),
    Case("left on the cut-off day", "0501 +x a1; 0920 -x", "1 0 0 1 0 0 0"),
    Case("left the day after", "0501 +x a1; 0921 -x; 0922 Q3", "1 0 0 0 0 0 1", on_time=False),
    Case("left before, told after", "0501 +x a1; 0922 -x 0919; 0922 Q3", "1 0 0 1 0 0 0", on_time=False),
    Case("came and went in one quarter", "0701 +x a1; 0901 -x", NONE),
    Case("left and came back", "0501 +x a1; 0701 -x; 0801 x back", "1 0 0 0 0 0 1"),
    Case("returned and left again", "0501 +x a1; 0701 -x; 0801 x back; 0910 -x", "1 0 0 1 0 0 0"),
    Case("came back from before", "0401 +x a1; 0501 -x; 0801 x back", "0 1 0 0 0 0 1", lines="x joined"),
    Case("one came, one left", "0501 +x a1; 0701 +y a2; 0801 -x", "1 1 0 1 0 0 1", lines="x left, y joined"),
    Case("void: it was an error", "0501 +x a1; 0801 x void", "1 0 0 1 0 0 0", lines="x left"),
    # moves (case 5)
    Case("moved on the 20th", "0501 +x a1; 0920 x>b1", "1 0 0 0 1 0 0", "0 0 1 0 0 0 1", "x moved_out"),
    Case("moved on the 21st", "0501 +x a1; 0921 x>b1; 0922 Q3", "1 0 0 0 0 0 1", on_time=False),
    Case("moved; the receiver reports first", "0501 +x a1; 0801 x>b1; 0920 Q3 B; 0920 Q3 A",
         "1 0 0 0 1 0 0", "0 0 1 0 0 0 1"),
    Case("moved there and back", "0501 +x a1; 0701 x>b1; 0801 x>a1", "1 0 0 0 0 0 1"),
    Case("moved, then left there", "0501 +x a1; 0701 x>b1; 0801 -x", "1 0 0 1 0 0 0", lines="x left"),
    Case("left here, came back there", "0501 +x a1; 0701 -x; 0801 x>b1 back", "1 0 0 0 1 0 0", "0 0 1 0 0 0 1"),
    Case("entered, then moved", "0701 +x a1; 0801 x>b1", NONE, "0 1 0 0 0 0 1"),
    Case("the move waits for an answer", "0501 +x a1; 0910 x?b1", "1 0 0 0 0 0 1"),
    Case("moved inside the township", "0501 +x a1; 0801 x>a2", "1 0 0 0 0 1 1", lines="x address (village)"),
    Case("two change places", "0501 +x a1; 0501 +y b1; 0801 x>b1; 0801 y>a1",
         "1 0 1 0 1 0 1", "1 0 1 0 1 0 1", "x moved_out, y moved_in"),
    # reports of different days: each as of its own, each child in one
    Case("moved after A has reported early", "0501 +x a1; 0905 Q3 A; 0912 x>b1; 0920 Q3 B", "1 0 0 0 0 0 1"),
    Case("moved after B has reported early", "0501 +x a1; 0905 Q3 B; 0912 x>b1; 0920 Q3 A", "1 0 0 0 0 0 1"),
    Case("moved before both report early", "0501 +x a1; 0903 x>b1; 0905 Q3 A; 0910 Q3 B",
         "1 0 0 0 1 0 0", "0 0 1 0 0 0 1", "x moved_out"),
    Case("entered after an early report", "0905 Q3 A; 0908 +x a1; 0920 Q3 B", NONE),
    Case("entered after the early report of where it goes", "0905 Q3 B; 0908 +x a1; 0912 x>b1; 0920 Q3 A",
         "0 1 0 0 0 0 1", lines="x joined"),
    Case("sixteen after an early report", "0501 +x a1 2010-09-15; 0905 Q3; 0915 x 16", "1 0 0 0 0 0 1"),
    Case("moved on through B, which has reported", "0501 +x a1; 0905 Q3 B; 0912 x>b1; 0913 x>b2; 0920 Q3 A",
         "1 0 0 0 0 0 1"),
    Case("moved there and back after B's report", "0501 +x a1; 0905 Q3 B; 0912 x>b1; 0915 x>a1; 0920 Q3 A",
         "1 0 0 0 0 0 1"),
    Case("both returned, moved, A first", "0501 +x a1; 0905 Q3; 0906 return; 0906 return B; 0912 x>b1; 0914 Q3 A; "
         "0915 Q3 B", "1 0 0 0 1 0 0", "0 0 1 0 0 0 1", "x moved_out"),
    Case("both returned, moved, B first", "0501 +x a1; 0905 Q3; 0906 return; 0906 return B; 0912 x>b1; 0914 Q3 B; "
         "0915 Q3 A", "1 0 0 0 1 0 0", "0 0 1 0 0 0 1", "x moved_out"),
    Case("A returned, moved", "0501 +x a1; 0905 Q3; 0906 return; 0912 x>b1; 0914 Q3 A", "1 0 0 0 0 0 1"),
    Case("B returned, moved", "0501 +x a1; 0905 Q3; 0906 return B; 0912 x>b1; 0914 Q3 B", "1 0 0 0 0 0 1"),
    Case("moved before, told after both have reported", "0501 +x a1; 0920 Q3; 0925 x>b1 0910; 0926 return; "
         "0927 Q3 A", "1 0 0 0 0 0 1"),
    # sixteen (cases 1, 2, 16)
    Case("sixteen on the 20th", "0501 +x a1 2010-09-20; 0920 x 16", "1 0 0 1 0 0 0", lines="x left"),
    Case("sixteen on the 21st", "0501 +x a1 2010-09-21; 0921 x 16; 0922 Q3", "1 0 0 0 0 0 1", on_time=False),
    Case("sixteen, not confirmed", "0501 +x a1 2010-09-10; 0915 x 15", "1 0 0 0 0 0 1"),
    Case("corrected birth date", "0501 +x a1; 0801 x birth", "1 0 0 0 0 1 1",
         lines="x other (id_number), x other (birth_date)"),
    # changes
    Case("another carer", "0501 +x a1; 0801 x carer", "1 0 0 0 0 1 1", lines="x guardian (carer_name)"),
    Case("another carer the day after", "0501 +x a1; 0921 x carer; 0922 Q3", "1 0 0 0 0 0 1", on_time=False),
    Case("another place of work the day after", "0501 +x a1; 0921 x work; 0922 Q3", "1 0 0 0 0 0 1",
         on_time=False),
    Case("another place of work", "0501 +x a1; 0801 x work", "1 0 0 0 0 1 1",
         lines="x work (father_work_place), x work (father_away_since)"),
    Case("another school", "0501 +x a1; 0801 x school", "1 0 0 0 0 1 1", lines="x school (school)"),
    Case("another address", "0501 +x a1; 0801 x address", "1 0 0 0 0 1 1", lines="x address (address)"),
    Case("the next class is no change", "0501 +x a1; 0901 x class", "1 0 0 0 0 0 1"),
    Case("two things of one child", "0501 +x a1; 0801 x school; 0801 x address", "1 0 0 0 0 1 1",
         lines="x address (address), x school (school)"),
    Case("changed, then left", "0501 +x a1; 0801 x school; 0901 -x", "1 0 0 1 0 0 0", lines="x left"),
    # divisions (case 18)
    Case("village merged inside", "0501 +x a2; 0801 a2=a1", "1 0 0 0 0 0 1"),
    Case("village merged into the other township", "0501 +x b1; 0801 b1=a1",
         "0 0 1 0 0 0 1", "1 0 0 0 1 0 0", "x moved_in"),
    Case("township merged", "0501 +x a1; 0501 +y b1; 0801 B=A", "2 0 0 0 0 0 2", ""),
    # time (case 13)
    Case("at the last second", "0501 +x a1; 0920 Q3 23:59:59", "1 0 0 0 0 0 1"),
    Case("late by one second", "0501 +x a1; 0921 Q3 00:00:00", "1 0 0 0 0 0 1", on_time=False),
    Case("returned and corrected", "0501 +x a1; 0920 Q3; 0925 return; 0926 +y a1 0915; 0927 Q3 A",
         "1 1 0 0 0 0 2", lines="y joined"),
    Case("the first quarter of all", "none Q2; 0501 +x a1; 0801 +y b1", "0 1 0 0 0 0 1", "0 1 0 0 0 0 1"),
)  # fmt: skip
