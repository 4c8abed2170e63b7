"""What the app stores send, made in tests in their own formats: signed by chains and keys made here."""

import json
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from allonce.kernel.clock import now

BUNDLE = "com.example.dating"
# Apple marks its leaf and its intermediate certificate with these.
LEAF, INTERMEDIATE = "1.2.840.113635.100.6.11.1", "1.2.840.113635.100.6.2.1"
Key = ec.EllipticCurvePrivateKey


def milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _certificate(
    name: str, key: Key, issuer: tuple[str, Key], *, mark: str = "", is_authority: bool
) -> x509.Certificate:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(
        issuer_name=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer[0])]),
        subject_name=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]),
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=start,
        not_valid_after=start + timedelta(days=365 * 40),
    )
    builder = builder.add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer[1].public_key()), critical=False
    )
    if is_authority:
        usage = dict.fromkeys(
            ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only"), False
        )
        more = {"digital_signature": False, "key_cert_sign": True, "crl_sign": True, "decipher_only": False}
        builder = builder.add_extension(x509.KeyUsage(**usage, **more), critical=True)
    if mark:
        mark_of = x509.UnrecognizedExtension(x509.ObjectIdentifier(mark), b"\x05\x00")
        builder = builder.add_extension(mark_of, critical=False)
    return builder.sign(issuer[1], hashes.SHA256())


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


@dataclass
class Apple:
    """A chain of three certificates, and what is signed with its leaf."""

    keys: list[Key] = field(default_factory=lambda: [ec.generate_private_key(ec.SECP256R1()) for _n in range(3)])

    def __post_init__(self) -> None:
        root, middle, leaf = self.keys
        self.root = _der(_certificate("Root", root, ("Root", root), is_authority=True))
        self.middle = _der(_certificate("Middle", middle, ("Root", root), mark=INTERMEDIATE, is_authority=True))
        self.leaf = _der(_certificate("Leaf", leaf, ("Middle", middle), mark=LEAF, is_authority=False))

    def signed(self, payload: dict[str, Any]) -> str:
        """A JWS with the chain in its header, as the App Store makes them."""
        chain = [b64encode(each).decode() for each in (self.leaf, self.middle, self.root)]
        return jwt.encode(payload, self.keys[2], algorithm="ES256", headers={"x5c": chain})

    def transaction(self, product: str, number: str, **more: Any) -> str:
        """A signed transaction; with `until` it is a subscription's."""
        until = more.pop("until", None)
        about = {
            "bundleId": BUNDLE,
            "environment": "Sandbox",
            "productId": f"com.example.{product}",
            "transactionId": number,
            "originalTransactionId": more.pop("original", number),
            "purchaseDate": milliseconds(now()),
            "signedDate": milliseconds(now()),
            "quantity": 1,
            "type": "Auto-Renewable Subscription" if until else "Consumable",
            "price": 4990,
            "currency": "EUR",
        }
        if until:
            about["expiresDate"] = milliseconds(until)
        return self.signed(about | more)

    def notice(self, kind: str, transaction: str, *, subtype: str = "", at: datetime | None = None) -> bytes:
        """The body of a server notification, version 2."""
        payload = {
            "notificationType": kind,
            "notificationUUID": str(uuid4()),
            "version": "2.0",
            "signedDate": milliseconds(at or now()),
            "data": {"bundleId": BUNDLE, "environment": "Sandbox", "signedTransactionInfo": transaction},
        }
        if subtype:
            payload["subtype"] = subtype
        return json.dumps({"signedPayload": self.signed(payload)}).encode()


AUDIENCE, PUSHER = "https://dating.example/push", "push@project.iam.gserviceaccount.com"


@dataclass
class Google:
    """The keys with which Google signs pushes, and our own service account's."""

    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    own: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def published(self) -> dict[str, Any]:
        """The JSON Web Key Set."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "k1", "alg": "RS256", "use": "sig"}]}

    def account(self, token_uri: str) -> str:
        """The service account's file."""
        pem = self.own.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        about = {"client_email": "us@project.iam.gserviceaccount.com", "token_uri": token_uri}
        return json.dumps(about | {"private_key": pem.decode()})

    def bearer(self, key: rsa.RSAPrivateKey | None = None, **more: Any) -> str:
        """The token that a push carries."""
        issued = int(datetime.now(UTC).timestamp())
        claims = {
            "iss": "https://accounts.google.com",
            "aud": AUDIENCE,
            "email": PUSHER,
            "email_verified": True,
            "iat": issued,
            "exp": issued + 600,
        }
        return jwt.encode(claims | more, key or self.key, algorithm="RS256", headers={"kid": "k1"})

    def push(self, **notice: Any) -> bytes:
        """A push of Pub/Sub with a developer notification inside."""
        about = {"version": "1.0", "packageName": BUNDLE, "eventTimeMillis": str(milliseconds(now())), **notice}
        data = b64encode(json.dumps(about).encode()).decode()
        return json.dumps({"message": {"data": data, "messageId": uuid4().hex}, "subscription": "s"}).encode()
