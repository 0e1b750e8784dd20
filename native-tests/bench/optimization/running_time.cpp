/* How many evaluations ours needs. */
#include <cmath>
#include <cstdio>

#include "clocks.hpp"
#include "functions.hpp"
#include "ours.hpp"
#include "outcome.hpp"
#include "published.hpp"
#include "sections.hpp"
#include "table.hpp"

namespace {

outcome run_ours(const ours &library, const bench_plan &plan, int id, int dimension)
{
    outcome all;
    for (int instance : plan.instances) {
        for (int seed = 1; seed <= plan.seeds; seed++) {
            const double target = least_value(id, instance) + precision;
            const uint64_t budget = plan.budget_a_dimension * static_cast<uint64_t>(dimension);
            const std::string problem = "{" + problem_of(id, dimension, instance, budget, static_cast<uint64_t>(seed)) + ",\"target\":" + digits(target) + "}";
            const uint64_t start = thread_cpu_ns();
            const our_answer answer = library.optimize(problem);
            all.add(answer.evaluations, answer.stopped == "target" && answer.value <= target, static_cast<double>(thread_cpu_ns() - start));
        }
    }
    return all;
}

void show(int id, int dimension, const outcome &all, const published_figures &others)
{
    std::printf("  %2d-D f%-2d %-25s", dimension, id, test_function::name_of(id));
    put(others.best_2009, 9, 0);
    put(others.best_peer, 9, 0);
    put(all.expected(), 10, 0);
    std::printf("  %3zu/%-3zu", all.solved, all.evaluations.size());
    put(all.expected() / others.best_2009, 7, 2);
    put(all.expected() / others.best_peer, 7, 2);
    put(quantile(all.evaluations, 0), 9, 0);
    put(median(all.evaluations), 9, 0);
    put(quantile(all.evaluations, 1), 9, 0);
    put(all.us_each(), 8, 2);
    std::printf("\n");
    std::fflush(stdout);
}

} // namespace

void measure_running_time(const bench_plan &plan, goal_rows &rows)
{
    const ours library;
    std::printf("\nOurs: evaluations to f_opt + 1e-8, %zu instances from %d, %d seeds each, at most %llu a dimension. Expected = all evaluations / runs that got there.\n"
                "  %-35s best-2009 best peer   expected  solved  x 2009  x peer     least    median      most  us each\n",
                plan.instances.size(), plan.instances.front(), plan.seeds, static_cast<unsigned long long>(plan.budget_a_dimension), "");
    double logarithms = 0;
    size_t counted = 0, left_out = 0;
    for (int dimension : plan.dimensions) {
        double own = 0;
        size_t own_count = 0;
        for (int id : plan.functions) {
            const outcome all = run_ours(library, plan, id, dimension);
            const published_figures others = published(id, dimension);
            show(id, dimension, all, others);
            if (id == 20 && !std::isnan(others.best_peer)) {
                const double goal = dimension == 10 ? 25000 : 70000;
                rows.push_back({"evaluations, f20 Schwefel, " + std::to_string(dimension) + "-D", 0, "", 0, all.expected(), "best measured", others.best_peer,
                                others.best_peer / all.expected(), at_most(goal), judge(all.expected() <= goal)});
            } else if (!std::isnan(others.best_2009)) {
                if (std::isnan(all.expected())) {
                    left_out++;
                    continue;
                }
                own += std::log(all.expected() / others.best_2009);
                own_count++;
            }
        }
        if (own_count) {
            std::printf("  %2d-D geometric mean over best-2009, f20 left out: %.3f\n", dimension, std::exp(own / static_cast<double>(own_count)));
        }
        logarithms += own;
        counted += own_count;
    }
    if (counted) {
        const double mean = std::exp(logarithms / static_cast<double>(counted));
        rows.push_back({"evaluations by best-2009, geometric mean", 0, "", 3, mean, "best-2009", 1, 1 / mean, "<= 0.45", judge(left_out == 0 && mean <= 0.45)});
    }
    if (left_out) {
        std::printf("  %zu functions were not solved in any run and are not in the means.\n", left_out);
    }
}
