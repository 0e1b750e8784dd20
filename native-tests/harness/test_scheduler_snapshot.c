/* The whole queue as JSON, and back: the same bytes, the same runs. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"
#include "scheduler_kit.h"

static kit_record seen;

/* Text of a snapshot as a copy (malloc). */
static char *snapshot(rancog_scheduler *self)
{
    uint8_t *result = rancog_scheduler_snapshot(self);
    char *copy = calloc(result_length(result) + 1, 1);
    CHECK(result_check(result, "snapshot") == RANCOG_OK);
    memcpy(copy, result_text(result), result_length(result));
    rancog_buffer_free(result);
    return copy;
}

static int32_t restore(rancog_scheduler *self, const char *text)
{
    return rancog_scheduler_restore(self, (const uint8_t *)text, strlen(text));
}

/* Something of everything. */
static rancog_scheduler *filled(void)
{
    static const uint8_t type[] = "{\"type\":{\"Custom\":\"note\"},\"missed\":\"skip\"}";
    static const uint8_t binary[] = {0, 255, 128, 10};
    rancog_scheduler *self = kit_virtual(",\"start_time\":100");
    rancog_task task = kit_task(kit_register(self, "note", &seen), 130, 3, UINT64_MAX);
    uint64_t first;
    CHECK(rancog_scheduler_schedule_recurring_task(self, 10, 1, type, sizeof type - 1, (const uint8_t *)"series", 6, 5) == 1);
    CHECK(rancog_scheduler_schedule_recurring_task(self, 7, 1, type, sizeof type - 1, NULL, 0, UINT32_MAX) != 0);
    free(kit_execute(self, 1));
    first = kit_custom(self, 200, 0, "note", "\"quoted\"\n\xC3\xBC");
    CHECK(rancog_scheduler_schedule_task(self, 140, 9, (const uint8_t *)"{\"Custom\":\"other \\\"name\\\"\"}", 27, binary, sizeof binary) == first + 1);
    CHECK(rancog_scheduler_schedule_batch(self, &task, 1, NULL) == RANCOG_OK);
    CHECK(kit_schedule(self, 150, 0, "{\"type\":{\"Custom\":\"note\"},\"after\":[4294967301],\"deadline_ns\":100,\"drop_late\":true,\"retry\":{\"attempts\":4,\"backoff_ns\":3,\"factor\":1.25}}", "waits") != 0);
    kit_schedule(self, 160, 0, "\"TemporalAnalysis\"", sample_problem_full);
    kit_custom(self, UINT64_MAX - 1, 255, "note", NULL);
    return self;
}

static void a_restored_queue_gives_the_same_snapshot(void)
{
    rancog_scheduler *a = filled(), *b = kit_virtual("");
    char *before = snapshot(a), *after;
    kit_custom(b, 5, 0, "gone", "with the restore");
    CHECK(restore(b, before) == RANCOG_OK);
    after = snapshot(b);
    CHECK(strcmp(before, after) == 0);
    CHECK(kit_status(b, "pending_tasks") == kit_status(a, "pending_tasks"));
    CHECK(kit_status(b, "waiting_tasks") == 1);
    CHECK(kit_status(b, "data_bytes") == kit_status(a, "data_bytes"));
    CHECK(rancog_scheduler_get_next_execution_time(b) == rancog_scheduler_get_next_execution_time(a));
    free(before);
    free(after);
    rancog_scheduler_destroy(a);
    rancog_scheduler_destroy(b);
}

static void a_restored_queue_runs_as_the_first_would_have(void)
{
    rancog_scheduler *a = filled(), *b = kit_virtual("");
    kit_record other;
    char *text = snapshot(a);
    size_t step, i;
    CHECK(restore(b, text) == RANCOG_OK);
    kit_register(b, "note", &other);
    seen.runs = 0;
    for (step = 0; step < 30; step++) {
        free(kit_execute(a, 3));
        free(kit_execute(b, 3));
        CHECK(seen.runs == other.runs);
        CHECK(rancog_scheduler_advance_time(a, 5) == RANCOG_OK && rancog_scheduler_advance_time(b, 5) == RANCOG_OK);
    }
    CHECK(seen.runs > 20);
    for (i = 0; i < seen.runs && i < KIT_RUNS_MAX; i++) {
        CHECK(seen.ids[i] == other.ids[i] && seen.payloads[i] == other.payloads[i] && strcmp(seen.data[i], other.data[i]) == 0);
    }
    CHECK(kit_custom(a, 1000, 0, "note", NULL) == kit_custom(b, 1000, 0, "note", NULL)); /* ids go on from the same */
    free(text);
    rancog_scheduler_destroy(a);
    rancog_scheduler_destroy(b);
}

static void a_snapshot_that_cannot_be_used_changes_nothing(void)
{
    static const struct { const char *text; int32_t status; } bad[] = {
        {"{\"version\":1,\"mode\":\"real\",\"current_time\":1,\"next_task_id\":2,\"tasks\":[]}", RANCOG_E_INVALID_ARGUMENT},
        {"{\"version\":2,\"mode\":\"virtual\",\"current_time\":1,\"next_task_id\":2,\"tasks\":[]}", RANCOG_E_INVALID_ARGUMENT},
        {"{\"version\":1,\"mode\":\"virtual\",\"current_time\":18446744073709551615,\"next_task_id\":2,\"tasks\":[]}", RANCOG_E_INVALID_ARGUMENT},
        {"{\"version\":1,\"mode\":\"virtual\",\"current_time\":1,\"next_task_id\":0,\"tasks\":[]}", RANCOG_E_INVALID_ARGUMENT},
        {"{\"version\":1,\"mode\":\"virtual\",\"current_time\":1,\"next_task_id\":2,\"tasks\":[{\"id\":2,\"execute_time\":1,\"priority\":0,\"type\":\"StrangeLoop\",\"payload\":0}]}",
         RANCOG_E_INVALID_ARGUMENT},
        {"{\"version\":1,\"mode\":\"virtual\",\"current_time\":1,\"next_task_id\":9,\"tasks\":[{\"id\":2,\"execute_time\":1,\"priority\":0,\"type\":\"StrangeLoop\",\"payload\":0},"
         "{\"id\":2,\"execute_time\":1,\"priority\":0,\"type\":\"StrangeLoop\",\"payload\":0}]}",
         RANCOG_E_INVALID_ARGUMENT},
        {"{\"version\":1,\"mode\":\"virtual\",\"current_time\":1,\"next_task_id\":9,\"tasks\":[{\"id\":2,\"execute_time\":1,\"priority\":0,\"type\":{\"type\":\"StrangeLoop\",\"after\":[3]},"
         "\"payload\":0}]}",
         RANCOG_E_INVALID_ARGUMENT},
        {"{\"version\":1,\"mode\":\"virtual\",\"current_time\":1,\"next_task_id\":9,\"tasks\":[{\"id\":2,\"execute_time\":1,\"priority\":0,\"type\":\"StrangeLoop\","
         "\"data\":\"0123456789012345678901234567890123456789\"}]}",
         RANCOG_E_LIMIT},
        {"{\"version\":1,\"mode\":\"virtual\",\"current_time\":1,\"next_task_id\":9,\"tasks\":[{\"id\":2,\"execute_time\":1,\"priority\":0,\"type\":\"Loop\",\"payload\":0}]}",
         RANCOG_E_INVALID_JSON},
        {"{\"version\":1}", RANCOG_E_INVALID_JSON},
    };
    rancog_scheduler *self = kit_virtual(",\"data_bytes\":39");
    char *before, *after;
    size_t i;
    kit_custom(self, 5, 0, "note", "kept");
    before = snapshot(self);
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CHECK_CASE(restore(self, bad[i].text) == bad[i].status, bad[i].text);
        CHECK_CASE(strncmp(rancog_last_error_message(), "snapshot", 8) == 0, rancog_last_error_message());
        CHECK_CASE(kit_status(self, "error_count") == i + 1, bad[i].text);
    }
    after = snapshot(self);
    CHECK(strcmp(before, after) == 0);
    free(before);
    free(after);
    rancog_scheduler_destroy(self);
}

static void the_sample_comes_back_as_it_is(void)
{
    rancog_scheduler *self = kit_virtual("");
    char *text;
    CHECK(restore(self, sample_snapshot) == RANCOG_OK);
    text = snapshot(self);
    CHECK(kit_status(self, "current_time") == 42);
    CHECK(kit_status(self, "pending_tasks") == 3);
    CHECK_CASE(kit_number(text, "next_task_id") == 20 && strstr(text, "\"data_base64\":\"AP8=\"") != NULL, text);
    free(text);
    rancog_scheduler_destroy(self);
}

static void many_tasks_come_back(void)
{
    size_t count = check_scale(100000, 500), i;
    rancog_scheduler *a = kit_virtual(""), *b = kit_virtual("");
    char *first, *second;
    for (i = 0; i < count; i++) {
        kit_custom(a, i * 7919 % 1000, (uint8_t)(i % 7), i % 3 ? "note" : "other", i % 2 ? "data of a task" : NULL);
    }
    first = snapshot(a);
    CHECK(restore(b, first) == RANCOG_OK);
    second = snapshot(b);
    CHECK(strcmp(first, second) == 0);
    free(first);
    free(second);
    rancog_scheduler_destroy(a);
    rancog_scheduler_destroy(b);
}

int main(void)
{
    RUN(a_restored_queue_gives_the_same_snapshot);
    RUN(a_restored_queue_runs_as_the_first_would_have);
    RUN(a_snapshot_that_cannot_be_used_changes_nothing);
    RUN(the_sample_comes_back_as_it_is);
    RUN(many_tasks_come_back);
    return check_finish();
}
