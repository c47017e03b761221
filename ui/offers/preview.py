"""The paper as it will be printed, beside the editor; and the printing of it."""

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from ui.look.theme import colours, em
from ui.words.i18n import _

_WIDEST = 60  # text heights: a page wider than that is no easier to read


class _Pages(QWidget):
    """The pages of one PDF, each painted on white: the pages themselves are transparent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buffer = QBuffer(self)
        self._document = QPdfDocument(self)
        self._images: dict[int, QImage] = {}
        self._places: list[QRect] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Preview of the paper"))

    def show_pdf(self, data: bytes) -> None:
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._images.clear()
        self.arrange(self.width())
        self.update()

    def page_count(self) -> int:
        return self._document.pageCount()

    def arrange(self, width: int) -> None:
        """Put the pages one below the other in this width."""
        gap = em(0.7)
        wide = max(min(width - 2 * gap, em(_WIDEST)), 1)
        top, places = gap, []
        for page in range(self._document.pageCount()):
            size = self._document.pagePointSize(page)
            tall = round(wide * size.height() / size.width()) if size.width() else 1
            places.append(QRect((width - wide) // 2, top, wide, tall))
            top += tall + gap
        if [place.size() for place in places] != [place.size() for place in self._places]:
            self._images.clear()
        self._places = places
        self.setFixedHeight(max(top, 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for page, place in enumerate(self._places):
            if place.intersects(event.rect()):
                painter.fillRect(place, QColor("white"))
                painter.drawImage(place, self._image(page, place.size()))
                painter.setPen(QColor(colours().line))
                painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.end()

    def _image(self, page: int, size: QSize) -> QImage:
        if page not in self._images:
            sharp = size * self.devicePixelRatioF()
            self._images[page] = _on_white(self._document, page, sharp)
        return self._images[page]


class PaperPreview(QScrollArea):
    """Shows a PDF in the width there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = _Pages()
        self.setWidget(self._pages)
        self.setWidgetResizable(True)
        self.setMinimumWidth(em(12))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Preview of the paper"))

    def show_pdf(self, data: bytes) -> None:
        """Show another paper; the place one looks at stays."""
        position = self.verticalScrollBar().value()
        self._pages.show_pdf(data)
        self._pages.arrange(self.viewport().width())
        self.verticalScrollBar().setValue(position)

    def page_count(self) -> int:
        return self._pages.page_count()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pages.arrange(self.viewport().width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._pages.arrange(self.viewport().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.verticalScrollBar().maximum()}
        if (place := ends.get(Qt.Key(event.key()))) is not None:
            self.verticalScrollBar().setValue(place)
        else:
            super().keyPressEvent(event)


def print_pdf(data: bytes, printer: QPrinter) -> None:
    """Print the pages of a PDF that the printer was told to, as large as its paper allows."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    first = max(printer.fromPage(), 1)
    last = printer.toPage() or document.pageCount()
    painter = QPainter(printer)
    for number, page in enumerate(range(first - 1, min(last, document.pageCount()))):
        if number:
            printer.newPage()
        paper = painter.viewport()
        size = (
            document.pagePointSize(page)
            .toSize()
            .scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        )
        painter.drawImage(QRect(QPoint(0, 0), size), _on_white(document, page, size))
    painter.end()
    document.close()


def _on_white(document: QPdfDocument, page: int, size: QSize) -> QImage:
    rendered = document.render(page, size)
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.drawImage(0, 0, rendered)
    painter.end()
    return image
