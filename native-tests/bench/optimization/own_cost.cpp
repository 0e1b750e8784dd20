/* CPU time that a search takes for each evaluation, beside the function's: the sphere, no target. */
#include <cmath>
#include <cstdio>

#include "clocks.hpp"
#include "ours.hpp"
#include "peers.hpp"
#include "sections.hpp"
#include "table.hpp"

namespace {

constexpr int rounds = 3;

double ns_of_function(int dimension)
{
    test_function function(1, dimension, 1);
    numbers x(function.dimension, 0.3);
    double sum = 0;
    constexpr int count = 1000000;
    const uint64_t start = thread_cpu_ns();
    for (int i = 0; i < count; i++) {
        x[0] = i * 1e-6;
        sum += function(x.data());
    }
    const double each = static_cast<double>(thread_cpu_ns() - start) / count;
    return std::isnan(sum) ? none : each;
}

double ns_of_ours(const ours &library, int dimension, uint64_t evaluations)
{
    const std::string problem = "{" + problem_of(1, dimension, 1, evaluations, 1) + "}";
    const uint64_t start = thread_cpu_ns();
    const our_answer answer = library.optimize(problem);
    return static_cast<double>(thread_cpu_ns() - start) / static_cast<double>(answer.evaluations);
}

double ns_of_peer(const peer &one, int dimension, uint64_t evaluations)
{
    test_function function(1, dimension, 1);
    counted_function counted(function, evaluations, -HUGE_VAL);
    const uint64_t start = thread_cpu_ns();
    one.search(counted, 1);
    return static_cast<double>(thread_cpu_ns() - start) / static_cast<double>(counted.evaluations());
}

} // namespace

void measure_own_cost(const bench_plan &plan, goal_rows &rows)
{
    const ours library;
    std::printf("\nOwn cost of each evaluation, us of CPU time, sphere without a target, %llu evaluations, the function's own time taken off\n  %-35s", static_cast<unsigned long long>(plan.cost_evaluations), "");
    std::printf(" %10s", "ours");
    const std::vector<peer> peers = all_peers();
    for (const peer &one : peers) {
        std::printf(" %10s", one.name.c_str());
    }
    std::printf("\n");
    for (int dimension : plan.dimensions) {
        const double function = ns_of_function(dimension);
        figures mine;
        for (int round = 0; round < rounds; round++) {
            mine.push_back((ns_of_ours(library, dimension, plan.cost_evaluations) - function) / 1000);
        }
        std::printf("  %2d-D (function %4.0f ns)             ", dimension, function);
        put(median(mine), 10, 3);
        double cma = none;
        for (const peer &one : peers) {
            const double us = (ns_of_peer(one, dimension, plan.cost_evaluations) - function) / 1000;
            cma = one.name == "CMA-ES" ? us : cma;
            put(us, 10, 3);
            std::fflush(stdout);
        }
        std::printf("\n");
        const double goal = dimension == 10 ? 0.6 : dimension == 20 ? 0.5 : none;
        if (!std::isnan(goal)) {
            rows.push_back({"own cost of an evaluation, " + std::to_string(dimension) + "-D", 0, "us", 2, median(mine), std::isnan(cma) ? "" : "pagmo CMA-ES", cma, cma / median(mine),
                            "<= " + cell(goal, 0, 1), judge(median(mine) <= goal)});
        }
    }
}
