/* How much is measured, and of what. */
#ifndef OPTIMIZATION_PLAN_HPP
#define OPTIMIZATION_PLAN_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "goals.hpp"

struct bench_plan {
    std::vector<int> functions, dimensions, instances;
    int seeds;                      /* runs of ours for each function, dimension and instance */
    int peer_seeds;                 /* runs of the others */
    uint64_t budget_a_dimension;    /* evaluations of a run, by dimensions */
    uint64_t peer_budget_a_dimension; /* the same of the others */
    uint64_t cost_evaluations;      /* of a run that measures time */
    int front_seeds;                /* runs on each problem of several objectives */
    int constrained_seeds;          /* runs on each constrained problem */
    uint64_t constrained_budget;    /* evaluations of one of them */
    int network_rounds;             /* measurements of each time */
    uint64_t network_evaluations;   /* of a run in the network whose time is measured */
    int scene_seeds;                /* runs on the scene */
    std::string scene;              /* its file; "" = none */
    int cases;                      /* small networks that are enumerated */
};

constexpr double precision = 1e-8; /* above f_opt, at which a function counts as solved */

using goal_rows = std::vector<goal_row>;

#endif
