# Generates C++ messages from the contract, and the descriptor set the gateway serves. The google protos come from the
# pinned npm package `google-proto-files` in proto/node_modules (`./lintel` installs it).
set(LINTEL_GOOGLE_PROTOS ${CMAKE_SOURCE_DIR}/proto/node_modules/google-proto-files)
set(LINTEL_GEN ${CMAKE_BINARY_DIR}/gen)
set(LINTEL_FRESH ${CMAKE_BINARY_DIR}/gen-fresh)
if(NOT EXISTS ${LINTEL_GOOGLE_PROTOS}/google/api/annotations.proto)
  message(FATAL_ERROR "proto/node_modules is missing: run `npm ci --prefix proto`, or `./lintel build`, which does it")
endif()
set(LINTEL_PROTOC_INCLUDES -I ${CMAKE_SOURCE_DIR}/proto -I ${LINTEL_GOOGLE_PROTOS})

# lintel_proto_library(name FILES lintel/x/v1/x.proto GOOGLE google/rpc/status.proto)
function(lintel_proto_library name)
  cmake_parse_arguments(ARG "" "" "FILES;GOOGLE" ${ARGN})
  file(MAKE_DIRECTORY ${LINTEL_GEN} ${LINTEL_FRESH})
  set(sources)
  set(inputs)
  foreach(file ${ARG_FILES} ${ARG_GOOGLE})
    string(REGEX REPLACE "\\.proto$" "" stem ${file})
    set(root ${CMAKE_SOURCE_DIR}/proto)
    if(file IN_LIST ARG_GOOGLE)
      set(root ${LINTEL_GOOGLE_PROTOS})
    endif()
    # By way of a folder of its own: what protoc writes as before, as after a change of comments, recompiles nothing.
    add_custom_command(OUTPUT ${LINTEL_GEN}/${stem}.pb.cc ${LINTEL_GEN}/${stem}.pb.h
      COMMAND protobuf::protoc ${LINTEL_PROTOC_INCLUDES} --cpp_out=${LINTEL_FRESH} ${file}
      COMMAND ${CMAKE_COMMAND} -E copy_if_different ${LINTEL_FRESH}/${stem}.pb.cc ${LINTEL_GEN}/${stem}.pb.cc
      COMMAND ${CMAKE_COMMAND} -E copy_if_different ${LINTEL_FRESH}/${stem}.pb.h ${LINTEL_GEN}/${stem}.pb.h
      DEPENDS ${root}/${file} VERBATIM)
    list(APPEND sources ${LINTEL_GEN}/${stem}.pb.cc)
    list(APPEND inputs ${root}/${file})
  endforeach()
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC protobuf::libprotobuf absl::statusor absl::strings absl::flat_hash_map absl::time fmt::fmt gRPC::grpc++ PkgConfig::PQXX)
  target_include_directories(${name} SYSTEM PUBLIC ${LINTEL_GEN})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_options(${name} PRIVATE -w)
  target_precompile_headers(${name} REUSE_FROM lintel_pch_edge)
  add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/lintel.fds
    COMMAND protobuf::protoc ${LINTEL_PROTOC_INCLUDES} --include_imports --include_source_info
            --descriptor_set_out=${CMAKE_BINARY_DIR}/lintel.fds ${ARG_FILES}
    DEPENDS ${inputs} VERBATIM)
  add_custom_target(lintel_descriptors ALL DEPENDS ${CMAKE_BINARY_DIR}/lintel.fds)
endfunction()
