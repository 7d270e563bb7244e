"""The strongest frequency of a stretch of audio, and how far it stands above everything else."""

import cmath
import math


def _fft(values):
    count = len(values)
    if count == 1:
        return values
    even, odd = _fft(values[0::2]), _fft(values[1::2])
    turned = [cmath.exp(-2j * math.pi * k / count) * odd[k] for k in range(count // 2)]
    return [even[k] + turned[k] for k in range(count // 2)] + [even[k] - turned[k] for k in range(count // 2)]


def peak(samples, rate, lowest=200, highest=3600):
    """(hertz, decibels above the rest, root mean square). The rest is all power outside +-20 Hz of the peak."""
    if len(samples) < 800:
        return 0.0, 0.0, 0.0
    level = math.sqrt(sum(sample * sample for sample in samples) / len(samples))
    if level < 20:
        return 0.0, 0.0, level
    size = 1 << (len(samples) - 1).bit_length()
    window = [sample * (0.5 - 0.5 * math.cos(2 * math.pi * i / len(samples))) for i, sample in enumerate(samples)]
    spectrum = _fft(window + [0.0] * (size - len(samples)))
    power = [abs(value) ** 2 for value in spectrum[:size // 2]]
    width = rate / size
    top = max(range(int(lowest / width), int(highest / width)), key=power.__getitem__)
    near = max(1, round(20 / width))
    tone = sum(power[max(0, top - near):top + near + 1])
    rest = sum(power) - tone
    return top * width, 10 * math.log10(tone / max(rest, 1e-9)), level
