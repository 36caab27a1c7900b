"""All settings, read from the environment. README holds the table; a test keeps both the same."""

import os
import sys
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from playground import environment as env
from segments.core.media.facts import MediaLimits

BASE_DIR = Path(__file__).resolve().parent.parent

# Where everything lives: database, videos, private Redis. One folder to back up.
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "var"))).resolve()
HOST = env.text("HOST", "127.0.0.1")
# Where clients reach this server when that differs from the address of their request: behind a proxy, say.
PUBLIC_BASE_URL = env.text("PUBLIC_BASE_URL").rstrip("/")
PORT = env.whole("PORT", 8000, least=1, most=65535)
LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
# Who may enter: `local` (only this computer), `token` (whoever has the launch link), `users` (accounts).
ACCESS = env.choice("ACCESS", ("local", "token", "users"), "local")
DEBUG = env.flag("DEBUG")
# More processes decode more videos at once; each may take up to 1 GiB.
WORKERS = env.whole("WORKERS", min(2, os.cpu_count() or 1), least=1, most=64)

# How many processes decode one video side by side.
DECODERS = env.whole("DECODERS", min(2, os.cpu_count() or 1), least=1, most=16)


def _secret_key() -> str:
    """The given key, else one made at the first start and kept readable for the owner only."""
    given = env.text("SECRET_KEY")
    if given:
        return given
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    path = DATA_DIR / "secret-key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(os.urandom(48).hex())
    return path.read_text().strip()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = LOCAL_HOSTS + env.names("ALLOWED_HOSTS")
if ACCESS != "local" and HOST not in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
    ALLOWED_HOSTS.append(HOST)
if DEBUG and HOST not in ("127.0.0.1", "localhost", "::1"):
    raise ImproperlyConfigured("DEBUG=1 shows internals; it works on HOST=127.0.0.1 only.")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "playground.apps.Static",
    "servestatic",
    "channels",
    "django_htmx",
    "ninja",
    "csp",
    "segments",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "segments.middleware.isolation",
    "segments.middleware.chunked_bodies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "segments.middleware.entrance",
    "segments.api.twelvelabs.edge.edge",
    "segments.api.videos.edge.edge",
    "segments.api.lynxvizion.edge.edge",
    "django_htmx.middleware.HtmxMiddleware",
    "segments.middleware.errors",
]
ROOT_URLCONF = "playground.urls"
ASGI_APPLICATION = "playground.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
APPEND_SLASH = False  # a redirect turns a POST into a GET; every address is exact
USE_TZ = True
TIME_ZONE = "UTC"  # pages show times in the zone of the browser
LANGUAGE_CODE = "en"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- database: SQLite in DATA_DIR, or DATABASE_URL=postgres://…
DATABASES = {"default": dj_database_url.parse(env.text("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'cuepoint.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a transaction that reads before it writes would be refused at once, whatever the timeout.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
        "-c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000"
    )

# --- Redis: `serve` starts a private one on this socket unless REDIS_URL names another
REDIS_URL = env.text("REDIS_URL") or f"unix://{DATA_DIR / 'run' / 'redis.sock'}"
CHANNEL_LAYERS = {
    "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
}
# Early acknowledgement on purpose: a message is only an id, the lease in the row decides who runs it.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "light"
CELERY_TASK_ROUTES = {"segments.tasks.run_job": {"queue": "media"}}
CELERY_BEAT_SCHEDULE = {"reconcile": {"task": "segments.tasks.reconcile", "schedule": 5.0, "options": {"expires": 5}}}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 30}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1}  # a doorbell that fails is rung again by reconcile
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_DISABLE_PREFETCH = True  # no id may wait behind a two-hour run
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ACCEPT_CONTENT = ["json"]

# --- static files: built by `npm run build`, collected once, served by us
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "collected"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "playground.storage.ModuleManifestStorage"},
}

# --- the browser's own guards
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Cookies ignore ports, so each server on this host gets its own names.
SESSION_COOKIE_NAME = f"cuepoint_session_{PORT}"
CSRF_COOKIE_NAME = f"cuepoint_csrf_{PORT}"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "segments.middleware.csrf_failure"
LOGIN_URL = "enter"

# --- limits; crossing one is answered with words, never with a crash
LIMITS = MediaLimits(
    min_side=env.whole("MIN_SIDE", 64, least=16, most=8192),
    max_side=env.whole("MAX_SIDE", 8192, least=64, most=8192),
    min_duration=env.number("MIN_DURATION", 0.5, least=0.05, most=3600),
    max_duration=env.number("MAX_DURATION", 6 * 3600, least=1, most=24 * 3600),
    max_bytes=env.whole("MAX_UPLOAD_BYTES", 4 << 30, least=1 << 20, most=1 << 40),
)
UPLOAD_PART_BYTES = 8 << 20
UPLOAD_LIFETIME_HOURS = env.whole("UPLOAD_LIFETIME_HOURS", 24, least=1, most=24 * 30)
# Uploads in numbered chunks: the size of one, and how long its signed address works.
CHUNK_BYTES = env.whole("CHUNK_BYTES", 10 << 20, least=1 << 16, most=1 << 28)
CHUNK_LINK_MINUTES = 70
# One-request uploads of the task API, and films that it loads from an address.
MAX_DIRECT_BYTES = env.whole("MAX_DIRECT_BYTES", 200 << 20, least=1 << 20, most=1 << 40)
MAX_URL_BYTES = env.whole("MAX_URL_BYTES", 4 << 30, least=1 << 20, most=1 << 40)
# `host:port` pairs that users' addresses and webhooks may also reach; everything else must be public.
OUTBOUND_ALLOW = frozenset(name.lower() for name in env.names("OUTBOUND_ALLOW"))
SINGLE_UPLOAD_BYTES = env.whole("SINGLE_UPLOAD_BYTES", 100_000_000, least=1 << 20, most=1 << 40)
FREE_DISK_FLOOR_BYTES = env.whole("FREE_DISK_FLOOR_BYTES", 1 << 30, least=0, most=1 << 40)
# Requests per minute and API key; 0 counts nothing.
RATE_LIMIT_PER_MINUTE = env.whole("RATE_LIMIT_PER_MINUTE", 0, least=0, most=1_000_000)
# A folder with a faster-whisper model, or a name that `manage.py fetch_speech_model` fetched; empty: no recognition.
SPEECH_MODEL = env.text("SPEECH_MODEL")
MAX_ACTIVE_JOBS = env.whole("MAX_ACTIVE_JOBS", 20, least=1, most=10_000)
DATA_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_PART_BYTES + (1 << 16)
FILE_UPLOAD_TEMP_DIR = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": sys.stderr}},
    "root": {
        "handlers": ["stderr"],
        "level": env.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "WARNING"),
    },
}
