"""The order of rules that wait for each other, and the circles among them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Order:
    """``order`` has each node after all that it waits for; nodes of a circle are left out.

    A circle lists its members in the order in which each waits for the next, the last for the
    first.
    """

    order: tuple[int, ...]
    circles: tuple[tuple[int, ...], ...]


def put_in_order(waits: Sequence[Sequence[int]]) -> Order:
    """``waits[n]`` are the nodes that node ``n`` waits for."""
    order: list[int] = []
    circles: list[tuple[int, ...]] = []
    for group in _groups(waits):
        if len(group) == 1 and group[0] not in waits[group[0]]:
            order.append(group[0])
        else:
            circles.append(_circle(waits, set(group)))
    return Order(tuple(order), tuple(sorted(circles)))


def _groups(waits: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Nodes that all wait for each other, each group after those it waits for.

    Tarjan 1972, with a stack of its own: a chain of 10,000 questions is no recursion.
    """
    number: dict[int, int] = {}
    low: dict[int, int] = {}
    open_nodes: list[int] = []
    is_open: set[int] = set()
    for root in range(len(waits)):
        if root in number:
            continue
        path = [(root, iter(waits[root]))]
        number[root] = low[root] = len(number)
        open_nodes.append(root)
        is_open.add(root)
        while path:
            node, rest = path[-1]
            for other in rest:
                if other not in number:
                    number[other] = low[other] = len(number)
                    open_nodes.append(other)
                    is_open.add(other)
                    path.append((other, iter(waits[other])))
                    break
                if other in is_open:
                    low[node] = min(low[node], number[other])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == number[node]:
                    group = [open_nodes.pop()]
                    while group[-1] != node:
                        group.append(open_nodes.pop())
                    is_open.difference_update(group)
                    yield group


def _circle(waits: Sequence[Sequence[int]], group: set[int]) -> tuple[int, ...]:
    """A shortest circle through the first node of ``group``."""
    start = min(group)
    came: dict[int, int] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for other in waits[node]:
            if other == start:
                return tuple(_path(came, start, node))
            if other in group and other not in came:
                came[other] = node
                queue.append(other)
    raise ValueError("no circle")


def _path(came: dict[int, int], start: int, end: int) -> list[int]:
    found = [end]
    while found[-1] != start:
        found.append(came[found[-1]])
    return found[::-1]
