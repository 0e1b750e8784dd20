/* How many evaluations the others need, run here. */
#include <cstdio>

#include "clocks.hpp"
#include "outcome.hpp"
#include "peers.hpp"
#include "sections.hpp"
#include "table.hpp"

namespace {

outcome run_peer(const peer &one, const bench_plan &plan, int id, int dimension)
{
    outcome all;
    for (int instance : plan.instances) {
        for (int seed = 1; seed <= plan.peer_seeds; seed++) {
            test_function function(id, dimension, instance);
            counted_function counted(function, plan.peer_budget_a_dimension * static_cast<uint64_t>(dimension), function.f_opt + precision);
            const uint64_t start = thread_cpu_ns();
            one.search(counted, static_cast<unsigned>(seed));
            all.add(counted.evaluations(), counted.solved(), static_cast<double>(thread_cpu_ns() - start));
        }
    }
    return all;
}

} // namespace

void measure_peers(const bench_plan &plan)
{
    const std::vector<peer> peers = all_peers();
    if (peers.empty()) {
        return;
    }
    std::printf("\nOthers, the same instances, %d seeds, at most %llu evaluations a dimension: expected evaluations (runs that got there). - = none did.\n  %-35s", plan.peer_seeds,
                static_cast<unsigned long long>(plan.peer_budget_a_dimension), "");
    for (const peer &one : peers) {
        std::printf(" %15s", one.name.c_str());
    }
    std::printf("\n");
    for (int dimension : plan.dimensions) {
        for (int id : plan.functions) {
            if (!test_function::has(id)) {
                continue;
            }
            std::printf("  %2d-D f%-2d %-25s ", dimension, id, test_function::name_of(id));
            for (const peer &one : peers) {
                const outcome all = run_peer(one, plan, id, dimension);
                std::printf(" %s %2zu/%-2zu", cell(all.expected(), 8, 0).c_str(), all.solved, all.evaluations.size());
                std::fflush(stdout);
            }
            std::printf("\n");
        }
    }
}
