from dataclasses import fields
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from casework.cases.risk import rules
from casework.cases.risk.models import RiskAssessment, RiskWords
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField

AHEAD = timedelta(days=90)
TEXT = 4_000
UNSAID = "unsaid"
WORDS = tuple(field.name for field in fields(RiskWords))


class RiskForm(IdempotencyMixin, Form):
    """The result of an assessment and how both see it; never what the instrument asks."""

    instrument = forms.ChoiceField(
        label="Instrument", choices=[("", "Välj instrument"), *RiskAssessment.Instrument.choices]
    )
    occasion = forms.ChoiceField(
        label="Varför görs bedömningen nu?", choices=RiskAssessment.Occasion.choices, widget=forms.RadioSelect
    )
    assessed_on = SwedishDateField(label="När gjordes bedömningen?")
    result = CleanTextField(
        label="Instrumentets resultat",
        rows=2,
        max_length=TEXT,
        required=False,
        help_text="Poäng eller slutsats. Skriv aldrig av instrumentets frågor. "
        "Lämna tomt om du har bedömt utan instrument.",
    )
    own_level = forms.ChoiceField(
        label="Hur stor är risken, enligt henne själv?",
        choices=[*RiskAssessment.Level.choices, (UNSAID, "Hon vill eller kan inte säga")],
        widget=forms.RadioSelect,
        help_text="Fråga henne först. Hennes egen bedömning säger ungefär lika mycket som instrumentets.",
    )
    own_view = CleanTextField(
        label="Så ser hon på risken", rows=3, max_length=TEXT, required=False, help_text="Med hennes egna ord."
    )
    assessor_level = forms.ChoiceField(
        label="Hur stor är risken, enligt dig?", choices=RiskAssessment.Level.choices, widget=forms.RadioSelect
    )
    assessor_view = CleanTextField(
        label="Så ser du på risken", rows=3, max_length=TEXT, error_messages={"required": "Skriv hur du ser på risken."}
    )
    gap = CleanTextField(
        label="Om ni ser olika: vad har ni talat om?",
        rows=3,
        max_length=TEXT,
        required=False,
        help_text="Fylls i när hon och du har valt olika. Rädsla för att förlora vårdnaden kan göra att hon "
        "säger mindre än hon vet.",
    )
    measures = CleanTextField(
        label="Åtgärder",
        rows=3,
        max_length=TEXT,
        required=False,
        help_text="Vad som görs nu för att minska risken, och vem som gör det.",
    )
    review_on = SwedishDateField(
        label="Görs om senast",
        help_text=f"Högst {rules.MONTHS} månader efter bedömningen, tidigare om något ändras.",
        error_messages={"required": "Fyll i vilken dag bedömningen görs om senast."},
    )
    groups = (
        Group("Bedömningen", ["instrument", "occasion", "assessed_on", "result"]),
        Group("Hon och du", ["own_level", "own_view", "assessor_level", "assessor_view", "gap"]),
        Group("Framåt", ["measures", "review_on"]),
    )

    def clean(self) -> dict[str, Any]:
        """The same rules as in the act, said at their fields."""
        data = self.cleaned_data
        data["own_level"] = "" if data.get("own_level") == UNSAID else data.get("own_level", "")
        wrong: dict[str, str] = {}
        if data.get("assessed_on") and data.get("review_on"):
            wrong |= rules.wrong_days(data["assessed_on"], data["review_on"])
        levels = {name: data.get(name, "") for name in ("assessor_level", "own_level")}
        if levels["assessor_level"] and data.get("instrument"):
            wrong |= rules.missing_words(data["instrument"], **levels, words=self.risk_words())
        for name, message in wrong.items():
            if name not in self.errors:
                self.add_error(name, message)
        return data

    def risk_words(self) -> RiskWords:
        return RiskWords(**{name: self.cleaned_data.get(name, "") for name in WORDS})

    def facts(self) -> dict[str, Any]:
        """The rest of what the act takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in (*WORDS, "once")}

    @staticmethod
    def begin(latest: RiskAssessment | None, exposed: bool) -> dict[str, Any]:
        """What the form begins with; how she and you see it is chosen anew each time."""
        today, kinds = timezone.localdate(), RiskAssessment.Occasion
        again = kinds.EXPOSED if exposed else kinds.PLANNED
        return {
            "instrument": latest.instrument if latest else "",
            "occasion": again if latest else kinds.FIRST,
            "assessed_on": today,
            "review_on": today + AHEAD,
        }
