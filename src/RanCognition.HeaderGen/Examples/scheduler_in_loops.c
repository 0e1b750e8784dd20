#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "rancognition.h"

static const uint8_t *text(const char *s) { return (const uint8_t *)s; }

// One turn of a control loop; 0 means that it succeeded.
static int32_t turn(uint64_t id, uint64_t cell, const uint8_t *data, size_t length,
                    rancog_reply *reply, void *turns)
{
    (void)data, (void)length;
    printf("task %" PRIu64 ": cell %" PRIu64 "\n", id, cell);
    ++*(int *)turns;
    return rancog_reply_write(reply, text("{\"power_db\":-1}"), 15); // "Ok" of its result
}

int main(void)
{
    static const char options[] = "{\"mode\":\"virtual\"}"; // "real" waits for the clock
    int turns = 0;
    size_t done = 8;
    rancog_task_outcome outcomes[8];
    rancog_scheduler *loop = rancog_scheduler_create(text(options), sizeof options - 1, NULL);
    uint32_t handler = rancog_scheduler_register_handler(loop, text("turn"), 4, turn, &turns);
    rancog_task tasks[] = {
        {.struct_size = sizeof(rancog_task), .handler = handler, .payload = 1}, // due at once
        {.struct_size = sizeof(rancog_task), .handler = handler, .payload = 2,
         .execute_time = 1000000, .interval = 2000000, .max_executions = 2}};
    int failed = rancog_scheduler_schedule_batch(loop, tasks, 2, NULL) != RANCOG_OK ||
                 rancog_scheduler_execute_ready_batch(loop, 8, outcomes, &done) != RANCOG_OK;
    if (!failed)
        printf("%d was due, status %d\n", (int)done, (int)outcomes[0].status);
    uint8_t *saved = rancog_scheduler_snapshot(loop); // what is left, also for another process
    if (!failed && rancog_last_status() == RANCOG_OK) {
        const char *json = (const char *)saved + 4;
        failed = rancog_scheduler_restore(loop, text(json), strlen(json)) != RANCOG_OK ||
                 rancog_scheduler_run(loop, 5000000, NULL) != RANCOG_OK; // until 5 ms
        printf("%d turns\n", turns);
    }
    failed = failed || rancog_last_status() != RANCOG_OK;
    if (failed)
        fprintf(stderr, "%s\n", rancog_last_error_message());
    rancog_buffer_free(saved);
    rancog_scheduler_destroy(loop);
    return failed;
}
// Prints:
// task 1: cell 1
// 1 was due, status 0
// task 2: cell 2
// task 3: cell 2
// 3 turns
