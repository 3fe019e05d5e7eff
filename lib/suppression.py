"""Which cells of a published table of counts are withheld, so that nobody finds a single child in it (domain.md §C.2).

Rows are areas and one row for the whole; columns are indicators in blocks: the parts of a block exclude each other and
share the total of their row. A count under `k` is withheld, and so is one whose rest (total less count) is under `k`.
What is withheld must not follow from what is published, so that further cells are withheld with it:

- Areas with a total under `k` are withheld whole, together with the smallest other areas, until those withheld have at
  least two members and `k` children. Their sum follows from the others; it is protected like a row of its own.
- In each block, a reader is assumed to know the total of every row; of areas withheld together, that of all of them.
  The block is then a network: each cell carries its count from the row to the column, the whole takes it up. What a
  cell may be for all the reader knows is the flow that can be sent around through withheld cells. For every count under
  `k` that range is made at least `k` wide, by withholding the cells of the cheapest cycles, smallest first; every other
  withheld cell lies on such a cycle and so has two possible values at least.

Only what adds up is audited: a reader who knows the children of an area himself, or compares two tables of different
days, knows more. The result depends on the counts alone (no chance is involved).
"""

import heapq
from dataclasses import dataclass

WHOLE = None  # the row of all areas together
_MERGED, _REST = object(), object()  # areas withheld together; who counts in no part of a block


@dataclass(frozen=True)
class Block:
    """Columns that exclude each other. total: code of the column they are parts of. parts: their codes.

    closed: whether the parts add up to the total; otherwise the rest is no column, but follows from the others.
    """

    total: str
    parts: tuple[str, ...]
    closed: bool = True


def suppress(counts, blocks, k):
    """Return the cells to withhold: a frozenset of (area or WHOLE, code).

    :param counts: {area: {code: number}}, every code of the blocks, without the whole
    :param blocks: iterable of `Block`; a code is in one block only
    :param k: int, the smallest number that is published; 1 or less withholds nothing
    :raises ValueError: parts are negative or do not add up to their total

    >>> blocks = [Block("children", ("boys", "girls"))]
    >>> counts = {
    ...     "a": {"children": 20, "boys": 18, "girls": 2},
    ...     "b": {"children": 30, "boys": 14, "girls": 16},
    ...     "c": {"children": 21, "boys": 11, "girls": 10},
    ... }
    >>> sorted(suppress(counts, blocks, 5))
    [('a', 'boys'), ('a', 'girls'), ('c', 'boys'), ('c', 'girls')]
    >>> suppress(counts, blocks, 1)
    frozenset()
    """
    blocks = tuple(blocks)
    _check(counts, blocks)
    hidden = set()
    if k > 1:
        for total in dict.fromkeys(block.total for block in blocks):
            of_total = [block for block in blocks if block.total == total]
            hidden |= _withhold(counts, total, of_total, k)
    return frozenset(hidden)


def with_whole(counts):
    """Return `counts` with the row of the whole added.

    >>> with_whole({"a": {"boys": 2}, "b": {"boys": 3}})
    {'a': {'boys': 2}, 'b': {'boys': 3}, None: {'boys': 5}}
    """
    return {**counts, WHOLE: _sum(counts.values())}


def _sum(rows):
    found = {}
    for row in rows:
        for code, number in row.items():
            found[code] = found.get(code, 0) + number
    return found


def _check(counts, blocks):
    for area, row in counts.items():
        for block in blocks:
            parts = [row[code] for code in block.parts]
            rest = row[block.total] - sum(parts)
            if min(*parts, rest, 0) < 0 or (block.closed and rest):
                raise ValueError(f"{area!r}: {block.parts} do not add up to {block.total}")


def _withhold(counts, total, blocks, k):
    """Return the cells to withhold among one total and the blocks that are parts of it."""
    inhabited = {area: row for area, row in counts.items() if row[total]}
    whole = sum(row[total] for row in inhabited.values())
    parts = [code for block in blocks for code in block.parts]
    if whole < k:
        # Nothing to be hidden among: the table says only where nobody lives.
        rows = (*inhabited, WHOLE) if whole else ()
        return {(area, code) for area in rows for code in (total, *parts)}
    merged = _merge({area: row[total] for area, row in inhabited.items()}, k)
    hidden = {(area, total) for area in merged}
    for block in blocks:
        hidden |= _withhold_block(inhabited, merged, block, k)
    return hidden


def _merge(totals, k):
    """Return the areas withheld together: those under `k`, and the smallest others that hide them."""
    merged, together = [], 0
    for area in sorted(totals, key=totals.get):  # stable: equal ones in the order given
        if totals[area] >= k and (not merged or (len(merged) > 1 and together >= k)):
            break
        merged.append(area)
        together += totals[area]
    return merged


def _withhold_block(rows, merged, block, k):
    """Return the cells of a block to withhold; `rows` are those with children, `merged` are withheld."""
    shown = {area: row for area, row in rows.items() if area not in merged}
    if merged:
        shown[_MERGED] = _sum(rows[area] for area in merged)
    network = _network(shown, block, k)
    for key in sorted(network.sensitive(k), key=lambda one: network.edges[one].value):
        network.protect(key, k)
    hidden = {
        key
        for key, edge in network.edges.items()
        if edge.free and key[0] is not _MERGED and key[1] is not _REST
    }
    for code in block.parts if merged else ():
        # A withheld nought that everybody can work out is better published.
        if network.edges[_MERGED, code].value or network.range_of((_MERGED, code), 1):
            hidden |= {(area, code) for area in merged}
    return hidden


def _network(rows, block, k):
    """Return the network of a block with what is withheld from the start: small counts, and what has no cell."""
    columns = block.parts if block.closed else (*block.parts, _REST)
    network = _Network()
    whole = dict.fromkeys(columns, 0)
    for area, row in rows.items():
        rest = row[block.total] - sum(row[code] for code in block.parts)
        for code in columns:
            number = rest if code is _REST else row[code]
            whole[code] += number
            network.add((area, code), ("row", area), ("column", code), number, number + 1)
    everybody = sum(whole.values())
    for code, number in whole.items():
        # Published last of all to be given up: the whole is what most readers want.
        cost = number + 1 + everybody
        network.add((WHOLE, code), ("column", code), ("row", WHOLE), number, cost)
    for (area, code), edge in network.edges.items():
        edge.free = area is _MERGED or code is _REST or 0 < edge.value < k
    return network


@dataclass
class _Edge:
    """A cell: its count flows from `start` to `end`. free: the reader does not know it. cost: of withholding it."""

    start: tuple
    end: tuple
    value: int
    cost: int
    free: bool = False


class _Network:
    """The cells of a block; what may be moved around without changing what the reader knows."""

    def __init__(self):
        self.edges = {}
        self._at = {}

    def add(self, key, start, end, value, cost):
        """Add the cell `key`: its count goes from node `start` to node `end`; `cost` of withholding it."""
        self.edges[key] = _Edge(start, end, value, cost)
        for node in (start, end):
            self._at.setdefault(node, []).append(key)

    def sensitive(self, k):
        """Return the keys of the counts under `k`."""
        return [key for key, edge in self.edges.items() if 0 < edge.value < k]

    def range_of(self, key, limit):
        """Return how far apart the values of a cell may lie for all the reader knows, up to `limit`."""
        return sum(room for room, _flow in self._rooms(key, limit))

    def protect(self, key, width):
        """Withhold more cells until those of `key` may lie `width` apart, or all that helps is withheld."""
        while self.range_of(key, width) < width:
            path = self._cheapest_way(key, width)
            if not path:
                return
            for other in path:
                self.edges[other].free = True

    def _rooms(self, key, limit):
        """Return ((how far up, flow then), (how far down, flow then)) a cell may go, `limit` in all."""
        edge = self.edges[key]
        up, flow_up = self._push(edge.end, edge.start, key, limit)
        down, flow_down = self._push(edge.start, edge.end, key, min(limit - up, edge.value))
        return (up, flow_up), (down, flow_down)

    def _cheapest_way(self, key, limit):
        """Return the cells of the cheapest path that widens the range of `key`."""
        edge = self.edges[key]
        (_up, flow_up), (down, flow_down) = self._rooms(key, limit)
        path = self._path(edge.end, edge.start, key, flow_up, locked=True)
        if not path and down < edge.value:
            path = self._path(edge.start, edge.end, key, flow_down, locked=True)
        return path

    def _push(self, source, sink, without, limit):
        """Return (amount, flow) that can be sent from source to sink through cells the reader does not know."""
        flow = {key: edge.value for key, edge in self.edges.items()}
        sent = 0
        while sent < limit:
            path = self._path(source, sink, without, flow)
            if not path:
                break
            backward = [flow[key] for key, forward in path.items() if not forward]
            amount = min([limit - sent, *backward])
            for key, forward in path.items():
                flow[key] += amount if forward else -amount
            sent += amount
        return sent, flow

    def _path(self, source, sink, without, flow, locked=False):
        """Return {key: whether it is raised} of the cheapest path; `locked`: also through published cells."""
        best = {source: 0}
        came = {}
        waiting = [(0, 0, source)]
        serial = 0
        while waiting:
            cost, _serial, node = heapq.heappop(waiting)
            if node == sink:
                return _walk_back(came, source, sink)
            if cost > best[node]:
                continue
            for key in self._at[node]:
                edge = self.edges[key]
                forward = edge.start == node
                if key == without or not (edge.free or locked) or not (forward or flow[key]):
                    continue
                other = edge.end if forward else edge.start
                through = cost + (0 if edge.free else edge.cost)
                if other not in best or through < best[other]:
                    best[other] = through
                    came[other] = (node, key, forward)
                    serial += 1
                    heapq.heappush(waiting, (through, serial, other))
        return {}


def _walk_back(came, source, sink):
    path = {}
    node = sink
    while node != source:
        node, key, forward = came[node]
        path[key] = forward
    return path
