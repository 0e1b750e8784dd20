/* Handles of strange-loop cores: NULL, stale, of another kind, a module's, destroyed twice and under use; tasks of a scheduler with and without a loader's core. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "handle_kit.h"
#include "hosts.h"
#include "optimization_kit.h"
#include "rancognition.h"
#include "result.h"
#include "scheduler_kit.h"
#include "strange_loop_kit.h"

static const char linear[] = "{\"map\":{\"type\":\"linear\",\"matrix\":[[0.5,0.25],[-0.25,0.125]],\"offset\":[1,2]}}";
static const char prediction[] = "{\"loop_id\":\"l\",\"time_ns\":5,\"predict\":{\"m\":{\"mean\":1,\"lower\":0,\"upper\":2}}}";
static const char outcome_of_it[] = "{\"loop_id\":\"l\",\"time_ns\":6,\"observed\":{\"m\":1.5}}";

static void refused_everywhere(void *handle, const char *note)
{
    rancog_strange_loop *self = handle;
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

static void is_new(void *self)
{
    char *state = loop_kit_state(self);
    CHECK_CASE(strstr(state, "\"loops\":[],") != NULL, state);
    free(state);
}

static const handle_subject subject = {HANDLE_STRANGE_LOOP, refused_everywhere, is_new};

/* ---- modules ---- */
static void the_core_of_a_module_belongs_to_its_loader(void)
{
    static const uint8_t config[] = "{\"aci_step\":0.25}";
    rancog_host host = host_fixed();
    rancog_loader *loader = rancog_loader_create(NULL, 0, &host);
    rancog_strange_loop *core = handle_kit_of_loader(HANDLE_STRANGE_LOOP, loader, (const char *)config), *other = loop_kit_create((const char *)config, &host);
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
    CHECK(rancog_loader_load_module(loader, (const uint8_t *)"strangeLoop", 11, (const uint8_t *)"{\"levels\":4}", 12) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT && error_names("levels"));
    rancog_loader_destroy(loader);
    loop_kit_destroy(other);
}

/* ---- tasks ---- */
#define TASK "\"StrangeLoop\""

static void tasks_of_a_scheduler_give_what_the_core_gives(int with_module)
{
    rancog_host host = host_fixed();
    rancog_loader *loader = rancog_loader_create(NULL, 0, &host);
    const char *config = with_module ? "{\"aci_step\":0.25}" : NULL;
    rancog_strange_loop *core = with_module ? handle_kit_of_loader(HANDLE_STRANGE_LOOP, loader, config) : NULL, *like = loop_kit_create(config, &host);
    rancog_scheduler *scheduler = kit_of_loader(loader);
    char data[600];
    if (core) { /* what was said to it is there */
        free(loop_kit_answer(rancog_strange_loop_observe, core, "{\"loop_id\":\"before\",\"time_ns\":1,\"predict\":{\"m\":{\"mean\":1}}}"));
        free(loop_kit_answer(rancog_strange_loop_observe, like, "{\"loop_id\":\"before\",\"time_ns\":1,\"predict\":{\"m\":{\"mean\":1}}}"));
    }
    kit_task_gives(scheduler, TASK, linear, loop_kit_answer(rancog_strange_loop_solve, like, linear));
    kit_task_gives(scheduler, TASK, "{\"map\":{\"type\":\"linear\",\"matrix\":[[0.5,0.25],[-0.25,0.125]],\"offset\":[1,2]},\"op\":\"solve\"}", loop_kit_answer(rancog_strange_loop_solve, like, linear));
    snprintf(data, sizeof data, "{\"op\":\"observe\",%s", prediction + 1);
    kit_task_gives(scheduler, TASK, data, loop_kit_answer(rancog_strange_loop_observe, like, prediction));
    snprintf(data, sizeof data, "{\"op\":\"observe\",\"request\":%s}", outcome_of_it);
    kit_task_gives(scheduler, TASK, data, loop_kit_answer(rancog_strange_loop_observe, like, outcome_of_it));
    snprintf(data, sizeof data, "{\"op\":\"detect_conflicts\",\"keep\":true,%s", loop_kit_conflict + 1);
    {
        char keeping[600];
        snprintf(keeping, sizeof keeping, "{\"keep\":true,%s", loop_kit_conflict + 1);
        kit_task_gives(scheduler, TASK, data, loop_kit_answer(rancog_strange_loop_detect_conflicts, like, keeping));
    }
    kit_task_gives(scheduler, TASK, "{\"op\":\"get_state\"}", loop_kit_state(like));
    if (core) {
        char *mine = loop_kit_state(core), *its = loop_kit_state(like);
        CHECK_CASE(strcmp(mine, its) == 0 && strstr(mine, "\"before\""), mine);
        free(mine), free(its);
        /* When the module goes, tasks have a core of their own, which knows nothing. */
        CHECK(rancog_loader_unload_module(loader, (const uint8_t *)"strangeLoop", 11) == RANCOG_OK);
        kit_task_ends(scheduler, TASK, "{\"op\":\"get_state\"}", 1, "\"aci_step\":0.05,\"levels\":2,\"loops\":[],");
    }
    rancog_loader_destroy(loader);
    loop_kit_destroy(like);
}

static void tasks_use_the_core_of_the_loader(void) { tasks_of_a_scheduler_give_what_the_core_gives(1); }
static void tasks_use_one_of_their_own_without_it(void) { tasks_of_a_scheduler_give_what_the_core_gives(0); }

static void tasks_that_cannot_be_done_fail_with_the_reason(void)
{
    static const kit_failure cases[] = {
        {"{\"x0\":[1]}", "map"}, {"{", "data"}, {"[]", "data"}, {"{\"op\":\"dream\"}", "dream"}, {"{\"op\":\"observe\"}", "loop_id"},
        {"{\"op\":\"observe\",\"loop_id\":\"l\",\"observed\":{\"m\":1}}", "observed/m"}, {"{\"op\":\"detect_conflicts\",\"commands\":7}", "/commands"},
        {"{\"map\":{\"type\":\"linear\",\"matrix\":[[1,2]]}}", "/map/matrix"}, {"{\"map\":{\"type\":\"expression\",\"variables\":[\"x\"],\"expressions\":[\"y\"]}}", "data/map/expressions/0"}, {NULL, "data"},
    };
    kit_tasks_fail(TASK, cases, sizeof cases / sizeof cases[0], linear, "");
}

/* A task runs in a map that serves the loader's core: that core is busy, and the task says so. */
static rancog_scheduler *nested;

static void execute_inside(loop_record *record)
{
    if (record->calls == 1) {
        kit_task_ends(nested, TASK, linear, 0, "");
    }
}

static void a_task_inside_of_a_map_finds_the_core_busy(void)
{
    rancog_loader *loader = rancog_loader_create(NULL, 0, NULL);
    rancog_strange_loop *core = handle_kit_of_loader(HANDLE_STRANGE_LOOP, loader, NULL);
    loop_record record = loop_kit_record(1, loop_kit_cosine);
    nested = kit_of_loader(loader);
    record.inside = execute_inside;
    CHECK(loop_kit_with(core, "{\"x0\":[1]}", &record, NULL) == RANCOG_OK && record.calls > 3);
    kit_task_ends(nested, TASK, linear, 1, "");
    rancog_loader_destroy(loader);
}

/* ---- destroyed under use ---- */
static int32_t use(void *self, size_t i)
{
    loop_record record;
    uint8_t *state;
    int32_t status;
    switch (i % 5) {
    case 0: return loop_kit_call(rancog_strange_loop_solve, self, linear, NULL);
    case 1:
        record = loop_kit_record(2, loop_kit_cosine);
        status = loop_kit_with(self, "{\"x0\":[1,0]}", &record, NULL);
        CHECK(record.faults == 0);
        return status;
    case 2: return loop_kit_call(rancog_strange_loop_observe, self, prediction, NULL);
    case 3: return loop_kit_call(rancog_strange_loop_detect_conflicts, self, loop_kit_conflict, NULL);
    default:
        state = rancog_strange_loop_get_state(self);
        status = rancog_last_status();
        if (status == RANCOG_OK) {
            status = rancog_strange_loop_restore(self, (const uint8_t *)result_text(state), result_length(state));
        }
        rancog_buffer_free(state);
        return status;
    }
}

static void destroying_under_users_is_safe(void)
{
    size_t round;
    for (round = 0; round < check_scale(40, 4); round++) {
        handle_kit_destroy_under_use(HANDLE_STRANGE_LOOP, loop_kit_create(NULL, NULL), use);
    }
}

int main(void)
{
    handle_kit_run(&subject);
    RUN(the_core_of_a_module_belongs_to_its_loader);
    RUN(tasks_use_the_core_of_the_loader);
    RUN(tasks_use_one_of_their_own_without_it);
    RUN(tasks_that_cannot_be_done_fail_with_the_reason);
    RUN(a_task_inside_of_a_map_finds_the_core_busy);
    RUN(destroying_under_users_is_safe);
    return check_finish();
}
