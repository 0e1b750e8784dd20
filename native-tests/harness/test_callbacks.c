/* What a callback may do, on which thread it runs, and how progress cancels. */
#include <string.h>

#include "check.h"
#include "hosts.h"
#include "json_calls.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"

/* A problem without a seed: the random callback is asked. */
static text unseeded(size_t n)
{
    text t = {NULL, 0, 0};
    text_add(&t, "{\"id\":\"p\",\"network_id\":\"net\",\"problem_type\":\"TemporalAnalysis\",\"current_state\":{},\"history\":{\"m\":");
    sample_history(&t, n, 9);
    text_add(&t, "}}");
    return t;
}

static int32_t expand(rancog_temporal *self, const text *problem)
{
    return result_check_and_free(rancog_temporal_expand_subjective_time(self, text_u8(problem), problem->length, NULL, 0), "expand");
}

/* Only the callback under test goes back into the library. */
static void own_handle_is_busy_and_another_works(int which, int must_be_called)
{
    host_watch watch;
    rancog_host all, host;
    rancog_temporal *self;
    text problem = unseeded(1008);
    memset(&watch, 0, sizeof watch);
    all = host_reentrant(&watch);
    host = host_fixed();
    host.user_data = &watch;
    switch (which) {
    case 0: host.now_ns = all.now_ns; break;
    case 1: host.log = all.log; break;
    case 2: host.random_u64 = all.random_u64; break;
    default: host.progress = all.progress; break;
    }
    watch.self_status = RANCOG_E_BUSY;
    watch.other = rancog_temporal_create(10, 4, NULL);
    self = rancog_temporal_create(50, 8, &host);
    watch.self = self;
    CHECK(expand(self, &problem) == RANCOG_OK);
    CHECK(watch.calls[which] > 0 || !must_be_called);
    CHECK(watch.self_status == RANCOG_E_BUSY);
    CHECK(watch.other_status == RANCOG_OK);
    CHECK(watch.strange_thread == 0);
    watch.self = NULL;
    rancog_temporal_destroy(watch.other);
    watch.other = NULL;
    rancog_temporal_destroy(self);
    CHECK(rancog_last_status() == RANCOG_OK);
    text_free(&problem);
}

static void the_clock_callback_finds_its_handle_busy(void) { own_handle_is_busy_and_another_works(0, 1); }
static void the_log_callback_finds_its_handle_busy(void) { own_handle_is_busy_and_another_works(1, 0); }
static void the_random_callback_finds_its_handle_busy(void) { own_handle_is_busy_and_another_works(2, 1); }
static void the_progress_callback_finds_its_handle_busy(void) { own_handle_is_busy_and_another_works(3, 1); }

static void progress_cancels_an_analysis(void)
{
    host_watch watch;
    rancog_host host;
    rancog_temporal *self;
    text problem = unseeded(1008);
    memset(&watch, 0, sizeof watch);
    host = host_watching(&watch);
    self = rancog_temporal_create(50, 8, &host);
    watch.cancel = 1;
    CHECK(expand(self, &problem) == RANCOG_E_CANCELLED);
    CHECK(watch.calls[3] == 1);
    watch.cancel = -7;
    CHECK(expand(self, &problem) == RANCOG_E_CANCELLED);
    watch.cancel = 0;
    CHECK(expand(self, &problem) == RANCOG_OK);
    rancog_temporal_destroy(self);
    text_free(&problem);
}

static void every_long_call_can_be_cancelled(void)
{
    size_t i;
    for (i = 0; i < json_calls_count; i++) {
        const json_call *row = &json_calls[i];
        host_watch watch;
        rancog_host host;
        rancog_temporal *self;
        int32_t status;
        memset(&watch, 0, sizeof watch);
        host = host_watching(&watch);
        self = rancog_temporal_create(50, 8, &host);
        watch.cancel = 1;
        status = json_call_check(row, self, row->sample, strlen(row->sample), row->name);
        CHECK_CASE(status == (watch.calls[3] > 0 ? RANCOG_E_CANCELLED : RANCOG_OK), row->name);
        CHECK_CASE(watch.strange_thread == 0, row->name);
        rancog_temporal_destroy(self);
    }
}

static void callbacks_run_on_the_calling_thread_and_with_sound_arguments(void)
{
    host_watch watch;
    rancog_host host;
    rancog_temporal *self;
    text problems = {NULL, 0, 0};
    size_t i;
    uint8_t *result;
    memset(&watch, 0, sizeof watch);
    host = host_watching(&watch);
    self = rancog_temporal_create(50, 8, &host);
    text_add(&problems, "[");
    for (i = 0; i < 40; i++) {
        text one = unseeded(200);
        text_add(&problems, "%s%s", i == 0 ? "" : ",", one.bytes);
        text_free(&one);
    }
    text_add(&problems, "]");
    result = rancog_temporal_parallel_temporal_analysis(self, text_u8(&problems), problems.length, 4);
    CHECK(result_contains(result, "\"failed\":0"));
    CHECK(result_check_and_free(result, "parallel") == RANCOG_OK);
    CHECK(watch.calls[0] > 0);
    CHECK(watch.strange_thread == 0);
    rancog_temporal_destroy(self);
    text_free(&problems);
}

static int32_t destroy_self(double fraction, const char *stage, void *user_data)
{
    host_watch *watch = user_data;
    (void)fraction;
    (void)stage;
    watch->calls[3]++;
    rancog_temporal_destroy(watch->self);
    return 0;
}

static void destroying_the_own_handle_in_a_callback_lets_the_call_finish(void)
{
    host_watch watch;
    rancog_host host = host_fixed();
    text problem = unseeded(1008);
    memset(&watch, 0, sizeof watch);
    host.progress = destroy_self;
    host.user_data = &watch;
    watch.self = rancog_temporal_create(50, 8, &host);
    CHECK(expand(watch.self, &problem) == RANCOG_OK);
    CHECK(watch.calls[3] > 0);
    if (rancog_temporal_set_consciousness_level(watch.self, 1) == RANCOG_OK) {
        rancog_temporal_destroy(watch.self); /* it was refused as busy, which is also allowed */
    } else {
        CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    }
    text_free(&problem);
}

int main(void)
{
    RUN(the_clock_callback_finds_its_handle_busy);
    RUN(the_log_callback_finds_its_handle_busy);
    RUN(the_random_callback_finds_its_handle_busy);
    RUN(the_progress_callback_finds_its_handle_busy);
    RUN(progress_cancels_an_analysis);
    RUN(every_long_call_can_be_cancelled);
    RUN(callbacks_run_on_the_calling_thread_and_with_sound_arguments);
    RUN(destroying_the_own_handle_in_a_callback_lets_the_call_finish);
    return check_finish();
}
