/* Same input, clock and seed: the same bytes. And the fields that the result promises. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "hosts.h"
#include "json_calls.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"

static void on_two_fresh_handles(const rancog_host *host, const json_call *row, const char *bytes, size_t length, int whole)
{
    rancog_temporal *a = rancog_temporal_create(100, 12, host), *b = rancog_temporal_create(100, 12, host);
    uint8_t *first = row->call(a, (const uint8_t *)bytes, length);
    uint8_t *second = row->call(b, (const uint8_t *)bytes, length);
    if (CHECK_CASE(first && second, row->name) && whole) {
        CHECK_CASE(strcmp(result_text(first), result_text(second)) == 0, row->name);
    } else if (first && second) {
        char *left = result_without_times(first), *right = result_without_times(second);
        CHECK_CASE(strcmp(left, right) == 0, row->name);
        free(left);
        free(right);
    }
    rancog_buffer_free(first);
    rancog_buffer_free(second);
    rancog_temporal_destroy(a);
    rancog_temporal_destroy(b);
}

static void every_call_twice(const rancog_host *host, int whole)
{
    text problem = sample_problem(1008, 48, 1);
    size_t i;
    for (i = 0; i < json_calls_count; i++) {
        if (!json_calls[i].call) {
            continue; /* gives no result */
        }
        /* optimize_temporal_expansion measures time: its answer may depend on it unless the clock stands still */
        if (whole || strncmp(json_calls[i].name, "optimize", 8) != 0) {
            on_two_fresh_handles(host, &json_calls[i], json_calls[i].sample, strlen(json_calls[i].sample), whole);
        }
    }
    on_two_fresh_handles(host, &json_calls[0], problem.bytes, problem.length, whole);
    text_free(&problem);
}

static void a_fixed_clock_and_seed_give_equal_bytes(void)
{
    rancog_host host = host_fixed();
    every_call_twice(&host, 1);
}

static void with_a_running_clock_only_the_times_differ(void)
{
    every_call_twice(NULL, 0);
}

static void results_do_not_depend_on_the_number_of_threads(void)
{
    rancog_host host = host_fixed();
    text problems = {NULL, 0, 0};
    char *one = NULL;
    size_t threads;
    text_add(&problems, "[");
    for (threads = 0; threads < 10; threads++) {
        text p = sample_problem(200 + 20 * threads, 24, 0);
        text_add(&problems, "%s%s", threads ? "," : "", p.bytes);
        text_free(&p);
    }
    text_add(&problems, "]");
    for (threads = 1; threads <= 4; threads++) {
        rancog_temporal *self = rancog_temporal_create(50, 8, &host);
        uint8_t *result = rancog_temporal_parallel_temporal_analysis(self, text_u8(&problems), problems.length, threads);
        char *got;
        CHECK(result_check(result, "threads") == RANCOG_OK);
        got = result_without_times(result);
        if (strstr(got, "],\"thread_count\":")) {
            *strstr(got, "],\"thread_count\":") = 0; /* results only */
        }
        if (one) {
            CHECK(strcmp(one, got) == 0);
            free(got);
        } else {
            one = got;
        }
        rancog_buffer_free(result);
        rancog_temporal_destroy(self);
    }
    free(one);
    text_free(&problems);
}

static void an_analysis_has_every_documented_field(void)
{
    static const char *const fields[] = {
        "\"timeline_id\":", "\"problem_id\":\"p\"", "\"network_id\":\"net\"", "\"expansion_factor\":100", "\"temporal_resolution\":12", "\"scenarios\":",
        "\"base_duration\":172800000000000", "\"expanded_duration\":", "\"deadline_reached\":false", "\"patterns\":[", "\"insights\":[", "\"predictions\":[",
        "\"verdicts\":[", "\"objectives\":[", "\"metrics\":[", "\"series\":[", "\"timeline\":[", "\"confidence\":", "\"execution_time\":",
        "\"performance_metrics\":{", "\"ignored\":[", "\"pattern_type\":\"seasonality\"", "\"probability\":", "\"consciousness_factor\":", "\"quantiles\":",
    };
    rancog_temporal *self = rancog_temporal_create(100, 12, NULL);
    text problem = sample_problem(1008, 48, 1);
    uint8_t *result = rancog_temporal_expand_subjective_time(self, text_u8(&problem), problem.length, NULL, 0);
    size_t i;
    for (i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        CHECK_CASE(result_contains(result, fields[i]), fields[i]);
    }
    CHECK(result_check_and_free(result, "fields") == RANCOG_OK);
    rancog_temporal_destroy(self);
    text_free(&problem);
}

static void the_timeline_comes_only_when_asked_for(void)
{
    rancog_temporal *self = rancog_temporal_create(100, 12, NULL);
    text problem = sample_problem(200, 24, 0);
    uint8_t *result = rancog_temporal_expand_subjective_time(self, text_u8(&problem), problem.length, NULL, 0);
    CHECK(!result_contains(result, "\"series\":["));
    CHECK(!result_contains(result, "\"timeline\":["));
    CHECK(result_check_and_free(result, "no timeline") == RANCOG_OK);
    rancog_temporal_destroy(self);
    text_free(&problem);
}

static void a_problem_of_the_document_is_accepted(void)
{
    rancog_temporal *self = rancog_temporal_create(100, 12, NULL);
    uint8_t *result = rancog_temporal_expand_subjective_time(self, (const uint8_t *)sample_problem_document, strlen(sample_problem_document), NULL, 0);
    CHECK(result_contains(result, "\"problem_id\":\"problem-1\""));
    CHECK(result_contains(result, "\"metric\":\"latency\""));
    CHECK(result_check_and_free(result, "document") == RANCOG_OK);
    rancog_temporal_destroy(self);
}

static void a_report_renders_a_real_result(void)
{
    rancog_temporal *self = rancog_temporal_create(100, 12, NULL);
    text problem = sample_problem(1008, 48, 1);
    uint8_t *result = rancog_temporal_expand_subjective_time(self, text_u8(&problem), problem.length, NULL, 0);
    uint8_t *page;
    CHECK(result_check(result, "analysis") == RANCOG_OK);
    page = rancog_report_render((const uint8_t *)result_text(result), result_length(result));
    CHECK(rancog_last_status() == RANCOG_OK);
    CHECK(result_contains(page, "RRU.PrbTotDl"));
    CHECK(!result_contains(page, "src=\"http"));
    rancog_buffer_free(page);
    rancog_buffer_free(result);
    rancog_temporal_destroy(self);
    text_free(&problem);
}

int main(void)
{
    RUN(a_fixed_clock_and_seed_give_equal_bytes);
    RUN(with_a_running_clock_only_the_times_differ);
    RUN(results_do_not_depend_on_the_number_of_threads);
    RUN(an_analysis_has_every_documented_field);
    RUN(the_timeline_comes_only_when_asked_for);
    RUN(a_problem_of_the_document_is_accepted);
    RUN(a_report_renders_a_real_result);
    return check_finish();
}
