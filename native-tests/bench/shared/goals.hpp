/* The last table: our figure, the best peer's, their ratio, and the goal. */
#ifndef BENCH_GOALS_HPP
#define BENCH_GOALS_HPP

#include <string>
#include <vector>

#include "figures.hpp"

enum class verdict { open, met, missed };

inline verdict judge(bool met)
{
    return met ? verdict::met : verdict::missed;
}

struct goal_row {
    std::string what;
    size_t size;      /* 0: does not apply */
    std::string unit;
    int decimals;
    double ours;
    std::string peer; /* "" without one */
    double peer_value;
    double ratio;     /* above 1: ours is better */
    std::string goal; /* in words; "" without one */
    verdict reached;
};

/* A goal that is a bound. */
std::string at_most(double bound);
std::string at_least(double bound);

/* The title of the column of sizes. */
void print_goals(const std::vector<goal_row> &rows, const char *size_title);

#endif
