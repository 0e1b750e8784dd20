/* The timer queues that are compared: ours in several ways of use, and the peers that were found when this was compiled. */
#ifndef SCHEDULER_ENGINE_HPP
#define SCHEDULER_ENGINE_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "figures.hpp"

/* What workload::measure answers, in this order; times in ns per operation. */
enum measured { SCHEDULE, CANCEL, EXPIRE, HOLD, OUT_OF_ORDER, ORDER_CHECKED, MEASURED };

struct engine_entry {
    const char *key;   /* names it on a worker's command line */
    const char *title;
    const char *time;  /* what its time resolves, and how it moves here */
    bool ours;
    bool with_data;
    figures (*measure)(size_t pending, uint64_t seed);
    figures (*memory)(size_t pending, uint64_t seed);
    figures (*steady_memory)(size_t pending, uint64_t seed, uint64_t operations);
};

/* Ours first. */
const std::vector<engine_entry> &engines();

/* The peers that were not found when this was compiled, with the Debian package that has them. */
const std::vector<std::string> &missing_peers();

const engine_entry *find_engine(const std::string &key);

#endif
