# Fuzz targets of our own parsers, and the group of tests that run under the thread sanitizer.
# A parser's target is <folder>/fuzz/<name>_fuzz.cpp with LLVMFuzzerTestOneInput, its corpus <folder>/fuzz/corpus/<name>/.
option(LINTEL_FUZZ "Build the fuzz targets (needs clang)" OFF)
if(LINTEL_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
                      -Wno-unknown-warning-option -Wno-unused-command-line-argument)
  add_link_options(-fsanitize=address,undefined)
  add_custom_target(fuzzers)
endif()

# lintel_fuzzer(name SOURCES fuzz/sdp_fuzz.cpp LINKS media_sdp): links domain libraries only.
function(lintel_fuzzer name)
  if(NOT LINTEL_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINKS} Threads::Threads)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  add_dependencies(fuzzers ${name})
endfunction()

# `ninja domain_tests`: the tests of the libraries without gRPC, protobuf or pqxx.
function(lintel_group_tests)
  get_property(tests GLOBAL PROPERTY LINTEL_DOMAIN_TESTS)
  if(tests)
    add_custom_target(domain_tests DEPENDS ${tests})
  endif()
endfunction()
