"""Input types and the base form: what is accepted, what is said when it is not, and how it is drawn."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from casework.forms import (
    CleanTextField,
    Form,
    Group,
    IdempotencyMixin,
    SwedishDateField,
    SwedishDateTimeField,
    SwedishTimeField,
    VersionMixin,
)


class Sample(IdempotencyMixin, Form):
    kind = forms.ChoiceField(label="Typ av insats", choices=[("a", "Samtal")], widget=forms.RadioSelect)
    text = CleanTextField(label="Vad hände?", rows=4, max_length=20, help_text="Kort.")
    minutes = forms.IntegerField(label="Minuter", min_value=1)
    at = SwedishDateTimeField(label="När")
    done = forms.BooleanField(label="Genomförd")
    due = SwedishDateField(label="Senast", required=False)
    groups = (Group("Insatsen", ["kind", ("minutes", "at"), "text", "missing"], "Det du gjorde."),)


def refusal(field: forms.Field, value: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    return " ".join(caught.value.messages)


@pytest.mark.parametrize(
    "written", ["2026-03-01", "1/3 2026", "01/03 2026", "20260301", " 2026-3-1 ", date(2026, 3, 1)]
)
def test_a_date_is_read_three_ways(written: Any) -> None:
    assert SwedishDateField().clean(written) == date(2026, 3, 1)


@pytest.mark.parametrize("written", ["03/01/2026", "1/3", "1.3.2026", "260301", "i dag", "2026-03-01x", "٢٠٢٦-٠٣-٠١"])
def test_other_dates_are_refused_with_the_pattern(written: str) -> None:
    assert refusal(SwedishDateField(), written) == "Skriv datumet så här: 2026-03-01."


def test_a_date_that_does_not_exist_is_named() -> None:
    assert refusal(SwedishDateField(), "30/2 2026") == "Datumet 2026-02-30 finns inte i kalendern."
    assert "mellan 1900 och 2100" in refusal(SwedishDateField(), "0226-03-01")


def test_a_date_can_be_held_to_one_side_of_today() -> None:
    today = timezone.localdate()
    assert "framtiden" in refusal(SwedishDateField(allow_future=False), str(today + timedelta(days=1)))
    assert "passerat" in refusal(SwedishDateField(allow_past=False), str(today - timedelta(days=1)))
    assert SwedishDateField(allow_future=False, allow_past=False).clean(str(today)) == today


def test_an_optional_date_may_be_empty() -> None:
    assert SwedishDateField(required=False).clean("") is None


def test_a_moment_given_as_a_date_is_the_local_day() -> None:
    assert SwedishDateField().clean(datetime(2026, 3, 1, 23, 30, tzinfo=UTC)) == date(2026, 3, 2)


def test_the_same_date_written_otherwise_is_no_change() -> None:
    field = SwedishDateField()
    assert not field.has_changed(date(2026, 3, 1), "1/3 2026")
    assert field.has_changed(date(2026, 3, 1), "2026-03-02")
    assert field.has_changed(date(2026, 3, 1), "strunt")


@pytest.mark.parametrize("written", ["14.02", "14:02", "1402", time(14, 2)])
def test_a_clock_time_is_read_three_ways(written: Any) -> None:
    assert SwedishTimeField().clean(written) == time(14, 2)


@pytest.mark.parametrize("written", ["24.00", "12.60", "14", "2 pm", "14.2"])
def test_other_clock_times_are_refused(written: str) -> None:
    assert refusal(SwedishTimeField(), written) == "Skriv klockslaget så här: 14.02."


def test_an_optional_clock_time_may_be_empty() -> None:
    assert SwedishTimeField(required=False).clean("") is None


def test_a_moment_is_local_time() -> None:
    moment = SwedishDateTimeField().clean(["1/3 2026", "14.02"])
    assert moment == datetime(2026, 3, 1, 13, 2, tzinfo=UTC)


def test_the_hour_that_summer_time_skips_is_refused() -> None:
    assert "sommartid" in refusal(SwedishDateTimeField(), ["2026-03-29", "02.30"])


def test_the_hour_that_comes_twice_is_the_first() -> None:
    assert SwedishDateTimeField().clean(["2026-10-25", "02.30"]).astimezone(UTC).hour == 0


def test_a_moment_can_be_held_to_the_past() -> None:
    tomorrow = str(timezone.localdate() + timedelta(days=1))
    assert "framtiden" in refusal(SwedishDateTimeField(allow_future=False), [tomorrow, "0800"])


def test_half_a_moment_is_refused_and_none_may_be_optional() -> None:
    assert refusal(SwedishDateTimeField(), ["2026-03-01", ""]) == "Fyll i både datum och klockslag."
    assert SwedishDateTimeField(required=False).clean(["", ""]) is None


def test_text_is_stripped_and_composed() -> None:
    assert CleanTextField().clean("  A\u030asa  ") == "Åsa"
    assert CleanTextField(rows=3).clean("ett\r\ntvå\rtre\tfyra") == "ett\ntvå\ntre\tfyra"
    assert CleanTextField(required=False).clean("") == ""


@pytest.mark.parametrize("letter", ["\x00", "\x07", "\x1b", "\x85", "\ud800", "\u202e", "\u2066"])
def test_invisible_letters_are_refused_with_their_line(letter: str) -> None:
    assert "på rad 2" in refusal(CleanTextField(rows=3), f"ett\ntvå{letter}tre")
    assert "osynligt tecken som" in refusal(CleanTextField(), f"ett{letter}två")


def test_a_line_break_does_not_belong_in_a_single_line() -> None:
    assert "osynligt" in refusal(CleanTextField(), "ett\ntvå")


def test_broken_encoding_is_refused() -> None:
    assert "gick inte att läsa" in refusal(CleanTextField(), "bl\ufffdbär")


def test_a_text_that_is_too_long_is_counted() -> None:
    message = refusal(CleanTextField(rows=3, max_length=5000), "å" * 5120)
    assert message == "Texten är 5\xa0120 tecken, högst 5\xa0000 får plats. Korta den och försök igen."


def test_the_browser_never_cuts_a_text() -> None:
    html = Sample().as_div()
    assert 'data-limit="20"' in html
    assert "maxlength" not in html.partition('name="text"')[2].partition(">")[0]


def test_messages_name_the_field() -> None:
    form = Sample({"once": "strunt"})
    assert form.errors["kind"] == ["Välj typ av insats."]
    assert form.errors["text"] == ["Svara på frågan: Vad hände?"]
    assert form.errors["minutes"] == ["Fyll i minuter."]
    assert form.errors["done"] == ["Kryssa i rutan: Genomförd"]
    assert form.errors["once"] == ["Ladda om sidan och försök igen."]


def test_own_messages_and_acronyms_are_kept() -> None:
    class Own(Form):
        name = CleanTextField(label="LSS-beslut")
        other = CleanTextField(error_messages={"required": "Skriv något."})

    form = Own({})
    assert form.errors["name"] == ["Fyll i LSS-beslut."]
    assert form.errors["other"] == ["Skriv något."]


def test_what_was_typed_stays_also_when_it_is_no_number() -> None:
    form = Sample({"minutes": "tjugo", "kind": "x", "at_0": "30/2 2026", "at_1": "kväll"})
    html = str(form)
    assert form.errors["minutes"] == ["Skriv ett heltal med siffror."]
    assert form.errors["kind"] == ["Välj något av alternativen i listan."]
    for typed in ("tjugo", "30/2 2026", "kväll"):
        assert f'value="{typed}"' in html


def test_dates_are_shown_as_iso_and_clock_with_a_point() -> None:
    shown = str(Sample(initial={"at": datetime(2026, 3, 1, 13, 2, tzinfo=UTC), "due": date(2026, 3, 1)}))
    assert 'value="14.02"' in shown
    assert shown.count('value="2026-03-01"') == 2
    naive = SwedishDateTimeField().widget.decompress(datetime(2026, 3, 1, 14, 2, tzinfo=UTC).replace(tzinfo=None))
    assert naive == [date(2026, 3, 1), time(14, 2)]


def test_optional_fields_are_marked_and_required_are_not() -> None:
    html = str(Sample())
    assert 'for="id_due">Senast <span class="optional">(valfritt)</span>' in html
    assert html.count("(valfritt)") == 1


def test_help_and_error_are_tied_to_the_field() -> None:
    html = str(Sample({}))
    assert 'aria-describedby="id_text_helptext id_text_error"' in html
    assert 'id="id_text_helptext"' in html
    assert 'id="id_text_error"' in html
    assert 'aria-invalid="true"' in html


def test_the_browser_is_told_not_to_remember() -> None:
    html = str(Sample())
    assert html.count('autocomplete="off"') == 5
    assert "ds-input" in html


def test_groups_place_fields_and_the_rest_follow() -> None:
    first, rest = Sample().drawn_groups()
    assert [[field.name for field in row] for row in first.rows] == [["kind"], ["minutes", "at"], ["text"]]
    assert [[field.name for field in row] for row in rest.rows] == [["done"], ["due"]]
    assert "Det du gjorde." in str(Sample())


def test_a_form_without_groups_shows_its_fields_one_by_one() -> None:
    class Plain(Form):
        note = CleanTextField(label="Anteckning")

    assert [group.title for group in Plain().drawn_groups()] == [""]
    assert "Anteckning" in str(Plain())


def test_every_showing_has_its_own_token_and_a_refused_form_keeps_it() -> None:
    first, second = Sample(), Sample()
    assert first["once"].value() != second["once"].value()
    token = "4e1d4f3e-7f7d-4f6e-9d55-1a1b2c3d4e5f"
    assert f'value="{token}"' in str(Sample({"once": token}))


def test_the_version_travels_with_the_form() -> None:
    class Edit(VersionMixin, Form):
        note = CleanTextField(label="Anteckning")

    form = Edit({"note": "hej", "version": "3"})
    assert form.is_valid()
    assert form.cleaned_data["version"] == 3
    assert Edit({"note": "hej"}).errors["version"] == ["Ladda om sidan och försök igen."]
