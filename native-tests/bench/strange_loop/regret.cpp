/* AdaHedge's bound holds for every sequence of losses: an adversary sees the weights before it chooses the value. */
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "random.hpp"
#include "sections.hpp"
#include "speech.hpp"
#include "table.hpp"

namespace {

const size_t panels[] = {1, 2, 3, 5, 8, 16};
const char *const adversaries[] = {"at random", "at the least trusted expert", "far from the favourite", "most regret at once", "experts in turn", "heavy tails", "the best changes half-way"};
constexpr size_t kinds = sizeof adversaries / sizeof *adversaries;

struct counts {
    uint64_t sequences = 0, steps = 0;
    uint64_t above = 0;  /* steps at which the regret, summed here, was above the reported bound */
    uint64_t wrong = 0;  /* steps at which the regret was reported otherwise, or its bound above the theorem's */
    double closest = 0;  /* largest part of the bound that was reached, panels of two or more */
};

/* What one more step at a value adds to the mixture's loss less the best expert's. */
double regret_after(double value, const numbers &experts, const numbers &weights, const numbers &totals)
{
    double mixture = 0, best = HUGE_VAL;
    for (size_t k = 0; k < experts.size(); k++) {
        mixture += weights[k] * std::fabs(experts[k] - value);
        best = std::min(best, totals[k] + std::fabs(experts[k] - value));
    }
    return mixture - best;
}

double chosen(size_t kind, uint64_t t, uint64_t length, double scale, const numbers &experts, const numbers &weights, const numbers &totals, random_numbers &random)
{
    const auto at = [&](auto found) { return experts[static_cast<size_t>(found - weights.begin())]; };
    const double favourite = at(std::max_element(weights.begin(), weights.end())), least = at(std::min_element(weights.begin(), weights.end()));
    switch (kind) {
    case 1: return least;
    case 2: return favourite > 0 ? favourite - 2 * scale : favourite + 2 * scale;
    case 3: {
        double worst = least;
        for (double candidate : experts) {
            worst = regret_after(candidate, experts, weights, totals) > regret_after(worst, experts, weights, totals) ? candidate : worst;
        }
        return worst;
    }
    case 4: return experts[t % experts.size()];
    case 5: return scale * std::tan(3.14159 * (random.uniform() - 0.5));
    case 6: return experts[t < length / 2 ? 0 : experts.size() - 1];
    default: return scale * (2 * random.uniform() - 1);
    }
}

void play(uint64_t seed, counts &count)
{
    random_numbers random(seed + 1000000);
    const size_t kind = seed % kinds, size = panels[random.below(6)];
    const double scale = std::pow(10, static_cast<double>(random.below(19)) - 9);
    const uint64_t length = random.one_in(20) ? 400 : 40;
    const bool fixed = random.one_in(2); /* experts that always expect the same */
    const ours library("{\"levels\":" + std::to_string(seed / kinds % 4) + "}");
    numbers experts(size), weights(size), totals(size, 0);
    for (double &expected : experts) {
        expected = scale * (2 * random.uniform() - 1);
    }
    std::string value;
    double mixture = 0, spread = 0;
    for (uint64_t t = 0; t <= length; t++) {
        std::string panel = "{";
        for (size_t k = 0; k < size; k++) {
            experts[k] = fixed ? experts[k] : scale * (2 * random.uniform() - 1);
            panel += (k ? ",\"e" : "\"e") + std::to_string(k) + "\":" + value_of_m(experts[k]);
        }
        const std::string reply = library.observe(observation(value, "{\"m\":{}}", panel + "}"));
        if (t > 0) {
            const bounded report = bounded_member(reply, "regret");
            const double steps = static_cast<double>(t), regret = mixture - *std::min_element(totals.begin(), totals.end()), logarithm = std::log(static_cast<double>(size));
            const double theorem = spread * (std::sqrt(steps * logarithm) + 4.0 / 3 * logarithm + 2), rounding = 1e-11 * mixture;
            count.above += !(regret <= report.bound + 1e-13 * mixture);
            count.wrong += !(report.steps == t && std::fabs(report.value - regret) <= rounding && report.value <= report.bound && report.bound <= theorem + rounding);
            count.closest = std::max(count.closest, size > 1 && report.bound > 0 ? regret / report.bound : 0);
        }
        const std::string told = member(reply, "weights");
        for (size_t k = 0; k < size; k++) {
            weights[k] = number(member(told, "e" + std::to_string(k)));
        }
        const double observed = chosen(kind, t, length, scale, experts, weights, totals, random);
        double least = HUGE_VAL, most = 0;
        for (size_t k = 0; k < size; k++) {
            const double loss = std::fabs(experts[k] - observed);
            mixture += weights[k] * loss;
            totals[k] += loss;
            least = std::min(least, loss);
            most = std::max(most, loss);
        }
        spread = std::max(spread, most - least);
        value = value_of_m(observed);
    }
    count.sequences++;
    count.steps += length;
}

} // namespace

void measure_regret(const bench_plan &plan, goal_rows &rows)
{
    counts by_kind[kinds], all;
    for (uint64_t seed = 0; seed < plan.sequences; seed++) {
        play(seed, by_kind[seed % kinds]);
    }
    std::printf("\nBound of regret: 1 to 16 experts, losses from 1e-9 to 1e9 and beyond; the adversary sees the weights first\n"
                "  %-40s %10s %10s %12s %14s %20s\n",
                "adversary", "sequences", "steps", "above bound", "told wrongly", "of the bound reached");
    for (size_t kind = 0; kind < kinds; kind++) {
        const counts &one = by_kind[kind];
        std::printf("  %-40s %10s %10s %12s %14s %20.3f\n", adversaries[kind], grouped(one.sequences).c_str(), grouped(one.steps).c_str(), grouped(one.above).c_str(), grouped(one.wrong).c_str(), one.closest);
        all.sequences += one.sequences;
        all.above += one.above;
        all.wrong += one.wrong;
    }
    rows.push_back({"regret, adversarial sequences, violations", all.sequences, "", 0, static_cast<double>(all.above + all.wrong), "the theorem", 0, none, "0", judge(all.above + all.wrong == 0)});
}
