/* CPU time of the evaluation of a network of 19 sites, 57 cells and 1500 users, made by the library itself. */
#include <cstdio>

#include "clocks.hpp"
#include "ours.hpp"
#include "sections.hpp"
#include "table.hpp"

namespace {

/* The one of the goal. */
const std::string network = "{\"layout\":{\"type\":\"hexagonal\",\"sites\":19,\"inter_site_distance_m\":500,\"wraparound\":true},\"propagation\":{\"model\":\"UMa\",\"frequency_ghz\":2,\"seed\":1},"
                            "\"users\":{\"count\":1500,\"seed\":1},\"traffic_mbps\":200}";

double ms_of_call(const ours &library)
{
    const uint64_t start = thread_cpu_ns();
    library.evaluate_network(network);
    return static_cast<double>(thread_cpu_ns() - start) / 1e6;
}

double ms_of_search(const ours &library, const char *type, uint64_t evaluations, uint64_t &made)
{
    const std::string problem = "{\"problem_type\":\"" + std::string(type) + "\",\"network\":" + network + ",\"budget\":{\"evaluations\":" + std::to_string(evaluations) + "},\"seed\":1}";
    const uint64_t start = thread_cpu_ns();
    made = library.optimize(problem).evaluations;
    return static_cast<double>(thread_cpu_ns() - start) / 1e6;
}

/* What one more evaluation of a search takes: a long one less one of a single evaluation, which makes the network too. */
double ms_of_evaluation(const ours &library, const char *type, uint64_t evaluations)
{
    uint64_t few = 0, many = 0;
    const double first = ms_of_search(library, type, 1, few), all = ms_of_search(library, type, evaluations, many);
    return many > few ? (all - first) / static_cast<double>(many - few) : none;
}

double least_of(int rounds, const std::function<double()> &measure)
{
    figures values;
    for (int round = 0; round < rounds; round++) {
        values.push_back(measure());
    }
    return quantile(values, 0);
}

void show(const char *what, double ms)
{
    std::printf("  %-76s", what);
    put(ms, 10, 3);
    std::printf("\n");
    std::fflush(stdout);
}

} // namespace

void measure_network(const bench_plan &plan, goal_rows &rows)
{
    const ours library;
    std::printf("\nNetwork of 57 cells and 1500 users: ms of CPU, one thread, the least of %d\n", plan.network_rounds);
    const double call = least_of(plan.network_rounds, [&] { return ms_of_call(library); });
    show("evaluate_network: makes the sites, the users and their links, then evaluates", call);
    const double tilts = least_of(plan.network_rounds, [&] { return ms_of_evaluation(library, "CCO", plan.network_evaluations); });
    show("one more evaluation of a CCO run, the search included", tilts);
    const double offsets = least_of(plan.network_rounds, [&] { return ms_of_evaluation(library, "MLB", plan.network_evaluations); });
    show("one more evaluation of an MLB run, the search included", offsets);
    const double cells = least_of(plan.network_rounds, [&] { return ms_of_evaluation(library, "ES", plan.network_evaluations); });
    show("one more evaluation of an ES run, the search included", cells);
    rows.push_back({"network evaluated, within a CCO run", 1500, "ms", 3, tilts, "numpy, published", 20, 20 / tilts, "<= 0.5", judge(tilts <= 0.5)});
    std::printf("  (One changed cell: no call of the interface evaluates just that; runs of ES and MLB change one or a few cells at a time as well as all.)\n");
}
