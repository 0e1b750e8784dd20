/* CPU time of something that can be done again. */
#ifndef STRANGE_LOOP_TIMING_HPP
#define STRANGE_LOOP_TIMING_HPP

#include <functional>

#include "clocks.hpp"
#include "figures.hpp"

/* Median of as many calls as there are in these ms, at least one and at most 1000. */
inline double us_of_call(double ms, const std::function<void()> &call)
{
    figures times;
    const uint64_t first = thread_cpu_ns();
    uint64_t now = first;
    do {
        call();
        const uint64_t after = thread_cpu_ns();
        times.push_back(static_cast<double>(after - now) / 1000);
        now = after;
    } while (static_cast<double>(now - first) < ms * 1e6 && times.size() < 1000);
    return median(times);
}

#endif
