#!/usr/bin/env python3
"""The far end of a call's audio, independent of our own code: owns a UDP port, sends a tone and RFC 4733 keys when told,
and says what it hears. No root needed, as sipp would for its own audio.

    rtp_peer.py HOST PORT [alaw|mulaw]

Commands come on standard input, one answer of JSON per line on standard output:
    tone HERTZ      send this tone from now on (0: silence)
    key K           press a key for 120 ms; answers when it is sent
    hear [SECONDS]  what arrived in the last second(s): {"packets", "peakHz", "aboveRestDb", "level"}
    wait HERTZ [S]  until a second of audio peaks within 5 Hz of HERTZ and 20 dB above the rest, at most S (10) seconds
    figures         {"received", "lost", "sent", "worstGapMs", "peer"}
    save FILE       what was heard so far as a 16-bit WAV
    quit
It sends to wherever audio comes from; `send HOST PORT` names the far end before that."""

import json
import queue
import random
import socket
import struct
import sys
import threading
import time
import wave

from spectrum import peak
from g711 import ALAW, MULAW

FRAME = 160
TICK = 0.02
RATE = 8000
EVENT_TYPE = 101
KEYS = "0123456789*#ABCD"
PRESS_TICKS = 6
KEPT = 60 * RATE


class Sender:
    """What goes out: one packet a tick."""

    def __init__(self, law):
        self.law = law
        self.hertz = 0
        self.phase = 0
        self.sequence = random.randrange(1 << 16)
        self.timestamp = random.randrange(1 << 32)
        self.ssrc = random.randrange(1 << 32)
        self.sent = 0
        self.press = None
        self.ticks = 0

    def packet(self):
        if self.press is not None:
            return self._key_packet()
        return self._packet(self.law.payload_type, self.timestamp, self._frame())

    def advance(self):
        self.timestamp = (self.timestamp + FRAME) % (1 << 32)

    def _frame(self):
        frame = self.law.tone(self.hertz, self.phase, FRAME)
        self.phase += FRAME
        return frame

    def _key_packet(self):
        event, start, done = self.press
        self.ticks += 1
        end = self.ticks > PRESS_TICKS
        duration = min(self.ticks, PRESS_TICKS) * FRAME
        payload = struct.pack("!BBH", event, (0x80 if end else 0) | 10, duration)
        packet = self._packet(EVENT_TYPE, start, payload, marker=self.ticks == 1)
        if self.ticks == PRESS_TICKS + 3:  # The end is sent three times.
            self.press, self.ticks = None, 0
            done.set()
        return packet

    def _packet(self, payload_type, timestamp, payload, marker=False):
        self.sequence = (self.sequence + 1) % (1 << 16)
        self.sent += 1
        second = (0x80 if marker else 0) | payload_type
        return struct.pack("!BBHII", 0x80, second, self.sequence, timestamp, self.ssrc) + payload


class Listener:
    """What came in, as samples and figures."""

    def __init__(self):
        self.samples = []
        self.received = 0
        self.lost = 0
        self.last_sequence = None
        self.last_arrival = None
        self.worst_gap = 0.0
        self.digits = ""
        self.last_event = None

    def take(self, data, now):
        if len(data) < 12 or data[0] >> 6 != 2:
            return
        _, second, sequence, timestamp, _ = struct.unpack("!BBHII", data[:12])
        payload, payload_type = data[12:], second & 0x7F
        self.received += 1
        if self.last_sequence is not None:
            self.lost += max(0, (sequence - self.last_sequence - 1) % (1 << 16)) if sequence != self.last_sequence else 0
        self.last_sequence = sequence
        if self.last_arrival is not None:
            self.worst_gap = max(self.worst_gap, now - self.last_arrival)
        self.last_arrival = now
        if payload_type == EVENT_TYPE and len(payload) >= 4:
            if timestamp != self.last_event:
                self.last_event = timestamp
                self.digits += KEYS[payload[0]] if payload[0] < len(KEYS) else "?"
            return
        law = {ALAW.payload_type: ALAW, MULAW.payload_type: MULAW}.get(payload_type)
        if law is not None:
            self.samples.extend(law.decode(payload))
            del self.samples[:-KEPT]

    def last(self, seconds):
        return self.samples[-int(seconds * RATE):]


class Peer:
    def __init__(self, host, port, law):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((host, port))
        self.socket.setblocking(False)
        self.sender = Sender(law)
        self.listener = Listener()
        self.far = None
        self.commands = queue.Queue()

    def run(self):
        due = time.monotonic()
        while True:
            self.receive()
            if not self.obey():
                return
            if self.far is not None:
                self.socket.sendto(self.sender.packet(), self.far)
            self.sender.advance()
            due += TICK
            pause = due - time.monotonic()
            if pause > 0:
                time.sleep(pause)
            elif pause < -0.2:
                due = time.monotonic()

    def receive(self):
        while True:
            try:
                data, source = self.socket.recvfrom(2048)
            except (BlockingIOError, ConnectionRefusedError):
                return
            self.far = source
            self.listener.take(data, time.monotonic())

    def obey(self):
        while not self.commands.empty():
            command, answer = self.commands.get()
            if command[0] == "quit":
                return False
            answer.put(self.do(command))
        return True

    def do(self, command):
        name, *arguments = command
        if name == "tone":
            self.sender.hertz = float(arguments[0])
        elif name == "send":
            self.far = (arguments[0], int(arguments[1]))
        elif name == "key":
            done = threading.Event()
            self.sender.press = (KEYS.index(arguments[0]), self.sender.timestamp, done)
            return done
        elif name == "samples":
            return self.listener.last(float(arguments[0]))
        elif name == "figures":
            heard = self.listener
            return {"received": heard.received, "lost": heard.lost, "sent": self.sender.sent, "digits": heard.digits,
                    "worstGapMs": round(heard.worst_gap * 1000, 1), "peer": self.far}
        else:
            return {"error": f"unknown command {name}"}
        return {}

    def ask(self, *command):
        answer = queue.Queue()
        self.commands.put((command, answer))
        return answer.get(timeout=10)


def hear(peer, seconds=1.0):
    samples = peer.ask("samples", seconds)
    hertz, above, level = peak(samples, RATE)
    return {"packets": len(samples) // FRAME, "peakHz": round(hertz, 1), "aboveRestDb": round(above, 1),
            "level": round(level, 1)}


def wait(peer, hertz, seconds=10.0):
    until = time.monotonic() + seconds
    while True:
        heard = hear(peer)
        heard["found"] = abs(heard["peakHz"] - hertz) <= 5 and heard["aboveRestDb"] >= 20 and heard["packets"] >= 49
        if heard["found"] or time.monotonic() > until:
            return heard
        time.sleep(0.2)


def save(peer, path):
    samples = peer.ask("samples", KEPT / RATE)
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return {"samples": len(samples)}


def answer(peer, words):
    name, *arguments = words
    if name == "hear":
        return hear(peer, *map(float, arguments))
    if name == "wait":
        return wait(peer, *map(float, arguments))
    if name == "save":
        return save(peer, *arguments)
    result = peer.ask(name, *arguments)
    if isinstance(result, threading.Event):
        return {"sent": result.wait(5)}
    return result


def main():
    host, port, *law = sys.argv[1:]
    peer = Peer(host, int(port), MULAW if law == ["mulaw"] else ALAW)
    thread = threading.Thread(target=peer.run, daemon=True)
    thread.start()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        words = line.split()
        if not words:
            continue
        if words[0] == "quit":
            break
        print(json.dumps(answer(peer, words)), flush=True)
    peer.commands.put((("quit",), None))
    thread.join(timeout=2)


if __name__ == "__main__":
    main()
