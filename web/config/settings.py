"""Django's settings; what differs between machines is read from the environment (see `environment.py`)."""

import os
import zoneinfo
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from config import environment, logs

zoneinfo.reset_tzpath(())  # the locked tzdata, not the machine's: a system of 2025 is one hour off in a BC winter

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR.parent / "var"))
VAR_DIR.mkdir(parents=True, exist_ok=True)
environment.load_file(VAR_DIR / "env")

# --- What a visitor is told when all else fails. Kept here, in code, because it must work when the rest is down. ---
WHERE_TO_GET_HELP = (
    "If this may be an emergency, such as trouble breathing, a swelling face or tongue, or a sudden loss of sight, "
    "call 911 or go to the nearest emergency department now. "
    "For health advice at any hour, call 8-1-1 (HealthLink BC, free, day and night). "
    "If you are thinking about suicide or hurting yourself, call or text 9-8-8 at any time."
)
OUT_OF_ORDER_ADVICE = (
    "I can't answer at the moment. Your message is saved, and the clinic's staff can see that you had no answer. "
    + WHERE_TO_GET_HELP
    + " You can send your message again in a few minutes."
)
NOT_SAVED_ADVICE = "I can't answer at the moment, and your message may not have been saved. " + WHERE_TO_GET_HELP
TOO_MANY_MESSAGES_ADVICE = (
    "Many messages came in a short time, so please wait a minute and send this one again. " + WHERE_TO_GET_HELP
)

# --- Environment ---
DEBUG = environment.flag("DJANGO_DEBUG")
HTTPS = environment.flag("DJANGO_HTTPS", default=not DEBUG)  # off only where the browser is on the same machine
SECRET_KEY = environment.secret("DJANGO_SECRET_KEY")
SECRET_KEY_FALLBACKS = environment.words("DJANGO_OLD_SECRET_KEYS")
ALLOWED_HOSTS = environment.words("DJANGO_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
# Pages on other hosts of the clinic's own domain that carry the widget, such as https://www.example.ca.
WIDGET_ORIGINS = environment.words("WIDGET_ORIGINS")
CSRF_TRUSTED_ORIGINS = [*environment.words("DJANGO_TRUSTED_ORIGINS"), *WIDGET_ORIGINS]
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))
DATABASES = {"default": environment.database(os.environ.get("DATABASE_URL", ""), VAR_DIR)}
KNOWLEDGE_DIR = Path(os.environ.get("KNOWLEDGE_DIR", BASE_DIR.parent / "knowledge"))
ASSISTANT_DIR = Path(os.environ.get("ASSISTANT_DIR", BASE_DIR.parent))  # domain.yml, data/ and models/
ASSISTANT_PYTHON = Path(os.environ.get("ASSISTANT_PYTHON", ASSISTANT_DIR / ".venv" / "bin" / "python"))
MODELS_DIR = Path(os.environ.get("MODELS_DIR", ASSISTANT_DIR / "models"))
REDIS_URL = os.environ.get("REDIS_URL", "")
RASA_URL = os.environ.get("RASA_URL", "http://127.0.0.1:5005")
RASA_MODEL_URLS = environment.words("RASA_MODEL_URLS", RASA_URL)  # each Rasa by itself, where a proxy shares them out
CHANNEL_TOKEN = environment.secret("CHANNEL_TOKEN")
BOOKING_TOKEN = environment.secret("BOOKING_TOKEN")

# --- Chat ---
MESSAGE_MAX_CHARACTERS = 2000
RASA_CONNECT_SECONDS = 1.0
RASA_ANSWER_SECONDS = 5.5  # a free place + connect + answer stay below the 8 seconds that a visitor may wait
RASA_LOAD_SECONDS = 120.0  # a model is loaded while the other one serves
RASA_PARALLEL_MESSAGES = int(os.environ.get("RASA_PARALLEL_MESSAGES", "16"))
CHAT_KEEP_DAYS = int(os.environ.get("CHAT_KEEP_DAYS", "365"))
BOOKING_KEEP_DAYS = int(os.environ.get("BOOKING_KEEP_DAYS", "730"))  # after the appointment; 0: until staff delete it
FIRST_NOTICE = (  # who reads it, how long it is kept, no diagnosis, not for emergencies
    "I'm an automated assistant for general information about milia. I can't examine you or diagnose. If someone has "
    "trouble breathing, a sudden loss of sight, or is seriously unwell, call 911: nobody watches this chat for "
    "emergencies. Only the clinic's staff can read what you write, to check the advice and to follow up. It is erased "
    f"{CHAT_KEEP_DAYS} days after your last message, or when you ask. Please leave out your name and health number."
)
CHAT_COOKIE_SECONDS = int(timedelta(days=7).total_seconds())
CHAT_RATE_CONVERSATION = os.environ.get("CHAT_RATE_CONVERSATION", "30/m")
CHAT_RATE_ADDRESS = os.environ.get("CHAT_RATE_ADDRESS", "240/m")
SELF_HARM_FLAGS = ("self_harm", "suicid", "e12")  # parts of flag names that ask for a call back with care
CLINIC_NAME = "DERM Lab"
PRIVACY_CONTACT = os.environ.get("PRIVACY_CONTACT", "")  # the clinic names its privacy officer; unknown until it does

# --- Booking ---
BOOKING_OPEN_HOURS = 24  # how long a hand-off stays open
BOOKING_RATE = os.environ.get("BOOKING_RATE", "40/m")  # forms and held times
BOOKING_CONSENT = (
    f"I agree that {CLINIC_NAME} keeps these details and the summary of this chat, and uses them to arrange and "
    "prepare my consultation."
)
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000")  # what links in e-mails begin with
BOOKING_WEBHOOK_URL = os.environ.get("BOOKING_WEBHOOK_URL", "")  # another system that learns of each request
BOOKING_WEBHOOK_SECRET = environment.secret("BOOKING_WEBHOOK_SECRET") if BOOKING_WEBHOOK_URL else ""  # whsec_...
BOOKING_WEBHOOK_DETAILS = environment.flag("BOOKING_WEBHOOK_DETAILS")  # with name, phone and e-mail address

# --- E-mail: written to the terminal until a server is named ---
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", f"{CLINIC_NAME} <booking@localhost>")
MAIL_DOMAIN = DEFAULT_FROM_EMAIL.rstrip(">").rpartition("@")[2]

# --- Applications ---
INSTALLED_APPS = [
    "chat",
    "booking",
    "cases",
    "console",
    "teaching",
    "replay",
    "trust",
    "figures",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "auditlog",
    "axes",
    "csp",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.WidgetOriginMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "trust.sessions.SessionTimeoutMiddleware",
    "config.middleware.SecondFactorMiddleware",
    "config.middleware.AuditMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",  # last, as axes asks
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
# Without Redis there is one web process, and its threads share the local cache: the counts are right.
SILENCED_SYSTEM_CHECKS = [] if REDIS_URL else ["django_ratelimit.E003", "django_ratelimit.W001"]
RATELIMIT_IP_META_KEY = "config.middleware.visitor_address"
RATELIMIT_FAIL_OPEN = True  # a broken cache must not silence the assistant
LOGGING = logs.configure(readable=DEBUG)

# --- Language, time, static files ---
LANGUAGE_CODE = "en-ca"
TIME_ZONE = "America/Vancouver"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if not HTTPS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"  # needs `manage.py collectstatic`
    },
}
WHITENOISE_USE_FINDERS = not HTTPS
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
WEEK_REPORT_TO = environment.words("WEEK_REPORT_TO")  # who gets the figures of the week
CONSOLE_ADDRESS = os.environ.get("CONSOLE_ADDRESS", "").rstrip("/")  # such as https://chat.example.ca; for letters

# --- Staff accounts ---
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "trust.backends.RightsBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/console/"
ACCOUNT_ADAPTER = "config.accounts.NoSignUp"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = f"{CLINIC_NAME} console"
STAFF_SECOND_FACTOR = environment.flag("STAFF_SECOND_FACTOR", default=HTTPS)
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "config.accounts.login_name"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "config.middleware.visitor_address"
# The key of the chain over the audit log. Keep it apart from the database, and old ones for as long as the log.
AUDIT_KEY = os.environ.get("AUDIT_KEY") or SECRET_KEY
AUDIT_OLD_KEYS = [*environment.words("AUDIT_OLD_KEYS"), SECRET_KEY, *SECRET_KEY_FALLBACKS]
AUDIT_APPEND_ONLY = True  # the database refuses to change or remove entries; tests empty their tables
AUDITLOG_INCLUDE_ALL_MODELS = False  # chat texts stay out of the audit log; models register themselves

PASSWORD_RESET_TIMEOUT = int(timedelta(days=1).total_seconds())  # a link with which staff choose a password

# --- Browser security ---
STAFF_IDLE_SECONDS = 60 * int(os.environ.get("STAFF_IDLE_MINUTES", "30"))
STAFF_SESSION_SECONDS = SESSION_COOKIE_AGE = int(timedelta(hours=9).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CHAT_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True  # the widget reads the token from GET /chat/conversation/
CSRF_FAILURE_VIEW = "chat.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS and environment.flag("DJANGO_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^api/booking/"]  # asked over the private network
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: the QR code of the second factor
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
