/* Handles of optimization cores: NULL, stale, of another kind, a module's, destroyed twice and under use; tasks of a scheduler with and without a loader's core. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "handle_kit.h"
#include "hosts.h"
#include "optimization_kit.h"
#include "rancognition.h"
#include "result.h"
#include "scheduler_kit.h"

static const char own_problem[] = "{\"variables\":[{\"name\":\"a\",\"type\":\"integer\",\"lower\":0,\"upper\":9}],\"objectives\":[{\"name\":\"o\"}],\"budget\":{\"evaluations\":5}}";
static const char function_problem[] = "{\"function\":{\"suite\":\"bbob\",\"id\":15,\"dimension\":3},\"budget\":{\"evaluations\":900}}";
static const char network[] = "{\"links\":{\"loss_db\":[[100]],\"azimuth_deg\":[[0]],\"zenith_deg\":[[95]]},\"traffic_mbps\":5}";

static void refused_everywhere(void *handle, const char *note)
{
    rancog_optimization *self = handle;
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

static void is_new(void *self) { CHECK(optimization_kit_result(self, NULL) == RANCOG_E_NOT_FOUND); }

static const handle_subject subject = {HANDLE_OPTIMIZATION, refused_everywhere, is_new};

/* ---- modules ---- */
static char *answer(optimization_call call, rancog_optimization *self, const char *json)
{
    char *text;
    CHECK_CASE(optimization_kit_call(call, self, json, &text) == RANCOG_OK, rancog_last_error_message());
    return text;
}

static void the_core_of_a_module_belongs_to_its_loader(void)
{
    rancog_host host = host_fixed();
    rancog_loader *loader = rancog_loader_create(NULL, 0, &host);
    rancog_optimization *core = handle_kit_of_loader(HANDLE_OPTIMIZATION, loader, "{\"seed\":5}"), *other = optimization_kit_create("{\"seed\":5}", &host), *without = optimization_kit_create(NULL, &host);
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
    free(its);
    its = answer(rancog_optimization_optimize, without, function_problem);
    CHECK(strcmp(mine, its) != 0); /* the seed is the config's */
    free(mine), free(its);
    CHECK(rancog_optimization_begin(core, (const uint8_t *)own_problem, sizeof own_problem - 1) == RANCOG_OK);
    CHECK(rancog_loader_unload_module(loader, (const uint8_t *)"optimization", 12) == RANCOG_OK);
    refused_everywhere(core, "unloaded");
    CHECK(rancog_loader_load_module(loader, (const uint8_t *)"optimization", 12, (const uint8_t *)"{\"threads\":0}", 13) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    rancog_loader_destroy(loader);
    optimization_kit_destroy(without);
    optimization_kit_destroy(other);
}

/* ---- tasks ---- */
#define TASK "\"Optimization\""

static void tasks_of_a_scheduler_give_what_the_core_gives(int with_module)
{
    rancog_host host = host_fixed();
    rancog_loader *loader = rancog_loader_create(NULL, 0, &host);
    const char *config = with_module ? "{\"seed\":5}" : NULL;
    rancog_optimization *core = with_module ? handle_kit_of_loader(HANDLE_OPTIMIZATION, loader, config) : NULL, *like = optimization_kit_create(config, &host);
    rancog_scheduler *scheduler = kit_of_loader(loader);
    CHECK(core == NULL || rancog_optimization_begin(core, (const uint8_t *)own_problem, sizeof own_problem - 1) == RANCOG_OK);
    kit_task_gives(scheduler, TASK, function_problem, answer(rancog_optimization_optimize, like, function_problem));
    kit_task_gives(scheduler, TASK, "{\"op\":\"evaluate_network\",\"network\":{\"links\":{\"loss_db\":[[100]],\"azimuth_deg\":[[0]],\"zenith_deg\":[[95]]},\"traffic_mbps\":5}}",
                   answer(rancog_optimization_evaluate_network, like, network));
    kit_task_gives(scheduler, TASK, "{\"op\":\"optimize\",\"problem\":{\"function\":{\"suite\":\"bbob\",\"id\":15,\"dimension\":3},\"budget\":{\"evaluations\":900}}}",
                   answer(rancog_optimization_optimize, like, function_problem));
    CHECK(core == NULL || optimization_kit_result(core, NULL) == RANCOG_OK); /* what was begun is still there */
    rancog_loader_destroy(loader);
    optimization_kit_destroy(like);
}

static void tasks_use_the_core_of_the_loader(void) { tasks_of_a_scheduler_give_what_the_core_gives(1); }
static void tasks_use_one_of_their_own_without_it(void) { tasks_of_a_scheduler_give_what_the_core_gives(0); }

static void tasks_that_cannot_be_done_fail_with_the_reason(void)
{
    static const kit_failure cases[] = {
        {"{\"variables\":[]}", "function"}, {"{", "data"}, {"[]", "data"}, {"{\"op\":\"dream\"}", "dream"},
        {"{\"op\":\"evaluate_network\"}", "network"}, {"{\"op\":\"evaluate_network\",\"network\":{\"traffic_mbps\":-1}}", "/network/traffic_mbps"},
        {"{\"problem_type\":\"ES\"}", "network"}, {"{\"function\":{\"suite\":\"bbob\",\"id\":99,\"dimension\":2}}", "/function/id"}, {NULL, "data"},
    };
    kit_tasks_fail(TASK, cases, sizeof cases / sizeof cases[0], function_problem, "");
}

/* A task runs in an evaluator that serves the loader's core: that core is busy, and the task says so. */
static rancog_scheduler *nested;

static void execute_inside(optimization_record *record)
{
    if (record->points == 0) {
        kit_task_ends(nested, TASK, function_problem, 0, "");
    }
}

static void a_task_inside_of_an_evaluator_finds_the_core_busy(void)
{
    rancog_loader *loader = rancog_loader_create(NULL, 0, NULL);
    rancog_optimization *core = handle_kit_of_loader(HANDLE_OPTIMIZATION, loader, NULL);
    optimization_record record = optimization_kit_record(1, 1, 0);
    nested = kit_of_loader(loader);
    record.inside = execute_inside;
    CHECK(optimization_kit_with(core, own_problem, &record, 0, NULL) == RANCOG_OK && record.points == 5);
    kit_task_ends(nested, TASK, function_problem, 1, "");
    optimization_kit_free(&record);
    rancog_loader_destroy(loader);
}

/* ---- destroyed under use ---- */
static int32_t use(void *self, size_t i)
{
    optimization_record record;
    double x[8], f[8] = {0};
    size_t rows = 0;
    int32_t status;
    switch (i % 6) {
    case 0: return optimization_kit_call(rancog_optimization_optimize, self, function_problem, NULL);
    case 1:
        record = optimization_kit_record(1, 1, 0);
        status = optimization_kit_with(self, own_problem, &record, i / 6 % 2, NULL);
        optimization_kit_free(&record);
        return status;
    case 2: return optimization_kit_call(rancog_optimization_evaluate_network, self, network, NULL);
    case 3: return rancog_optimization_begin(self, (const uint8_t *)own_problem, sizeof own_problem - 1);
    case 4:
        status = rancog_optimization_ask(self, x, 8, &rows);
        return status == RANCOG_OK && rows > 0 ? rancog_optimization_tell(self, x, f, NULL, rows) : status;
    default: status = optimization_kit_result(self, NULL); return status == RANCOG_E_NOT_FOUND ? RANCOG_OK : status;
    }
}

static void destroying_under_users_is_safe(void)
{
    size_t round;
    for (round = 0; round < check_scale(40, 4); round++) {
        handle_kit_destroy_under_use(HANDLE_OPTIMIZATION, optimization_kit_create(NULL, NULL), use);
    }
}

int main(void)
{
    handle_kit_run(&subject);
    RUN(the_core_of_a_module_belongs_to_its_loader);
    RUN(tasks_use_the_core_of_the_loader);
    RUN(tasks_use_one_of_their_own_without_it);
    RUN(tasks_that_cannot_be_done_fail_with_the_reason);
    RUN(a_task_inside_of_an_evaluator_finds_the_core_busy);
    RUN(destroying_under_users_is_safe);
    return check_finish();
}
