// `lintel-identity bootstrap --tenant NAME --operators admin,manager,consultant-2 [--language zh-CN]`, with the
// password of all of them in LINTEL_DEMO_PASSWORD. Prints what there is then as one JSON object.
#pragma once

namespace lintel::identity {

// The process' exit code.
int BootstrapCommand(int argc, char** argv);

}  // namespace lintel::identity
