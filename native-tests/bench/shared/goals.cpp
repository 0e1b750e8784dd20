#include "goals.hpp"

#include <cstdio>

#include "table.hpp"

std::string at_most(double bound)
{
    return std::isnan(bound) ? "" : "<= " + cell(bound, 0, 0);
}

std::string at_least(double bound)
{
    return std::isnan(bound) ? "" : ">= " + cell(bound, 0, 0);
}

void print_goals(const std::vector<goal_row> &rows, const char *size_title)
{
    std::printf("\n%-44s %11s       ours                  peer  %-31s    ratio   %-20s met\n", "Ours, the best peer, the goal", size_title, "", "goal");
    for (const goal_row &row : rows) {
        const char *reached = row.reached == verdict::met ? "yes" : row.reached == verdict::missed ? "no" : "";
        std::printf("  %-42s %11s", row.what.c_str(), row.size ? grouped(row.size).c_str() : "");
        put(row.ours, 10, row.decimals);
        std::printf(" %-10s", row.unit.c_str());
        put(row.peer_value, 10, row.decimals);
        std::printf("  %-31s", row.peer.c_str());
        put(row.ratio, 8, 2);
        std::printf("   %-20s %s\n", row.goal.c_str(), reached);
    }
}
