"""Name, role and prison of a person: the boxes that a new vault, a new person and a change of role have in common."""

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from tac_desktop.casework.people import Role, needs_prison
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.words import prisons


class PersonBoxes(QWidget):
    """The name, unless it stands already, and what goes with a role."""

    def __init__(self, kit: Kit, *, whose: str = "", role: Role = "worker", prison: str = "") -> None:
        """Take whose name it is ('your' or 'her'; '' where it is not asked for), and what stands there first."""
        super().__init__()
        self.named = bool(whose)
        own = whose == "your"
        self._name_label = self.tr("Your name") if own else self.tr("Her name")
        self._role_label = self.tr("Your role") if own else self.tr("Role")
        self._prison_label = self.tr("The prison where you work") if own else self.tr("Prison")
        self.name: QLineEdit = kit.entry(self._name_label)
        self.role: QComboBox = kit.combo(self._role_label, self._roles())
        self.prison: QComboBox = kit.combo(self._prison_label, [("", self.tr("Choose …")), *prisons(other=True)])
        if prison and self.prison.findData(prison) < 0:
            self.prison.addItem(prison, prison)
        self.role.setCurrentIndex(max(0, self.role.findData(role)))
        self.prison.setCurrentIndex(max(0, self.prison.findData(prison)))
        column = kit.column(gap=14)
        if self.named:
            column.addLayout(kit.field(self._name_label, self.name))
        column.addLayout(kit.field(self._role_label, self.role))
        column.addLayout(kit.field(self._prison_label, self.prison))
        self.setLayout(column)
        self.role.currentIndexChanged.connect(self._role_changed)
        self._role_changed()

    def _roles(self) -> tuple[tuple[Role, str], ...]:
        return (
            ("worker", self.tr("Social worker")),
            ("engagement_worker", self.tr("Family engagement worker (issues no papers)")),
            ("manager", self.tr("Manager")),
            ("admin", self.tr("Administrator (reads no cases)")),
        )

    def _role_changed(self) -> None:
        self.prison.setEnabled(needs_prison(self.chosen_role()))

    def chosen_role(self) -> Role:
        """Return the role that is chosen."""
        return self.role.currentData()

    def chosen_prison(self) -> str:
        """Return the code of the prison, '' where the role has none."""
        return str(self.prison.currentData()) if needs_prison(self.chosen_role()) else ""

    def typed_name(self) -> str:
        """Return the name, without spaces around it."""
        return self.name.text().strip()

    def words(self) -> list[str]:
        """Return what somebody would try first who guesses her pass-phrase."""
        return [self.name.text(), self.prison.currentText() if self.chosen_prison() else ""]

    def problem(self) -> tuple[str, QWidget] | None:
        """Return what is missing and where, None if nothing is."""
        if self.named and not self.typed_name():
            return self.tr("Enter the name."), self.name
        if needs_prison(self.chosen_role()) and not self.chosen_prison():
            return self.tr("Choose the prison."), self.prison
        return None
