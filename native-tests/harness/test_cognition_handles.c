/* Handles of the cognitive core, the module that has one, and the tasks that use it. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "cognition_kit.h"
#include "hosts.h"
#include "optimization_kit.h"
#include "rancognition.h"
#include "result.h"
#include "scheduler_kit.h"
#include "text.h"

static const char small[] = "{\"current_state\":{\"m\":6},\"constraints\":[\"m <= 7\"],\"time_ns\":1600000000000000000,\"seed\":3}";
static const char rows[] = "{\"rows\":[{\"time_ns\":1599999999000000000,\"object\":\"o\",\"metric\":\"m\",\"value\":1}]}";
static const char outcome_of_it[] = "{\"decision_id\":1,\"time_ns\":1600003600000000000,\"observed\":{\"m\":6.5}}";

static void refused_everywhere(void *handle, const char *note)
{
    rancog_cognitive *self = handle;
    cognition_record record = cognition_kit_record();
    CHECK_CASE(cognition_kit_decide(self, small, NULL, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(cognition_kit_with(self, small, NULL, &record, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(cognition_kit_call(rancog_cognitive_report_outcome, self, outcome_of_it, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(cognition_kit_call(rancog_cognitive_ingest, self, rows, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(cognition_kit_rollback(self, 1, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_cognitive_get_state(self), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_cognitive_decide(self, NULL, 0, NULL, 0), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_cognitive_decide_with(self, NULL, 0, NULL, 0, NULL, NULL), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_cognitive_report_outcome(self, NULL, 0), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_cognitive_ingest(self, NULL, 0), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(record.calls == 0, note);
}

static void null_and_what_is_destroyed_are_refused_everywhere(void)
{
    rancog_cognitive *self = cognition_kit_create(NULL, NULL), *next;
    char *state;
    refused_everywhere(NULL, "NULL");
    rancog_cognitive_destroy(NULL);
    CHECK(rancog_last_status() == RANCOG_OK);
    CHECK(cognition_kit_decide(self, small, NULL, NULL) == RANCOG_OK);
    cognition_kit_destroy(self);
    refused_everywhere(self, "destroyed");
    rancog_cognitive_destroy(self);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    next = cognition_kit_create(NULL, NULL);
    CHECK(next != self);
    state = cognition_kit_state(next);
    CHECK_CASE(strstr(state, "\"TOTAL\":0}") != NULL, state); /* nothing of the one before */
    free(state);
    refused_everywhere(self, "stale");
    cognition_kit_destroy(next);
    refused_everywhere((rancog_cognitive *)(uintptr_t)1, "1");
    refused_everywhere((rancog_cognitive *)(uintptr_t)UINT64_MAX, "all bits");
}

static void handles_of_other_kinds_are_refused_and_go_on_working(void)
{
    rancog_temporal *temporal = rancog_temporal_create(10, 4, NULL);
    rancog_scheduler *scheduler = rancog_scheduler_create(NULL, 0, NULL);
    rancog_pool *pool = rancog_pool_create(NULL, 0, NULL);
    rancog_memory *memory = rancog_memory_create(NULL, 0, NULL);
    rancog_optimization *optimization = rancog_optimization_create(NULL, 0, NULL);
    rancog_strange_loop *loop = rancog_strange_loop_create(NULL, 0, NULL);
    rancog_loader *loader = rancog_loader_create(NULL, 0, NULL);
    rancog_module *module = rancog_loader_load_module(loader, (const uint8_t *)"temporal", 8, NULL, 0);
    rancog_cognitive *self = cognition_kit_create(NULL, NULL);
    void *others[8];
    size_t i;
    others[0] = temporal, others[1] = scheduler, others[2] = pool, others[3] = memory, others[4] = optimization, others[5] = loop, others[6] = loader, others[7] = module;
    for (i = 0; i < sizeof others / sizeof others[0]; i++) {
        refused_everywhere(others[i], "another kind");
        rancog_cognitive_destroy(others[i]);
        CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    }
    CHECK(rancog_temporal_set_consciousness_level((rancog_temporal *)(void *)self, 0.5) == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_memory_flush((rancog_memory *)(void *)self) == RANCOG_E_INVALID_HANDLE);
    rancog_strange_loop_destroy((rancog_strange_loop *)(void *)self);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_module_get_cognitive(module) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_module_get_cognitive((rancog_module *)(void *)self) == NULL && rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_module_get_cognitive(NULL) == NULL && rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_temporal_set_consciousness_level(temporal, 0.5) == RANCOG_OK);
    CHECK(cognition_kit_decide(self, small, NULL, NULL) == RANCOG_OK);
    cognition_kit_destroy(self);
    rancog_loader_destroy(loader);
    rancog_strange_loop_destroy(loop);
    rancog_optimization_destroy(optimization);
    rancog_memory_destroy(memory);
    rancog_pool_destroy(pool);
    rancog_scheduler_destroy(scheduler);
    rancog_temporal_destroy(temporal);
}

/* ---- modules ---- */
static rancog_cognitive *core_of(rancog_loader *loader, const char *config)
{
    rancog_module *module = rancog_loader_load_module(loader, (const uint8_t *)"cognitive", 9, (const uint8_t *)config, config ? strlen(config) : 0);
    rancog_cognitive *core = rancog_module_get_cognitive(module);
    CHECK_CASE(core != NULL, rancog_last_error_message());
    return core;
}

static void the_core_of_a_module_belongs_to_its_loader(void)
{
    static const uint8_t config[] = "{\"seed\":5}";
    rancog_host host = host_fixed();
    rancog_loader *loader = rancog_loader_create(NULL, 0, &host);
    rancog_cognitive *core = core_of(loader, (const char *)config), *other = cognition_kit_create((const char *)config, &host);
    rancog_module *module = rancog_loader_load_module(loader, (const uint8_t *)"cognitive", 9, config, sizeof config - 1);
    uint8_t *interfaces = rancog_module_interfaces(module);
    text problem = cognition_kit_fault("");
    char *mine, *its;
    CHECK(rancog_module_get_cognitive(module) == core);
    CHECK(rancog_module_get_temporal(module) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_module_get_strange_loop(module) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    CHECK(result_contains(interfaces, "\"decide\"") && result_contains(interfaces, "\"decide_with\"") && result_contains(interfaces, "\"report_outcome\"") && result_contains(interfaces, "\"rollback\""));
    CHECK(result_contains(interfaces, "\"get_state\"") && result_contains(interfaces, "\"ingest\""));
    rancog_buffer_free(interfaces);
    CHECK(result_check_and_free(rancog_module_memory(module), "memory") == RANCOG_OK);
    rancog_cognitive_destroy(core);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    mine = cognition_kit_decided(other, problem.bytes), its = cognition_kit_decided(core, problem.bytes);
    CHECK_CASE(strcmp(mine, its) == 0, its);
    free(mine), free(its);
    mine = cognition_kit_state(other), its = cognition_kit_state(core);
    CHECK_CASE(strcmp(mine, its) == 0 && strstr(its, "\"TOTAL\":1}"), its);
    free(mine), free(its);
    CHECK(rancog_loader_unload_module(loader, (const uint8_t *)"cognitive", 9) == RANCOG_OK);
    refused_everywhere(core, "unloaded");
    CHECK(rancog_loader_load_module(loader, (const uint8_t *)"cognitive", 9, (const uint8_t *)"{\"seed\":-4}", 11) == NULL && cognition_kit_names("seed"));
    text_free(&problem);
    rancog_loader_destroy(loader);
    cognition_kit_destroy(other);
}

/* ---- tasks ---- */
static char *run_task(rancog_scheduler *scheduler, const char *data)
{
    CHECK_CASE(kit_schedule(scheduler, 1, 1, "\"CognitiveProcessing\"", data) != 0, rancog_last_error_message());
    CHECK(rancog_scheduler_advance_time(scheduler, 10) == RANCOG_OK);
    return kit_execute(scheduler, 10);
}

/* Whether a task gives this result, but for its times: a scheduler's clock is its own. */
static void gives(rancog_scheduler *scheduler, const char *data, char *result)
{
    char *outcome = run_task(scheduler, data);
    char *times = strstr(result, "\"timing_ns\""), *end = times ? times : (char *)result + (optimization_kit_at(result, "execution_time") - result);
    *end = 0;
    CHECK_CASE(strstr(outcome, "\"success\":true") && strstr(outcome, result), outcome);
    free(outcome), free(result);
}

static char *rolled_back(rancog_cognitive *self, uint64_t decision)
{
    char *text;
    CHECK(cognition_kit_rollback(self, decision, &text) == RANCOG_OK);
    return text;
}

static void tasks_of_a_scheduler_give_what_the_core_gives(int with_module)
{
    rancog_host host = host_fixed();
    rancog_loader *loader = rancog_loader_create(NULL, 0, &host);
    const char *config = with_module ? "{\"seed\":5}" : NULL;
    rancog_cognitive *core = with_module ? core_of(loader, config) : NULL, *like = cognition_kit_create(config, &host);
    rancog_scheduler *scheduler = rancog_module_get_scheduler(rancog_loader_load_module(loader, (const uint8_t *)"scheduler", 9, (const uint8_t *)"{\"mode\":\"virtual\"}", 18));
    text fault = cognition_kit_fault(""), data = {NULL, 0, 0};
    static const char limits[] = "[{\"id\":\"c\",\"constraint_type\":\"min\",\"parameters\":{\"m\":5},\"priority\":1}]";
    char *limited;
    if (core) { /* what it decided is there */
        free(cognition_kit_decided(core, small));
        free(cognition_kit_decided(like, small));
    }
    gives(scheduler, fault.bytes, cognition_kit_decided(like, fault.bytes));
    text_add(&data, "{\"op\":\"decide\",%s", small + 1);
    gives(scheduler, data.bytes, cognition_kit_decided(like, small));
    data.length = 0;
    text_add(&data, "{\"problem\":%s,\"constraints\":%s}", small, limits);
    CHECK(cognition_kit_decide(like, small, limits, &limited) == RANCOG_OK);
    gives(scheduler, data.bytes, limited);
    data.length = 0;
    text_add(&data, "{\"op\":\"report_outcome\",%s", outcome_of_it + 1);
    gives(scheduler, data.bytes, cognition_kit_answer(rancog_cognitive_report_outcome, like, outcome_of_it));
    data.length = 0;
    text_add(&data, "{\"op\":\"report_outcome\",\"outcome\":%s}", outcome_of_it);
    gives(scheduler, data.bytes, cognition_kit_answer(rancog_cognitive_report_outcome, like, outcome_of_it));
    data.length = 0;
    text_add(&data, "{\"op\":\"ingest\",\"message\":%s}", rows);
    gives(scheduler, data.bytes, cognition_kit_answer(rancog_cognitive_ingest, like, rows));
    gives(scheduler, "{\"op\":\"rollback\",\"decision_id\":1}", rolled_back(like, 1));
    gives(scheduler, "{\"op\":\"get_state\"}", cognition_kit_state(like));
    if (core) {
        char *mine = cognition_kit_state(core), *its = cognition_kit_state(like);
        CHECK_CASE(strcmp(mine, its) == 0 && strstr(mine, "\"TOTAL\":4}"), mine);
        free(mine), free(its);
        /* When the module goes, tasks have a core of their own, which knows nothing. */
        CHECK(rancog_loader_unload_module(loader, (const uint8_t *)"cognitive", 9) == RANCOG_OK);
        mine = run_task(scheduler, "{\"op\":\"get_state\"}");
        CHECK_CASE(strstr(mine, "\"success\":true") && strstr(mine, "\"TOTAL\":0}"), mine);
        free(mine);
    }
    text_free(&fault), text_free(&data);
    rancog_loader_destroy(loader);
    cognition_kit_destroy(like);
}

static void tasks_use_the_core_of_the_loader(void) { tasks_of_a_scheduler_give_what_the_core_gives(1); }
static void tasks_use_one_of_their_own_without_it(void) { tasks_of_a_scheduler_give_what_the_core_gives(0); }

static void tasks_that_cannot_be_done_fail_with_the_reason(void)
{
    static const struct { const char *data, *reason; } cases[] = {
        {"{", "data"}, {"[]", "data"}, {"{\"op\":\"dream\"}", "dream"}, {"{\"op\":7}", "/op"}, {"{\"op\":\"report_outcome\"}", "decision_id"}, {"{\"op\":\"report_outcome\",\"decision_id\":9}", "there is no decision 9"},
        {"{\"op\":\"rollback\"}", "decision_id"}, {"{\"op\":\"rollback\",\"decision_id\":9}", "there is no decision 9"}, {"{\"op\":\"ingest\"}", "message"}, {"{\"op\":\"ingest\",\"message\":{}}", "of no known format"},
        {"{\"mode\":\"FAST\"}", "FAST"}, {"{\"problem\":7}", "data"}, {"{\"problem\":{},\"constraints\":7}", "constraints"}, {NULL, "data"},
    };
    rancog_scheduler *scheduler = kit_virtual("");
    char *outcome;
    size_t i;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        outcome = run_task(scheduler, cases[i].data);
        CHECK_CASE(strstr(outcome, "\"success\":false") && strstr(outcome, cases[i].reason), outcome);
        free(outcome);
    }
    outcome = run_task(scheduler, small); /* goes on working */
    CHECK_CASE(strstr(outcome, "\"success\":true") && strstr(outcome, "\"decision_id\":1,"), outcome);
    free(outcome);
    rancog_scheduler_destroy(scheduler);
}

/* A task runs in a model that serves the loader's core: that core is busy, and the task says so. */
static rancog_scheduler *nested;

static void execute_inside(cognition_record *record)
{
    if (record->calls == 1) {
        char *outcome = run_task(nested, small);
        CHECK_CASE(strstr(outcome, "\"success\":false") != NULL, outcome);
        free(outcome);
    }
}

static void a_task_inside_of_a_model_finds_the_core_busy(void)
{
    rancog_loader *loader = rancog_loader_create(NULL, 0, NULL);
    rancog_cognitive *core = core_of(loader, NULL);
    cognition_record record = cognition_kit_record();
    char *outcome;
    nested = rancog_module_get_scheduler(rancog_loader_load_module(loader, (const uint8_t *)"scheduler", 9, (const uint8_t *)"{\"mode\":\"virtual\"}", 18));
    record.inside = execute_inside;
    CHECK(cognition_kit_with(core, small, NULL, &record, NULL) == RANCOG_OK && record.calls >= 1);
    outcome = run_task(nested, small);
    CHECK_CASE(strstr(outcome, "\"success\":true") && strstr(outcome, "\"decision_id\":2,"), outcome);
    free(outcome);
    cognition_kit_free(&record);
    rancog_loader_destroy(loader);
}

/* ---- destroyed under use ---- */
#define THREADS 6

static void *use_until_destroyed(void *argument)
{
    rancog_cognitive *self = argument;
    cognition_record record = cognition_kit_record();
    int32_t status;
    size_t i = 0;
    do {
        switch (i++ % 6) {
        case 0: status = cognition_kit_decide(self, small, NULL, NULL); break;
        case 1: status = cognition_kit_with(self, small, NULL, &record, NULL); break;
        case 2: status = cognition_kit_call(rancog_cognitive_report_outcome, self, outcome_of_it, NULL); break;
        case 3: status = cognition_kit_call(rancog_cognitive_ingest, self, rows, NULL); break;
        case 4: status = cognition_kit_rollback(self, 1, NULL); break;
        default: status = result_check_and_free(rancog_cognitive_get_state(self), "get_state"); break;
        }
        CHECK_CASE(status == RANCOG_OK || status == RANCOG_E_INVALID_HANDLE, rancog_last_error_message());
    } while (status == RANCOG_OK);
    rancog_cognitive_destroy(self); /* all but one come too late */
    CHECK(record.faults == 0);
    cognition_kit_free(&record);
    return NULL;
}

static void destroying_under_users_is_safe(void)
{
    size_t round, i;
    for (round = 0; round < check_scale(30, 4); round++) {
        rancog_cognitive *self = cognition_kit_create(NULL, NULL);
        pthread_t threads[THREADS];
        for (i = 0; i < THREADS; i++) {
            pthread_create(&threads[i], NULL, use_until_destroyed, self);
        }
        rancog_cognitive_destroy(self);
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
    RUN(a_task_inside_of_a_model_finds_the_core_busy);
    RUN(destroying_under_users_is_safe);
    return check_finish();
}
