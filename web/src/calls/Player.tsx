// The recording: both voices as waves, each channel to be heard alone. Peaks come from the recorder; audio by range.
import { Button, Segmented } from "antd";
import { useEffect, useRef, useState } from "react";
import type WaveSurfer from "wavesurfer.js";
import { get } from "../api/client";
import type { RecordingPeaks } from "../api/types";
import { useFormat } from "../format/use";
import { useT } from "../i18n/provider";
import { Icon } from "../parts/icons";
import { ErrorBox } from "../parts/parts";
import { colours, series } from "../theme/tokens";
import { useTheme } from "../theme/provider";
import { toChannels } from "./peaks";

const SPEEDS = [1, 1.25, 1.5, 2];
type Heard = "both" | "left" | "right";

// Sends one channel to both ears, or each to its own.
function route(context: AudioContext, source: AudioNode, heard: Heard): void {
  source.disconnect();
  if (heard === "both") {
    source.connect(context.destination);
    return;
  }
  const splitter = context.createChannelSplitter(2);
  const merger = context.createChannelMerger(2);
  source.connect(splitter);
  for (const ear of [0, 1]) splitter.connect(merger, heard === "left" ? 0 : 1, ear);
  merger.connect(context.destination);
}

export function Player({ call }: { call: string }) {
  const t = useT();
  const format = useFormat();
  const { name: theme } = useTheme();
  const box = useRef<HTMLDivElement>(null);
  const wave = useRef<WaveSurfer>(undefined);
  const audio = useRef<{ context: AudioContext; source: MediaElementAudioSourceNode }>(undefined);
  const [state, setState] = useState({ playing: false, at: 0, length: 0 });
  const [speed, setSpeed] = useState(1);
  const [heard, setHeard] = useState<Heard>("both");
  const [error, setError] = useState<unknown>();

  useEffect(() => {
    let gone = false;
    const media = new Audio(`/v1/${call}/recording`);
    media.preload = "none";
    const open = async () => {
      const [{ default: Wave }, peaks] = await Promise.all([import("wavesurfer.js"), get<RecordingPeaks>(`/v1/${call}/recording/peaks`)]);
      if (gone || !box.current) return;
      const [left, right] = [series[theme][0]!, series[theme][1]!];
      const lane = (waveColor: string) => ({ waveColor, progressColor: colours[theme].ink, height: 64 });
      const made = Wave.create({
        container: box.current, media, peaks: toChannels(peaks), duration: Number(peaks.durationMs) / 1000, barWidth: 2, barGap: 1,
        splitChannels: [lane(left), lane(right)], cursorColor: colours[theme].danger, normalize: false,
      });
      wave.current = made;
      setState({ playing: false, at: 0, length: Number(peaks.durationMs) / 1000 });
      made.on("play", () => setState((old) => ({ ...old, playing: true })));
      made.on("pause", () => setState((old) => ({ ...old, playing: false })));
      made.on("timeupdate", (at) => setState((old) => ({ ...old, at })));
      made.on("error", setError);
    };
    void open().catch(setError);
    return () => {
      gone = true;
      wave.current?.destroy();
      wave.current = undefined;
      void audio.current?.context.close();
      audio.current = undefined;
      media.pause();
    };
  }, [call, theme]);

  const listen = (next: Heard) => {
    setHeard(next);
    const media = wave.current?.getMediaElement();
    if (!media) return;
    if (!audio.current) {
      const context = new AudioContext();
      audio.current = { context, source: context.createMediaElementSource(media) };
    }
    route(audio.current.context, audio.current.source, next);
  };
  const faster = (next: number) => {
    setSpeed(next);
    wave.current?.setPlaybackRate(next, true);
  };
  return (
    <div className="player">
      <ErrorBox error={error} />
      <div className="player-lanes">
        <div className="player-names"><span>{t("calls.left")}</span><span>{t("calls.right")}</span></div>
        <div ref={box} className="player-wave" />
      </div>
      <div className="toolbar">
        <Button type="primary" onClick={() => void wave.current?.playPause()}>
          <Icon name={state.playing ? "pause" : "play"} size={14} /> {t(state.playing ? "calls.pause" : "calls.play")}
        </Button>
        <span className="player-time">{format.duration(state.at)} / {format.duration(state.length)}</span>
        <Segmented value={heard} onChange={listen} options={[{ value: "both", label: t("calls.both") }, { value: "left", label: t("calls.customer") }, { value: "right", label: t("calls.agent") }]} />
        <Segmented value={speed} onChange={faster} options={SPEEDS.map((value) => ({ value, label: `${value}×` }))} aria-label={t("calls.speed")} />
        <span className="space" />
        <span className="meta">{t("calls.audited")}</span>
      </div>
    </div>
  );
}
