/* How much is measured. */
#ifndef STRANGE_LOOP_PLAN_HPP
#define STRANGE_LOOP_PLAN_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "goals.hpp"

struct bench_plan {
    std::vector<size_t> dimensions;    /* of the linear maps */
    double ms_of_timing;               /* a call is repeated for so long; its median counts */
    uint64_t sequences;                /* adversarial ones, for each of the two bounds */
    int observe_steps;                 /* observations that are timed */
    int tuning_seeds;                  /* loops of each world */
    int labelled_sets;                 /* requests beside the plain detector */
    int streamed;                      /* commands that are timed one by one */
    std::string scene;                 /* file of links; "" = none */
};

using goal_rows = std::vector<goal_row>;

#endif
