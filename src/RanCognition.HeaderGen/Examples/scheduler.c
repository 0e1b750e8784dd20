#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "rancognition.h"

static const uint8_t *text(const char *s) { return (const uint8_t *)s; }

static int32_t tilt(uint64_t id, uint64_t payload, const uint8_t *data, size_t length,
                    rancog_reply *reply, void *user_data)
{
    (void)payload, (void)reply, (void)user_data;
    printf("task %" PRIu64 ": %.*s\n", id, (int)length, length > 0 ? (const char *)data : "");
    return 0; // success
}

// Moves on to the next due time and executes what is due there.
static int step(rancog_scheduler *plan, uint64_t *now)
{
    uint64_t due = rancog_scheduler_get_next_execution_time(plan);
    if (rancog_scheduler_advance_time(plan, due - *now) != RANCOG_OK)
        return 1;
    *now = due;
    printf("at %" PRIu64 " ns\n", due);
    rancog_buffer_free(rancog_scheduler_execute_ready_tasks(plan, SIZE_MAX)); // JSON
    return rancog_last_status() != RANCOG_OK;
}

int main(void)
{
    static const char type[] = "{\"Custom\":\"tilt\"}", options[] = "{\"mode\":\"virtual\"}";
    const size_t length = sizeof type - 1;
    rancog_scheduler *plan = rancog_scheduler_create(text(options), sizeof options - 1, NULL);
    uint64_t series, late, never, now = 0;
    int failed = rancog_scheduler_register_handler(plan, text("tilt"), 4, tilt, NULL) == 0;
    series = rancog_scheduler_schedule_recurring_task(plan, 1000, 1, text(type), length,
                                                      text("look"), 4, 2);
    late = rancog_scheduler_schedule_task(plan, 9000, 0, text(type), length, text("+1"), 2);
    never = rancog_scheduler_schedule_task(plan, 500, 0, text(type), length, NULL, 0);
    failed = failed || series == 0 || late == 0 || never == 0 ||
             rancog_scheduler_cancel_task(plan, never) != RANCOG_OK ||
             rancog_scheduler_reschedule_task(plan, late, 1000) != RANCOG_OK;
    while (!failed && rancog_scheduler_get_next_execution_time(plan) != UINT64_MAX)
        failed = step(plan, &now);
    if (failed)
        fprintf(stderr, "%s\n", rancog_last_error_message());
    uint8_t *status = rancog_scheduler_get_queue_status(plan);
    if (status != NULL)
        printf("%.57s\n", (const char *)status + 4);
    rancog_buffer_free(status);
    rancog_scheduler_destroy(plan);
    return failed;
}
// Prints:
// at 0 ns
// task 1: look
// at 1000 ns
// task 3: +1
// task 2: look
// {"pending_tasks":0,"active_tasks":0,"completed_tasks":3,"
