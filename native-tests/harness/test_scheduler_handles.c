/* Handles of schedulers: NULL, stale, forged, of another kind, destroyed twice; the tokens of replies are none of them. */
#include <stdint.h>
#include <string.h>

#include "check.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"
#include "scheduler_kit.h"

static rancog_scheduler *forged(uint64_t value)
{
    return (rancog_scheduler *)(uintptr_t)value;
}

static uint64_t value_of(const void *handle)
{
    return (uint64_t)(uintptr_t)handle;
}

/* Every export that takes a scheduler must refuse this one, with sound arguments and with none. */
static void refused_everywhere(rancog_scheduler *handle, const char *note)
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

static void null_is_refused_everywhere_but_destroy(void)
{
    refused_everywhere(NULL, "NULL");
    rancog_scheduler_destroy(NULL);
    CHECK(rancog_last_status() == RANCOG_OK);
}

static void a_destroyed_scheduler_is_refused_everywhere(void)
{
    rancog_scheduler *self = rancog_scheduler_create(NULL, 0, NULL);
    CHECK(rancog_scheduler_get_next_execution_time(self) == UINT64_MAX && rancog_last_status() == RANCOG_OK);
    rancog_scheduler_destroy(self);
    CHECK(rancog_last_status() == RANCOG_OK);
    refused_everywhere(self, "destroyed");
    rancog_scheduler_destroy(self);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
}

static void a_stale_handle_is_refused_when_its_place_is_taken_again(void)
{
    rancog_scheduler *stale = rancog_scheduler_create(NULL, 0, NULL), *live;
    rancog_temporal *other;
    rancog_scheduler_destroy(stale);
    live = rancog_scheduler_create(NULL, 0, NULL);
    CHECK(live != stale);
    refused_everywhere(stale, "stale, its place is a scheduler's");
    rancog_scheduler_destroy(live);
    other = rancog_temporal_create(10, 4, NULL);
    refused_everywhere(stale, "stale, its place is another kind's");
    refused_everywhere(live, "stale, its place is another kind's");
    CHECK(rancog_temporal_set_consciousness_level(other, 1) == RANCOG_OK);
    rancog_temporal_destroy(other);
}

static void handles_of_another_kind_are_refused(void)
{
    rancog_scheduler *self = rancog_scheduler_create(NULL, 0, NULL);
    rancog_temporal *other = rancog_temporal_create(10, 4, NULL);
    double value = 1, mean;
    refused_everywhere((rancog_scheduler *)other, "a rancog_temporal");
    CHECK(rancog_scheduler_cancel_task((rancog_scheduler *)other, 1) == RANCOG_E_INVALID_HANDLE);
    CHECK(strcmp(rancog_last_error_message(), "self: is not a rancog_scheduler") == 0);
    rancog_scheduler_destroy((rancog_scheduler *)other);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_temporal_forecast((rancog_temporal *)self, &value, 1, 0, 1, 0.9, &mean, NULL, NULL) == RANCOG_E_INVALID_HANDLE);
    rancog_temporal_destroy((rancog_temporal *)self);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_reply_write((rancog_reply *)self, (const uint8_t *)"x", 1) == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_scheduler_get_next_execution_time(self) == UINT64_MAX && rancog_last_status() == RANCOG_OK);
    rancog_temporal_destroy(other);
    rancog_scheduler_destroy(self);
}

static void a_live_handle_with_any_bit_flipped_is_refused(void)
{
    rancog_scheduler *live = rancog_scheduler_create(NULL, 0, NULL);
    int bit;
    for (bit = 0; bit < 64; bit++) {
        refused_everywhere(forged(value_of(live) ^ (uint64_t)1 << bit), "bit flipped");
        rancog_scheduler_destroy(forged(value_of(live) ^ (uint64_t)1 << bit));
        CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    }
    CHECK(rancog_scheduler_advance_time(live, 1) == RANCOG_OK);
    rancog_scheduler_destroy(live);
}

static void forged_values_and_addresses_are_refused(void)
{
    uint64_t here = 1;
    refused_everywhere(forged(1), "1");
    refused_everywhere(forged(UINT64_MAX), "all bits");
    refused_everywhere(forged((uint64_t)2 << 56), "only the kind");
    refused_everywhere(forged(value_of(&here)), "address on the stack");
    refused_everywhere(forged(value_of(sample_snapshot)), "address of data");
}

static rancog_reply *kept;

static int32_t keep_reply(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t data_len, rancog_reply *reply, void *user_data)
{
    (void)task_id;
    (void)payload;
    (void)data;
    (void)data_len;
    (void)user_data;
    kept = reply;
    refused_everywhere((rancog_scheduler *)reply, "a reply");
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
    RUN(null_is_refused_everywhere_but_destroy);
    RUN(a_destroyed_scheduler_is_refused_everywhere);
    RUN(a_stale_handle_is_refused_when_its_place_is_taken_again);
    RUN(handles_of_another_kind_are_refused);
    RUN(a_live_handle_with_any_bit_flipped_is_refused);
    RUN(forged_values_and_addresses_are_refused);
    RUN(a_reply_is_no_scheduler_and_no_address);
    RUN(many_schedulers_come_and_go);
    return check_finish();
}
