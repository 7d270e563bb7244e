"""Just enough SIP over UDP and WebSocket for the tests of the edge: one socket, requests as text, answers by status."""

import hashlib
import re
import select
import socket
import time
import uuid


class Message:
    def __init__(self, text, source):
        self.source = source
        head, _, self.body = text.partition("\r\n\r\n")
        self.first, *lines = head.split("\r\n")
        self.lines = lines
        self.status = int(self.first.split()[1]) if self.first.startswith("SIP/2.0") else 0
        self.method = "" if self.status else self.first.split()[0]

    def all(self, name):
        return [line.split(":", 1)[1].strip() for line in self.lines if line.lower().startswith(name.lower() + ":")]

    def get(self, name):
        return (self.all(name) or [""])[0]


class Peer:
    """One address and port. Every wait has a deadline and fails by name."""

    transport, contact = "UDP", ""

    def __init__(self, address, edge, port=0):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((address, port))
        self.address, self.port = self.socket.getsockname()
        self.edge = edge
        self.sequence = 0

    def close(self):
        self.socket.close()

    def send(self, text, to):
        self.socket.sendto(text.encode(), to)

    def read(self):
        data, source = self.socket.recvfrom(65535)
        return Message(data.decode(errors="replace"), source)

    def request(self, method, uri, user="tester", headers=(), call_id=None, body=""):
        """Sends it and answers its Call-ID."""
        self.sequence += 1
        call_id = call_id or uuid.uuid4().hex
        lines = [f"{method} {uri} SIP/2.0",
                 f"Via: SIP/2.0/{self.transport} {self.address}:{self.port};branch=z9hG4bK{uuid.uuid4().hex};rport",
                 "Max-Forwards: 20", f"From: <sip:{user}@lintel.local>;tag={uuid.uuid4().hex[:8]}",
                 f"To: <{uri if method != 'REGISTER' else f'sip:{user}@lintel.local'}>", f"Call-ID: {call_id}",
                 f"CSeq: {self.sequence} {method}", f"Contact: <sip:{user}@{self.address}:{self.port}{self.contact}>", *headers,
                 *(["Content-Type: application/sdp"] if body else []), f"Content-Length: {len(body)}", "", body]
        self.send("\r\n".join(lines), self.edge)
        return call_id

    def receive(self, wanted, patience=8):
        """The next message that `wanted` likes. Answers probes meanwhile."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if not select.select([self.socket], [], [], deadline - time.monotonic())[0]:
                break
            message = self.read()
            if message.method == "OPTIONS":
                self.answer(message, 200)
            elif wanted(message):
                return message
        raise TimeoutError("nothing fitting came")

    def final(self, call_id, patience=8):
        return self.receive(lambda message: message.status >= 200 and message.get("Call-ID") == call_id, patience)

    def answer(self, request, status, reason="OK", headers=()):
        lines = [f"SIP/2.0 {status} {reason}", *(f"Via: {via}" for via in request.all("Via")),
                 *(f"Record-Route: {route}" for route in request.all("Record-Route")), f"From: {request.get('From')}",
                 f"To: {request.get('To')};tag=answer", f"Call-ID: {request.get('Call-ID')}", f"CSeq: {request.get('CSeq')}",
                 f"Contact: <sip:{self.address}:{self.port}{self.contact}>", *headers, "Content-Length: 0", "", ""]
        self.send("\r\n".join(lines), request.source)


HANDSHAKE = (b"GET /sip HTTP/1.1\r\nHost: edge\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
             b"Sec-WebSocket-Protocol: sip\r\nOrigin: http://edge\r\n\r\n")


class Browser(Peer):
    """A browser's phone behind the gateway: SIP in text frames of a WebSocket (RFC 7118), one message each."""

    transport, contact = "WS", ";transport=ws"

    def __init__(self, gateway, door):
        self.socket = socket.create_connection(door, timeout=5, source_address=(gateway, 0))
        self.address, self.port = self.socket.getsockname()
        self.edge = None
        self.sequence = 0
        self.socket.sendall(HANDSHAKE)
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            answer += self.exactly(1)
        if not answer.startswith(b"HTTP/1.1 101"):
            raise ConnectionError(answer.decode())

    def exactly(self, count):
        data = b""
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            if not more:
                raise ConnectionError("the edge closed the connection")
            data += more
        return data

    def send(self, text, to):
        """Masked with zeros, as a client's frames must be."""
        data = text.encode()
        self.socket.sendall(b"\x81\xfe" + len(data).to_bytes(2, "big") + bytes(4) + data)

    def read(self):
        size = self.exactly(2)[1]
        if size == 126:
            size = int.from_bytes(self.exactly(2), "big")
        return Message(self.exactly(size).decode(errors="replace"), None)


def digest(challenge, user, ha1, method, uri):
    """An Authorization header for a challenge without qop (RFC 2617)."""
    realm, nonce = (re.search(f'{name}="([^"]*)"', challenge).group(1) for name in ("realm", "nonce"))
    md5 = lambda text: hashlib.md5(text.encode()).hexdigest()  # noqa: E731
    response = md5(f"{ha1}:{nonce}:{md5(f'{method}:{uri}')}")
    return f'Authorization: Digest username="{user}", realm="{realm}", nonce="{nonce}", uri="{uri}", response="{response}"'
