"""The secrets an instance makes for itself, once: who signs what, and what files are encrypted with."""

from .shell import run

SEED, PUBLIC = 32, 32  # Bytes of an Ed25519 key's halves; each stands at the end of its DER form.


def service_key(home):
    """What services sign their calls to each other with: 32 random bytes in hex."""
    return home.secret("service.key")


def operator_keys(home):
    """(secret, public) in hex: identity signs operators' tokens with the first, everybody verifies with the second.
    The secret is the seed followed by the public half, as libsodium wants it."""
    path = home.secrets / "operator.pem"
    if not path.exists():
        run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", path], what="making the token key")
        path.chmod(0o600)
    seed = _der(path)[-SEED:]
    public = _der(path, "-pubout")[-PUBLIC:]
    return (seed + public).hex(), public.hex()


def _der(path, *options):
    """The key in DER; it goes through a private file because captured output is text."""
    target = path.with_suffix(".der")
    try:
        run(["openssl", "pkey", "-in", path, *options, "-outform", "DER", "-out", target], what="reading the token key")
        return target.read_bytes()
    finally:
        target.unlink(missing_ok=True)
