/* Handles of optimization cores: NULL, stale, of another kind, a module's, destroyed twice and under use; tasks of a scheduler with and without a loader's core. */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "hosts.h"
#include "optimization_kit.h"
#include "rancognition.h"
#include "result.h"
#include "scheduler_kit.h"

static const char own_problem[] = "{\"variables\":[{\"name\":\"a\",\"type\":\"integer\",\"lower\":0,\"upper\":9}],\"objectives\":[{\"name\":\"o\"}],\"budget\":{\"evaluations\":5}}";
static const char function_problem[] = "{\"function\":{\"suite\":\"bbob\",\"id\":15,\"dimension\":3},\"budget\":{\"evaluations\":900}}";
static const char network[] = "{\"links\":{\"loss_db\":[[100]],\"azimuth_deg\":[[0]],\"zenith_deg\":[[95]]},\"traffic_mbps\":5}";

static void refused_everywhere(rancog_optimization *self, const char *note)
{
    optimization_record record = optimization_kit_record(1, 1, 0);
    double x[1] = {7}, f[1] = {7};
    size_t rows = 7;
    CHECK_CASE(optimization_kit_call(rancog_optimization_optimize, self, function_problem, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(optimization_kit_call(rancog_optimization_evaluate_network, self, network, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_optimization_optimize(self, NULL, 0), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_optimization_evaluate_network(self, NULL, 0), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(optimization_kit_with(self, own_problem, &record, 0, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(optimization_kit_with(self, own_problem, &record, 1, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_optimization_optimize_with(self, NULL, 0, NULL, NULL), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_optimization_optimize_with_batch(self, NULL, 0, NULL, NULL), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_optimization_begin(self, (const uint8_t *)own_problem, sizeof own_problem - 1) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_optimization_ask(self, x, 1, &rows) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_optimization_ask(self, NULL, 0, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_optimization_tell(self, x, f, NULL, 1) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_optimization_tell(self, NULL, NULL, NULL, 0) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(optimization_kit_result(self, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(x[0] == 7 && rows == 7 && record.calls == 0, note);
    optimization_kit_free(&record);
}

static void null_and_what_is_destroyed_are_refused_everywhere(void)
{
    rancog_optimization *self = optimization_kit_create(NULL, NULL), *next;
    refused_everywhere(NULL, "NULL");
    rancog_optimization_destroy(NULL);
    CHECK(rancog_last_status() == RANCOG_OK);
    CHECK(rancog_optimization_begin(self, (const uint8_t *)own_problem, sizeof own_problem - 1) == RANCOG_OK);
    optimization_kit_destroy(self);
    refused_everywhere(self, "destroyed");
    rancog_optimization_destroy(self);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    next = optimization_kit_create(NULL, NULL);
    CHECK(next != self);
    CHECK(optimization_kit_result(next, NULL) == RANCOG_E_NOT_FOUND); /* nothing of the one before */
    refused_everywhere(self, "stale");
    optimization_kit_destroy(next);
    refused_everywhere((rancog_optimization *)(uintptr_t)1, "1");
    refused_everywhere((rancog_optimization *)(uintptr_t)UINT64_MAX, "all bits");
}

static void handles_of_other_kinds_are_refused_and_go_on_working(void)
{
    rancog_temporal *temporal = rancog_temporal_create(10, 4, NULL);
    rancog_scheduler *scheduler = rancog_scheduler_create(NULL, 0, NULL);
    rancog_pool *pool = rancog_pool_create(NULL, 0, NULL);
    rancog_memory *memory = rancog_memory_create(NULL, 0, NULL);
    rancog_loader *loader = rancog_loader_create(NULL, 0, NULL);
    rancog_module *module = rancog_loader_load_module(loader, (const uint8_t *)"temporal", 8, NULL, 0);
    rancog_optimization *self = optimization_kit_create(NULL, NULL);
    void *others[6];
    size_t i;
    others[0] = temporal, others[1] = scheduler, others[2] = pool, others[3] = memory, others[4] = loader, others[5] = module;
    for (i = 0; i < 6; i++) {
        refused_everywhere(others[i], "another kind");
        rancog_optimization_destroy(others[i]);
        CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    }
    CHECK(rancog_temporal_set_consciousness_level((rancog_temporal *)(void *)self, 0.5) == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_memory_flush((rancog_memory *)(void *)self) == RANCOG_E_INVALID_HANDLE);
    rancog_pool_destroy((rancog_pool *)(void *)self);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_module_get_optimization(module) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_module_get_optimization((rancog_module *)(void *)self) == NULL && rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_module_get_optimization(NULL) == NULL && rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_temporal_set_consciousness_level(temporal, 0.5) == RANCOG_OK);
    optimization_kit_destroy(self);
    rancog_loader_destroy(loader);
    rancog_memory_destroy(memory);
    rancog_pool_destroy(pool);
    rancog_scheduler_destroy(scheduler);
    rancog_temporal_destroy(temporal);
}

/* ---- modules ---- */
static rancog_optimization *core_of(rancog_loader *loader, const char *config)
{
    rancog_module *module = rancog_loader_load_module(loader, (const uint8_t *)"optimization", 12, (const uint8_t *)config, config ? strlen(config) : 0);
    rancog_optimization *core = rancog_module_get_optimization(module);
    CHECK_CASE(core != NULL, rancog_last_error_message());
    return core;
}

static void the_core_of_a_module_belongs_to_its_loader(void)
{
    rancog_host host = host_fixed();
    rancog_loader *loader = rancog_loader_create(NULL, 0, &host);
    rancog_optimization *core = core_of(loader, "{\"seed\":5}"), *other = optimization_kit_create("{\"seed\":5}", &host);
    rancog_module *module = rancog_loader_load_module(loader, (const uint8_t *)"optimization", 12, (const uint8_t *)"{\"seed\":5}", 10);
    uint8_t *interfaces = rancog_module_interfaces(module);
    char *mine, *its;
    CHECK(rancog_module_get_optimization(module) == core);
    CHECK(rancog_module_get_temporal(module) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_module_get_memory(module) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    CHECK(result_contains(interfaces, "\"optimize_with\"") && result_contains(interfaces, "\"evaluate_network\""));
    rancog_buffer_free(interfaces);
    rancog_optimization_destroy(core);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    CHECK(optimization_kit_call(rancog_optimization_optimize, core, function_problem, &its) == RANCOG_OK);
    CHECK(optimization_kit_call(rancog_optimization_optimize, other, function_problem, &mine) == RANCOG_OK);
    CHECK_CASE(strcmp(mine, its) == 0, its);
    free(mine), free(its);
    CHECK(rancog_optimization_begin(core, (const uint8_t *)own_problem, sizeof own_problem - 1) == RANCOG_OK);
    CHECK(rancog_loader_unload_module(loader, (const uint8_t *)"optimization", 12) == RANCOG_OK);
    refused_everywhere(core, "unloaded");
    CHECK(rancog_loader_load_module(loader, (const uint8_t *)"optimization", 12, (const uint8_t *)"{\"threads\":0}", 13) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    rancog_loader_destroy(loader);
    optimization_kit_destroy(other);
}

/* ---- tasks ---- */
static char *run_task(rancog_scheduler *scheduler, const char *data)
{
    CHECK_CASE(kit_schedule(scheduler, 1, 1, "\"Optimization\"", data) != 0, rancog_last_error_message());
    CHECK(rancog_scheduler_advance_time(scheduler, 10) == RANCOG_OK);
    return kit_execute(scheduler, 10);
}

/* The result of the task is in its outcome, byte for byte. */
static int gives(const char *outcome, const char *result)
{
    return strstr(outcome, "\"success\":true") && strstr(outcome, result);
}

static void tasks_of_a_scheduler_give_what_the_core_gives(int with_module)
{
    rancog_host host = host_fixed();
    rancog_loader *loader = rancog_loader_create(NULL, 0, &host);
    rancog_optimization *core = with_module ? core_of(loader, "{\"seed\":5}") : NULL, *with_seed = optimization_kit_create("{\"seed\":5}", &host), *without = optimization_kit_create(NULL, &host);
    rancog_scheduler *scheduler = rancog_module_get_scheduler(rancog_loader_load_module(loader, (const uint8_t *)"scheduler", 9, (const uint8_t *)"{\"mode\":\"virtual\"}", 18));
    char *outcome, *five, *zero, *evaluation;
    CHECK(optimization_kit_call(rancog_optimization_optimize, with_seed, function_problem, &five) == RANCOG_OK);
    CHECK(optimization_kit_call(rancog_optimization_optimize, without, function_problem, &zero) == RANCOG_OK);
    CHECK(optimization_kit_call(rancog_optimization_evaluate_network, without, network, &evaluation) == RANCOG_OK);
    CHECK(strcmp(five, zero) != 0);
    CHECK(core == NULL || rancog_optimization_begin(core, (const uint8_t *)own_problem, sizeof own_problem - 1) == RANCOG_OK);
    outcome = run_task(scheduler, function_problem);
    /* A scheduler's clock is its own, and so are the times in the results of its tasks. */
    five[optimization_kit_at(five, "execution_time") - five] = 0, zero[optimization_kit_at(zero, "execution_time") - zero] = 0;
    evaluation[optimization_kit_at(evaluation, "execution_time") - evaluation] = 0;
    CHECK_CASE(gives(outcome, with_module ? five : zero), outcome);
    free(outcome);
    outcome = run_task(scheduler, "{\"op\":\"evaluate_network\",\"network\":{\"links\":{\"loss_db\":[[100]],\"azimuth_deg\":[[0]],\"zenith_deg\":[[95]]},\"traffic_mbps\":5}}");
    CHECK_CASE(gives(outcome, evaluation), outcome);
    free(outcome);
    outcome = run_task(scheduler, "{\"op\":\"optimize\",\"problem\":{\"function\":{\"suite\":\"bbob\",\"id\":15,\"dimension\":3},\"budget\":{\"evaluations\":900}}}");
    CHECK_CASE(gives(outcome, with_module ? five : zero), outcome);
    free(outcome);
    CHECK(core == NULL || optimization_kit_result(core, NULL) == RANCOG_OK); /* what was begun is still there */
    free(five), free(zero), free(evaluation);
    rancog_loader_destroy(loader);
    optimization_kit_destroy(without);
    optimization_kit_destroy(with_seed);
}

static void tasks_use_the_core_of_the_loader(void) { tasks_of_a_scheduler_give_what_the_core_gives(1); }
static void tasks_use_one_of_their_own_without_it(void) { tasks_of_a_scheduler_give_what_the_core_gives(0); }

static void tasks_that_cannot_be_done_fail_with_the_reason(void)
{
    static const struct { const char *data, *reason; } cases[] = {
        {"{\"variables\":[]}", "function"}, {"{", "data"}, {"[]", "data"}, {"{\"op\":\"dream\"}", "dream"},
        {"{\"op\":\"evaluate_network\"}", "network"}, {"{\"op\":\"evaluate_network\",\"network\":{\"traffic_mbps\":-1}}", "/network/traffic_mbps"},
        {"{\"problem_type\":\"ES\"}", "network"}, {"{\"function\":{\"suite\":\"bbob\",\"id\":99,\"dimension\":2}}", "/function/id"}, {NULL, "data"},
    };
    rancog_scheduler *scheduler = kit_virtual("");
    size_t i;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *outcome = run_task(scheduler, cases[i].data);
        CHECK_CASE(strstr(outcome, "\"success\":false") && strstr(outcome, cases[i].reason), outcome);
        free(outcome);
    }
    {
        char *outcome = run_task(scheduler, function_problem); /* goes on working */
        CHECK_CASE(strstr(outcome, "\"success\":true") != NULL, outcome);
        free(outcome);
    }
    rancog_scheduler_destroy(scheduler);
}

/* A task runs in an evaluator that serves the loader's core: that core is busy, and the task says so. */
static rancog_scheduler *nested;

static void execute_inside(optimization_record *record)
{
    char *outcome;
    if (record->points == 0) {
        outcome = run_task(nested, function_problem);
        CHECK_CASE(strstr(outcome, "\"success\":false") != NULL, outcome);
        free(outcome);
    }
}

static void a_task_inside_of_an_evaluator_finds_the_core_busy(void)
{
    rancog_loader *loader = rancog_loader_create(NULL, 0, NULL);
    rancog_optimization *core = core_of(loader, NULL);
    optimization_record record = optimization_kit_record(1, 1, 0);
    char *outcome;
    nested = rancog_module_get_scheduler(rancog_loader_load_module(loader, (const uint8_t *)"scheduler", 9, (const uint8_t *)"{\"mode\":\"virtual\"}", 18));
    record.inside = execute_inside;
    CHECK(optimization_kit_with(core, own_problem, &record, 0, NULL) == RANCOG_OK && record.points == 5);
    outcome = run_task(nested, function_problem);
    CHECK_CASE(strstr(outcome, "\"success\":true") != NULL, outcome);
    free(outcome);
    optimization_kit_free(&record);
    rancog_loader_destroy(loader);
}

/* ---- destroyed under use ---- */
#define THREADS 6

static void *use_until_destroyed(void *argument)
{
    rancog_optimization *self = argument;
    optimization_record record = optimization_kit_record(1, 1, 0);
    int32_t status;
    size_t i = 0;
    do {
        double x[8], f[8] = {0};
        size_t rows = 0;
        switch (i++ % 6) {
        case 0: status = optimization_kit_call(rancog_optimization_optimize, self, function_problem, NULL); break;
        case 1: status = optimization_kit_with(self, own_problem, &record, i & 1, NULL); break;
        case 2: status = optimization_kit_call(rancog_optimization_evaluate_network, self, network, NULL); break;
        case 3: status = rancog_optimization_begin(self, (const uint8_t *)own_problem, sizeof own_problem - 1); break;
        case 4:
            status = rancog_optimization_ask(self, x, 8, &rows);
            if (status == RANCOG_OK && rows > 0) {
                status = rancog_optimization_tell(self, x, f, NULL, rows);
            }
            break;
        default: status = optimization_kit_result(self, NULL); status = status == RANCOG_E_NOT_FOUND ? RANCOG_OK : status; break;
        }
        CHECK_CASE(status == RANCOG_OK || status == RANCOG_E_INVALID_HANDLE, rancog_last_error_message());
    } while (status == RANCOG_OK);
    rancog_optimization_destroy(self); /* all but one come too late */
    optimization_kit_free(&record);
    return NULL;
}

static void destroying_under_users_is_safe(void)
{
    size_t round, i;
    for (round = 0; round < check_scale(40, 4); round++) {
        rancog_optimization *self = optimization_kit_create(NULL, NULL);
        pthread_t threads[THREADS];
        for (i = 0; i < THREADS; i++) {
            pthread_create(&threads[i], NULL, use_until_destroyed, self);
        }
        rancog_optimization_destroy(self);
        for (i = 0; i < THREADS; i++) {
            pthread_join(threads[i], NULL);
        }
    }
}

int main(void)
{
    RUN(null_and_what_is_destroyed_are_refused_everywhere);
    RUN(handles_of_other_kinds_are_refused_and_go_on_working);
    RUN(the_core_of_a_module_belongs_to_its_loader);
    RUN(tasks_use_the_core_of_the_loader);
    RUN(tasks_use_one_of_their_own_without_it);
    RUN(tasks_that_cannot_be_done_fail_with_the_reason);
    RUN(a_task_inside_of_an_evaluator_finds_the_core_busy);
    RUN(destroying_under_users_is_safe);
    return check_finish();
}
