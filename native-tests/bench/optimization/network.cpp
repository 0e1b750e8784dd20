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

constexpr size_t cells = 57;

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

/* CCO that evaluates given tilts and searches no further: each point moves all cells, or one, from the point before. */
double ms_of_point(const ours &library, size_t moved, uint64_t points)
{
    numbers tilts(cells, 102);
    std::string starts;
    uint64_t random = 1;
    for (uint64_t point = 0; point < points; point++) {
        for (size_t i = 0; i < moved; i++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            double &tilt = tilts[moved == 1 ? (random >> 20) % cells : i];
            tilt = 92 + static_cast<double>((static_cast<uint64_t>(tilt) - 92 + 1 + (random >> 40) % 15) % 16); /* whole degrees, never the one before */
        }
        starts += (point ? "," : "") + digits(tilts);
    }
    const auto run = [&](uint64_t budget) {
        const std::string problem = "{\"problem_type\":\"CCO\",\"network\":" + network + ",\"starts\":[" + starts + "],\"budget\":{\"evaluations\":" + std::to_string(budget) + "},\"seed\":1}";
        const uint64_t start = thread_cpu_ns();
        if (library.optimize(problem).evaluations != budget) {
            fail("CCO", "it did not evaluate all starts");
        }
        return static_cast<double>(thread_cpu_ns() - start) / 1e6;
    };
    const double without = run(1);
    return (run(points + 1) - without) / static_cast<double>(points);
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
    const double all = least_of(plan.network_rounds, [&] { return ms_of_point(library, cells, plan.network_evaluations); });
    show("a point given to CCO that tilts all cells", all);
    const double one = least_of(plan.network_rounds, [&] { return ms_of_point(library, 1, plan.network_evaluations); });
    show("a point given to CCO that tilts one cell more", one);
    for (const char *type : {"CCO", "MLB", "ES"}) {
        const double each = least_of(plan.network_rounds, [&] { return ms_of_evaluation(library, type, plan.network_evaluations); });
        show(("one more evaluation of a search, its own work included: " + std::string(type)).c_str(), each);
    }
    rows.push_back({"57 cells x 1500 users, full evaluation", 0, "ms", 3, all, "numpy, published", 20, 20 / all, "<= 0.5", judge(all <= 0.5)});
    rows.push_back({"57 cells x 1500 users, one cell changed", 0, "ms", 3, one, "", none, none, "<= 0.05", judge(one <= 0.05)});
}
