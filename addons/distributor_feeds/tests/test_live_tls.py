"""Services prove who they are."""

import ipaddress
import ssl
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from odoo.tests import tagged

from odoo.addons.distributor_feeds.live import Breakers, Item

from .live_servers import POLICY, http_service, never, service, stock
from .test_live_ask import AskCase

ITEMS = [Item(code="A1", ref=1)]


def certificate(folder, address):
    """A self-signed certificate.

    :return: path of a PEM file with key and certificate
    """
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(timezone.utc)
    proof = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.IPAddress(ipaddress.ip_address(address))]
            ),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = Path(folder, f"{address}.pem")
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + proof.public_bytes(serialization.Encoding.PEM)
    )
    return str(path)


@tagged("post_install", "-at_install")
class TestLiveTls(AskCase):
    def setUp(self):
        super().setUp()
        folder = self.open.enter_context(tempfile.TemporaryDirectory())
        self.ours = certificate(folder, "127.0.0.1")
        self.other = certificate(folder, "127.0.0.2")

    def ask_with(self, pem, ca_file):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)

        def wrap(listener):
            # The handshake is the handler's: a client that refuses must not stop us.
            return context.wrap_socket(
                listener, server_side=True, do_handshake_on_connect=False
            )

        with http_service(stock, wrap) as server:
            self.breakers = Breakers()
            policy = replace(POLICY, ca_file=ca_file)
            return self.ask_one(service(server.url), ITEMS, policy=policy)

    def test_known(self):
        answer = self.ask_with(self.ours, self.ours)
        self.assertEqual((answer.status, answer.reason), ("live", ""))

    def test_not_known_or_for_another(self):
        for pem, ca_file in ((self.ours, ""), (self.other, self.other)):
            answer = self.ask_with(pem, ca_file)
            self.assertEqual((answer.status, answer.reason), ("error", "connection"))

    def test_handshake_that_never_ends(self):
        url = self.serve_raw(never).replace("http:", "https:")
        answer = self.ask_one(service(url), ITEMS, deadline=0.3)
        self.assertEqual(answer.status, "timeout")
        self.assertNoThreadLeft(within=0.5)
