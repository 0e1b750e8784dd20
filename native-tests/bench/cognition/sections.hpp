/* The parts of the benchmark. Each prints its own table; goals go to the last one. */
#ifndef COGNITION_SECTIONS_HPP
#define COGNITION_SECTIONS_HPP

#include <string>

#include "plan.hpp"

void measure_faults(const bench_plan &plan, goal_rows &rows);      /* planted handover faults, and healthy windows */
void measure_confidence(const bench_plan &plan, goal_rows &rows);  /* decisions with their outcomes, and what guards let pass */
void measure_decision(const bench_plan &plan, goal_rows &rows);    /* time of a decision about 57 cells */
void measure_ingest(const bench_plan &plan, goal_rows &rows);      /* large messages, each in a fresh process */
void measure_cases(const bench_plan &plan, goal_rows &rows);       /* small networks beside all their settings */
void measure_integration(const bench_plan &plan, goal_rows &rows); /* planted partitions of metrics */
void measure_replay(const bench_plan &plan, goal_rows &rows);      /* calls made again */

/* In the process that ask_worker starts: prints the seconds of CPU of one message and the largest memory, bytes. */
int ingest_worker(const std::string &reader, const std::string &format, size_t bytes);

#endif
