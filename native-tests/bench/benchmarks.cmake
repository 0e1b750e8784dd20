# Benchmarks: programs, not tests. Included by ../CMakeLists.txt, whose folder paths are relative to.
foreach(bench bench_abi bench_temporal bench_patterns)
  add_executable(${bench} bench/${bench}.c bench/bench.c)
  target_link_libraries(${bench} PRIVATE harness)
endforeach()
# The SIMD kernels beside the same loops by this compiler, for this processor and without vectors.
add_executable(bench_simd bench/bench_simd.c bench/simd/peer_vector.c bench/simd/peer_scalar.c bench/bench.c)
target_include_directories(bench_simd PRIVATE bench bench/simd)
target_link_libraries(bench_simd PRIVATE harness)
set_source_files_properties(bench/simd/peer_vector.c PROPERTIES COMPILE_OPTIONS "-O3;-march=native")
set_source_files_properties(bench/simd/peer_scalar.c PROPERTIES COMPILE_OPTIONS "-O3;-march=native;-fno-tree-vectorize")
add_executable(bench_load bench/bench_load.c bench/bench.c) # loads the library itself
target_link_libraries(bench_load PRIVATE ${CMAKE_DL_LIBS})

# The pool's, beside other allocators, which it loads itself when they are installed (Debian: libmimalloc-dev libjemalloc-dev libgoogle-perftools-dev).
add_executable(bench_pool bench/bench_pool.c bench/bench.c bench/pool/memory.c bench/pool/peers.c bench/pool/speed.c bench/pool/peer_ours.c
  bench/pool/peer_glibc.c bench/pool/peer_mimalloc.c bench/pool/peer_jemalloc.c bench/pool/peer_tcmalloc.c)
target_include_directories(bench_pool PRIVATE harness bench)
target_link_libraries(bench_pool PRIVATE rancognition Threads::Threads ${CMAKE_DL_LIBS})

# JSON, beside simdjson when it is installed here (Debian: libsimdjson-dev).
add_executable(bench_json bench/bench_json.cpp bench/bench.c)
target_link_libraries(bench_json PRIVATE harness)
find_path(BENCH_SIMDJSON_HEADERS simdjson.h)
find_library(BENCH_SIMDJSON_LIBRARY simdjson)
if(BENCH_SIMDJSON_HEADERS AND BENCH_SIMDJSON_LIBRARY)
  target_compile_definitions(bench_json PRIVATE BENCH_SIMDJSON)
  target_include_directories(bench_json SYSTEM PRIVATE "${BENCH_SIMDJSON_HEADERS}")
  target_link_libraries(bench_json PRIVATE "${BENCH_SIMDJSON_LIBRARY}")
endif()

# The scheduler's, beside other timer queues: those that are installed here (Debian: libdpdk-dev libuv1-dev libevent-dev libboost-dev).
set(scheduler_bench bench/scheduler)
add_executable(bench_scheduler bench/bench_scheduler.cpp bench/shared/ask_worker.cpp bench/shared/goals.cpp ${scheduler_bench}/comparison.cpp
  ${scheduler_bench}/engines.cpp ${scheduler_bench}/hand_over.cpp ${scheduler_bench}/lateness.cpp ${scheduler_bench}/worker.cpp ${scheduler_bench}/ours_batches.cpp ${scheduler_bench}/ours_calls.cpp
  ${scheduler_bench}/peer_heap4.cpp ${scheduler_bench}/peer_std_queue.cpp)
target_include_directories(bench_scheduler PRIVATE harness bench/shared)
target_link_libraries(bench_scheduler PRIVATE rancognition Threads::Threads)

function(bench_peer name header_folders libraries) # bench_peer NAME FOLDERS LIBRARIES: compiled and linked when all of them were found
  foreach(part ${header_folders} ${libraries})
    if(NOT part)
      return()
    endif()
  endforeach()
  string(TOUPPER ${name} upper)
  target_sources(bench_scheduler PRIVATE ${scheduler_bench}/peer_${name}.cpp)
  target_compile_definitions(bench_scheduler PRIVATE BENCH_${upper})
  target_include_directories(bench_scheduler SYSTEM PRIVATE ${header_folders})
  target_link_libraries(bench_scheduler PRIVATE ${libraries})
endfunction()

find_path(BENCH_DPDK_HEADERS rte_timer.h PATH_SUFFIXES dpdk)
find_path(BENCH_DPDK_CONFIG rte_config.h PATH_SUFFIXES dpdk)
find_library(BENCH_DPDK_TIMER rte_timer)
find_library(BENCH_DPDK_EAL rte_eal)
bench_peer(dpdk "${BENCH_DPDK_HEADERS};${BENCH_DPDK_CONFIG}" "${BENCH_DPDK_TIMER};${BENCH_DPDK_EAL}")
find_path(BENCH_UV_HEADERS uv.h)
find_library(BENCH_UV_STATIC NAMES libuv_a.a libuv.a) # its timers can be driven without its loop
find_library(BENCH_UV_SHARED uv)
if(BENCH_UV_STATIC)
  bench_peer(uv "${BENCH_UV_HEADERS}" "${BENCH_UV_STATIC};${CMAKE_DL_LIBS}")
  target_compile_definitions(bench_scheduler PRIVATE BENCH_UV_STATIC)
else()
  bench_peer(uv "${BENCH_UV_HEADERS}" "${BENCH_UV_SHARED}")
endif()
find_path(BENCH_EVENT_HEADERS event2/event.h)
find_library(BENCH_EVENT_CORE event_core)
bench_peer(event "${BENCH_EVENT_HEADERS}" "${BENCH_EVENT_CORE}")
find_path(BENCH_ASIO_HEADERS boost/asio.hpp)
bench_peer(asio "${BENCH_ASIO_HEADERS}" "")

# The memory's, beside a plain scan, the device itself, and hnswlib and SQLite when they are installed here (Debian: libhnswlib-dev libsqlite3-dev).
set(memory_bench bench/memory)
add_executable(bench_memory bench/bench_memory.cpp bench/shared/ask_worker.cpp bench/shared/goals.cpp ${memory_bench}/dataset.cpp ${memory_bench}/telemetry.cpp
  ${memory_bench}/truth.cpp ${memory_bench}/filters.cpp ${memory_bench}/ours.cpp ${memory_bench}/searches.cpp ${memory_bench}/writes.cpp ${memory_bench}/reload.cpp
  ${memory_bench}/footprint.cpp ${memory_bench}/json_calls.cpp ${memory_bench}/readers.cpp ${memory_bench}/peer_graph.cpp ${memory_bench}/peer_scan.c
  ${memory_bench}/peer_sqlite.cpp)
target_include_directories(bench_memory PRIVATE harness bench/shared)
target_compile_definitions(bench_memory PRIVATE BENCH_TELEMETRY="${CMAKE_CURRENT_SOURCE_DIR}/../tests/data")
target_link_libraries(bench_memory PRIVATE rancognition Threads::Threads)
set_source_files_properties(${memory_bench}/peer_scan.c PROPERTIES COMPILE_OPTIONS "-O3;-march=native;-ffast-math")
set_source_files_properties(${memory_bench}/peer_graph.cpp PROPERTIES COMPILE_OPTIONS "-O3;-march=native")
find_path(BENCH_HNSWLIB_HEADERS hnswlib/hnswlib.h)
if(BENCH_HNSWLIB_HEADERS)
  target_compile_definitions(bench_memory PRIVATE BENCH_HNSWLIB)
  target_include_directories(bench_memory SYSTEM PRIVATE "${BENCH_HNSWLIB_HEADERS}")
endif()
find_path(BENCH_SQLITE_HEADERS sqlite3.h)
find_library(BENCH_SQLITE_LIBRARY sqlite3)
if(BENCH_SQLITE_HEADERS AND BENCH_SQLITE_LIBRARY)
  target_compile_definitions(bench_memory PRIVATE BENCH_SQLITE)
  target_include_directories(bench_memory SYSTEM PRIVATE "${BENCH_SQLITE_HEADERS}")
  target_link_libraries(bench_memory PRIVATE "${BENCH_SQLITE_LIBRARY}")
endif()

# The optimiser's, beside NLopt and pagmo when they are installed here (Debian: libnlopt-dev libpagmo-dev).
set(optimization_bench bench/optimization)
add_executable(bench_optimization bench/bench_optimization.cpp bench/shared/goals.cpp bench/shared/answers.cpp bench/shared/plain_network.cpp ${optimization_bench}/functions.cpp
  ${optimization_bench}/ours.cpp ${optimization_bench}/agreement.cpp ${optimization_bench}/running_time.cpp ${optimization_bench}/peer_time.cpp ${optimization_bench}/own_cost.cpp
  ${optimization_bench}/front_problems.cpp ${optimization_bench}/hypervolume.cpp ${optimization_bench}/fronts.cpp ${optimization_bench}/constrained_problems.cpp
  ${optimization_bench}/constrained.cpp ${optimization_bench}/network.cpp ${optimization_bench}/scene.cpp ${optimization_bench}/cases.cpp)
target_include_directories(bench_optimization PRIVATE bench/shared)
target_link_libraries(bench_optimization PRIVATE rancognition)
set_source_files_properties(${optimization_bench}/functions.cpp PROPERTIES COMPILE_OPTIONS "-O2;-ffp-contract=off") # the values that are reported are not fused
find_path(BENCH_NLOPT_HEADERS nlopt.h)
find_library(BENCH_NLOPT_LIBRARY nlopt)
if(BENCH_NLOPT_HEADERS AND BENCH_NLOPT_LIBRARY)
  target_sources(bench_optimization PRIVATE ${optimization_bench}/peer_nlopt.cpp ${optimization_bench}/peer_nlopt_constrained.cpp)
  target_compile_definitions(bench_optimization PRIVATE BENCH_NLOPT)
  target_include_directories(bench_optimization SYSTEM PRIVATE "${BENCH_NLOPT_HEADERS}")
  target_link_libraries(bench_optimization PRIVATE "${BENCH_NLOPT_LIBRARY}")
endif()
find_package(Pagmo QUIET)
if(Pagmo_FOUND)
  target_sources(bench_optimization PRIVATE ${optimization_bench}/peer_pagmo.cpp ${optimization_bench}/peer_pagmo_fronts.cpp)
  target_compile_definitions(bench_optimization PRIVATE BENCH_PAGMO)
  target_link_libraries(bench_optimization PRIVATE Pagmo::pagmo)
endif()

# The strange loop's, beside KINSOL when it is installed here (Debian: libsundials-dev).
set(strange_loop_bench bench/strange_loop)
add_executable(bench_strange_loop bench/bench_strange_loop.cpp bench/shared/goals.cpp bench/shared/answers.cpp bench/shared/plain_network.cpp
  ${strange_loop_bench}/ours.cpp ${strange_loop_bench}/maps.cpp ${strange_loop_bench}/fixed_points.cpp ${strange_loop_bench}/load_coupling.cpp ${strange_loop_bench}/peers.cpp
  ${strange_loop_bench}/coverage.cpp ${strange_loop_bench}/regret.cpp ${strange_loop_bench}/observe_time.cpp ${strange_loop_bench}/self_tuning.cpp
  ${strange_loop_bench}/conflict_scenes.cpp ${strange_loop_bench}/plain_conflicts.cpp ${strange_loop_bench}/conflicts.cpp ${strange_loop_bench}/command_time.cpp)
target_include_directories(bench_strange_loop PRIVATE bench/shared)
target_link_libraries(bench_strange_loop PRIVATE rancognition)
find_path(BENCH_KINSOL_HEADERS kinsol/kinsol.h)
set(kinsol_libraries "")
foreach(part kinsol nvecserial sunmatrixdense sunlinsoldense generic)
  find_library(BENCH_KINSOL_${part} sundials_${part})
  list(APPEND kinsol_libraries "${BENCH_KINSOL_${part}}")
endforeach()
if(BENCH_KINSOL_HEADERS AND NOT "${kinsol_libraries}" MATCHES NOTFOUND)
  target_compile_definitions(bench_strange_loop PRIVATE BENCH_KINSOL)
  target_sources(bench_strange_loop PRIVATE ${strange_loop_bench}/peer_kinsol.cpp)
  target_include_directories(bench_strange_loop SYSTEM PRIVATE "${BENCH_KINSOL_HEADERS}")
  target_link_libraries(bench_strange_loop PRIVATE ${kinsol_libraries})
endif()

# The cognitive core's, beside libxml2 when it is installed here (Debian: libxml2-dev).
set(cognition_bench bench/cognition)
add_executable(bench_cognition bench/bench_cognition.cpp bench/shared/ask_worker.cpp bench/shared/goals.cpp bench/shared/answers.cpp bench/shared/plain_network.cpp
  ${cognition_bench}/ours.cpp ${cognition_bench}/counters.cpp ${cognition_bench}/faults.cpp ${cognition_bench}/plain_guards.cpp ${cognition_bench}/worlds.cpp
  ${cognition_bench}/confidence.cpp ${cognition_bench}/decision_time.cpp ${cognition_bench}/messages.cpp ${cognition_bench}/peer_xml.cpp ${cognition_bench}/ingest.cpp
  ${cognition_bench}/cases.cpp ${cognition_bench}/integration.cpp ${cognition_bench}/replay.cpp)
target_include_directories(bench_cognition PRIVATE bench/shared)
target_compile_definitions(bench_cognition PRIVATE BENCH_TELEMETRY="${CMAKE_CURRENT_SOURCE_DIR}/../tests/data")
target_link_libraries(bench_cognition PRIVATE rancognition)
find_path(BENCH_LIBXML2_HEADERS libxml/xmlreader.h PATH_SUFFIXES libxml2)
find_library(BENCH_LIBXML2_LIBRARY xml2)
if(BENCH_LIBXML2_HEADERS AND BENCH_LIBXML2_LIBRARY)
  target_compile_definitions(bench_cognition PRIVATE BENCH_LIBXML2)
  target_include_directories(bench_cognition SYSTEM PRIVATE "${BENCH_LIBXML2_HEADERS}")
  target_link_libraries(bench_cognition PRIVATE "${BENCH_LIBXML2_LIBRARY}")
endif()
