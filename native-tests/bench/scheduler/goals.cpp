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

void print_goals(const std::vector<goal_row> &rows)
{
    std::printf("\n%-44s %11s %10s %-10s %10s  %-26s %8s   %-20s %s\n", "Ours, the best peer, the goal", "pending", "ours", "", "peer", "", "ratio", "goal", "met");
    for (const goal_row &row : rows) {
        const char *reached = row.reached == verdict::met ? "yes" : row.reached == verdict::missed ? "no" : "";
        std::printf("  %-42s %11s %s %-10s %s  %-26s %s   %-20s %s\n", row.what.c_str(), row.pending ? grouped(row.pending).c_str() : "", cell(row.ours, 10, row.decimals).c_str(),
                    row.unit.c_str(), cell(row.peer_value, 10, row.decimals).c_str(), row.peer.c_str(), cell(row.ratio, 8, 2).c_str(), row.goal.c_str(),
                    reached);
    }
}
