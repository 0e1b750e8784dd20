/* Random requests for detect_conflicts, with what is in them. */
#ifndef STRANGE_LOOP_CONFLICT_SCENES_HPP
#define STRANGE_LOOP_CONFLICT_SCENES_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "random.hpp"

struct control_command {
    size_t source, parameter, value, cell;
    uint64_t start_ns, span_ns;
    bool written_as_text; /* date and milliseconds, not nanoseconds */
};

struct kpi_sample {
    size_t cell, metric;
    uint64_t time_ns;
    double value;
    bool low_is_better;
};

struct conflict_scene {
    std::vector<control_command> commands;
    std::vector<std::vector<size_t>> groups; /* parameters */
    std::vector<kpi_sample> kpis;

    std::string json() const;
};

/* Values that commands set: some are equal as numbers, some are none. */
bool same_value(size_t a, size_t b);

/* Crowded, so that every class of conflict and every near miss is in it. */
conflict_scene crowded_scene(uint64_t seed);

std::string json_of(const control_command &command);
std::string json_of(const std::vector<std::vector<size_t>> &groups);

#endif
