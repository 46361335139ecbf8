"""Every form of the program, each a table of questions, in the order in which a case file shows them."""

from collections.abc import Mapping
from types import MappingProxyType

from tac_desktop.casework.form import Form
from tac_desktop.casework.forms.adoption import ADOPTION, FINAL_CONTACT, LIFE_STORY
from tac_desktop.casework.forms.alerts import ALERT
from tac_desktop.casework.forms.assessment import ASSESSMENT
from tac_desktop.casework.forms.child_contact import CONTACT_PERMISSION, CONTACT_PLAN, CONTACT_STATE
from tac_desktop.casework.forms.childs_voice import CHILD_VIEW, TOLD_CHILD
from tac_desktop.casework.forms.contact import CONTACT, CONTACT_PAPER, CONTACT_TIE
from tac_desktop.casework.forms.court import HEARING, MCKENZIE_FRIEND, PROCEEDINGS
from tac_desktop.casework.forms.evidence import COURSE, EVIDENCE, ISSUED_DOCUMENT, PAPER, PHOTO, STAFF_STATEMENT
from tac_desktop.casework.forms.exchange import COMMENT, COMMENT_READ, HANDOVER, SEAL
from tac_desktop.casework.forms.family import CHILD, CHILDRENS_SOCIAL_WORKER, ORDER, PLACEMENT
from tac_desktop.casework.forms.letterbox import LETTERBOX_AGREEMENT, LETTERBOX_CHECK, LETTERBOX_LETTER
from tac_desktop.casework.forms.mother import CUSTODY, MOTHER
from tac_desktop.casework.forms.moving import MOVE
from tac_desktop.casework.forms.office import AGENCY, INBOX_MESSAGE, PRISON_RULES, PROFESSIONAL, STAFF_CONTACT
from tac_desktop.casework.forms.plan import GOAL, PLAN_STEP
from tac_desktop.casework.forms.questions import EXPLAINED, MOTHERS_QUESTION, PROMISED_UPDATE, UPDATE_TOLD
from tac_desktop.casework.forms.relatives import CARER_SUPPORT, FAMILY_AGREEMENT, PERSON
from tac_desktop.casework.forms.responsibility import INFORMATION_REQUEST, PARENTAL_RESPONSIBILITY, PLAN_STATUS
from tac_desktop.casework.forms.restricted import CASE_RESTRICTION, SUPERVISION
from tac_desktop.casework.forms.retention import DISPOSAL, RETENTION
from tac_desktop.casework.forms.same_woman import SAME_WOMAN
from tac_desktop.casework.forms.school import SCHOOL_REQUEST
from tac_desktop.casework.forms.service import (
    CASE_WORKER,
    CHALLENGE,
    CLOSURE,
    EPISODE,
    MEETING_MINUTE,
    REFERRAL,
    TRIAGE,
)
from tac_desktop.casework.forms.subject_access import ACCESS_DECISION, ACCESS_REQUEST
from tac_desktop.casework.forms.surveys import (
    EVALUATION_ACTIVITY,
    MOTHERS_SURVEY_T1,
    MOTHERS_SURVEY_T2,
    PRACTITIONER_SURVEY,
    STAFF_SURVEY,
)
from tac_desktop.casework.forms.tracker import ADDENDUM, BASELINE, TRACKER_RETURN
from tac_desktop.casework.forms.visits import COACHING_SESSION, VISIT_REQUEST

ALL: Mapping[str, Form] = MappingProxyType({
    form.name: form
    for form in (
        MOTHER, ALERT, CUSTODY, REFERRAL, EPISODE, CASE_WORKER, MEETING_MINUTE, GOAL, PLAN_STEP,
        CHILD, CHILD_VIEW, TOLD_CHILD, PLACEMENT, PERSON, CARER_SUPPORT, FAMILY_AGREEMENT, CHILDRENS_SOCIAL_WORKER,
        SCHOOL_REQUEST,
        ORDER, PLAN_STATUS, PARENTAL_RESPONSIBILITY, INFORMATION_REQUEST,
        CONTACT_PERMISSION, CONTACT_PLAN, CONTACT_STATE, TRIAGE,
        BASELINE, TRACKER_RETURN, ADDENDUM, CONTACT,
        CONTACT_TIE, CONTACT_PAPER, MOTHERS_QUESTION, PROMISED_UPDATE, UPDATE_TOLD, EXPLAINED,
        PROCEEDINGS, HEARING, MCKENZIE_FRIEND, CHALLENGE, COURSE, EVIDENCE,
        STAFF_STATEMENT, ASSESSMENT, PHOTO, PAPER, MOTHERS_SURVEY_T1, CLOSURE, ISSUED_DOCUMENT, HANDOVER, COMMENT,
        COMMENT_READ, SEAL, CASE_RESTRICTION, RETENTION, SAME_WOMAN, ACCESS_REQUEST, ACCESS_DECISION, MOTHERS_SURVEY_T2,
        STAFF_SURVEY, PRACTITIONER_SURVEY, EVALUATION_ACTIVITY, SUPERVISION, DISPOSAL,
        AGENCY, PROFESSIONAL, PRISON_RULES, STAFF_CONTACT, INBOX_MESSAGE,
        LETTERBOX_AGREEMENT, LETTERBOX_LETTER, LETTERBOX_CHECK, VISIT_REQUEST, COACHING_SESSION, FINAL_CONTACT,
        ADOPTION, LIFE_STORY,
    )
})  # fmt: skip
"""The newest version of every form, by name."""

TYPED: Mapping[str, Form] = MappingProxyType({**ALL, MOVE.name: MOVE})
"""Every form that a person may have begun to fill in: beside those of records, what becomes several records at once."""
