"""A certificate authority for one folder, a server certificate and a host key."""

import ipaddress
import os
from datetime import datetime, timedelta, timezone

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import NameOID


def need_keys(folder, hosts=("localhost", "127.0.0.1")):
    """Make what is missing in a folder: ``ca.pem``, ``server.pem``, ``host_key``.

    What is there is kept, so that a pinned host key stays right after a restart.

    :param folder: created readable for its owner only
    :param hosts: names and addresses that the certificate is for
    :return: path by name
    :rtype: dict
    """
    os.makedirs(folder, mode=0o700, exist_ok=True)
    paths = {
        name: os.path.join(folder, name)
        for name in ("ca.pem", "server.pem", "host_key")
    }
    if not os.path.exists(paths["server.pem"]):
        authority, server = _certificates(hosts)
        _write(paths["ca.pem"], authority)
        _write(paths["server.pem"], server)
    if not os.path.exists(paths["host_key"]):
        _write(paths["host_key"], private_key())
    return paths


def private_key():
    """A new Ed25519 key in OpenSSH form.

    :rtype: bytes
    """
    return ed25519.Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.OpenSSH,
        serialization.NoEncryption(),
    )


def _certificates(hosts):
    ca_key, key = (ec.generate_private_key(ec.SECP256R1()) for _time in range(2))
    ca_name = _name("Rehearsal authority")
    usage = {
        "content_commitment": False,
        "key_encipherment": False,
        "data_encipherment": False,
        "key_agreement": False,
        "encipher_only": False,
        "decipher_only": False,
    }
    authority = (
        _builder(ca_name, ca_name, ca_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True, key_cert_sign=True, crl_sign=True, **usage
            ),
            critical=True,
        )
        .sign(ca_key, hashes.SHA256())
    )
    names = x509.SubjectAlternativeName([_general_name(host) for host in hosts])
    ca_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
    server = (
        _builder(_name("Rehearsal distributor"), ca_name, key.public_key())
        .add_extension(names, critical=False)
        .add_extension(ca_id, critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pem = serialization.Encoding.PEM
    return authority.public_bytes(pem), private + server.public_bytes(pem)


def _builder(subject, issuer, public_key):
    now = datetime.now(timezone.utc)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False
        )
    )


def _name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _general_name(host):
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _write(path, data):
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with open(os.open(path, flags, 0o600), "wb") as file:
        file.write(data)
