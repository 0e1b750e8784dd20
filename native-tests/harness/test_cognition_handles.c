/* Handles of the cognitive core, the module that has one, and the tasks that use it. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "handle_kit.h"
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

static void is_new(void *self)
{
    char *state = cognition_kit_state(self);
    CHECK_CASE(strstr(state, "\"TOTAL\":0}") != NULL, state);
    free(state);
}

static const handle_subject subject = {HANDLE_COGNITIVE, refused_everywhere, is_new};

/* ---- modules ---- */
static void the_core_of_a_module_belongs_to_its_loader(void)
{
    static const uint8_t config[] = "{\"seed\":5}";
    rancog_host host = host_fixed();
    rancog_loader *loader = rancog_loader_create(NULL, 0, &host);
    rancog_cognitive *core = handle_kit_of_loader(HANDLE_COGNITIVE, loader, (const char *)config), *other = cognition_kit_create((const char *)config, &host);
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
    CHECK(rancog_loader_load_module(loader, (const uint8_t *)"cognitive", 9, (const uint8_t *)"{\"seed\":-4}", 11) == NULL && error_names("seed"));
    text_free(&problem);
    rancog_loader_destroy(loader);
    cognition_kit_destroy(other);
}

/* ---- tasks ---- */
#define TASK "\"CognitiveProcessing\""

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
    rancog_cognitive *core = with_module ? handle_kit_of_loader(HANDLE_COGNITIVE, loader, config) : NULL, *like = cognition_kit_create(config, &host);
    rancog_scheduler *scheduler = kit_of_loader(loader);
    text fault = cognition_kit_fault(""), data = {NULL, 0, 0};
    static const char limits[] = "[{\"id\":\"c\",\"constraint_type\":\"min\",\"parameters\":{\"m\":5},\"priority\":1}]";
    char *limited;
    if (core) { /* what it decided is there */
        free(cognition_kit_decided(core, small));
        free(cognition_kit_decided(like, small));
    }
    kit_task_gives(scheduler, TASK, fault.bytes, cognition_kit_decided(like, fault.bytes));
    text_add(&data, "{\"op\":\"decide\",%s", small + 1);
    kit_task_gives(scheduler, TASK, data.bytes, cognition_kit_decided(like, small));
    data.length = 0;
    text_add(&data, "{\"problem\":%s,\"constraints\":%s}", small, limits);
    CHECK(cognition_kit_decide(like, small, limits, &limited) == RANCOG_OK);
    kit_task_gives(scheduler, TASK, data.bytes, limited);
    data.length = 0;
    text_add(&data, "{\"op\":\"report_outcome\",%s", outcome_of_it + 1);
    kit_task_gives(scheduler, TASK, data.bytes, cognition_kit_answer(rancog_cognitive_report_outcome, like, outcome_of_it));
    data.length = 0;
    text_add(&data, "{\"op\":\"report_outcome\",\"outcome\":%s}", outcome_of_it);
    kit_task_gives(scheduler, TASK, data.bytes, cognition_kit_answer(rancog_cognitive_report_outcome, like, outcome_of_it));
    data.length = 0;
    text_add(&data, "{\"op\":\"ingest\",\"message\":%s}", rows);
    kit_task_gives(scheduler, TASK, data.bytes, cognition_kit_answer(rancog_cognitive_ingest, like, rows));
    kit_task_gives(scheduler, TASK, "{\"op\":\"rollback\",\"decision_id\":1}", rolled_back(like, 1));
    kit_task_gives(scheduler, TASK, "{\"op\":\"get_state\"}", cognition_kit_state(like));
    if (core) {
        char *mine = cognition_kit_state(core), *its = cognition_kit_state(like);
        CHECK_CASE(strcmp(mine, its) == 0 && strstr(mine, "\"TOTAL\":4}"), mine);
        free(mine), free(its);
        /* When the module goes, tasks have a core of their own, which knows nothing. */
        CHECK(rancog_loader_unload_module(loader, (const uint8_t *)"cognitive", 9) == RANCOG_OK);
        kit_task_ends(scheduler, TASK, "{\"op\":\"get_state\"}", 1, "\"TOTAL\":0}");
    }
    text_free(&fault), text_free(&data);
    rancog_loader_destroy(loader);
    cognition_kit_destroy(like);
}

static void tasks_use_the_core_of_the_loader(void) { tasks_of_a_scheduler_give_what_the_core_gives(1); }
static void tasks_use_one_of_their_own_without_it(void) { tasks_of_a_scheduler_give_what_the_core_gives(0); }

static void tasks_that_cannot_be_done_fail_with_the_reason(void)
{
    static const kit_failure cases[] = {
        {"{", "data"}, {"[]", "data"}, {"{\"op\":\"dream\"}", "dream"}, {"{\"op\":7}", "/op"}, {"{\"op\":\"report_outcome\"}", "decision_id"}, {"{\"op\":\"report_outcome\",\"decision_id\":9}", "there is no decision 9"},
        {"{\"op\":\"rollback\"}", "decision_id"}, {"{\"op\":\"rollback\",\"decision_id\":9}", "there is no decision 9"}, {"{\"op\":\"ingest\"}", "message"}, {"{\"op\":\"ingest\",\"message\":{}}", "of no known format"},
        {"{\"mode\":\"FAST\"}", "FAST"}, {"{\"problem\":7}", "data"}, {"{\"problem\":{},\"constraints\":7}", "constraints"}, {NULL, "data"},
    };
    kit_tasks_fail(TASK, cases, sizeof cases / sizeof cases[0], small, "\"decision_id\":1,");
}

/* A task runs in a model that serves the loader's core: that core is busy, and the task says so. */
static rancog_scheduler *nested;

static void execute_inside(cognition_record *record)
{
    if (record->calls == 1) {
        kit_task_ends(nested, TASK, small, 0, "");
    }
}

static void a_task_inside_of_a_model_finds_the_core_busy(void)
{
    rancog_loader *loader = rancog_loader_create(NULL, 0, NULL);
    rancog_cognitive *core = handle_kit_of_loader(HANDLE_COGNITIVE, loader, NULL);
    cognition_record record = cognition_kit_record();
    nested = kit_of_loader(loader);
    record.inside = execute_inside;
    CHECK(cognition_kit_with(core, small, NULL, &record, NULL) == RANCOG_OK && record.calls >= 1);
    kit_task_ends(nested, TASK, small, 1, "\"decision_id\":2,");
    cognition_kit_free(&record);
    rancog_loader_destroy(loader);
}

/* ---- destroyed under use ---- */
static int32_t use(void *self, size_t i)
{
    cognition_record record;
    int32_t status;
    switch (i % 6) {
    case 0: return cognition_kit_decide(self, small, NULL, NULL);
    case 1:
        record = cognition_kit_record();
        status = cognition_kit_with(self, small, NULL, &record, NULL);
        CHECK(record.faults == 0);
        cognition_kit_free(&record);
        return status;
    case 2: return cognition_kit_call(rancog_cognitive_report_outcome, self, outcome_of_it, NULL);
    case 3: return cognition_kit_call(rancog_cognitive_ingest, self, rows, NULL);
    case 4: return cognition_kit_rollback(self, 1, NULL);
    default: return result_check_and_free(rancog_cognitive_get_state(self), "get_state");
    }
}

static void destroying_under_users_is_safe(void)
{
    size_t round;
    for (round = 0; round < check_scale(30, 4); round++) {
        handle_kit_destroy_under_use(HANDLE_COGNITIVE, cognition_kit_create(NULL, NULL), use);
    }
}

int main(void)
{
    handle_kit_run(&subject);
    RUN(the_core_of_a_module_belongs_to_its_loader);
    RUN(tasks_use_the_core_of_the_loader);
    RUN(tasks_use_one_of_their_own_without_it);
    RUN(tasks_that_cannot_be_done_fail_with_the_reason);
    RUN(a_task_inside_of_a_model_finds_the_core_busy);
    RUN(destroying_under_users_is_safe);
    return check_finish();
}
