/* What a handler may do: schedule, cancel, ask; not execute its own scheduler; reply; destroy it; run another one. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"
#include "scheduler_kit.h"

static int32_t write_text(rancog_reply *reply, const char *text)
{
    return rancog_reply_write(reply, (const uint8_t *)text, strlen(text));
}

static void add(rancog_scheduler *self, const char *name, rancog_task_handler fn, void *user_data)
{
    CHECK(rancog_scheduler_register_handler(self, (const uint8_t *)name, strlen(name), fn, user_data) != 0);
}

/* ---- re-entrancy ---- */

typedef struct {
    rancog_scheduler *self;
    uint64_t cancel, move; /* ids of tasks that are pending */
    int runs;
} inside;

static int32_t use_everything(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t data_len, rancog_reply *reply, void *user_data)
{
    inside *in = user_data;
    rancog_task_outcome outcome;
    rancog_task task = kit_task(1, 0, 0, 0);
    uint8_t *status = rancog_scheduler_get_queue_status(in->self);
    size_t n = 1;
    (void)task_id;
    (void)payload;
    (void)data;
    (void)data_len;
    (void)reply;
    in->runs++;
    CHECK(result_contains(status, "\"active_tasks\":1"));
    CHECK(result_check_and_free(status, "inside") == RANCOG_OK);
    CHECK(rancog_scheduler_cancel_task(in->self, in->cancel) == RANCOG_OK);
    CHECK(rancog_scheduler_cancel_task(in->self, task_id) == RANCOG_E_NOT_FOUND); /* it runs */
    CHECK(rancog_scheduler_reschedule_task(in->self, in->move, 7) == RANCOG_OK);
    CHECK(rancog_scheduler_get_next_execution_time(in->self) == 7);
    kit_custom(in->self, 0, 0, "note", "now");
    kit_custom(in->self, 8, 0, "note", "later");
    CHECK(rancog_scheduler_schedule_batch(in->self, &task, 1, NULL) == RANCOG_OK);
    add(in->self, "new", kit_recorder, NULL);

    CHECK(result_check_and_free(rancog_scheduler_execute_ready_tasks(in->self, 1), "inside") == RANCOG_E_BUSY);
    CHECK(rancog_scheduler_execute_ready_batch(in->self, 1, &outcome, &n) == RANCOG_E_BUSY && n == 1);
    CHECK(rancog_scheduler_run(in->self, 100, NULL) == RANCOG_E_BUSY);
    CHECK(rancog_scheduler_advance_time(in->self, 1) == RANCOG_E_BUSY);
    CHECK(result_check_and_free(rancog_scheduler_snapshot(in->self), "inside") == RANCOG_E_BUSY);
    CHECK(rancog_scheduler_restore(in->self, (const uint8_t *)sample_snapshot, strlen(sample_snapshot)) == RANCOG_E_BUSY);
    CHECK(rancog_last_error_message()[0] != 0); /* left behind: it is not the outer call's */
    return 0;
}

static void a_handler_may_schedule_cancel_and_ask_but_not_execute(void)
{
    kit_record seen;
    inside in;
    char *result;
    memset(&in, 0, sizeof in);
    in.self = kit_virtual("");
    kit_register(in.self, "note", &seen);
    add(in.self, "inside", use_everything, &in);
    kit_custom(in.self, 0, 0, "inside", NULL);
    in.cancel = kit_custom(in.self, 0, 0, "note", "cancelled");
    in.move = kit_custom(in.self, 0, 0, "note", "moved");
    result = kit_execute(in.self, SIZE_MAX);
    CHECK(rancog_last_status() == RANCOG_OK && rancog_last_error_message()[0] == 0);
    CHECK(in.runs == 1 && seen.runs == 2); /* what it scheduled for now ran in the same call */
    CHECK(strcmp(seen.data[0], "now") == 0 && strcmp(seen.data[1], "-") == 0);
    CHECK(kit_count(result, "\"task_id\"") == 3 && kit_number(result, "total_tasks") == 2);
    free(result);
    rancog_scheduler_destroy(in.self);
}

/* ---- a task that schedules the next one, within the budget of one call ---- */

static int32_t again(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t data_len, rancog_reply *reply, void *user_data)
{
    (void)task_id;
    (void)payload;
    (void)data;
    (void)data_len;
    (void)reply;
    kit_custom(user_data, 0, 0, "again", NULL);
    return 0;
}

static void endless_rescheduling_ends_with_the_budget(void)
{
    rancog_scheduler *self = kit_virtual("");
    size_t n = 0;
    add(self, "again", again, self);
    kit_custom(self, 0, 0, "again", NULL);
    CHECK(rancog_scheduler_execute_ready_batch(self, 1000, NULL, &n) == RANCOG_OK && n == 1000);
    CHECK(kit_status(self, "pending_tasks") == 1 && kit_status(self, "completed_tasks") == 1000);
    rancog_scheduler_destroy(self);
}

/* ---- replies ---- */

static rancog_reply *first_reply;

static int32_t replies(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t data_len, rancog_reply *reply, void *user_data)
{
    uint8_t *big;
    (void)task_id;
    (void)payload;
    (void)user_data;
    CHECK(write_text(reply, "[1") == RANCOG_OK);
    CHECK(rancog_reply_write(reply, NULL, 0) == RANCOG_OK);
    CHECK(rancog_reply_write(reply, data, 0) == RANCOG_OK);
    CHECK(rancog_reply_write(reply, NULL, 3) == RANCOG_E_INVALID_ARGUMENT && strncmp(rancog_last_error_message(), "bytes: ", 7) == 0);
    CHECK(rancog_reply_write(reply, data, SIZE_MAX) == RANCOG_E_LIMIT);
    CHECK(rancog_reply_write(NULL, data, data_len) == RANCOG_E_INVALID_HANDLE && strncmp(rancog_last_error_message(), "reply: ", 7) == 0);
    CHECK(rancog_reply_write((rancog_reply *)((uintptr_t)reply ^ 1), data, data_len) == RANCOG_E_INVALID_HANDLE);
    if (first_reply) {
        CHECK(first_reply != reply && rancog_reply_write(first_reply, data, data_len) == RANCOG_E_INVALID_HANDLE); /* of a task that is over */
    }
    big = calloc((size_t)16 << 20, 1);
    CHECK(rancog_reply_write(reply, big, (size_t)16 << 20) == RANCOG_E_LIMIT); /* with what is there already */
    free(big);
    first_reply = first_reply ? first_reply : reply;
    CHECK(write_text(reply, ",2]") == RANCOG_OK);
    return 0;
}

static void replies_are_joined_and_only_the_current_one_is_taken(void)
{
    rancog_scheduler *self = kit_virtual("");
    char *result;
    first_reply = NULL;
    add(self, "reply", replies, NULL);
    kit_custom(self, 0, 0, "reply", "x");
    kit_custom(self, 0, 0, "reply", "y");
    result = kit_execute(self, SIZE_MAX);
    CHECK(kit_count(result, "{\"Ok\":[1,2]}") == 2);
    free(result);
    CHECK(write_text(first_reply, "late") == RANCOG_E_INVALID_HANDLE);
    rancog_scheduler_destroy(self);
}

static int32_t reply_bytes(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t data_len, rancog_reply *reply, void *user_data)
{
    (void)task_id;
    (void)payload;
    (void)user_data;
    return rancog_reply_write(reply, data, data_len);
}

static void whatever_bytes_a_handler_replies_the_result_is_strict_json(void)
{
    static const char *const texts[] = {
        "\xff\xfe", "\xED\xA0\x80", "{\"a\":", "}", "\"", "1e999", "NaN", "{\"a\":1,\"a\":2}", "\"\\ud800\"", "nul", "\\", "\x01\x02", "\xEF\xBB\xBF{}", "[[[[[[[[]]]]]]]]", "{} {}", "\xC3\xBC", " 1 ", "-0",
    };
    rancog_scheduler *self = kit_virtual("");
    size_t i;
    add(self, "bytes", reply_bytes, NULL);
    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        kit_custom(self, 0, 0, "bytes", texts[i]);
        free(kit_execute(self, 1)); /* checks it */
    }
    for (i = 0; i < 256; i++) {
        uint8_t byte = (uint8_t)i;
        CHECK(rancog_scheduler_schedule_task(self, 0, 0, (const uint8_t *)"{\"Custom\":\"bytes\"}", 18, &byte, 1) != 0);
    }
    free(kit_execute(self, SIZE_MAX));
    CHECK(kit_status(self, "completed_tasks") == 256 + sizeof texts / sizeof texts[0]);
    rancog_scheduler_destroy(self);
}

/* ---- another scheduler inside a handler ---- */

typedef struct {
    rancog_scheduler *inner;
    rancog_reply *outer_reply;
} nest;

static int32_t inner_task(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t data_len, rancog_reply *reply, void *user_data)
{
    nest *n = user_data;
    (void)task_id;
    (void)payload;
    (void)data;
    (void)data_len;
    CHECK(reply != n->outer_reply);
    CHECK(write_text(n->outer_reply, "wrong") == RANCOG_E_INVALID_HANDLE); /* the inner task runs now */
    return write_text(reply, "\"inner\"");
}

static int32_t outer_task(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t data_len, rancog_reply *reply, void *user_data)
{
    nest *n = user_data;
    char *result;
    (void)task_id;
    (void)payload;
    (void)data;
    (void)data_len;
    n->outer_reply = reply;
    CHECK(write_text(reply, "[\"before\",") == RANCOG_OK);
    kit_custom(n->inner, 0, 0, "inner", NULL);
    result = kit_execute(n->inner, 1);
    CHECK(strstr(result, "{\"Ok\":\"inner\"}") != NULL);
    free(result);
    return write_text(reply, "\"after\"]");
}

static void a_handler_may_execute_another_scheduler(void)
{
    nest n;
    rancog_scheduler *self = kit_virtual("");
    char *result;
    n.inner = kit_virtual("");
    add(n.inner, "inner", inner_task, &n);
    add(self, "outer", outer_task, &n);
    kit_custom(self, 0, 0, "outer", NULL);
    result = kit_execute(self, 1);
    CHECK(strstr(result, "{\"Ok\":[\"before\",\"after\"]}") != NULL);
    free(result);
    rancog_scheduler_destroy(n.inner);
    rancog_scheduler_destroy(self);
}

/* ---- destroy inside a handler ---- */

static int destroyed_runs;

static int32_t destroy_own(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t data_len, rancog_reply *reply, void *user_data)
{
    rancog_scheduler *self = user_data;
    (void)task_id;
    (void)payload;
    destroyed_runs++;
    rancog_scheduler_destroy(self);
    CHECK(rancog_last_status() == RANCOG_OK);
    CHECK(rancog_scheduler_cancel_task(self, 1) == RANCOG_E_INVALID_HANDLE);
    rancog_scheduler_destroy(self);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(data_len == 4 && memcmp(data, "data", 4) == 0); /* still there */
    return write_text(reply, "\"last words\"");
}

static rancog_scheduler *doomed(void)
{
    rancog_scheduler *self = kit_virtual("");
    destroyed_runs = 0;
    add(self, "end", destroy_own, self);
    kit_custom(self, 0, 0, "end", "data");
    kit_custom(self, 0, 0, "end", "data");
    return self;
}

static void a_handler_that_destroys_its_scheduler_is_the_last_to_run(void)
{
    rancog_scheduler *self = doomed();
    size_t n = 0;
    char *result = kit_execute(self, SIZE_MAX);
    CHECK(destroyed_runs == 1);
    CHECK(kit_count(result, "\"task_id\"") == 1 && strstr(result, "{\"Ok\":\"last words\"}") != NULL);
    free(result);
    CHECK(rancog_scheduler_get_next_execution_time(self) == UINT64_MAX && rancog_last_status() == RANCOG_E_INVALID_HANDLE);

    self = doomed();
    CHECK(rancog_scheduler_execute_ready_batch(self, SIZE_MAX, NULL, &n) == RANCOG_OK && n == 1 && destroyed_runs == 1);

    self = doomed();
    CHECK(rancog_scheduler_run(self, UINT64_MAX, NULL) == RANCOG_E_INVALID_HANDLE && destroyed_runs == 1);
}

/* ---- the table of handlers ---- */

static void a_handler_registered_again_takes_the_tasks_that_are_pending(void)
{
    kit_record first, second;
    rancog_scheduler *self = kit_virtual("");
    uint32_t number = kit_register(self, "note", &first);
    kit_custom(self, 0, 0, "note", NULL);
    CHECK(kit_register(self, "note", &second) == number);
    CHECK(kit_register(self, "note2", &first) == number + 1);
    free(kit_execute(self, 1));
    CHECK(first.runs == 0 && second.runs == 1);
    rancog_scheduler_destroy(self);
}

static void many_types_by_turns_reach_their_handlers(void)
{
    static kit_record seen[40];
    rancog_scheduler *self = kit_virtual("");
    char name[16];
    size_t i, round;
    for (i = 0; i < 40; i++) {
        name[0] = 'n';
        name[1] = (char)('0' + i / 10);
        name[2] = (char)('0' + i % 10);
        name[3] = 0;
        kit_register(self, name, &seen[i]);
    }
    for (round = 0; round < 50; round++) {
        for (i = 0; i < 40; i++) {
            size_t which = (i * 7 + round) % 40;
            name[1] = (char)('0' + which / 10);
            name[2] = (char)('0' + which % 10);
            kit_custom(self, 0, 0, name, name);
        }
    }
    free(kit_execute(self, SIZE_MAX));
    for (i = 0; i < 40; i++) {
        name[1] = (char)('0' + i / 10);
        name[2] = (char)('0' + i % 10);
        CHECK(seen[i].runs == 50 && strcmp(seen[i].data[0], name) == 0 && strcmp(seen[i].data[49], name) == 0);
    }
    rancog_scheduler_destroy(self);
}

int main(void)
{
    RUN(a_handler_may_schedule_cancel_and_ask_but_not_execute);
    RUN(endless_rescheduling_ends_with_the_budget);
    RUN(replies_are_joined_and_only_the_current_one_is_taken);
    RUN(whatever_bytes_a_handler_replies_the_result_is_strict_json);
    RUN(a_handler_may_execute_another_scheduler);
    RUN(a_handler_that_destroys_its_scheduler_is_the_last_to_run);
    RUN(a_handler_registered_again_takes_the_tasks_that_are_pending);
    RUN(many_types_by_turns_reach_their_handlers);
    return check_finish();
}
