#include "gateway/gateway.h"

#include <prometheus/text_serializer.h>

#include "gateway/call/calls.h"
#include "gateway/limits.h"
#include "gateway/pages/openapi.h"
#include "platform/log/log.h"
#include "platform/migrate/embedded.h"
#include "platform/status/status.h"

namespace lintel {
std::span<const EmbeddedFile> GatewayPages();
}

namespace lintel::gateway {
namespace {

constexpr char kApi[] = "/v1/";

absl::Status NoRoute(const std::string& path) {
  return WithReason(absl::StatusCode::kNotFound, "ROUTE_UNKNOWN", "no route", {{"path", path.substr(0, 200)}});
}

absl::Status Malformed(int status) {
  const char* reason = status == 431 ? "HEADERS_TOO_LONG" : status == 414 ? "TARGET_TOO_LONG" : "MALFORMED_REQUEST";
  return WithReason(absl::StatusCode::kInvalidArgument, reason, "not a request that can be served");
}

}  // namespace

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Make(Config config, const Tokens& tokens) {
  ASSIGN_OR_RETURN(auto contract, Contract::Load(config.descriptors));
  ASSIGN_OR_RETURN(auto backends, Backends::Parse(config.backends));
  std::unique_ptr<Gateway> made(new Gateway(std::move(config), tokens, std::move(contract), std::move(backends)));
  RETURN_IF_ERROR(made->console_.Load(made->config_.web_root));
  return made;
}

Gateway::Gateway(Config config, const Tokens& tokens, std::unique_ptr<Contract> contract,
                 std::unique_ptr<Backends> backends)
    : config_(std::move(config)),
      core_(std::move(contract), std::move(backends), tokens, config_.requests_per_minute),
      sessions_(core_, tokens),
      streams_(
          [this](std::shared_ptr<Turn> turn, const RoutedRequest& routed, const google::protobuf::Message& message) {
            ServeRpcStream(std::move(turn), routed, message, sessions_);
          }),
      hub_(core_, config_.redis, [this](const std::string& session) { sessions_.End(session); }),
      server_(config_.http, [this](std::shared_ptr<Exchange> exchange) { Serve(exchange); }),
      signals_(core_, hub_, sessions_,
               [this](std::chrono::milliseconds delay, std::function<void()> work) {
                 server_.After(delay, std::move(work));
               }),
      open_connections_(core_.metrics.Gauge("lintel_gateway_open_connections", "HTTP connections open now")),
      open_streams_(core_.metrics.Gauge("lintel_gateway_open_streams", "Live streams and phone tunnels open now")) {
  AddOwnPages();
}

Gateway::~Gateway() { Stop(std::chrono::milliseconds(0)); }

absl::Status Gateway::Start() {
  RETURN_IF_ERROR(server_.Start());
  for (const auto& [name, backend] : core_.backends->all()) backend->Reachable();  // Begins to connect.
  hub_.Start();
  signals_.Start();
  Repeat(limits::kSessionCheck, &Gateway::CheckSessions);
  Repeat(limits::kHeartbeat, &Gateway::Beat);
  return absl::OkStatus();
}

void Gateway::Stop(std::chrono::milliseconds grace) {
  if (stopped_.exchange(true)) return;
  server_.StopAccepting();
  heartbeats_.CloseAll();
  hub_.Stop();
  signals_.Stop();
  server_.Drain(grace);
  core_.backends->CancelAll();
  server_.Stop();
}

void Gateway::Repeat(std::chrono::milliseconds every, void (Gateway::*work)()) {
  server_.After(every, [this, every, work] {
    if (stopped_) return;
    (this->*work)();
    Repeat(every, work);
  });
}

void Gateway::Serve(const std::shared_ptr<Exchange>& exchange) {
  auto turn = std::make_shared<Turn>(core_, exchange);
  if (exchange->request().malformed != 0) return turn->Fail(Malformed(exchange->request().malformed));
  if (ServeOwn(*turn)) return;
  if (!turn->request().path.starts_with(kApi) && turn->request().path != "/sip") return ServePage(*turn);
  if (absl::Status status = turn->Admit(); !status.ok()) return turn->Fail(status);
  ServeApi(turn);
}

void Gateway::AddOwnPages() {
  own_pages_.Add("/openapi.json", OpenApi(*core_.contract, core_.reasons));
  for (const EmbeddedFile& file : GatewayPages())
    own_pages_.Add("/docs/" + std::string(file.name), std::string(file.text));
}

// What the gateway answers by itself, whoever asks.
bool Gateway::ServeOwn(Turn& turn) {
  const std::string& path = turn.request().path;
  const bool reads = turn.request().verb == "GET" || turn.request().verb == "HEAD";
  if (!reads) return false;
  if (path == "/healthz") {
    turn.ReplyJson("{\"status\":\"ok\"}");
  } else if (path == "/readyz") {
    ServeReadiness(turn);
  } else if (path == "/metrics") {
    ServeMetrics(turn);
  } else if (path == "/openapi.json" || path == "/docs" || path.starts_with("/docs/")) {
    const bool front = path == "/docs" || path == "/docs/";
    auto page = own_pages_.Named(front ? "/docs/docs.html" : path, turn.request());
    page ? turn.Reply(*std::move(page)) : turn.Fail(NoRoute(path));
  } else {
    return false;
  }
  return true;
}

void Gateway::ServeMetrics(Turn& turn) {
  open_connections_.Set(server_.open_connections());
  open_streams_.Set(static_cast<double>(sessions_.open()));
  Response response{.body = prometheus::TextSerializer().Serialize(core_.metrics.registry().Collect())};
  response.headers.Add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  turn.Reply(std::move(response));
}

void Gateway::ServeReadiness(Turn& turn) {
  std::string away;
  for (const auto& [name, backend] : core_.backends->all()) {
    if (!backend->Reachable()) away += (away.empty() ? "\"" : ",\"") + name + "\"";
  }
  const bool events = hub_.following();
  Response response{.status = away.empty() && events ? 200 : 503};
  response.headers.Add("Content-Type", "application/json");
  response.body = "{\"ready\":" + std::string(response.status == 200 ? "true" : "false") + ",\"away\":[" + away +
                  "],\"events\":" + (events ? "true" : "false") + "}";
  turn.Reply(std::move(response));
}

void Gateway::ServeApi(const std::shared_ptr<Turn>& turn) {
  const Request& request = turn->request();
  if (request.path == "/v1/live" && request.verb == "GET") return ServeLive(turn, hub_, sessions_, heartbeats_);
  if (request.path == "/sip") return ServeSip(turn, config_.sip, server_, sessions_);
  // Whatever answers GET answers HEAD, but for a stream that would have no end.
  const bool head = request.verb == "HEAD";
  Router::Match match = core_.router.Find(head ? "GET" : request.verb, request.path);
  if (head && match.route != nullptr && match.route->method->shape == Method::Shape::kEvents) {
    match = {.segments = {}, .allowed = "GET"};
  }
  if (match.route == nullptr) {
    if (match.allowed.empty()) return turn->Fail(NoRoute(request.path));
    return turn->Fail(WithReason(absl::StatusCode::kUnimplemented, "METHOD_NOT_ALLOWED", "another verb",
                                 {{"allowed", match.allowed}}));
  }
  auto bindings = match.route->path.Bind(match.segments);
  if (!bindings.ok()) return turn->Fail(bindings.status());
  ServeRoute(turn, {.route = match.route, .bindings = *std::move(bindings)}, streams_);
}

void Gateway::ServePage(Turn& turn) {
  const bool reads = turn.request().verb == "GET" || turn.request().verb == "HEAD";
  auto page = reads ? console_.Find(turn.request()) : std::nullopt;
  page ? turn.Reply(*std::move(page)) : turn.Fail(NoRoute(turn.request().path));
}

}  // namespace lintel::gateway
