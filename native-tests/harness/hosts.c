#include "hosts.h"

#include <string.h>

#include "check.h"

static uint64_t still(void *user_data)
{
    (void)user_data;
    return HOST_FIXED_NOW_NS;
}

static uint64_t same_bits(void *user_data)
{
    (void)user_data;
    return 0x0123456789ABCDEFu;
}

static rancog_host empty(void *user_data)
{
    rancog_host host;
    memset(&host, 0, sizeof host);
    host.struct_size = sizeof host;
    host.user_data = user_data;
    return host;
}

rancog_host host_fixed(void)
{
    rancog_host host = empty(NULL);
    host.now_ns = still;
    host.random_u64 = same_bits;
    return host;
}

static void watch_call(void *user_data, int which)
{
    host_watch *watch = user_data;
    watch->calls[which]++;
    if (!pthread_equal(pthread_self(), watch->caller)) {
        watch->strange_thread++;
    }
}

static uint64_t watched_now(void *user_data)
{
    watch_call(user_data, 0);
    return HOST_FIXED_NOW_NS;
}

static void watched_log(int32_t level, const uint8_t *message, size_t length, void *user_data)
{
    watch_call(user_data, 1);
    if (level < 0 || level > 3 || !message || length > 100000) {
        ((host_watch *)user_data)->strange_thread++;
    }
}

static uint64_t watched_random(void *user_data)
{
    watch_call(user_data, 2);
    return 7;
}

static int32_t watched_progress(double fraction, const char *stage, void *user_data)
{
    watch_call(user_data, 3);
    if (!(fraction >= 0 && fraction <= 1) || !stage) {
        ((host_watch *)user_data)->strange_thread++;
    }
    return ((host_watch *)user_data)->cancel;
}

rancog_host host_watching(host_watch *watch)
{
    rancog_host host = empty(watch);
    watch->caller = pthread_self();
    host.now_ns = watched_now;
    host.log = watched_log;
    host.random_u64 = watched_random;
    host.progress = watched_progress;
    return host;
}

/* Own handle first, other one second: after it the thread's status is OK again. */
static void call_back(void *user_data, int which)
{
    host_watch *watch = user_data;
    double last[3] = {1, 2, 3}, mean[1];
    watch_call(watch, which);
    if (watch->self) {
        int32_t status = rancog_temporal_forecast(watch->self, last, 3, 0, 1, 0.9, mean, NULL, NULL);
        uint8_t *metrics = rancog_temporal_get_performance_metrics(watch->self);
        if (rancog_last_status() != status) {
            status = rancog_last_status();
        }
        rancog_buffer_free(metrics);
        watch->self_status = status;
    }
    if (watch->other) {
        watch->other_status = rancog_temporal_forecast(watch->other, last, 3, 0, 1, 0.9, mean, NULL, NULL);
    }
    /* Leaves a failed status behind: it belongs to this inner call, not to the outer one. */
    rancog_temporal_destroy((rancog_temporal *)1);
}

static uint64_t reentrant_now(void *user_data)
{
    call_back(user_data, 0);
    return HOST_FIXED_NOW_NS;
}

static void reentrant_log(int32_t level, const uint8_t *message, size_t length, void *user_data)
{
    (void)level;
    (void)message;
    (void)length;
    call_back(user_data, 1);
}

static uint64_t reentrant_random(void *user_data)
{
    call_back(user_data, 2);
    return 7;
}

static int32_t reentrant_progress(double fraction, const char *stage, void *user_data)
{
    (void)fraction;
    (void)stage;
    call_back(user_data, 3);
    return 0;
}

rancog_host host_reentrant(host_watch *watch)
{
    rancog_host host = empty(watch);
    watch->caller = pthread_self();
    host.now_ns = reentrant_now;
    host.log = reentrant_log;
    host.random_u64 = reentrant_random;
    host.progress = reentrant_progress;
    return host;
}

static void call_inside(const host_steps *steps)
{
    if (steps->inside) {
        steps->inside(steps->state);
    }
}

static uint64_t stepping_now(void *user_data)
{
    host_steps *steps = user_data;
    call_inside(steps);
    return steps->now_ns += steps->step_ns;
}

static uint64_t stepping_random(void *user_data)
{
    call_inside(user_data);
    return same_bits(user_data);
}

static int32_t stepping_progress(double fraction, const char *stage, void *user_data)
{
    host_steps *steps = user_data;
    CHECK(fraction >= 0 && fraction <= 1 && stage && strlen(stage) < 100);
    steps->progress_calls++;
    call_inside(steps);
    return steps->cancel;
}

rancog_host host_stepping(host_steps *steps)
{
    rancog_host host = host_fixed();
    memset(steps, 0, sizeof *steps);
    steps->now_ns = HOST_FIXED_NOW_NS;
    steps->step_ns = 10000000;
    host.now_ns = stepping_now;
    host.random_u64 = stepping_random;
    host.progress = stepping_progress;
    host.user_data = steps;
    return host;
}
