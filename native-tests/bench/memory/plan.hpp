/* How much is measured, and where. */
#ifndef MEMORY_PLAN_HPP
#define MEMORY_PLAN_HPP

#include <string>
#include <vector>

#include "goals.hpp"

struct bench_plan {
    bool quick;
    std::vector<size_t> sizes;          /* rows of the sets */
    size_t largest_graph;               /* rows up to which hnswlib builds its graph, which takes it seconds */
    size_t queries, rounds;             /* timed */
    size_t checked_queries;             /* of each set, metric and filter */
    size_t commits;                     /* of each round */
    std::vector<size_t> reload_sizes;   /* rows of files */
    double thread_seconds;
    std::string telemetry_folder, scratch_folder;
};

constexpr size_t neighbours = 10;

#endif
