"""The style sheet, made anew for every theme and text size."""

from resources import ROOT
from ui.look.palette import Colours, Tone


def style_sheet(c: Colours, em: int) -> str:
    """Return the style sheet for text of this height in pixels."""
    px = _Lengths(em)
    return "\n".join(
        (
            _base(c),
            _fields(c, px),
            _marks(c, px),
            _buttons(c, px),
            _menus(c, px),
            _lists(c, px),
            _bars(c, px),
            _frames(c, px),
        )
    )


class _Lengths:
    def __init__(self, em: int) -> None:
        self._em = em

    def __call__(self, share: float) -> str:
        return f"{max(1, round(self._em * share))}px"


def _base(c: Colours) -> str:
    return f"""
QToolTip {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.line}; padding: 4px; }}
QLabel[tone="muted"] {{ color: {c.muted}; }}
QLabel[tone="danger"] {{ color: {c.danger}; }}
QLabel[tone="warning"] {{ color: {c.warning}; }}
QLabel[tone="accent"] {{ color: {c.accent}; }}
QLabel[tone="info"] {{ color: {c.info}; }}
QStatusBar {{ background: {c.panel}; border-top: 1px solid {c.line}; color: {c.muted}; }}
QStatusBar::item {{ border: none; }}
QSplitter::handle {{ background: {c.line}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget#ScrollInside {{ background: transparent; }}
"""


def _fields(c: Colours, px: _Lengths) -> str:
    arrow = (ROOT / "qss" / ("arrow-dark.svg" if c.dark else "arrow-light.svg")).as_posix()
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox {{
  background: {c.panel}; color: {c.text}; border: 1px solid {c.line}; border-radius: 6px;
  padding: {px(0.26)} {px(0.5)}; selection-background-color: {c.accent};
  selection-color: {c.on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {{
  border: 2px solid {c.accent}; padding: {px(0.21)} {px(0.44)}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{
  background: {c.window}; color: {c.faint}; }}
QLineEdit[problem="error"], QPlainTextEdit[problem="error"], QComboBox[problem="error"],
QFrame[problem="error"] {{ border: 1px solid {c.danger}; background: {c.danger_soft}; }}
QLineEdit[problem="gap"], QPlainTextEdit[problem="gap"], QComboBox[problem="gap"],
QFrame[problem="gap"] {{ border: 1px solid {c.warning}; background: {c.warning_soft}; }}
QLineEdit[problem="error"]:focus, QLineEdit[problem="gap"]:focus {{
  border: 2px solid {c.accent}; }}
QComboBox {{ padding-right: {px(1.4)}; }}
QComboBox::drop-down {{ border: none; width: {px(1.5)}; subcontrol-position: center right; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: {px(0.8)}; height: {px(0.8)}; }}
QComboBox QAbstractItemView {{ background: {c.panel}; color: {c.text};
  border: 1px solid {c.line}; outline: 0; selection-background-color: {c.selected};
  selection-color: {c.text}; }}
QComboBox QAbstractItemView::item {{ padding: {px(0.25)} {px(0.5)}; }}
"""


def _marks(c: Colours, px: _Lengths) -> str:
    check = (ROOT / "qss" / ("check-dark.svg" if c.dark else "check-light.svg")).as_posix()
    return f"""
QCheckBox::indicator, QTableView::indicator, QTreeView::indicator, QListView::indicator,
QMenu::indicator {{ width: {px(0.82)}; height: {px(0.82)}; border: 1px solid {c.muted};
  border-radius: 3px; background: {c.panel}; }}
QCheckBox::indicator:checked, QTableView::indicator:checked, QTreeView::indicator:checked,
QListView::indicator:checked, QMenu::indicator:checked {{ background: {c.accent};
  border-color: {c.accent}; image: url("{check}"); }}
QCheckBox::indicator:indeterminate {{ background: {c.accent_soft}; border-color: {c.accent}; }}
QCheckBox::indicator:disabled {{ border-color: {c.line}; background: {c.window}; }}
QRadioButton::indicator {{ width: {px(0.8)}; height: {px(0.8)}; border: 1px solid {c.muted};
  border-radius: {px(0.4)}; background: {c.panel}; }}
QRadioButton::indicator:checked {{ border-color: {c.accent};
  background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5, stop: 0 {c.accent},
  stop: 0.6 {c.accent}, stop: 0.65 {c.panel}, stop: 1 {c.panel}); }}
QCheckBox, QRadioButton {{ spacing: {px(0.4)}; padding: 2px; }}
QCheckBox:focus, QRadioButton:focus {{ border: 1px solid {c.accent}; border-radius: 4px;
  padding: 1px; }}
"""


def _buttons(c: Colours, px: _Lengths) -> str:
    return f"""
QPushButton {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.line};
  border-radius: 6px; padding: {px(0.33)} {px(0.75)}; }}
QPushButton:hover {{ background: {c.header}; border-color: {c.muted}; }}
QPushButton:pressed, QPushButton:checked {{ background: {c.accent_soft}; }}
QPushButton:focus {{ border: 2px solid {c.accent}; padding: {px(0.28)} {px(0.69)}; }}
QPushButton:disabled {{ color: {c.faint}; background: {c.window}; }}
QPushButton[kind="primary"] {{ background: {c.accent}; color: {c.on_accent};
  border-color: {c.accent}; font-weight: bold; }}
QPushButton[kind="primary"]:hover {{ background: {c.accent_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[kind="primary"]:disabled {{ background: {c.muted_soft}; color: {c.faint};
  border-color: {c.line}; }}
QPushButton[kind="danger"] {{ color: {c.danger}; border-color: {c.danger}; }}
QPushButton[kind="danger"]:hover {{ background: {c.danger_soft}; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent;
  color: {c.accent}; padding: 1px 2px; text-align: left; text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border: 1px solid {c.accent}; padding: 1px 2px; }}
QPushButton[kind="chip"] {{ border-radius: {px(0.64)}; padding: {px(0.18)} {px(0.6)}; }}
QPushButton[kind="chip"]:focus {{ border: 2px solid {c.accent}; padding: {px(0.13)} {px(0.55)}; }}
QPushButton[kind="chip"]:checked {{ background: {c.accent}; color: {c.on_accent};
  border-color: {c.accent}; }}
QPushButton[kind="chip"]:checked:focus {{ border: 2px solid {c.text}; }}
QToolButton {{ background: transparent; color: {c.text}; border: 1px solid transparent;
  border-radius: 6px; padding: {px(0.2)}; }}
QToolButton:hover {{ background: {c.muted_soft}; }}
QToolButton:focus {{ border: 1px solid {c.accent}; }}
QToolButton::menu-indicator {{ image: none; }}
"""


def _menus(c: Colours, px: _Lengths) -> str:
    return f"""
QMenu {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.line}; padding: 4px; }}
QMenu::item {{ padding: {px(0.3)} {px(1.6)} {px(0.3)} {px(1.2)}; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.selected}; color: {c.text}; }}
QMenu::item:disabled {{ color: {c.faint}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
QMenu::icon {{ padding-left: {px(0.4)}; }}
QMenu::indicator {{ left: {px(0.4)}; }}
"""


def _lists(c: Colours, px: _Lengths) -> str:
    return f"""
QTableView, QListView, QTreeView {{ background: {c.panel}; color: {c.text}; border: none;
  outline: 0; selection-background-color: {c.selected}; selection-color: {c.text};
  gridline-color: {c.line}; }}
QTableView::item {{ padding: 0 {px(0.5)}; border-bottom: 1px solid {c.line}; }}
QTableView::item:selected {{ background: {c.selected}; color: {c.text}; }}
QListWidget#Framed {{ border: 1px solid {c.line}; border-radius: 6px; }}
QListWidget#Framed:focus {{ border: 1px solid {c.accent}; }}
QListView::item, QTreeView::item {{ padding: {px(0.22)} {px(0.5)};
  border: 1px solid transparent; }}
QListView::item:selected, QTreeView::item:selected {{ background: {c.selected};
  color: {c.text}; }}
QHeaderView {{ background: {c.header}; border: none; }}
QHeaderView::section {{ background: {c.header}; color: {c.muted}; border: none;
  border-bottom: 1px solid {c.line}; padding: {px(0.4)} {px(0.5)}; font-weight: bold; }}
QHeaderView::section:hover {{ color: {c.text}; }}
QHeaderView::down-arrow, QHeaderView::up-arrow {{ width: 0; height: 0; image: none; }}
"""


def _bars(c: Colours, px: _Lengths) -> str:
    return f"""
QTabBar::tab {{ background: transparent; color: {c.muted}; border: none;
  border-bottom: 2px solid transparent; padding: {px(0.5)} {px(0.4)}; }}
QTabBar::tab:selected {{ color: {c.text}; border-bottom: 2px solid {c.accent};
  font-weight: bold; }}
QTabBar::tab:hover {{ color: {c.text}; }}
QTabBar::tab:focus {{ color: {c.accent}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {c.line}; }}
QTabWidget::tab-bar {{ left: {px(0.5)}; }}
QTabBar {{ qproperty-drawBase: 0; }}
QScrollBar:vertical {{ background: transparent; width: {px(0.65)}; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(0.65)}; margin: 0; }}
QScrollBar::handle {{ background: {c.muted_soft if c.dark else "#C9D0D8"};
  border-radius: {px(0.2)}; margin: 2px; min-height: {px(1.5)}; min-width: {px(1.5)}; }}
QScrollBar::handle:hover {{ background: {c.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QProgressBar {{ background: {c.muted_soft}; border: none; border-radius: {px(0.18)};
  max-height: {px(0.36)}; min-height: {px(0.36)}; text-align: center; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: {px(0.18)}; }}
QCalendarWidget {{ background: {c.panel}; border: 1px solid {c.line}; }}
QCalendarWidget QWidget {{ alternate-background-color: {c.header}; }}
QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {c.header};
  border-bottom: 1px solid {c.line}; }}
QCalendarWidget QToolButton {{ color: {c.text}; padding: {px(0.2)} {px(0.4)}; }}
QCalendarWidget QSpinBox {{ background: {c.panel}; color: {c.text}; }}
QCalendarWidget QTableView {{ min-width: {px(13)}; min-height: {px(11)}; }}
QCalendarWidget QTableView::item {{ padding: 0; border: none; }}
QCalendarWidget QTableView::item:selected {{ background: {c.panel}; }}
"""


def _frames(c: Colours, px: _Lengths) -> str:
    tones = "\n".join(
        f'QFrame[notice="{tone}"] {{ background: {c.soft(tone)}; border-radius: 6px; '
        f"border: 1px solid {c.soft(tone)}; }}\n"
        f'QFrame#Floating[notice="{tone}"] {{ border-color: {c.tone(tone)}; }}\n'
        f'QFrame[notice="{tone}"] QLabel {{ color: {c.tone(tone)}; background: transparent; }}\n'
        f'QLabel[badge="{tone}"] {{ background: {c.soft(tone)}; color: {c.tone(tone)}; '
        f"border-radius: 4px; padding: {px(0.06)} {px(0.38)}; }}"
        for tone in Tone
    )
    return f"""
QFrame#Panel, QFrame#Header, QFrame#Side, QWidget#Panel {{ background: {c.panel}; }}
QFrame#Header {{ border: none; border-bottom: 1px solid {c.line}; }}
QFrame#Footer {{ background: {c.panel}; border: none; border-top: 1px solid {c.line}; }}
QFrame#Side {{ border: none; border-right: 1px solid {c.line}; }}
QFrame#Card {{ background: {c.panel}; border: 1px solid {c.line}; border-radius: 8px; }}
QFrame#Card[clickable="true"]:hover {{ border-color: {c.accent}; }}
QFrame#Card:focus {{ border: 2px solid {c.accent}; }}
QFrame#Line {{ background: {c.line}; border: none; max-height: 1px; min-height: 1px; }}
QPushButton#NavEntry {{ background: transparent; border: 2px solid transparent;
  border-radius: 6px; text-align: left; padding: {px(0.38)} {px(0.5)}; }}
QPushButton#NavEntry:hover {{ background: {c.muted_soft}; }}
QPushButton#NavEntry:checked {{ background: {c.accent_soft}; color: {c.accent};
  font-weight: bold; }}
QPushButton#NavEntry:focus {{ border: 2px solid {c.accent}; }}
QLabel#NavCount {{ color: {c.muted}; background: transparent; font-weight: normal; }}
QLabel#NavCount[alarm="true"] {{ background: {c.danger}; color: {c.on_danger};
  border-radius: {px(0.5)}; padding: 0 {px(0.38)}; }}
{tones}
"""
