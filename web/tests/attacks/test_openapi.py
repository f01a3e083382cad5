"""The public interface does what its description says, also for requests that nobody would write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import schemathesis
import yaml
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.attacks.conftest import PATIENCE, Visitor

CHECKS = [
    status_code_conformance,  # 500 is never described; 503 is: with Rasa down, a message is kept
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]


DESCRIPTION = Path(__file__).resolve().parents[2] / "chat" / "openapi.yml"
schema = schemathesis.openapi.from_path(str(DESCRIPTION))


def test_the_website_gives_its_description(url: str) -> None:
    served = httpx.get(f"{url}/chat/openapi.json", timeout=PATIENCE).json()
    assert served == yaml.safe_load(DESCRIPTION.read_text(encoding="utf-8"))


@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_interface_is_as_described(case: Case[Any], url: str) -> None:
    visitor = Visitor(url)
    cookies = "; ".join(f"{name}={one}" for name, one in visitor.http.cookies.items())
    sent = {name: visitor.http.headers[name] for name in ("X-CSRFToken", "X-Forwarded-For", "Accept")}
    case.cookies = {}
    case.call_and_validate(base_url=url, headers={**sent, "Cookie": cookies}, checks=CHECKS)
