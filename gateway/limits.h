// Every bound of the gateway in one place. What a deployment may change is in config.h.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace lintel::gateway::limits {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Connections and their patience.
inline constexpr int kMostConnections = 8192;
inline constexpr int kMostConnectionsOfOneAddress = 2048;
inline constexpr size_t kLargestHeader = 16 << 10;  // Request line and all header fields.
inline constexpr size_t kLargestTarget = 8 << 10;
inline constexpr seconds kIdleTime{75};    // Between two requests.
inline constexpr seconds kHeaderTime{20};  // From accept, or the first byte of a later request, to its complete header.
inline constexpr seconds kReadTime{20};    // For each piece of a body.
inline constexpr seconds kBodyTime{120};   // For a whole JSON body, however it dribbles.
inline constexpr seconds kWriteTime{30};   // For each piece of an answer.

// Bodies.
inline constexpr size_t kLargestJson = 1 << 20;
inline constexpr size_t kLargestJsonWithBytes = 3 << 20;  // Messages that have a field of bytes: base64 of 2 MB.
inline constexpr size_t kLargestUpload = 64 << 20;
inline constexpr size_t kChunk = 64 << 10;
inline constexpr int kDeepestJson = 32;
inline constexpr int kMostQueryParameters = 200;

// Calls to services.
inline constexpr seconds kCallTime{60};
inline constexpr seconds kUploadTime{600};
inline constexpr int kLargestReply = 64 << 20;
inline constexpr size_t kLongestMetadata = 4 << 10;  // One header handed on to a service.
inline constexpr size_t kLongestRequestId = 64;
inline constexpr size_t kLongestIdempotencyKey = 128;

// Compression pays from about one packet on.
inline constexpr size_t kSmallestCompressed = 1200;

// Live streams.
inline constexpr size_t kRecentEvents = 8192;     // Kept per service for those who come back.
inline constexpr size_t kRecentAtStart = 2048;    // Read from Redis when the gateway starts.
inline constexpr size_t kMostQueuedEvents = 512;  // Of one listener; beyond it the client is told to reload.
inline constexpr size_t kMostQueuedBytes = 1 << 20;
inline constexpr int64_t kMostReplayed = 256;  // For one who comes back, over all services; further back is a resync.
inline constexpr int kMostLiveStreams = 4096;
inline constexpr int kMostStreamsOfOneSession = 16;
inline constexpr seconds kHeartbeat{10};
inline constexpr milliseconds kSessionCheck{
    2500};  // Twice within the 5 s after which a revoked session's streams are closed.
inline constexpr milliseconds kSessionCheckTime{1500};

// The SIP tunnel.
inline constexpr size_t kLargestSipMessage = 16 << 10;
inline constexpr int kSipMessagesPerSecond = 40;
inline constexpr int kSipBurst = 120;

// Rate limits: most keys remembered at once, and for how long a token that was verified counts as its operator's.
inline constexpr size_t kMostRateKeys = 100'000;
inline constexpr size_t kMostProvenTokens = 16'384;
inline constexpr seconds kTokenBelieved{10};

}  // namespace lintel::gateway::limits
