"""One window per workspace: a second start raises the first and ends."""

from __future__ import annotations

import getpass
import hashlib
import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

#: How long a name is knocked at, and how long a busy window may take to answer.
PATIENCE_MS = 500
ANSWER_MS = 3_000
RAISE, HERE = b"raise", b"here\n"
#: With it the desktop lets a window come to the front though the person used another one last.
TOKEN = "XDG_ACTIVATION_TOKEN"


def server_name(folder: Path) -> str:
    """One name for each person and folder."""
    key = f"{user_name()}:{folder.resolve()}"
    return "mystery-auditor-" + hashlib.sha256(key.encode()).hexdigest()[:16]


def user_name() -> str:
    """ "" for a user whom the system has no name for."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def raise_other(folder: Path) -> bool:
    """Ask the window that has ``folder`` open to come to the front; False when there is none, and
    when it does not answer (it hangs)."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(folder))
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    _allow_front()
    socket.write(RAISE + b" " + os.environ.get(TOKEN, "").encode() + b"\n")
    socket.waitForBytesWritten(PATIENCE_MS)
    answered = bool(socket.bytesAvailable()) or socket.waitForReadyRead(ANSWER_MS)
    socket.disconnectFromServer()
    return answered


if sys.platform == "win32":
    import ctypes

    _ANY = -1

    def _listen(server: QLocalServer, name: str) -> bool:
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        return server.listen(name)

    def _allow_front() -> None:
        """Only the program that the person started last may let another one to the front."""
        ctypes.windll.user32.AllowSetForegroundWindow(_ANY)

else:

    def _listen(server: QLocalServer, name: str) -> bool:
        """For this user alone. With Qt's own option the socket would be renamed over that of a
        window that lives, which nobody could call any more."""
        before = os.umask(0o077)
        try:
            return server.listen(name)
        finally:
            os.umask(before)

    def _allow_front() -> None:
        """The token does it, or nothing is needed."""


class Instance(QObject):
    """Listens for second starts; ``asked`` when one wants this window at the front."""

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._answer)

    def listen(self, folder: Path) -> bool:
        """Take the place of ``folder``; False while another window has it. A name left behind by
        a crash is taken over."""
        self._server.close()
        name = server_name(folder)
        if _is_alive(name):  # Windows would let both listen, and one of them hear nothing
            return False
        if _listen(self._server, name):
            return True
        if _is_alive(name):
            return False
        QLocalServer.removeServer(name)
        return _listen(self._server, name)

    def close(self) -> None:
        self._server.close()

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(self._hear)
            if socket.canReadLine():
                self._reply(socket)

    def _hear(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket) and socket.canReadLine():
            self._reply(socket)

    def _reply(self, socket: QLocalSocket) -> None:
        word, _, token = (
            bytes(socket.readLine().data()).decode("ascii", "ignore").strip().partition(" ")
        )
        if word.encode() != RAISE:
            return
        socket.write(HERE)
        socket.flush()
        if token:
            os.environ[TOKEN] = token
        self.asked.emit()


def _is_alive(name: str) -> bool:
    """Whether a process listens there; a window that hangs is one too."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    found = socket.waitForConnected(PATIENCE_MS)
    socket.abort()
    return found
