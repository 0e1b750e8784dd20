/* CPU time of one call of observe, which closes a step and opens the next. */
#include <cstdio>

#include "clocks.hpp"
#include "random.hpp"
#include "sections.hpp"
#include "speech.hpp"
#include "table.hpp"

namespace {

/* The quarter that is quickest, the median and the slowest hundredth of the calls, in us. */
void show(int steps, int levels, size_t metrics, size_t experts, double &middle)
{
    random_numbers random(levels + 10 * metrics + 1000 * experts);
    const ours library("{\"levels\":" + std::to_string(levels) + "}");
    figures times;
    std::string observed;
    for (int t = 0; t < steps; t++) {
        std::string predict = "{", panel = "{", next = "{";
        for (size_t i = 0; i < metrics; i++) {
            const std::string name = (i ? ",\"m" : "\"m") + std::to_string(i) + "\":";
            const double mean = 50 + 3 * random.normal();
            predict += name + "{\"mean\":" + digits(mean) + ",\"lower\":" + digits(mean - 2) + ",\"upper\":" + digits(mean + 2) + ",\"coverage\":0.9}";
            next += name + digits(mean + 1 + random.normal());
        }
        for (size_t k = 0; k < experts; k++) {
            panel += (k ? ",\"e" : "\"e") + std::to_string(k) + "\":{";
            for (size_t i = 0; i < metrics; i++) {
                panel += (i ? ",\"m" : "\"m") + std::to_string(i) + "\":" + digits(50 + random.normal());
            }
            panel += "}";
        }
        const std::string said = observation(observed, predict + "}", experts ? panel + "}" : "");
        const uint64_t start = thread_cpu_ns();
        library.observe(said);
        const double us = static_cast<double>(thread_cpu_ns() - start) / 1000;
        if (t >= steps / 2) { /* full windows, warm caches */
            times.push_back(us);
        }
        observed = next + "}";
    }
    std::printf("  %6d %8zu %8zu", levels, metrics, experts);
    for (double share : {0.25, 0.5, 0.99}) {
        put(quantile(times, share), 10, 1);
    }
    std::printf("\n");
    std::fflush(stdout);
    middle = median(times);
}

} // namespace

void measure_observe(const bench_plan &plan, goal_rows &rows)
{
    std::printf("\nTime of observe, JSON to JSON, after %d steps: us of CPU\n  %6s %8s %8s %10s %10s %10s\n", plan.observe_steps / 2, "levels", "metrics", "experts", "25 %", "median", "99 %");
    double middle = none;
    for (int levels : {0, 1, 3}) {
        show(plan.observe_steps, levels, 1, 0, middle);
    }
    show(plan.observe_steps, 2, 4, 8, middle);
    show(plan.observe_steps, 2, 1, 0, middle);
    rows.push_back({"observe, one metric, levels 2, median", 0, "us", 1, middle, "", none, none, "", verdict::open});
}
