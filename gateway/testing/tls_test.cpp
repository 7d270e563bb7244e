// The gateway with a certificate.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "gateway/testing/running_gateway.h"
#include "platform/testing/folder.h"

namespace lintel::gateway::testing {
namespace {

using ::testing::HasSubstr;

struct Pem {
  std::string certificate;
  std::string key;
};

std::string TextOf(BIO* bio) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio, &bytes);
  std::string text(bytes, static_cast<size_t>(size));
  BIO_free(bio);
  return text;
}

// For localhost, by itself, for an hour.
Pem SelfSigned() {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
  X509_set_pubkey(certificate, key);
  X509_sign(certificate, key, EVP_sha256());
  BIO* certificate_text = BIO_new(BIO_s_mem());
  BIO* key_text = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(certificate_text, certificate);
  PEM_write_bio_PrivateKey(key_text, key, nullptr, nullptr, 0, nullptr, nullptr);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return {TextOf(certificate_text), TextOf(key_text)};
}

FakeAnswer Anything(const FakeCall& call) {
  if (call.method == "SignIn") return {.json = {R"({"accessToken":"a1","refreshToken":"r1"})"}};
  return {.json = {"{}"}, .stay_open = call.json.find("never") != std::string::npos};
}

class Tls : public ::testing::Test {
 protected:
  const Pem pem_ = SelfSigned();
  const lintel::testing::Folder folder_;
  const std::string certificate_ = folder_.Write("tls.crt", pem_.certificate);
  const std::string key_ = folder_.Write("tls.key", pem_.key);
};

TEST_F(Tls, ServesTheSameApiWithSecureCookiesAndHsts) {
  RunningGateway gateway(Anything, {.certificate = certificate_, .key = key_});
  const Answer answer = gateway.Ask("POST", "/v1/sessions", "", "{}");
  EXPECT_EQ(answer.status, 200);
  for (const char* cookie : {"lintel_session", "lintel_refresh", "lintel_csrf"}) {
    EXPECT_THAT(answer.SetCookie(cookie), HasSubstr("; Secure")) << cookie;
  }
  EXPECT_EQ(answer.Header("strict-transport-security"), "max-age=31536000");
  HttpClient client(gateway.port(), {.tls = true});
  const std::string large = "{\"displayName\":\"" + std::string(300'000, 'x') + "\"}";
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(client.Ask("POST", "/v1/shelves/a/things", gateway.Bearer(), large).status, 200);
  }
}

TEST_F(Tls, AnswersPlainHttpWithNothing) {
  RunningGateway gateway(Anything, {.certificate = certificate_, .key = key_});
  HttpClient client(gateway.port());
  EXPECT_EQ(client.Ask("GET", "/healthz").status, 0);
}

TEST_F(Tls, SeesItsClientsLeave) {
  RunningGateway gateway(Anything, {.certificate = certificate_, .key = key_});
  auto listener = std::make_unique<HttpClient>(gateway.port(), HttpClientOptions{.tls = true});
  listener->Send("GET /v1/live HTTP/1.1\r\nHost: x\r\n" + gateway.Bearer() + "\r\n");
  EXPECT_TRUE(listener->WaitFor("retry: 2000\n\n"));
  auto asking = std::make_unique<HttpClient>(gateway.port(), HttpClientOptions{.tls = true});
  asking->Send("GET /v1/shelves/a/things/never HTTP/1.1\r\nHost: x\r\n" + gateway.Bearer() + "\r\n");
  EXPECT_TRUE(Eventually([&] { return gateway.backend().Open("GetThing") == 1; }));
  listener.reset();
  asking.reset();
  EXPECT_TRUE(Eventually([&] { return gateway.Metric({"lintel_gateway_open_streams"}) == 0; }));
  EXPECT_TRUE(Eventually([&] { return gateway.backend().Open("GetThing") == 0; }));
}

TEST_F(Tls, IsOffWithoutACertificate) {
  RunningGateway gateway(Anything);
  EXPECT_EQ(gateway.Ask("GET", "/healthz").Header("strict-transport-security"), "");
  EXPECT_THROW(HttpClient(gateway.port(), {.tls = true}), std::runtime_error);
}

TEST_F(Tls, DoesNotStartWithFilesThatDoNotFit) {
  const auto start = [&](const std::string& certificate, const std::string& key) {
    return [=] { RunningGateway(Anything, {.certificate = certificate, .key = key}); };
  };
  const auto names = [](const std::string& file) {
    return ::testing::ThrowsMessage<std::runtime_error>(HasSubstr(file));
  };
  EXPECT_THAT(start(folder_.path() + "/none.crt", key_), names("none.crt"));
  EXPECT_THAT(start(folder_.Write("bad.crt", "no certificate"), key_), names("bad.crt"));
  EXPECT_THAT(start(certificate_, folder_.Write("other.key", SelfSigned().key)), names("other.key"));
}

}  // namespace
}  // namespace lintel::gateway::testing
