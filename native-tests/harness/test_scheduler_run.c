/* The run loop, in real and virtual time: due times kept, stop flag, wake-up by another thread, destroy while it runs, the host's callbacks. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "hosts.h"
#include "rancognition.h"
#include "result.h"
#include "scheduler_kit.h"

#define MS 1000000u
#define LONG_MS 60000u /* nobody waits for it */

static kit_record seen;

static rancog_scheduler *real(const rancog_host *host)
{
    rancog_scheduler *self = rancog_scheduler_create(NULL, 0, host);
    CHECK(self != NULL);
    kit_register(self, "note", &seen);
    return self;
}

static void virtual_time_jumps_from_task_to_task(void)
{
    rancog_scheduler *self = kit_virtual("");
    kit_register(self, "note", &seen);
    kit_custom(self, 5000000000u, 0, "note", "b");
    kit_custom(self, 10, 0, "note", "a");
    kit_custom(self, 6000000000u, 0, "note", "c");
    CHECK(rancog_scheduler_run(self, 5000000000u, NULL) == RANCOG_OK);
    CHECK(seen.runs == 2 && seen.data[0][0] == 'a' && seen.data[1][0] == 'b');
    CHECK(kit_status(self, "current_time") == 5000000000u);
    CHECK(kit_status(self, "max") == 0); /* nothing was late */
    CHECK(rancog_scheduler_run(self, UINT64_MAX, NULL) == RANCOG_OK); /* until nothing is pending */
    CHECK(seen.runs == 3 && kit_status(self, "current_time") == 6000000000u);
    CHECK(rancog_scheduler_run(self, 7000000000u, NULL) == RANCOG_OK);
    CHECK(kit_status(self, "current_time") == 7000000000u);
    CHECK(rancog_scheduler_run(self, 1, NULL) == RANCOG_OK); /* time that has passed */
    CHECK(kit_status(self, "current_time") == 7000000000u);
    rancog_scheduler_destroy(self);
}

static void real_tasks_run_when_they_are_due_and_not_before(void)
{
    rancog_scheduler *self = real(NULL);
    uint64_t start = rancog_nanotime(), end;
    size_t i;
    for (i = 0; i < 10; i++) {
        kit_custom(self, start + (10 - i) * MS, 0, "note", "x");
    }
    CHECK(rancog_scheduler_run(self, start + 12 * MS, NULL) == RANCOG_OK);
    end = rancog_nanotime();
    CHECK(end >= start + 12 * MS);
    CHECK(seen.runs == 10);
    for (i = 1; i < 10; i++) {
        CHECK(seen.ids[i] < seen.ids[i - 1]);
    }
    CHECK(kit_status(self, "count") == 10 && kit_status(self, "completed_tasks") == 10);
    rancog_scheduler_destroy(self);
}

static void a_raised_flag_ends_a_run_before_it_begins(void)
{
    rancog_scheduler *self = real(NULL);
    int32_t stop = -1;
    kit_custom(self, 0, 0, "note", "x");
    CHECK(rancog_scheduler_run(self, UINT64_MAX, &stop) == RANCOG_OK);
    CHECK(seen.runs == 0);
    stop = 0;
    CHECK(rancog_scheduler_run(self, rancog_nanotime(), &stop) == RANCOG_OK);
    CHECK(seen.runs == 1);
    rancog_scheduler_destroy(self);
}

static int32_t raise_flag(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t data_len, rancog_reply *reply, void *user_data)
{
    (void)task_id;
    (void)payload;
    (void)data;
    (void)data_len;
    (void)reply;
    *(volatile int32_t *)user_data = 1;
    return 0;
}

static void a_handler_may_raise_the_flag(void)
{
    rancog_scheduler *self = kit_virtual("");
    int32_t stop = 0;
    kit_register(self, "note", &seen);
    CHECK(rancog_scheduler_register_handler(self, (const uint8_t *)"stop", 4, raise_flag, &stop) != 0);
    kit_custom(self, 1, 0, "note", "a");
    kit_custom(self, 2, 0, "stop", NULL);
    kit_custom(self, 3, 0, "note", "b");
    CHECK(rancog_scheduler_run(self, 100, &stop) == RANCOG_OK);
    CHECK(seen.runs == 1 && kit_status(self, "pending_tasks") == 1);
    rancog_scheduler_destroy(self);
}

/* ---- a runner on another thread ---- */

typedef struct {
    rancog_scheduler *self;
    uint64_t until;
    int32_t *stop;
    int32_t status;
} runner;

static void *run_thread(void *argument)
{
    runner *r = argument;
    r->status = rancog_scheduler_run(r->self, r->until, r->stop);
    return NULL;
}

static volatile uint64_t ran_at;

static int32_t note_time(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t data_len, rancog_reply *reply, void *user_data)
{
    (void)task_id;
    (void)payload;
    (void)data;
    (void)data_len;
    (void)reply;
    (void)user_data;
    ran_at = rancog_nanotime();
    return 0;
}

static void a_sleeping_run_is_woken_by_an_earlier_task_and_by_the_flag(void)
{
    volatile int32_t stop = 0;
    runner r = {real(NULL), UINT64_MAX, (int32_t *)(uintptr_t)&stop, 1};
    uint64_t sent = 0;
    pthread_t thread;
    size_t i;
    CHECK(rancog_scheduler_register_handler(r.self, (const uint8_t *)"time", 4, note_time, NULL) != 0);
    kit_custom(r.self, rancog_nanotime() + (uint64_t)LONG_MS * MS, 0, "note", "never");
    pthread_create(&thread, NULL, run_thread, &r);
    for (i = 0; i < 5; i++) {
        ran_at = 0;
        usleep(2000);
        sent = rancog_nanotime();
        kit_custom(r.self, 0, 0, "time", NULL);
        while (ran_at == 0 && rancog_nanotime() < sent + (uint64_t)LONG_MS * MS / 2) {
            usleep(50);
        }
        CHECK(ran_at >= sent);
        CHECK(ran_at < sent + 5000u * MS);
    }
    CHECK(kit_status(r.self, "pending_tasks") == 1); /* answered while it runs */
    CHECK(result_check_and_free(rancog_scheduler_execute_ready_tasks(r.self, 1), "while another runs") == RANCOG_E_BUSY);
    CHECK(rancog_scheduler_run(r.self, 0, NULL) == RANCOG_E_BUSY);
    stop = 1;
    pthread_join(thread, NULL);
    CHECK(r.status == RANCOG_OK && seen.runs == 0);
    rancog_scheduler_destroy(r.self);
}

static void destroying_ends_a_run_of_another_thread(void)
{
    size_t round;
    for (round = 0; round < check_scale(20, 3); round++) {
        runner r = {real(NULL), UINT64_MAX, NULL, 1};
        pthread_t thread;
        kit_custom(r.self, rancog_nanotime() + (uint64_t)LONG_MS * MS, 0, "note", "never");
        kit_custom(r.self, 0, 0, "note", "once");
        pthread_create(&thread, NULL, run_thread, &r);
        usleep((useconds_t)(round * 200));
        rancog_scheduler_destroy(r.self);
        CHECK(rancog_last_status() == RANCOG_OK);
        pthread_join(thread, NULL);
        CHECK(r.status == RANCOG_E_INVALID_HANDLE);
        CHECK(seen.runs <= 1);
        CHECK(rancog_scheduler_cancel_task(r.self, 1) == RANCOG_E_INVALID_HANDLE);
    }
}

/* ---- the host ---- */

typedef struct {
    uint64_t now;
    int sleeps, reports, logs;
    int32_t cancel_after;
    int32_t inner_status;
    rancog_scheduler *self;
} own_host;

static uint64_t own_now(void *user_data)
{
    return ((own_host *)user_data)->now += 100;
}

static void own_sleep(uint64_t ns, void *user_data)
{
    own_host *h = user_data;
    h->sleeps++;
    h->now += ns;
}

static void own_log(int32_t level, const uint8_t *message, size_t length, void *user_data)
{
    CHECK(level >= 0 && level <= 3 && message && length > 0);
    ((own_host *)user_data)->logs++;
}

static int32_t own_progress(double fraction, const char *stage, void *user_data)
{
    own_host *h = user_data;
    CHECK(fraction >= 0 && fraction <= 1 && strcmp(stage, "run") == 0);
    h->inner_status = rancog_scheduler_cancel_task(h->self, 999); /* a callback may call; its status is its own */
    return ++h->reports == h->cancel_after;
}

static rancog_host host_of(own_host *h)
{
    rancog_host host;
    memset(&host, 0, sizeof host);
    host.struct_size = sizeof host;
    host.now_ns = own_now;
    host.sleep_ns = own_sleep;
    host.log = own_log;
    host.progress = own_progress;
    host.user_data = h;
    return host;
}

static void the_hosts_clock_sleep_log_and_progress_serve_the_run(void)
{
    own_host h = {1000000, 0, 0, 0, 0, 0, NULL};
    rancog_host host = host_of(&h);
    h.self = real(&host);
    seen.answer = 3;
    kit_custom(h.self, 1000000 + 50 * MS, 0, "note", "fails");
    CHECK(rancog_scheduler_run(h.self, 1000000 + 60 * MS, NULL) == RANCOG_OK);
    CHECK(rancog_last_error_message()[0] == 0);
    CHECK(seen.runs == 1 && h.sleeps > 10 && h.reports > 10 && h.logs == 1);
    CHECK(h.inner_status == RANCOG_E_NOT_FOUND);
    CHECK(kit_status(h.self, "p50") < MS); /* it was not late by the host's clock */
    rancog_scheduler_destroy(h.self);
}

static void progress_cancels_a_run(void)
{
    own_host h = {1000000, 0, 0, 0, 3, 0, NULL};
    rancog_host host = host_of(&h);
    h.self = real(&host);
    CHECK(rancog_scheduler_run(h.self, 1000000 + (uint64_t)LONG_MS * MS, NULL) == RANCOG_E_CANCELLED);
    CHECK(h.reports == 3);
    CHECK(kit_status(h.self, "pending_tasks") == 0); /* and goes on to be of use */
    rancog_scheduler_destroy(h.self);
}

int main(void)
{
    RUN(virtual_time_jumps_from_task_to_task);
    RUN(real_tasks_run_when_they_are_due_and_not_before);
    RUN(a_raised_flag_ends_a_run_before_it_begins);
    RUN(a_handler_may_raise_the_flag);
    RUN(a_sleeping_run_is_woken_by_an_earlier_task_and_by_the_flag);
    RUN(destroying_ends_a_run_of_another_thread);
    RUN(the_hosts_clock_sleep_log_and_progress_serve_the_run);
    RUN(progress_cancels_a_run);
    return check_finish();
}
