/* The theorem of adaptive conformal inference holds for every sequence: an adversary sees each interval before it chooses the value. */
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "random.hpp"
#include "sections.hpp"
#include "speech.hpp"
#include "table.hpp"

namespace {

const double step_sizes[] = {0.005, 0.02, 0.05, 0.2, 0.5, 1};
const double targets[] = {0.5, 0.6, 0.8, 0.9, 0.95, 0.99};
const char *const adversaries[] = {"always outside", "always inside", "outside and inside in turn", "twenty inside, twenty outside", "the side that is worse for the share", "on the bound", "across ten decades",
                                   "open intervals, any value"};
constexpr size_t kinds = sizeof adversaries / sizeof *adversaries;

struct counts {
    uint64_t sequences = 0, steps = 0;
    uint64_t above = 0;  /* steps at which the share, counted here, was further from the target than the reported bound */
    uint64_t wrong = 0;  /* steps at which share, target or bound were reported otherwise than by counting and the theorem */
    double closest = 0;  /* largest part of the bound that was reached */
};

double chosen(size_t kind, uint64_t t, const interval &open, double mean, double scale, double share_less_target, random_numbers &random)
{
    const double outside = !std::isnan(open.upper) ? open.upper + scale * (1e-6 + random.uniform()) : !std::isnan(open.lower) ? open.lower - scale * (1e-6 + random.uniform()) : mean;
    const double inside = !std::isnan(open.lower) && !std::isnan(open.upper) ? open.lower + (open.upper - open.lower) * random.uniform() : !std::isnan(open.lower) ? open.lower : mean;
    switch (kind) {
    case 0: return outside;
    case 1: return inside;
    case 2: return t % 2 ? inside : outside;
    case 3: return t % 40 < 20 ? inside : outside;
    case 4: return share_less_target > 0 ? inside : outside;
    case 5: return !std::isnan(open.upper) ? open.upper : !std::isnan(open.lower) ? open.lower : mean;
    default: return scale * std::pow(10, 10 * random.uniform() - 5) * (random.one_in(2) ? 1 : -1);
    }
}

void play(uint64_t seed, counts &count)
{
    random_numbers random(seed);
    const double step = step_sizes[random.below(6)], target = targets[random.below(6)], scale = std::pow(10, static_cast<double>(random.below(19)) - 9);
    const size_t kind = seed % kinds;
    const uint64_t length = random.one_in(20) ? 400 : 40;
    const ours library("{\"aci_step\":" + digits(step) + ",\"levels\":" + std::to_string(seed / kinds % 4) + "}");
    const auto forecast = [&](double mean) {
        const double half = scale * random.uniform();
        const bool no_lower = kind == kinds - 1 && random.one_in(2), no_upper = kind == kinds - 1 && random.one_in(2);
        return forecast_of_m(mean, no_lower ? none : mean - half, no_upper ? none : mean + half, target);
    };
    double mean = scale * random.uniform();
    interval open = corrected_m(library.observe(observation("", forecast(mean))));
    uint64_t covered = 0;
    for (uint64_t t = 0; t < length; t++) {
        const double value = chosen(kind, t, open, mean, scale, t ? static_cast<double>(covered) / static_cast<double>(t) - target : 0, random);
        covered += open.holds(value);
        mean = scale * random.uniform();
        const std::string reply = library.observe(observation(value_of_m(value), forecast(mean)));
        open = corrected_m(reply);
        const bounded report = bounded_member(reply, "coverage");
        const double steps = static_cast<double>(t + 1), share = static_cast<double>(covered) / steps, theorem = (std::max(target, 1 - target) + step) / (steps * step);
        count.above += !(std::fabs(share - target) <= report.bound);
        count.wrong += !(report.steps == t + 1 && std::fabs(report.value - share) <= 1e-12 && std::fabs(report.target - target) <= 1e-12 && std::fabs(report.bound - theorem) <= 1e-9 * theorem);
        count.closest = std::max(count.closest, std::fabs(share - target) / report.bound);
    }
    count.sequences++;
    count.steps += length;
}

} // namespace

void measure_coverage(const bench_plan &plan, goal_rows &rows)
{
    counts by_kind[kinds], all;
    for (uint64_t seed = 0; seed < plan.sequences; seed++) {
        play(seed, by_kind[seed % kinds]);
    }
    std::printf("\nBound of coverage: aci_step 0.005 to 1, targets 0.5 to 0.99, levels 0 to 3; the adversary sees the interval first\n"
                "  %-40s %10s %10s %12s %14s %20s\n",
                "adversary", "sequences", "steps", "above bound", "told wrongly", "of the bound reached");
    for (size_t kind = 0; kind < kinds; kind++) {
        const counts &one = by_kind[kind];
        std::printf("  %-40s %10s %10s %12s %14s %20.3f\n", adversaries[kind], grouped(one.sequences).c_str(), grouped(one.steps).c_str(), grouped(one.above).c_str(), grouped(one.wrong).c_str(), one.closest);
        all.sequences += one.sequences;
        all.above += one.above;
        all.wrong += one.wrong;
    }
    rows.push_back({"coverage, adversarial sequences, violations", all.sequences, "", 0, static_cast<double>(all.above + all.wrong), "the theorem", 0, none, "0", judge(all.above + all.wrong == 0)});
}
