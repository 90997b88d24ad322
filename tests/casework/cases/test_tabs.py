"""The pages of a case lie side by side under its header, those that the role has."""

from casework.cases import tabs
from casework.cases.models import Case
from casework.policy import Permission
from tests.cast import Cast
from tests.fixtures import SignIn, text


def test_the_page_one_is_on_is_marked(signed_in: SignIn, cast: Cast, case: Case) -> None:
    page = text(signed_in(cast.alma).get(f"/arenden/{case.number}/"))
    assert f'<a href="/arenden/{case.number}/" aria-current="page">Översikt</a>' in page


def test_only_a_role_with_the_right_gets_a_tab(signed_in: SignIn, cast: Cast, case: Case) -> None:
    address = f'<a href="/arenden/{case.number}/logg/"'
    assert address not in text(signed_in(cast.alma).get(f"/arenden/{case.number}/"))
    assert address in text(signed_in(cast.cecilia).get(f"/arenden/{case.number}/"))


def test_the_longest_address_that_fits_is_the_current_one(cast: Cast, case: Case) -> None:
    def current(path: str) -> list[tuple[str, list[str]]]:
        found = [tab for tab in tabs.for_case(cast.cecilia, case.number, path) if tab.current]
        return [(tab.label, [page.label for page in tab.pages if page.current]) for tab in found]

    assert current(f"/arenden/{case.number}/logg/") == [("Översikt", ["Logg"])]
    assert current(f"/arenden/{case.number}/om/") == [("Översikt", ["Översikt"])]
    assert current("/sektionen/") == []


def test_a_tab_with_one_page_names_no_pages(cast: Cast, case: Case) -> None:
    tabs.register(tabs.Tab("Ensam", "narrative_change", Permission.CASE_READ, 99, "För sig"))
    try:
        alone = tabs.for_case(cast.cecilia, case.number, f"/arenden/{case.number}/om/")[-1]
    finally:
        del tabs._tabs["narrative_change"]
    assert (alone.label, alone.pages) == ("För sig", ())


def test_a_page_that_is_not_installed_has_no_tab(cast: Cast, case: Case) -> None:
    tabs.register(tabs.Tab("Ingen sida", "no_such_page", Permission.CASE_READ))
    try:
        found = tabs.for_case(cast.alma, case.number, "/")
        assert "Ingen sida" not in [tab.label for tab in found]
    finally:
        del tabs._tabs["no_such_page"]
