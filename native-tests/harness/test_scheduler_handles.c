/* Handles of schedulers: NULL, stale, forged, of another kind, destroyed twice; the tokens of replies are none of them. */
#include <stdint.h>
#include <string.h>

#include "check.h"
#include "handle_kit.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"
#include "scheduler_kit.h"

static uint64_t value_of(const void *handle)
{
    return (uint64_t)(uintptr_t)handle;
}

/* Every export that takes a scheduler must refuse this one, with sound arguments and with none. */
static void refused_everywhere(void *handle, const char *note)
{
    static const uint8_t type[] = "\"StrangeLoop\"";
    rancog_task task = kit_task(1, 1, 0, 0);
    rancog_task_outcome outcome;
    uint64_t id = 7;
    size_t n = 1;
    CHECK_CASE(rancog_scheduler_schedule_task(handle, 1, 0, type, sizeof type - 1, NULL, 0) == 0 && rancog_last_status() == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_scheduler_schedule_task(handle, UINT64_MAX, 0, NULL, 0, NULL, 9) == 0 && rancog_last_status() == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_scheduler_schedule_recurring_task(handle, 1, 0, type, sizeof type - 1, NULL, 0, 1) == 0 && rancog_last_status() == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_scheduler_execute_ready_tasks(handle, 1), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_scheduler_get_next_execution_time(handle) == UINT64_MAX && rancog_last_status() == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_scheduler_get_queue_status(handle), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_scheduler_advance_time(handle, 1) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_scheduler_cancel_task(handle, 1) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_scheduler_reschedule_task(handle, 1, 1) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_scheduler_register_handler(handle, type, 2, kit_recorder, NULL) == 0 && rancog_last_status() == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_scheduler_schedule_batch(handle, &task, 1, &id) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_scheduler_execute_ready_batch(handle, 1, &outcome, &n) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_scheduler_run(handle, 1, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_scheduler_snapshot(handle), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_scheduler_restore(handle, (const uint8_t *)sample_snapshot, strlen(sample_snapshot)) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(id == 7 && n == 1, note);
}

static void is_new(void *self) { CHECK(rancog_scheduler_get_next_execution_time(self) == UINT64_MAX && rancog_last_status() == RANCOG_OK); }

static const handle_subject subject = {HANDLE_SCHEDULER, refused_everywhere, is_new};

static rancog_reply *kept;

static int32_t keep_reply(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t data_len, rancog_reply *reply, void *user_data)
{
    (void)task_id;
    (void)payload;
    (void)data;
    (void)data_len;
    (void)user_data;
    kept = reply;
    refused_everywhere(reply, "a reply");
    rancog_scheduler_destroy((rancog_scheduler *)reply);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    return 0;
}

static void a_reply_is_no_scheduler_and_no_address(void)
{
    rancog_scheduler *self = kit_virtual("");
    CHECK(rancog_scheduler_register_handler(self, (const uint8_t *)"keep", 4, keep_reply, NULL) != 0);
    kit_custom(self, 0, 0, "keep", NULL);
    rancog_buffer_free(rancog_scheduler_execute_ready_tasks(self, 1));
    CHECK(rancog_last_status() == RANCOG_OK);
    CHECK(value_of(kept) >> 56 == 255);
    CHECK(rancog_reply_write(kept, (const uint8_t *)"late", 4) == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_reply_write((rancog_reply *)self, (const uint8_t *)"x", 1) == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_reply_write(NULL, (const uint8_t *)"none", 4) == RANCOG_E_INVALID_HANDLE);
    rancog_scheduler_destroy(self);
}

static void many_schedulers_come_and_go(void)
{
    rancog_scheduler *live[50];
    size_t round, i;
    for (round = 0; round < check_scale(40, 2); round++) {
        for (i = 0; i < 50; i++) {
            live[i] = kit_virtual("");
            CHECK(kit_custom(live[i], 1, 0, "note", "some data") == 1);
        }
        for (i = 0; i < 50; i++) {
            rancog_scheduler_destroy(live[(i * 7) % 50]);
            CHECK(rancog_last_status() == RANCOG_OK);
        }
    }
}

int main(void)
{
    handle_kit_run(&subject);
    RUN(a_reply_is_no_scheduler_and_no_address);
    RUN(many_schedulers_come_and_go);
    return check_finish();
}
