"""Headings of several rows: which cells of an official form are merged, from the path of headings of each column."""

from typing import NamedTuple


class Cell(NamedTuple):
    """A heading and the cells it covers, both ends included, rows and columns counted from 0."""

    text: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int


def lay_out(paths):
    """Return the `Cell`s of a table's heading, row by row.

    paths: for each column its headings from top to bottom, at least one. Neighbours share the headings above their
    own; a short path reaches down to the last row. A column's own heading is never merged with its neighbour's.

    >>> lay_out([("姓名",), ("父亲", "姓名"), ("父亲", "电话")])[:2]
    [Cell(text='姓名', first_row=0, first_column=0, last_row=1, last_column=0), \
Cell(text='父亲', first_row=0, first_column=1, last_row=0, last_column=2)]
    """
    rows = depth(paths)
    cells = []
    for row in range(rows):
        column = 0
        while column < len(paths):
            last = _last_of_group(paths, row, column)
            if row < len(paths[column]):
                own = row == len(paths[column]) - 1
                cells.append(Cell(paths[column][row], row, column, rows - 1 if own else row, last))
            column = last + 1
    return cells


def depth(paths):
    """Return how many rows the headings take.

    >>> depth([("姓名",), ("年龄段", "未采集")])
    2
    """
    return max(map(len, paths))


def _last_of_group(paths, row, column):
    """Return the last column that shares the heading of `column` in `row`."""
    above = paths[column][: row + 1]
    if row >= len(paths[column]) - 1:
        return column
    last = column
    while (
        last + 1 < len(paths)
        and len(paths[last + 1]) > row + 1
        and paths[last + 1][: row + 1] == above
    ):
        last += 1
    return last
