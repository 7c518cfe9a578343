"""One window per workspace: a second start raises the first and ends."""

from __future__ import annotations

import getpass
import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE_MS = 500
RAISE = b"raise\n"


def server_name(folder: Path) -> str:
    """One name for each person and folder."""
    key = f"{getpass.getuser()}:{folder.resolve()}"
    return "mystery-auditor-" + hashlib.sha256(key.encode()).hexdigest()[:16]


def raise_other(folder: Path) -> bool:
    """Ask the window that has ``folder`` open to come to the front; False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(folder))
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    socket.write(RAISE)
    socket.waitForBytesWritten(PATIENCE_MS)
    socket.disconnectFromServer()
    return True


class Instance(QObject):
    """Listens for second starts; ``asked`` when one wants this window at the front."""

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def listen(self, folder: Path) -> bool:
        """Take the place of ``folder``; a name left behind by a crash is taken over."""
        self._server.close()
        name = server_name(folder)
        if self._server.listen(name):
            return True
        QLocalServer.removeServer(name)
        return self._server.listen(name)

    def close(self) -> None:
        self._server.close()

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.asked.emit()
