"""The pages of sign-in that are used; allauth has many more, and they do not exist here."""

from django.urls import path

from casework.signin import account_views as account
from casework.signin import factor_views as factors
from casework.signin import sso, views
from casework.signin import staff_views as staff

urlpatterns = [
    path("logga-in/", factors.SignInPage.as_view(), name="account_login"),
    path("logga-in/kod/", factors.SecondStepPage.as_view(), name="mfa_authenticate"),
    path("logga-in/nyckel/", factors.KeySignIn.as_view(), name="mfa_login_webauthn"),
    path("logga-in/annan/", sso.begin, name="sso_login"),
    path("logga-in/annan/<str:provider_id>/", sso.end, name="openid_connect_callback"),
    path("valkommen/<str:token>/", views.invite, name="invite"),
    path("logga-ut/", views.sign_out, name="sign_out"),
    path("las/", views.lock, name="lock"),
    path("las-upp/", views.unlock, name="unlock"),
    path("session/", views.session_status, name="session_status"),
    path("session/nyckel/", views.passkey_options, name="passkey_options"),
    path("konto/", account.account, name="account"),
    path("konto/utseende/", account.color_scheme, name="color_scheme"),
    path("konto/losenord/", account.change_password, name="password_change"),
    path("konto/bekrafta/", views.confirm, name="account_reauthenticate"),
    path("konto/inloggningar/<uuid:pk>/avsluta/", account.end_sign_in, name="sign_in_end"),
    path("konto/inloggningar/avsluta-andra/", account.end_others, name="sign_in_end_others"),
    path("konto/andra-steget/", account.enrol, name="enrol"),
    path("konto/app/", factors.AddApp.as_view(), name="mfa_activate_totp"),
    path("konto/app/ta-bort/", factors.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("konto/nyckel/", factors.AddKey.as_view(), name="mfa_add_webauthn"),
    path("konto/nyckel/<int:pk>/ta-bort/", factors.RemoveKey.as_view(), name="mfa_remove_webauthn"),
    path("konto/reservkoder/", factors.view_codes, name="mfa_view_recovery_codes"),
    path("konto/reservkoder/nya/", factors.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("konto/faktorer/", account.account, name="mfa_index"),  # where allauth leads after adding a factor
    path("anvandare/", staff.users, name="users"),
    path("anvandare/ny/", staff.new_user, name="user_new"),
    path("anvandare/sektion/", staff.new_section, name="section_new"),
    path("anvandare/<uuid:pk>/", staff.change_user, name="user_change"),
    path("anvandare/<uuid:pk>/sparra/", staff.block, name="user_block"),
    path("anvandare/<uuid:pk>/slapp-in/", staff.unblock, name="user_unblock"),
    path("anvandare/<uuid:pk>/hav/", staff.clear_lockout, name="user_clear"),
    path("anvandare/<uuid:pk>/lank/", staff.new_link, name="user_link"),
]
