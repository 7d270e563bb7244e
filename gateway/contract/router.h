// From a request's verb and path to a route.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "gateway/contract/contract.h"

namespace lintel::gateway {

class Router {
 public:
  // `contract` must outlive the router.
  explicit Router(const Contract& contract);

  struct Match {
    const Route* route = nullptr;            // Null: nothing matches.
    std::vector<std::string_view> segments;  // Of the path, for Bind; they point into it.
    std::string allowed;                     // With a null route: verbs that this path does have ("GET, POST").
  };
  Match Find(std::string_view verb, std::string_view path) const;

 private:
  const Route* FindIn(std::string_view verb, const std::vector<std::string_view>& segments,
                      std::string_view custom_verb, std::string* allowed) const;

  // Routes by their first two literal segments, the more literal ones first.
  std::unordered_map<std::string, std::vector<const Route*>> by_prefix_;
};

}  // namespace lintel::gateway
