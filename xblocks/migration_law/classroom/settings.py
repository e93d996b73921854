# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings of the Django project, built from the data folder: nothing is read from the environment."""
from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.management.utils import get_random_secret_key

from .refused import Refused

MEGABYTE = 1024 * 1024
BODY_LIMIT = MEGABYTE

APPS = [
    "migration_law.classroom.apps.ClassroomConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
]

MIDDLEWARE = [
    "migration_law.classroom.middleware.BodyLimit",
    "migration_law.classroom.middleware.SecureHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "migration_law.classroom.middleware.PlainErrors",
    "axes.middleware.AxesMiddleware",
]


def configure(var: Path, hosts: Iterable[str] = (), behind_https: bool = False) -> None:
    """Start Django on the data folder *var*, once a process; a second call for the same folder does nothing."""
    import django
    from django.conf import settings

    if settings.configured:
        if Path(getattr(settings, "CLASSROOM_VAR", "")) != var.resolve():
            raise Refused("Django is already running in this process with other settings.")
        return
    settings.configure(**build(var.resolve(), hosts, behind_https))
    django.setup()


def build(var: Path, hosts: Iterable[str] = (), behind_https: bool = False) -> dict[str, Any]:
    """All settings for the data folder *var*, which is made if need be."""
    var.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {
        "CLASSROOM_VAR": str(var),
        "DEBUG": False,
        "SECRET_KEY": secret_key(var / "secret.key"),
        "ALLOWED_HOSTS": allowed_hosts(hosts),
        "INSTALLED_APPS": [*APPS, *optional_apps()],
        "MIDDLEWARE": MIDDLEWARE,
        "ROOT_URLCONF": "migration_law.classroom.urls",
        "DATABASES": {"default": database(var / "classroom.sqlite3")},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "TEMPLATES": [templates()],
        "LOGGING": logging(var),
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "LANGUAGE_CODE": "en-gb",
        "STATIC_URL": "/shell/",
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "WHITENOISE_MAX_AGE": 7 * 24 * 3600,
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 2 * BODY_LIMIT,
        **accounts(),
        **attempts(),
        **security(behind_https),
    }


def secret_key(path: Path) -> str:
    """The key that signs cookies: made on first use, readable by its owner only."""
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(get_random_secret_key())
    except FileExistsError:
        pass
    return path.read_text("ascii")


def allowed_hosts(hosts: Iterable[str]) -> list[str]:
    """The names under which the server may be asked: this machine's own, and those given."""
    here = socket.gethostname().lower()
    given = [host for host in hosts if host not in ("", "0.0.0.0", "::")]
    return ["localhost", "127.0.0.1", "[::1]", here, f"{here}.local", *own_addresses(here), *given]


def own_addresses(host: str) -> list[str]:
    """The network addresses of this machine as far as it knows them."""
    try:
        return sorted({str(info[4][0]) for info in socket.getaddrinfo(host, None, socket.AF_INET)})
    except OSError:
        return []


def optional_apps() -> list[str]:
    """The desk and what it stands on, where they are installed."""
    names = ("submissions", "migration_law.desk")
    return [name for name in names if find_spec(f"{name}.models" if find_spec(name) else name)]


def database(path: Path) -> dict[str, Any]:
    """SQLite that takes its write lock at the start of a transaction, so that two posts wait instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def templates() -> dict[str, Any]:
    """Django templates of the installed apps."""
    processors = [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
        "migration_law.classroom.middleware.shell_context",
    ]
    return {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": processors},
    }


def accounts() -> dict[str, Any]:
    """Who may log in, with what password, and for how long."""
    validators = "django.contrib.auth.password_validation"
    return {
        "AUTH_USER_MODEL": "classroom.Account",
        "AUTHENTICATION_BACKENDS": [
            "axes.backends.AxesStandaloneBackend",
            "django.contrib.auth.backends.ModelBackend",
        ],
        "AUTH_PASSWORD_VALIDATORS": [
            {
                "NAME": f"{validators}.UserAttributeSimilarityValidator",
                "OPTIONS": {"user_attributes": ("username", "full_name", "email")},
            },
            {"NAME": f"{validators}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
            {"NAME": f"{validators}.CommonPasswordValidator"},
            {"NAME": f"{validators}.NumericPasswordValidator"},
        ],
        "LOGIN_URL": "log-in",
        "LOGIN_REDIRECT_URL": "home",
        "SESSION_COOKIE_AGE": 12 * 3600,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    }


def attempts() -> dict[str, Any]:
    """How often a wrong password may be tried: by name and address here, in total in `throttle`."""
    return {
        "AXES_FAILURE_LIMIT": 5,
        "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
        "AXES_COOLOFF_TIME": timedelta(minutes=15),
        "AXES_RESET_ON_SUCCESS": True,
        "AXES_DISABLE_ACCESS_LOG": True,
        "AXES_ENABLE_ADMIN": False,
        "AXES_VERBOSE": False,
        "AXES_CLIENT_IP_CALLABLE": "migration_law.classroom.throttle.address",
        "AXES_LOCKOUT_CALLABLE": "migration_law.classroom.views.entrance.locked_out",
    }


def security(behind_https: bool) -> dict[str, Any]:
    """Cookies and headers; block scripts read the CSRF cookie, so that one stays readable."""
    return {
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": behind_https,
        "CSRF_COOKIE_HTTPONLY": False,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SECURE": behind_https,
        "CSRF_FAILURE_VIEW": "migration_law.classroom.views.errors.csrf_failure",
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "SAMEORIGIN",
    }


def logging(var: Path) -> dict[str, Any]:
    """Traces go to a file in the data folder, never to a page."""
    to_file = {"handlers": ["file"], "level": "WARNING", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(message)s"}},
        "handlers": {
            "file": {
                "class": "logging.handlers.RotatingFileHandler",
                "filename": str(var / "classroom.log"),
                "maxBytes": 5 * MEGABYTE,
                "backupCount": 3,
                "encoding": "utf-8",
                "delay": True,
                "formatter": "plain",
            },
        },
        "loggers": {
            "migration_law": to_file,
            "django": to_file,
            # A page that is not there, or not open to somebody, is no fault of the server.
            "django.request": {**to_file, "level": "ERROR"},
            "axes": to_file,
        },
    }
