"""The pages of a change of identity: the form, the hits in their texts, and the end."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.tags import Tag
from casework.cases.models import Case, JournalNote
from casework.clients.models import Client
from casework.clients.protection import readers
from casework.clients.protection.models import IdentityChange, MaskingHit
from casework.drafts import store
from tests import factories
from tests.casework.protection.conftest import begin, child_of, exposure, hits, told
from tests.casework.protection.test_masking import decide, document, propose, rewrite
from tests.cast import Cast
from tests.fixtures import SignIn, events, last_event, send, text

ALERT = "Texter med den tidigare identiteten ska gås igenom."


def page(case: Case, more: str = "") -> str:
    return f"/arenden/{case.number}/skydd/maskering/{more}"


def test_an_identity_is_replaced_by_its_form(signed_in: SignIn, cast: Cast, named: Case) -> None:
    client, url = signed_in(cast.alma), f"/arenden/{named.number}/skydd/byt-identitet/"
    assert "Rosalinde" not in text(client.get(url))
    data = {"given_name": "Berit", "family_name": "Ny", "grounds": "Beslut", "version": 1, "once": str(uuid4())}
    for _ in range(2):
        assert send(client, url, **data).url == page(named)
    assert len(events(Tag.IDENTITY_CHANGE_BEGUN)) == 1
    assert ALERT in text(client.get(f"/arenden/{named.number}/"))
    again = text(send(client, url, **{**data, "once": str(uuid4()), "version": 2}))
    assert "byter redan identitet" in again


def test_a_stale_form_shows_both_and_an_empty_reason_is_refused(signed_in: SignIn, cast: Cast, named: Case) -> None:
    client, url = signed_in(cast.alma), f"/arenden/{named.number}/skydd/byt-identitet/"
    data = {"given_name": "Berit", "language": "Dari", "grounds": "Beslut", "version": 9}
    assert "Någon annan hann ändra" in text(send(client, url, **data))
    assert "Fyll i varför" in text(send(client, url, **{**data, "grounds": ""})) or not IdentityChange.objects.exists()
    assert Client.objects.get(pk=named.client_id).identity.open().given_name == "Rosalinde"


def test_each_hit_stands_in_its_text(signed_in: SignIn, cast: Cast, named: Case) -> None:
    told(cast, named, f"{'ord ' * 40}Rosalinde{' ord' * 40}")
    child_of(cast, named)
    document(cast, named)
    propose(cast.cecilia, hits(begin(cast, named), "Client")[0], mask=False, why="Barnets namn")
    body = text(signed_in(cast.alma).get(page(named)))
    for shown in ("… ", "<mark>Rosalinde</mark>", "<mark>Kvitsund</mark>", "Journalanteckning", "Barnets namn",
                  "Cecilia Holm föreslog", "Öppna filen och se efter", "0 av 4 träffar"):  # fmt: skip
        assert shown in body
    assert "Avsluta bytet" not in body


def test_two_persons_mask_by_the_page(signed_in: SignIn, cast: Cast, named: Case) -> None:
    note = told(cast, named)
    (hit,) = hits(begin(cast, named))
    alma, cecilia, url = signed_in(cast.alma), signed_in(cast.cecilia), page(named, f"{hit.pk}/?page=1")
    assert send(alma, url, verdict="mask", why="").url == f"{page(named)}?page=1#rad-{note.pk}"
    own = text(alma.get(page(named)))
    assert ">Maskera träffen</button>" not in own
    assert ">Maskera träffen</button>" in text(cecilia.get(page(named)))
    assert "En annan person beslutar" in text(send(alma, url, do="decide"))
    assert send(cecilia, url, do="decide").status_code == 302
    assert JournalNote.objects.get().content.open().text == "Jag ringde [maskerat] i dag."
    body = text(cecilia.get(page(named)))
    assert "Maskerad" in body
    assert "Avsluta bytet av identitet" in body
    assert "redan avgjord" in text(send(cecilia, url, do="decide"))


def test_what_is_wrong_is_said_at_the_hit(signed_in: SignIn, cast: Cast, named: Case) -> None:
    told(cast, named)
    (hit,) = hits(begin(cast, named))
    body = text(send(signed_in(cast.alma), page(named, f"{hit.pk}/"), verdict="leave", why=""))
    assert "Skriv varför träffen kan lämnas" in body
    assert f'id="{hit.pk}_propose_why"' in body


def test_a_changed_text_is_shown_whole_and_its_words_kept_nowhere(signed_in: SignIn, cast: Cast, named: Case) -> None:
    incident = exposure(cast, named, "Rosalinde")
    (hit,) = hits(begin(cast, named))
    rewrite(cast, incident, "Ett brev till Rosalindes bror")
    propose(cast.alma, hit)
    client, url = signed_in(cast.cecilia), page(named, f"{hit.pk}/")
    body = text(client.get(page(named)))
    assert "Texten har ändrats." in body
    assert "Ett brev till Rosalindes bror" in body
    assert "Skriv av exakt de ord" in text(send(client, url, do="decide", exact="Annat"))
    assert send(client, url, do="decide", exact="Rosalindes").status_code == 302
    assert "exact" in store.SKIPPED


def test_a_text_that_is_gone_is_said_to_be(signed_in: SignIn, cast: Cast, named: Case) -> None:
    told(cast, named)
    (hit,) = hits(begin(cast, named))
    hit.field = "text.3"
    hit.save()
    assert "Texten finns inte längre." in text(signed_in(cast.alma).get(page(named)))
    hit.row = uuid4()
    hit.save()
    assert "Texten finns inte längre." in text(signed_in(cast.alma).get(page(named)))
    assert not readers.changed_since(hit)


def test_the_change_is_finished_by_its_form(signed_in: SignIn, cast: Cast, named: Case) -> None:
    told(cast, named)
    (hit,) = hits(begin(cast, named))
    client, url = signed_in(cast.alma), page(named, "klart/")
    assert "Kvar: 1" in text(send(client, url))
    decide(cast, hit)
    assert "Avsluta bytet" in text(client.get(url))
    token = str(uuid4())
    assert send(client, url, once=token).url == f"/arenden/{named.number}/skydd/"
    assert ALERT not in text(client.get(f"/arenden/{named.number}/"))
    assert send(client, url).status_code == 404
    assert "Inga texter att gå igenom" in text(client.get(page(named)))
    assert last_event(Tag.IDENTITY_CHANGE_DONE)


def test_a_page_without_hits_leads_to_the_end(signed_in: SignIn, cast: Cast, named: Case) -> None:
    begin(cast, named)
    body = text(signed_in(cast.alma).get(page(named)))
    assert "Inga träffar" in body
    assert "Avsluta bytet av identitet" in body


def test_strangers_and_other_cases_hits_are_not_found(signed_in: SignIn, cast: Cast, named: Case, case: Case) -> None:
    told(cast, named)
    (hit,) = hits(begin(cast, named))
    for user, status in ((cast.bo, 404), (cast.eva, 404), (cast.edvin, 404), (cast.lo, 403), (cast.cecilia, 200)):
        assert signed_in(user).get(page(named)).status_code == status
    client = signed_in(cast.alma)
    assert send(client, page(case, f"{hit.pk}/"), verdict="mask").status_code == 404
    assert send(client, page(case, "klart/")).status_code == 404
    assert MaskingHit.objects.get().state == "found"


def test_the_page_asks_the_same_however_many_hits(signed_in: SignIn, cast: Cast, named: Case) -> None:
    client, counts = signed_in(cast.alma), []
    told(cast, named)
    change = begin(cast, named)
    client.get(page(named))
    for more in (0, 9):
        for _ in range(more):
            (first, *_) = hits(change)
            note = factories.make_step(cast.alma, named, text="Rosalinde igen")
            facts: dict[str, Any] = {
                "change": change,
                "client_id": first.client_id,
                "model": first.model,
                "row": note.pk,
            }
            hit = MaskingHit(**facts, group="content", field="text", start=0, end=9, length=14)
            hit.words = first.words.open()
            hit.save()
        with CaptureQueriesContext(connection) as asked:
            client.get(page(named))
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", ["alma", "cecilia"])
def test_the_look_at_the_hits_is_in_the_cases_log(signed_in: SignIn, cast: Cast, named: Case, who: str) -> None:
    child_of(cast, named)
    begin(cast, named)
    signed_in(getattr(cast, who)).get(page(named))
    seen = last_event(Tag.PAGE_READ)
    assert {ref.case for ref in seen.refs if ref.case} == {named.number}
    assert any("casework.Client.identity" in name for name in seen.fields)
