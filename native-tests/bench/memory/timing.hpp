/* Times of queries. */
#ifndef MEMORY_TIMING_HPP
#define MEMORY_TIMING_HPP

#include <functional>

#include "clocks.hpp"
#include "figures.hpp"

struct query_times {
    figures p50, p95; /* of each round, us */

    double typical() const { return median(p50); }
    double slow() const { return median(p95); }
};

/* One round: CPU time of this thread for each of the queries, after some of them untimed. */
inline void time_round(query_times &times, size_t queries, const std::function<void(size_t)> &ask)
{
    static const uint64_t cost = thread_cpu_cost_ns();
    for (size_t i = 0; i < queries / 10; i++) {
        ask(i);
    }
    figures us;
    for (size_t i = 0; i < queries; i++) {
        const uint64_t start = thread_cpu_ns();
        ask(i);
        us.push_back(static_cast<double>(thread_cpu_ns() - start - cost) / 1000);
    }
    times.p50.push_back(quantile(us, 0.5));
    times.p95.push_back(quantile(us, 0.95));
}

/* Wall time of what waits for the device, us. */
inline double wall_us(const std::function<void()> &what)
{
    const uint64_t start = wall_ns();
    what();
    return static_cast<double>(wall_ns() - start) / 1000;
}

#endif
