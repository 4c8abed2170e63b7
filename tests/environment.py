"""Loaded before Django reads its settings: every test process has a data folder of its own."""

import os
import tempfile

import pytest

os.environ["ALLONCE_DATA_DIR"] = tempfile.mkdtemp(prefix="allonce-test-")
os.environ["ALLONCE_EXTRA_APPS"] = '["tests.probe"]'
os.environ["ALLONCE_DEMO"] = "false"
# Tests knock at every door from one address; those about limits and visits set their own.
os.environ["ALLONCE_STRANGER_REQUESTS"] = os.environ["ALLONCE_SIGNED_IN_REQUESTS"] = "0"
os.environ["ALLONCE_ACCOUNT_REQUESTS"] = "0"
os.environ["ALLONCE_VISIT_LOG"] = "false"
os.environ["ALLONCE_PUBLIC_URL"] = "http://localhost:8800"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Each worker empties its cache between tests, so each has a Redis database of its own.
if redis := os.environ.get("ALLONCE_REDIS_URL"):
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    os.environ["ALLONCE_REDIS_URL"] = f"{redis.rpartition('/')[0]}/{worker}"


def pytest_configure(config: pytest.Config) -> None:
    """The fast suite pairs a handful of members: that is done before the machine code for millions is made."""
    if "not slow" in (config.getoption("markexpr") or ""):
        os.environ.setdefault("NUMBA_DISABLE_JIT", "1")
