import { expect, test } from "vitest";
import { toChannels } from "./peaks";

const base64 = (values: number[]) => btoa(String.fromCharCode(...values.map((value) => value & 0xff)));

test("UX-37: the two channels of a waveform are told apart and keep their sign", () => {
  const reply = { channels: 2, intervalMs: 10, durationMs: "20", peaks: base64([-128, 10, -1, 64, 0, 32, -64, 2]) };
  expect(toChannels(reply)).toEqual([[-1, 0.25], [0.5, -0.5]]);
});

test("an empty recording has an empty waveform", () => {
  expect(toChannels({ channels: 2, intervalMs: 10, durationMs: "0", peaks: "" })).toEqual([[], []]);
});
