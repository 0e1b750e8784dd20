/* Valid inputs that the tests send, cut short and damage. */
#ifndef SAMPLES_H
#define SAMPLES_H

#include <stddef.h>
#include <stdint.h>

#include "text.h"

#define SAMPLE_HOUR_NS 3600000000000u
#define SAMPLE_START_NS 1514764800000000000u

/* An hourly KPI with a daily and a weekly season, noise, one level shift and a few missing samples. */
void sample_kpi(double *values, size_t n, uint64_t seed);

/* Adds {"start_ns":..,"step_ns":..,"values":[..]} of that KPI. */
void sample_history(text *t, size_t n, uint64_t seed);

/* A problem with one metric of n hours; seed and horizon given. */
text sample_problem(size_t n, size_t horizon, int include_timeline);

/* A problem that uses every documented field, in about 1 KB. */
extern const char sample_problem_full[];

/* The document's own fields only. */
extern const char sample_problem_document[];

extern const char sample_constraints[];
extern const char sample_timeline[];
extern const char sample_problems[];

extern const char sample_scheduler_options[];
extern const char sample_pool_options[];
extern const char sample_task_type[];

extern const char sample_loader_options[];
extern const char sample_temporal_config[];

extern const char sample_memory_options[];
extern const char sample_memory_episode[];
extern const char sample_memory_query[];
extern const char sample_memory_update[];
extern const char sample_memory_request[];

extern const char sample_optimization_options[];

/* Problems with every documented member: for the library's own evaluation, for an evaluator with 5 variables, 1 objective and 1 constraint, and of the problem types. */
extern const char sample_optimization_function[];
extern const char sample_optimization_problem[];
extern const char sample_optimization_energy[];
extern const char sample_optimization_coverage[];
extern const char sample_optimization_identities[];
extern const char sample_optimization_slices[];
extern const char sample_optimization_mobility[];
extern const char sample_network[];

/* Maps of each kind, and what else the strange loop's calls take, with every documented member; the state is of one level of corrections. */
extern const char sample_loop_options[];
extern const char sample_loop_linear[];
extern const char sample_loop_coupling[];
extern const char sample_loop_expression[];
extern const char sample_loop_with[];
extern const char sample_loop_observation[];
extern const char sample_loop_conflicts[];
extern const char sample_loop_state[];

/* Decisions with every documented member: of a relation, of an intent, of a network; what else a cognitive core takes; a measurement in each format. */
extern const char sample_cognition_options[];
extern const char sample_cognition_problem[];
extern const char sample_cognition_intent[];
extern const char sample_cognition_network[];
extern const char sample_cognition_outcome[]; /* of decision 1 */
extern const char sample_cognition_rows[];
extern const char sample_cognition_event[];
extern const char sample_cognition_cells[];
extern const char sample_cognition_xml[];

/* Of a virtual scheduler: a task with data, one of a series, one that waits for the first. */
extern const char sample_snapshot[];

/* A small analysis result, for the report. */
extern const char sample_result[];

#endif
