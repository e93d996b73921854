# SPDX-License-Identifier: AGPL-3.0-or-later
"""The WSGI server: waitress, on threads."""
from __future__ import annotations

import logging
from typing import Any

from django.core.wsgi import get_wsgi_application
from waitress.server import create_server

THREADS = 8

# A queue of one or two is how a busy classroom looks, not something to print on the terminal.
logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def options(behind_https: bool = False) -> dict[str, Any]:
    """What waitress is told beside its address."""
    found: dict[str, Any] = {"threads": THREADS, "ident": "", "max_request_body_size": 4 * 1024 * 1024}
    if behind_https:
        headers = {"x-forwarded-proto", "x-forwarded-host", "x-forwarded-for"}
        found |= {"trusted_proxy": "127.0.0.1", "trusted_proxy_headers": headers, "clear_untrusted_proxy_headers": True}
    return found


def create(host: str, port: int, behind_https: bool = False) -> Any:
    """A server that has its port already (0 takes any free one); `run` serves until Ctrl-C."""
    return create_server(get_wsgi_application(), host=host, port=port, **options(behind_https))
