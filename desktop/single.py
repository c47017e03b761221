"""One window a base: a second start raises the window of the first."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from db.errors import Trouble, TroubleError

_ANSWER_MS = 800
_RAISE = b"raise\n"


class OneWindow(QObject):
    """Locks one base for this window; another start for the base emits `raise_wanted`.

    The lock is a file beside the base, so it holds for every user and computer with access to the
    folder. The lock of a program that has died is recognised and taken over.
    """

    raise_wanted = Signal()

    def __init__(self, base: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._base = base
        self._lock = QLockFile(str(lock_place(base)))
        self._lock.setStaleLockTime(0)  # a window may stay open for days
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer_starts)

    def take(self) -> None:
        """Lock the base. Raises TroubleError OPEN_ELSEWHERE, READ_ONLY or NO_PERMISSION."""
        if not self._lock.tryLock(0):
            raise TroubleError(_why_not(self._lock.error()), str(self._base))
        name = _name(self._base)
        QLocalServer.removeServer(name)  # left by a program that has died
        self._server.listen(name)

    def leave(self) -> None:
        """Unlock the base."""
        self._server.close()
        self._lock.unlock()

    def _answer_starts(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.write(_RAISE)
            socket.flush()
            socket.disconnectFromServer()
            self.raise_wanted.emit()


def raise_first(base: Path) -> bool:
    """Raise the window that has this base open; return whether there is one."""
    socket = QLocalSocket()
    socket.connectToServer(_name(base))
    if not socket.waitForConnected(_ANSWER_MS):
        return False
    is_raised = socket.waitForReadyRead(_ANSWER_MS) and bytes(socket.readAll().data()) == _RAISE
    socket.abort()
    return is_raised


def lock_place(base: Path) -> Path:
    """Return the path of the lock of a base."""
    return base.with_name(f".{base.name}.lock")


def _name(base: Path) -> str:
    digest = hashlib.sha256(str(base.resolve()).encode()).hexdigest()
    return f"kartoteka-{digest[:24]}"


def _why_not(error: QLockFile.LockError) -> Trouble:
    if error is QLockFile.LockError.PermissionError:
        return Trouble.NO_PERMISSION
    if error is QLockFile.LockError.UnknownError:
        return Trouble.READ_ONLY
    return Trouble.OPEN_ELSEWHERE
