"""Group supervision in real browsers: what reaches somebody without the case, and thirty ideas by keyboard."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, Response, expect

from casework.cases.models import Case, Narrative
from casework.clients.models import Address, Channels, Identity
from casework.crypto import keyring
from contacts.supervision import actions
from contacts.supervision.models import GroupSession, Idea, MentoringWords, Presentation
from tests import factories
from tests.contacts.supervision.group import bring, idea, make_goal, make_group
from tests.walks.conftest import tab
from tests.walks.looking import looks
from tests.walks.stage import Stage, set_up, sign_in

# Nothing else on any page looks like these, and no two of them are alike.
HERS = {
    "given name": "Quorzibelle",
    "family name": "Vrxandersdotter",
    "number": "199004121239",
    "language": "Zyrjaniska",
    "street": "Wqvistgränd 77",
    "postal code": "98765",
    "town": "Xyltköping",
    "note": "Kodlåset Jqrvik",
    "phone": "0799123987",
    "safe way": "Pwelkina ringer",
    "code word": "Hjxtron",
    "background": "Fzlmsborg i bakgrunden",
    "wish": "Nqvarna i önskan",
    "journal": "Tkwista i journalen",
}


@pytest.fixture
def stage(page: Page) -> Stage:
    made = set_up()
    with keyring.scope():
        case, client = made.case, made.case.client
        client.identity = Identity(
            HERS["given name"], HERS["family name"], HERS["number"], "personnummer", HERS["language"]
        )
        client.address = Address(HERS["street"], HERS["postal code"], HERS["town"], HERS["note"])
        client.channels = Channels(HERS["safe way"], HERS["phone"], "", HERS["code word"], "")
        client.save()
        case.narrative = Narrative(background=HERS["background"], wishes=HERS["wish"])
        case.save()
        factories.make_step(made.cast.alma, case, text=HERS["journal"])
    return made


@pytest.fixture
def second(browser: Browser, live_server: Any, page: Page) -> Iterator[Page]:
    """The tab of a colleague, in a browser of her own."""
    yield from tab(browser, live_server.url)


def listen(page: Page) -> list[str]:
    """The address, headers and text of every page and answer from now on."""
    heard: list[str] = []

    def keep(response: Response) -> None:
        kind = response.headers.get("content-type", "")
        body = response.text() if response.ok and ("html" in kind or "json" in kind) else ""
        heard.append(f"{response.url}\n{response.headers}\n{body}")

    page.on("response", keep)
    return heard


def tells(case: Case, *texts: str) -> list[str]:
    """What of hers stands in the texts, in any case and any notation of numbers."""
    words = {**HERS, "case number": case.number, "case id": str(case.pk), "client id": str(case.client_id)}
    whole = "\n".join(texts).casefold()
    digits = re.sub(r"[\s\-+]", "", whole)
    found = [
        what for what, word in words.items() if any(part.casefold() in whole for part in [word, *word.split()[:1]])
    ]
    numbers = (HERS["number"][2:], HERS["phone"], case.number.replace("-", ""))
    return found + [number for number in numbers if number in digits]


def printed(page: Page) -> str:
    """What would stand on paper."""
    page.emulate_media(media="print")
    text = str(page.evaluate("document.body.innerText"))
    page.emulate_media(media="screen")
    return text


def test_a_participant_without_the_case_never_learns_who_it_is(page: Page, second: Page, stage: Stage) -> None:
    cast, case = stage.cast, stage.case
    with keyring.scope():
        group = make_group(cast.cecilia, cast.alma, cast.bo, state="planned")
    sign_in(page, "alma")
    write_the_sheet(page, case)
    sign_in(second, "bo")
    heard, seen = listen(second), []
    for move in ("", "begin", "finish"):
        if move:
            with keyring.scope():
                actions.move_session(by=cast.cecilia, session=group, name=move)
        for place in ("/handledning/", f"/handledning/{group.pk}/", f"/handledning/{group.pk}/?nr=1"):
            second.goto(place)
            seen += [second.content(), second.title(), second.url, printed(second)]
        if move == "begin":
            expect(second.locator(".brief")).to_contain_text("Hur kan hon sjunga utan risk?")
            expect(second.locator(".brief")).to_contain_text(case.pseudonym)
            exchange_ideas(page, second, group)
            seen.append(second.content())
    assert not tells(case, *seen, *heard)
    assert case.pseudonym not in second.content()
    sheet = Presentation.objects.get()
    for place in (f"/arenden/{case.number}/", f"/arenden/{case.number}/handledning/{sheet.pk}/"):
        answer = second.goto(place)
        assert answer is not None
        assert answer.status == 404


def write_the_sheet(page: Page, case: Case) -> None:
    """Alma brings the case; a name in the text is pointed out first."""
    page.goto("/handledning/")
    page.click("text=Ta upp ett ärende")
    page.click(f".pick-list >> text={case.pseudonym}")
    expect(page.locator(".case-header")).to_contain_text(case.number)
    page.fill("[name=help_wanted]", "Hur kan hon sjunga utan risk?")
    page.fill("[name=strengths]", f"{HERS['given name']}s röst")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".field--error")).to_contain_text("Skriv om det.")
    expect(page.locator("[name=strengths]")).to_have_value(f"{HERS['given name']}s röst")
    page.fill("[name=strengths]", "Hennes röst")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/handledning/**?nr=1")


def exchange_ideas(page: Page, second: Page, group: GroupSession) -> None:
    """An idea of each reaches the other without a reload."""
    page.goto(f"/handledning/{group.pk}/")
    for one, other, text in ((page, second, "Fråga i kören"), (second, page, "Sjung hemma först")):
        expect(one.locator("[name=text]")).to_be_visible()
        one.fill("[name=text]", text)
        one.keyboard.press("Enter")
        expect(one.locator("[name=text]")).to_have_value("")
        expect(other.locator(".ideas")).to_contain_text(text)
        expect(one.locator(".ideas li", has_text=text)).to_have_count(1)


def test_thirty_ideas_by_keyboard(page: Page, stage: Stage) -> None:
    cast = stage.cast
    with keyring.scope():
        group = make_group(cast.cecilia, cast.alma, cast.bo)
        bring(cast.alma, group, stage.case)
    sign_in(page, "bo")
    page.goto(f"/handledning/{group.pk}/")
    expect(page.locator("[name=text]")).to_be_focused()
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    for at in range(30):
        page.keyboard.type(f"Idé nummer {at}")
        page.keyboard.press("Enter")
    expect(page.locator(".ideas li:not([data-waiting])")).to_have_count(30, timeout=60_000)
    expect(page.locator("[name=text]")).to_be_focused()
    expect(page.locator("[data-idea-count]")).to_have_text("30")
    assert not loads
    with keyring.scope():
        texts = [each.words.open().text for each in Idea.objects.order_by("created_at")]
    assert texts == [f"Idé nummer {at}" for at in range(30)]


def test_the_same_without_script(page: Page, browser: Browser, live_server: Any, stage: Stage) -> None:
    cast = stage.cast
    with keyring.scope():
        group = make_group(cast.cecilia, cast.bo, cast.alma)
        bring(cast.alma, group, stage.case)
    sign_in(page, "bo")
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(f"/handledning/{group.pk}/")
    plain.bring_to_front()
    for at in range(3):
        expect(plain.locator("[name=text]")).to_be_focused()
        plain.keyboard.type(f"Idé {at}")
        plain.keyboard.press("Enter")
        expect(plain.locator(".ideas li")).to_have_count(at + 1)
    context.close()


def test_an_idea_survives_a_lost_request_and_the_end_is_told(page: Page, stage: Stage) -> None:
    cast = stage.cast
    with keyring.scope():
        group = make_group(cast.cecilia, cast.alma, cast.bo)
        bring(cast.alma, group, stage.case)
    sign_in(page, "bo")
    page.goto(f"/handledning/{group.pk}/")
    page.route("**/ide/", lambda route: route.abort(), times=1)
    page.fill("[name=text]", "Kom fram till slut")
    page.keyboard.press("Enter")
    expect(page.locator("[data-idea-status]")).to_contain_text("försöker igen")
    expect(page.locator(".ideas li:not([data-waiting])")).to_have_text("Kom fram till slut")
    assert Idea.objects.count() == 1
    with keyring.scope():
        actions.move_session(by=cast.cecilia, session=group, name="finish")
    expect(page.locator(".empty")).to_contain_text("Underlagen är stängda")


# --- how it looks -----------------------------------------------------------------------------------------------------


def look(page: Page, place: str, name: str) -> None:
    answer = page.goto(place)
    assert answer is not None
    assert answer.status == 200, place
    looks(page, f"supervision-{name}")


def fill(stage: Stage) -> tuple[GroupSession, Presentation]:
    """A session going on with two cases and some ideas, one to come, one held."""
    cast = stage.cast
    other = factories.make_case(cast.cecilia, given_name="Maj")
    factories.assign(cast.cecilia, other, cast.bo)
    held = make_group(cast.cecilia, cast.alma, cast.bo, state="held")
    held.planned_at -= timedelta(days=7)
    held.save()
    make_group(cast.cecilia, cast.alma, cast.bo, state="planned", days=7)
    group = make_group(cast.cecilia, cast.alma, cast.bo)
    strong = "Lagar mat till trettio personer\nHar alltid hållit tider\nSjöng i kör i åtta år"
    sheet = bring(cast.alma, group, stage.case, strengths=strong, wishes="Sjunga igen\nHa någon att äta med")
    bring(cast.bo, group, other)
    for text in ("Fråga i kören om man får komma och lyssna", "Sjung hemma först", "Bjud in systern på middag"):
        idea(cast.bo, sheet, text)
    return group, sheet


def test_the_pages_of_the_group(page: Page, stage: Stage) -> None:
    number = stage.case.number
    sign_in(page, "alma")
    look(page, "/handledning/", "none")
    with keyring.scope():
        group, sheet = fill(stage)
        free = make_group(stage.cast.cecilia, stage.cast.alma, state="planned", days=3)
    look(page, "/handledning/", "index")
    look(page, f"/handledning/{group.pk}/", "session")
    look(page, f"/handledning/{free.pk}/", "empty")
    look(page, f"/handledning/{free.pk}/ta-upp/", "bring")
    look(page, f"/arenden/{number}/ta-upp/{free.pk}/", "present")
    page.fill("[name=help_wanted]", "Ring 040-12 34 56")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[name=sure]")).to_be_visible()
    looks(page, "supervision-warned")
    page.fill("[name=help_wanted]", "")
    look(page, f"/handledning/underlag/{sheet.pk}/valj/", "no-goal")
    with keyring.scope():
        make_goal(stage.cast.alma, stage.case)
    look(page, f"/handledning/underlag/{sheet.pk}/valj/", "choose")
    page.check("[name^=pick_] >> nth=0")
    page.check("[name^=pick_] >> nth=2")
    looks(page, "supervision-chosen")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/arenden/**")
    looks(page, "supervision-sheet")
    look(page, f"/arenden/{number}/", "case")
    look(page, "/handledning/enskild/", "mentorings-none")


def test_the_pages_of_who_leads(page: Page, stage: Stage) -> None:
    cast, today = stage.cast, timezone.localdate()
    sign_in(page, "cecilia")
    look(page, "/handledning/", "lead-none")
    with keyring.scope():
        group, _ = fill(stage)
        words = MentoringWords(focus="Att våga vänta in svaret", agreement="Pröva två samtal utan att fylla tystnaden")
        next_on = today + timedelta(days=14)
        for worker, ago in ((cast.alma, 3), (cast.bo, 60)):
            actions.note_mentoring(
                by=cast.cecilia, worker=worker, kind="field", held_on=today - timedelta(days=ago), words=words,
                next_on=next_on if worker == cast.alma else None,
            )  # fmt: skip
    look(page, "/handledning/", "lead-index")
    look(page, f"/handledning/planera/{cast.section.pk}/", "lead-plan")
    look(page, f"/handledning/{group.pk}/", "lead-session")
    look(page, f"/handledning/{group.pk}/andra/", "lead-change")
    look(page, f"/handledning/{group.pk}/lage/finish/", "lead-finish")
    look(page, "/handledning/enskild/", "lead-mentorings")
    look(page, "/handledning/enskild/ny/", "lead-mentoring")
    page.goto(f"/handledning/{group.pk}/lage/finish/")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/handledning/{group.pk}/")
    looks(page, "supervision-lead-held")
    page.click("text=Planera samma tid nästa vecka")
    expect(page.locator(".messages")).to_contain_text("Nästa handledning är planerad.")
