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
constexpr double present_tilt = 102; /* of cells that give none */

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

/* CCO that evaluates given tilts and searches no further: each point has other tilts than the present ones in all cells, or in one (so that from point to point two cells change). */
double ms_of_point(const ours &library, bool one_cell, uint64_t points)
{
    std::string starts;
    uint64_t random = 1;
    for (uint64_t point = 0; point < points; point++) { /* no point twice: whole degrees, which are on the grid, -8 to 8 but not 0 */
        numbers tilts(cells, present_tilt);
        if (one_cell) {
            const double degrees = static_cast<double>(1 + point / cells / 2 % 8);
            tilts[point % cells] += point / cells % 2 ? degrees : -degrees;
        } else {
            for (double &tilt : tilts) {
                random = random * 6364136223846793005u + 1442695040888963407u;
                tilt += ((random >> 40) & 1 ? 1.0 : -1.0) * static_cast<double>(1 + (random >> 44) % 8);
            }
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
    const double all = least_of(plan.network_rounds, [&] { return ms_of_point(library, false, plan.network_evaluations); });
    show("a point given to CCO with other tilts in all cells", all);
    const double one = least_of(plan.network_rounds, [&] { return ms_of_point(library, true, plan.network_evaluations); });
    show("a point given to CCO with another tilt in one cell", one);
    for (const char *type : {"CCO", "MLB", "ES"}) {
        const double each = least_of(plan.network_rounds, [&] { return ms_of_evaluation(library, type, plan.network_evaluations); });
        show(("one more evaluation of a search, its own work included: " + std::string(type)).c_str(), each);
    }
    rows.push_back({"57 cells x 1500 users, full evaluation", 0, "ms", 3, all, "numpy, published", 20, 20 / all, "<= 0.5", judge(all <= 0.5)});
    rows.push_back({"57 cells x 1500 users, one cell changed", 0, "ms", 3, one, "", none, none, "<= 0.05", judge(one <= 0.05)});
}
