"""The node under test with everything around it: a fake `telephony`, sipp for the signalling of caller and agent, and an
rtp_peer for the audio of each. Every instance takes free ports of its own."""

import json
import os
import pathlib
import secrets
import shutil
import socket
import tempfile

from harness.child import Child, RtpPeer, Sipp, free_port, until
from local.home import ROOT

HERE = ROOT / "tests/telephony"
BIN = pathlib.Path(os.environ.get("LINTEL_BUILD", ROOT / "build/ci")) / "bin"
NODE, CALLER, AGENT = "127.0.0.31", "127.0.0.32", "127.0.0.33"


class Stand:
    """`with Stand() as stand:` starts the node attached to its fake telephony."""

    def __init__(self, device="phone", **variables):
        self.device = device
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lintel-media-"))
        self.recordings = self.folder / "taken"
        self.recordings.mkdir()
        self.key = secrets.token_hex(32)
        self.sip_port, self.agent_port = free_port(NODE), free_port(AGENT)
        self.grpc_port = free_port("127.0.0.1", socket.SOCK_STREAM)
        self.rtp_low = 20000 + secrets.randbelow(400) * 20  # Below the range from which systems give out ports.
        self.variables = {key: str(value) for key, value in variables.items()}
        self.children = []

    def __enter__(self):
        try:
            self.start_telephony()
            self.start_node()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def keep(self, child):
        self.children.append(child)
        return child

    def stop(self):
        for child in reversed(self.children):
            if child.process.stdin and not child.process.stdin.closed:
                child.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start_telephony(self):
        self.telephony = self.keep(Child(
            [BIN / "fake_telephony", self.grpc_port, HERE / "flow.json", f"sip:agent@{AGENT}:{self.agent_port}",
             self.device, self.recordings], env=os.environ | {"LINTEL_SERVICE_KEY": self.key}))
        self.telephony.wait_line("ready")

    def start_node(self):
        environment = {
            "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "LINTEL_MEDIA_NAME": "media-test",
            "LINTEL_MEDIA_SIP": f"{NODE}:{self.sip_port}", "LINTEL_MEDIA_RTP_HOST": NODE,
            "LINTEL_MEDIA_RTP_PORTS": f"{self.rtp_low}-{self.rtp_low + 19}",
            "LINTEL_KAMAILIO": f"{AGENT}:{self.agent_port}", "LINTEL_MEDIA_TRUSTED": f"{CALLER},{AGENT}",
            "LINTEL_TELEPHONY_ADDR": f"127.0.0.1:{self.grpc_port}", "LINTEL_SERVICE_KEY": self.key,
            "LINTEL_HOME": str(self.folder / "home"), "LINTEL_MEDIA_DRAIN_MS": "500"} | self.variables
        self.node = self.keep(Child([BIN / "lintel-media"], env=environment))
        until(lambda: any('"listening"' in line for line in self.node.lines) or not self.node.alive(), what="listening")
        self.telephony.wait_line("attach")

    # --- people ------------------------------------------------------------------------------------------------------

    def peer(self, host):
        return self.keep(RtpPeer(host))

    def sipp(self, scenario, host, port, peer, *arguments):
        return self.keep(Sipp(scenario, host, port, peer, *arguments, folder=self.folder))

    def agent(self):
        """A desk phone that answers, and its audio."""
        peer = self.peer(AGENT)
        self.sipp("agent.xml", AGENT, self.agent_port, peer, "-aa")
        return peer

    def call(self, number="4001", hold_ms=60000):
        """A caller, and its audio; sipp's exit code says how the signalling went."""
        peer = self.peer(CALLER)
        signalling = self.sipp("caller.xml", CALLER, free_port(CALLER), peer, "-key", "number", number, "-key", "caller", "13900000001",
                               "-recv_timeout", hold_ms, f"{NODE}:{self.sip_port}")
        return peer, signalling

    # --- what happened -----------------------------------------------------------------------------------------------

    def events(self, kind):
        """The reports of one kind, e.g. "agentAnswered"."""
        found = [json.loads(line.split(" ", 1)[1]) for line in self.telephony.lines if line.startswith("event ")]
        return [event for event in found if kind in event]

    def wait_event(self, kind, seconds=10.0):
        return until(lambda: self.events(kind), seconds, kind)[0]

    def recording(self, seconds=15.0):
        """The uploaded recording, once it is complete."""
        self.telephony.wait_line("recording", seconds)
        return next(self.recordings.glob("*.wav"))
