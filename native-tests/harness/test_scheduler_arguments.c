/* NULL, zero length, huge length and values out of range for every export of the scheduler; what is refused is counted and changes nothing. */
#include <string.h>

#include "argument_kit.h"
#include "check.h"
#include "rancognition.h"
#include "result.h"
#include "scheduler_kit.h"

static const uint8_t type[] = "{\"Custom\":\"note\"}";
#define TYPE_LENGTH (sizeof type - 1)

static rancog_scheduler *self;
static kit_record seen;
static uint32_t note;
static size_t refusals; /* expected error_count */

static int refused(int32_t status)
{
    refusals++;
    return status == RANCOG_E_INVALID_ARGUMENT || status == RANCOG_E_LIMIT;
}

static int names(const char *argument)
{
    size_t length = strlen(argument);
    return strncmp(rancog_last_error_message(), argument, length) == 0 && rancog_last_error_message()[length] == ':';
}

static int refused_id(uint64_t id, const char *argument)
{
    return id == 0 && refused(rancog_last_status()) && names(argument);
}

static uint64_t schedule(uint64_t time, const uint8_t *t, size_t t_length, const uint8_t *data, size_t data_length)
{
    return rancog_scheduler_schedule_task(self, time, 0, t, t_length, data, data_length);
}

static uint64_t recur(uint64_t interval, const uint8_t *t, size_t t_length, const uint8_t *data, size_t data_length, uint32_t most)
{
    return rancog_scheduler_schedule_recurring_task(self, interval, 0, t, t_length, data, data_length, most);
}

static void begin(void)
{
    self = kit_virtual("");
    note = kit_register(self, "note", &seen);
    CHECK(kit_custom(self, 3, 0, "note", "kept") == 1);
    refusals = 0;
}

/* Every refusal was counted once, and nothing else changed. */
static void end(void)
{
    CHECK(kit_status(self, "error_count") == refusals);
    CHECK(kit_status(self, "pending_tasks") == 1);
    CHECK(kit_status(self, "tasks_scheduled") == 1);
    CHECK(rancog_scheduler_get_next_execution_time(self) == 3);
    CHECK(kit_custom(self, 3, 0, "note", NULL) == 2);
    rancog_scheduler_destroy(self);
}

static void types_and_data_are_checked_before_they_are_read(void)
{
    const uint8_t *data = (const uint8_t *)"abc";
    size_t i;
    begin();
    CHECK(refused_id(schedule(1, NULL, 0, data, 3), "type"));
    CHECK(refused_id(schedule(1, NULL, 5, data, 3), "type"));
    CHECK(refused_id(schedule(1, type, 0, data, 3), "type"));
    CHECK(refused_id(schedule(1, type, TYPE_LENGTH, NULL, 3), "data"));
    CHECK(refused_id(recur(1, NULL, 0, data, 3, 2), "type"));
    CHECK(refused_id(recur(1, type, 0, data, 3, 2), "type"));
    CHECK(refused_id(recur(1, type, TYPE_LENGTH, NULL, 3, 2), "data"));
    CHECK(refused_id(schedule(1, type, TYPE_LENGTH, data, ((size_t)16 << 20) + 1), "data"));
    for (i = 0; i < HUGE_LENGTHS; i++) {
        CHECK(refused_id(schedule(1, type, huge_lengths[i], data, 3), "type"));
        CHECK(refused_id(schedule(1, NULL, huge_lengths[i], data, 3), "type"));
        CHECK(refused_id(schedule(1, type, TYPE_LENGTH, data, huge_lengths[i]), "data"));
        CHECK(refused_id(schedule(1, type, TYPE_LENGTH, NULL, huge_lengths[i]), "data"));
        CHECK(refused_id(recur(1, type, huge_lengths[i], data, 3, 2), "type"));
        CHECK(refused_id(recur(1, type, TYPE_LENGTH, data, huge_lengths[i], 2), "data"));
    }
    end();
}

static void the_last_time_is_no_time(void)
{
    begin();
    CHECK(refused_id(schedule(UINT64_MAX, type, TYPE_LENGTH, NULL, 0), "execute_time"));
    CHECK(refused(rancog_scheduler_reschedule_task(self, 1, UINT64_MAX)) && names("time"));
    end();
    begin();
    CHECK(schedule(UINT64_MAX - 1, type, TYPE_LENGTH, NULL, 0) == 2);
    CHECK(rancog_scheduler_cancel_task(self, 1) == RANCOG_OK);
    CHECK(rancog_scheduler_get_next_execution_time(self) == UINT64_MAX - 1);
    CHECK(rancog_scheduler_advance_time(self, UINT64_MAX) == RANCOG_OK);
    CHECK(kit_status(self, "current_time") == UINT64_MAX - 1);
    rancog_scheduler_destroy(self);
}

static void series_need_executions_and_time_between_them(void)
{
    begin();
    CHECK(refused_id(recur(5, type, TYPE_LENGTH, NULL, 0, 0), "max_executions"));
    CHECK(refused_id(recur(0, type, TYPE_LENGTH, NULL, 0, UINT32_MAX), "interval"));
    end();
}

static void a_recurring_task_may_run_past_the_end_of_time(void)
{
    begin();
    CHECK(recur(UINT64_MAX, type, TYPE_LENGTH, NULL, 0, UINT32_MAX) == 2);
    CHECK(rancog_scheduler_cancel_task(self, 1) == RANCOG_OK);
    CHECK(rancog_scheduler_advance_time(self, UINT64_MAX) == RANCOG_OK);
    rancog_buffer_free(rancog_scheduler_execute_ready_tasks(self, SIZE_MAX));
    CHECK(seen.runs == 1);
    CHECK(rancog_scheduler_get_next_execution_time(self) == UINT64_MAX);
    rancog_scheduler_destroy(self);
}

static void the_queue_and_its_data_are_bounded(void)
{
    static uint8_t bytes[100];
    rancog_task batch[3];
    self = kit_virtual(",\"capacity\":3,\"data_bytes\":100");
    note = kit_register(self, "note", &seen);
    batch[0] = batch[1] = batch[2] = kit_task(note, 1, 0, 0);
    CHECK(schedule(1, type, TYPE_LENGTH, bytes, 100) == 1);
    CHECK(schedule(1, type, TYPE_LENGTH, bytes, 1) == 0 && rancog_last_status() == RANCOG_E_LIMIT);
    CHECK(schedule(1, type, TYPE_LENGTH, NULL, 0) == 2);
    CHECK(rancog_scheduler_schedule_batch(self, batch, 2, NULL) == RANCOG_E_LIMIT);
    CHECK(recur(5, type, TYPE_LENGTH, NULL, 0, 9) != 0);
    CHECK(schedule(1, type, TYPE_LENGTH, NULL, 0) == 0 && rancog_last_status() == RANCOG_E_LIMIT);
    CHECK(rancog_scheduler_schedule_batch(self, batch, 1, NULL) == RANCOG_E_LIMIT);
    CHECK(kit_status(self, "error_count") == 4 && kit_status(self, "pending_tasks") == 3);
    CHECK(rancog_scheduler_cancel_task(self, 1) == RANCOG_OK);
    CHECK(schedule(1, type, TYPE_LENGTH, bytes, 100) != 0);
    rancog_scheduler_destroy(self);
}

static uint32_t add_handler(const char *name, size_t length, rancog_task_handler fn)
{
    return rancog_scheduler_register_handler(self, (const uint8_t *)name, length, fn, NULL);
}

static void handlers_need_a_name_and_a_function(void)
{
    char name[257];
    size_t i;
    memset(name, 'n', sizeof name);
    begin();
    CHECK(refused_id(add_handler(NULL, 0, kit_recorder), "name"));
    CHECK(refused_id(add_handler(NULL, 4, kit_recorder), "name"));
    CHECK(refused_id(add_handler("name", 0, kit_recorder), "name"));
    CHECK(refused_id(add_handler("name", 4, NULL), "fn"));
    CHECK(refused_id(add_handler("\xff", 1, kit_recorder), "name"));
    CHECK(refused_id(add_handler(name, 257, kit_recorder), "name"));
    for (i = 0; i < HUGE_LENGTHS; i++) {
        CHECK(refused_id(add_handler("name", huge_lengths[i], kit_recorder), "name"));
    }
    CHECK(add_handler(name, 256, kit_recorder) == note + 1);
    CHECK(rancog_scheduler_register_handler(self, (const uint8_t *)"note", 4, kit_recorder, &seen) == note);
    end();
}

static void batches_are_checked_before_anything_is_scheduled(void)
{
    rancog_task good[2], bad[2];
    uint64_t ids[2] = {77, 77};
    size_t i;
    begin();
    good[0] = good[1] = kit_task(note, 5, 0, 1);
    CHECK(refused(rancog_scheduler_schedule_batch(self, NULL, 2, ids)) && names("tasks"));
    CHECK(refused(rancog_scheduler_schedule_batch(self, good, 0, ids)) && names("tasks"));
    for (i = 0; i < HUGE_LENGTHS; i++) {
        CHECK(refused(rancog_scheduler_schedule_batch(self, good, huge_lengths[i], ids)));
        CHECK(refused(rancog_scheduler_schedule_batch(self, NULL, huge_lengths[i], NULL)));
    }
    for (i = 0; i < 8; i++) {
        static const char *const places[] = {"tasks[1].struct_size", "tasks[1].struct_size", "tasks[1].handler", "tasks[1].handler", "tasks[1].execute_time",
                                             "tasks[1].reserved0", "tasks[1].max_executions", "tasks[1].interval"};
        memcpy(bad, good, sizeof bad);
        switch (i) {
        case 0: bad[1].struct_size = 0; break;
        case 1: bad[1].struct_size = sizeof bad[1] + 8; break;
        case 2: bad[1].handler = 0; break;
        case 3: bad[1].handler = note + 1; break;
        case 4: bad[1].execute_time = UINT64_MAX; break;
        case 5: bad[1].reserved0[2] = 1; break;
        case 6: bad[1].interval = 1; break; /* no executions */
        default: bad[1].interval = UINT64_MAX; bad[1].max_executions = 0; break;
        }
        CHECK_CASE(refused(rancog_scheduler_schedule_batch(self, bad, 2, ids)), places[i]);
        CHECK_CASE(strncmp(rancog_last_error_message(), "tasks[1].", 9) == 0, rancog_last_error_message());
        CHECK_CASE(i == 7 || names(places[i]), rancog_last_error_message());
    }
    CHECK(refused(rancog_scheduler_schedule_batch(self, bad + 1, 1, NULL)));
    CHECK(ids[0] == 77 && ids[1] == 77);
    end();
}

static void outcomes_need_a_count(void)
{
    rancog_task_outcome outcome;
    size_t n = 1, i;
    begin();
    CHECK(refused(rancog_scheduler_execute_ready_batch(self, 1, &outcome, NULL)) && names("n"));
    CHECK(refused(rancog_scheduler_execute_ready_batch(self, 1, NULL, NULL)) && names("n"));
    for (i = 0; i < HUGE_LENGTHS; i++) {
        n = huge_lengths[i];
        CHECK(refused(rancog_scheduler_execute_ready_batch(self, 1, &outcome, &n)) && n == huge_lengths[i]);
        CHECK(rancog_scheduler_execute_ready_batch(self, 1, NULL, &n) == RANCOG_OK && n == 0);
    }
    end();
}

static void snapshots_and_options_are_checked_before_they_are_read(void)
{
    const uint8_t *text = (const uint8_t *)"{}";
    size_t i;
    begin();
    CHECK(refused(rancog_scheduler_restore(self, NULL, 0)) && names("snapshot"));
    CHECK(refused(rancog_scheduler_restore(self, NULL, 2)) && names("snapshot"));
    CHECK(refused(rancog_scheduler_restore(self, text, 0)) && names("snapshot"));
    for (i = 0; i < HUGE_LENGTHS; i++) {
        CHECK(refused(rancog_scheduler_restore(self, text, huge_lengths[i])));
        CHECK(rancog_scheduler_create(text, huge_lengths[i], NULL) == NULL && rancog_last_status() == RANCOG_E_LIMIT);
        CHECK(rancog_scheduler_create(NULL, huge_lengths[i], NULL) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT && names("options"));
    }
    CHECK(rancog_scheduler_restore(self, text, 2) == RANCOG_E_INVALID_JSON);
    refusals++;
    end();
}

static void a_type_that_is_not_understood_is_counted_and_not_scheduled(void)
{
    static const char *const types[] = {"\"Custom\"", "\"custom\"", "{\"Custom\":5}", "{}", "[", "{\"type\":\"StrangeLoop\",\"dead_line\":1}", "{\"Custom\":\"a\",\"after\":[1]}"};
    size_t i;
    begin();
    for (i = 0; i < sizeof types / sizeof types[0]; i++) {
        CHECK_CASE(kit_schedule(self, 1, 0, types[i], NULL) == 0, types[i]);
        CHECK_CASE(rancog_last_status() == RANCOG_E_INVALID_JSON && names("type"), types[i]);
        refusals++;
    }
    CHECK(refused_id(kit_schedule(self, 1, 0, "{\"Custom\":\"\"}", NULL), "type"));
    CHECK(refused_id(kit_schedule(self, 1, 0, "{\"type\":\"StrangeLoop\",\"retry\":{\"attempts\":0}}", NULL), "type"));
    end();
}

int main(void)
{
    RUN(types_and_data_are_checked_before_they_are_read);
    RUN(the_last_time_is_no_time);
    RUN(series_need_executions_and_time_between_them);
    RUN(a_recurring_task_may_run_past_the_end_of_time);
    RUN(the_queue_and_its_data_are_bounded);
    RUN(handlers_need_a_name_and_a_function);
    RUN(batches_are_checked_before_anything_is_scheduled);
    RUN(outcomes_need_a_count);
    RUN(snapshots_and_options_are_checked_before_they_are_read);
    RUN(a_type_that_is_not_understood_is_counted_and_not_scheduled);
    return check_finish();
}
