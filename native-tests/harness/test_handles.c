/* Handles of temporal cores: what holds for all handles, and that they are never reused. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "handle_kit.h"
#include "hosts.h"
#include "json_calls.h"
#include "prng.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"

/* Every export that takes a handle must refuse this one, with sound arguments and with none. */
static void refused_everywhere(void *handle, const char *note)
{
    static const uint64_t time = 1;
    double value = 1, out = 7;
    uint8_t flag = 7;
    size_t index = 7, count = 1, i;
    CHECK_CASE(rancog_temporal_forecast(handle, &value, 1, 0, 1, 0.9, &out, NULL, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_temporal_forecast(handle, NULL, 0, 0, 0, 0, NULL, NULL, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_temporal_observe(handle, (const uint8_t *)"n", 1, (const uint8_t *)"m", 1, &time, &value, 1) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_temporal_score_anomalies(handle, &value, 1, 0, &out) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_temporal_detect_anomalies(handle, &value, 1, 0, &flag) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_temporal_detect_change_points(handle, &value, 1, 0, &index, &count) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_temporal_set_consciousness_level(handle, 0.5) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_temporal_get_performance_metrics(handle), note) == RANCOG_E_INVALID_HANDLE, note);
    for (i = 0; i < json_calls_count; i++) {
        if (json_calls[i].uses_handle) {
            CHECK_CASE(json_call_check(&json_calls[i], handle, json_calls[i].sample, strlen(json_calls[i].sample), note) == RANCOG_E_INVALID_HANDLE, note);
        }
    }
    CHECK_CASE(out == 7 && flag == 7 && index == 7 && count == 1, note);
}

static const handle_subject subject = {HANDLE_TEMPORAL, refused_everywhere, NULL};

static rancog_temporal *forged(uint64_t value) { return (rancog_temporal *)(uintptr_t)value; }

static void small_and_random_values_are_refused(void)
{
    rancog_temporal *live = rancog_temporal_create(10, 4, NULL);
    uint64_t random = 1;
    size_t i;
    for (i = 1; i <= check_scale(2000, 50); i++) {
        rancog_temporal_destroy(forged(i));
        CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
        CHECK(rancog_temporal_set_consciousness_level(forged(i << 24), 0.5) == RANCOG_E_INVALID_HANDLE);
        CHECK(rancog_temporal_set_consciousness_level(forged(i << 56), 0.5) == RANCOG_E_INVALID_HANDLE);
        CHECK(rancog_temporal_set_consciousness_level(forged(prng_next(&random)), 0.5) == RANCOG_E_INVALID_HANDLE);
    }
    rancog_temporal_destroy(live);
}

static int by_value(const void *a, const void *b)
{
    uintptr_t left = (uintptr_t) * (rancog_temporal *const *)a, right = (uintptr_t) * (rancog_temporal *const *)b;
    return left < right ? -1 : left > right;
}

static void handle_values_are_never_reused(void)
{
    size_t n = check_scale(100000, 2000), i;
    rancog_temporal **seen = malloc(n * sizeof *seen);
    for (i = 0; i < n; i++) {
        seen[i] = rancog_temporal_create(10, 4, NULL);
        if (!CHECK(seen[i] != NULL)) {
            break;
        }
        rancog_temporal_destroy(seen[i]);
    }
    qsort(seen, n, sizeof *seen, by_value);
    for (i = 1; i < n; i++) {
        if (!CHECK(seen[i] != seen[i - 1])) {
            break;
        }
    }
    free(seen);
}

static void many_handles_live_side_by_side(void)
{
    size_t n = check_scale(5000, 200), i;
    rancog_temporal **live = malloc(n * sizeof *live);
    for (i = 0; i < n; i++) {
        live[i] = rancog_temporal_create(10, 4, NULL);
    }
    for (i = 0; i < n; i += 2) {
        rancog_temporal_destroy(live[i]);
    }
    for (i = 0; i < n; i++) {
        CHECK(rancog_temporal_set_consciousness_level(live[i], 0.5) == (i % 2 ? RANCOG_OK : RANCOG_E_INVALID_HANDLE));
        rancog_temporal_destroy(live[i]);
        CHECK(rancog_last_status() == (i % 2 ? RANCOG_OK : RANCOG_E_INVALID_HANDLE));
    }
    free(live);
}

/* A call whose clock holds it inside of the library. */
typedef struct {
    rancog_temporal *self;
    gate gate;
    int32_t status;
} analysis;

static uint64_t wait_at_gate(void *user_data)
{
    gate_wait(user_data);
    return HOST_FIXED_NOW_NS;
}

static void *analyse(void *argument)
{
    analysis *a = argument;
    uint8_t *result = rancog_temporal_expand_subjective_time(a->self, (const uint8_t *)sample_problem_full, strlen(sample_problem_full), NULL, 0);
    a->status = result_check_and_free(result, "call in progress");
    return NULL;
}

static void destroying_a_handle_in_use_lets_the_call_finish(void)
{
    analysis a = {NULL, {0, 0}, 1};
    rancog_host host = host_fixed();
    pthread_t thread;
    host.now_ns = wait_at_gate;
    host.user_data = &a.gate;
    a.self = rancog_temporal_create(10, 4, &host);
    thread = thread_start(analyse, &a);
    gate_await(&a.gate);

    rancog_temporal_destroy(a.self); /* does not wait */
    CHECK(rancog_last_status() == RANCOG_OK);
    refused_everywhere(a.self, "destroyed while in use");
    rancog_temporal_destroy(a.self);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);

    gate_open(&a.gate);
    pthread_join(thread, NULL);
    CHECK(a.status == RANCOG_OK);
    refused_everywhere(a.self, "destroyed, call over");
}

int main(void)
{
    handle_kit_run(&subject);
    RUN(small_and_random_values_are_refused);
    RUN(handle_values_are_never_reused);
    RUN(many_handles_live_side_by_side);
    RUN(destroying_a_handle_in_use_lets_the_call_finish);
    return check_finish();
}
