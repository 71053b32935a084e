"""Settings of the site, all from the environment (docs/operations.md lists every variable).

Two switches decide what kind of site this is:

- ``CLINIC_DEVELOPMENT=1``: a demo on one machine. Plain http, demo log-ins, mail to the console
  and to a folder, second factor optional. ``make run`` and ``make dev`` set it.
- nothing set: production. Every value that could be unsafe must be given, and the site refuses
  to start with one line that says how to mend it.
"""

import re
import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEVELOPMENT = env.bool("CLINIC_DEVELOPMENT", default=False)
DEBUG = DEVELOPMENT and env.bool("CLINIC_DEBUG", default=False)
VAR_DIR = Path(env.str("CLINIC_VAR_DIR", default=str(BASE_DIR / "var"))).resolve()


def required(name: str, how: str, development: str) -> str:
    """Value of an environment variable; in development a stand-in.

    Raises ImproperlyConfigured in production when it is missing, with one line on how to set it.
    """
    value = env.str(name, default="")
    if value or DEVELOPMENT:
        return value or development
    raise ImproperlyConfigured(f"{name} is not set. {how}")


# ------------------------------------------------------------------ identity of the site

SECRET_KEY = required(
    "CLINIC_SECRET_KEY",
    "Set it to 50 or more random characters, for example the output of: "
    "python -c 'import secrets; print(secrets.token_urlsafe(64))'",
    "development-only-key-that-no-production-site-accepts-0123456789",
)
SECRET_KEY_FALLBACKS = env.list("CLINIC_SECRET_KEY_FALLBACKS", default=[])
if not DEVELOPMENT and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10):
    raise ImproperlyConfigured(
        "CLINIC_SECRET_KEY is too short or too simple. Set 50 or more random characters."
    )
if not DEVELOPMENT and any(
    key.startswith("development-only") for key in (SECRET_KEY, *SECRET_KEY_FALLBACKS)
):
    raise ImproperlyConfigured(
        "CLINIC_SECRET_KEY or CLINIC_SECRET_KEY_FALLBACKS holds the development key, which "
        "everybody knows. Set 50 or more random characters, and take it out of the older keys."
    )

SITE_URL = required(
    "CLINIC_SITE_URL",
    "Set it to the address people type, for example https://plans.example.org",
    f"http://localhost:{env.str('PORT', default='8000')}",
).rstrip("/")
if not DEVELOPMENT and not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured("CLINIC_SITE_URL must start with https:// outside development.")

ALLOWED_HOSTS = [
    host.strip()
    for host in required(
        "CLINIC_ALLOWED_HOSTS",
        "Set it to the host names of the site, separated by commas, for example plans.example.org",
        "localhost,127.0.0.1,[::1]",
    ).split(",")
]
if not DEVELOPMENT and {"*", ""} & set(ALLOWED_HOSTS):
    raise ImproperlyConfigured("CLINIC_ALLOWED_HOSTS must name the hosts; * is not safe.")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

ROOT_URLCONF = "clinic.urls"
WSGI_APPLICATION = "clinic.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, as its documentation asks
    "clinic.apps.ClinicConfig",
    "clinic.apps.ClinicAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "auditlog",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "import_export",
    "phonenumber_field",
    "education.audit",
    "education.library",
    "education.people",
    "education.plans",
    "education.portal",
    "education.contact",
    "education.diary",  # last with models: the groups get their permissions after it
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "clinic.middleware.LanguageMiddleware",
    "clinic.middleware.ClinicMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "clinic.middleware.SavingMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "clinic.middleware.PrivatePagesMiddleware",  # ends a log-in before the next line asks for one
    "clinic.middleware.KeptPostMiddleware",  # keeps the form that the next line would drop
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "clinic.middleware.StaffSecondFactorMiddleware",
    "education.audit.middleware.ActorMiddleware",
]

TEMPLATE_LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clinic.context_processors.site",
            ],
            # Templates are read once; under `make dev` an edited one shows at the next request.
            "loaders": TEMPLATE_LOADERS
            if DEBUG
            else [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# ------------------------------------------------------------------ data

DATABASE_URL = env.str("CLINIC_DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'clinic.sqlite3'}")
if not re.match(r"(sqlite|postgres|postgresql)://", DATABASE_URL):
    raise ImproperlyConfigured(
        "CLINIC_DATABASE_URL is not a database the site runs on. Leave it out for SQLite in "
        "CLINIC_VAR_DIR, or set it to postgres://user:password@host:5432/name"
    )
DATABASES = {"default": environ.Env.db_url_config(DATABASE_URL)}
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Immediate transactions take the write lock before they read: with the deferred default two
    # writers fail each other with "database is locked" instead of waiting for their turn.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)

# Rate limits count in this cache, so all workers must share it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "clinic_cache",
        # With Django's 300, tries on a few hundred made-up addresses would push out the count of
        # the one that is being guessed, and with it the lock-out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# ------------------------------------------------------------------ mail

DEFAULT_FROM_EMAIL = required(
    "CLINIC_FROM_EMAIL",
    "Set it to the sender of the clinic's mail, for example plans@example.org",
    "clinic@clinic.example",
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if DEVELOPMENT:
    EMAIL_BACKEND = "clinic.mail.ConsoleAndFolderBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
else:
    MAIL_SERVER = "for example smtp+tls://user:password@mail.example.org:587"
    mail_url = required("CLINIC_EMAIL_URL", f"Set it to the mail server, {MAIL_SERVER}", "")
    if not re.match(r"smtp(\+(tls|ssl))?://.+", mail_url):
        raise ImproperlyConfigured(
            f"CLINIC_EMAIL_URL is not the address of a mail server. Set it, {MAIL_SERVER}"
        )
    vars().update(environ.Env.email_url_config(mail_url))
EMAIL_TIMEOUT = 10

# ------------------------------------------------------------------ people and log-in

PEOPLE_DIR = BASE_DIR / "education" / "people"
AUTHENTICATION_BACKENDS = ["education.people.backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "education.people.passwords.LengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "education.people.passwords.PersonalWordsValidator"},
    {
        "NAME": "education.people.passwords.KnownPasswordValidator",
        # Made by `manage.py write_common_passwords`: Django's own list is of short passwords.
        "OPTIONS": {"password_list_path": PEOPLE_DIR / "common_passwords.txt.gz"},
    },
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # seconds; NIST SP 800-63B allows a mailed secret one day
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "plan_today"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "education.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "education.people.forms.LogInForm",
    "reset_password": "education.people.forms.AskForResetForm",
    "reset_password_from_key": "education.people.forms.ResetPasswordForm",
    "change_password": "education.people.forms.ChangePasswordForm",
    "reauthenticate": "education.people.forms.ConfirmPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation proves the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a mail to a stranger would tell who is not a patient
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,20/5m/ip", "reset_password": "20/h/ip,5/h/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("CLINIC_TRUSTED_PROXIES", default=0)

MFA_ADAPTER = "education.people.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "education.people.forms.CodeForm",
    "reauthenticate": "education.people.forms.ConfirmCodeForm",
    "activate_totp": "education.people.forms.AddAppForm",
    "add_webauthn": "education.people.forms.AddKeyForm",
    "authenticate_webauthn": "education.people.forms.KeyForm",
    "login_webauthn": "education.people.forms.LogInWithKeyForm",
    "reauthenticate_webauthn": "education.people.forms.ConfirmKeyForm",
    "edit_webauthn": "education.people.forms.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Clinic plans"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEVELOPMENT
STAFF_SECOND_FACTOR_REQUIRED = not DEVELOPMENT

SESSION_COOKIE_AGE = 30 * 60  # seconds without a click until the log-in ends
SESSION_COOKIE_NAME = "sessionid" if DEVELOPMENT else "__Host-sessionid"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_LIFETIME_SECONDS = 12 * 60 * 60  # from log-in, however busy

# ------------------------------------------------------------------ safety of the transport

CSRF_COOKIE_NAME = "csrftoken" if DEVELOPMENT else "__Host-csrftoken"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "clinic.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEVELOPMENT
SECURE_SSL_REDIRECT = not DEVELOPMENT
SECURE_HSTS_SECONDS = 0 if DEVELOPMENT else env.int("CLINIC_HSTS_SECONDS", default=63072000)
# The clinic's other sites may not serve https yet: whoever knows that they do says so here.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("CLINIC_HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = env.bool("CLINIC_HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # the two lines above, by decision
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# ------------------------------------------------------------------ language, time, files

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "clinic" / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en",)
USE_I18N = USE_TZ = True
TIME_ZONE = "America/Los_Angeles"
PHONENUMBER_DEFAULT_REGION = "US"
PHONENUMBER_DEFAULT_FORMAT = "NATIONAL"

MEDIA_ROOT = VAR_DIR / "media"  # the clinic's own photos; served by education.library.views.photo
# No MEDIA_URL: nothing in it has an address of its own.
IMPORT_EXPORT_USE_TRANSACTIONS = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Pages name files by their hash only; compressing the others too takes as long again at the start.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# ------------------------------------------------------------------ what was done, what went wrong

AUDITLOG_DISABLE_REMOTE_ADDR = True  # a patient's address is personal and proves little
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "logging.Formatter" if DEVELOPMENT else "clinic.logs.KindAndPlace",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "filters": {"no_secrets": {"()": "clinic.logs.HideSecrets"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["no_secrets"],
        }
    },
    "loggers": {
        "fido2": {"level": "WARNING"},  # it would write down which passkey was used, at each log-in
        "fontTools": {"level": "WARNING"},  # this and the next tell every step of every PDF
        "weasyprint": {"level": "WARNING"},
    },
    "root": {"handlers": ["stderr"], "level": "INFO" if "pytest" not in sys.modules else "WARNING"},
}
