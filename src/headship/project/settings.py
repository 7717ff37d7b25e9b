"""The one settings file. What an operator may change is an environment variable named HEADSHIP_*."""

import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from headship.project import databases, environment, mail

SOURCE = Path(__file__).resolve().parent.parent
FOLDER = environment.folder("HEADSHIP_FOLDER", Path.cwd() / "var")
DEMONSTRATION = environment.flag("HEADSHIP_DEMONSTRATION")
ALLOWED_HOSTS = environment.names("HEADSHIP_HOSTS", "localhost,127.0.0.1,[::1]")
# Plain http is right on one laptop's loopback only; any other host needs https in front (a proxy).
SECURE = environment.flag("HEADSHIP_HTTPS", default=set(ALLOWED_HOSTS) - {"localhost", "127.0.0.1", "[::1]"} != set())
if DEMONSTRATION and SECURE:
    raise ImproperlyConfigured("The demonstration signs anybody in: it is for this machine alone. Unset HEADSHIP_HOSTS")
DATABASE = environment.text("HEADSHIP_DATABASE", "")
SECRET_KEY = environment.secret(
    "HEADSHIP_SECRET_KEY", FOLDER / "secret-key", lost=databases.needs_its_key(DATABASE, FOLDER, secure=SECURE)
)
HEADSHIP_CHECKPOINT_KEY = environment.secret("HEADSHIP_CHECKPOINT_KEY", FOLDER / "checkpoint-key")
HEADSHIP_EARLIER_CHECKPOINT_KEYS = environment.names("HEADSHIP_EARLIER_CHECKPOINT_KEYS", "")
SECRET_KEY_FALLBACKS = environment.old_secrets("HEADSHIP_OLD_SECRET_KEYS", FOLDER / "old-secret-keys")
DEBUG = False
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if SECURE else []

INSTALLED_APPS = [
    "headship.core",
    "headship.standards",
    "headship.schools",
    "headship.people",
    "headship.privacy",
    "headship.evidence",
    "headship.strategy",
    "headship.outcomes",
    "headship.voice",
    "headship.policies",
    "headship.workload",
    "headship.improvement",
    "headship.equality",
    "headship.appraisal",
    "headship.talent",
    "headship.governance",
    "headship.project",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "headship.core.middleware.NothingOpen",
    "headship.core.middleware.Unwatched",
    "headship.core.middleware.Programs",
    "headship.core.middleware.NothingStored",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "headship.core.request_log.RequestLog",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "headship.people.middleware.SessionClock",
    "allauth.account.middleware.AccountMiddleware",
    "headship.project.middleware.SetUpFirst",
    "headship.core.middleware.HelpfulErrors",
    "headship.core.middleware.AudienceDeclared",
]
ROOT_URLCONF = "headship.project.urls"
WSGI_APPLICATION = "headship.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            SOURCE / app / "templates"
            for app in (
                "core",
                "standards",
                "schools",
                "people",
                "privacy",
                "evidence",
                "strategy",
                "outcomes",
                "voice",
                "policies",
                "workload",
                "improvement",
                "equality",
                "appraisal",
                "talent",
                "governance",
                "project",
            )
        ],
        "OPTIONS": {
            "environment": "headship.core.pages.environment",
            "context_processors": ["headship.core.pages.framed"],
        },
    },
    # For allauth's mails and Django's own form widgets; our pages never reach it.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
FORM_RENDERER = "headship.core.components.GovukRenderer"
DATABASES = {"default": databases.from_address(DATABASE, FOLDER)}
CACHES = {"default": {"BACKEND": "headship.core.remembered.Cache"}}  # rate limits and used codes, for every worker
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # in the transaction of whoever asks
# Whoever owns the tables on PostgreSQL, for `headship migrate` alone; empty where that is the same role.
DATABASE_OWNER = databases.owner(environment.text("HEADSHIP_DATABASE_OWNER", ""))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["headship.people.sign_in.AuthenticationBackend"]
PASSWORD_HASHERS = ["headship.people.passwords.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds a letter works; who was too slow asks for another
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# Sign-in by django-allauth. Accounts come from invitations and set-up; nobody signs up.
ACCOUNT_ADAPTER = "headship.people.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accepting the invitation proved the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Headship: "
ACCOUNT_USER_DISPLAY = "headship.people.sign_in.name_of"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_FORMS = {
    "login": "headship.people.forms.SignIn",
    "reset_password": "headship.people.forms.ForgottenPassword",
    "reset_password_from_key": "headship.people.forms.NewPassword",
    "change_password": "headship.people.forms.ChangedPassword",
    "reauthenticate": "headship.people.forms.PasswordAgain",
}
# A whole staff room may share one address, so addresses may try more often than any one account.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE else 0
MFA_ADAPTER = "headship.people.sign_in.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Headship"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # signing in by passkey asks nothing else: its owner proves to be there
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_FORMS = {
    "authenticate": "headship.people.forms.Code",
    "reauthenticate": "headship.people.forms.CodeAgain",
    "activate_totp": "headship.people.forms.FirstCode",
    "add_webauthn": "headship.people.forms.NewPasskey",
}
# Signing in with an identity held elsewhere (Microsoft, Google, DfE Sign-in …): only to an account with that address.
SOCIALACCOUNT_ADAPTER = "headship.people.sign_in.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_LOGIN_ON_GET = True  # form-action 'self' would stop a posted form from leading to the provider
OIDC_NAME = environment.text("HEADSHIP_OIDC_NAME", "your school account")
OIDC_ISSUER = environment.text("HEADSHIP_OIDC_ISSUER", "")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "school",
                "name": OIDC_NAME,
                "client_id": environment.text("HEADSHIP_OIDC_CLIENT_ID", ""),
                "secret": environment.text("HEADSHIP_OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}
MAILERS = {"default": mail.from_address(environment.text("HEADSHIP_MAIL", ""))}
DEFAULT_FROM_EMAIL = environment.text("HEADSHIP_MAIL_FROM", "Headship <headship@localhost>")

# One line a request, and faults of ours with their places in the code; core/log_lines.py says what no line holds.
LOG_PLAIN = environment.text("HEADSHIP_LOG", "plain" if sys.stderr.isatty() else "json") == "plain"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "headship.core.log_lines.Lines", "plain": LOG_PLAIN}},
    "handlers": {"output": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "loggers": {
        "django": {"handlers": ["output"], "level": "ERROR", "propagate": True},
        "headship": {"handlers": ["output"], "level": "INFO", "propagate": True},
    },
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
DATE_FORMAT = "j F Y"

STATIC_URL = "static/"
STATIC_ROOT = environment.folder("HEADSHIP_STATIC", FOLDER / "static")
MEDIA_ROOT = environment.folder("HEADSHIP_FILES", FOLDER / "files")  # whatever people upload: backups take it along
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_TEMP_DIR = FOLDER
FILE_UPLOAD_HANDLERS = [
    "headship.project.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

SESSION_ENGINE = "headship.people.session_store"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a cookie would outlive signing out
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_FAILURE_VIEW = "headship.core.views.not_from_our_page"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}

# What pupils' UPNs are hashed with. Whoever changes it no longer finds the pupils they had: keep it with the backups.
HEADSHIP_PUPIL_KEY = environment.secret("HEADSHIP_PUPIL_KEY", FOLDER / "pupil-key")
HEADSHIP_METRICS_TOKEN = environment.text("HEADSHIP_METRICS_TOKEN", "")
# Backups are made each night where both a folder and a key are given; the key lies nowhere else on this machine.
HEADSHIP_BACKUP_FOLDER = environment.text("HEADSHIP_BACKUP_FOLDER", "")
HEADSHIP_BACKUP_KEY = environment.given_secret("HEADSHIP_BACKUP_KEY")
HEADSHIP_BACKUP_KEEP = environment.number("HEADSHIP_BACKUP_KEEP", 30)
HEADSHIP_KEPT_PAGES = environment.number("HEADSHIP_KEPT_PAGES", 128)
HEADSHIP_MODULES = "headship.project.modules.MODULES"
HEADSHIP_SCOPE_FOR = "headship.people.queries.scope_for"
HEADSHIP_LEFT_ON = "headship.people.queries.left_on"
HEADSHIP_DETOUR = "headship.people.rules.detour"
HEADSHIP_ASK_AGAIN = "headship.people.fresh.ask_again"
HEADSHIP_BEARER = "headship.people.tokens.bearer"
