# SPDX-License-Identifier: AGPL-3.0-or-later
"""A block for tests: it counts, grades, fails and asks, as told."""

from __future__ import annotations

import io
import json
import threading
from typing import Any

import yaml
from web_fragments.fragment import Fragment
from webob import Response
from xblock.core import XBlock
from xblock.exceptions import DisallowedFileError
from xblock.fields import Dict, Float, Integer, List, Scope, String
from xblock.plugin import PLUGIN_CACHE

# A handler told to wait stops here, so that two posts can be made to overlap.
ENTERED, GO_ON = threading.Event(), threading.Event()


@XBlock.needs("user", "i18n", "replace_urls", "completion")
@XBlock.wants("publish")
class Toy(XBlock):
    """Every kind of field, and a handler for every kind of doing."""

    has_score = True
    display_name = String(scope=Scope.settings, default="Toy")
    weight = Float(scope=Scope.settings)
    data = Dict(scope=Scope.content, default={})
    count = Integer(scope=Scope.user_state, default=0)
    log = List(scope=Scope.user_state, default=[])
    liked = String(scope=Scope.preferences, default="")
    migration_law_state = String(scope=Scope.user_info, default="")
    votes = Integer(scope=Scope.user_state_summary, default=0)

    @classmethod
    def parse_xml(cls, node: Any, runtime: Any, keys: Any) -> Toy:
        block = runtime.construct_xblock_from_class(cls, keys)
        block.data = yaml.safe_load(node.text)
        block.display_name = node.get("display_name", "")
        if node.get("weight"):
            block.weight = float(node.get("weight"))
        if block.data.get("raise"):
            raise KeyError(block.data["raise"])
        return block

    def max_score(self) -> float:
        return float(self.data["max"])

    def student_view(self, context: Any = None) -> Fragment:
        if self.data.get("view") == "fail":
            raise ValueError("not today")
        if self.data.get("view") == "count":
            self.count += 1
        fragment = Fragment(
            f'<p class="toy">Toy {self.display_name}: <b>{self.count}</b> <a href="/static/facts.txt">f</a></p>'
        )
        fragment.add_css_url(self.runtime.local_resource_url(self, "public/toy.css"))
        fragment.add_javascript(f"window.toys = (window.toys || 0) + 1; /* {self.scope_ids.block_type} */")
        fragment.add_css(".toy { color: inherit }")
        fragment.initialize_js("Toy", {"text": "</script>"})
        return fragment

    @classmethod
    def open_local_resource(cls, uri: str) -> io.BytesIO:
        if uri != "public/toy.css":
            raise DisallowedFileError(uri)
        return io.BytesIO(b".toy { font-weight: 400 }")

    @XBlock.json_handler
    def bump(self, data: dict[str, Any], suffix: str = "") -> dict[str, Any]:
        if data.get("wait"):
            ENTERED.set()
            assert GO_ON.wait(10)
        self.count += 1
        self.log.append(data.get("word", ""))
        self.votes += 1
        return {"count": self.count, "log": self.log, "votes": self.votes, "suffix": suffix}

    @XBlock.json_handler
    def publish(self, data: dict[str, Any], suffix: str = "") -> dict[str, Any]:
        for event, values in data["events"]:
            self.runtime.publish(self, event, values)
        return {}

    @XBlock.json_handler
    def remember(self, data: dict[str, Any], suffix: str = "") -> dict[str, Any]:
        self.liked, self.migration_law_state = data["liked"], data["state"]
        return {}

    @XBlock.json_handler
    def fail(self, data: dict[str, Any], suffix: str = "") -> None:
        self.count = 99
        self.save()
        self.runtime.publish(self, "grade", {"value": 1, "max_value": 1})
        raise RuntimeError("secret detail")

    @XBlock.json_handler
    def rewrite(self, data: dict[str, Any], suffix: str = "") -> dict[str, Any]:
        self.data = {"max": 1000}
        return {}

    @XBlock.handler
    def ask(self, request: Any, suffix: str = "") -> Response:
        user = self.runtime.service(self, "user").get_current_user()
        answer = {
            "opt": user.opt_attrs,
            "name": user.full_name,
            "emails": user.emails,
            "text": self.runtime.service(self, "replace_urls").replace_urls(request.params.get("text", "")),
            "submit": self.runtime.service(self, "i18n").ugettext("Submit"),
            "due": str(self.due),
            "grace": str(self.graceperiod),
            "graded": self.graded,
            "format": self.format,
            "show": self.show_correctness,
            "start": str(self.start),
            "course": str(self.scope_ids.usage_id.context_key),
            "path": self._path(),
            "liked": self.liked,
            "state": self.migration_law_state,
            "method": request.method,
        }
        return Response(json.dumps(answer), content_type="application/json", charset="utf8")

    def _path(self) -> list[str]:
        block, found = self, []
        while block is not None:
            found.append(f"{block.scope_ids.block_type}:{block.scope_ids.usage_id}")
            block = block.get_parent()
        return found

    def not_a_handler(self, request: Any = None, suffix: str = "") -> Response:
        return Response("must never be seen")


def register() -> None:
    """Make `toy` known to XBlock as an entry point would."""
    PLUGIN_CACHE["xblock.v1", "toy"] = Toy
