/* How much is measured, and of what. */
#ifndef OPTIMIZATION_PLAN_HPP
#define OPTIMIZATION_PLAN_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "goals.hpp"

struct bench_plan {
    std::vector<int> functions, dimensions, instances;
    int seeds;                    /* runs of ours for each function, dimension and instance */
    int peer_seeds;               /* runs of the others */
    uint64_t budget_a_dimension;  /* evaluations of a run, by dimensions */
    uint64_t cost_evaluations;    /* of a run that measures time */
};

constexpr double precision = 1e-8; /* above f_opt, at which a function counts as solved */

using goal_rows = std::vector<goal_row>;

#endif
