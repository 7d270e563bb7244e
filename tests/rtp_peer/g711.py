"""G.711 from its definition, written apart from the product's so that one checks the other."""

import math


def _expand_alaw(code):
    code ^= 0x55
    segment, mantissa = (code >> 4) & 7, code & 15
    value = (mantissa << 4) + 8 if segment == 0 else ((mantissa << 4) + 0x108) << (segment - 1)
    return value if code & 0x80 else -value


def _expand_mulaw(code):
    code = ~code & 0xFF
    value = ((((code & 15) << 3) + 0x84) << ((code >> 4) & 7)) - 0x84
    return -value if code & 0x80 else value


class Law:
    def __init__(self, payload_type, expand):
        self.payload_type = payload_type
        self.values = [expand(code) for code in range(256)]
        self._codes = {}
        self._by_value = sorted((value, code) for code, value in enumerate(self.values))

    def decode(self, payload):
        return [self.values[code] for code in payload]

    def encode(self, sample):
        """The code whose value is nearest."""
        if sample not in self._codes:
            self._codes[sample] = min(self._by_value, key=lambda entry: abs(entry[0] - sample))[1]
        return self._codes[sample]

    def tone(self, hertz, phase, count, amplitude=8000):
        step = 2 * math.pi * hertz / 8000
        return bytes(self.encode(round(amplitude * math.sin(step * (phase + i)))) for i in range(count))


ALAW = Law(8, _expand_alaw)
MULAW = Law(0, _expand_mulaw)
