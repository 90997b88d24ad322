"""The pages of sign-in that are used; allauth has many more, and they do not exist here."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from casework.signin import staff_views as staff
from casework.signin import views

urlpatterns = [
    path("logga-in/", account.login, name="account_login"),
    path("logga-in/kod/", mfa.authenticate, name="mfa_authenticate"),
    path("logga-in/nyckel/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("valkommen/<str:token>/", views.invite, name="invite"),
    path("logga-ut/", views.sign_out, name="sign_out"),
    path("las/", views.lock, name="lock"),
    path("las-upp/", views.unlock, name="unlock"),
    path("las-upp/nyckel/", views.unlock_passkey, name="unlock_passkey"),
    path("session/", views.session_status, name="session_status"),
    path("konto/", views.account, name="account"),
    path("konto/utseende/", views.color_scheme, name="color_scheme"),
    path("konto/inloggningar/<uuid:pk>/avsluta/", views.end_sign_in, name="sign_in_end"),
    path("konto/inloggningar/avsluta-andra/", views.end_others, name="sign_in_end_others"),
    path("konto/andra-faktor/", views.enrol, name="enrol"),
    path("konto/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("konto/app/ta-bort/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("konto/nyckel/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("konto/nyckel/<int:pk>/ta-bort/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("konto/reservkoder/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("konto/reservkoder/nya/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("konto/bekrafta/", account.reauthenticate, name="account_reauthenticate"),
    path("konto/bekrafta/kod/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("konto/bekrafta/nyckel/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("anvandare/", staff.users, name="users"),
    path("anvandare/ny/", staff.new_user, name="user_new"),
    path("anvandare/sektion/", staff.new_section, name="section_new"),
    path("anvandare/<uuid:pk>/", staff.change_user, name="user_change"),
    path("anvandare/<uuid:pk>/sparra/", staff.block, name="user_block"),
    path("anvandare/<uuid:pk>/slapp-in/", staff.unblock, name="user_unblock"),
    path("anvandare/<uuid:pk>/hav/", staff.clear_lockout, name="user_clear"),
    path("anvandare/<uuid:pk>/lank/", staff.new_link, name="user_link"),
]
# allauth leads here by these names; here they are the account page.
urlpatterns += [
    path("konto/faktorer/", views.account, name="mfa_index"),
    path("konto/nycklar/", views.account, name="mfa_list_webauthn"),
]
