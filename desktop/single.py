"""One window on one desktop: a second start hands over what it was asked for, and ends."""

import getpass
import hashlib

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 500


class FirstWindow(QObject):
    """Answers later starts. `asked` brings the file they were started with, or nothing."""

    asked = Signal(str)

    def __init__(self, name: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name or _name_of_user()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._listen)

    def is_mine(self, wanted: str) -> bool:
        """Say whether this start is the first; if not, the first one has been told."""
        if self._tell_first(wanted):
            return False
        # What a crash left behind would keep the name taken for ever.
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)
        return True

    def close(self) -> None:
        self._server.close()

    def _tell_first(self, wanted: str) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(wanted.encode() + b"\n")
        socket.waitForBytesWritten(_WAIT_MS)
        socket.disconnectFromServer()
        return True

    def _listen(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.waitForReadyRead(_WAIT_MS)
            wanted = bytes(socket.readAll().data()).decode(errors="replace").strip()
            socket.deleteLater()
            self.asked.emit(wanted)


def _name_of_user() -> str:
    return "kartoteka-" + hashlib.sha256(getpass.getuser().encode()).hexdigest()[:12]
