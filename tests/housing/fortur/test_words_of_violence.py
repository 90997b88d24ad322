import pytest

from housing.words_of_violence import GROUPS, found, found_why

TELLING = """
våld våldet våldsutsatt VÅLD hedersvåld eftervåld misshandel misshandlade misshandlats hot hotet hotad hotbild dödshot
heder hedersrelaterad förtryck kränkningar trakasserier stalking förföljd övergrepp överfallslarm våldtäkt slog slagen
skydd skyddat skyddade skyddsbehov personskydd fingerade sekretessmarkering kvarskriven hemlig kvinnojouren kriscentrum
jourboende förövaren gärningsmannen våldsutövare exman ex-man exsambon polis polisen polisanmälan brott brottsoffer
målsägande häktad fängelse domstol tingsrätten Förvaltningsrätten rättegång kontaktförbud domen dömdes rädd rädsla flykt
""".split()
HARMLESS = """
hotell hotellet förslag avslag beslag slags invånare överväldigande policy förmåga besittningsskydd skyddsrum offert
offentlig brottas räddningstjänst fastighetsjour jourtelefon flytt flytta boende trygghet lugn barn hyra kontrakt
samtycke hederlig
""".split()


@pytest.mark.parametrize("word", TELLING)
def test_a_word_that_tells_of_violence_is_found_in_a_sentence(word: str) -> None:
    assert found(f"Familjen behöver ett hem efter {word}, snart.") == [word]


@pytest.mark.parametrize("word", HARMLESS)
def test_an_everyday_word_is_left_alone(word: str) -> None:
    assert found(f"Familjen behöver {word} snart.") == []


@pytest.mark.parametrize(
    "text", ["vå\u00adldet", "va\u030aldet", "vå\u200bldet", "ｖåldet", "MKB-våldet", "_våldet_1", "polis’våldet"]
)
def test_a_word_is_found_however_its_letters_are_written(text: str) -> None:
    assert found(text)


def test_each_word_is_told_once_with_what_it_gives_away() -> None:
    rows = found_why("Hotet var känt av polisen. Polisen såg hotet och POLISEN kom.")

    assert [(row.word, row.why) for row in rows] == [
        ("Hotet", "berättar om våld eller hot"),
        ("polisen", "berättar om polis eller brott"),
    ]


def test_every_group_has_a_reason_of_its_own() -> None:
    assert len({group.why for group in GROUPS}) == len(GROUPS)
