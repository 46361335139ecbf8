"""Everything that may go wrong and is not the program's fault: one class for each trouble.

An error is the text that the person reads: what happened, whether the work is safe, what to do.
None of them ever carries an answer, a name or another value of a case.
"""

from collections.abc import Sequence


class TacError(Exception):
    """A trouble of the world, told in one to three sentences."""

    text = "Something could not be done. Nothing was changed."

    def __init__(self, text: str = "") -> None:
        """Take a text of its own, where the class's is not exact enough."""
        super().__init__(text or self.text)


# --- the vault ---------------------------------------------------------------------------------


class WrongPassphrase(TacError):
    """The pass-phrase opens none of the person's key slots."""

    text = "That pass-phrase does not open this vault. Nothing was changed. Check Caps Lock and try again."


class WrongRecoveryCode(TacError):
    """The recovery code opens nothing."""

    text = (
        "That recovery code does not open this vault. Nothing was changed. Compare it with the paper, group by group."
    )


class TooManyAttempts(TacError):
    """Too many wrong pass-phrases one after the other; the text says how long to wait."""

    text = "There were several wrong pass-phrases. Nothing was changed. Wait a minute and try again."


class VaultMissing(TacError):
    """There is no vault in the folder."""

    text = "There is no vault in this folder. Nothing was changed. Check the folder, or whether the drive is connected."


class VaultDamaged(TacError):
    """The database cannot be trusted: missing, empty, in clear, of another vault, or with damaged pages."""

    text = (
        "The database of this vault is damaged, missing or not the one that belongs to its keys. It was not changed. "
        "Bring what can be read into a new vault (at the door, or tac-desktop vault salvage), or restore a backup."
    )


class KeysDamaged(TacError):
    """keys.json is missing, unreadable, or was altered."""

    text = (
        "The key file of this vault is missing, damaged or was altered. The records themselves were not changed. "
        "Bring the vault into a new one (at the door, or tac-desktop vault salvage); a copy of the key file will do."
    )


class VaultInUse(TacError):
    """Another window or computer has the vault open; the text names it where it can."""

    text = "This vault is already open elsewhere. Nothing was changed. Close it there first."


class VaultBusy(TacError):
    """Another job of this program holds the database for longer than we wait."""

    text = "The vault is busy with another task, so nothing was changed. Try again in a moment."


class VaultLocked(TacError):
    """The vault was locked meanwhile."""

    text = "The vault is locked, so nothing was changed. Unlock it to go on; what was saved is safe."


class NewerVault(TacError):
    """The vault was last used by a newer version of the program."""

    text = (
        "This vault was used by a newer version of TaC Desktop. Nothing was changed. "
        "Install that version and try again."
    )


class FolderNotEmpty(TacError):
    """A new vault or a restored one needs an empty folder."""

    text = "That folder is not empty, so no vault was made there. Nothing was changed. Choose a new or an empty folder."


class PassphraseTooShort(TacError):
    """A pass-phrase that could be guessed."""

    text = "That pass-phrase is too short. Nothing was changed. Use at least 12 characters; four words are better."


class PassphraseTooWeak(TacError):
    """A pass-phrase that is long enough and would be guessed all the same; the text says why."""

    text = (
        "That pass-phrase would be guessed. Nothing was changed. "
        "Use four words that have nothing to do with one another."
    )

    def __init__(self, why: str = "") -> None:
        """Take why it was refused, in a sentence or two."""
        super().__init__(f"That pass-phrase was not taken, and nothing was changed. {why}" if why else "")


class UnknownSlot(TacError):
    """The person, or the way to unlock, is not in this vault."""

    text = "This vault has no such person. Nothing was changed. Choose one of the people of the vault."


class NoSealKey(TacError):
    """Only a person who unlocked the vault by her own pass-phrase can seal and hand out a card."""

    text = "Only somebody who came in by her own pass-phrase can do this. Nothing was changed. Unlock the vault again."


class NotAnOrganisationKey(TacError):
    """What was to be the organisation's key has not the form of one."""

    text = "This is not a public key of an organisation (age1...). Nothing was changed. Copy the key again, whole."


class WrongOrganisationKey(TacError):
    """The organisation's key is not the one that this vault knows."""

    text = (
        "This vault was not given that key of the organisation. Nothing was changed. "
        "Use the sheets of the time at which the vault joined, or the recovery code."
    )


class SlotsNotRenewed(TacError):
    """The vault cannot be given a new key yet: some can only be let in again by their own pass-phrase."""

    def __init__(self, slot_ids: Sequence[str], labels: Sequence[str]) -> None:
        """Take the slots whose owners have not unlocked the vault with this program, and their labels."""
        self.slot_ids = tuple(slot_ids)
        super().__init__(
            f"The vault was not given a new key, and nothing was changed: with this version of the program it was not "
            f"opened yet by {', '.join(labels)}. Let them open it once, or take away their way in."
        )


class LastSlot(TacError):
    """Without this slot nobody could open the vault."""

    text = "This is the last person who can open the vault, so the person was not removed. Add another person first."


class OneselfNotByOneself(TacError):
    """Somebody would change her own role, or take away her own way in."""

    text = (
        "Nobody changes her own role or takes away her own way in. Nothing was changed. "
        "Let somebody else do it who looks after people."
    )


class RolePrisonMissing(TacError):
    """Somebody in this role works for one prison, and none was named."""

    text = "Somebody in this role works for one prison, and none was named. Nothing was changed. Choose the prison."


class RecoveryNotTried(TacError):
    """A new recovery code does not count before it was typed back from paper."""

    text = (
        "That is not the code that was made just now, so it was not put into force. Nothing was changed. "
        "Compare it with the paper, group by group."
    )


# --- saving and reading ------------------------------------------------------------------------


class DiskFull(TacError):
    """There was no room to write."""

    text = "The disk is full, so nothing was saved, and nothing was lost. Free some space and try again."


class CannotWrite(TacError):
    """The folder or the medium refuses to be read or written."""

    text = (
        "The disk or folder could not be read or written, so nothing was changed. "
        "Check that the drive is connected and that you may write there, then try again."
    )


class Stopped(TacError):
    """A person or the lock stopped the work; it was rolled back."""

    text = "The work was stopped. Nothing was changed."


class UnknownRecord(TacError):
    """A record that the vault does not hold."""

    text = "That record is not in this vault. Nothing was changed."


class UnknownCase(UnknownRecord):
    """There is no mother with this case reference, or nothing of her was known on the day."""

    text = "There is no case file with this reference in the vault. Nothing was written. Check the reference."


class AttachmentDamaged(TacError):
    """An attachment's bytes are missing or do not have the hash that they should have."""

    text = (
        "That attachment is missing or damaged, so it was not opened. Everything else is safe. "
        "Restore it from a backup."
    )


class FutureDay(TacError):
    """Answers cannot be known from a day that has not come."""

    text = "The day from which this was known lies in the future, so nothing was saved. Choose today or an earlier day."


# --- backups -----------------------------------------------------------------------------------


class BackupDamaged(TacError):
    """A backup that cannot be trusted."""

    text = "This backup is incomplete or damaged, so nothing was changed. Try an earlier backup."


class NoRoomForBackup(DiskFull):
    """The disk that takes the backup is full."""

    text = (
        "There is no room for the backup on its disk, so none was made, and nothing of it is left there. Your work is "
        "safe. Free some space, or choose another place for backups."
    )


class BackupPlaceUnusable(CannotWrite):
    """The place that was chosen for backups is not there, or cannot be written."""

    text = (
        "The place for backups cannot be written: it is not connected, or read-only. No backup was made there, and "
        "your work is safe. Connect it, or choose another place."
    )


class BackupPlaceInside(TacError):
    """Backups were to lie inside the vault, where its own folder 'backups' is the only place for them."""

    text = (
        "This folder lies inside the vault, which would go with it. Nothing was changed. Choose a folder outside the "
        "vault, best on another disk."
    )


class BackupOfOtherKeys(TacError):
    """A backup that the vault's present key does not open: its keys were renewed after it was made."""

    text = (
        "This backup was made before the vault’s keys were renewed, so it cannot be tried out from here. Nothing was "
        "changed. Make a new backup and try that; this one opens with the pass-phrases of its day."
    )


class LastBackup(TacError):
    """The only whole backup there is was to be removed."""

    text = "This is the only whole backup of the vault, so it was not removed. Nothing was changed. Make another first."


class DrillFailed(TacError):
    """What a rehearsal brought back from a backup is not whole; the list stands beside the sentence."""

    text = (
        "What this backup gives back is not whole; the vault itself was not touched. Check the vault, make a new "
        "backup, and try that one."
    )


class NoBackup(TacError):
    """There is no backup of the vault that could be tried out or brought back."""

    text = "There is no backup of this vault yet. Nothing was changed. Make one first."


# --- bundles -----------------------------------------------------------------------------------


class NotACard(TacError):
    """The file does not have the form of a card, or was changed after it was made."""

    text = (
        "This file is not a card of TaC Desktop, or it was changed on its way. Nothing was changed. Ask for it again."
    )


class CardCodeMistyped(TacError):
    """A typed code that no card can have: its check character does not fit."""

    text = "The code was mistyped: its last character does not fit the others. Nothing was changed. Type it again."


class CardCodeWrong(TacError):
    """A well-formed code that belongs to another card."""

    text = (
        "The code does not belong to this card, so the card may not be from the person you think. Nothing was changed. "
        "Ask the person for the code again by telephone, not with the card."
    )


class OwnCard(TacError):
    """Somebody accepts the card of the vault at which they sit."""

    text = (
        "This is this vault’s own card, and a vault needs no card to trust itself. Nothing was changed. "
        "Choose the card that the other person gave you."
    )


class NotARenewal(TacError):
    """A card was to be confirmed that does not show the new keys of somebody who is believed."""

    text = (
        "This card does not show the new keys of somebody whose card was accepted before. Nothing was changed. "
        "Ask the person for its code by telephone, and accept it with the code."
    )


class RecipientUnknown(TacError):
    """A bundle for a card that was not accepted before."""

    text = "This card has not been accepted in this vault yet. Nothing was written. Accept it with its code first."


class RecipientNotAllowed(TacError):
    """An administrator's vault is no place for case files."""

    text = "An administrator receives no case files. Nothing was written. Choose the card of a worker or a manager."


class CasesMustBeNamed(TacError):
    """Everything new was asked for a worker with whom no case file is shared yet."""

    text = (
        "This worker shares no case file with you yet, and only a manager receives all. Nothing was written. "
        "Hand a case file over first; at the command line, name the case files."
    )


class CaseNotInVault(TacError):
    """A case file was named that does not lie in this vault."""

    text = "There is no such case file in this vault. Nothing was written. Check the reference."


class BundleRefused(TacError):
    """A bundle is not taken in; each reason has a class of its own below."""


class NotABundle(BundleRefused):
    """The file does not have the form of a bundle."""

    text = "This file is not a bundle of TaC Desktop. Nothing was changed. Check that it is the file you were sent."


class BundleNotForUs(BundleRefused):
    """None of the seals can be opened here; a flipped bit in the seal looks the same."""

    text = (
        "This bundle was not sealed for this vault, or it is damaged at the beginning. Nothing was changed. "
        "Copy it again; if that does not help, ask the sender to write it for your card."
    )


class BundleDamaged(BundleRefused):
    """The bundle ends too early or some of it was altered."""

    text = "This bundle is damaged or incomplete. Nothing was changed. Copy it again, or ask the sender for it again."

    def __init__(self, percent: int | None = None) -> None:
        """Take how much of the file could be read, in percent, where that is known."""
        text = "" if percent is None else self.text.replace(".", f" (noticed at {percent} %).", 1)
        super().__init__(text)


class SenderUnknown(BundleRefused):
    """The bundle holds work signed by a key that nobody accepted here."""

    text = "The sender of this bundle is not known here. Nothing was changed. Accept the sender's card first."

    def __init__(self, fingerprint: str = "") -> None:
        """Take the fingerprint of the unknown key, as `ssh-keygen -l` shows it."""
        super().__init__(self.text.replace(".", f" (key {fingerprint}).", 1) if fingerprint else "")


class SenderNotAllowed(BundleRefused):
    """The sender is known, but her role does not send such things."""

    text = "The sender of this bundle is not allowed to send what it holds. Nothing was changed. Tell your manager."


class SenderWithdrawn(BundleRefused):
    """The bundle is signed by a member whose vault was lost or stolen."""

    text = (
        "The sender of this bundle was withdrawn from the service. Nothing was changed. "
        "Tell your manager, and keep the file."
    )

    def __init__(self, day: str = "") -> None:
        """Take the ISO date of the roster that withdrew the sender, where it is known."""
        super().__init__(self.text.replace(" from the service.", f" from the service on {day}.", 1) if day else "")


class SealBroken(BundleRefused):
    """A seal in the bundle does not fit what it was put under, or was made with the key of somebody else."""

    text = (
        "A seal in this bundle does not hold: what was sealed, or by whom, was altered. Nothing was changed. "
        "Keep the file, ask the sender to write the bundle again, and tell your manager."
    )


class SignedForSomebodyElse(BundleRefused):
    """Properly signed, but the sender did not name this vault as a recipient: somebody passed it on."""

    text = (
        "The sender signed this bundle for somebody else, and it was passed on to you. Nothing was changed. "
        "Ask the sender for a bundle of your own."
    )


class MadeByNewerProgram(TacError):
    """The bundle or card needs a newer version of the program."""

    text = "This file was made by a newer version of the program. Nothing was changed. Update the program first."


class BundleTooLarge(BundleRefused):
    """The bundle passes one of the limits of the format."""

    text = "This bundle is larger than a bundle may be. Nothing was changed. Ask the sender to name fewer case files."


class BundleMalformed(BundleRefused):
    """Properly signed, yet not what the format allows: a faulty or hostile program made it."""

    text = (
        "This bundle is signed by its sender, but what it holds does not follow the rules. Nothing was changed. "
        "Tell your administrator and keep the file."
    )


class TooMuchForOneBundle(TacError):
    """What was chosen for a bundle passes the limits of the format."""

    text = (
        "Together this is more than one bundle may hold. Nothing was written. "
        "Write several bundles and name fewer case files for each."
    )


class ErasedMeanwhile(TacError):
    """What was to be sent was erased by law between being looked at and being written."""

    text = (
        "While the bundle was written, something in it was erased. No bundle was written, and your records are safe. "
        "Write the bundle again."
    )


class MediumUnreadable(TacError):
    """The file could not be read to its end."""

    text = "The file could not be read. Nothing was changed. Check that the stick is plugged in, and try again."


class MissingEntries(BundleRefused):
    """An earlier bundle has not arrived: entries would hang in the air."""

    text = (
        "An earlier bundle from this sender is missing. Nothing was changed. Ask the sender for a new, complete bundle."
    )

    def __init__(self, sender: str = "", numbers: Sequence[int] = ()) -> None:
        """Take the name on the sender's card, and the numbers of her bundles that have not arrived, as far as known."""
        self.numbers = tuple(numbers)
        several = ", ".join(str(number) for number in self.numbers[:-1])
        told = f"{several} and {self.numbers[-1]}" if several else "".join(str(number) for number in self.numbers)
        bundles = f"Bundle {told} of {sender}’s vault is" if not several else f"Bundles {told} of {sender}’s vault are"
        what_to_do = "Take in what is missing first, or send her a bundle: hers back will then be complete."
        super().__init__(f"{bundles} missing. Nothing was changed. {what_to_do}" if sender and told else "")


class LimitTooSmall(TacError):
    """One thing that cannot be cut is larger than a file may be."""

    text = (
        "Something that cannot be divided is larger than this limit: the entries of one case file, or a part of an "
        "attached file (8 MiB). The files that were written are whole. Choose a larger limit, and go on."
    )


class ReceiptWrong(TacError):
    """A typed receipt that fits no bundle that was sent."""

    text = (
        "This code fits none of the bundles that were sent and not acknowledged yet. Nothing was changed. "
        "Check each character, and whether it was read out for this bundle."
    )


class TwoHistories(BundleRefused):
    """One position of a terminal holds two different entries."""

    text = (
        "This bundle tells another history than the one that is stored for the same terminal. Nothing was changed. "
        "Keep the file and tell your administrator."
    )


class DamagedEntries(BundleRefused):
    """Rows whose hashes do not fit their bytes, or that no journal of ours may hold."""

    text = (
        "The entries in this bundle are damaged or were altered. Nothing was changed. Ask the sender to write it again."
    )


class NewerEntries(BundleRefused):
    """Rows in a layout that this version cannot judge."""

    text = (
        "This bundle was made by a newer version of TaC Desktop. Nothing was changed. Update the program and try again."
    )


# --- the service -------------------------------------------------------------------------------


class NotAServiceFile(TacError):
    """The file is no roster, was changed after it was made, or is not signed as it must be."""

    text = (
        "This file is not a roster of TaC Desktop (.tacroster), or it was changed on its way. "
        "Nothing was changed. Ask for it again."
    )


class NotEnoughSignatures(BundleRefused):
    """Fewer than two of the three root keys have signed a change of the service itself."""

    text = (
        "Fewer than two of the three root keys have signed this change of the service. Nothing was changed. "
        "Do not use the file, and tell whoever keeps the roster."
    )


class ServiceCodeWrong(TacError):
    """A well-formed code that belongs to another service."""

    text = (
        "The code does not belong to the service in this file, so it may not be yours. Nothing was changed. "
        "Ask whoever keeps the roster for the code again, by telephone."
    )


class OtherService(TacError):
    """The file is about another service than the one that this vault has joined."""

    text = "This file belongs to another service than yours. Nothing was changed. Check that it is the right file."


class NoService(TacError):
    """This vault belongs to no service yet."""

    text = (
        "This vault belongs to no service yet. Nothing was changed. Found one, or join the one that you were told of."
    )


class AlreadyInAService(TacError):
    """This vault has founded or joined a service before."""

    text = "This vault belongs to a service already. Nothing was changed."


class NotTheRegistrar(TacError):
    """Only the vault that keeps the roster can change it."""

    text = (
        "Only the one who keeps the roster can do this. Nothing was changed. "
        "Ask her, or move the roster to this vault with two of the three sheets."
    )


class CardsAreEnrolled(TacError):
    """A card was to be accepted in a vault that believes the roster."""

    text = (
        "In this service cards are accepted by the one who keeps the roster. Nothing was changed. "
        "Send her the card, and its code by another way."
    )


class CardWithdrawn(TacError):
    """A card of a vault that was reported lost or stolen."""

    text = (
        "The vault of this card was reported lost or stolen, so its keys are believed no more. Nothing was changed. "
        "Make a new vault, and ask for its card."
    )


class UnknownMember(TacError):
    """The roster has no such vault, or it was withdrawn before."""

    text = "The roster has no such member. Nothing was changed. Check the name."


class OwnWithdrawal(TacError):
    """The keeper of the roster would withdraw her own vault."""

    text = (
        "The vault that keeps the roster cannot withdraw itself. Nothing was changed. "
        "First move the roster to another vault, with two of the three sheets."
    )


class OldRoster(TacError):
    """A roster older than the one that is known here."""

    text = "This roster is older than the one that is known here. Nothing was changed. Ask for the latest one."


class TwoRosters(BundleRefused):
    """Two different rosters under one number: somebody has signed twice."""

    text = (
        "There are two different rosters under the same number: that is a sign of a forgery. Nothing was "
        "changed. Keep the file, and tell whoever keeps the roster at once."
    )


class RosterMayBeBehind(TacError):
    """The vault that keeps the roster came from a backup: others may know later versions of it."""

    text = (
        "This vault came from a backup, and colleagues may know a later roster. Nothing was changed. "
        "First take in a colleague’s bundle, or the roster from a colleague’s vault."
    )


class RosterChanged(TacError):
    """New sheets were prepared over a roster that was changed before they were written down."""

    text = (
        "The roster was changed while the new sheets were made, so they are worth nothing. Nothing was changed. "
        "Destroy them, and make new ones."
    )


class RosterTooLarge(TacError):
    """The roster would pass the size that every reader allows: too many withdrawn ones with long histories."""

    text = (
        "The roster would become larger than it may be. Nothing was changed. "
        "Tell the makers of the program; everything else can go on."
    )


class RosterTooOld(TacError):
    """The roster is older than a year: who may receive a case file is not sure."""

    text = (
        "The roster is older than a year, so no case file is handed over by it. Nothing was written. "
        "Ask whoever keeps it for a new one; everything else can go on."
    )


class RootCodeMistyped(TacError):
    """A typed code that no root key can have."""

    text = (
        "The code of a root key was mistyped. Nothing was changed. Compare it with the sheet, group by group, "
        "and type it again."
    )


class RootCodesWrong(TacError):
    """Well-formed codes, but not those of two different root keys of this service."""

    text = (
        "These are not the codes of two different sheets of this service. Nothing was changed. "
        "Check that the sheets are the latest ones; two of the three are needed."
    )


class EmergencyWordsMistyped(TacError):
    """Words that no sheet can have; the text says in which of those that were typed."""

    text = (
        "The emergency words were mistyped. Nothing was changed. Compare them with the sheet, word by word, "
        "and type them again."
    )

    def __init__(self, number: int = 0) -> None:
        """Take the how-many-eth sheet that was typed, from 1."""
        super().__init__(self.text.replace("words were", f"words typed as number {number} were", 1) if number else "")


class EmergencyWordsWrong(TacError):
    """Words of sheets that do not belong together, or not to this service."""

    text = (
        "These emergency words do not belong together, or not to this service. Nothing was changed. "
        "Check that both sheets are of this service and of the same day."
    )


# --- workbooks ---------------------------------------------------------------------------------


class NotAWorkbook(TacError):
    """The file is no spreadsheet that can be read."""

    text = (
        "This file is not a workbook that can be read (.xlsx, without a password), or it is damaged. "
        "Nothing was changed. Open it in your spreadsheet program and save it as .xlsx again."
    )


class WorkbookTooLarge(TacError):
    """The file, or what it unpacks to, is larger than any case tracker."""

    text = (
        "This workbook is larger than a case tracker can be, so nothing was changed. "
        "Delete empty rows and pictures in your spreadsheet program, save it and try again."
    )


class NothingToImport(TacError):
    """No sheet of the workbook has a heading of the case tracker."""

    text = (
        "This workbook has none of the case tracker's sheets, so nothing was changed. "
        "Check that it is the right file, and that its sheets have their names, for example ‘Mothers’."
    )


class WrongCells(TacError):
    """Some cells of the workbook cannot be taken in; they are listed beside the sentence."""

    text = (
        "Some cells of this workbook are wrong, so nothing was imported. Mend the cells that are listed and try again."
    )


class UnknownPrison(TacError):
    """A prison was named that neither the list nor the workbook or vault knows."""

    text = "There is no prison of that name in the list or in the workbook. Nothing was changed. Check its spelling."


# --- answers -----------------------------------------------------------------------------------


class AnswersRefused(TacError):
    """Some answers cannot stand; `problems` has a sentence for each field's name."""

    text = "Nothing was saved yet: some answers need another look. What you typed is still here."
    tells = True
    """Whether the sentences stand in the error's own text, too: not where they name people of the case."""

    def __init__(self, problems: dict[str, str]) -> None:
        """Take the sentences by field name."""
        super().__init__(" ".join([self.text, *dict.fromkeys(problems.values() if self.tells else ())]))
        self.problems = problems


class AnswersImpossible(AnswersRefused):
    """Some answers cannot stand beside what else the case file says."""

    tells = False


class AnswersDoubted(AnswersRefused):
    """Some answers are unlikely beside what else the case file says; with a reason for each they can be saved."""

    tells = False


class AnswersMoved(AnswersRefused):
    """Some questions were answered anew by somebody else since the person began; nothing of either is lost."""


class MessageLogged(TacError):
    """A message stands in a contact log already: a colleague logged it meanwhile."""

    text = (
        "This message is in a contact log already, so nothing was written. "
        "It stands now among those that were answered or logged."
    )


class MessageAnswered(TacError):
    """A message was answered already: a colleague did it meanwhile."""

    text = (
        "A colleague has answered this message already, so nothing was written. "
        "It stands now among those that were answered or logged."
    )


class LetterChanged(TacError):
    """The words of a letter are other ones by now than those that the person has read."""

    text = (
        "The letter was changed meanwhile, so what you have read is not what would go. Nothing was noted. "
        "Look at it once more with ‘Check it’."
    )


class ConflictChanged(TacError):
    """Other answers stand there than those between which the person decided."""

    text = (
        "Another answer to this question has arrived, or somebody else has decided meanwhile. Nothing was changed. "
        "Look at the answers again, then decide."
    )


class NotRemovable(TacError):
    """Records of this form are never taken out of a case file."""

    text = (
        "This cannot be removed: it is the case file itself, or somebody relies on it as it is. Nothing was changed. "
        "Write beside it what is wrong with it."
    )


class WrittenSince(TacError):
    """What shall be undone is not the last any more that was written there."""

    text = (
        "This can no longer be undone: something was written there since. Nothing was changed. "
        "Look at the history of the record and change the answer there."
    )


class NothingToUndo(TacError):
    """Nothing was saved since the vault was opened, or the last save cannot be undone."""

    text = "There is nothing to undo. Only the last thing that you saved since the vault was opened can be undone."


class SealedAlready(TacError):
    """What was sealed stays as it was sealed, unless it is re-opened with a reason."""

    text = (
        "This was sealed, so it stays as it is, and nothing was changed. What you typed is still here. "
        "Write an addendum, or re-open it and say why."
    )


class NotTheSame(TacError):
    """Only records of one form in one case file can be one and the same."""

    text = (
        "These records are not of the same kind, or not of the same case file, so they cannot be one. "
        "Nothing was changed. Choose records of one list."
    )


class ReferenceTaken(TacError):
    """A new mother would get the case reference of another."""

    text = "This case reference belongs to a mother in this vault already. Nothing was saved. Choose another reference."


class NotAllowed(TacError):
    """The role of the person does not include this."""

    text = "Your role does not include this, so nothing was changed. Ask your manager or administrator."


class NotPermitted(NotAllowed):
    """The role of the person does not include a deed; the text names it, and who may do it."""

    def __init__(self, deed: str = "", who: str = "") -> None:
        """Take the deed in words ('read case files') and the roles that include it ('social workers and managers')."""
        said = f"Your role does not let you {deed}. Nothing was changed. {who[:1].upper()}{who[1:]} may do that."
        super().__init__(said if deed else "")


class CaseRestricted(NotAllowed):
    """The case file is restricted, and the person is not among those who may open it."""

    text = (
        "This case file is restricted, and you are not among those who may open it. Nothing was changed. "
        "Ask your manager."
    )


class AnswersContradict(TacError):
    """What contradicts itself cannot be sealed."""

    text = (
        "Two answers contradict each other here, so nothing was sealed and nothing was changed. "
        "Decide which of them holds, then seal."
    )


# --- keeping and disposing ---------------------------------------------------------------------


class UnderLegalHold(TacError):
    """A case file under legal hold was to be disposed of."""

    text = "This case file is under legal hold, so nothing was changed. A manager has to end the hold first."


class RetentionUnsettled(TacError):
    """Two managers say different things about how long a case file is kept."""

    text = (
        "Two managers say different things about how long this case file is kept, so nothing was changed. "
        "Say once more which class it has and whether there is a legal hold: that decides it."
    )


class NoRetentionClass(TacError):
    """A case file that has no class was to be disposed of."""

    text = "This case file has no retention class yet, so nothing was changed. Say first how long it is kept."


class NotDueYet(TacError):
    """A case file was to be disposed of before its day."""

    text = (
        "This case file is not due yet, so nothing was changed. If it has to go all the same, for example because she "
        "has asked for it, say so and give the basis."
    )


class ReferenceNotTyped(TacError):
    """What was typed to confirm a disposal is not the reference of the case file."""

    text = "That is not the reference of this case file, so nothing was changed. Type it exactly as it is shown."


class BasisNamesSomebody(TacError):
    """The basis of a disposal, which stays, holds a name from the case file, which is to go."""

    text = (
        "The basis must not name anybody from the case file, for it stays when she is gone. Nothing was changed. "
        "Name the rule or the request instead."
    )


class BasisMissing(TacError):
    """A disposal was to be done without a basis."""

    text = "Say on which basis this case file is disposed of, for example the rule or her request. Nothing was changed."


class NothingToDispose(TacError):
    """Nothing is written down in a case file any more, or it was never here."""

    text = "Nothing is written down in this case file here, so there is nothing to dispose of. Check the reference."


# --- documents ---------------------------------------------------------------------------------


class PrinterRefused(TacError):
    """The printer could not be reached or takes no page."""

    text = "The printer did not take the document. Nothing was changed. Check that it is switched on, and print again."


class CharactersNotPrintable(TacError):
    """No font of the program has these characters; `where` says which, and where they stand."""

    def __init__(self, where: str) -> None:
        """Take the characters by their names, with their places."""
        super().__init__(
            f"The document cannot be printed whole: there is no type for {where}. No document was written and the "
            "records are unchanged. Write those words in Latin, Greek or Cyrillic letters and try again."
        )


class NamesNotCompared(TacError):
    """Names that are alike are not found on this computer."""

    text = (
        "Names that are alike are not found on this computer, so nobody would be told that a woman is here already. "
        "Your case files are unharmed. Ask whoever looks after the program to install it anew."
    )


class DocumentNotDrawable(TacError):
    """A part that may not be divided is higher than a page."""

    text = (
        "A part of the document that has to stay together is longer than a page, so no document was written. "
        "The records are unchanged. Shorten the names and titles in it and try again."
    )


class AccessUndecided(TacError):
    """A subject access pack is wanted although something in it has not been decided about."""

    def __init__(self, count: int) -> None:
        """Take how many answers wait."""
        answers = "1 answer has" if count == 1 else f"{count:,} answers have"
        super().__init__(
            f"{answers} not been decided about, so no pack was written. The records are unchanged. Decide about each "
            "in the case file under ‘Subject access’, and write the pack then."
        )


class NoAccessRequest(TacError):
    """A subject access pack is wanted, and nobody has asked for one."""

    text = (
        "No subject access request of this case file waits for an answer, so no pack was written. The records are "
        "unchanged. Enter the request in the case file under ‘Subject access’."
    )


class NoLetter(TacError):
    """A letter shall be printed of which no words were written down."""

    text = "No words of this letter are written down here, so there is nothing to print. Nothing was changed."


class LetterNotForHer(TacError):
    """A letter is wanted that would say what is not so: of a mother who is no longer a parent of the child in law."""

    text = (
        "This letter cannot be written: it is recorded that the child was adopted, or the child is not in the case "
        "file. The school would be told something that is not so. Look at ‘Orders, responsibility’; nothing was "
        "changed."
    )


class NoLifeStory(TacError):
    """A life story shall be drawn, and no part of it was written."""

    text = (
        "No part of a life story has been written for this child yet, so there is nothing to print. Write one under "
        "‘Adoption, life story’; nothing was changed."
    )


class NoAssessment(TacError):
    """A summary is wanted of a parenting assessment that nobody has written yet."""

    text = (
        "There is no parenting assessment in this case file yet, so no document was written. The records are "
        "unchanged. Write the assessment first."
    )


class AttachedPdfNotPdf(TacError):
    """The attached file is empty or of another kind."""

    def __init__(self, where: str) -> None:
        """Take which attachment it is, in words that name no person."""
        super().__init__(
            f"The attached file in {where} is empty or is not a PDF, so no document was written. "
            "The records are unchanged. Attach it again as a PDF, or leave it out."
        )


class AttachedPdfLocked(TacError):
    """The attached PDF asks for a pass-phrase."""

    def __init__(self, where: str) -> None:
        """Take which attachment it is, in words that name no person."""
        super().__init__(
            f"The attached PDF in {where} is locked with a pass-phrase, so no document was written. "
            "The records are unchanged. Ask for a copy without a lock and attach that one."
        )


class AttachedPdfDamaged(TacError):
    """The attached PDF could be read only in part or with repairs."""

    def __init__(self, where: str) -> None:
        """Take which attachment it is, in words that name no person."""
        super().__init__(
            f"The attached PDF in {where} is damaged and something of it may be missing, so no document was written. "
            "The records are unchanged. Ask for a sound copy, or print it to a new PDF and check every page."
        )


class AttachedPdfTooLarge(TacError):
    """The attached PDF is beyond 200 MB, 5,000 pages or 1.7 metres."""

    def __init__(self, where: str) -> None:
        """Take which attachment it is, in words that name no person."""
        super().__init__(
            f"The attached PDF in {where} is too large (more than 200 MB, 5,000 pages or 1.7 metres a side), so no "
            "document was written. The records are unchanged. Attach only the pages that are needed."
        )


class PhotoNotReadable(TacError):
    """The picture file is damaged, too large, or of a kind that cannot be read."""

    text = (
        "This picture cannot be read: it is damaged, larger than 89 million points, or of another kind than JPEG, PNG, "
        "TIFF or WebP. Nothing was changed. Save it as a JPEG and add it again."
    )


class AuditTooLong(TacError):
    """More events are wanted than one file takes; the text says how many."""

    def __init__(self, wanted: int = 0, most: int = 0) -> None:
        """Take how many events are wanted, and how many one file of this kind takes."""
        said = (
            f"These are {wanted:,} events, and one file of this kind takes {most:,}. Nothing was written. "
            "Choose fewer days, or one person; a workbook takes more than a PDF."
        )
        super().__init__(said if wanted else "")


# --- the command line --------------------------------------------------------------------------


class WrongUsage(TacError):
    """The command line lacks something that nobody can be asked for; the exit code is 2."""


class NoPassphrase(WrongUsage):
    """There is no terminal at which the pass-phrase could be asked for."""

    text = (
        "No pass-phrase was given, and there is no terminal to ask for it. Nothing was changed. "
        "Name a file with --passphrase-file (- for standard input)."
    )


class EmptyPassphrase(TacError):
    """The first line of the file with the pass-phrase holds nothing; it is no attempt at unlocking."""

    text = "No pass-phrase stands in the first line of its file. Nothing was changed. Write it there and try again."


class NoRecoveryCode(WrongUsage):
    """The recovery code is needed, and nobody can be asked."""

    text = (
        "The recovery code was not given, so nothing was changed. Name a file with --code-file (- for standard "
        "input), or one with --sheets."
    )


class NotConfirmed(WrongUsage):
    """New keys are to be believed, and nobody has said yes."""

    text = "The new keys were not confirmed, so nothing was changed. Type yes when you are asked, or name --yes."


class NoCode(WrongUsage):
    """A card is to be accepted without its code, and nobody can be asked."""

    text = (
        "The code of the card was not given, so nothing was changed. Name it with --code; "
        "you have it from its owner, by another way than the card."
    )


class NoSheets(WrongUsage):
    """Two of the three sheets of a service are needed, and nobody can be asked for what is on them."""

    text = (
        "What is on two of the three sheets was not given, so nothing was changed. "
        "Name a file with --sheets (- for standard input): one line for each sheet."
    )


class SheetsNotShown(TacError):
    """Nobody can have read the sheets of a new service, which are told only once."""

    text = (
        "The sheets of the service could not be written to the standard output, so nobody has them. "
        "Everything is as it was before. Check the disk or program that takes the output, and do it once more."
    )


class WordsNotText(WrongUsage):
    """A word of the command line is no text in the computer's own encoding."""

    text = "A word of this command is not readable text, so nothing was changed. Type it again, or set a UTF-8 locale."


class NameRefused(WrongUsage):
    """A person's name or prison that no card could show."""

    text = "A name has to be 1 to 200 characters in one line, the prison’s too. Nothing was changed. Type it again."


class ResultNotShown(TacError):
    """Standard output takes nothing: the work itself is done."""

    text = (
        "The work was done, but its result could not be written to the standard output. "
        "Check the disk or program that takes the output, and look at the result with another command."
    )


class RecoveryCodeNotShown(TacError):
    """Nobody can have read the recovery code of a new vault, which is told only once."""

    text = (
        "The recovery code of the new vault could not be written to the standard output, so nobody has it. "
        "The vault was removed again. Check the disk or program that takes the output, and make it once more."
    )


class PassphrasesDiffer(TacError):
    """A new pass-phrase was typed twice, and differently."""

    text = "The two pass-phrases are not the same, so nothing was made. Try again."


class PrisonMissing(WrongUsage):
    """A worker's vault needs the prison where she works."""

    text = "A worker’s vault needs her prison, so nothing was made. Name it with --prison, for example --prison EP."


class TooFewPeople(WrongUsage):
    """Somebody has to be named, and several could be meant."""

    text = "This vault has several people. Nothing was changed. Say with --person who is at work."


class FindingsMade(TacError):
    """The check of a vault found something; the list stands beside the sentence."""

    text = (
        "Something in this vault is damaged; it was not changed. Restore the latest backup into a new folder, "
        "or send the list above to your administrator: it holds no answers."
    )


class StillLost(TacError):
    """The check of a vault that was salvaged found what was lost then, and nothing else."""

    text = (
        "This vault was salvaged from a damaged one, and what is listed above has not come back yet. "
        "All else is sound. Take in a bundle of each colleague who shares the case files."
    )


class SomethingLost(TacError):
    """A vault was salvaged, and something of it is lost or has to be set right; the list stands beside the sentence."""

    text = (
        "The new vault is ready, and the damaged one was not changed. Not everything could be brought over: "
        "do what the list above says, and keep the damaged vault until then."
    )


class DraftsDamaged(TacError):
    """The check of a vault found something in the drafts alone; the list stands beside the sentence."""

    text = (
        "Only what was typed and not saved yet is damaged; it was not changed, and all that was saved is safe. "
        "No backup is needed: move drafts.db out of the vault’s folder, and the next draft begins a new one."
    )


class ScreenNotBuilt(TacError):
    """The self-test found a screen that this computer cannot show."""

    text = (
        "A screen could not be built on this computer. Nothing of the self-test stays on it. "
        "Tell the makers of the program."
    )
