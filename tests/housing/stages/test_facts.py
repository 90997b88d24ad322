"""The facts of housing in a disclosure that rests on no stage: of the case, and to each receiver only its own."""

import pytest

from audit import trail
from audit.tags import Tag
from casework.cases.disclosures import actions, contents, copying
from casework.cases.disclosures.models import DisclosureWords
from casework.cases.models import Case
from housing.fortur.models import ForturApplication, ForturWords
from housing.stages import facts, table
from housing.stages.models import TrackStage
from tests.cast import Cast
from tests.housing import made
from tests.housing.stages.conftest import TODAY, Way, ask, make_hold, text_of

OF_NEED = ("provider", "municipality", "public_landlord", "private_landlord")
REST = ("housing_region", "housing_home", "housing_contact", "housing_certificate")


def value(case: Case, key: str) -> str:
    return contents.FACTS[key].value(case, None)


@pytest.mark.parametrize("receiver", OF_NEED)
def test_a_need_is_told_by_the_fields_of_its_receiver(way: Way, receiver: str) -> None:
    told = value(way.case, table.need_fact(receiver))
    labels = {line.partition(":")[0] for line in told.splitlines()}
    assert labels == {table.LABELS[key] for key in table.need_fields(receiver)}
    assert ("hedersmotiv" in told) == (receiver in ("provider", "municipality"))


def test_each_receiver_of_a_need_has_its_fact_and_the_queue_none() -> None:
    housing = {key for key in contents.FACTS if key.startswith("housing_")}
    assert housing == {*REST, *(table.need_fact(receiver) for receiver in OF_NEED)}
    weights = {key: contents.FACTS[key].weight for key in REST}
    assert weights == dict(zip(REST, ("place", "place", "plain", "plain"), strict=True))


def test_where_school_or_work_is_and_which_home_are_places(way: Way) -> None:
    assert value(way.case, "housing_region") == "Trelleborg"
    assert value(way.case, "housing_home") == ""
    make_hold(way)
    assert value(way.case, "housing_home") == "Xyzgatan 3, Xyz1203, 21212 Xyzstad"


def test_a_home_without_an_address_is_told_by_what_it_is_called(way: Way) -> None:
    home = made.make_home()
    assert facts.place_of(home) == home.name


def test_the_one_to_call_is_the_kontaktperson_at_work(way: Way) -> None:
    assert value(way.case, "housing_contact") == "Alma Lind"
    ask(way, "stage_profile", phone="040-2")
    assert value(way.case, "housing_contact") == "Alma Lind, 040-2"
    assert str(TrackStage.objects.get()) == str(TrackStage.objects.get().pk)


def test_a_certificate_is_told_when_another_has_approved_it(way: Way) -> None:
    application = ForturApplication(
        track=way.track, case=way.case, client_id=way.case.client_id, landlord=made.make_landlord(),
        lease="first_hand", written_by=way.contact, words=ForturWords(certificate="Xyzintyg"),
    )  # fmt: skip
    with trail.act(Tag.IMPORTED):
        application.save()
    assert value(way.case, "housing_certificate") == ""
    with trail.act(Tag.IMPORTED):
        application.approved_by, application.approved_at = way.chief, way.case.created_at
        application.save()
    assert value(way.case, "housing_certificate") == "Xyzintyg"


def test_a_case_without_a_need_has_nothing_to_tell(cast: Cast, case: Case) -> None:
    assert [value(case, table.need_fact(receiver)) for receiver in OF_NEED] == [""] * 4
    assert [value(case, key) for key in REST] == ["", "", "Alma Lind", ""]


def test_what_is_given_out_without_a_stage_is_copied_among_the_disclosures(way: Way) -> None:
    words = DisclosureWords(recipient="Kuratorn", purpose="Stöd", facts=["housing_profile_private_landlord"])
    proposed = actions.propose_disclosure(
        by=way.contact, case=way.case, provision="osl_12_2", consent=way.consent, asked_on=TODAY, words=words
    )
    given = actions.give_disclosure(by=way.contact, disclosure=proposed)
    page = text_of(copying.partner_copy(way.contact, given, way.case.created_at))
    assert "Vuxna: 2" in page
    assert "hedersmotiv" not in page
