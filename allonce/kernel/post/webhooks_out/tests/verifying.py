"""What a receiver does: checks signatures as Standard Webhooks 1.0 says, from its text and not from our code."""

import base64
import hashlib
import hmac
import time

from allonce.kernel.post.outward.tests.server import Call

TOLERANCE = 300


def verified(call: Call, secret: str) -> bool:
    """Whether any of the call's signatures is right under `secret` and its time is near."""
    key = base64.b64decode(secret[len("whsec_") :])
    stamp = call.headers["webhook-timestamp"]
    if abs(time.time() - int(stamp)) > TOLERANCE:
        return False
    signed = b".".join([call.headers["webhook-id"].encode(), stamp.encode(), call.body])
    right = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    given = [each.split(",", 1) for each in call.headers["webhook-signature"].split(" ")]
    return any(version == "v1" and hmac.compare_digest(value, right) for version, value in given)
