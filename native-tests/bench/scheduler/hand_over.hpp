/* Threads that schedule while another one runs what is due. */
#ifndef SCHEDULER_HAND_OVER_HPP
#define SCHEDULER_HAND_OVER_HPP

#include <string>
#include <vector>

#include "figures.hpp"

constexpr size_t producers = 8;

/* What hand_over answers, in this order. */
enum handed_over { WALL_NS, SCHEDULED, EXECUTED, SUM_RIGHT, REFUSED, HANDED_OVER };

struct hand_over_way {
    const char *key;
    const char *title;
    bool ours;
};

const std::vector<hand_over_way> &hand_over_ways();

/* Each producer schedules this many tasks, due within a ms. Empty when the way is not known. */
figures hand_over(const std::string &way, size_t tasks_each);

#endif
