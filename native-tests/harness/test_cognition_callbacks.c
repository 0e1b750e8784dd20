/* The host's own model: its values are used, its failures are borne, and what it may call itself. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "cognition_kit.h"
#include "hosts.h"
#include "optimization_kit.h"
#include "rancognition.h"
#include "result.h"

static char problem[1200];

static const char *tilt(const char *more)
{
    snprintf(problem, sizeof problem, "{%s%s}", cognition_kit_tilt, more);
    return problem;
}

/* ---- values ---- */
static void the_values_of_the_model_decide(void)
{
    rancog_host host = host_fixed();
    rancog_cognitive *self = cognition_kit_create("{\"seed\":7}", &host);
    cognition_record record = cognition_kit_record();
    char *result;
    CHECK(cognition_kit_with(self, tilt(""), NULL, &record, &result) == RANCOG_OK);
    CHECK_CASE(record.faults == 0 && record.calls >= 3 && cognition_kit_times(record.questions.bytes, record.questions.length, "{\"actions\":[],\"metrics\":[\"a\",\"b\"]}\n") >= 1, record.questions.bytes);
    CHECK_CASE(strstr(record.questions.bytes, "{\"actions\":[{\"managedObject\":\"NRCellDU=5\",\"attribute\":\"digitalTilt\",\"before\":60,\"after\":62}],\"metrics\":[\"a\",\"b\"]}\n") != NULL, record.questions.bytes);
    CHECK_CASE(strstr(record.questions.bytes, "\"managedObject\":\"NRCellDU=6\"") != NULL, record.questions.bytes);
    /* One change: a = 11, b = 12; two: a = 12 as wished, but b = 13 is too much; none: a = 10 is too little. */
    CHECK_CASE(optimization_kit_number(result, "actions/after") == 62 && optimization_kit_number(result, "rollback/restore/after") == 60, result);
    CHECK_CASE(optimization_kit_number(result, "expected/a/p50") == 11 && optimization_kit_number(result, "expected/b/p50") == 12 && optimization_kit_number(result, "expected/b/p90") == 12, result);
    CHECK_CASE(cognition_kit_confidence(result) > 0.99 && cognition_kit_times(result, strlen(result), "\"source\":\"given\"") == 2, result);
    free(result);
    cognition_kit_free(&record);
    cognition_kit_destroy(self);
}

static void what_the_model_says_of_a_limit_is_a_veto(void)
{
    rancog_cognitive *self = cognition_kit_create("{\"seed\":7}", NULL);
    cognition_record record = cognition_kit_record();
    char *result;
    CHECK(cognition_kit_with(self, tilt(""), "[{\"id\":\"b\",\"constraint_type\":\"max\",\"parameters\":{\"b\":11.5},\"priority\":1}]", &record, &result) == RANCOG_OK);
    CHECK_CASE(cognition_kit_says(result, "actions", "[]") && strstr(result, "\"vetoes\":[\"CONSTRAINT\"]"), result); /* doing nothing keeps it */
    free(result);
    cognition_kit_free(&record);
    cognition_kit_destroy(self);
}

/* What nothing can be told of is as if there were no model: every byte but the number of the decision. */
static void failures_leave_the_own_expectation(void)
{
    static const cognition_failure failures[] = {MODEL_GIVES_NOTHING, MODEL_GIVES_STATUS, MODEL_GIVES_NAN, MODEL_GIVES_INFINITY};
    rancog_host host = host_fixed();
    rancog_cognitive *self = cognition_kit_create("{\"seed\":7}", &host);
    char *alone = cognition_kit_decided(self, tilt(",\"guards\":{\"LOW_CONFIDENCE\":false}")), *result;
    size_t i;
    CHECK_CASE(cognition_kit_confidence(alone) > 0.01 && cognition_kit_confidence(alone) < 0.99, alone); /* it does not know what comes of a tilt */
    for (i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        cognition_record record = cognition_kit_record();
        record.failure = failures[i];
        CHECK(cognition_kit_with(self, problem, NULL, &record, &result) == RANCOG_OK);
        CHECK_CASE(record.faults == 0 && record.calls >= 2, result);
        CHECK_CASE(optimization_kit_number(result, "decision_id") == (double)i + 2, result);
        if (failures[i] == MODEL_GIVES_NAN || failures[i] == MODEL_GIVES_INFINITY) { /* of b alone */
            CHECK_CASE(optimization_kit_number(result, "expected/a/p10") == 11 && optimization_kit_number(result, "expected/b/p10") < optimization_kit_number(result, "expected/b/p90"), result);
        } else {
            CHECK_CASE(cognition_kit_confidence(result) < 0.99, result);
        }
        if (failures[i] == MODEL_GIVES_NOTHING) {
            CHECK_CASE(strcmp(strstr(result, ",\"mode\""), strstr(alone, ",\"mode\"")) == 0, result);
        }
        free(result);
        cognition_kit_free(&record);
    }
    free(alone);
    cognition_kit_destroy(self);
}

static void a_model_is_needed(void)
{
    rancog_cognitive *self = cognition_kit_create(NULL, NULL);
    const char *json = tilt("");
    CHECK(result_check_and_free(rancog_cognitive_decide_with(self, (const uint8_t *)json, strlen(json), NULL, 0, NULL, NULL), "no model") == RANCOG_E_INVALID_ARGUMENT && error_names("fn"));
    cognition_kit_destroy(self);
}

/* ---- what may be called from inside ---- */
typedef struct {
    rancog_cognitive *self, *other;
    size_t calls, not_busy, other_failed;
} nest;

static size_t all_busy(rancog_cognitive *self)
{
    static const uint8_t outcome[] = "{\"decision_id\":1,\"observed\":{}}", rows[] = "{\"rows\":[]}";
    const uint8_t *json = (const uint8_t *)problem;
    int32_t statuses[6];
    size_t wrong = 0, i;
    cognition_record record = cognition_kit_record();
    rancog_buffer_free(rancog_cognitive_decide(self, json, strlen(problem), NULL, 0)), statuses[0] = rancog_last_status();
    rancog_buffer_free(rancog_cognitive_decide_with(self, json, strlen(problem), NULL, 0, cognition_kit_model, &record)), statuses[1] = rancog_last_status();
    rancog_buffer_free(rancog_cognitive_report_outcome(self, outcome, sizeof outcome - 1)), statuses[2] = rancog_last_status();
    rancog_buffer_free(rancog_cognitive_rollback(self, 1)), statuses[3] = rancog_last_status();
    rancog_buffer_free(rancog_cognitive_get_state(self)), statuses[4] = rancog_last_status();
    rancog_buffer_free(rancog_cognitive_ingest(self, rows, sizeof rows - 1)), statuses[5] = rancog_last_status();
    for (i = 0; i < 6; i++) {
        wrong += statuses[i] != RANCOG_E_BUSY;
    }
    return wrong + (record.calls != 0);
}

static void use_both(void *state)
{
    nest *in = state;
    cognition_record record = cognition_kit_record();
    uint8_t *result;
    in->calls++;
    in->not_busy += all_busy(in->self);
    result = rancog_cognitive_decide_with(in->other, (const uint8_t *)problem, strlen(problem), NULL, 0, cognition_kit_model, &record);
    in->other_failed += rancog_last_status() != RANCOG_OK || record.calls < 3 || !result_contains(result, "\"after\":62");
    rancog_buffer_free(result);
    cognition_kit_free(&record);
    rancog_cognitive_destroy((rancog_cognitive *)(uintptr_t)1); /* leaves a failed status behind */
}

static void use_both_of_record(cognition_record *record) { use_both(record->state); }

static void a_model_finds_its_handle_busy_and_another_works(void)
{
    nest in = {NULL, NULL, 0, 0, 0};
    cognition_record record = cognition_kit_record();
    char *result;
    in.self = cognition_kit_create("{\"seed\":7}", NULL);
    in.other = cognition_kit_create("{\"seed\":7}", NULL);
    record.inside = use_both_of_record;
    record.state = &in;
    CHECK(cognition_kit_with(in.self, tilt(""), NULL, &record, &result) == RANCOG_OK);
    CHECK_CASE(rancog_last_status() == RANCOG_OK && rancog_last_error_message()[0] == 0 && optimization_kit_number(result, "actions/after") == 62, result);
    CHECK(in.calls >= 3 && in.not_busy == 0 && in.other_failed == 0);
    free(result);
    cognition_kit_free(&record);
    cognition_kit_destroy(in.other);
    cognition_kit_destroy(in.self);
}

static void the_host_finds_the_handle_busy_too(void)
{
    nest in = {NULL, NULL, 0, 0, 0};
    host_steps steps;
    rancog_host host = host_stepping(&steps);
    rancog_cognitive *self;
    size_t before;
    in.other = cognition_kit_create("{\"seed\":7}", NULL);
    self = cognition_kit_create(NULL, &host);
    in.self = self;
    steps.inside = use_both;
    steps.state = &in;
    CHECK(cognition_kit_decide(self, tilt(""), NULL, NULL) == RANCOG_OK && in.calls > 2);
    before = in.calls;
    CHECK(cognition_kit_call(rancog_cognitive_report_outcome, self, "{\"decision_id\":1,\"observed\":{}}", NULL) == RANCOG_OK && in.calls > before);
    before = in.calls;
    CHECK(cognition_kit_call(rancog_cognitive_ingest, self, "{\"rows\":[]}", NULL) == RANCOG_OK && in.calls > before);
    free(cognition_kit_state(self));
    CHECK(in.not_busy == 0 && in.other_failed == 0);
    steps.inside = NULL;
    cognition_kit_destroy(self);
    cognition_kit_destroy(in.other);
}

static void destroy_own(cognition_record *record)
{
    rancog_cognitive_destroy(record->state);
    CHECK(rancog_last_status() == (record->calls == 1 ? RANCOG_OK : RANCOG_E_INVALID_HANDLE));
}

static void destroying_the_own_handle_lets_the_call_finish(void)
{
    rancog_cognitive *self = cognition_kit_create("{\"seed\":7}", NULL);
    cognition_record record = cognition_kit_record();
    char *result;
    size_t calls;
    record.inside = destroy_own;
    record.state = self;
    CHECK(cognition_kit_with(self, tilt(""), NULL, &record, &result) == RANCOG_OK && optimization_kit_number(result, "actions/after") == 62);
    calls = record.calls;
    CHECK(calls >= 3 && cognition_kit_with(self, problem, NULL, &record, NULL) == RANCOG_E_INVALID_HANDLE && record.calls == calls);
    free(result);
    cognition_kit_free(&record);
}

int main(void)
{
    RUN(the_values_of_the_model_decide);
    RUN(what_the_model_says_of_a_limit_is_a_veto);
    RUN(failures_leave_the_own_expectation);
    RUN(a_model_is_needed);
    RUN(a_model_finds_its_handle_busy_and_another_works);
    RUN(the_host_finds_the_handle_busy_too);
    RUN(destroying_the_own_handle_lets_the_call_finish);
    return check_finish();
}
