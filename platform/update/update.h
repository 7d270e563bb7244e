// AIP-134 updates: which fields a request changes, and whether it was made on what is there now.
#pragma once

#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/message.h>

#include <initializer_list>
#include <string>

#include "absl/status/status.h"
#include "platform/status/status.h"

namespace lintel {

// Copies into `target` the fields of `changes` that `mask` names; without a mask, every one of `writable` that is set
// in `changes`. INVALID_ARGUMENT on update_mask for a path outside `writable`.
absl::Status ApplyUpdate(const google::protobuf::FieldMask& mask, std::initializer_list<const char*> writable,
                         const google::protobuf::Message& changes, google::protobuf::Message& target);

// ABORTED STALE_ETAG unless `given` is empty or the etag of `version`.
absl::Status CheckEtag(const std::string& kind, const std::string& given, int64_t version);

}  // namespace lintel
