/* Counters of handover relations, made here: attempts with a daily course, of which some have a problem, each kind with its own chance. */
#ifndef COGNITION_COUNTERS_HPP
#define COGNITION_COUNTERS_HPP

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "random.hpp"

constexpr size_t problem_kinds = 4;
extern const char *const problem_counters[problem_kinds]; /* names of TS 28.552, and HO.IntraSys.PingPong */
extern const char *const problem_causes[problem_kinds];   /* as a decision names them */

constexpr uint64_t hour_ns = 3600000000000u, day_ns = 24 * hour_ns, first_period_ns = 1700000000000000000u;

using problem_shares = std::array<double, problem_kinds>;

struct relation_counters {
    std::vector<uint64_t> attempts;
    std::array<std::vector<uint64_t>, problem_kinds> problems;

    double sum_of_attempts() const;
    double share(size_t kind) const; /* of the attempts of all periods */
};

uint64_t binomial(uint64_t attempts, double share, random_numbers &random);
relation_counters draw_relation(double mean_attempts, const problem_shares &shares, size_t periods, random_numbers &random);

std::string relation_name(size_t from, size_t to);

/* "metric":{start_ns, step_ns, values}, with a comma before it when the text has something in it. */
void append_series(std::string &history, const std::string &metric, const std::vector<double> &values, uint64_t start_ns);
void append_relation(std::string &history, const std::string &relation, const relation_counters &counters, uint64_t start_ns, bool with_successes = false);

#endif
