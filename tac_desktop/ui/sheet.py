"""The style sheet: names of tokens after `$`, lengths in pixels at 100 %. `Theme.sheet` fills and scales it.

A rule for QFrame always names a role: a QLabel is a QFrame and would take it on. No radius exceeds half the height of
its box: Qt then drops it and draws a square.
"""

SHEET = """
* { outline: 0; }
QToolTip { color: $surface; background: $text; border: 0; padding: 6px 8px; }
QLabel { qproperty-indent: 0; background: transparent; color: $text; }
QLabel[role="h1"] { font-size: $h1_size; font-weight: 600; }
QLabel[role="h2"] { font-size: $h2_size; font-weight: 600; }
QLabel[role="h3"] { font-size: $h3_size; font-weight: 600; }
QLabel[role="brand"] { font-size: $h2_size; font-weight: 600; color: $primary; }
QLabel[role="label"] { font-weight: 600; }
QLabel[role="hint"], QLabel[role="caption"] { color: $text_2; }
QLabel[role="caption"] { font-size: $caption_size; }
QLabel[role="error"] { color: $danger; font-weight: 600; }
QLabel[role="number"] { font-size: $h1_size; font-weight: 600; }
QLabel[role="code"] { font-size: $h2_size; font-weight: 600; letter-spacing: 1px; }
QLabel[role="badge"] { border-radius: 4px; padding: 2px 8px; font-size: $caption_size; font-weight: 600; }
QLabel[tone="danger"] { background: $danger_tint; color: $danger; }
QLabel[tone="warn"] { background: $warn_tint; color: $warn; }
QLabel[tone="ok"] { background: $ok_tint; color: $ok; }
QLabel[tone="info"] { background: $info_tint; color: $info; }
QLabel[tone="neutral"] { background: $neutral_tint; color: $neutral; }

QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[role="header"] { background: $surface; border: 0; border-bottom: 1px solid $line; }
QFrame[role="side"] { background: $sunken; border: 0; border-right: 1px solid $line; }
QFrame[role="rule"] { background: $line; max-height: 1px; min-height: 1px; border: 0; }
QFrame[role="foot"] { background: $surface; border: 0; border-top: 1px solid $line; }
QFrame[role="window"] { background: $canvas; border: 1px solid $input_line; }
QFrame[role="errors"] { background: $surface; border: 3px solid $danger; border-radius: $radius; }
QFrame[role="message"] { border: 0; border-left: 6px solid $neutral; background: $neutral_tint; }
QFrame[role="message"][tone="danger"] { border-left-color: $danger; background: $danger_tint; }
QFrame[role="message"][tone="warn"] { border-left-color: $warn; background: $warn_tint; }
QFrame[role="message"][tone="ok"] { border-left-color: $ok; background: $ok_tint; }
QFrame[role="message"][tone="info"] { border-left-color: $info; background: $info_tint; }
QWidget[role="canvas"] { background: $canvas; }
QDialog { background: $canvas; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
  background: $surface; color: $text; border: 1px solid $input_line; border-radius: $radius; padding: 0 10px;
  placeholder-text-color: $text_2; selection-background-color: $primary; selection-color: $on_primary; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: $control; }
QPlainTextEdit, QTextEdit { padding: 6px 6px; }
QLineEdit:hover, QComboBox:hover, QPlainTextEdit:hover, QAbstractSpinBox:hover { border-color: $text; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid $primary; padding: 0 9px;
  min-height: $framed; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $primary; padding: 5px 5px; }
QLineEdit[error="true"], QComboBox[error="true"] { border: 2px solid $danger; padding: 0 9px; min-height: $framed; }
QPlainTextEdit[error="true"] { border: 2px solid $danger; padding: 5px 5px; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled {
  background: $canvas; color: $text_2; border-color: $line; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] { background: $canvas; }
QComboBox QLineEdit, QComboBox QLineEdit:focus, QComboBox QLineEdit:disabled {
  border: 0; padding: 0; min-height: 0px; background: transparent; }
QComboBox::drop-down { border: 0; width: 28px; }
QComboBox::down-arrow { image: url($indicators/open.svg); width: 16px; height: 16px; }
QComboBox QAbstractItemView, QListView[role="completions"] {
  background: $surface; border: 1px solid $input_line; padding: 4px;
  selection-background-color: $primary_tint; selection-color: $text; }
QListView[role="completions"] { padding: 0; } /* QCompleter has no room for more: the last line would be cut off */
QComboBox QAbstractItemView::item, QListView[role="completions"]::item { min-height: 32px; padding: 0 6px; }
QComboBox QAbstractItemView::item:selected, QListView[role="completions"]::item:selected {
  background: $primary_tint; color: $text; border-left: 3px solid $primary; }

QPushButton, QToolButton { background: $surface; color: $text; border: 1px solid $input_line; border-radius: $radius;
  min-height: $control; padding: 0 16px; font-weight: 500; }
QFileDialog QToolButton { padding: 0 6px; }
QPushButton:hover, QToolButton:hover { background: $canvas; border-color: $text; }
QPushButton:pressed { background: $sunken; }
QPushButton[kind="primary"] {
  background: $primary; color: $on_primary; border: 1px solid $primary; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $primary_hover; }
QPushButton[kind="primary"]:pressed { background: $primary_press; }
QPushButton[kind="ghost"] {
  background: transparent; border: 1px solid transparent; color: $primary; padding: 0 8px; font-weight: 600; }
QPushButton[kind="ghost"]:hover { background: $primary_tint; }
QPushButton[kind="link"] { background: transparent; border: 0; color: $primary; padding: 0; font-weight: 600;
  text-align: left; min-height: 24px; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="problem"] { background: transparent; border: 0; color: $danger; padding: 0; font-weight: 600;
  text-align: left; min-height: 24px; text-decoration: underline; }
QPushButton[kind="nav"] { background: transparent; border: 0; border-left: 3px solid transparent; border-radius: 0;
  text-align: left; padding: 0 12px; min-height: 40px; color: $text; }
QPushButton[kind="nav"]:hover { background: $line; }
QPushButton[kind="nav"]:checked {
  background: $surface; border-left: 3px solid $primary; color: $primary; font-weight: 600; }
QPushButton[kind="section"] { background: transparent; border: 0; border-radius: $radius; text-align: left;
  padding: 0 12px; min-height: 34px; color: $text; }
QPushButton[kind="section"]:hover { background: $sunken; }
QPushButton[kind="section"]:checked { background: $primary_tint; color: $primary; font-weight: 600; }
QPushButton[kind="chip"] { border-radius: 17px; min-height: 34px; padding: 0 13px; }
QPushButton[kind="chip"]:checked {
  background: $primary_tint; border: 2px solid $primary; color: $primary; font-weight: 600; padding: 0 12px; }
QPushButton[kind="icon"] { background: transparent; border: 1px solid transparent; padding: 0; min-height: 28px;
  min-width: 28px; }
QPushButton[kind="icon"]:hover { background: $sunken; }
QPushButton[kind="choice"] { text-align: left; padding: 12px 16px; border: 1px solid $line; border-radius: 8px; }
QPushButton[kind="choice"]:hover { border-color: $primary; background: $primary_tint; }
QPushButton[kind="choice"]:checked { border: 2px solid $primary; background: $primary_tint; padding: 11px 15px; }
QPushButton:disabled { color: $input_line; border: 1px dashed $input_line; background: $canvas; }
QPushButton[kind="ghost"]:disabled, QPushButton[kind="icon"]:disabled, QPushButton[kind="link"]:disabled {
  background: transparent; border-color: transparent; }

QCheckBox, QRadioButton { spacing: 8px; min-height: 26px; color: $text; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $text_2; }
QCheckBox::indicator, QRadioButton::indicator { width: 24px; height: 24px; }
QRadioButton::indicator { image: url($indicators/radio.svg); }
QRadioButton::indicator:hover { image: url($indicators/radio-hover.svg); }
QRadioButton::indicator:checked { image: url($indicators/radio-on.svg); }
QRadioButton::indicator:disabled:!checked { image: url($indicators/radio-off.svg); }
QCheckBox::indicator { image: url($indicators/box.svg); }
QCheckBox::indicator:hover { image: url($indicators/box-hover.svg); }
QCheckBox::indicator:checked { image: url($indicators/box-on.svg); }
QCheckBox::indicator:disabled:!checked { image: url($indicators/box-off.svg); }
QGroupBox { border: 0; margin: 0; padding: 0; background: transparent; }

QTableView, QListView { background: $surface; color: $text; border: 0; gridline-color: transparent;
  selection-background-color: $primary_tint; selection-color: $text; }
QTableView::item { padding: 0 12px; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section { background: $surface; color: $text_2; border: 0; border-bottom: 1px solid $input_line;
  padding: 10px 12px; font-size: $caption_size; font-weight: 600; }
QTableCornerButton::section { background: $surface; border: 0; border-bottom: 1px solid $input_line; }
QHeaderView::section:hover { color: $text; background: $canvas; }
QHeaderView::down-arrow { image: url($indicators/down.svg); width: 12px; height: 12px;
  subcontrol-position: right center; subcontrol-origin: padding; right: 0; }
QHeaderView::up-arrow { image: url($indicators/up.svg); width: 12px; height: 12px;
  subcontrol-position: right center; subcontrol-origin: padding; right: 0; }
QMenu { background: $surface; color: $text; border: 1px solid $input_line; padding: 4px; }
QMenu::item { padding: 8px 24px; border-radius: 4px; }
QMenu::item:selected { background: $primary_tint; color: $text; }

QScrollArea { border: 0; background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: $input_line; border-radius: 3px; min-height: 36px; margin: 2px 3px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal { background: $input_line; border-radius: 3px; min-width: 36px; margin: 3px 2px; }
QScrollBar::handle:hover { background: $text_2; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { border: 0; background: $line; border-radius: 4px; max-height: 8px; min-height: 8px; }
QProgressBar::chunk { background: $primary; border-radius: 4px; }
"""
