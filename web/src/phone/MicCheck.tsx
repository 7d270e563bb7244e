// Microphone and echo check: a level while one speaks, then the same three seconds played back.
import { Button, Progress } from "antd";
import { useEffect, useRef, useState } from "react";
import { useT } from "../i18n/provider";

const RECORD_MS = 3000;
const QUIET = 0.02;

type Step = "idle" | "speak" | "play" | "good" | "quiet" | "denied";

// Loudest sample of the moment, 0 to 1.
function peakOf(analyser: AnalyserNode, buffer: Float32Array<ArrayBuffer>): number {
  analyser.getFloatTimeDomainData(buffer);
  return buffer.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

async function record(onLevel: (level: number) => void): Promise<{ blob: Blob; loudest: number }> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const buffer = new Float32Array(analyser.fftSize);
  let loudest = 0;
  const meter = setInterval(() => {
    const level = peakOf(analyser, buffer);
    loudest = Math.max(loudest, level);
    onLevel(level);
  }, 60);
  const recorder = new MediaRecorder(stream);
  const parts: Blob[] = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  const stopped = new Promise<void>((done) => (recorder.onstop = () => done()));
  recorder.start();
  setTimeout(() => recorder.stop(), RECORD_MS);
  await stopped;
  clearInterval(meter);
  for (const track of stream.getTracks()) track.stop();
  await context.close();
  return { blob: new Blob(parts, { type: recorder.mimeType }), loudest };
}

export function MicCheck() {
  const t = useT();
  const [step, setStep] = useState<Step>("idle");
  const [level, setLevel] = useState(0);
  const gone = useRef(false);
  useEffect(() => () => void (gone.current = true), []);

  const run = async () => {
    setStep("speak");
    try {
      const { blob, loudest } = await record(setLevel);
      if (gone.current) return;
      setStep("play");
      const audio = new Audio(URL.createObjectURL(blob));
      await audio.play();
      await new Promise((done) => (audio.onended = done));
      URL.revokeObjectURL(audio.src);
      if (!gone.current) setStep(loudest < QUIET ? "quiet" : "good");
    } catch {
      if (!gone.current) setStep("denied");
    }
    setLevel(0);
  };

  const texts = { speak: "phone.checkSpeak", play: "phone.checkPlay", good: "phone.checkGood", quiet: "phone.checkQuiet", denied: "phone.checkDenied" } as const;
  return (
    <section className="mic-check">
      <b>{t("phone.check")}</b>
      <p className="meta">{t("phone.checkWhy")}</p>
      {step === "speak" && <Progress percent={Math.min(100, Math.round(level * 140))} showInfo={false} size="small" aria-label={t("phone.level")} />}
      {step !== "idle" && <p role="status">{t(texts[step])}</p>}
      <Button size="small" loading={step === "speak" || step === "play"} onClick={() => void run()}>
        {t("phone.checkStart")}
      </Button>
    </section>
  );
}
