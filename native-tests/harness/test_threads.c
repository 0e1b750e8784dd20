/* Eight threads on one handle and on their own: the same answers as one thread, and nobody waits for ever. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "handle_kit.h"
#include "hosts.h"
#include "json_calls.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"

#define THREADS 8
#define SAMPLES 336
#define STEPS 24

typedef struct {
    rancog_temporal *shared; /* NULL: the thread creates its own */
    const text *problem;
    const char *expected;    /* result without times */
    const double *values;
    const double *expected_mean;
} job;

static char *answer(rancog_temporal *self, const text *problem)
{
    uint8_t *result = rancog_temporal_expand_subjective_time(self, text_u8(problem), problem->length, NULL, 0);
    char *copy;
    CHECK(result_check(result, "thread") == RANCOG_OK);
    copy = result_without_times(result);
    rancog_buffer_free(result);
    return copy;
}

static void *work(void *argument)
{
    const job *j = argument;
    rancog_host host = host_fixed();
    rancog_temporal *self = j->shared ? j->shared : rancog_temporal_create(50, 8, &host);
    size_t round;
    for (round = 0; round < check_scale(25, 3); round++) {
        double mean[STEPS];
        char *got = answer(self, j->problem);
        CHECK(strcmp(got, j->expected) == 0);
        free(got);
        CHECK(rancog_temporal_forecast(self, j->values, SAMPLES, SAMPLE_HOUR_NS, STEPS, 0.9, mean, NULL, NULL) == RANCOG_OK);
        CHECK(memcmp(mean, j->expected_mean, sizeof mean) == 0);
        rancog_buffer_free(rancog_temporal_analyze_temporal_patterns(self, (const uint8_t *)"{", 1));
        CHECK(rancog_last_status() == RANCOG_E_INVALID_JSON);
    }
    if (!j->shared) {
        rancog_temporal_destroy(self);
    }
    return NULL;
}

static void run_threads(int share)
{
    rancog_host host = host_fixed();
    rancog_temporal *one = rancog_temporal_create(50, 8, &host);
    text problem = sample_problem(SAMPLES, STEPS, 0);
    double values[SAMPLES], mean[STEPS];
    char *expected;
    job j;
    sample_kpi(values, SAMPLES, 11);
    CHECK(rancog_temporal_forecast(one, values, SAMPLES, SAMPLE_HOUR_NS, STEPS, 0.9, mean, NULL, NULL) == RANCOG_OK);
    expected = answer(one, &problem);
    j.shared = share ? one : NULL;
    j.problem = &problem;
    j.expected = expected;
    j.values = values;
    j.expected_mean = mean;
    threads_run(THREADS, work, &j, 0);
    free(expected);
    text_free(&problem);
    rancog_temporal_destroy(one);
}

static void eight_threads_on_one_handle_get_the_same_answers(void) { run_threads(1); }
static void eight_threads_on_own_handles_get_the_same_answers(void) { run_threads(0); }

static void *create_and_destroy(void *unused)
{
    size_t i;
    (void)unused;
    for (i = 0; i < check_scale(3000, 100); i++) {
        rancog_temporal *self = rancog_temporal_create(10, 4, NULL);
        CHECK(rancog_temporal_set_consciousness_level(self, 0.5) == RANCOG_OK);
        rancog_temporal_destroy(self);
        CHECK(rancog_temporal_set_consciousness_level(self, 0.5) == RANCOG_E_INVALID_HANDLE);
    }
    return NULL;
}

static void handles_come_and_go_on_eight_threads(void)
{
    threads_run(THREADS, create_and_destroy, NULL, 0);
}

static int32_t use(void *self, size_t i)
{
    static const double last[3] = {1, 2, 3};
    double mean[1];
    (void)i;
    return rancog_temporal_forecast(self, last, 3, 0, 1, 0.9, mean, NULL, NULL);
}

static void destroying_under_users_is_safe(void)
{
    size_t round;
    for (round = 0; round < check_scale(200, 5); round++) {
        handle_kit_destroy_under_use(HANDLE_TEMPORAL, rancog_temporal_create(10, 4, NULL), use);
    }
}

static void *free_elsewhere(void *buffers)
{
    size_t i;
    for (i = 0; i < 100; i++) {
        rancog_buffer_free(((uint8_t **)buffers)[i]);
    }
    return NULL;
}

static void a_buffer_may_be_freed_on_another_thread(void)
{
    uint8_t *buffers[100];
    pthread_t thread;
    size_t i;
    for (i = 0; i < 100; i++) {
        buffers[i] = rancog_runtime_info();
    }
    pthread_create(&thread, NULL, free_elsewhere, buffers);
    pthread_join(thread, NULL);
    CHECK(rancog_buffers_outstanding() == 0);
}

static void *every_json_call(void *unused)
{
    rancog_temporal *self = rancog_temporal_create(50, 8, NULL);
    text problem = sample_problem(1008, 48, 1);
    text deep = {NULL, 0, 0};
    size_t i;
    (void)unused;
    for (i = 0; i < 5000; i++) {
        text_add(&deep, "[");
    }
    for (i = 0; i < json_calls_count; i++) {
        CHECK(json_call_check(&json_calls[i], self, json_calls[i].sample, strlen(json_calls[i].sample), json_calls[i].name) == RANCOG_OK);
        CHECK(json_call_check(&json_calls[i], self, deep.bytes, deep.length, json_calls[i].name) == RANCOG_E_INVALID_JSON);
    }
    CHECK(json_call_check(&json_calls[0], self, problem.bytes, problem.length, "six weeks") == RANCOG_OK);
    rancog_temporal_destroy(self);
    text_free(&problem);
    text_free(&deep);
    return NULL;
}

static void a_stack_of_256_kb_is_enough(void) { threads_run(1, every_json_call, NULL, 0); }

int main(void)
{
    RUN(eight_threads_on_one_handle_get_the_same_answers);
    RUN(eight_threads_on_own_handles_get_the_same_answers);
    RUN(handles_come_and_go_on_eight_threads);
    RUN(destroying_under_users_is_safe);
    RUN(a_buffer_may_be_freed_on_another_thread);
    RUN(a_stack_of_256_kb_is_enough);
    return check_finish();
}
