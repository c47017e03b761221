"""One window a base: a second start raises the first one, and nobody opens it twice."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from db.errors import Trouble, TroubleError

_ANSWER_MS = 800
_RAISE = b"raise\n"


class OneWindow(QObject):
    """Holds one base for this window; `raise_wanted` comes when somebody starts us again for it.

    The lock lies beside the base, so that it counts for every user and every computer that sees
    the folder. The system tells a lock whose program has died.
    """

    raise_wanted = Signal()

    def __init__(self, base: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._base = base
        self._lock = QLockFile(str(lock_place(base)))
        self._lock.setStaleLockTime(0)  # a window may stay open for days
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._hear)

    def take(self) -> None:
        """Hold the base. Raises TroubleError OPEN_ELSEWHERE, READ_ONLY or NO_PERMISSION."""
        if not self._lock.tryLock(0):
            raise TroubleError(_why_not(self._lock.error()), str(self._base))
        name = _name(self._base)
        QLocalServer.removeServer(name)  # one that was left behind by a window that died
        self._server.listen(name)

    def leave(self) -> None:
        """Let go of the base."""
        self._server.close()
        self._lock.unlock()

    def _hear(self) -> None:
        while (asking := self._server.nextPendingConnection()) is not None:
            asking.disconnected.connect(asking.deleteLater)
            asking.write(_RAISE)
            asking.flush()
            asking.disconnectFromServer()
            self.raise_wanted.emit()


def raise_first(base: Path) -> bool:
    """Ask the window that has this base to come to the front; say whether there is one."""
    socket = QLocalSocket()
    socket.connectToServer(_name(base))
    if not socket.waitForConnected(_ANSWER_MS):
        return False
    heard = socket.waitForReadyRead(_ANSWER_MS) and bytes(socket.readAll().data()) == _RAISE
    socket.abort()
    return heard


def lock_place(base: Path) -> Path:
    """Return where the lock of a base lies."""
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
