"""A telephone outside: sipp signals as the trunk would, rtp_peer owns the audio it offers."""

from harness.child import RtpPeer, Sipp, free_port, until
from local.topology import HOSTS

LONGEST_CALL_MS = 120_000


class Caller:
    """One call to the demo's number, that it hangs up itself after `patience_ms`. `stack` ends what it starts."""

    def __init__(self, stack, system, phone, patience_ms=LONGEST_CALL_MS):
        trunk = HOSTS["trunk"]
        self.audio = RtpPeer(trunk)
        stack.callback(self.audio.stop)
        self.line = Sipp("caller.xml", trunk, free_port(trunk), self.audio, "-key", "number", system.demo_facts()["number"],
                         "-key", "caller", phone, "-recv_timeout", patience_ms, system.demo_facts()["sip"],
                         folder=system.folder)
        stack.callback(self.line.stop)

    def say(self, hertz):
        self.audio.ask("tone", hertz)

    def press(self, key):
        self.audio.ask("key", key)

    def press_until(self, key, done, seconds=20):
        """What is pressed during a notice that must be heard does not count, so one presses again."""
        def pressed():
            self.press(key)
            return done()
        until(pressed, seconds, f"key {key} to count")

    def keys(self):
        """Those that were pressed at the other end, as one string."""
        return self.audio.ask("figures")["digits"]

    def hears_something(self):
        return self.audio.ask("hear", 0.5)["level"] > 100

    def hears_music_but_no(self, hertz):
        heard = self.audio.ask("hear", 0.5)
        return heard["level"] > 100 and abs(heard["peakHz"] - hertz) > 20

    def hears(self, hertz, seconds=20):
        heard = self.audio.ask("wait", hertz, seconds, seconds=seconds + 10)
        if not heard.get("found"):
            raise AssertionError(f"{hertz} Hz at the caller: {heard}")

    def hung_up_on(self, seconds=20):
        """sipp's exit code once the other side has said goodbye."""
        until(lambda: not self.line.alive(), seconds, "the call to end")
        return self.line.process.returncode
