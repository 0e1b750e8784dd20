/* The two clocks of the benchmark. Operations are timed with the thread's own CPU time, which other programs on the same core do not lengthen. */
#ifndef BENCH_CLOCKS_HPP
#define BENCH_CLOCKS_HPP

#include <cstdint>
#include <ctime>

inline uint64_t read_clock(clockid_t clock)
{
    timespec now;
    clock_gettime(clock, &now);
    return static_cast<uint64_t>(now.tv_sec) * 1000000000u + static_cast<uint64_t>(now.tv_nsec);
}

inline uint64_t wall_ns()
{
    return read_clock(CLOCK_MONOTONIC);
}

inline uint64_t thread_cpu_ns()
{
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

/* What two readings of thread_cpu_ns with nothing between them differ by: it is taken off short measurements. */
inline uint64_t thread_cpu_cost_ns()
{
    uint64_t least = UINT64_MAX;
    for (int i = 0; i < 1000; i++) {
        uint64_t start = thread_cpu_ns(), passed = thread_cpu_ns() - start;
        least = passed < least ? passed : least;
    }
    return least;
}

#endif
