"""The produced file: what stands on every page, what is gone from it, and who had to read it first."""

from typing import Any

import pytest
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases.consents.models import Consent, ConsentWords
from casework.cases.models import Case
from casework.cases.release import actions, moments
from casework.cases.release.models import Release
from casework.cases.rules import Refused
from casework.cases.timeline import readers as timeline
from casework.clients import actions as clients
from casework.clients.children import guardian_actions
from casework.clients.children.models import Child, GuardianWords
from casework.clients.relatives.models import RelatedPerson
from tests import factories
from tests.casework.release.making import (
    EVERY,
    approved,
    begin,
    disclose,
    every_stream,
    judged,
    mark,
    move,
    pieces,
    read,
)
from tests.cast import Cast
from tests.fixtures import cases_of, events, last_event

TODAY = timezone.localdate()


def protect(cast: Cast, case: Case, kind: str) -> None:
    clients.add_mark(by=cast.alma, case=case, kind=kind, valid_from=TODAY)


def printed(cast: Cast, release: Release) -> bytes:
    return actions.print_release(by=cast.alma, release=approved(cast.alma, cast.cecilia, release))


def test_every_page_has_the_number_the_mark_who_and_which(cast: Cast, case: Case) -> None:
    protect(cast, case, "SECRECY_MARKING")
    protect(cast, case, "FICTITIOUS_IDENTITY")
    for _ in range(4):
        factories.make_step(cast.alma, case, text="Vi talades vid om allt som hänt. " * 60)
    pages = read(printed(cast, begin(cast.alma, case)))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        for word in (
            case.number, "Sekretessmarkering", "Skyddade personuppgifter", "Utskrivet av Alma Lind",
            str(TODAY), f"sida {number} av {len(pages)}",
        ):  # fmt: skip
            assert word in page
        assert "ingerad" not in page
    assert "Utdrag ur personakten" in pages[0]


def test_a_covered_name_is_nowhere_in_the_file(cast: Cast, case: Case, sven: RelatedPerson) -> None:
    for text in ("Hon mötte Sven Xerxolund vid torget.", "Hela den här delen hålls inne.", "Hon mår bra nu."):
        factories.make_step(cast.alma, case, text=text)
    release = begin(cast.alma, case, parts=["notes"])
    first, second, _ = pieces(release)
    text = first.words.open().original.replace("Sven Xerxolund", "[täckt]")
    mark(cast.alma, first, "piece_covered", text=text, why="", tried=False)
    mark(cast.alma, second, "piece_held", why="OSL 26 kap. 1 §")
    content = printed(cast, release)
    told = "\n".join(read(content))
    assert "Hon mötte [täckt] vid torget." in told
    assert "Hon mår bra nu." in told
    assert told.count("En del har inte lämnats ut.") == 1
    inside = every_stream(content)
    for secret in ("Xerxolund", "Sven", "hålls inne", "26 kap. 1"):
        assert secret not in told
        assert secret.encode() not in inside
        assert secret.encode("utf-16-be") not in inside


def test_a_parents_own_file_holds_no_other_adults_data(
    cast: Cast, case: Case, sven: RelatedPerson, child: Child
) -> None:
    words = GuardianWords(name="Plyx Guardiansson", number="19001201-9801", basis="Domen", risks="Risken")
    more: dict[str, Any] = {"basis": "custody_joint", "valid_from": TODAY}
    guardian_actions.set_guardian(by=cast.alma, child=child, words=words, **more)
    other = factories.make_case(cast.cecilia, given_name="Annan", family_name="Vuxenson")
    factories.assign(cast.cecilia, other, cast.alma)
    factories.make_step(cast.alma, other, text="Den andra personens anteckning.")
    factories.make_step(cast.alma, case, text="Hennes egen anteckning.")
    told = "\n".join(read(printed(cast, begin(cast.alma, case, parts=EVERY))))
    assert "Hennes egen anteckning." in told
    for secret in ("Plyx", "Guardiansson", "Xerxolund", "Vuxenson", "andra personens", "Qvirina", other.number):
        assert secret not in told


def test_a_childs_file_bears_the_marks_of_the_home(cast: Cast, case: Case, child: Child) -> None:
    protect(cast, case, "SECRECY_MARKING")
    [page] = read(printed(cast, begin(cast.alma, case, child=child, parts=["consents", "disclosures"])))
    assert f"{case.number} · Sekretessmarkering" in page
    assert "Utdrag ur barnets personakt" in page


def test_a_warned_piece_goes_out_only_after_two_have_passed_it(cast: Cast, case: Case, sven: RelatedPerson) -> None:
    """JO 3779-2009: a person's own record was given to her with others' data in it."""
    factories.make_step(cast.alma, case, text="Sven väntade utanför.")
    release = begin(cast.alma, case, parts=["notes"])
    steps = [release, judged(cast.alma, release)]
    for waiting in steps:
        for user in (cast.alma, cast.cecilia):
            with pytest.raises(Refused):
                actions.print_release(by=user, release=waiting)
        with pytest.raises((Refused, policy.Forbidden)):
            move(cast.alma, waiting, "approve")
        with pytest.raises(Refused):
            move(cast.cecilia, waiting, "approve")
    assert not events(Tag.RELEASE_PRINTED)
    [piece] = pieces(steps[1])
    actions.pass_piece(by=cast.cecilia, piece=piece, version=piece.version)
    assert actions.print_release(by=cast.alma, release=move(cast.cecilia, steps[1], "approve"))
    [out] = pieces(release)
    assert (out.warned, out.marked_by, out.passed_by) == (True, cast.alma, cast.cecilia)


def test_each_print_is_logged_with_its_disclosure_and_the_first_hands_out(cast: Cast, case: Case) -> None:
    release = approved(cast.alma, cast.cecilia, begin(cast.alma, case))
    assert not list(moments.moments(case, None))
    actions.print_release(by=cast.alma, release=release)
    first = Release.objects.select_related("case", "disclosure").get()
    assert (first.state, first.handed_out_at is not None) == ("handed_out", True)
    actions.print_release(by=cast.cecilia, release=release)
    assert Release.objects.get().handed_out_at == first.handed_out_at
    assert len(events(Tag.RELEASE_PRINTED)) == 2
    event = last_event(Tag.RELEASE_PRINTED)
    assert cases_of(event) == {case.number}
    assert str(release.disclosure_id) in {ref.id for ref in event.refs}
    assert "Bakgrund" not in str(vars(event))
    with pytest.raises(policy.Forbidden):
        actions.print_release(by=cast.bo, release=first)


def test_the_timeline_tells_that_it_was_printed(cast: Cast, case: Case, child: Child) -> None:
    printed(cast, begin(cast.alma, case))
    printed(cast, begin(cast.alma, case, child=child, parts=["disclosures"]))
    days = timeline.page(case, kind="release").days  # type: ignore[attr-defined]
    titles = {shown.entry.title for day in days for shown in day.shown}
    assert titles == {"Personakten utskriven", "Ett barns personakt utskriven"}
    assert not list(moments.moments(case, timezone.now()))


def test_a_sign_that_cannot_be_printed_hands_nothing_out(cast: Cast, case: Case) -> None:
    release = approved(cast.alma, cast.cecilia, begin(cast.alma, case))
    cast.alma.display_name = "Alma \U0001f600"
    with pytest.raises(Refused, match="kan inte skrivas ut"):
        actions.print_release(by=cast.alma, release=release)
    assert Release.objects.get().state == "ready"
    assert not events(Tag.RELEASE_PRINTED)


def test_what_rests_on_a_consent_ends_with_it(cast: Cast, case: Case) -> None:
    facts = {"given_by": "person", "way": "oral", "given_on": TODAY, "until": TODAY, "noted_by": cast.alma}
    consent = Consent(case=case, client_id=case.client_id, **facts, words=ConsentWords(recipient="Advokaten"))
    with trail.act(Tag.IMPORTED):
        consent.save()
    disclosure = disclose(cast.alma, case, consent=consent)
    release = approved(cast.alma, cast.cecilia, begin(cast.alma, case, disclosure=disclosure))
    with trail.act(Tag.IMPORTED):
        consent.withdrawn_at, consent.withdrawn_by = timezone.now(), cast.alma
        consent.save()
    with pytest.raises(Refused, match="Samtycket gäller inte längre"):
        actions.print_release(by=cast.alma, release=release)
    with pytest.raises(Refused, match="Samtycket gäller inte längre"):
        begin(cast.alma, case, disclosure=disclosure)
    assert Release.objects.get().state == "ready"
