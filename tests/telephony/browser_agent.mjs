// An agent's browser: answers an offer with a 440 Hz microphone and tells what it hears. One line of JSON in, one out:
//   {"offer": SDP} -> {"answer": SDP};  {"hear": true} -> {"peakHz", "level", "state", "packets"};  {"key": "5"} -> {}
import {createInterface} from 'node:readline';
import {createRequire} from 'node:module';

const {chromium} = createRequire(new URL('../../web/', import.meta.url))('playwright-core');
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless=new', '--no-sandbox', '--autoplay-policy=no-user-gesture-required', '--disable-background-networking',
    '--no-first-run', '--disable-features=WebRtcHideLocalIpsWithMdns,OptimizationHints,MediaRouter',
    '--allow-loopback-in-peer-connection'],
});
const page = await browser.newPage();

const inPage = {
  async offer(sdp) {
    const audio = new AudioContext();
    const microphone = new MediaStreamAudioDestinationNode(audio);
    const tone = new OscillatorNode(audio, {frequency: 440});
    tone.connect(new GainNode(audio, {gain: 0.3})).connect(microphone);
    tone.start();
    const connection = new RTCPeerConnection({iceServers: []});
    connection.addTrack(microphone.stream.getAudioTracks()[0], microphone.stream);
    connection.ontrack = ({streams}) => {
      const element = new Audio();
      element.srcObject = streams[0];
      element.muted = true;
      element.play();
      window.analyser = new AnalyserNode(audio, {fftSize: 16384});
      new MediaStreamAudioSourceNode(audio, {mediaStream: streams[0]}).connect(window.analyser);
    };
    window.connection = connection;
    await connection.setRemoteDescription({type: 'offer', sdp});
    await connection.setLocalDescription(await connection.createAnswer());
    if (connection.iceGatheringState !== 'complete') {
      await new Promise((done) => connection.addEventListener('icegatheringstatechange',
        () => connection.iceGatheringState === 'complete' && done()));
    }
    return {answer: connection.localDescription.sdp};
  },
  async hear() {
    const stats = [...(await window.connection.getStats()).values()];
    const inbound = stats.find((one) => one.type === 'inbound-rtp') ?? {};
    const transport = stats.find((one) => one.type === 'transport') ?? {};
    const bins = new Float32Array(window.analyser.frequencyBinCount);
    window.analyser.getFloatFrequencyData(bins);
    const top = bins.indexOf(Math.max(...bins));
    return {peakHz: top * window.analyser.context.sampleRate / window.analyser.fftSize, level: bins[top],
      state: window.connection.connectionState, packets: inbound.packetsReceived ?? 0, cipher: transport.srtpCipher ?? ''};
  },
  async key(key) {
    window.connection.getSenders()[0].dtmf.insertDTMF(key, 100);
    return {};
  },
};

console.log(JSON.stringify({ready: true}));
for await (const line of createInterface({input: process.stdin})) {
  const [[name, argument]] = Object.entries(JSON.parse(line));
  console.log(JSON.stringify(await page.evaluate(inPage[name], argument).catch((error) => ({error: String(error)}))));
}
await browser.close();
