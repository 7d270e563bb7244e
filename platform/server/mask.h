// The reply filter of DESIGN 3.9: fields with (lintel.auth.mask) leave a service masked unless the reader may see them.
#pragma once

#include <google/protobuf/message.h>

#include <string>

#include "platform/auth/principal.h"

namespace lintel {

// Masks in place. Messages without masked fields cost one look-up.
void MaskReply(google::protobuf::Message& message, const Principal& reader);

// "138****2046", "+86138****2046": all but three (after a country code) and the last four digits; short ones entirely.
std::string MaskPhone(const std::string& phone);
// "4****1234".
std::string MaskIdNumber(const std::string& id_number);

}  // namespace lintel
