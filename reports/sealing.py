"""Signatures under a PDF, and a certificate of one's own. pyHanko is loaded on first use."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any, Final

from reports.errors import ReportError
from reports.protecting import Credential
from reports.words import mark

NO_CREDENTIAL = mark(
    "This is no certificate with a private key (a .p12 or .pfx file), or its password is another."
)
UNREADABLE = mark("This is no PDF that can be read, or its password is another.")
EXPIRED = mark("The certificate {name} is valid from {since} to {until} only.")

FIELD: Final = "Seal"
#: What pyHanko raises besides its own errors where a file is not what it says it is.
_MALFORMED: Final = (LookupError, TypeError, AttributeError, zlib.error)
#: A certificate made here is valid for so long, from a day before, whose clock may be wrong.
VALID: Final = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose certificate signed, and what the signature is worth.

    ``intact``: nothing that was signed has changed. ``whole``: nothing was added after it.
    ``covers``: so many bytes from the beginning of the file are under it.
    ``own``: nobody but its holder vouches for it (self-signed): readers show it as untrusted.
    """

    name: str
    fingerprint: str
    signed_at: datetime | None
    intact: bool
    whole: bool
    own: bool
    covers: int = 0


def self_signed(name: str) -> Credential:
    """A new certificate that nobody vouches for. ``name`` is told to all who get a signed file:
    the firm's, never a person's."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

    key = ec.generate_private_key(ec.SECP256R1())  # an RSA key takes 0.2 s to load, four times
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    begins = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=False, crl_sign=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + VALID)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Credential(
        pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, None, NoEncryption())
    )


def check(credential: Credential) -> None:
    """Raises ReportError ``no_credential`` or ``certificate_expired``."""
    _require_valid(_signer(credential).signing_cert)


def sign(data: bytes, credential: Credential, password: str = "") -> bytes:
    """``data`` with an invisible signature over every byte of it; ``password`` is the file's.

    It certifies: readers say so where anything is changed afterwards. Raises ReportError
    ``no_credential`` or ``certificate_expired``.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.fields import MDPPerm

    signer = _signer(credential)
    _require_valid(signer.signing_cert)
    writer: Any = IncrementalPdfFileWriter(BytesIO(data))
    if password:
        writer.encrypt(password)
    about = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signed: BytesIO = PdfSigner(about, signer).sign_pdf(writer)
    return signed.getvalue()


def signatures(data: bytes, password: str = "") -> tuple[Signer, ...]:
    """Who signed the PDF, the first one first. Raises ReportError ``unreadable``."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(BytesIO(data), strict=False)
        if reader.encrypted:
            reader.decrypt(password)
        return tuple(_judged(each) for each in reader.embedded_regular_signatures)
    except (PdfError, ValueError, *_MALFORMED) as error:
        raise ReportError("unreadable", UNREADABLE) from error


def _judged(signature: Any) -> Signer:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    certificate = signature.signer_cert
    trust = ValidationContext(trust_roots=[certificate], allow_fetching=False)
    found = validate_pdf_signature(signature, signer_validation_context=trust)
    return Signer(
        name=certificate.subject.native.get("common_name", certificate.subject.human_friendly),
        fingerprint=certificate.sha256.hex(),
        signed_at=found.signer_reported_dt,
        intact=found.intact and found.valid,
        whole=found.coverage >= SignatureCoverageLevel.ENTIRE_FILE,
        own=certificate.subject == certificate.issuer,
        covers=int(signature.byte_range[-2]) + int(signature.byte_range[-1]),
    )


def _signer(credential: Credential) -> Any:
    from cryptography.hazmat.primitives.serialization import pkcs12
    from pyhanko.sign.signers import SimpleSigner

    word = credential.word.encode() if credential.word else None
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(credential.pkcs12, word)
    except ValueError as error:
        raise ReportError("no_credential", NO_CREDENTIAL) from error
    if key is None or certificate is None:
        raise ReportError("no_credential", NO_CREDENTIAL)
    return SimpleSigner.load_pkcs12_data(credential.pkcs12, other_certs=[], passphrase=word)


def _require_valid(certificate: Any) -> None:
    validity = certificate["tbs_certificate"]["validity"]
    since, until = validity["not_before"].native, validity["not_after"].native
    if since <= datetime.now(UTC) <= until:
        return
    told = {
        "name": certificate.subject.human_friendly,
        "since": f"{since:%Y-%m-%d}",
        "until": f"{until:%Y-%m-%d}",
    }
    raise ReportError("certificate_expired", EXPIRED, **told)
