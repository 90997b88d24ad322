"""Covering and scanning, on plain texts."""

import pytest

from casework.cases.release.covering import COVER, Span, covered, is_covering, kept_parts, plain, segments, shown
from casework.cases.release.scanning import Watch, kinds, last_ten, words_of
from tests import factories

ORIGINAL = "Sven kom dit. Åsa ringde Sven."
WATCH = Watch(frozenset({"sven"} | words_of("Nour Al-Hassan")), frozenset({"1906069890"}), "", "26-48173-5")


@pytest.mark.parametrize(
    "text",
    [
        "[täckt] kom dit. Åsa ringde [täckt].",
        "Sven kom dit. [täckt]",
        "[täckt]",
        "[täckt][täckt] ringde Sven.",
        "Sven kom dit[täckt]Åsa[täckt]Sven.",
    ],
)
def test_parts_may_be_covered(text: str) -> None:
    assert is_covering(ORIGINAL, text)


@pytest.mark.parametrize(
    "text",
    [
        ORIGINAL,
        "",
        "Åsa ringde Sven.",
        "[täckt] ringde Åsa.",
        "Han kom dit. [täckt]",
        "[täckt] kom hit. Åsa ringde Sven.",
        "Åsa ringde [täckt] Sven kom dit.",
        "Sven kom dit. Åsa ringde Sven.[täckt]",
        "Sven kom dit.[täckt] Åsa ringde Sven.",
        "[täckt] dit. Åsa [täckt] dit. [täckt]",
    ],
)
def test_nothing_may_be_rewritten_moved_or_added(text: str) -> None:
    assert not is_covering(ORIGINAL, text)


def test_a_span_of_which_a_sign_is_left_is_still_shown() -> None:
    first, last = WATCH.find(ORIGINAL)
    for text, left in (
        (ORIGINAL, [first, last]), ("[täckt]n kom dit. Åsa ringde Sven.", [first, last]),
        ("[täckt] kom dit. Åsa ringde S[täckt].", [last]), ("[täckt]", []),
    ):  # fmt: skip
        assert shown([first, last], kept_parts(ORIGINAL, text) or []) == left


def test_what_is_covered_is_a_covering_and_is_gone() -> None:
    spans = WATCH.find(ORIGINAL)
    text = covered(ORIGINAL, spans)
    assert text == f"{COVER} kom dit. Åsa ringde {COVER}."
    assert is_covering(ORIGINAL, text)
    assert "".join(part for part, _ in segments(ORIGINAL, spans)) == ORIGINAL
    assert [part for part, marked in segments(ORIGINAL, spans) if marked] == ["Sven", "Sven"]


def test_a_snapshot_has_no_hidden_signs() -> None:
    assert plain("\ufeffS\u200bven\u00ad\r\nA\u030asa\tx\x07 ") == "Sven\nÅsa\tx"


@pytest.mark.parametrize(
    ("text", "marked", "what"),
    [
        ("Jag såg SVENS bil", "SVENS", "namn"),
        ("hos hassan igår", "hassan", "namn"),
        ("tel 070-123 45 67.", "070-123 45 67", "telefonnummer"),
        ("ring +46 40 123456", "+46 40 123456", "telefonnummer"),
        ("bor på 211 43 Malmö", "211 43", "postnummer"),
        ("bor på 21143 Malmö", "21143", "postnummer"),
        ("se 26-11111-2 också", "26-11111-2", "ärendenummer"),
        ("skriv till a.b@exempel.se nu", "a.b@exempel.se", "e-postadress"),
        ("nummer 190606-9890 står", "190606-9890", "personnummer"),
        ("20010230 T123 är", "20010230 T123", "personnummer"),
    ],
)
def test_what_may_be_about_others_is_found(text: str, marked: str, what: str) -> None:
    [found] = WATCH.find(text)
    assert (text[found.start : found.end], found.what) == (marked, what)


@pytest.mark.parametrize(
    "text",
    ["Svensson", "den 2026-03-01 14.02", "kl. 08.30", "26-48173-5", "5 120 kr", "12 000 kr", "al dente", "0-3 år", ""],
)
def test_what_is_nobodys_is_left_alone(text: str) -> None:
    assert not WATCH.find(text)


def test_every_valid_number_but_ones_own_is_found() -> None:
    own, other = factories.test_number(), factories.test_number()
    watch = Watch(frozenset(), frozenset(), last_ten(own))
    assert [span.what for span in watch.find(f"Hon {own}, han {other[:8]}-{other[8:]}")] == ["personnummer"]
    assert not watch.find(f"{own[:8]}-{own[8:]}")


def test_a_name_gives_its_words_and_not_the_small_ones() -> None:
    assert words_of("kusin till Ali von der Berg") == {"ali", "berg"}
    assert words_of("okänd man") == {"okänd", "man"}
    assert words_of("A. O'Neil-Öst") == {"neil", "öst"}
    assert kinds([Span(0, 1, "namn"), Span(2, 3, "namn"), Span(4, 5, "postnummer")]) == ["2 namn", "1 postnummer"]
