// The domain's header and the transports: gRPC, protobuf, libpqxx.
#pragma once
#include "cmake/pch_domain.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <google/protobuf/timestamp.pb.h>
#include <grpcpp/grpcpp.h>
#include <pqxx/pqxx>
