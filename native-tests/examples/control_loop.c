/* A control loop of 1 ms: a handler runs every millisecond for a second, once for each way of waiting, and a table says how late it was.
 *
 *     control_loop [seconds]                                                                                                              */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "json_pick.h"
#include "rancognition.h"

#define PERIOD_NS 1000000u
#define SECOND_NS 1000000000u

/* What the loop controls: the PRB use of a cell is held near a target by the share of users that are handed over. */
struct loop {
    double prb_use;
    double handed_over;
    uint64_t turns;
};

static int32_t turn(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t length, rancog_reply *reply, void *user_data)
{
    struct loop *loop = user_data;
    double error = loop->prb_use - 70.0;
    (void)task_id, (void)payload, (void)data, (void)length, (void)reply;
    loop->handed_over += 0.001 * error;
    loop->prb_use += 0.01 * (90.0 - loop->prb_use) - 0.01 * loop->handed_over;
    loop->turns++;
    return 0;
}

static uint64_t processor_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * SECOND_NS + (uint64_t)now.tv_nsec;
}

static const uint8_t *text(const char *characters)
{
    return (const uint8_t *)characters;
}

static int run_loop(const char *name, const char *options, double seconds)
{
    static const char type[] = "{\"Custom\":\"control\"}";
    struct loop loop = {90.0, 0.0, 0};
    rancog_scheduler *scheduler = rancog_scheduler_create(text(options), strlen(options), NULL);
    uint64_t duration = (uint64_t)(seconds * SECOND_NS), used;
    uint8_t *status;
    json_value metrics, lateness;
    int failed;
    if (!scheduler || !rancog_scheduler_register_handler(scheduler, text("control"), 7, turn, &loop) ||
        !rancog_scheduler_schedule_recurring_task(scheduler, PERIOD_NS, 0, text(type), sizeof type - 1, NULL, 0, UINT32_MAX)) {
        fprintf(stderr, "control_loop: %s\n", rancog_last_error_message());
        rancog_scheduler_destroy(scheduler);
        return 1;
    }
    used = processor_ns();
    failed = rancog_scheduler_run(scheduler, rancog_nanotime() + duration, NULL) != RANCOG_OK;
    used = processor_ns() - used;
    status = rancog_scheduler_get_queue_status(scheduler);
    metrics = json_field((json_value)status + 4, "performance_metrics");
    lateness = json_field(metrics, "lateness");
    printf("%-28s %7" PRIu64 " %9.1f %9.1f %9.1f %9.1f %8.0f\n", name, loop.turns, (double)json_whole(json_field(lateness, "p50")) / 1e3,
           (double)json_whole(json_field(lateness, "p99")) / 1e3, (double)json_whole(json_field(lateness, "p999")) / 1e3,
           (double)json_whole(json_field(lateness, "max")) / 1e3, 100.0 * (double)used / (double)duration);
    failed |= json_whole(json_field(metrics, "tasks_executed")) != loop.turns || json_whole(json_field(metrics, "tasks_failed")) != 0;
    rancog_buffer_free(status);
    rancog_scheduler_destroy(scheduler);
    return failed;
}

int main(int argc, char **argv)
{
    double seconds = argc > 1 ? atof(argv[1]) : 1.0;
    int failed = 0;
    if (!(seconds > 0 && seconds <= 3600)) {
        fprintf(stderr, "usage: control_loop [seconds]\n");
        return 2;
    }
    printf("A control loop of 1 ms for %g s; how late its turns began, microseconds\n\n", seconds);
    printf("%-28s %7s %9s %9s %9s %9s %8s\n", "", "turns", "p50", "p99", "p99.9", "max", "CPU %");
    failed |= run_loop("sleeps", "{\"spin_ns\":0}", seconds);
    failed |= run_loop("sleeps, then spins (default)", "{}", seconds);
    failed |= run_loop("spins", "{\"spin_ns\":1000000}", seconds);
    return failed;
}
