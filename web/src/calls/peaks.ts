// The waveform as the recorder wrote it: int8 pairs (minimum, maximum) every 10 ms, channels interleaved.
import type { RecordingPeaks } from "../api/types";

// One array per channel, in the -1..1 that the player draws: the larger magnitude of each pair keeps its sign.
export function toChannels(reply: RecordingPeaks): number[][] {
  const bytes = Uint8Array.from(atob(reply.peaks), (letter) => letter.charCodeAt(0));
  const signed = new Int8Array(bytes.buffer);
  const channels: number[][] = Array.from({ length: reply.channels }, () => []);
  for (let at = 0; at + 1 < signed.length; at += 2) {
    const low = signed[at] ?? 0;
    const high = signed[at + 1] ?? 0;
    channels[(at / 2) % reply.channels]?.push((Math.abs(low) > high ? low : high) / 128);
  }
  return channels;
}
