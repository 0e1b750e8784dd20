/* Eight threads on one scheduler: every task runs once, nothing is lost, no call waits for ever. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"
#include "scheduler_kit.h"
#include "thread.h"

#define THREADS 8

static rancog_scheduler *self;
static uint32_t count_handler;
static uint64_t executed, executed_payload; /* only the runner writes */
static volatile int32_t stop;
static int32_t run_status;

static int32_t count_task(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t data_len, rancog_reply *reply, void *user_data)
{
    (void)task_id;
    (void)data;
    (void)reply;
    (void)user_data;
    executed++;
    executed_payload += payload + data_len;
    return 0;
}

static void *runner(void *unused)
{
    (void)unused;
    run_status = rancog_scheduler_run(self, UINT64_MAX, (const int32_t *)(uintptr_t)&stop);
    return NULL;
}

static void begin(void)
{
    self = rancog_scheduler_create(NULL, 0, NULL);
    count_handler = rancog_scheduler_register_handler(self, (const uint8_t *)"count", 5, count_task, NULL);
    CHECK(count_handler != 0);
    executed = executed_payload = 0;
    stop = 0;
    run_status = 1;
}

/* What one producer did. */
typedef struct {
    size_t number;
    uint64_t scheduled, cancelled, payload;
} share;

static void *produce(void *argument)
{
    static const uint8_t type[] = "{\"Custom\":\"count\"}";
    share *s = argument;
    size_t round, rounds = check_scale(20000, 300);
    for (round = 0; round < rounds; round++) {
        uint64_t at = rancog_nanotime() + round % 7 * 1000, id, ids[3];
        rancog_task batch[3];
        batch[0] = batch[1] = batch[2] = kit_task(count_handler, at, (uint8_t)s->number, round);
        switch (round % 4) {
        case 0:
            id = rancog_scheduler_schedule_task(self, at, 0, type, sizeof type - 1, type, round % 9);
            CHECK(id != 0);
            s->scheduled++;
            s->payload += round % 9;
            break;
        case 1:
            CHECK(rancog_scheduler_schedule_batch(self, batch, 3, ids) == RANCOG_OK && ids[0] < ids[1] && ids[1] < ids[2]);
            s->scheduled += 3;
            s->payload += 3 * round;
            break;
        case 2:
            id = rancog_scheduler_schedule_task(self, rancog_nanotime() + 3600000000000u, 0, type, sizeof type - 1, NULL, 0);
            CHECK(id != 0);
            CHECK(rancog_scheduler_reschedule_task(self, id, rancog_nanotime() + 7200000000000u) == RANCOG_OK);
            CHECK(rancog_scheduler_cancel_task(self, id) == RANCOG_OK);
            CHECK(rancog_scheduler_cancel_task(self, id) == RANCOG_E_NOT_FOUND);
            s->cancelled++;
            break;
        default:
            CHECK(kit_status(self, "capacity") == 1048576);
            rancog_scheduler_get_next_execution_time(self);
            CHECK(rancog_last_status() == RANCOG_OK);
            break;
        }
    }
    return NULL;
}

static void produce_on_eight_threads(share shares[THREADS])
{
    size_t i;
    memset(shares, 0, THREADS * sizeof *shares);
    for (i = 0; i < THREADS; i++) {
        shares[i].number = i;
    }
    threads_run(THREADS, produce, shares, sizeof shares[0]);
}

static void counts_are_exact(const share shares[THREADS])
{
    uint64_t scheduled = 0, cancelled = 0, payload = 0;
    size_t i;
    for (i = 0; i < THREADS; i++) {
        scheduled += shares[i].scheduled;
        cancelled += shares[i].cancelled;
        payload += shares[i].payload;
    }
    CHECK(executed == scheduled && executed_payload == payload);
    CHECK(kit_status(self, "pending_tasks") == 0);
    CHECK(kit_status(self, "completed_tasks") == scheduled);
    CHECK(kit_status(self, "tasks_scheduled") == scheduled + cancelled);
    CHECK(kit_status(self, "tasks_cancelled") == cancelled);
    CHECK(kit_status(self, "error_count") == cancelled); /* the second cancels */
    CHECK(kit_status(self, "data_bytes") == 0);
}

static void eight_producers_and_a_runner_lose_nothing(void)
{
    share shares[THREADS];
    pthread_t thread;
    begin();
    pthread_create(&thread, NULL, runner, NULL);
    produce_on_eight_threads(shares);
    while (kit_status(self, "pending_tasks") != 0) {
        usleep(1000);
    }
    stop = 1;
    pthread_join(thread, NULL);
    CHECK(run_status == RANCOG_OK);
    counts_are_exact(shares);
    rancog_scheduler_destroy(self);
}

static void eight_producers_without_a_runner_lose_nothing(void)
{
    share shares[THREADS];
    size_t n = 0;
    begin();
    produce_on_eight_threads(shares);
    usleep(100);
    CHECK(rancog_scheduler_execute_ready_batch(self, SIZE_MAX, NULL, &n) == RANCOG_OK);
    CHECK(n == executed);
    counts_are_exact(shares);
    rancog_scheduler_destroy(self);
}

static void *execute_share(void *total)
{
    size_t n;
    do {
        rancog_task_outcome outcomes[50];
        n = 50;
        CHECK(rancog_scheduler_execute_ready_batch(self, SIZE_MAX, outcomes, &n) == RANCOG_OK);
        *(size_t *)total += n;
    } while (n != 0);
    return NULL;
}

static void eight_threads_that_execute_share_the_tasks(void)
{
    size_t count = check_scale(100000, 2000), totals[THREADS] = {0}, sum = 0, i;
    rancog_task *tasks = malloc(count * sizeof *tasks);
    begin();
    for (i = 0; i < count; i++) {
        tasks[i] = kit_task(count_handler, i, 0, 1);
    }
    CHECK(rancog_scheduler_schedule_batch(self, tasks, count, NULL) == RANCOG_OK);
    threads_run(THREADS, execute_share, totals, sizeof totals[0]);
    for (i = 0; i < THREADS; i++) {
        sum += totals[i];
    }
    CHECK(sum == count && executed == count && executed_payload == count);
    free(tasks);
    rancog_scheduler_destroy(self);
}

static void *use_until_destroyed(void *handle)
{
    static const uint8_t type[] = "{\"Custom\":\"count\"}";
    int32_t status;
    size_t n;
    do {
        rancog_scheduler_schedule_task(handle, 0, 0, type, sizeof type - 1, type, 5);
        status = rancog_last_status();
        CHECK(status == RANCOG_OK || status == RANCOG_E_INVALID_HANDLE);
        n = 0;
        status = rancog_scheduler_execute_ready_batch(handle, 3, NULL, &n);
        CHECK(status == RANCOG_OK || status == RANCOG_E_INVALID_HANDLE);
        result_check_and_free(rancog_scheduler_get_queue_status(handle), "while it is destroyed");
        result_check_and_free(rancog_scheduler_snapshot(handle), "while it is destroyed");
    } while (status == RANCOG_OK);
    rancog_scheduler_destroy(handle); /* all but one come too late */
    return NULL;
}

static void destroying_under_eight_users_is_safe(void)
{
    size_t round;
    for (round = 0; round < check_scale(200, 5); round++) {
        pthread_t threads[THREADS];
        begin();
        threads_start(threads, THREADS, use_until_destroyed, self, 0);
        usleep((useconds_t)(round % 20 * 100));
        rancog_scheduler_destroy(self);
        threads_join(threads, THREADS);
    }
}

static void *come_and_go(void *unused)
{
    size_t i;
    (void)unused;
    for (i = 0; i < check_scale(500, 20); i++) {
        rancog_scheduler *own = kit_virtual("");
        CHECK(kit_custom(own, 1, 0, "note", "data") == 1);
        CHECK(rancog_scheduler_advance_time(own, 1) == RANCOG_OK);
        free(kit_execute(own, 1));
        rancog_scheduler_destroy(own);
        CHECK(rancog_scheduler_cancel_task(own, 1) == RANCOG_E_INVALID_HANDLE);
    }
    return NULL;
}

static void schedulers_come_and_go_on_eight_threads(void)
{
    threads_run(THREADS, come_and_go, NULL, 0);
}

static void *everything_once(void *unused)
{
    rancog_scheduler *own = kit_virtual("");
    text problem = sample_problem(1008, 48, 1);
    kit_record seen;
    (void)unused;
    kit_register(own, "note", &seen);
    CHECK(kit_schedule(own, 0, 0, "\"TemporalAnalysis\"", problem.bytes) != 0);
    kit_custom(own, 0, 0, "note", "data");
    free(kit_execute(own, SIZE_MAX));
    CHECK(rancog_scheduler_restore(own, (const uint8_t *)sample_snapshot, strlen(sample_snapshot)) == RANCOG_OK);
    CHECK(result_check_and_free(rancog_scheduler_snapshot(own), "small stack") == RANCOG_OK);
    CHECK(rancog_scheduler_run(own, UINT64_MAX, NULL) == RANCOG_OK);
    CHECK(kit_status(own, "completed_tasks") == 6);
    rancog_scheduler_destroy(own);
    text_free(&problem);
    return NULL;
}

static void a_stack_of_256_kb_is_enough(void) { threads_run(1, everything_once, NULL, 0); }

int main(void)
{
    RUN(eight_producers_and_a_runner_lose_nothing);
    RUN(eight_producers_without_a_runner_lose_nothing);
    RUN(eight_threads_that_execute_share_the_tasks);
    RUN(destroying_under_eight_users_is_safe);
    RUN(schedulers_come_and_go_on_eight_threads);
    RUN(a_stack_of_256_kb_is_enough);
    return check_finish();
}
