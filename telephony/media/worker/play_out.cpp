// The sending half of a tick: keys, prompts, the partner's voice, or silence.
#include <algorithm>
#include <cstring>

#include "telephony/media/worker/worker.h"

namespace lintel::media {
namespace {

constexpr int64_t kSilenceUs = std::chrono::microseconds(kSilenceLimit).count();

}  // namespace

void Worker::PlayOut(Leg& leg, int64_t now_us) {
  if (leg.heard_us == 0) leg.heard_us = now_us;
  if (now_us - leg.heard_us > kSilenceUs && !leg.reported_silent) {
    leg.reported_silent = Tell(LegSilent{leg.key});
  }
  if (leg.leads) {
    if (Leg* const agent = Find(leg.partner)) BridgePair(leg, *agent);
  }
  if (leg.partner.generation == 0 && !SendPrompt(leg)) SendSilence(leg);
  leg.timestamp += kFrameSamples;
}

// Each hears the other, unless something is played to them: a caller on hold hears music while the agent hears nothing
// new. Both are recorded as they were heard here.
void Worker::BridgePair(Leg& caller, Leg& agent) {
  Frame from_caller;
  Frame from_agent;
  caller.jitter.Pop(from_caller);
  agent.jitter.Pop(from_agent);
  if (caller.recording != 0) {
    const bool taken = rings_.recorded.TryFill([&](RecordedFrame& slot) {
      slot.recording = caller.recording;
      slot.index = caller.recorded_frames;
      slot.caller = from_caller;
      slot.agent = from_agent;
    });
    if (!taken) counters_.frames_unrecorded.fetch_add(1, std::memory_order_relaxed);
    ++caller.recorded_frames;
  }
  std::array<uint8_t, kFrameSamples> codes;
  if (!SendPrompt(caller)) {
    Encode(caller.media.codec, from_agent, codes);
    SendAudio(caller, codes);
  }
  if (!SendPrompt(agent)) {
    Encode(agent.media.codec, from_caller, codes);
    SendAudio(agent, codes);
  }
}

bool Worker::SendPrompt(Leg& leg) {
  Playlist* const list = leg.playing.get();
  if (list == nullptr) return false;
  while (list->prompt < list->prompts.size() && list->frame >= list->prompts[list->prompt]->frames()) {
    ++list->prompt;
    list->frame = 0;
    if (list->prompt == list->prompts.size() && list->loop) list->prompt = 0;
  }
  if (list->prompt >= list->prompts.size()) {
    EndPlay(leg, true);
    return false;
  }
  SendAudio(leg, list->prompts[list->prompt]->frame(leg.media.codec, list->frame++));
  return true;
}

void Worker::SendSilence(Leg& leg) {
  std::array<uint8_t, kFrameSamples> codes;
  codes.fill(Silence(leg.media.codec));
  SendAudio(leg, codes);
}

void Worker::SendAudio(Leg& leg, std::span<const uint8_t, kFrameSamples> codes) {
  if (const auto key = leg.keys_out.Next(leg.timestamp)) return SendKey(leg, *key);
  Datagram& datagram = NextDatagram(leg, static_cast<uint8_t>(leg.media.codec), !leg.talking, leg.timestamp);
  std::memcpy(datagram.bytes.data() + kRtpHeaderSize, codes.data(), codes.size());
  leg.talking = true;
  SendDatagram(leg, datagram, kRtpHeaderSize + codes.size());
}

void Worker::SendKey(Leg& leg, const DtmfSender::Packet& packet) {
  Datagram& datagram = NextDatagram(leg, leg.media.event_type, packet.marker, packet.timestamp);
  WriteTelephoneEvent(packet.event, std::span(datagram.bytes).subspan<kRtpHeaderSize, kTelephoneEventSize>());
  leg.talking = false;
  SendDatagram(leg, datagram, kRtpHeaderSize + kTelephoneEventSize);
}

Datagram& Worker::NextDatagram(Leg& leg, uint8_t type, bool marker, uint32_t timestamp) {
  Datagram& datagram = leg.own_port != nullptr ? own_ : to_send_[sending_];
  WriteRtpHeader(
      {.payload_type = type, .marker = marker, .sequence = leg.sequence, .timestamp = timestamp, .ssrc = leg.ssrc},
      std::span(datagram.bytes).first<kRtpHeaderSize>());
  return datagram;
}

void Worker::SendDatagram(Leg& leg, Datagram& datagram, size_t size) {
  const PeerAddress to = leg.source != 0 ? leg.source : leg.media.peer;
  if (to == 0 || !leg.media.receives) {
    leg.talking = false;  // What is sent next begins anew, and says so (RFC 3551 §4.1).
    return;
  }
  if (leg.secure) {
    size = leg.srtp == nullptr ? 0 : leg.srtp->Protect(datagram.bytes, size);
    if (size == 0) return;
  }
  ++leg.sequence;
  ++leg.packets_sent;
  counters_.packets_sent.fetch_add(1, std::memory_order_relaxed);
  datagram.peer = to;
  datagram.size = size;
  if (leg.own_port != nullptr) {
    leg.own_port->Send(std::span(&datagram, 1));
  } else if (++sending_ == to_send_.size()) {
    FlushShared();
  }
}

void Worker::FlushShared() {
  if (sending_ > 0) shared_.Send(std::span(to_send_).first(sending_));
  sending_ = 0;
}

}  // namespace lintel::media
