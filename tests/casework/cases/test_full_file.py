"""The page of a case stays as cheap with a full file as with an empty one."""

from django.urls import reverse

from casework.cases.models import Case
from tests.bench.file import fill
from tests.bench.pages import queries
from tests.cast import Cast
from tests.fixtures import SignIn, text


def test_a_case_page_with_a_full_file_asks_at_most_25_queries(signed_in: SignIn, cast: Cast, case: Case) -> None:
    fill(case, cast.alma)
    client, path = signed_in(cast.alma), reverse("case", args=[case.number])
    assert "Vi gick igenom läget" in text(client.get(path))
    assert queries(lambda: client.get(path)) <= 25
