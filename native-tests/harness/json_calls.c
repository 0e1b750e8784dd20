#include "json_calls.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "result.h"
#include "samples.h"
#include "strange_loop_kit.h"

/* One day, so that the two-hour histories of the samples are looked at past their end too. */
#define HORIZON_NS (24u * SAMPLE_HOUR_NS)

static uint8_t *expand_problem(rancog_temporal *self, const uint8_t *text, size_t length)
{
    return rancog_temporal_expand_subjective_time(self, text, length, NULL, 0);
}

static uint8_t *expand_constraints(rancog_temporal *self, const uint8_t *text, size_t length)
{
    return rancog_temporal_expand_subjective_time(self, (const uint8_t *)sample_problem_full, strlen(sample_problem_full), text, length);
}

static uint8_t *parallel(rancog_temporal *self, const uint8_t *text, size_t length)
{
    return rancog_temporal_parallel_temporal_analysis(self, text, length, 2);
}

static uint8_t *predict(rancog_temporal *self, const uint8_t *text, size_t length)
{
    return rancog_temporal_predict_future_states(self, text, length, HORIZON_NS);
}

static uint8_t *report(rancog_temporal *self, const uint8_t *text, size_t length)
{
    (void)self;
    return rancog_report_render(text, length);
}

/* Status and message of the call just made agree. */
static int32_t checked_status(int succeeded, const char *note)
{
    int32_t status = rancog_last_status();
    CHECK_CASE(status_expected(status), status_expected(status) ? note : rancog_last_error_message());
    CHECK_CASE(succeeded == (status == RANCOG_OK), note);
    CHECK_CASE((rancog_last_error_message()[0] == 0) == (status == RANCOG_OK), note);
    return status;
}

static int32_t scheduler_options(const uint8_t *text, size_t length, const char *note)
{
    rancog_scheduler *self = rancog_scheduler_create(text, length, NULL);
    int32_t status = checked_status(self != NULL, note);
    rancog_scheduler_destroy(self);
    return status;
}

static int32_t pool_options(const uint8_t *text, size_t length, const char *note)
{
    rancog_pool *self = rancog_pool_create(text, length, NULL);
    int32_t status = checked_status(self != NULL, note);
    rancog_pool_destroy(self);
    return status;
}

static int32_t scheduler_type(const uint8_t *text, size_t length, const char *note)
{
    rancog_scheduler *self = rancog_scheduler_create(NULL, 0, NULL);
    int32_t status = checked_status(rancog_scheduler_schedule_task(self, 1, 0, text, length, NULL, 0) != 0, note);
    rancog_scheduler_destroy(self);
    return status;
}

static int32_t scheduler_recurring_type(const uint8_t *text, size_t length, const char *note)
{
    rancog_scheduler *self = rancog_scheduler_create(NULL, 0, NULL);
    int32_t status = checked_status(rancog_scheduler_schedule_recurring_task(self, 1, 0, text, length, NULL, 0, 3) != 0, note);
    rancog_scheduler_destroy(self);
    return status;
}

static int32_t scheduler_snapshot(const uint8_t *text, size_t length, const char *note)
{
    static const char options[] = "{\"mode\":\"virtual\"}";
    rancog_scheduler *self = rancog_scheduler_create((const uint8_t *)options, sizeof options - 1, NULL);
    int32_t status = checked_status(rancog_scheduler_restore(self, text, length) == RANCOG_OK, note);
    rancog_scheduler_destroy(self);
    return status;
}

static int32_t loader_options(const uint8_t *text, size_t length, const char *note)
{
    rancog_loader *self = rancog_loader_create(text, length, NULL);
    int32_t status = checked_status(self != NULL, note);
    rancog_loader_destroy(self);
    return status;
}

static int32_t module_config(const char *name, const uint8_t *text, size_t length, const char *note)
{
    rancog_loader *self = rancog_loader_create(NULL, 0, NULL);
    int32_t status = checked_status(rancog_loader_load_module(self, (const uint8_t *)name, strlen(name), text, length) != NULL, note);
    rancog_loader_destroy(self);
    return status;
}

static int32_t temporal_config(const uint8_t *text, size_t length, const char *note)
{
    return module_config("temporal", text, length, note);
}

static int32_t scheduler_config(const uint8_t *text, size_t length, const char *note)
{
    return module_config("scheduler", text, length, note);
}

static int32_t memory_config(const uint8_t *text, size_t length, const char *note)
{
    return module_config("memory", text, length, note);
}

static int32_t memory_options(const uint8_t *text, size_t length, const char *note)
{
    rancog_memory *self = rancog_memory_create(text, length, NULL);
    int32_t status = checked_status(self != NULL, note);
    rancog_memory_destroy(self);
    return status;
}

/* A memory with one episode that waits for the next call, since making one takes milliseconds. */
static rancog_memory *waiting;
static pthread_mutex_t waiting_lock = PTHREAD_MUTEX_INITIALIZER;

static rancog_memory *exchange(rancog_memory *with)
{
    rancog_memory *was;
    pthread_mutex_lock(&waiting_lock);
    was = waiting;
    waiting = with;
    pthread_mutex_unlock(&waiting_lock);
    return was;
}

static void destroy_what_waits(void) { rancog_memory_destroy(exchange(NULL)); }

static rancog_memory *with_one_episode(void)
{
    static const char episode[] = "{\"situation\":{\"a\":1},\"text\":\"words\"}";
    static int registered;
    rancog_memory *self = exchange(NULL);
    if (self) {
        return self;
    }
    if (__sync_bool_compare_and_swap(&registered, 0, 1)) {
        atexit(destroy_what_waits);
    }
    self = rancog_memory_create(NULL, 0, NULL);
    CHECK(result_check_and_free(rancog_memory_store(self, (const uint8_t *)episode, sizeof episode - 1), "one episode") == RANCOG_OK);
    return self;
}

/* A call on a memory with one episode. What is refused leaves that one as the only one. */
static int32_t memory_with_one(uint8_t *(*call)(rancog_memory *, const uint8_t *, size_t), const uint8_t *text, size_t length, const char *note)
{
    rancog_memory *self = with_one_episode();
    int32_t status = result_check_and_free(call(self, text, length), note);
    if (status == RANCOG_OK) {
        rancog_memory_destroy(self);
    } else {
        uint8_t *stats = rancog_memory_get_stats(self);
        CHECK_CASE(result_contains(stats, "\"episodes\":1,"), note);
        rancog_buffer_free(stats);
        rancog_memory_destroy(exchange(self));
    }
    return status;
}

static int32_t memory_episode(const uint8_t *text, size_t length, const char *note) { return memory_with_one(rancog_memory_store, text, length, note); }
static int32_t memory_query(const uint8_t *text, size_t length, const char *note) { return memory_with_one(rancog_memory_recall, text, length, note); }
static int32_t memory_update(const uint8_t *text, size_t length, const char *note) { return memory_with_one(rancog_memory_update, text, length, note); }
static int32_t memory_request(const uint8_t *text, size_t length, const char *note) { return memory_with_one(rancog_memory_analyze, text, length, note); }

static int32_t optimization_config(const uint8_t *text, size_t length, const char *note)
{
    return module_config("optimization", text, length, note);
}

static int32_t optimization_options(const uint8_t *text, size_t length, const char *note)
{
    rancog_optimization *self = rancog_optimization_create(text, length, NULL);
    int32_t status = checked_status(self != NULL, note);
    rancog_optimization_destroy(self);
    return status;
}

static int32_t sum_of_knobs(const double *x, size_t n, double *f, size_t m, double *g, size_t k, void *unused)
{
    size_t i;
    (void)unused;
    for (i = 0; i < m; i++) {
        f[i] = x[i % n];
    }
    for (i = 0; i < k; i++) {
        g[i] = -1;
    }
    return 0;
}

static int32_t sums_of_knobs(const double *x, size_t rows, size_t n, double *f, size_t m, double *g, size_t k, void *unused)
{
    size_t row;
    for (row = 0; row < rows; row++) {
        sum_of_knobs(x + row * n, n, f + row * m, m, g + row * k, k, unused);
    }
    return 0;
}

static uint8_t *solve_with(rancog_optimization *self, const uint8_t *text, size_t length) { return rancog_optimization_optimize_with(self, text, length, sum_of_knobs, NULL); }
static uint8_t *solve_with_batch(rancog_optimization *self, const uint8_t *text, size_t length) { return rancog_optimization_optimize_with_batch(self, text, length, sums_of_knobs, NULL); }

static int32_t optimization(uint8_t *(*call)(rancog_optimization *, const uint8_t *, size_t), const uint8_t *text, size_t length, const char *note)
{
    rancog_optimization *self = rancog_optimization_create(NULL, 0, NULL);
    int32_t status = result_check_and_free(call(self, text, length), note);
    rancog_optimization_destroy(self);
    return status;
}

static int32_t optimization_problem(const uint8_t *text, size_t length, const char *note) { return optimization(rancog_optimization_optimize, text, length, note); }
static int32_t optimization_with(const uint8_t *text, size_t length, const char *note) { return optimization(solve_with, text, length, note); }
static int32_t optimization_with_batch(const uint8_t *text, size_t length, const char *note) { return optimization(solve_with_batch, text, length, note); }
static int32_t optimization_network(const uint8_t *text, size_t length, const char *note) { return optimization(rancog_optimization_evaluate_network, text, length, note); }

/* A search is there when it was begun, and none when that was refused. */
static int32_t optimization_begin(const uint8_t *text, size_t length, const char *note)
{
    rancog_optimization *self = rancog_optimization_create(NULL, 0, NULL);
    int32_t status = checked_status(rancog_optimization_begin(self, text, length) == RANCOG_OK, note);
    CHECK_CASE(result_check_and_free(rancog_optimization_result(self), note) == (status == RANCOG_OK ? RANCOG_OK : RANCOG_E_NOT_FOUND), note);
    rancog_optimization_destroy(self);
    return status;
}

static int32_t loop_config(const uint8_t *text, size_t length, const char *note) { return module_config("strangeLoop", text, length, note); }

static int32_t loop_options(const uint8_t *text, size_t length, const char *note)
{
    rancog_strange_loop *self = rancog_strange_loop_create(text, length, NULL);
    int32_t status = checked_status(self != NULL, note);
    rancog_strange_loop_destroy(self);
    return status;
}

/* On a core with an open prediction. What is refused leaves it as it was. */
static int32_t loop(uint8_t *(*call)(rancog_strange_loop *, const uint8_t *, size_t), const uint8_t *text, size_t length, const char *note)
{
    static const char prediction[] = "{\"loop_id\":\"l\",\"time_ns\":5,\"predict\":{\"m\":{\"mean\":1,\"lower\":0,\"upper\":2}}}";
    rancog_strange_loop *self = rancog_strange_loop_create(NULL, 0, NULL);
    char *before, *after;
    int32_t status;
    CHECK_CASE(result_check_and_free(rancog_strange_loop_observe(self, (const uint8_t *)prediction, sizeof prediction - 1), note) == RANCOG_OK, note);
    before = loop_kit_state(self);
    status = call ? result_check_and_free(call(self, text, length), note) : checked_status(rancog_strange_loop_restore(self, text, length) == RANCOG_OK, note);
    if (status != RANCOG_OK) {
        after = loop_kit_state(self);
        CHECK_CASE(strcmp(before, after) == 0, note);
        free(after);
    }
    free(before);
    rancog_strange_loop_destroy(self);
    return status;
}

static int32_t half_of_it(const double *x, size_t n, double *fx, void *unused)
{
    size_t i;
    (void)unused;
    for (i = 0; i < n; i++) {
        fx[i] = x[i] / 2 + (double)i;
    }
    return 0;
}

static uint8_t *solve_half(rancog_strange_loop *self, const uint8_t *text, size_t length) { return rancog_strange_loop_solve_with(self, text, length, half_of_it, NULL); }

static int32_t loop_solve(const uint8_t *text, size_t length, const char *note) { return loop(rancog_strange_loop_solve, text, length, note); }
static int32_t loop_solve_with(const uint8_t *text, size_t length, const char *note) { return loop(solve_half, text, length, note); }
static int32_t loop_observe(const uint8_t *text, size_t length, const char *note) { return loop(rancog_strange_loop_observe, text, length, note); }
static int32_t loop_conflicts(const uint8_t *text, size_t length, const char *note) { return loop(rancog_strange_loop_detect_conflicts, text, length, note); }
static int32_t loop_restore(const uint8_t *text, size_t length, const char *note) { return loop(NULL, text, length, note); }

static int32_t cognitive_config(const uint8_t *text, size_t length, const char *note) { return module_config("cognitive", text, length, note); }

static int32_t cognitive_options(const uint8_t *text, size_t length, const char *note)
{
    rancog_cognitive *self = rancog_cognitive_create(text, length, NULL);
    int32_t status = checked_status(self != NULL, note);
    rancog_cognitive_destroy(self);
    return status;
}

/* A core that has decided once waits for the next call, as the memory above. */
static rancog_cognitive *waiting_core;

static rancog_cognitive *exchange_core(rancog_cognitive *with)
{
    rancog_cognitive *was;
    pthread_mutex_lock(&waiting_lock);
    was = waiting_core;
    waiting_core = with;
    pthread_mutex_unlock(&waiting_lock);
    return was;
}

static void destroy_the_core_that_waits(void) { rancog_cognitive_destroy(exchange_core(NULL)); }

static rancog_cognitive *with_one_decision(void)
{
    static int registered;
    rancog_cognitive *self = exchange_core(NULL);
    if (self) {
        return self;
    }
    if (__sync_bool_compare_and_swap(&registered, 0, 1)) {
        atexit(destroy_the_core_that_waits);
    }
    self = rancog_cognitive_create(NULL, 0, NULL);
    CHECK(result_check_and_free(rancog_cognitive_decide(self, (const uint8_t *)"{}", 2, NULL, 0), "one decision") == RANCOG_OK);
    return self;
}

/* On such a core. What is refused leaves that decision as the only one, and nothing else. */
static int32_t cognition(uint8_t *(*call)(rancog_cognitive *, const uint8_t *, size_t), const uint8_t *text, size_t length, const char *note)
{
    rancog_cognitive *self = with_one_decision();
    int32_t status = result_check_and_free(call(self, text, length), note);
    if (status == RANCOG_OK) {
        rancog_cognitive_destroy(self);
    } else {
        uint8_t *state = rancog_cognitive_get_state(self);
        CHECK_CASE(result_contains(state, "\"OPEN\":1,") && result_contains(state, "\"TOTAL\":1}") && result_contains(state, "\"episodes\":0,\"history_samples\":0,"), note);
        rancog_buffer_free(state);
        rancog_cognitive_destroy(exchange_core(self));
    }
    return status;
}

static int32_t tens(const uint8_t *question, size_t length, double *values, size_t n, void *unused)
{
    size_t i;
    (void)unused;
    for (i = 0; i < n; i++) {
        values[i] = (double)(10 + question[length / 2] % 4);
    }
    return 0;
}

static uint8_t *decide(rancog_cognitive *self, const uint8_t *text, size_t length) { return rancog_cognitive_decide(self, text, length, NULL, 0); }
static uint8_t *decide_within(rancog_cognitive *self, const uint8_t *text, size_t length)
{
    static const uint8_t problem[] = "{\"current_state\":{\"RRU.PrbTotDl\":60}}";
    return rancog_cognitive_decide(self, problem, sizeof problem - 1, text, length);
}

static uint8_t *decide_tens(rancog_cognitive *self, const uint8_t *text, size_t length) { return rancog_cognitive_decide_with(self, text, length, NULL, 0, tens, NULL); }

static int32_t cognitive_problem(const uint8_t *text, size_t length, const char *note) { return cognition(decide, text, length, note); }
static int32_t cognitive_with(const uint8_t *text, size_t length, const char *note) { return cognition(decide_tens, text, length, note); }
static int32_t cognitive_constraints(const uint8_t *text, size_t length, const char *note) { return cognition(decide_within, text, length, note); }
static int32_t cognitive_outcome(const uint8_t *text, size_t length, const char *note) { return cognition(rancog_cognitive_report_outcome, text, length, note); }
static int32_t cognitive_message(const uint8_t *text, size_t length, const char *note) { return cognition(rancog_cognitive_ingest, text, length, note); }

const json_call json_calls[] = {
    {"expand_subjective_time problem", expand_problem, sample_problem_full, 1, 0, 0, NULL},
    {"expand_subjective_time constraints", expand_constraints, sample_constraints, 1, 1, 0, NULL},
    {"parallel_temporal_analysis problems", parallel, sample_problems, 1, 0, 0, NULL},
    {"analyze_temporal_patterns timeline", rancog_temporal_analyze_temporal_patterns, sample_timeline, 1, 0, 0, NULL},
    {"predict_future_states timeline", predict, sample_timeline, 1, 0, 0, NULL},
    {"optimize_temporal_expansion timeline", rancog_temporal_optimize_temporal_expansion, sample_timeline, 1, 0, 0, NULL},
    {"report_render result", report, sample_result, 0, 0, 1, NULL},
    {"scheduler_create options", NULL, sample_scheduler_options, 0, 1, 0, scheduler_options},
    {"pool_create options", NULL, sample_pool_options, 0, 1, 0, pool_options},
    {"scheduler_schedule_task type", NULL, sample_task_type, 0, 0, 0, scheduler_type},
    {"scheduler_schedule_recurring_task type", NULL, sample_task_type, 0, 0, 0, scheduler_recurring_type},
    {"loader_create options", NULL, sample_loader_options, 0, 1, 0, loader_options},
    {"loader_load_module config of temporal", NULL, sample_temporal_config, 0, 1, 0, temporal_config},
    {"loader_load_module config of scheduler", NULL, sample_scheduler_options, 0, 1, 0, scheduler_config},
    {"loader_load_module config of memory", NULL, sample_memory_options, 0, 1, 0, memory_config},
    {"memory_create options", NULL, sample_memory_options, 0, 1, 0, memory_options},
    {"memory_store episode", NULL, sample_memory_episode, 0, 0, 0, memory_episode},
    {"memory_recall query", NULL, sample_memory_query, 0, 0, 0, memory_query},
    {"memory_update update", NULL, sample_memory_update, 0, 0, 0, memory_update},
    {"memory_analyze request", NULL, sample_memory_request, 0, 0, 0, memory_request},
    {"loader_load_module config of optimization", NULL, sample_optimization_options, 0, 1, 0, optimization_config},
    {"optimization_create options", NULL, sample_optimization_options, 0, 1, 0, optimization_options},
    {"optimization_optimize problem with a function", NULL, sample_optimization_function, 0, 0, 0, optimization_problem},
    {"optimization_optimize problem ES", NULL, sample_optimization_energy, 0, 0, 0, optimization_problem},
    {"optimization_optimize problem CCO", NULL, sample_optimization_coverage, 0, 0, 0, optimization_problem},
    {"optimization_optimize problem PCI", NULL, sample_optimization_identities, 0, 0, 0, optimization_problem},
    {"optimization_optimize problem SLICE", NULL, sample_optimization_slices, 0, 0, 0, optimization_problem},
    {"optimization_optimize problem MRO", NULL, sample_optimization_mobility, 0, 0, 0, optimization_problem},
    {"optimization_optimize_with problem", NULL, sample_optimization_problem, 0, 0, 0, optimization_with},
    {"optimization_optimize_with_batch problem", NULL, sample_optimization_problem, 0, 0, 0, optimization_with_batch},
    {"optimization_begin problem", NULL, sample_optimization_problem, 0, 0, 0, optimization_begin},
    {"optimization_evaluate_network network", NULL, sample_network, 0, 0, 0, optimization_network},
    {"loader_load_module config of strangeLoop", NULL, sample_loop_options, 0, 1, 0, loop_config},
    {"strange_loop_create options", NULL, sample_loop_options, 0, 1, 0, loop_options},
    {"strange_loop_solve request linear", NULL, sample_loop_linear, 0, 0, 0, loop_solve},
    {"strange_loop_solve request load coupling", NULL, sample_loop_coupling, 0, 0, 0, loop_solve},
    {"strange_loop_solve request expression", NULL, sample_loop_expression, 0, 0, 0, loop_solve},
    {"strange_loop_solve_with request", NULL, sample_loop_with, 0, 0, 0, loop_solve_with},
    {"strange_loop_observe observation", NULL, sample_loop_observation, 0, 0, 0, loop_observe},
    {"strange_loop_detect_conflicts request", NULL, sample_loop_conflicts, 0, 0, 0, loop_conflicts},
    {"strange_loop_restore state", NULL, sample_loop_state, 0, 0, 0, loop_restore},
    {"loader_load_module config of cognitive", NULL, sample_cognition_options, 0, 1, 0, cognitive_config},
    {"cognitive_create options", NULL, sample_cognition_options, 0, 1, 0, cognitive_options},
    {"cognitive_decide problem", NULL, sample_cognition_problem, 0, 0, 0, cognitive_problem},
    {"cognitive_decide problem intent", NULL, sample_cognition_intent, 0, 0, 0, cognitive_problem},
    {"cognitive_decide problem with a network", NULL, sample_cognition_network, 0, 0, 0, cognitive_problem},
    {"cognitive_decide constraints", NULL, sample_constraints, 0, 1, 0, cognitive_constraints},
    {"cognitive_decide_with problem", NULL, sample_cognition_problem, 0, 0, 0, cognitive_with},
    {"cognitive_report_outcome outcome", NULL, sample_cognition_outcome, 0, 0, 0, cognitive_outcome},
    {"cognitive_ingest message of rows", NULL, sample_cognition_rows, 0, 0, 0, cognitive_message},
    {"cognitive_ingest message of an event", NULL, sample_cognition_event, 0, 0, 0, cognitive_message},
    {"cognitive_ingest message of cells", NULL, sample_cognition_cells, 0, 0, 0, cognitive_message},
    {"scheduler_restore snapshot", NULL, sample_snapshot, 0, 0, 0, scheduler_snapshot},
};

const size_t json_calls_count = sizeof json_calls / sizeof json_calls[0];

int32_t json_call_check(const json_call *row, rancog_temporal *self, const void *text, size_t length, const char *note)
{
    uint8_t *result;
    if (row->check) {
        return row->check(text, length, note);
    }
    result = row->call(self, text, length);
    if (row->gives_html && rancog_last_status() == RANCOG_OK && result) {
        CHECK_CASE(strncmp(result_text(result), "<!DOCTYPE html", 14) == 0, note);
        CHECK_CASE(strlen(result_text(result)) == result_length(result), note);
        rancog_buffer_free(result);
        return RANCOG_OK;
    }
    return result_check_and_free(result, note);
}
