/* How much is measured. */
#ifndef COGNITION_PLAN_HPP
#define COGNITION_PLAN_HPP

#include <cstddef>
#include <string>
#include <vector>

#include "goals.hpp"

struct bench_plan {
    size_t faulty_windows, healthy_windows;
    size_t decisions_of_world;    /* with their outcomes, in each world */
    size_t timed_decisions;       /* of 57 cells, in each variant */
    size_t message_bytes;         /* of each format */
    size_t cases;                 /* small networks, of each type */
    size_t partitions;            /* planted ones */
    size_t replayed;              /* decisions in the record */
    std::string folder;           /* for files, on the device to be measured */
};

using goal_rows = std::vector<goal_row>;

#endif
