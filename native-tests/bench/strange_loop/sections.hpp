/* The parts of the benchmark. Each prints its own table; goals go to the last one. */
#ifndef STRANGE_LOOP_SECTIONS_HPP
#define STRANGE_LOOP_SECTIONS_HPP

#include "maps.hpp"
#include "plan.hpp"

void measure_fixed_points(const bench_plan &plan, goal_rows &rows);  /* every method on maps whose fixed points are known */
void measure_load_coupling(const bench_plan &plan, goal_rows &rows); /* every method on loads of networks, and verdicts beside their limits */
void measure_coverage(const bench_plan &plan, goal_rows &rows);      /* sequences of an adversary that sees the intervals */
void measure_regret(const bench_plan &plan, goal_rows &rows);        /* sequences of an adversary that sees the weights */
void measure_observe(const bench_plan &plan, goal_rows &rows);       /* CPU time of an observation */
void measure_self_tuning(const bench_plan &plan, goal_rows &rows);   /* fresh losses with and without tuning */
void measure_conflicts(const bench_plan &plan, goal_rows &rows);     /* random requests beside a plain detector */
void measure_commands(const bench_plan &plan, goal_rows &rows);      /* CPU time of a command */

/* Our methods on a map of the host's beside those of other libraries that were found. */
void measure_peers(const bench_plan &plan, const std::vector<test_map> &maps);

#endif
