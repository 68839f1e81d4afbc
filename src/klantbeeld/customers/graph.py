"""The picture of a customer's relationships: the customer in the middle, up to eight others around."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from klantbeeld.customers.queries import Tie
from klantbeeld.platform.ui.components import letters, tone_of

WIDTH, ROW = 312, 88
LEFT, RIGHT, TOP = 62, 250, 24
MOST = 8
# About what fits under a node in 11 px letters.
LABEL_LETTERS = 18


@dataclass(frozen=True, slots=True)
class Node:
    """A customer in the picture; `x` and `y` are the middle."""

    id: UUID
    x: int
    y: int
    letters: str
    tone: str
    label: str
    role: str
    square: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """The whole picture: `edges` is one path from the middle to every node."""

    height: int
    middle: int
    nodes: list[Node]
    edges: str


def graph(lasting: Sequence[Tie]) -> Graph | None:
    """The picture of these relationships, alternating left and right; None when there is nobody to draw."""
    seen: dict[UUID, Tie] = {}
    for tie in lasting:
        if tie.name is not None:
            seen.setdefault(tie.other_id, tie)
    drawn = list(seen.values())[:MOST]
    if not drawn:
        return None
    rows = (len(drawn) + 1) // 2
    height = rows * ROW
    nodes = [
        Node(
            tie.other_id,
            RIGHT if place % 2 else LEFT,
            TOP + (place // 2) * ROW,
            letters(tie.name or ""),
            tone_of(tie.other_id),
            _short(tie.name or ""),
            _short(tie.role),
            tie.kind != "person",
        )
        for place, tie in enumerate(drawn)
    ]
    middle = (nodes[0].y + nodes[-1].y) // 2 if rows > 1 else TOP
    edges = "".join(f"M{WIDTH // 2} {middle}L{node.x} {node.y}" for node in nodes)
    return Graph(height, middle, nodes, edges)


def _short(text: str) -> str:
    return text if len(text) <= LABEL_LETTERS else f"{text[: LABEL_LETTERS - 1].rstrip()}…"
