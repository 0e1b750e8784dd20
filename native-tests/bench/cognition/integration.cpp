/* Integration of twelve metrics of two groups that know nothing of each other: the time of all partitions, and whether the groups are found. */
#include <algorithm>
#include <cstdio>
#include <set>

#include "clocks.hpp"
#include "counters.hpp"
#include "ours.hpp"
#include "sections.hpp"
#include "table.hpp"

namespace {

constexpr size_t metrics = 12, periods = 400;

using group = std::set<std::string>;

group group_of(const std::string &list)
{
    group names;
    for (const std::string &name : elements(list)) {
        names.insert(unquoted(name));
    }
    return names;
}

std::string name_of(size_t metric)
{
    return "NRCellDU=" + std::to_string(metric + 1) + "/RRU.PrbTotDl";
}

} // namespace

void measure_integration(const bench_plan &plan, goal_rows &rows)
{
    size_t found = 0, exact = 0;
    figures ms, phi;
    for (size_t trial = 0; trial < plan.partitions; trial++) {
        random_numbers random(trial + 4000);
        std::vector<size_t> order(metrics);
        for (size_t i = 0; i < metrics; i++) {
            order[i] = i;
            std::swap(order[i], order[random.below(i + 1)]);
        }
        const size_t first = 2 + random.below(metrics / 2 - 1);
        group planted;
        std::vector<std::vector<double>> values(metrics);
        double common[2] = {0, 0};
        for (size_t t = 0; t < periods; t++) {
            for (double &one : common) {
                one = 0.7 * one + random.normal();
            }
            for (size_t i = 0; i < metrics; i++) {
                values[order[i]].push_back(50 + 3 * common[i >= first] + 2 * random.normal());
            }
        }
        std::string history;
        for (size_t i = 0; i < metrics; i++) {
            append_series(history, name_of(i), values[i], first_period_ns);
            if (i < first) {
                planted.insert(name_of(order[i]));
            }
        }
        const ours library("{\"seed\":1}");
        library.decide("{\"mode\":\"SHADOW\",\"time_ns\":" + std::to_string(first_period_ns + periods * hour_ns) + ",\"history\":{" + history + "}}");
        const uint64_t start = thread_cpu_ns();
        const std::string integration = member(library.state(), "integration");
        ms.push_back(static_cast<double>(thread_cpu_ns() - start) / 1e6);
        phi.push_back(number(member(integration, "phi")));
        exact += member(integration, "exact") == "true";
        for (const std::string &side : elements(member(integration, "partition"))) {
            found += group_of(side) == planted;
        }
    }
    std::printf("\nIntegration: %zu metrics of %zu hours in two groups, each with its own course; get_state after a decision about them\n  planted partition found in %zu of %zu; every partition looked at in %zu; phi %.3f nats; %.2f ms of CPU (medians)\n", metrics,
                periods, found, plan.partitions, exact, median(phi), median(ms));
    rows.push_back({"integration, planted partition found", plan.partitions, "", 0, static_cast<double>(found), "planted", static_cast<double>(plan.partitions), static_cast<double>(found) / static_cast<double>(plan.partitions), "all", judge(found == plan.partitions)});
    rows.push_back({"integration, all partitions", metrics, "ms of CPU", 2, median(ms), "", none, none, "", verdict::open});
}
