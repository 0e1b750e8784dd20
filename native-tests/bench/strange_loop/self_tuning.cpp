/* Loops with levels 1 (corrected) and 2 (corrections that tune themselves) on the same data: losses on the second half, when what was tuned on is over. */
#include <cmath>
#include <cstdio>

#include "random.hpp"
#include "sections.hpp"
#include "speech.hpp"
#include "table.hpp"

namespace {

constexpr int steps = 2000, fresh_from = 1000;
constexpr double coverage = 0.9, half_width = 1.645;

/* How far outcomes lie from what the loop expects, before noise of 1. */
struct world {
    const char *name;
    double offset, drift; /* standard deviation of the offset's change a step ... */
    int drift_until;      /* ... up to this step */
};

const world worlds[] = {{"errors drift", 0, 0.5, steps}, {"errors stay", 4, 0, steps}, {"errors drift for 1000 steps", 0, 0.5, fresh_from}};

struct outcome {
    double error = 0, interval_score = 0, adopted = 0, rolled_back = 0, covered = 0;
};

outcome run(const world &in, int levels, uint64_t seed)
{
    random_numbers random(seed);
    const ours library("{\"levels\":" + std::to_string(levels) + "}");
    outcome sum;
    std::string observed;
    double offset = in.offset;
    for (int t = 0; t < steps; t++) {
        const double mean = 50 + 3 * random.normal();
        const interval made = corrected_m(library.observe(observation(observed, forecast_of_m(mean, mean - half_width, mean + half_width, coverage))));
        const double change = random.normal(), noise = random.normal();
        offset += t < in.drift_until ? in.drift * change : 0;
        const double value = mean + offset + noise;
        observed = value_of_m(value);
        if (t >= fresh_from) {
            sum.error += std::fabs(made.mean - value) / (steps - fresh_from);
            sum.covered += made.holds(value) / static_cast<double>(steps - fresh_from);
            if (!std::isnan(made.lower) && !std::isnan(made.upper)) { /* width, and 2 / (1 - coverage) times what lies outside (Gneiting and Raftery 2007) */
                sum.interval_score += (made.upper - made.lower + 20 * (std::fmax(0, made.lower - value) + std::fmax(0, value - made.upper))) / (steps - fresh_from);
            }
        }
    }
    const std::string metric = member(member(elements(member(library.state(), "loops")).at(0), "metrics"), "m");
    if (metric.find("\"tuning\":") != std::string::npos) {
        const std::string tuning = member(metric, "tuning");
        sum.adopted = number(member(tuning, "adopted"));
        sum.rolled_back = number(member(tuning, "rolled_back"));
    }
    return sum;
}

} // namespace

void measure_self_tuning(const bench_plan &plan, goal_rows &rows)
{
    std::printf("\nSelf-tuning: %d loops of %d steps in each world; levels 1 and 2; mean absolute error and interval score (target %.1f) of steps %d to %d; changes adopted and rolled back in all loops\n"
                "  %-30s %9s %9s %8s %9s %9s %8s %9s %9s %8s %8s %8s %8s\n",
                plan.tuning_seeds, steps, coverage, fresh_from, steps, "", "error, 1", "error, 2", "ratio", "score, 1", "score, 2", "ratio", "covered 1", "covered 2", "better", "worse", "adopted", "rolled b.");
    for (const world &in : worlds) {
        outcome plain, tuned;
        int better = 0, worse = 0;
        for (int seed = 1; seed <= plan.tuning_seeds; seed++) {
            const outcome one = run(in, 1, static_cast<uint64_t>(seed)), two = run(in, 2, static_cast<uint64_t>(seed));
            better += two.error < 0.999 * one.error;
            worse += two.error > 1.001 * one.error;
            for (auto part : {&outcome::error, &outcome::interval_score, &outcome::covered}) {
                plain.*part += one.*part / plan.tuning_seeds;
                tuned.*part += two.*part / plan.tuning_seeds;
            }
            tuned.adopted += two.adopted;
            tuned.rolled_back += two.rolled_back;
        }
        const double ratio = tuned.error / plain.error;
        std::printf("  %-30s", in.name);
        put(plain.error, 9, 4);
        put(tuned.error, 9, 4);
        put(ratio, 8, 3);
        put(plain.interval_score, 9, 4);
        put(tuned.interval_score, 9, 4);
        put(tuned.interval_score / plain.interval_score, 8, 3);
        put(plain.covered, 9, 4);
        put(tuned.covered, 9, 4);
        std::printf(" %8d %8d %8.0f %9.0f\n", better, worse, tuned.adopted, tuned.rolled_back);
        std::fflush(stdout);
        if (&in == &worlds[0]) {
            rows.push_back({"self-tuning, errors drift: fresh loss", 0, "", 4, tuned.error, "without tuning", plain.error, 1 / ratio, "below the peer's", judge(ratio < 1)});
        } else if (&in == &worlds[1]) {
            rows.push_back({"self-tuning, errors stay: fresh loss", 0, "", 4, tuned.error, "without tuning", plain.error, 1 / ratio, "<= 1.01 times it", judge(ratio <= 1.01)});
        }
    }
}
