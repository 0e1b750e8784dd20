/* Filters that are measured and checked, each with the same condition in plain code. */
#ifndef MEMORY_FILTERS_HPP
#define MEMORY_FILTERS_HPP

#include <functional>
#include <string>
#include <vector>

#include "rancognition.h"

struct filter_case {
    std::string name, cell, json; /* the filter points into them */
    uint32_t flags = 0;
    uint64_t from_ns = 0, until_ns = 0;
    double min_reward = 0;
    std::function<bool(size_t row)> passes;

    rancog_filter native() const; /* valid as long as this is */
};

/* One row in a hundred: by cell, by metadata, by time. */
std::vector<filter_case> narrow_filters(size_t rows);

/* None, the narrow ones, by reward, by a range and a list of metadata values, and several together. */
std::vector<filter_case> all_filters(size_t rows);

#endif
