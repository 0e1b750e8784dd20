#include "counters.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

const char *const problem_counters[problem_kinds] = {"HO.IntraSys.TooLate", "HO.IntraSys.TooEarly", "HO.IntraSys.ToWrongCell", "HO.IntraSys.PingPong"};
const char *const problem_causes[problem_kinds] = {"too_late", "too_early", "wrong_cell", "ping_pong"};

namespace {

double sum(const std::vector<uint64_t> &values)
{
    return static_cast<double>(std::accumulate(values.begin(), values.end(), uint64_t{0}));
}

void append_start(std::string &history, const std::string &metric, uint64_t start_ns)
{
    history += (history.empty() ? "\"" : ",\"") + metric + "\":{\"start_ns\":" + std::to_string(start_ns) + ",\"step_ns\":" + std::to_string(hour_ns) + ",\"values\":[";
}

void append_counts(std::string &history, const std::string &metric, const std::vector<uint64_t> &values, uint64_t start_ns)
{
    append_start(history, metric, start_ns);
    for (size_t t = 0; t < values.size(); t++) {
        history += (t ? "," : "") + std::to_string(values[t]);
    }
    history += "]}";
}

} // namespace

double relation_counters::sum_of_attempts() const
{
    return sum(attempts);
}

double relation_counters::share(size_t kind) const
{
    return sum(problems[kind]) / std::max(1.0, sum_of_attempts());
}

/* By the gaps between the ones that have it, which are geometric. */
uint64_t binomial(uint64_t attempts, double share, random_numbers &random)
{
    uint64_t count = 0;
    if (share <= 0) {
        return 0;
    }
    const double of_the_others = std::log1p(-share);
    for (double at = 0;;) {
        at += std::floor(std::log1p(-random.uniform()) / of_the_others) + 1;
        if (at > static_cast<double>(attempts)) {
            return count;
        }
        count++;
    }
}

relation_counters draw_relation(double mean_attempts, const problem_shares &shares, size_t periods, random_numbers &random)
{
    relation_counters counters;
    const double phase = 24 * random.uniform();
    for (size_t t = 0; t < periods; t++) {
        const double mean = mean_attempts * (1 + 0.6 * std::sin(2 * 3.14159265358979 * (static_cast<double>(t) + phase) / 24));
        const uint64_t attempts = static_cast<uint64_t>(std::llround(std::max(0.0, mean + std::sqrt(mean) * random.normal()))); /* Poisson, nearly */
        counters.attempts.push_back(attempts);
        uint64_t left = attempts;
        for (size_t kind = 0; kind < problem_kinds; kind++) {
            const uint64_t drawn = std::min(left, binomial(attempts, shares[kind], random));
            counters.problems[kind].push_back(drawn);
            left -= drawn;
        }
    }
    return counters;
}

std::string relation_name(size_t from, size_t to)
{
    return "NRCellRelation=" + std::to_string(from) + "-" + std::to_string(to);
}

void append_series(std::string &history, const std::string &metric, const std::vector<double> &values, uint64_t start_ns)
{
    append_start(history, metric, start_ns);
    for (size_t t = 0; t < values.size(); t++) {
        char text[32];
        std::snprintf(text, sizeof text, t ? ",%.6g" : "%.6g", values[t]);
        history += text;
    }
    history += "]}";
}

void append_relation(std::string &history, const std::string &relation, const relation_counters &counters, uint64_t start_ns, bool with_successes)
{
    append_counts(history, relation + "/MM.HoExeInterReq", counters.attempts, start_ns);
    if (with_successes) {
        std::vector<uint64_t> successes = counters.attempts;
        for (size_t t = 0; t < successes.size(); t++) {
            successes[t] -= counters.problems[0][t] + counters.problems[1][t];
        }
        append_counts(history, relation + "/MM.HoExeInterSucc", successes, start_ns);
    }
    for (size_t kind = 0; kind < problem_kinds; kind++) {
        append_counts(history, relation + "/" + problem_counters[kind], counters.problems[kind], start_ns);
    }
}
