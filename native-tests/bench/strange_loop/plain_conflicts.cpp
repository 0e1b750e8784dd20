#include "plain_conflicts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "figures.hpp"

namespace {

constexpr double significant = 0.001;
constexpr size_t samples_least = 5;

struct moments {
    double mean, variance_of_mean, squares;
    size_t count;
};

moments moments_of(const figures &values)
{
    moments result = {0, 0, 0, values.size()};
    for (double value : values) {
        result.mean += value / static_cast<double>(values.size());
    }
    for (double value : values) {
        result.squares += (value - result.mean) * (value - result.mean);
    }
    result.variance_of_mean = result.squares / static_cast<double>(values.size() - 1) / static_cast<double>(values.size());
    return result;
}

/* P(T > t): t = sqrt(v) tan(angle) makes the density cos^(v - 1); Simpson's rule. */
double integral(double from, double to, double power)
{
    constexpr int steps = 2000;
    const double width = (to - from) / steps;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
        sum += (i == 0 || i == steps ? 1 : i % 2 ? 4 : 2) * std::pow(std::max(0.0, std::cos(from + i * width)), power);
    }
    return sum * width / 3;
}

bool all_equal(const figures &values)
{
    return std::all_of(values.begin(), values.end(), [&](double value) { return value == values.front(); });
}

/* One-sided p of Welch's test (1947) that the mean of the samples is below the reference's; samples without any variance are taken at their word. */
double below(const figures &samples, const figures &reference)
{
    if (all_equal(samples) && all_equal(reference)) {
        return samples.front() < reference.front() ? 0 : 1;
    }
    const moments own = moments_of(samples), other = moments_of(reference);
    const double a = own.variance_of_mean, b = other.variance_of_mean, t = (other.mean - own.mean) / std::sqrt(a + b);
    if (t < 3) { /* the normal distribution's tail, which is thinner, is above 0.001 there */
        return 1;
    }
    const double freedom = (a + b) * (a + b) / (a * a / static_cast<double>(own.count - 1) + b * b / static_cast<double>(other.count - 1)), half_turn = std::acos(0.0);
    return integral(std::atan(t / std::sqrt(freedom)), half_turn, freedom - 1) / integral(-half_turn, half_turn, freedom - 1);
}

uint64_t end_of(const control_command &command)
{
    const uint64_t most = std::numeric_limits<uint64_t>::max();
    return command.span_ns > most - command.start_ns ? most : command.start_ns + command.span_ns;
}

bool has(const std::vector<size_t> &group, size_t parameter)
{
    return std::find(group.begin(), group.end(), parameter) != group.end();
}

/* The metric of a cell that is worst while both commands are in force; "" when none is significantly so. */
std::string worst_metric(const conflict_scene &scene, size_t cell, const control_command &earlier, const control_command &later, uint64_t end)
{
    std::vector<size_t> metrics; /* in the order in which they appear */
    for (const kpi_sample &sample : scene.kpis) {
        if (sample.cell == cell && std::find(metrics.begin(), metrics.end(), sample.metric) == metrics.end()) {
            metrics.push_back(sample.metric);
        }
    }
    double best = 1;
    std::string worst;
    for (size_t metric : metrics) {
        figures before, only, both;
        for (const kpi_sample &sample : scene.kpis) {
            if (sample.cell == cell && sample.metric == metric) {
                const double value = sample.low_is_better ? -sample.value : sample.value;
                if (sample.time_ns < earlier.start_ns) {
                    before.push_back(value);
                } else if (sample.time_ns < later.start_ns) {
                    only.push_back(value);
                } else if (sample.time_ns < end) {
                    both.push_back(value);
                }
            }
        }
        if (std::min({before.size(), only.size(), both.size()}) < samples_least) {
            continue;
        }
        const double first = below(both, before), second = first < significant ? below(both, only) : 1, larger = std::max(first, second);
        if (larger < significant && larger < best) {
            best = larger;
            worst = "m" + std::to_string(metric);
        }
    }
    return worst;
}

/* Class, group, cell and metric; "" when there is no conflict. */
std::string classify(const conflict_scene &scene, const control_command &a, const control_command &b)
{
    const uint64_t end = std::min(end_of(a), end_of(b));
    if (a.source == b.source || a.span_ns == 0 || b.span_ns == 0 || std::max(a.start_ns, b.start_ns) >= end) {
        return "";
    }
    if (a.cell == b.cell) {
        const std::string cell = "c" + std::to_string(a.cell);
        if (a.parameter == b.parameter) {
            return same_value(a.value, b.value) ? "" : "direct - " + cell + " -";
        }
        for (size_t group = 0; group < scene.groups.size(); group++) {
            if (has(scene.groups[group], a.parameter) && has(scene.groups[group], b.parameter)) {
                return "indirect g" + std::to_string(group) + " " + cell + " -";
            }
        }
    }
    const control_command &earlier = a.start_ns <= b.start_ns ? a : b, &later = a.start_ns <= b.start_ns ? b : a;
    for (size_t cell : {earlier.cell, later.cell}) {
        const std::string metric = worst_metric(scene, cell, earlier, later, end);
        if (!metric.empty()) {
            return "implicit - c" + std::to_string(cell) + " " + metric;
        }
    }
    return "";
}

} // namespace

std::vector<std::string> plain_conflicts(const conflict_scene &scene)
{
    std::vector<std::string> found;
    for (size_t i = 0; i < scene.commands.size(); i++) {
        for (size_t j = i + 1; j < scene.commands.size(); j++) {
            const std::string what = classify(scene, scene.commands[i], scene.commands[j]);
            if (!what.empty()) {
                found.push_back(std::to_string(i) + " " + std::to_string(j) + " " + what);
            }
        }
    }
    return found;
}
