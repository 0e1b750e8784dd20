/* How many evaluations the optimum of constrained problems takes. */
#include <cmath>
#include <cstdio>

#include "clocks.hpp"
#include "constrained_peers.hpp"
#include "ours.hpp"
#include "outcome.hpp"
#include "sections.hpp"
#include "table.hpp"

namespace {

outcome run_ours(const ours &library, const constrained_problem &problem, const bench_plan &plan)
{
    outcome all;
    for (int seed = 1; seed <= plan.constrained_seeds; seed++) {
        counted_problem counted(problem, plan.constrained_budget);
        const host_function evaluate = [&](const double *x, double *objectives, double *constraints) { objectives[0] = counted(x, constraints); };
        std::mt19937_64 random(static_cast<unsigned>(seed));
        const std::string text = "{" + real_variables(problem.lower, problem.upper, begin_of(problem, random)) + "," + named("objectives", "f", 1) + "," + named("constraints", "g", problem.constraints) +
                                 ",\"budget\":{\"evaluations\":" + std::to_string(plan.constrained_budget) + "},\"target\":" + digits(counted.target) + ",\"seed\":" + std::to_string(seed) + "}";
        const uint64_t start = thread_cpu_ns();
        const our_answer answer = answer_of(library.result_of(text, evaluate));
        if (answer.evaluations < counted.evaluations() || (answer.stopped == "target") != counted.solved()) {
            fail(problem.name.c_str(), "the answer and what was evaluated do not agree");
        }
        all.add(answer.evaluations, counted.solved(), static_cast<double>(thread_cpu_ns() - start));
    }
    return all;
}

outcome run_peer(const constrained_peer &one, const constrained_problem &problem, const bench_plan &plan)
{
    outcome all;
    for (int seed = 1; seed <= plan.constrained_seeds; seed++) {
        counted_problem counted(problem, plan.constrained_budget);
        const uint64_t start = thread_cpu_ns();
        one.search(counted, static_cast<unsigned>(seed));
        all.add(counted.evaluations(), counted.solved(), static_cast<double>(thread_cpu_ns() - start));
    }
    return all;
}

void show(const outcome &all)
{
    std::printf(" %s %2zu/%-2zu", cell(all.expected(), 8, 0).c_str(), all.solved, all.evaluations.size());
    std::fflush(stdout);
}

} // namespace

void measure_constrained(const bench_plan &plan, goal_rows &rows)
{
    const ours library;
    const std::vector<constrained_peer> peers = constrained_peers();
    std::printf("\nConstrained: expected evaluations to a feasible point within 1e-6 of the optimum (runs that got there), %d random starts, at most %llu evaluations\n  %-28s %14s", plan.constrained_seeds,
                static_cast<unsigned long long>(plan.constrained_budget), "", "ours");
    for (const constrained_peer &one : peers) {
        std::printf(" %14s", one.name.c_str());
    }
    std::printf("  x best\n");
    const std::vector<constrained_problem> problems = constrained_problems();
    size_t solved = 0, compared = 0;
    std::vector<size_t> peer_solved(peers.size());
    double logarithms = 0;
    for (const constrained_problem &problem : problems) {
        std::printf("  %-16s n%3zu, g%3zu", problem.name.c_str(), problem.lower.size(), problem.constraints);
        const outcome mine = run_ours(library, problem, plan);
        show(mine);
        solved += mine.solved == mine.evaluations.size() ? 1 : 0;
        figures others;
        for (size_t i = 0; i < peers.size(); i++) {
            const outcome all = run_peer(peers[i], problem, plan);
            show(all);
            peer_solved[i] += all.solved == all.evaluations.size() ? 1 : 0;
            others.push_back(all.expected());
        }
        const double ratio = mine.expected() / quantile(others, 0);
        put(ratio, 7, 2);
        std::printf("\n");
        if (!std::isnan(ratio)) {
            logarithms += std::log(ratio);
            compared++;
        }
    }
    const size_t best = peers.empty() ? 0 : static_cast<size_t>(std::max_element(peer_solved.begin(), peer_solved.end()) - peer_solved.begin());
    const double best_solved = peers.empty() ? none : static_cast<double>(peer_solved[best]);
    rows.push_back({"constrained problems solved with every seed", problems.size(), "", 0, static_cast<double>(solved), peers.empty() ? "" : peers[best].name, best_solved,
                    static_cast<double>(solved) / best_solved, "", verdict::open});
    if (compared) {
        const double mean = std::exp(logarithms / static_cast<double>(compared));
        rows.push_back({"evaluations by the best of NLopt, constrained", compared, "", 2, mean, "best of each problem", 1, 1 / mean, "", verdict::open});
    }
}
