/* What a scheduler does, in virtual time: order, results, series, dependencies, deadlines, retries, metrics. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "hosts.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"
#include "scheduler_kit.h"

static rancog_scheduler *self;
static kit_record seen;

static void with_recorder(const char *more)
{
    self = kit_virtual(more);
    kit_register(self, "note", &seen);
}

static void done(void)
{
    rancog_scheduler_destroy(self);
    CHECK(rancog_last_status() == RANCOG_OK);
}

/* Executes all that is due and gives back whether the data that came were these, one letter a task. */
static int ran(const char *letters)
{
    size_t i;
    int same;
    seen.runs = 0;
    free(kit_execute(self, SIZE_MAX));
    same = seen.runs == strlen(letters);
    for (i = 0; same && i < seen.runs; i++) {
        same = seen.data[i][0] == letters[i];
    }
    return same;
}

static void tasks_run_by_time_then_priority_then_arrival(void)
{
    with_recorder("");
    kit_custom(self, 20, 0, "note", "f");
    kit_custom(self, 10, 5, "note", "c");
    kit_custom(self, 10, 255, "note", "e");
    kit_custom(self, 10, 5, "note", "d");
    kit_custom(self, 10, 0, "note", "b");
    kit_custom(self, 0, 255, "note", "a");
    kit_custom(self, 21, 0, "note", "g");
    CHECK(rancog_scheduler_get_next_execution_time(self) == 0);
    CHECK(ran("a"));
    CHECK(rancog_scheduler_get_next_execution_time(self) == 10);
    CHECK(rancog_scheduler_advance_time(self, 20) == RANCOG_OK);
    CHECK(ran("bcdef"));
    CHECK(rancog_scheduler_get_next_execution_time(self) == 21);
    CHECK(rancog_scheduler_advance_time(self, 1) == RANCOG_OK);
    CHECK(ran("g"));
    CHECK(rancog_scheduler_get_next_execution_time(self) == UINT64_MAX);
    CHECK(rancog_last_status() == RANCOG_OK);
    done();
}

static void max_tasks_is_honoured(void)
{
    char *result;
    int i;
    with_recorder("");
    for (i = 0; i < 5; i++) {
        kit_custom(self, 0, 0, "note", "x");
    }
    result = kit_execute(self, 0);
    CHECK(kit_count(result, "\"task_id\"") == 0);
    free(result);
    result = kit_execute(self, 3);
    CHECK(kit_count(result, "\"task_id\"") == 3);
    CHECK(kit_number(result, "total_tasks") == 2);
    free(result);
    CHECK(ran("xx"));
    done();
}

static void data_is_copied_and_replies_stand_in_the_result(void)
{
    char data[] = "abc";
    uint64_t id;
    char *result;
    with_recorder("");
    id = kit_custom(self, 0, 1, "note", data);
    memset(data, 'z', 3);
    seen.reply = "{\"tilt\":4}";
    result = kit_execute(self, 1);
    CHECK(strcmp(seen.data[0], "abc") == 0 && seen.ids[0] == id && seen.payloads[0] == 0);
    CHECK(strstr(result, "\"task_type\":{\"Custom\":\"note\"},\"success\":true") != NULL);
    CHECK(strstr(result, "\"data\":{\"Ok\":{\"tilt\":4}},\"error\":null") != NULL);
    free(result);
    seen.reply = "not json";
    kit_custom(self, 0, 1, "note", NULL);
    result = kit_execute(self, 1);
    CHECK(strcmp(seen.data[1], "-") == 0);
    CHECK(strstr(result, "\"data\":{\"Ok\":\"not json\"}") != NULL);
    free(result);
    seen.reply = NULL;
    kit_custom(self, 0, 1, "note", NULL);
    result = kit_execute(self, 1);
    CHECK(strstr(result, "\"data\":{\"Ok\":null}") != NULL);
    free(result);
    done();
}

static void a_task_that_fails_is_an_error_and_the_others_run(void)
{
    kit_record good;
    char *result;
    with_recorder("");
    kit_register(self, "good", &good);
    seen.answer = 7;
    kit_custom(self, 0, 0, "note", NULL);
    kit_custom(self, 0, 1, "nobody", NULL);
    kit_schedule(self, 0, 2, "\"CognitiveProcessing\"", NULL);
    kit_custom(self, 0, 3, "good", NULL);
    result = kit_execute(self, SIZE_MAX);
    CHECK(good.runs == 1);
    CHECK(kit_count(result, "\"success\":true") == 1 && kit_count(result, "\"success\":false") == 3 && kit_count(result, "\"Err\":\"") == 3);
    CHECK(strstr(result, "returned 7") != NULL);
    CHECK(strstr(result, "no handler is registered under 'nobody'") != NULL);
    CHECK(strstr(result, "\"Err\":\"data: ") != NULL);
    CHECK(kit_number(result, "tasks_failed") == 3 && kit_number(result, "error_count") == 0);
    free(result);
    done();
}

static void a_temporal_analysis_runs_for_real(void)
{
    char *result;
    self = kit_virtual(",\"expansion_factor\":50,\"temporal_resolution\":8");
    CHECK(kit_schedule(self, 0, 0, "\"TemporalAnalysis\"", sample_problem_full) != 0);
    CHECK(kit_schedule(self, 0, 1, "\"TemporalAnalysis\"", "{\"id\":7}") != 0);
    CHECK(kit_schedule(self, 0, 2, "\"TemporalAnalysis\"", NULL) != 0);
    result = kit_execute(self, SIZE_MAX);
    CHECK(strstr(result, "\"Ok\":{\"timeline_id\":") != NULL);
    CHECK(kit_number(result, "expansion_factor") == 50 && kit_number(result, "temporal_resolution") == 8);
    CHECK(strstr(result, "\"predictions\":[{") != NULL);
    CHECK(strstr(result, "{\"Err\":\"data: /id: expected a string") != NULL);
    CHECK(kit_count(result, "{\"Err\":\"data: ") == 2);
    free(result);
    done();
}

static void a_series_has_the_ids_and_times_of_the_document(void)
{
    static const char type[] = "{\"Custom\":\"note\"}";
    uint64_t base;
    int i;
    with_recorder(",\"start_time\":1000");
    base = rancog_scheduler_schedule_recurring_task(self, 10, 4, (const uint8_t *)type, sizeof type - 1, (const uint8_t *)"r", 1, 4);
    CHECK(base != 0);
    CHECK(kit_custom(self, 1000, 0, "note", "n") == base + 4);
    CHECK(kit_status(self, "pending_tasks") == 2);
    CHECK(ran("nr"));
    CHECK(seen.ids[1] == base);
    for (i = 1; i < 4; i++) {
        CHECK(rancog_scheduler_get_next_execution_time(self) == 1000 + 10u * (unsigned)i);
        CHECK(rancog_scheduler_advance_time(self, 10) == RANCOG_OK);
        CHECK(ran("r"));
        CHECK(seen.ids[0] == base + (unsigned)i);
    }
    CHECK(kit_status(self, "pending_tasks") == 0);
    done();
}

static void cancelling_any_id_that_is_left_ends_a_series(void)
{
    static const char type[] = "{\"Custom\":\"note\"}";
    uint64_t base;
    with_recorder("");
    base = rancog_scheduler_schedule_recurring_task(self, 10, 0, (const uint8_t *)type, sizeof type - 1, NULL, 0, UINT32_MAX);
    CHECK(ran("-"));
    CHECK(rancog_scheduler_cancel_task(self, base + 5) == RANCOG_OK);
    CHECK(rancog_scheduler_cancel_task(self, base + 5) == RANCOG_E_NOT_FOUND);
    CHECK(rancog_scheduler_advance_time(self, 1000) == RANCOG_OK);
    CHECK(ran(""));
    base = rancog_scheduler_schedule_recurring_task(self, 10, 0, (const uint8_t *)type, sizeof type - 1, NULL, 0, 5);
    CHECK(ran("-"));
    CHECK(rancog_scheduler_cancel_task(self, base) == RANCOG_OK);
    CHECK(kit_status(self, "pending_tasks") == 0);
    done();
}

static void missed_periods_are_caught_up_skipped_or_counted_from_now(void)
{
    static const char *const wishes[] = {"catch_up", "skip", "from_now"};
    static const size_t runs[] = {10, 1, 1};
    static const uint64_t next[] = {100, 100, 105};
    size_t i;
    for (i = 0; i < 3; i++) {
        text type = {NULL, 0, 0};
        with_recorder("");
        text_add(&type, "{\"type\":{\"Custom\":\"note\"},\"missed\":\"%s\"}", wishes[i]);
        CHECK(rancog_scheduler_schedule_recurring_task(self, 10, 0, text_u8(&type), type.length, NULL, 0, UINT32_MAX) != 0);
        CHECK(rancog_scheduler_advance_time(self, 95) == RANCOG_OK);
        free(kit_execute(self, SIZE_MAX));
        CHECK_CASE(seen.runs == runs[i], wishes[i]);
        CHECK_CASE(rancog_scheduler_get_next_execution_time(self) == next[i], wishes[i]);
        text_free(&type);
        done();
    }
}

static void cancelled_and_moved_tasks_keep_to_it(void)
{
    uint64_t a, b;
    with_recorder("");
    a = kit_custom(self, 10, 0, "note", "a");
    b = kit_custom(self, 10, 0, "note", "b");
    kit_custom(self, 10, 0, "note", "c");
    CHECK(rancog_scheduler_reschedule_task(self, a, 10) == RANCOG_OK); /* a new arrival */
    CHECK(rancog_scheduler_cancel_task(self, b) == RANCOG_OK);
    CHECK(rancog_scheduler_cancel_task(self, b) == RANCOG_E_NOT_FOUND);
    CHECK(strncmp(rancog_last_error_message(), "id: ", 4) == 0);
    CHECK(rancog_scheduler_reschedule_task(self, b, 10) == RANCOG_E_NOT_FOUND);
    CHECK(rancog_scheduler_advance_time(self, 10) == RANCOG_OK);
    CHECK(ran("ca"));
    CHECK(rancog_scheduler_cancel_task(self, a) == RANCOG_E_NOT_FOUND);
    CHECK(rancog_scheduler_cancel_task(self, 0) == RANCOG_E_NOT_FOUND);
    CHECK(rancog_scheduler_cancel_task(self, UINT64_MAX) == RANCOG_E_NOT_FOUND);
    CHECK(kit_status(self, "error_count") == 5 && kit_status(self, "tasks_cancelled") == 1);
    done();
}

static void a_task_waits_for_others_and_fails_with_them(void)
{
    text type = {NULL, 0, 0};
    uint64_t first, bad;
    char *result;
    with_recorder("");
    first = kit_custom(self, 50, 0, "note", "1");
    text_add(&type, "{\"type\":{\"Custom\":\"note\"},\"after\":[%llu]}", (unsigned long long)first);
    CHECK(kit_schedule(self, 0, 0, type.bytes, "2") == first + 1);
    CHECK(kit_status(self, "waiting_tasks") == 1);
    CHECK(ran(""));
    CHECK(rancog_scheduler_advance_time(self, 50) == RANCOG_OK);
    CHECK(ran("12"));
    bad = kit_custom(self, 50, 0, "nobody", NULL);
    type.length = 0;
    text_add(&type, "{\"type\":{\"Custom\":\"note\"},\"after\":[%llu]}", (unsigned long long)bad);
    CHECK(kit_schedule(self, 0, 0, type.bytes, NULL) != 0);
    result = kit_execute(self, SIZE_MAX);
    CHECK(kit_count(result, "\"success\":false") == 2);
    CHECK(strstr(result, "did not succeed") != NULL);
    free(result);
    CHECK(kit_schedule(self, 0, 0, "{\"type\":\"StrangeLoop\",\"after\":[987654]}", NULL) == 0);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    text_free(&type);
    done();
}

static void late_tasks_are_counted_and_dropped_on_wish(void)
{
    char *result;
    with_recorder("");
    CHECK(kit_schedule(self, 0, 0, "{\"type\":{\"Custom\":\"note\"},\"deadline_ns\":5}", "a") != 0);
    CHECK(kit_schedule(self, 0, 1, "{\"type\":{\"Custom\":\"note\"},\"deadline_ns\":5,\"drop_late\":true}", "b") != 0);
    CHECK(kit_schedule(self, 2, 2, "{\"type\":{\"Custom\":\"note\"},\"deadline_ns\":5,\"drop_late\":true}", "c") != 0);
    CHECK(rancog_scheduler_advance_time(self, 7) == RANCOG_OK);
    result = kit_execute(self, SIZE_MAX);
    CHECK(seen.runs == 2 && seen.data[0][0] == 'a' && seen.data[1][0] == 'c');
    CHECK(kit_number(result, "deadlines_missed") == 2 && kit_number(result, "tasks_dropped") == 1);
    CHECK(strstr(result, "\"Err\":\"dropped") != NULL);
    free(result);
    done();
}

static void a_failing_task_is_tried_again_with_growing_waits(void)
{
    char *result;
    with_recorder("");
    seen.answer = 1;
    CHECK(kit_schedule(self, 0, 0, "{\"type\":{\"Custom\":\"note\"},\"retry\":{\"attempts\":3,\"backoff_ns\":10,\"factor\":3}}", "a") != 0);
    result = kit_execute(self, SIZE_MAX);
    CHECK(kit_number(result, "attempt") == 1 && kit_number(result, "retry_at") == 10);
    free(result);
    CHECK(rancog_scheduler_advance_time(self, 10) == RANCOG_OK);
    result = kit_execute(self, SIZE_MAX);
    CHECK(kit_number(result, "attempt") == 2 && kit_number(result, "retry_at") == 40);
    free(result);
    CHECK(rancog_scheduler_advance_time(self, 30) == RANCOG_OK);
    seen.answer = 0;
    result = kit_execute(self, SIZE_MAX);
    CHECK(kit_number(result, "attempt") == 3 && kit_number(result, "retry_at") == KIT_NO_TIME);
    CHECK(strstr(result, "\"success\":true") != NULL && kit_number(result, "tasks_retried") == 2);
    free(result);
    CHECK(seen.runs == 3 && seen.ids[0] == seen.ids[2]);
    done();
}

static void the_status_has_every_documented_field(void)
{
    static const char *const fields[] = {
        "{\"pending_tasks\":2,\"active_tasks\":0,\"completed_tasks\":1,\"current_time\":9,\"next_execution_time\":10,\"performance_metrics\":{\"tasks_scheduled\":3,"
        "\"tasks_executed\":1,\"tasks_failed\":0,\"last_execution_time\":",
        "\"average_execution_time\":", "\"error_count\":1,", "\"tasks_cancelled\":0", "\"tasks_retried\":0", "\"deadlines_missed\":0", "\"tasks_dropped\":0", "\"periods_skipped\":0",
        "\"lateness\":{\"count\":1,\"p50\":4,", "\"max\":4}", "\"waiting_tasks\":0", "\"capacity\":8", "\"data_bytes\":3", "\"execution_time\":",
        "\"ignored\":[{\"field\":\"/speed\",\"reason\":\"unknown field\"}]",
    };
    uint8_t *status;
    size_t i;
    with_recorder(",\"start_time\":9,\"capacity\":8,\"speed\":4");
    kit_custom(self, 5, 0, "note", "a");
    kit_custom(self, 10, 0, "note", "bcd");
    kit_custom(self, 11, 0, "note", NULL);
    CHECK(kit_schedule(self, 0, 0, "\"What\"", NULL) == 0);
    CHECK(ran("a"));
    status = rancog_scheduler_get_queue_status(self);
    for (i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        CHECK_CASE(result_contains(status, fields[i]), fields[i]);
    }
    CHECK(result_check_and_free(status, "status") == RANCOG_OK);
    done();
}

/* The text of every result of one fixed program of calls. */
static text replay(void)
{
    rancog_host host = host_fixed();
    text all = {NULL, 0, 0};
    size_t i;
    self = rancog_scheduler_create((const uint8_t *)"{\"mode\":\"virtual\"}", 18, &host);
    kit_register(self, "note", &seen);
    for (i = 0; i < 200; i++) {
        kit_custom(self, i * 7919 % 100, (uint8_t)(i % 3), i % 10 ? "note" : "nobody", "d");
    }
    kit_schedule(self, 60, 0, "\"TemporalAnalysis\"", sample_problem_full);
    for (i = 0; i < 25; i++) {
        char *result = kit_execute(self, 9);
        text_add(&all, "%s\n", result);
        free(result);
        CHECK(rancog_scheduler_advance_time(self, 5) == RANCOG_OK);
    }
    rancog_scheduler_destroy(self);
    return all;
}

static void the_same_calls_give_the_same_bytes(void)
{
    text first = replay(), second = replay();
    CHECK(first.length > 10000 && strcmp(first.bytes, second.bytes) == 0);
    text_free(&first);
    text_free(&second);
}

int main(void)
{
    RUN(tasks_run_by_time_then_priority_then_arrival);
    RUN(max_tasks_is_honoured);
    RUN(data_is_copied_and_replies_stand_in_the_result);
    RUN(a_task_that_fails_is_an_error_and_the_others_run);
    RUN(a_temporal_analysis_runs_for_real);
    RUN(a_series_has_the_ids_and_times_of_the_document);
    RUN(cancelling_any_id_that_is_left_ends_a_series);
    RUN(missed_periods_are_caught_up_skipped_or_counted_from_now);
    RUN(cancelled_and_moved_tasks_keep_to_it);
    RUN(a_task_waits_for_others_and_fails_with_them);
    RUN(late_tasks_are_counted_and_dropped_on_wish);
    RUN(a_failing_task_is_tried_again_with_growing_waits);
    RUN(the_status_has_every_documented_field);
    RUN(the_same_calls_give_the_same_bytes);
    return check_finish();
}
