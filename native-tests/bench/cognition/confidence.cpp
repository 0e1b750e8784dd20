/* Decisions and their outcomes in simulated networks: how far the reported confidence can be believed, counted here, and actions that a guard should have taken out. */
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>

#include "clocks.hpp"
#include "counters.hpp"
#include "sections.hpp"
#include "table.hpp"
#include "worlds.hpp"

namespace {

constexpr size_t bins = 10;

/* Expected calibration error over ten equal bins, Brier score, and the share of outcomes within p10..p90. */
struct scores {
    std::array<double, bins> promised{}, held{};
    double squares = 0, count = 0, within = 0, expected = 0;

    void add(double confidence, bool holds)
    {
        const size_t bin = std::min(bins - 1, static_cast<size_t>(confidence * bins));
        promised[bin] += confidence;
        held[bin] += holds;
        squares += (confidence - holds) * (confidence - holds);
        count++;
    }
    void add(const scores &other)
    {
        for (size_t bin = 0; bin < bins; bin++) {
            promised[bin] += other.promised[bin];
            held[bin] += other.held[bin];
        }
        squares += other.squares;
        count += other.count;
        within += other.within;
        expected += other.expected;
    }
    double ece() const
    {
        double sum = 0;
        for (size_t bin = 0; bin < bins; bin++) {
            sum += std::fabs(promised[bin] - held[bin]);
        }
        return sum / count;
    }
    double base_rate() const
    {
        double sum = 0;
        for (double one : held) {
            sum += one;
        }
        return sum / count;
    }
};

struct counts {
    size_t acted = 0, changes = 0, violations = 0;
};

std::string outcome_of(const std::string &decision, const asked &one, double observed)
{
    return "{\"decision_id\":" + member(decision, "decision_id") + ",\"time_ns\":" + std::to_string(one.scene.time_ns + 4 * hour_ns) + ",\"observed\":{" + quoted(one.metric) + ":" + digits(observed) + "}}";
}

bool has_member(const std::string &object, const std::string &name)
{
    return object.find(quoted(name) + ":") != std::string::npos;
}

} // namespace

void measure_confidence(const bench_plan &plan, goal_rows &rows)
{
    std::printf("\nConfidence: %s decisions with outcomes in each of %zu simulated networks, a fresh core each; targets about which nobody can be sure\n"
                "  %-38s %8s %8s %8s %9s %8s %10s %10s %10s %10s %12s %8s\n",
                grouped(plan.decisions_of_world).c_str(), worlds.size(), "", "held", "ECE", "Brier", "constant", "within", "told: ECE", "told: cov.", "acts", "vetoes", "violations", "ms each");
    scores all;
    counts total;
    double worst = 0;
    std::map<std::string, size_t> violated;
    for (size_t index = 0; index < worlds.size(); index++) {
        random_numbers random(index + 500);
        const ours library("{\"seed\":3}");
        plain_guards guards;
        scores one;
        counts count;
        uint64_t spent = 0;
        for (size_t i = 0; i < plan.decisions_of_world; i++) {
            const asked asked_now = worlds[index].ask(i, plan.decisions_of_world, random);
            const uint64_t start = thread_cpu_ns();
            const std::string decision = asked_now.with_model ? library.decide_with(asked_now.problem, model_of(asked_now)) : library.decide(asked_now.problem);
            spent += thread_cpu_ns() - start;
            const size_t changes = elements(member(decision, "actions")).size();
            count.acted += changes > 0;
            count.changes += changes;
            for (const std::string &name : guards.violations(decision, asked_now.scene)) {
                count.violations++;
                violated[name]++;
            }
            const double observed = observed_after(asked_now, decision, random);
            const double confidence = number(member(decision, "confidence"));
            if (!(confidence >= 0 && confidence <= 1)) {
                fail("decide", "a confidence that is no probability");
            }
            one.add(confidence, asked_now.holds(observed));
            const std::string expected = member(decision, "expected");
            if (has_member(expected, asked_now.metric)) {
                const std::string quantiles = member(expected, asked_now.metric);
                one.expected++;
                one.within += observed >= number(member(quantiles, "p10")) && observed <= number(member(quantiles, "p90"));
            }
            library.report_outcome(outcome_of(decision, asked_now, observed));
        }
        const std::string state = library.state();
        double vetoes = 0;
        const std::string vetoed = member(state, "vetoes");
        for (const std::string &pair : elements(vetoed)) {
            vetoes += number(pair.substr(pair.rfind(':') + 1));
        }
        const double base = one.base_rate();
        std::printf("  %-38s", worlds[index].name);
        put(base, 8, 3);
        put(one.ece(), 8, 4);
        put(one.squares / one.count, 8, 4);
        put(base * (1 - base), 9, 4);
        put(one.within / one.expected, 8, 3);
        put(number(member(member(state, "calibration"), "ece")), 10, 4);
        put(number(member(state, "coverage")), 10, 3);
        std::printf(" %10zu", count.acted);
        put(vetoes, 10, 0);
        std::printf(" %12zu", count.violations);
        put(static_cast<double>(spent) / 1e6 / one.count, 8, 2);
        std::printf("\n");
        std::fflush(stdout);
        worst = std::max(worst, one.ece());
        all.add(one);
        total.acted += count.acted;
        total.changes += count.changes;
        total.violations += count.violations;
    }
    for (const auto &name : violated) {
        std::printf("  %s should have taken out %zu\n", name.first.c_str(), name.second);
    }
    std::printf("  (constant: Brier score of always promising the share that held; within: outcomes within p10..p90; told: by get_state)\n");
    const size_t decisions = static_cast<size_t>(all.count);
    rows.push_back({"confidence, expected calibration error", decisions, "", 4, all.ece(), "", none, none, "<= 0.03", judge(all.ece() <= 0.03)});
    rows.push_back({"confidence, of the worst simulated network", plan.decisions_of_world, "", 4, worst, "", none, none, "", verdict::open});
    rows.push_back({"confidence, Brier score", decisions, "", 4, all.squares / all.count, "always the share that held", all.base_rate() * (1 - all.base_rate()),
                    all.base_rate() * (1 - all.base_rate()) / (all.squares / all.count), "", verdict::open});
    rows.push_back({"outcomes within p10..p90 (0.8 is meant)", static_cast<size_t>(all.expected), "", 3, all.within / all.expected, "", none, none, "", verdict::open});
    rows.push_back({"changes that a guard forbids", total.changes, "", 0, static_cast<double>(total.violations), "", none, none, "0", judge(total.violations == 0)});
}
