#include "telephony/media/call/report.h"

namespace lintel::media {

int Q850CauseOf(int sip_code) {
  switch (sip_code) {
    case 0:
    case 200:
      return 16;  // Normal clearing
    case 404:
      return 1;  // Unallocated number
    case 408:
      return 102;  // Recovery on timer expiry
    case 480:
      return 18;  // No user responding
    case 486:
    case 600:
      return 17;  // User busy
    case 487:
      return 16;
    case 488:
      return 65;  // Bearer capability not implemented
    case 603:
      return 21;  // Call rejected
    case 503:
      return 41;  // Temporary failure
    default:
      return sip_code >= 500 ? 41 : 31;
  }
}

}  // namespace lintel::media
