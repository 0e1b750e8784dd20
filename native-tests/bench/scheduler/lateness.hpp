/* How late a task that is due every ms begins, in real time. */
#ifndef SCHEDULER_LATENESS_HPP
#define SCHEDULER_LATENESS_HPP

#include <string>
#include <vector>

#include "figures.hpp"

struct lateness_way {
    const char *key;
    const char *title;
    bool ours;
};

/* Each of ours comes after the bare loop that it is compared with, the last one before it. */
const std::vector<lateness_way> &lateness_ways();

/* ns from due to begun, of each period. Empty when the way is not known. */
figures lateness(const std::string &way, size_t periods);

#endif
