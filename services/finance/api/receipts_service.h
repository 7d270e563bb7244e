// Money that came in: booking, reversal, printing (FIN-20, RPT-32).
#pragma once

#include "google/api/httpbody.pb.h"
#include "platform/client/channel.h"
#include "platform/command/command.h"
#include "platform/server/server.h"
#include "services/finance/api/receipt_order.h"

namespace lintel::finance {

// The other services a receipt needs: a valid permit before any money, names and paper afterwards.
struct ReceiptPeers {
  Channel& inventory;
  Channel& customers;
  Channel& reporting;
};

class ReceiptsService {
 public:
  ReceiptsService(Commands& commands, ReceiptPeers peers) : commands_(commands), peers_(peers) {}
  void Register(Server& server);

  absl::StatusOr<v1::Receipt> CreateReceipt(const Call& call, const v1::CreateReceiptRequest& request);
  absl::StatusOr<v1::Receipt> GetReceipt(const Call& call, const v1::GetReceiptRequest& request);
  absl::StatusOr<v1::ListReceiptsResponse> ListReceipts(const Call& call, const v1::ListReceiptsRequest& request);
  absl::StatusOr<v1::Receipt> ReverseReceipt(const Call& call, const v1::ReverseReceiptRequest& request);
  absl::StatusOr<google::api::HttpBody> PrintReceipt(const Call& call, const v1::PrintReceiptRequest& request);

 private:
  // Where money goes: the room, and the account of its deal or hold.
  struct Place {
    std::string project_id;
    std::string room_id;
    std::string account_id;
  };
  absl::StatusOr<Place> FindPlace(const Call& call, const ReceiptOrder& order);
  absl::Status RequirePermit(const Call& call, const Place& place);
  Commands& commands_;
  const ReceiptPeers peers_;
};

}  // namespace lintel::finance
