"""The forms of sign-in. Every wrong password, code or key counts in axes, wherever it is typed."""

import struct
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateCode
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from casework.access import branches
from casework.acting import user_of
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, speak_swedish
from casework.signin import lockout, onetime, signals
from casework.signin.models import Role, Section, User, normal_username

CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "size": "12"}
NEW = {"autocomplete": "new-password"}
CURRENT = {"autocomplete": "current-password"}


class LoginForm(AllauthLoginForm):
    forgets = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["login"].label = "Användarnamn"
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}
        self.fields["password"].label = "Lösenord"
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = dict(CURRENT)
        for name, field in self.fields.items():
            speak_swedish(name, field)

    def clean_login(self) -> str:
        return normal_username(self.cleaned_data["login"])


class CountedCode(BaseAuthenticateForm):
    """A code that counts in axes when it is wrong, works once, and cannot be tried on a shut-out account."""

    reauthentication = False
    forgets = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["code"].label = "Kod"
        self.fields["code"].help_text = "Sex siffror från appen, eller en av dina reservkoder."
        self.fields["code"].widget.attrs = {**CODE, "autofocus": True}
        speak_swedish("code", self.fields["code"])

    def clean_code(self) -> str:
        lockout.check(context.request, self.user)
        try:
            code: str = super().clean_code()
        except ValidationError:
            signals.proof_failed(context.request, self.user, self.reauthentication)
            raise
        onetime.spend(self.authenticator, code)
        return code


class CodeForm(CountedCode, AuthenticateForm):
    """The second step of signing in."""


class ProofCodeForm(CountedCode, AllauthReauthenticateCode):
    """The same code, by someone who is signed in."""

    reauthentication = True


def read(check: Callable[[], Any]) -> Any:
    """What `check` gives. What is not even written as a key's answer is a false one, and no fault of the program."""
    try:
        return check()
    except (KeyError, TypeError, AttributeError, ValueError, IndexError, struct.error, RuntimeError):
        raise get_adapter().validation_error("incorrect_code") from None


class CountedKey(AuthenticateWebAuthnForm):
    """A passkey of a known person. A false one counts; a shut-out person may use a true one, which nobody can guess."""

    def clean_credential(self) -> Any:
        try:
            return read(super().clean_credential)
        except ValidationError:
            signals.proof_failed(context.request, self.user, self.reauthenticated)
            raise


class KeyForm(CountedKey):
    """The second step of signing in."""


class ProofKeyForm(CountedKey, ReauthenticateWebAuthnForm):
    """The same key, by someone who is signed in."""


class LoginKeyForm(LoginWebAuthnForm):
    """Signing in with a passkey alone. Who it claims to be is the sender's word, so a false one counts for nobody."""

    def clean_credential(self) -> Any:
        try:
            return read(super().clean_credential)
        except ValidationError:
            signals.key_refused()
            raise


class ActivateAppForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["code"].label = "Kod från appen"
        self.fields["code"].widget.attrs = {**CODE, "autofocus": True}
        speak_swedish("code", self.fields["code"])


class AddKeyForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        del self.fields["passwordless"]  # every key asks for finger, face or pin, so every key may stand alone
        self.fields["name"].label = "Vad vill du kalla den?"
        self.fields["name"].help_text = "Till exempel: mobilen, nyckeln på nyckelknippan."
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs = {"maxlength": "60", "autocomplete": "off"}
        self.initial["name"] = ""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = read(super().clean)
        return data

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"]).strip()[:60] or "Nyckel"


class Either(forms.CharField):
    """A field of which one in the form is enough; the form says when all are empty."""

    def validate(self, value: str) -> None:
        pass


class ProofForm(Form):
    """Who one is, once more: by password, by code or by passkey, whichever is nearest."""

    forgets = True
    use_required_attribute = False
    password = Either(
        label="Lösenord",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={**CURRENT, "autofocus": True}),
    )
    code = Either(label="Eller kod från appen", max_length=40, widget=forms.TextInput(attrs=CODE))
    credential = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request, self.user = request, user_of(request)
        self.proof: Any = None
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("credential"):
            self._borrow("credential", None, ProofKeyForm({"credential": data["credential"]}, user=self.user))
        elif data.get("code"):
            self._borrow("code", "code", ProofCodeForm({"code": data["code"]}, user=self.user))
        elif data.get("password"):
            self._check_password(data["password"])
        elif not self.errors:
            self.add_error("password", "Fyll i lösenordet eller en kod.")
        return data

    def prove(self) -> str:
        """Notes the proof in the session; gives its kind for the log."""
        if self.proof is None:
            reauthenticate_by_password(self.request)
            return "password"
        self.proof.save()
        return "passkey" if self.cleaned_data.get("credential") else "code"

    def _borrow(self, name: str, field: str | None, proof: Any) -> None:
        self.proof = proof
        if not proof.is_valid():
            self.add_error(field, proof.errors[name][0])

    def _check_password(self, password: str) -> None:
        try:
            lockout.check(self.request, self.user)
        except ValidationError as shut:
            self.add_error("password", shut)
            return
        if not self.user.check_password(password):
            signals.proof_failed(self.request, self.user, reauthentication=True)
            self.add_error("password", "Fel lösenord.")


class PasswordForm(Form):
    """Choosing a password: from a link that works once, or instead of the old one."""

    forgets = True
    password1 = forms.CharField(
        label="Nytt lösenord",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={**NEW, "autofocus": True}),
        help_text="Minst 15 tecken. Fyra ord utan samband är lätta att minnas och svåra att gissa.",
    )
    password2 = forms.CharField(
        label="Samma lösenord igen", strip=False, max_length=200, widget=forms.PasswordInput(attrs=NEW)
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("password1") and data.get("password2") and data["password1"] != data["password2"]:
            self.add_error("password2", "Lösenorden är inte lika.")
        return data


class UserForm(IdempotencyMixin, Form):
    display_name = CleanTextField(
        label="Namn eller arbetsalias",
        max_length=80,
        help_text="Den som själv lever skyddad ska ha ett arbetsalias. Namnet syns i journal och logg.",
    )
    role = forms.ChoiceField(label="Roll", choices=Role.choices, widget=forms.RadioSelect)
    section: Any = forms.ModelChoiceField(label="Sektion", queryset=None, required=False, empty_label="Ingen")
    led_sections: Any = forms.ModelMultipleChoiceField(
        label="Leder sektionerna",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Bara för sektionschefer.",
    )
    mail = forms.EmailField(
        label="E-postadress på arbetet",
        required=False,
        max_length=254,
        help_text="Dit skickas bara att det finns något att se. Lämna tomt för den som inte vill.",
        error_messages={
            "invalid": "Skriv en hel e-postadress, som namn@kommunen.se.",
            "max_length": "Adressen är för lång, högst 254 tecken får plats.",
        },
    )
    groups: ClassVar[Sequence[Group]] = (Group("", ["display_name", "role", "section", "led_sections", "mail"]),)

    def __init__(self, *args: Any, sections: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("section", "led_sections"):
            self.fields[name].queryset = sections  # type: ignore[attr-defined]
        if not settings.MAIL_HOST:
            del self.fields["mail"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        role = data.get("role")
        if role == Role.KONTAKTPERSON and not data.get("section") and "section" not in self.errors:
            self.add_error("section", "Välj vilken sektion kontaktpersonen arbetar i.")
        if role == Role.SEKTIONSCHEF and not data.get("led_sections"):
            self.add_error("led_sections", "Välj minst en sektion som hen leder.")
        if role and role != Role.SEKTIONSCHEF and data.get("led_sections"):
            self.add_error("led_sections", "Bara en sektionschef leder sektioner.")
        elif not branches.one([data.get("section"), *data.get("led_sections", [])]):
            self.add_error("led_sections", branches.BOTH)
        return data


class NewUserForm(UserForm):
    username = CleanTextField(
        label="Användarnamn",
        max_length=60,
        help_text="Små bokstäver, siffror, punkt och bindestreck. Samma som i kommunens inloggning, om den används.",
    )
    groups = (Group("", ["username", "display_name", "role", "section", "led_sections", "mail"]),)

    def clean_username(self) -> str:
        name = normal_username(self.cleaned_data["username"])
        if not all(char.isascii() and (char.isalnum() or char in ".-_@") for char in name):
            raise ValidationError("Använd bara a–z, siffror, punkt, bindestreck, understreck och @.")
        return name


class SectionForm(IdempotencyMixin, Form):
    section_name = CleanTextField(label="Sektionens namn", max_length=80)
    branch = forms.ChoiceField(
        label="Verksamhetsgren",
        choices=Section.Branch.choices,
        widget=forms.RadioSelect,
        help_text="Mellan grenarna råder sekretess: den ena ser inget av den andra. Valet kan inte ändras sedan.",
    )
