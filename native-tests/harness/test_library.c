/* Version, status and message rules, buffers, clock. */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "rancognition.h"
#include "result.h"
#include "thread.h"

static void fail_on_purpose(void)
{
    CHECK(rancog_temporal_set_consciousness_level(NULL, 0.5) == RANCOG_E_INVALID_HANDLE);
}

static void version_is_three_numbers_and_the_abi_is_known(void)
{
    int major, minor, patch, read = 0;
    const char *version = rancog_version_string();
    CHECK(version != NULL);
    CHECK(sscanf(version, "%d.%d.%d%n", &major, &minor, &patch, &read) == 3 && version[read] == 0);
    CHECK(version == rancog_version_string());
    CHECK(rancog_abi_version() == rancog_abi_version());
}

static void runtime_info_says_what_runs(void)
{
    uint8_t *info = rancog_runtime_info();
    CHECK(result_contains(info, rancog_version_string()));
    CHECK(result_contains(info, "\"abi_version\":"));
    CHECK(result_contains(info, "\"cpu_features\":["));
    CHECK(result_contains(info, "\"limits\":{"));
    CHECK(result_contains(info, "\"cores\":[\"temporal\",\"scheduler\"]"));
    CHECK(result_contains(info, "\"scheduler_capacity_max\":16777215"));
    CHECK(result_check_and_free(info, "runtime_info") == RANCOG_OK);
}

static void a_failure_sets_status_and_message_and_a_success_clears_them(void)
{
    fail_on_purpose();
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(strncmp(rancog_last_error_message(), "self: ", 6) == 0);
    CHECK(rancog_nanotime() > 0);
    CHECK(rancog_last_status() == RANCOG_OK);
    CHECK(rancog_last_error_message()[0] == 0);
}

static void asking_and_freeing_leave_status_and_message_as_they_are(void)
{
    uint8_t *info = rancog_runtime_info();
    char message[1024];
    fail_on_purpose();
    strcpy(message, rancog_last_error_message());
    rancog_buffer_free(info);
    rancog_buffer_free(NULL);
    CHECK(rancog_buffers_outstanding() == 0);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(strcmp(rancog_last_error_message(), message) == 0);
    CHECK(strcmp(rancog_last_error_message(), message) == 0);
}

static void buffers_are_counted_until_they_are_freed(void)
{
    uint8_t *buffers[10];
    size_t i;
    for (i = 0; i < 10; i++) {
        buffers[i] = rancog_runtime_info();
        CHECK(rancog_buffers_outstanding() == i + 1);
    }
    for (i = 0; i < 10; i++) {
        rancog_buffer_free(buffers[i]);
        CHECK(rancog_buffers_outstanding() == 9 - i);
    }
    rancog_buffer_free(rancog_temporal_get_performance_metrics(NULL));
    CHECK(rancog_buffers_outstanding() == 0);
}

static void *free_buffer(void *buffer)
{
    rancog_buffer_free(buffer);
    return NULL;
}

static void any_thread_frees_a_buffer_and_what_is_no_live_buffer_is_left_alone(void)
{
    uint8_t *first = rancog_runtime_info(), *second = rancog_runtime_info();
    pthread_t thread;
    pthread_create(&thread, NULL, free_buffer, first);
    pthread_join(thread, NULL);
    CHECK(rancog_buffers_outstanding() == 1);
    rancog_buffer_free(first); /* again */
    CHECK(rancog_buffers_outstanding() == 1);
    rancog_buffer_free(second + 16);
    CHECK(rancog_buffers_outstanding() == 1);
    CHECK(result_check_and_free(second, "runtime_info") == RANCOG_OK);
    rancog_buffer_free(second);
    CHECK(rancog_buffers_outstanding() == 0);
}

static void *other_thread(void *unused)
{
    (void)unused;
    CHECK(rancog_last_status() == RANCOG_OK);
    CHECK(rancog_last_error_message() != NULL && rancog_last_error_message()[0] == 0);
    CHECK(rancog_temporal_forecast(NULL, NULL, 0, 0, 0, 0, NULL, NULL, NULL) == RANCOG_E_INVALID_HANDLE);
    rancog_nanotime();
    CHECK(rancog_last_status() == RANCOG_OK);
    return NULL;
}

static void status_and_message_belong_to_their_thread(void)
{
    pthread_t thread;
    fail_on_purpose();
    pthread_create(&thread, NULL, other_thread, NULL);
    pthread_join(thread, NULL);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_last_error_message()[0] != 0);
}

/* Each thread fails and succeeds at its own beat; the last call of every other one is a failure that stays. */
static void *fail_and_succeed(void *number)
{
    size_t beat = 2 + (size_t)(uintptr_t)number, i;
    for (i = 0; i < check_scale(20000, 500); i++) {
        if (i % beat == 0) {
            fail_on_purpose();
            CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE && rancog_last_error_message()[0] != 0);
        } else {
            rancog_abi_version();
            CHECK(rancog_last_status() == RANCOG_OK && rancog_last_error_message()[0] == 0);
        }
    }
    if (beat % 2) {
        fail_on_purpose();
    }
    return NULL;
}

static void statuses_of_eight_threads_do_not_mix(void)
{
    pthread_t threads[8];
    size_t round, i;
    for (round = 0; round < 3; round++) {
        for (i = 0; i < 8; i++) {
            pthread_create(&threads[i], NULL, fail_and_succeed, (void *)(uintptr_t)i);
        }
        threads_join(threads, 8);
        rancog_abi_version();
        CHECK(rancog_last_status() == RANCOG_OK);
    }
}

static void long_messages_are_cut_to_the_documented_size(void)
{
    static char text[100000];
    uint8_t *error;
    memset(text, 'x', sizeof text - 1);
    memcpy(text, "{\"id\":1,\"\xC3\xA9", 11);
    error = rancog_report_render((const uint8_t *)text, sizeof text - 1);
    CHECK(strlen(rancog_last_error_message()) <= 1023);
    CHECK(result_check_and_free(error, "long text") == RANCOG_E_INVALID_JSON);
}

static void *read_clock(void *unused)
{
    uint64_t before = rancog_nanotime();
    int i;
    (void)unused;
    for (i = 0; i < 10000; i++) {
        uint64_t now = rancog_nanotime();
        if (!CHECK(now >= before)) {
            break;
        }
        before = now;
    }
    return NULL;
}

static void the_clock_is_unix_time_and_never_goes_back(void)
{
    CHECK(rancog_nanotime() > 1700000000000000000u);
    CHECK(rancog_nanotime() < 4102444800000000000u);
    threads_run(4, read_clock, NULL, 0);
}

int main(void)
{
    RUN(version_is_three_numbers_and_the_abi_is_known);
    RUN(runtime_info_says_what_runs);
    RUN(a_failure_sets_status_and_message_and_a_success_clears_them);
    RUN(asking_and_freeing_leave_status_and_message_as_they_are);
    RUN(buffers_are_counted_until_they_are_freed);
    RUN(any_thread_frees_a_buffer_and_what_is_no_live_buffer_is_left_alone);
    RUN(status_and_message_belong_to_their_thread);
    RUN(statuses_of_eight_threads_do_not_mix);
    RUN(long_messages_are_cut_to_the_documented_size);
    RUN(the_clock_is_unix_time_and_never_goes_back);
    return check_finish();
}
