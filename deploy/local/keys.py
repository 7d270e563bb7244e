"""The secrets an instance makes for itself, once: who signs what. Each lies in LINTEL_HOME/secrets."""

import socket

from .shell import run

SEED, PUBLIC = 32, 32  # Bytes of an Ed25519 key's halves; each stands at the end of its DER form.


def service_key(home):
    """What services sign their calls to each other with: 32 random bytes in hex."""
    return home.secret("service.key")


def operator_keys(home):
    """(secret, public) in hex: identity signs operators' tokens with the first, everybody verifies with the second.
    The secret is the seed followed by the public half, as libsodium wants it."""
    path = home.secrets / "token.pem"
    if not path.exists():
        run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", path], what="making the token key")
        path.chmod(0o600)
        public = _der(path, "-pubout")[-PUBLIC:]
        home.secret("token.key", lambda: (_der(path)[-SEED:] + public).hex())
        home.secret("token.pub", public.hex)
    return home.secret("token.key"), home.secret("token.pub")


def certificate(home):
    """A self-signed certificate for `up --lan`: off loopback a browser gives no microphone without TLS."""
    key, made = home.secrets / "tls.key", home.secrets / "tls.crt"
    if not made.exists():
        name = socket.gethostname()
        run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "825",
             "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name},DNS:localhost,IP:127.0.0.1",
             "-keyout", key, "-out", made], what="making a certificate")
        key.chmod(0o600)


def _der(path, *options):
    """The key in DER; it goes through a private file because captured output is text."""
    target = path.with_suffix(".der")
    try:
        run(["openssl", "pkey", "-in", path, *options, "-outform", "DER", "-out", target], what="reading the token key")
        return target.read_bytes()
    finally:
        target.unlink(missing_ok=True)
