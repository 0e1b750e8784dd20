/* Handles of strange-loop cores: NULL, stale, of another kind, a module's, destroyed twice and under use; tasks of a scheduler with and without a loader's core. */
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
#include "strange_loop_kit.h"

static const char linear[] = "{\"map\":{\"type\":\"linear\",\"matrix\":[[0.5,0.25],[-0.25,0.125]],\"offset\":[1,2]}}";
static const char prediction[] = "{\"loop_id\":\"l\",\"time_ns\":5,\"predict\":{\"m\":{\"mean\":1,\"lower\":0,\"upper\":2}}}";
static const char outcome_of_it[] = "{\"loop_id\":\"l\",\"time_ns\":6,\"observed\":{\"m\":1.5}}";

static void refused_everywhere(rancog_strange_loop *self, const char *note)
{
    loop_record record = loop_kit_record(1, loop_kit_cosine);
    CHECK_CASE(loop_kit_call(rancog_strange_loop_solve, self, linear, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(loop_kit_call(rancog_strange_loop_observe, self, prediction, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(loop_kit_call(rancog_strange_loop_detect_conflicts, self, loop_kit_conflict, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(loop_kit_with(self, "{\"x0\":[1]}", &record, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_strange_loop_solve(self, NULL, 0), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_strange_loop_solve_with(self, NULL, 0, NULL, NULL), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_strange_loop_observe(self, NULL, 0), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_strange_loop_detect_conflicts(self, NULL, 0), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_strange_loop_get_state(self), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(loop_kit_restore(self, "{}") == RANCOG_E_INVALID_HANDLE && rancog_strange_loop_restore(self, NULL, 0) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(record.calls == 0, note);
}

static void null_and_what_is_destroyed_are_refused_everywhere(void)
{
    rancog_strange_loop *self = loop_kit_create(NULL, NULL), *next;
    char *state;
    refused_everywhere(NULL, "NULL");
    rancog_strange_loop_destroy(NULL);
    CHECK(rancog_last_status() == RANCOG_OK);
    CHECK(loop_kit_call(rancog_strange_loop_observe, self, prediction, NULL) == RANCOG_OK);
    loop_kit_destroy(self);
    refused_everywhere(self, "destroyed");
    rancog_strange_loop_destroy(self);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    next = loop_kit_create(NULL, NULL);
    CHECK(next != self);
    state = loop_kit_state(next);
    CHECK_CASE(strstr(state, "\"loops\":[],") != NULL, state); /* nothing of the one before */
    free(state);
    refused_everywhere(self, "stale");
    loop_kit_destroy(next);
    refused_everywhere((rancog_strange_loop *)(uintptr_t)1, "1");
    refused_everywhere((rancog_strange_loop *)(uintptr_t)UINT64_MAX, "all bits");
}

static void handles_of_other_kinds_are_refused_and_go_on_working(void)
{
    rancog_temporal *temporal = rancog_temporal_create(10, 4, NULL);
    rancog_scheduler *scheduler = rancog_scheduler_create(NULL, 0, NULL);
    rancog_pool *pool = rancog_pool_create(NULL, 0, NULL);
    rancog_memory *memory = rancog_memory_create(NULL, 0, NULL);
    rancog_optimization *optimization = rancog_optimization_create(NULL, 0, NULL);
    rancog_loader *loader = rancog_loader_create(NULL, 0, NULL);
    rancog_module *module = rancog_loader_load_module(loader, (const uint8_t *)"temporal", 8, NULL, 0);
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    void *others[7];
    size_t i;
    others[0] = temporal, others[1] = scheduler, others[2] = pool, others[3] = memory, others[4] = optimization, others[5] = loader, others[6] = module;
    for (i = 0; i < 7; i++) {
        refused_everywhere(others[i], "another kind");
        rancog_strange_loop_destroy(others[i]);
        CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    }
    CHECK(rancog_temporal_set_consciousness_level((rancog_temporal *)(void *)self, 0.5) == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_memory_flush((rancog_memory *)(void *)self) == RANCOG_E_INVALID_HANDLE);
    rancog_optimization_destroy((rancog_optimization *)(void *)self);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_module_get_strange_loop(module) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_module_get_strange_loop((rancog_module *)(void *)self) == NULL && rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_module_get_strange_loop(NULL) == NULL && rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_temporal_set_consciousness_level(temporal, 0.5) == RANCOG_OK);
    CHECK(loop_kit_call(rancog_strange_loop_solve, self, linear, NULL) == RANCOG_OK);
    loop_kit_destroy(self);
    rancog_loader_destroy(loader);
    rancog_optimization_destroy(optimization);
    rancog_memory_destroy(memory);
    rancog_pool_destroy(pool);
    rancog_scheduler_destroy(scheduler);
    rancog_temporal_destroy(temporal);
}

/* ---- modules ---- */
static rancog_strange_loop *core_of(rancog_loader *loader, const char *config)
{
    rancog_module *module = rancog_loader_load_module(loader, (const uint8_t *)"strangeLoop", 11, (const uint8_t *)config, config ? strlen(config) : 0);
    rancog_strange_loop *core = rancog_module_get_strange_loop(module);
    CHECK_CASE(core != NULL, rancog_last_error_message());
    return core;
}

static void the_core_of_a_module_belongs_to_its_loader(void)
{
    static const uint8_t config[] = "{\"aci_step\":0.25}";
    rancog_host host = host_fixed();
    rancog_loader *loader = rancog_loader_create(NULL, 0, &host);
    rancog_strange_loop *core = core_of(loader, (const char *)config), *other = loop_kit_create((const char *)config, &host);
    rancog_module *module = rancog_loader_load_module(loader, (const uint8_t *)"strangeLoop", 11, config, sizeof config - 1);
    uint8_t *interfaces = rancog_module_interfaces(module);
    char *mine, *its;
    CHECK(rancog_module_get_strange_loop(module) == core);
    CHECK(rancog_module_get_temporal(module) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_module_get_optimization(module) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    CHECK(result_contains(interfaces, "\"solve_with\"") && result_contains(interfaces, "\"detect_conflicts\"") && result_contains(interfaces, "\"restore\""));
    rancog_buffer_free(interfaces);
    CHECK(result_check_and_free(rancog_module_memory(module), "memory") == RANCOG_OK);
    rancog_strange_loop_destroy(core);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    CHECK(loop_kit_call(rancog_strange_loop_observe, core, prediction, &its) == RANCOG_OK);
    CHECK(loop_kit_call(rancog_strange_loop_observe, other, prediction, &mine) == RANCOG_OK);
    CHECK_CASE(strcmp(mine, its) == 0, its);
    free(mine), free(its);
    mine = loop_kit_state(other), its = loop_kit_state(core);
    CHECK_CASE(strcmp(mine, its) == 0 && strstr(its, "\"aci_step\":0.25"), its);
    free(mine), free(its);
    CHECK(rancog_loader_unload_module(loader, (const uint8_t *)"strangeLoop", 11) == RANCOG_OK);
    refused_everywhere(core, "unloaded");
    CHECK(rancog_loader_load_module(loader, (const uint8_t *)"strangeLoop", 11, (const uint8_t *)"{\"levels\":4}", 12) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT && loop_kit_names("levels"));
    rancog_loader_destroy(loader);
    loop_kit_destroy(other);
}

/* ---- tasks ---- */
static char *run_task(rancog_scheduler *scheduler, const char *data)
{
    CHECK_CASE(kit_schedule(scheduler, 1, 1, "\"StrangeLoop\"", data) != 0, rancog_last_error_message());
    CHECK(rancog_scheduler_advance_time(scheduler, 10) == RANCOG_OK);
    return kit_execute(scheduler, 10);
}

/* Whether a task gives this result, but for its times: a scheduler's clock is its own. */
static void gives(rancog_scheduler *scheduler, const char *data, char *result)
{
    char *outcome = run_task(scheduler, data);
    result[optimization_kit_at(result, "execution_time") - result] = 0;
    CHECK_CASE(strstr(outcome, "\"success\":true") && strstr(outcome, result), outcome);
    free(outcome), free(result);
}

static void tasks_of_a_scheduler_give_what_the_core_gives(int with_module)
{
    rancog_host host = host_fixed();
    rancog_loader *loader = rancog_loader_create(NULL, 0, &host);
    const char *config = with_module ? "{\"aci_step\":0.25}" : NULL;
    rancog_strange_loop *core = with_module ? core_of(loader, config) : NULL, *like = loop_kit_create(config, &host);
    rancog_scheduler *scheduler = rancog_module_get_scheduler(rancog_loader_load_module(loader, (const uint8_t *)"scheduler", 9, (const uint8_t *)"{\"mode\":\"virtual\"}", 18));
    char data[600];
    if (core) { /* what was said to it is there */
        free(loop_kit_answer(rancog_strange_loop_observe, core, "{\"loop_id\":\"before\",\"time_ns\":1,\"predict\":{\"m\":{\"mean\":1}}}"));
        free(loop_kit_answer(rancog_strange_loop_observe, like, "{\"loop_id\":\"before\",\"time_ns\":1,\"predict\":{\"m\":{\"mean\":1}}}"));
    }
    gives(scheduler, linear, loop_kit_answer(rancog_strange_loop_solve, like, linear));
    gives(scheduler, "{\"map\":{\"type\":\"linear\",\"matrix\":[[0.5,0.25],[-0.25,0.125]],\"offset\":[1,2]},\"op\":\"solve\"}", loop_kit_answer(rancog_strange_loop_solve, like, linear));
    snprintf(data, sizeof data, "{\"op\":\"observe\",%s", prediction + 1);
    gives(scheduler, data, loop_kit_answer(rancog_strange_loop_observe, like, prediction));
    snprintf(data, sizeof data, "{\"op\":\"observe\",\"request\":%s}", outcome_of_it);
    gives(scheduler, data, loop_kit_answer(rancog_strange_loop_observe, like, outcome_of_it));
    snprintf(data, sizeof data, "{\"op\":\"detect_conflicts\",\"keep\":true,%s", loop_kit_conflict + 1);
    {
        char keeping[600];
        snprintf(keeping, sizeof keeping, "{\"keep\":true,%s", loop_kit_conflict + 1);
        gives(scheduler, data, loop_kit_answer(rancog_strange_loop_detect_conflicts, like, keeping));
    }
    gives(scheduler, "{\"op\":\"get_state\"}", loop_kit_state(like));
    if (core) {
        char *mine = loop_kit_state(core), *its = loop_kit_state(like);
        CHECK_CASE(strcmp(mine, its) == 0 && strstr(mine, "\"before\""), mine);
        free(mine), free(its);
        /* When the module goes, tasks have a core of their own, which knows nothing. */
        CHECK(rancog_loader_unload_module(loader, (const uint8_t *)"strangeLoop", 11) == RANCOG_OK);
        mine = run_task(scheduler, "{\"op\":\"get_state\"}");
        CHECK_CASE(strstr(mine, "\"success\":true") && strstr(mine, "\"aci_step\":0.05,\"levels\":2,\"loops\":[],"), mine);
        free(mine);
    }
    rancog_loader_destroy(loader);
    loop_kit_destroy(like);
}

static void tasks_use_the_core_of_the_loader(void) { tasks_of_a_scheduler_give_what_the_core_gives(1); }
static void tasks_use_one_of_their_own_without_it(void) { tasks_of_a_scheduler_give_what_the_core_gives(0); }

static void tasks_that_cannot_be_done_fail_with_the_reason(void)
{
    static const struct { const char *data, *reason; } cases[] = {
        {"{\"x0\":[1]}", "map"}, {"{", "data"}, {"[]", "data"}, {"{\"op\":\"dream\"}", "dream"}, {"{\"op\":\"observe\"}", "loop_id"},
        {"{\"op\":\"observe\",\"loop_id\":\"l\",\"observed\":{\"m\":1}}", "observed/m"}, {"{\"op\":\"detect_conflicts\",\"commands\":7}", "/commands"},
        {"{\"map\":{\"type\":\"linear\",\"matrix\":[[1,2]]}}", "/map/matrix"}, {"{\"map\":{\"type\":\"expression\",\"variables\":[\"x\"],\"expressions\":[\"y\"]}}", "data/map/expressions/0"}, {NULL, "data"},
    };
    rancog_scheduler *scheduler = kit_virtual("");
    char *outcome;
    size_t i;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        outcome = run_task(scheduler, cases[i].data);
        CHECK_CASE(strstr(outcome, "\"success\":false") && strstr(outcome, cases[i].reason), outcome);
        free(outcome);
    }
    outcome = run_task(scheduler, linear); /* goes on working */
    CHECK_CASE(strstr(outcome, "\"success\":true") != NULL, outcome);
    free(outcome);
    rancog_scheduler_destroy(scheduler);
}

/* A task runs in a map that serves the loader's core: that core is busy, and the task says so. */
static rancog_scheduler *nested;

static void execute_inside(loop_record *record)
{
    if (record->calls == 1) {
        char *outcome = run_task(nested, linear);
        CHECK_CASE(strstr(outcome, "\"success\":false") != NULL, outcome);
        free(outcome);
    }
}

static void a_task_inside_of_a_map_finds_the_core_busy(void)
{
    rancog_loader *loader = rancog_loader_create(NULL, 0, NULL);
    rancog_strange_loop *core = core_of(loader, NULL);
    loop_record record = loop_kit_record(1, loop_kit_cosine);
    char *outcome;
    nested = rancog_module_get_scheduler(rancog_loader_load_module(loader, (const uint8_t *)"scheduler", 9, (const uint8_t *)"{\"mode\":\"virtual\"}", 18));
    record.inside = execute_inside;
    CHECK(loop_kit_with(core, "{\"x0\":[1]}", &record, NULL) == RANCOG_OK && record.calls > 3);
    outcome = run_task(nested, linear);
    CHECK_CASE(strstr(outcome, "\"success\":true") != NULL, outcome);
    free(outcome);
    rancog_loader_destroy(loader);
}

/* ---- destroyed under use ---- */
#define THREADS 6

static void *use_until_destroyed(void *argument)
{
    rancog_strange_loop *self = argument;
    loop_record record = loop_kit_record(2, loop_kit_cosine);
    int32_t status;
    size_t i = 0;
    do {
        uint8_t *state;
        switch (i++ % 5) {
        case 0: status = loop_kit_call(rancog_strange_loop_solve, self, linear, NULL); break;
        case 1: status = loop_kit_with(self, "{\"x0\":[1,0]}", &record, NULL); break;
        case 2: status = loop_kit_call(rancog_strange_loop_observe, self, prediction, NULL); break;
        case 3: status = loop_kit_call(rancog_strange_loop_detect_conflicts, self, loop_kit_conflict, NULL); break;
        default:
            state = rancog_strange_loop_get_state(self);
            status = rancog_last_status();
            if (status == RANCOG_OK) {
                status = rancog_strange_loop_restore(self, (const uint8_t *)result_text(state), result_length(state));
            }
            rancog_buffer_free(state);
        }
        CHECK_CASE(status == RANCOG_OK || status == RANCOG_E_INVALID_HANDLE, rancog_last_error_message());
    } while (status == RANCOG_OK);
    rancog_strange_loop_destroy(self); /* all but one come too late */
    CHECK(record.faults == 0);
    return NULL;
}

static void destroying_under_users_is_safe(void)
{
    size_t round, i;
    for (round = 0; round < check_scale(40, 4); round++) {
        rancog_strange_loop *self = loop_kit_create(NULL, NULL);
        pthread_t threads[THREADS];
        for (i = 0; i < THREADS; i++) {
            pthread_create(&threads[i], NULL, use_until_destroyed, self);
        }
        rancog_strange_loop_destroy(self);
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
    RUN(a_task_inside_of_a_map_finds_the_core_busy);
    RUN(destroying_under_users_is_safe);
    return check_finish();
}
