# The few shapes of target there are. Every library says its ring:
#   DOMAIN  pure rules: std, abseil, fmt and platform's value types (no gRPC, protobuf or pqxx; lintel_check_rings enforces it)
#   EDGE    everything else
set(LINTEL_EDGE_PACKAGES gRPC::grpc++ protobuf::libprotobuf PkgConfig::PQXX PkgConfig::PQ lintel_proto)

# Two precompiled headers, shared by all targets of a ring.
function(lintel_define_precompiled_header ring)
  set(target lintel_pch_${ring})
  set(source ${CMAKE_BINARY_DIR}/${target}.cpp)
  if(NOT EXISTS ${source})
    file(WRITE ${source} "")
  endif()
  add_library(${target} OBJECT ${source})
  target_link_libraries(${target} PRIVATE ${ARGN})
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR})
  target_precompile_headers(${target} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/pch_${ring}.h)
endfunction()
lintel_define_precompiled_header(domain absl::statusor absl::strings absl::flat_hash_map absl::time fmt::fmt)
lintel_define_precompiled_header(edge absl::statusor absl::strings absl::flat_hash_map absl::time fmt::fmt
                                 gRPC::grpc++ protobuf::libprotobuf PkgConfig::PQXX)

function(lintel_finish_target name ring)
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  string(TOLOWER ${ring} ring_lower)
  target_precompile_headers(${name} REUSE_FROM lintel_pch_${ring_lower})
  set_target_properties(${name} PROPERTIES LINTEL_RING ${ring})
endfunction()

# lintel_library(name DOMAIN|EDGE SOURCES a.cpp b.cpp LINKS x y)
function(lintel_library name ring)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC ${ARG_LINKS} absl::statusor absl::strings absl::flat_hash_map absl::time fmt::fmt Threads::Threads)
  lintel_finish_target(${name} ${ring})
  set_property(GLOBAL APPEND PROPERTY LINTEL_LIBRARIES ${name})
endfunction()

# lintel_binary(name DOMAIN|EDGE SOURCES main.cpp LINKS x): lands in <build>/bin.
function(lintel_binary name ring)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINKS} Threads::Threads)
  lintel_finish_target(${name} ${ring})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
endfunction()

# lintel_test(name DOMAIN|EDGE LABEL unit|component SOURCES a_test.cpp LINKS x): one binary, one ctest entry.
function(lintel_test name ring)
  if(NOT LINTEL_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "LABEL" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINKS} GTest::gmock GTest::gtest_main Threads::Threads)
  lintel_finish_target(${name} ${ring})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT 600)
endfunction()

# lintel_embed(target variable FILES a.sql b.json): compiles files into the target as
# `std::span<const lintel::EmbeddedFile> <variable>()`; declare it with platform/migrate/embedded.h.
function(lintel_embed target variable)
  cmake_parse_arguments(ARG "" "NAMESPACE" "FILES" ${ARGN})
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${variable}.cpp)
  set(absolute)
  foreach(file ${ARG_FILES})
    list(APPEND absolute ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  string(REPLACE ";" "," joined "${absolute}")
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DVARIABLE=${variable} -DNAMESPACE=${ARG_NAMESPACE} -DFILES=${joined}
            -P ${CMAKE_SOURCE_DIR}/cmake/EmbedFiles.cmake
    DEPENDS ${absolute} ${CMAKE_SOURCE_DIR}/cmake/EmbedFiles.cmake VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()

# Domain libraries reach no transport and no database, however indirectly.
function(lintel_check_rings)
  get_property(libraries GLOBAL PROPERTY LINTEL_LIBRARIES)
  foreach(library ${libraries})
    get_target_property(ring ${library} LINTEL_RING)
    if(ring STREQUAL "DOMAIN")
      lintel_check_links(${library} ${library})
    endif()
  endforeach()
endfunction()

function(lintel_check_links root target)
  get_target_property(links ${target} LINK_LIBRARIES)
  foreach(link ${links})
    if(link IN_LIST LINTEL_EDGE_PACKAGES)
      message(FATAL_ERROR "${root} is a domain library but reaches ${link} through ${target}")
    endif()
    if(TARGET ${link})
      get_target_property(ring ${link} LINTEL_RING)
      if(ring STREQUAL "EDGE")
        message(FATAL_ERROR "${root} is a domain library but reaches the edge library ${link} through ${target}")
      elseif(ring STREQUAL "DOMAIN")
        lintel_check_links(${root} ${link})
      endif()
    endif()
  endforeach()
endfunction()
