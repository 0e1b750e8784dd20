/* The parts of the benchmark. Each prints its own table and adds its rows to the last one. */
#ifndef MEMORY_SECTIONS_HPP
#define MEMORY_SECTIONS_HPP

#include "figures.hpp"
#include "plan.hpp"

using goal_rows = std::vector<goal_row>;

void compare_searches(const bench_plan &plan, goal_rows &rows); /* every set and metric, recall of all filters, narrow filters */
void compare_writes(const bench_plan &plan, goal_rows &rows);
void compare_reload(const bench_plan &plan, goal_rows &rows);
void compare_memory(const bench_plan &plan, goal_rows &rows);
void measure_json(const bench_plan &plan, goal_rows &rows);
void measure_threads(const bench_plan &plan, goal_rows &rows);

/* What workers are asked for: each runs in a process of its own. */
figures measure_resident(const std::string &whose, size_t rows, const std::string &path);
figures measure_reload(const std::string &whose, const std::string &path);

#endif
