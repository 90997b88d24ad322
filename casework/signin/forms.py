from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm as AllauthReauthenticateCode
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, speak_swedish
from casework.signin import lockout
from casework.signin.models import Role, User, normal_username

CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "size": "12", "placeholder": ""}


class LoginForm(AllauthLoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["login"].label = "Användarnamn"
        self.fields["login"].widget.attrs = {"autocomplete": "username webauthn", "autofocus": True}
        self.fields["password"].label = "Lösenord"
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}
        for name, field in self.fields.items():
            speak_swedish(name, field)

    def clean_login(self) -> str:
        return normal_username(self.cleaned_data["login"])


class ReauthenticateForm(AllauthReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["password"].label = "Lösenord"
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}
        speak_swedish("password", self.fields["password"])


class CountedCode(BaseAuthenticateForm):  # type: ignore[misc]
    """A code whose failures count in axes, and which a locked-out account cannot try."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["code"].label = "Kod"
        self.fields["code"].help_text = "Sex siffror från appen, eller en av dina reservkoder."
        self.fields["code"].widget.attrs = {**CODE, "autofocus": True}
        speak_swedish("code", self.fields["code"])

    def clean_code(self) -> str:
        if lockout.is_locked_out(context.request, self.user):
            raise ValidationError("För många fel. Kontot är stängt i 15 minuter.", "locked_out")
        try:
            code: str = super().clean_code()
        except ValidationError:
            lockout.count_failure(context.request, self.user)
            raise
        return code


class CodeForm(CountedCode, AuthenticateForm):  # type: ignore[misc]
    pass


class ReauthenticateCodeForm(CountedCode, AllauthReauthenticateCode):  # type: ignore[misc]
    pass


class ActivateAppForm(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["code"].label = "Kod från appen"
        self.fields["code"].widget.attrs = {**CODE, "autofocus": True}
        speak_swedish("code", self.fields["code"])


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["name"].label = "Vad vill du kalla den?"
        self.fields["name"].help_text = "Till exempel: mobilen, nyckeln på nyckelknippan."
        self.fields["name"].initial = self.initial["name"] = ""
        self.fields["passwordless"].label = "Logga in med bara den här, utan lösenord"
        self.fields["passwordless"].help_text = "Då frågar den efter fingeravtryck, ansikte eller pinkod."


class UnlockForm(Form):
    """Password or code, whichever is nearest."""

    password = forms.CharField(
        label="Lösenord",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    code = forms.CharField(label="Eller kod från appen", required=False, widget=forms.TextInput(attrs=CODE))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("password") and not data.get("code"):
            self.add_error("password", "Fyll i lösenordet eller en kod.")
        return data


class PasswordForm(Form):
    """Choosing a password, from a link that works once."""

    password1 = forms.CharField(
        label="Nytt lösenord",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "autofocus": True}),
        help_text="Minst 15 tecken. Fyra ord utan samband är lätta att minnas och svåra att gissa.",
    )
    password2 = forms.CharField(
        label="Samma lösenord igen", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
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
    section = forms.ModelChoiceField(label="Sektion", queryset=None, required=False, empty_label="Ingen")
    led_sections = forms.ModelMultipleChoiceField(
        label="Leder sektionerna",
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Bara för sektionschefer.",
    )
    groups: Any = (Group("", ["display_name", "role", "section", "led_sections"]),)

    def __init__(self, *args: Any, sections: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("section", "led_sections"):
            self.fields[name].queryset = sections  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        role = data.get("role")
        if role == Role.KONTAKTPERSON and not data.get("section") and "section" not in self.errors:
            self.add_error("section", "Välj vilken sektion kontaktpersonen arbetar i.")
        if role == Role.SEKTIONSCHEF and not data.get("led_sections"):
            self.add_error("led_sections", "Välj minst en sektion som hen leder.")
        if role and role != Role.SEKTIONSCHEF and data.get("led_sections"):
            self.add_error("led_sections", "Bara en sektionschef leder sektioner.")
        return data


class NewUserForm(UserForm):
    username = CleanTextField(label="Användarnamn", max_length=60, help_text="Små bokstäver, siffror, punkt och bindestreck.")
    groups = (Group("", ["username", "display_name", "role", "section", "led_sections"]),)

    def clean_username(self) -> str:
        name = normal_username(self.cleaned_data["username"])
        if not all(char.isascii() and (char.isalnum() or char in ".-_") for char in name):
            raise ValidationError("Använd bara a–z, siffror, punkt, bindestreck och understreck.")
        return name


class SectionForm(IdempotencyMixin, Form):
    name = CleanTextField(label="Sektionens namn", max_length=80)


