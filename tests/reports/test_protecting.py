"""Passwords and signatures, judged by programs that are not ours."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from reports import sealing
from reports.errors import ReportError
from reports.protecting import Credential, Protection, check, protect
from reports.render import render
from reports.sealing import self_signed, signatures
from tests.reports.samples import Shop, snapshot

PASSWORD = "mật khẩu 2026"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    made = snapshot(shop=Shop("vi", 1))
    return render(made, {}, tmp_path_factory.mktemp("plain") / "a.pdf").path.read_bytes()


@pytest.fixture(scope="module")
def own() -> Credential:
    return self_signed("Sen Việt Research")


@pytest.fixture(scope="module")
def given() -> Credential:
    """As a firm gets it: an RSA key, issued by somebody else, in a file with a password."""
    begins = datetime.now(UTC) - timedelta(hours=1)
    keys = [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2)]
    names = [
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, each)])
        for each in ("Trust Us CA", "Audit Co., Ltd")
    ]

    def certificate(at: int) -> x509.Certificate:
        return (
            x509.CertificateBuilder()
            .subject_name(names[at])
            .issuer_name(names[0])
            .public_key(keys[at].public_key())
            .serial_number(at + 1)
            .not_valid_before(begins)
            .not_valid_after(begins + timedelta(days=30))
            .add_extension(x509.BasicConstraints(ca=at == 0, path_length=None), critical=True)
            .sign(keys[0], hashes.SHA256())
        )

    bundle = pkcs12.serialize_key_and_certificates(
        b"audit", keys[1], certificate(1), [certificate(0)], BestAvailableEncryption(b"secret")
    )
    return Credential(bundle, "secret")


def run(*command: object) -> tuple[int, str]:
    done = subprocess.run(
        [str(each) for each in command], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.needs("qpdf")
@pytest.mark.parametrize("signed", [False, True])
def test_a_password_is_aes_256_and_the_only_way_in(
    plain: bytes, own: Credential, tmp_path: Path, signed: bool
) -> None:
    file = tmp_path / "locked.pdf"
    file.write_bytes(protect(plain, Protection(PASSWORD, own if signed else None)))
    code, told = run("qpdf", "--check", f"--password={PASSWORD}", file)
    assert code == 0
    assert "R = 6" in told
    assert told.count("AESv3") == 3
    assert "No syntax or stream encoding errors" in told
    for wrong in ("", "mat khau 2026", PASSWORD + " "):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(file, password=wrong)
    assert "Cà phê Sen Việt".encode() not in file.read_bytes()
    assert "Cà phê Sen Việt".encode("utf-16-be") not in file.read_bytes()


@pytest.mark.needs("pdfsig", "qpdf")
@pytest.mark.parametrize("password", ["", PASSWORD])
@pytest.mark.parametrize("by", ["own", "given"])
def test_signatures_hold_before_other_programs(
    plain: bytes, tmp_path: Path, by: str, password: str, request: pytest.FixtureRequest
) -> None:
    credential = request.getfixturevalue(by)
    file = tmp_path / "signed.pdf"
    file.write_bytes(protect(plain, Protection(password, credential)))
    _, told = run("pdfsig", "-upw", password, file)
    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "SHA-256" in told
    name = {"own": "Sen Việt Research", "given": "Audit Co., Ltd"}[by]
    assert name in told
    assert run("qpdf", "--check", f"--password={password}", file)[0] == 0
    [signer] = signatures(file.read_bytes(), password)
    assert (signer.name, signer.intact, signer.whole) == (name, True, True)
    assert signer.own is (by == "own")
    assert signer.signed_at is not None
    assert abs(signer.signed_at - datetime.now(UTC)) < timedelta(minutes=5)


@pytest.mark.needs("pdfsig")
def test_a_change_after_signing_breaks_the_signature(
    plain: bytes, own: Credential, tmp_path: Path
) -> None:
    data = protect(plain, Protection(credential=own))
    file = tmp_path / "changed.pdf"
    file.write_bytes(data.replace(b"/Creator (Mystery Auditor)", b"/Creator (Mystery Auditer)"))
    assert file.read_bytes() != data
    assert "Signature is Valid" not in run("pdfsig", file)[1]
    [signer] = signatures(file.read_bytes())
    assert not signer.intact


def test_what_was_signed_is_the_report_to_the_byte(plain: bytes, own: Credential) -> None:
    """But for the line that says what it was made of."""
    body = plain[: plain.rindex(b"%made of ")]
    assert protect(plain, Protection(credential=own)).startswith(body)


def test_a_locked_report_keeps_tags_and_properties(plain: bytes, tmp_path: Path) -> None:
    file = tmp_path / "locked.pdf"
    file.write_bytes(protect(plain, Protection(PASSWORD)))
    with pikepdf.open(file, password=PASSWORD) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.docinfo.Producer) == "Mystery Auditor"
        assert "pikepdf" not in pdf.Root.Metadata.read_bytes().decode()
        assert pdf.allow.accessibility
        assert pdf.allow.extract


@pytest.mark.parametrize("password", ["a" * 128, "ậ" * 43])
def test_a_password_that_would_be_cut_is_refused(plain: bytes, password: str) -> None:
    with pytest.raises(ReportError) as refused:
        protect(plain, Protection(password))
    assert refused.value.code == "password_too_long"
    assert "127" in refused.value.text("vi")


def test_what_is_no_certificate_is_refused(given: Credential, own: Credential) -> None:
    wrong = replace(given, word="Secret")
    no_key = pkcs12.serialize_key_and_certificates(
        b"x", None, pkcs12.load_key_and_certificates(own.pkcs12, None)[1], None,
        BestAvailableEncryption(b"x"),
    )  # fmt: skip
    for credential in (wrong, Credential(b"junk"), Credential(b""), Credential(no_key, "x")):
        with pytest.raises(ReportError) as refused:
            check(Protection(credential=credential))
        assert refused.value.code == "no_credential"
    check(Protection(PASSWORD, given))


def test_a_certificate_out_of_its_time_is_refused(
    plain: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "VALID", timedelta(hours=2))
    with pytest.raises(ReportError) as refused:
        protect(plain, Protection(credential=self_signed("Old")))
    assert refused.value.code == "certificate_expired"


def test_secrets_are_in_no_log(own: Credential) -> None:
    """Whatever is printed of a job must not give its password away."""
    told = repr(Protection(PASSWORD, replace(own, word="secret")))
    assert PASSWORD not in told
    assert "secret" not in told
    assert "pkcs12" not in told


def test_making_a_report_loads_no_cryptography(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from reports.render import render\n"
        "from tests.reports.samples import snapshot\n"
        f"render(snapshot(), {{}}, Path({str(tmp_path / 'a.pdf')!r}))\n"
        "print([m for m in ('pikepdf', 'pyhanko', 'cryptography', 'lxml') if m in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
