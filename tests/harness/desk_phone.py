"""A real soft phone: baresip with an account of its own, told what to do and asked what happened over its control port."""

import json
import pathlib
import re
import socket
import tempfile
import threading

from harness.child import Child, free_port, until
from harness.console import RATE, is_tone, tone_file
from local.topology import HOSTS

MODULES = ("account", "g711", "aufile", "sndfile", "menu", "ctrl_tcp")
SPEECH_SECONDS = 120


class DeskPhone:
    """Registers as the account of a sign-on's answer; says `hertz` while it talks. `stack` ends what it starts."""

    def __init__(self, stack, system, account, hertz, secret=None):
        self.host = HOSTS["phone"]
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="desk-phone-", dir=system.folder))
        control = free_port(self.host, socket.SOCK_STREAM)
        self._configure(control, tone_file(self.folder / "speech.wav", hertz, SPEECH_SECONDS, RATE))
        (self.folder / "accounts").touch()
        self.events = []
        self.phone = Child(["baresip", "-4", "-s", "-f", self.folder], cwd=self.folder)
        stack.callback(self.phone.stop, "terminate", 5)
        self._link = until(lambda: self._connect(control), 15, "the phone's control port")
        stack.callback(self._link.close)
        threading.Thread(target=self._listen, daemon=True).start()
        # Only now, so that no event comes before somebody listens.
        self.do("uanew", f"<sip:{account['account']}@{account['domain']};transport=udp>;auth_pass={secret or account['secret']}"
                         f";outbound=\"sip:{system.demo_facts()['sip']};transport=udp\";regint=60;audio_codecs=PCMA/8000/1")

    def _configure(self, control, speech):
        sip = free_port(self.host)
        lines = ["module_path /usr/lib/baresip/modules", *(f"module {name}.so" for name in MODULES),
                 f"net_interface {self.host}", f"sip_listen {self.host}:{sip}", f"ctrl_tcp_listen {self.host}:{control}",
                 f"audio_source aufile,{speech}", "audio_alert aufile,none", f"snd_path {self.folder}", "call_max_calls 1"]
        (self.folder / "config").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _connect(self, port):
        if not self.phone.alive():
            raise AssertionError("the phone ended:\n" + "\n".join(self.phone.lines[-20:]))
        try:
            return socket.create_connection((self.host, port), timeout=1)
        except OSError:
            return None

    def _listen(self):
        """Netstrings of JSON: `<length>:<text>,`. Ends with the connection."""
        self._link.settimeout(None)
        try:
            with self._link.makefile("rb") as stream:
                while size := self._number(stream):
                    told = json.loads(stream.read(size + 1)[:-1])
                    if told.get("event"):
                        self.events.append(told)
        except (OSError, ValueError):
            return  # The test is over; a wait that still wants an event says which.

    @staticmethod
    def _number(stream):
        text = b""
        while (byte := stream.read(1)) not in (b":", b""):
            text += byte
        return int(text) if text else 0

    def do(self, command, parameters=""):
        text = json.dumps({"command": command, "params": parameters, "token": command}).encode()
        self._link.sendall(b"%d:%s," % (len(text), text))

    # --- what happened -----------------------------------------------------------------------------------------------

    def happened(self, kind):
        """The event's own words, e.g. why a registration was refused; None while it has not come."""
        return next((event.get("param") or kind for event in list(self.events) if event["type"] == kind), None)

    def wait(self, kind, seconds=20):
        return until(lambda: self.happened(kind), seconds, f"{kind} at the desk phone")

    def signalling(self):
        """Every SIP message it sent or received, as text."""
        return "\n".join(self.phone.lines)

    def wait_heard(self, hertz, seconds=10):
        """Until what it wrote down of its caller has a second of this tone."""
        def found():
            samples = self._heard()
            return any(is_tone(samples[at:at + RATE], hertz) for at in range(0, len(samples) - RATE + 1, RATE // 2))
        until(found, seconds, f"{hertz} Hz at the desk phone")

    def is_reached(self):
        """Whether audio arrives, by its own count of bits: after a hold this baresip writes down no more of what it hears."""
        rates = re.findall(r"audio=\d+/(\d+)", "\n".join(self.phone.lines[-20:]))
        return bool(rates) and int(rates[-1]) > 0

    def keys(self):
        """Those that were pressed at the other end, as one string."""
        return "".join(event["param"] for event in list(self.events) if event["type"] == "CALL_DTMF_START")

    def _heard(self):
        """The samples so far of its mono 16-bit recording; the header is complete only at the end of the call."""
        path = next(iter(sorted(self.folder.glob("*dec.wav"))), None)
        data = path.read_bytes()[44:] if path else b""
        return memoryview(data[:len(data) // 2 * 2]).cast("h").tolist()
