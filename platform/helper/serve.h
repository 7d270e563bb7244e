// The child's side of platform/helper.
#pragma once

#include <functional>
#include <string>

namespace lintel {

// Answers requests on standard input until the parent closes it; returns the exit code for main(). `answer` must return
// within the parent's deadline and puts its own refusals into the reply. Standard output is pointed at standard error,
// so that a chatty library cannot disturb the conversation.
int ServeHelper(const std::function<std::string(std::string request)>& answer);

}  // namespace lintel
