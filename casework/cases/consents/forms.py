from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.conf import settings

from casework.cases.consents.models import Consent, ConsentWords
from casework.cases.consents.readers import Giver
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField

LINE, TEXT = 200, 4_000
WORDS = ("recipient", "purpose", "contents", "note")


class ConsentForm(IdempotencyMixin, Form):
    """One consent: one recipient, one purpose. Who gives it says whom it is about."""

    giver = forms.ChoiceField(
        label="Vem samtycker?",
        widget=forms.RadioSelect,
        help_text="Har barnet två vårdnadshavare som bestämmer tillsammans ska båda samtycka: anteckna ett var.",
    )
    recipient = CleanTextField(
        label="Vem får veta?", max_length=LINE, help_text="En mottagare: myndighet, enhet och roll."
    )
    purpose = CleanTextField(label="Varför?", max_length=LINE, help_text="Vad uppgifterna ska användas till.")
    contents = CleanTextField(
        label="Vad får ni berätta?",
        rows=4,
        max_length=TEXT,
        help_text="Också vad ni inte får säga. Skriv inte av skyddade uppgifter.",
    )
    way = forms.ChoiceField(label="Hur lämnades samtycket?", choices=Consent.Way.choices, widget=forms.RadioSelect)
    given_on = SwedishDateField(label="Lämnades", allow_future=False)
    until = SwedishDateField(label="Gäller till och med")
    note = CleanTextField(label="Anteckning", rows=2, max_length=TEXT, required=False)
    groups: ClassVar[Sequence[Group]] = (
        Group("Vem", ["giver"]),
        Group("Vad", ["recipient", "purpose", "contents"]),
        Group("Hur länge", ["way", ["given_on", "until"], "note"]),
    )

    def __init__(self, *args: Any, givers: Sequence[Giver], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.givers = {giver.value: giver for giver in givers}
        chosen: Any = self.fields["giver"]
        chosen.choices = [(giver.value, giver.label) for giver in givers]

    def clean(self) -> dict[str, Any] | None:
        data = super().clean() or {}
        given, until = data.get("given_on"), data.get("until")
        if given and until and until < given:
            self.add_error("until", "Samtycket kan inte sluta gälla innan det lämnades.")
        elif given and until and until > (last := given + timedelta(days=settings.METHOD["consent_max_days"])):
            self.add_error("until", f"Ett samtycke gäller som längst till och med {last}. Sedan frågar ni igen.")
        return data

    def facts(self) -> dict[str, Any]:
        """What the act takes."""
        data = self.cleaned_data
        giver = self.givers[data["giver"]]
        words = ConsentWords(**{name: data[name] for name in WORDS})
        who = {"given_by": giver.given_by, "child": giver.child, "guardian": giver.guardian}
        return {**who, **{name: data[name] for name in ("way", "given_on", "until")}, "words": words}


class WithdrawForm(IdempotencyMixin, Form):
    why = CleanTextField(
        label="Vad sa hon om varför?",
        rows=3,
        max_length=TEXT,
        required=False,
        help_text="Ingen behöver säga varför. Skriv bara det hon själv har sagt.",
    )
