"""All settings, in one file with fixed sections. What differs between installations comes from env.py."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from casework import env, firstrun

# --- Places -----------------------------------------------------------------------------------------------------------
BASE_DIR = Path(__file__).resolve().parent.parent
HOME = firstrun.home()
DEMO = env.flag("CASEWORK_DEMO")

# --- Core -------------------------------------------------------------------------------------------------------------
DEBUG = False
SECRET_KEY = env.text("CASEWORK_SECRET_KEY", "") or env.secret_file(HOME / "secret_key")
ALLOWED_HOSTS = env.words("CASEWORK_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = env.words("CASEWORK_ORIGINS")
ROOT_URLCONF = "casework.urls"
WSGI_APPLICATION = "casework.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "audit",
    "casework",
    "contacts",
    "housing",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "auditlog",
]
MIDDLEWARE = [
    "casework.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "casework.middleware.TrailMiddleware",
    "casework.signin.middleware.SignInMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "casework.shell.shell",
            ],
        },
    }
]
FORM_RENDERER = "casework.forms.Renderer"

# --- Databases: data, and the keys apart from it ----------------------------------------------------------------------
DATABASES = {
    "default": env.database("CASEWORK_DATABASE_URL", HOME / "data.sqlite3"),
    "keys": env.database("CASEWORK_KEYS_DATABASE_URL", HOME / "keys.sqlite3"),
}
DATABASE_ROUTERS = ["casework.crypto.router.KeysRouter"]

# --- Encryption -------------------------------------------------------------------------------------------------------
KEK_PROVIDER = env.text("CASEWORK_KEK_PROVIDER", "file")  # file, env or pkcs11
KEK_FILE = Path(env.text("CASEWORK_KEK_FILE", str(HOME / "kek")))
KEK_OLD_PROVIDER = env.text("CASEWORK_KEK_OLD_PROVIDER", "")  # while moving the KEK from one provider to another
PKCS11_MODULE = env.text("CASEWORK_PKCS11_MODULE", "")
PKCS11_TOKEN = env.text("CASEWORK_PKCS11_TOKEN", "")
PKCS11_PIN = env.text("CASEWORK_PKCS11_PIN", "")
PKCS11_KEY_LABEL = env.text("CASEWORK_PKCS11_KEY_LABEL", "")
PKCS11_OLD_KEY_LABEL = env.text("CASEWORK_PKCS11_OLD_KEY_LABEL", "")
EXPECTED_CLIENTS = env.number("CASEWORK_EXPECTED_CLIENTS", 2000, least=1)

# --- The log ----------------------------------------------------------------------------------------------------------
AUDITLOG_LOGENTRY_MODEL = "audit.Event"
MIGRATION_MODULES = {"auditlog": None}  # its own table is never made
AUDIT_SIGNING_KEY_FILE = Path(env.text("CASEWORK_AUDIT_KEY_FILE", str(HOME / "audit_key")))
AUDIT_WITNESS_FILE = Path(env.text("CASEWORK_WITNESS_FILE", str(HOME / "witness.jsonl")))
AUDIT_CHECKPOINT_EVENTS = env.number("CASEWORK_CHECKPOINT_EVENTS", 500, least=1)
AUDIT_CHECKPOINT_MINUTES = env.number("CASEWORK_CHECKPOINT_MINUTES", 60, least=1)
TRUSTED_PROXIES = env.number("CASEWORK_TRUSTED_PROXIES", 0, most=5)

# --- Sign-in ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "casework.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "casework.signin.passwords.OwnWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "casework.signin.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_FORMS = {"login": "casework.signin.forms.LoginForm"}
# Loosened, not off: axes is what locks an account; this only slows a flood.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,30/5m/key"}
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_ADAPTER = "casework.signin.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "casework.signin.forms.CodeForm",
    "authenticate_webauthn": "casework.signin.forms.KeyForm",
    "login_webauthn": "casework.signin.forms.LoginKeyForm",
    "activate_totp": "casework.signin.forms.ActivateAppForm",
    "add_webauthn": "casework.signin.forms.AddKeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Kontaktstöd"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a key left in the computer opens nothing without finger, face or pin
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not env.flag("CASEWORK_HTTPS", default=not DEMO)
# By account and not by address, and without keeping addresses: the reasons stand in casework/signin/lockout.py.
AXES_HANDLER = "casework.signin.lockout.Handler"
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "username"  # allauth's form calls it "login", but what is checked bears Django's name
AXES_USERNAME_CALLABLE = "casework.signin.lockout.username"
AXES_LOCKOUT_CALLABLE = "casework.signin.lockout.answer"
AXES_CLIENT_IP_CALLABLE = "casework.signin.lockout.address"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# W006 asks for addresses in the lock; counting by account alone is stricter against guessing from many addresses.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
CSRF_FAILURE_VIEW = "casework.signin.views.csrf_failed"
HELD_FORMS = "casework.drafts.held.hold"
HELD_PAGE = "held"

# --- Single sign-on, when a provider is named -------------------------------------------------------------------------
OIDC_ISSUER = env.text("CASEWORK_OIDC_ISSUER", "")
OIDC_NAME = env.text("CASEWORK_OIDC_NAME", "kommunens inloggning")
OIDC_CLAIM = env.text("CASEWORK_OIDC_CLAIM", "preferred_username")
OIDC_SECOND_FACTOR = env.words(
    "CASEWORK_OIDC_SECOND_FACTOR"
)  # such as "amr=mfa" or "acr=..."; none: our own is asked for
SOCIALACCOUNT_ADAPTER = "casework.signin.sso.Adapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "annan",
                "name": OIDC_NAME,
                "client_id": env.text("CASEWORK_OIDC_CLIENT_ID", ""),
                "secret": env.text("CASEWORK_OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True, "scope": ["openid", "profile"]},
            }
        ]
    }
}

# --- Sessions and cookies ---------------------------------------------------------------------------------------------
SESSION_ENGINE = "casework.signin.sessions"
IDLE_LOCK_SECONDS = 10 * 60
IDLE_END_SECONDS = 30 * 60
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
HTTPS = env.flag("CASEWORK_HTTPS", default=not DEMO)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# With this prefix a browser takes the cookie only from this very host, over HTTPS (OWASP ASVS 5.0, 3.3.1).
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-session", "__Host-csrf") if HTTPS else ("session", "csrf")
# Messages lie in the sealed session: a cookie of their own would be readable on the computer.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True

# --- Headers ----------------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # middleware.py says why
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# One form takes a file; Django's handler for large ones would write what is sent to the disk in clear.
FILE_UPLOAD_HANDLERS = ["casework.cases.documents.uploads.InMemoryHandler"]

# --- Documents --------------------------------------------------------------------------------------------------------
DOCUMENT_MAX_BYTES = env.number("CASEWORK_DOCUMENT_MB", 20, least=1, most=100) * 2**20
DOCUMENT_QUOTA_BYTES = env.number("CASEWORK_DOCUMENT_QUOTA_MB", 200, least=1, most=2000) * 2**20  # of one case
CLAMD_SOCKET = env.text("CASEWORK_CLAMD_SOCKET", "")  # files are looked at by the antivirus program that listens there

# --- Cache: used codes and rate limits, the same for all workers ------------------------------------------------------
CACHES = {"default": {"BACKEND": "casework.signin.cache.Cache", "LOCATION": "casework_cache"}}

# --- Housing: the city itself and its parts, and when somebody is told of what lies ahead -----------------------------
HOUSING: dict[str, Any] = {
    "municipality": env.text("CASEWORK_MUNICIPALITY_CODE", "1280"),  # SCB's code
    "city_areas": {
        "city_north": "Norr",
        "city_south": "Söder",
        "city_east": "Öster",
        "city_west": "Väster",
        "city_centre": "Innerstaden",
    },
    "tenure_warn_days": 180,  # before a sublease gives the right to stay (JB 12 kap. 45 §)
    "lease_warn_days": 90,  # before a lease, a trial or an agreement runs out
    "waiting_days": 60,  # a track that has waited so long on the same one stands in the overview
    "visit_days": 30,  # between two visits of supervision, when nothing else is agreed
    "file_days": 14,  # how long a file to another municipality can be taken in
}

# --- The method: what counts as in time, and how much one person can carry --------------------------------------------
# No binding number exists for any of these in Sweden; they are the section's own agreements, and warn, never stop.
METHOD: dict[str, Any] = {
    "first_contact_days": 7,  # from intake to the first contact
    "assessment_days": 45,  # from intake to a signed strengths assessment
    "assessment_age_days": 90,  # how old a signed assessment may be; unverified, often cited for the model
    "plan_days": 60,  # from intake to an approved plan
    "review_days": 90,  # between the sektionschef's reviews of a case
    "rhythm_days": 14,  # contact when nothing else is agreed
    "grace_days": 7,  # the kontaktperson sees a flag this long before the sektionschef does
    "ceiling_cases": 15,  # cases of one kontaktperson; 15-20 is cited for the model, unverified
    "ceiling_weight": 30,  # the same in weights (light 1, normal 2, heavy 3)
    "mentoring_days": 30,  # between two supervisions of one kontaktperson; unverified
    "fidelity_reminder_days": 30,  # a measurement of fidelity is reminded of this long before it is due
    "protection_check_days": 90,  # how long a check holds that a person has no protection; the section's own rule
    "exposure_warn_hours": 2,  # from a found exposure until the person is warned; unverified
    "ties_days": 365,  # staff go through their own ties at least so often; unverified
    "consent_max_days": 365,  # from when a consent is given to its last day at most; unverified
    # Item -> (limit, points), best first; beyond the last limit there is 1 point. Caseload and supervisor: at most so
    # many. The others: at least so many per cent, or (group) so many sessions a week.
    "fidelity_anchors": {
        "caseload": [(20, 5), (25, 4), (30, 3), (40, 2)],
        "supervisor": [(6, 5), (7, 4), (8, 3), (10, 2)],
        "community": [(85, 5), (75, 4), (65, 3), (50, 2)],
        "assessments": [(90, 5), (80, 4), (70, 3), (60, 2)],
        "tied": [(90, 5), (80, 4), (70, 3), (60, 2)],
        "natural": [(75, 5), (60, 4), (45, 3), (30, 2)],
        "group": [(1, 5), (0.75, 4), (0.5, 3), (0.25, 2)],
        "job": [(95, 5), (90, 4), (80, 3), (70, 2)],
    },
}
# Of the scale's own text (University of Kansas, draft 2007-08-19) only the limits of "job" could be read.
ANCHORS_UNVERIFIED = {
    "caseload", "supervisor", "community", "assessments", "tied", "natural", "group", "mentoring", "quality", "hope",
}  # fmt: skip

# --- Language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "sv"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
FORMAT_MODULE_PATH = ["casework.formats"]

# --- Static files -----------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "casework.storage.StaticStorage"},
}

# --- Mail: says only that there is something to see -------------------------------------------------------------------
# Off unless a host is named. What is sent has no word of any case; see contacts/week/digest.py.
MAIL_HOST = EMAIL_HOST = env.text("CASEWORK_MAIL_HOST", "")
EMAIL_PORT = env.number("CASEWORK_MAIL_PORT", 25, least=1, most=65535)
EMAIL_USE_TLS = env.flag("CASEWORK_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("CASEWORK_MAIL_FROM", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_HOST else 'dummy'}.EmailBackend"

# --- Letters: lines, with a comma between -----------------------------------------------------------------------------
# Neither may say what the unit works with: the sender stands on the back of an envelope.
LETTER_SENDER = env.words("CASEWORK_LETTER_SENDER", "Malmö stad,205 80 Malmö")
FORWARDING_ADDRESS = env.words(
    "CASEWORK_FORWARDING_ADDRESS", "Skatteverket,Förmedlingsuppdrag,Box 2820,403 20 Göteborg"
)

# --- Server log: no request bodies, no values, no addresses of pages with data ----------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Writes the path and the traceback of what middleware.py has already told, without data, or put in the log.
    # With no handler at all Python would print it on the server's own output.
    # A reader of files tells what it stumbles on, by its content.
    "loggers": {name: {"handlers": ["nowhere"], "propagate": False} for name in ("django.request", "pypdf", "PIL")},
}
