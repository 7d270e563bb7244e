// The telephone itself, in the leading tab: JsSIP over the gateway's WebSocket, audio by the browser. Loaded on sign-on.
import type { RTCSession } from "jssip/lib/RTCSession";
import type { UA } from "jssip";
import type { SignOn } from "../api/types";
import type { Happening } from "./state";

type Report = (happening: Happening) => void;

interface IncomingRequest {
  getHeader(name: string): string | undefined;
}

export class Engine {
  private ua: UA | undefined;
  private session: RTCSession | undefined;
  private readonly audio = new Audio();

  constructor(private readonly report: Report) {
    this.audio.autoplay = true;
  }

  async start(account: SignOn): Promise<void> {
    this.stop();
    const { default: JsSIP } = await import("jssip");
    const scheme = window.location.protocol === "https:" ? "wss" : "ws";
    const socket = new JsSIP.WebSocketInterface(`${scheme}://${window.location.host}${account.webSocketPath}`);
    const ua = new JsSIP.UA({
      sockets: [socket], uri: `sip:${account.account}@${account.domain}`, password: account.secret, register: true,
      register_expires: 120, session_timers: false, connection_recovery_min_interval: 1, connection_recovery_max_interval: 8,
    });
    this.ua = ua;
    ua.on("registered", () => this.report({ kind: "registered" }));
    ua.on("unregistered", () => this.report({ kind: "unregistered" }));
    ua.on("disconnected", () => this.report({ kind: "unregistered" }));
    ua.on("registrationFailed", (event) => this.report({ kind: "registrationFailed", cause: String(event.cause ?? "") }));
    ua.on("newRTCSession", (event: { session: RTCSession; originator: unknown; request: unknown }) =>
      this.take(event.session, event.originator === "local", event.request as IncomingRequest),
    );
    ua.start();
  }

  stop(): void {
    this.session?.terminate();
    this.session = undefined;
    this.ua?.stop();
    this.ua = undefined;
  }

  answer(): void {
    this.session?.answer({ mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } });
  }

  hangUp(): void {
    if (this.session && !this.session.isEnded()) this.session.terminate();
  }

  mute(on: boolean): void {
    if (on) this.session?.mute({ audio: true });
    else this.session?.unmute({ audio: true });
    this.report({ kind: "muted", on });
  }

  hold(on: boolean): void {
    if (on) this.session?.hold();
    else this.session?.unhold();
  }

  // RFC 4733 events in the audio stream; SIP INFO is JsSIP's default and nobody listens for it.
  digit(tone: string): void {
    this.session?.sendDTMF(tone, { transportType: "RFC2833" as never, duration: 160, interToneGap: 80 });
  }

  // One call at a time: a second one is refused as busy.
  private take(session: RTCSession, outgoing: boolean, request: IncomingRequest): void {
    if (this.session && !this.session.isEnded()) {
      session.terminate({ status_code: 486 });
      return;
    }
    this.session = session;
    const id = outgoing ? "" : (request.getHeader("X-Lintel-Call") ?? "");
    this.report({ kind: "ringing", id, outgoing, at: Date.now() });
    session.on("peerconnection", ({ peerconnection }) => this.listen(peerconnection));
    if (session.connection) this.listen(session.connection);
    session.on("accepted", () => this.report({ kind: "answered", at: Date.now() }));
    session.on("hold", ({ originator }) => originator === "local" && this.report({ kind: "held", on: true }));
    session.on("unhold", ({ originator }) => originator === "local" && this.report({ kind: "held", on: false }));
    const over = (event: { cause?: unknown }) => {
      if (this.session === session) this.session = undefined;
      this.audio.srcObject = null;
      this.report({ kind: "ended", cause: String(event.cause ?? ""), at: Date.now() });
    };
    session.on("ended", over);
    session.on("failed", over);
    session.on("getusermediafailed", () => this.report({ kind: "error", text: "MICROPHONE" }));
  }

  private listen(connection: RTCPeerConnection): void {
    connection.addEventListener("track", (event) => {
      this.audio.srcObject = event.streams[0] ?? new MediaStream([event.track]);
      void this.audio.play().catch(() => this.report({ kind: "error", text: "PLAYBACK" }));
    });
  }
}
