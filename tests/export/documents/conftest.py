"""One mother's fictitious story, as records: what the papers are made from in these tests."""

import io

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from tac_desktop.casework.answers import Answer, NotKnown
from tac_desktop.casework.case_view import CaseView
from tac_desktop.casework.dues import by_form
from tac_desktop.casework.record import Record, case_file_id
from tac_desktop.export.documents.issue import Issue

CASE = case_file_id("EP-901")
CHILD, SISTER, HEARING = "child-1", "child-2", "hearing-final"
WORDS = (
    "Ms Ŵynne-Gŷfon plans the visit a week ahead and brings what she has promised. ",
    "She spoke of the carer with respect and asked how the nights have been. ",
    "When the child turned away she waited, sat down on the floor and let the child come. ",
    "The goodbye is always the same: two pages of the book, the coat, a wave at the window. ",
)


def record(form: str, record_id: str, **answers: Answer) -> Record:
    return Record(id=record_id, form=form, version=1, case_file=CASE, stream=CASE, answers=answers)


def scan(pages: int = 2, *, wide: bool = False) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=landscape(A4) if wide else A4, invariant=1)
    for page in range(1, pages + 1):
        canvas.setFont("Helvetica-Bold", 28)
        canvas.drawString(90, 400, f"Certificate of attendance, page {page}")
        canvas.rect(60, 60, canvas._pagesize[0] - 120, canvas._pagesize[1] - 120)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def camera_photo() -> bytes:
    picture = Image.effect_mandelbrot((1200, 900), (-2, -1.5, 1, 1.5), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Puce Camera"
    exif.get_ifd(0x8825)[2] = (51.0, 36.0, 0.0)  # GPS latitude
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"taken at home")
    return out.getvalue()


FILES = {"a" * 64: camera_photo(), "b" * 64: scan(2), "c" * 64: scan(1, wide=True)}


def the_family() -> list[Record]:
    return [
        record("mother", CASE, reference="EP-901", name="Siân Ŵynne-Gŷfon", prison_number="Z1234ZZ", prison="EP",
               date_of_birth="1992-04-09", known_as_child="in_care"),
        record("child", CHILD, name="Amber Willow", date_of_birth="2021-03-14", local_authority="cardiff",
               plan_status="lac", parental_responsibility="shared", social_worker="sw-2",
               wishes="I want to see mummy and the big bear.", needs="A quiet end to the day, and to know when."),
        record("child", SISTER, name="Beige Willow", unborn=True, due_date="2027-02-20", local_authority="cardiff"),
        record("placement", "pl-1", child=CHILD, at_referral=True, arrangement="family_kinship",
               carer="Ochre Lantern, maternal aunt", arranged_by="private"),
        record("placement", "pl-2", child=CHILD, at_referral=False, from_date="2026-06-11", arrangement="foster_care",
               carer="Secret Carer of 4 Hidden Lane", arranged_by="court_order"),
        record("childrens_social_worker", "sw-1", name="Teal Compass", local_authority="cardiff",
               team="locality_cin_cp", children=(CHILD,), from_date="2025-02", to_date="2026-05"),
        record("childrens_social_worker", "sw-2", name="Mauve Kettle", local_authority="cardiff", team="looked_after",
               children=(CHILD, SISTER), from_date="2026-05-04", phone="029 hidden"),
        record("order", "or-1", order_type="interim_care_order", children=(CHILD,), made_on="2026-06-11",
               court="Family Court at Cardiff", terms="Contact at the local authority’s discretion, every six weeks."),
        record("proceedings", "pr-1", started_by="local_authority", status="ongoing", started="2026-05-20",
               court="Family Court at Cardiff", case_number="CF26C50123", children=(CHILD,), solicitor="Jade Anvil",
               guardian="Olive Sextant"),
        record("hearing", "hearing-1", at="2026-06-11T10:00", hearing_type="case_management", proceedings="pr-1",
               court="Family Court at Cardiff", attendance="prison_video_link", outcome="Interim care order made.",
               preparation="SECRET PREPARATION with her barrister"),
        record("hearing", HEARING, at="2027-01-12T10:00", hearing_type="final", proceedings="pr-1",
               court="Family Court at Cardiff", attendance="in_person"),
    ]  # fmt: skip


def the_service() -> list[Record]:
    return [
        record("custody", "cu-1", legal_status="remand", offence_category="drugs"),
        record("custody", "cu-2", from_date="2025-02-03", legal_status="sentenced", sentence_months=36,
               expected_release="2027-03-01", offence_category="drugs", child_related_offence=NotKnown()),
        record("referral", "re-1", date="2025-02-06", source="omu_pom"),
        record("episode", "ep-1", opened="2025-02-11", opened_because="first"),
        record("baseline", "ba-1", first_meeting="2025-02-11"),
        record("triage", "tr-1", date="2025-02-11", written_by="herself",
               own_words="To know where I stand.\nNobody tells me when my social worker changes <again> & again.",
               hopes="That A. knows my voice."),
        record("challenge", "ch-1", challenge="domestic_abuse_ongoing", recorded="2025-06-01", note="SECRET CHALLENGE"),
        record("course", "co-1", title="Parenting from Prison", provider="Pact", completed="2025-08-02", sessions=8,
               learned="She says: “I learned to wait.” The tutor saw her use it on the next visit.",
               certificate="b" * 64),
        record("course", "co-2", title="Level 2 Childcare", course="nurturing", started="2026-09-01"),
        record("evidence", "ev-1", date="2026-08-08", title="She comforts her child at the goodbye",
               seen_by="Family engagement worker", account=WORDS[2] * 2, paper="c" * 64),
        record("staff_statement", "st-1", date="2026-11-04", staff_name="Rhiannon Llŷr",
               staff_role="family engagement worker", agreed=True,
               statement="\n\n".join("".join(WORDS[n % 4 :] + WORDS[: n % 3]) * 2 for n in range(9))),
        record("staff_statement", "st-2", date="2026-11-05", staff_name="Secret Officer", agreed=False,
               statement="SECRET STATEMENT"),
        record("photo", "ph-1", image="a" * 64, caption="Mother and child read a book at the family day",
               date="2026-08-08", taken_by="Rhiannon Llŷr", consent="the local authority", children=(CHILD,)),
        record("photo", "ph-2", image="a" * 64, caption="SECRET PHOTO", withheld_from=("other_party",)),
        record("paper", "pa-1", title="School report, July 2026", document_type="school_report", date="2026-07-17",
               file="b" * 64),
        record("paper", "pa-2", title="SECRET ADVICE", document_type="solicitor_letter", file="b" * 64),
    ]  # fmt: skip


def a_contact(number: int, kind: str) -> Record:
    at = f"2026-{number % 10 + 1:02}-{number * 7 % 28 + 1:02}T{9 + number % 8:02}:15"
    withheld: dict[str, Answer] = {"withheld_from": ("court",)} if number == 7 else {}
    return record("contact", f"ct-{number:03}", at=at, kind=kind, reached=number % 8 != 5,
                  with_whom=("childrens_sw", "foster_carer")[: 1 + number % 2], who="SECRET Slate Inkwell",
                  children=(CHILD,) if number % 3 else (), summary="SECRET NOTE " + WORDS[number % 4],
                  **withheld)  # fmt: skip


def the_contacts() -> list[Record]:
    kinds = ("one_to_one", "phone", "letter", "meeting", "video_call", "contact_attempt", "email", "visit_support")
    return [a_contact(number, kinds[number % 8]) for number in range(60)]


def the_assessment() -> Record:
    from tac_desktop.casework.forms.assessment import DOMAINS

    aspects = {"seen": WORDS[0] + WORDS[2], "strengths": "Warm, calm, playful.", "work": "Has not yet cared overnight."}
    answers = {
        f"{domain}_{key}_{aspect}": text
        for domain, _, dimensions in DOMAINS
        for key, _ in dimensions[:-1]
        for aspect, text in aspects.items()
    }
    return record("assessment", "as-1", title="Parenting assessment of autumn 2026", completed="2026-10-30",
                  assessed_by="Eleri Prŷs, social worker", children=(CHILD,), purpose="Asked for by the guardian.",
                  sources="Nine family days, 34 video calls, twelve sessions.\nThe school’s report of July 2026.",
                  analysis="".join(WORDS) * 3,
                  mothers_view="It is fair. I would have liked to be asked about the bear.",
                  conclusion=WORDS[0],
                  limits="No observation overnight was possible.", **answers)  # fmt: skip


@pytest.fixture
def view() -> CaseView:
    records = by_form([*the_family(), *the_service(), *the_contacts(), the_assessment()])
    return CaseView(mother=records["mother"][0], records=records, known_on="2026-11-21")


@pytest.fixture
def issue() -> Issue:
    return Issue(
        issued_on="2026-11-21",
        prepared_by="Eleri Prŷs, prison-based social worker, HMP Eastwood Park",
        version=3,
        replaces_issue_of="2026-11-06",
        hearing=HEARING,
    )


@pytest.fixture
def files() -> dict[str, bytes]:
    return dict(FILES)
