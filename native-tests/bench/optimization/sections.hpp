/* The parts of the benchmark. Each prints its own table; goals go to the last one. */
#ifndef OPTIMIZATION_SECTIONS_HPP
#define OPTIMIZATION_SECTIONS_HPP

#include "plan.hpp"

bool check_functions(const bench_plan &plan);                       /* our library's functions against those of functions.cpp; false when they differ */
void measure_running_time(const bench_plan &plan, goal_rows &rows); /* expected evaluations of ours, beside published figures */
void measure_peers(const bench_plan &plan);                         /* the same, of the libraries that were found */
void measure_own_cost(const bench_plan &plan, goal_rows &rows);     /* CPU time a search takes beside the function's */
void measure_fronts(const bench_plan &plan, goal_rows &rows);       /* hypervolume, several objectives */
void measure_constrained(const bench_plan &plan, goal_rows &rows);  /* evaluations to known optima under constraints */
void measure_network(const bench_plan &plan, goal_rows &rows);      /* CPU time of the evaluation of a network */
void measure_scene(const bench_plan &plan, goal_rows &rows);        /* tilts of a scene from a file */
void measure_cases(const bench_plan &plan, goal_rows &rows);        /* small networks beside all their settings */

#endif
