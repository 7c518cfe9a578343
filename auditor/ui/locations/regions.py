"""The tree of regions at the left: one is chosen, and changed with the mouse or with keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from auditor.domain.places import ClientLine, RegionNode
from auditor.ui import icons
from auditor.ui.commands.locations import Around
from auditor.ui.kit.button import Button, Kind
from auditor.ui.kit.paint import rounded
from auditor.ui.kit.text import Label
from auditor.ui.locations.phrases import number
from auditor.ui.theme import RADIUS_CONTROL, Type, colour, current
from auditor.words import Words

WIDTH, MOST, ROW, STEP = 228, 290, 32, 16
NODE = Qt.ItemDataRole.UserRole
COUNT = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Node:
    """What one chooses: ``region`` None is all of a client (0: of all), 0 is "no region"."""

    client: int = 0
    region: int | None = None
    known: RegionNode | None = None


class RegionTree(QTreeView):
    """``moved(RegionNode, parent id or None)`` by dragging; ``key_pressed(Qt.Key)``: F2, Delete."""

    moved = Signal(object, object)
    key_pressed = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("regions")
        self.setAccessibleName(words("Regions"))
        self.setHeaderHidden(True)
        self.setIndentation(0)  # the delegate draws it
        self.setRootIsDecorated(False)
        self.setItemsExpandable(True)
        self.setUniformRowHeights(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(False)
        self.setStyleSheet(
            "QTreeView { background: transparent; border: none; }"
            "QTreeView::branch { image: none; background: transparent; }"
        )
        self.setItemDelegate(_Rows(self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        if current().touch:
            from auditor.ui.touch import follow_finger

            follow_finger(self)

    def dropEvent(self, event: QDropEvent) -> None:
        moved = node_of(self.currentIndex())
        onto = node_of(self.indexAt(event.position().toPoint()))
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        self.drop(moved, onto)

    def drop(self, moved: Node | None, onto: Node | None) -> None:
        """Put a region below another one of its client, or to the roots."""
        if moved is None or moved.known is None or onto is None or onto.region == 0:
            return
        if onto.client in (0, moved.client) and onto.region != moved.known.id:
            self.moved.emit(moved.known, onto.region)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Delete):
            self.key_pressed.emit(Qt.Key(event.key()))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """On its arrow a row opens and closes, and is not chosen."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        if self.model().rowCount(index) and index.isValid() and at.x() < arrow_right(index):
            self.setExpanded(index, not self.isExpanded(index))
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second click is another click."""
        self.mousePressEvent(event)


def node_of(index: QModelIndex) -> Node | None:
    found = index.data(NODE)
    return found if isinstance(found, Node) else None


class RegionPane(QWidget):
    """``chosen(Node)``; the others ask for a dialog about the RegionNode: ``rename_wanted``,
    ``move_wanted``, ``remove_wanted``; ``add_wanted(Node)`` below that place."""

    chosen = Signal(object)
    add_wanted = Signal(object)
    rename_wanted = Signal(object)
    move_wanted = Signal(object)
    remove_wanted = Signal(object)
    dropped = Signal(object, object)
    clients_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words
        self.setFixedWidth(max(WIDTH, min(current().px(WIDTH), MOST)))
        self._silent = False
        self._expanded: set[tuple[int, int | None]] = {(0, None)}
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 10, 9, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        column.addLayout(head)
        head.setContentsMargins(10, 0, 0, 0)
        head.addWidget(Label(words("Regions"), Type.STRONG), 1)
        self.add = Button(icon="plus", kind=Kind.TEXT, name=words("Add a region"), height=30)
        self.add.clicked.connect(self._add)
        head.addWidget(self.add)
        self.tree = RegionTree(words)
        self._model = QStandardItemModel(self)
        self.tree.setModel(self._model)
        self.tree.selectionModel().currentChanged.connect(self._changed)
        self.tree.expanded.connect(self._remember)
        self.tree.collapsed.connect(self._remember)
        self.tree.moved.connect(self.dropped)
        self.tree.key_pressed.connect(self._key)
        self.tree.customContextMenuRequested.connect(self._menu)
        column.addWidget(self.tree, 1)
        self.clients = Button(words("Clients"), Kind.TEXT, icon="building-2", height=32)
        self.clients.set_caption(words("Clients"), words("Clients and brands"))
        self.clients.align_left()
        self.clients.clicked.connect(self.clients_wanted)
        column.addWidget(self.clients)

    # filling

    def show_around(self, around: Around, chosen: Node) -> None:
        """Fill it anew; ``chosen`` is current, and nothing is sent."""
        self._silent = True
        self._model.clear()
        words, clients = self.words, [each for each in around.clients if each.active]
        everything = self._item(words("All regions"), Node(), around.total)
        self._model.appendRow(everything)
        below: dict[int | None, list[RegionNode]] = defaultdict(list)
        for node in around.regions:
            below[node.parent_id].append(node)
        for client in clients:
            self._add_client(everything, client, below, alone=len(clients) == 1)
        self._open(chosen)
        self._silent = False

    def _add_client(
        self,
        above: QStandardItem,
        client: ClientLine,
        below: dict[int | None, list[RegionNode]],
        *,
        alone: bool,
    ) -> None:
        roots = [node for node in below[None] if node.client_id == client.id]
        if not alone:
            count = sum(node.count for node in roots)
            item = self._item(client.name, Node(client.id), count or None)
            above.appendRow(item)
            above = item
        for node in roots:
            self._add_region(above, node, below)

    def _add_region(
        self, above: QStandardItem, node: RegionNode, below: dict[int | None, list[RegionNode]]
    ) -> None:
        item = self._item(node.name, Node(node.client_id, node.id, node), node.count)
        item.setToolTip(node.path)
        above.appendRow(item)
        for child in below[node.id]:
            self._add_region(item, child, below)

    def _item(self, name: str, node: Node, count: int | None) -> QStandardItem:
        item = QStandardItem(name)
        item.setData(node, NODE)
        shown = "" if count is None else number(self.words, count)
        item.setData(shown, COUNT)
        spoken = f"{name}, {shown}" if shown else name
        item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
        drag = Qt.ItemFlag.ItemIsDragEnabled if node.known else Qt.ItemFlag.NoItemFlags
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
                      | Qt.ItemFlag.ItemIsDropEnabled | drag)  # fmt: skip
        return item

    def _open(self, chosen: Node) -> None:
        """Open what was open, and all above the chosen one."""
        for index in self._indexes():
            node = node_of(index)
            if node is None:
                continue
            if (node.client, node.region) in self._expanded:
                self.tree.expand(index)
            if node.region == chosen.region and chosen.client in (0, node.client):
                self.tree.setCurrentIndex(index)
                above = index.parent()
                while above.isValid():
                    self.tree.expand(above)
                    above = above.parent()
                chosen = Node(-1)  # found
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self._model.index(0, 0))

    def _indexes(self) -> Iterator[QModelIndex]:
        waiting = [self._model.index(row, 0) for row in range(self._model.rowCount())]
        while waiting:
            index = waiting.pop(0)
            yield index
            waiting += [
                self._model.index(row, 0, index) for row in range(self._model.rowCount(index))
            ]

    @property
    def current(self) -> Node:
        return node_of(self.tree.currentIndex()) or Node()

    # what is done

    def _changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        node = node_of(now)
        if node is not None and not self._silent:
            self.chosen.emit(node)

    def _remember(self, index: QModelIndex) -> None:
        node = node_of(index)
        if node is not None and not self._silent:
            key = node.client, node.region
            if self.tree.isExpanded(index):
                self._expanded.add(key)
            else:
                self._expanded.discard(key)

    def _add(self) -> None:
        self.add_wanted.emit(self.current)

    def _key(self, key: Qt.Key) -> None:
        known = self.current.known
        if known is not None:
            (self.rename_wanted if key == Qt.Key.Key_F2 else self.remove_wanted).emit(known)

    def _menu(self, at: QPoint) -> None:
        index = self.tree.indexAt(at)
        if not index.isValid():
            index = self.tree.currentIndex()
        self.tree.setCurrentIndex(index)
        self.menu().popup(self.tree.viewport().mapToGlobal(at))

    def menu(self) -> QMenu:
        """What can be done with the current region."""
        words, known, menu = self.words, self.current.known, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(words("Add a region below…")).triggered.connect(self._add)
        for caption, keys, signal in (
            (words("Rename…"), "F2", self.rename_wanted),
            (words("Move below…"), "", self.move_wanted),
            (words("Remove…"), "Del", self.remove_wanted),
        ):
            action = menu.addAction(f"{caption}\t{keys}" if keys else caption)
            action.setEnabled(known is not None)
            action.setData((signal, known))
        menu.triggered.connect(_send)
        return menu

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = current().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour(t.border))


def _send(action: object) -> None:
    data = action.data()  # type: ignore[attr-defined]
    if data is not None:
        signal, known = data
        signal.emit(known)


def depth(index: QModelIndex) -> int:
    count, above = 0, index.parent()
    while above.isValid():
        count, above = count + 1, above.parent()
    return count


def arrow_right(index: QModelIndex) -> int:
    """Where the arrow of a row ends."""
    return 8 + depth(index) * current().px(STEP) + current().px(16) + 4


class _Rows(QStyledItemDelegate):
    """An arrow where there is more below, the name, the count at the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:  # type: ignore[override]
        return QSize(80, current().reach(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        theme, box = current(), option.rect
        t = theme.tokens
        tree = self.parent()
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if on:
            row = QRectF(box).adjusted(0, 1, 0, -1)
            rounded(painter, row, RADIUS_CONTROL, colour(t.accent_soft))
            if isinstance(tree, QTreeView) and tree.hasFocus():
                rounded(painter, row, RADIUS_CONTROL, None, colour(t.accent), 2)
        size = theme.px(16)
        left = box.left() + 8 + depth(index) * theme.px(STEP)
        if index.model().rowCount(index) and isinstance(tree, QTreeView):
            name = "chevron-down" if tree.isExpanded(index) else "chevron-right"
            at = QRectF(left, box.center().y() - size // 2 + 1, size, size)
            icons.paint(painter, name, colour(t.text2), at)
        count = index.data(COUNT) or ""
        painter.setFont(theme.font(Type.HELP))
        wide = painter.fontMetrics().horizontalAdvance(count)
        painter.setPen(colour(t.accent if on else t.text3))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            box.adjusted(0, 0, -8, 0), int(middle | Qt.AlignmentFlag.AlignRight), count
        )
        painter.setFont(theme.font(Type.BODY, 600 if on else 400))
        painter.setPen(colour(t.accent if on else t.text))
        room = box.adjusted(left - box.left() + size + 4, 0, -wide - 16, 0)
        right = Qt.TextElideMode.ElideRight
        cut = painter.fontMetrics().elidedText(index.data() or "", right, room.width())
        painter.drawText(room, int(middle), cut)
        painter.restore()
