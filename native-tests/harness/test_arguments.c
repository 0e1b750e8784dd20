/* NULL, zero length and huge length for every export; ranges of plain arguments. */
#include <math.h>
#include <string.h>

#include "argument_kit.h"
#include "check.h"
#include "json_calls.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"

static rancog_temporal *core;

static int refused(int32_t status)
{
    return status == RANCOG_E_INVALID_ARGUMENT || status == RANCOG_E_LIMIT;
}

static void json_inputs_refuse_null_and_zero_length(void)
{
    size_t i;
    for (i = 0; i < json_calls_count; i++) {
        const json_call *row = &json_calls[i];
        int32_t nothing = row->may_be_empty ? RANCOG_OK : RANCOG_E_INVALID_ARGUMENT;
        CHECK_CASE(json_call_check(row, core, row->sample, strlen(row->sample), row->name) == RANCOG_OK, row->name);
        CHECK_CASE(json_call_check(row, core, NULL, 0, row->name) == nothing, row->name);
        CHECK_CASE(json_call_check(row, core, row->sample, 0, row->name) == nothing, row->name);
        CHECK_CASE(json_call_check(row, core, NULL, 5, row->name) == RANCOG_E_INVALID_ARGUMENT, row->name);
    }
}

static void json_inputs_refuse_huge_lengths_before_reading(void)
{
    size_t i, k;
    for (i = 0; i < json_calls_count; i++) {
        for (k = 0; k < HUGE_LENGTHS; k++) {
            CHECK_CASE(json_call_check(&json_calls[i], core, json_calls[i].sample, huge_lengths[k], json_calls[i].name) == RANCOG_E_LIMIT, json_calls[i].name);
            CHECK_CASE(refused(json_call_check(&json_calls[i], core, NULL, huge_lengths[k], json_calls[i].name)), json_calls[i].name);
        }
    }
}

static void messages_name_the_argument(void)
{
    rancog_buffer_free(rancog_temporal_expand_subjective_time(core, NULL, 0, NULL, 0));
    CHECK(strncmp(rancog_last_error_message(), "problem: ", 9) == 0);
    rancog_buffer_free(rancog_temporal_parallel_temporal_analysis(core, NULL, 0, 1));
    CHECK(strncmp(rancog_last_error_message(), "problems: ", 10) == 0);
    rancog_buffer_free(rancog_temporal_analyze_temporal_patterns(core, NULL, 0));
    CHECK(strncmp(rancog_last_error_message(), "timeline: ", 10) == 0);
    rancog_buffer_free(rancog_report_render(NULL, 0));
    CHECK(strncmp(rancog_last_error_message(), "result: ", 8) == 0);
    CHECK(rancog_temporal_observe(core, NULL, 0, NULL, 0, NULL, NULL, 0) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(strncmp(rancog_last_error_message(), "network_id: ", 12) == 0);
}

static void create_accepts_only_the_documented_range(void)
{
    static const struct { uint64_t factor, resolution; int good; } cases[] = {
        {1, 1, 1}, {1000000, 1000000, 1}, {200, 24, 1}, {0, 24, 0}, {200, 0, 0}, {0, 0, 0}, {1000001, 24, 0}, {200, 1000001, 0},
        {UINT64_MAX, 1, 0}, {1, UINT64_MAX, 0}, {UINT64_MAX, UINT64_MAX, 0}, {(uint64_t)1 << 32, 1, 0},
    };
    size_t i;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rancog_temporal *made = rancog_temporal_create(cases[i].factor, cases[i].resolution, NULL);
        CHECK((made != NULL) == cases[i].good);
        CHECK(rancog_last_status() == (cases[i].good ? RANCOG_OK : RANCOG_E_INVALID_ARGUMENT));
        CHECK((rancog_last_error_message()[0] == 0) == cases[i].good);
        rancog_temporal_destroy(made);
    }
}

static void levels_are_clamped_and_nan_is_refused(void)
{
    static const double levels[] = {0.0, -0.0, 0.5, 1.0, -1.0, 2.0, 1e300, -1e300, INFINITY, -INFINITY, 1e-300};
    size_t i;
    for (i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        CHECK(rancog_temporal_set_consciousness_level(core, levels[i]) == RANCOG_OK);
        CHECK(json_call_check(&json_calls[0], core, sample_problem_full, strlen(sample_problem_full), "level") == RANCOG_OK);
    }
    CHECK(rancog_temporal_set_consciousness_level(core, NAN) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_temporal_set_consciousness_level(core, 1.0) == RANCOG_OK);
}

static void thread_counts_up_to_the_limit_work(void)
{
    static const size_t counts[] = {0, 1, 2, 8, 256};
    size_t i;
    int32_t status;
    uint8_t *result;
    for (i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        result = rancog_temporal_parallel_temporal_analysis(core, (const uint8_t *)sample_problems, strlen(sample_problems), counts[i]);
        CHECK(result_contains(result, "\"total_problems\":3"));
        CHECK(result_contains(result, "\"failed\":1"));
        CHECK(result_check_and_free(result, "threads") == RANCOG_OK);
    }
    for (i = 0; i < HUGE_LENGTHS; i++) {
        result = rancog_temporal_parallel_temporal_analysis(core, (const uint8_t *)sample_problems, strlen(sample_problems), huge_lengths[i]);
        status = result_check_and_free(result, "more threads than the limit are refused or cut");
        CHECK(status == RANCOG_OK || refused(status));
    }
}

static void any_look_ahead_but_none_is_answered(void)
{
    static const uint64_t horizons[] = {0, 1, 999, SAMPLE_HOUR_NS, 7u * 24u * SAMPLE_HOUR_NS, UINT64_MAX / 2, UINT64_MAX};
    size_t i;
    for (i = 0; i < sizeof horizons / sizeof horizons[0]; i++) {
        uint8_t *result = rancog_temporal_predict_future_states(core, (const uint8_t *)sample_timeline, strlen(sample_timeline), horizons[i]);
        int32_t status = result_check_and_free(result, "horizon");
        CHECK(status == (horizons[i] == 0 ? RANCOG_E_INVALID_ARGUMENT : RANCOG_OK));
    }
}

static void metrics_count_calls_and_errors(void)
{
    rancog_temporal *fresh = rancog_temporal_create(10, 4, NULL);
    uint8_t *metrics = rancog_temporal_get_performance_metrics(fresh);
    CHECK(result_contains(metrics, "\"total_executions\":0"));
    CHECK(result_contains(metrics, "\"error_count\":0"));
    CHECK(result_check_and_free(metrics, "metrics") == RANCOG_OK);
    CHECK(json_call_check(&json_calls[0], fresh, sample_problem_full, strlen(sample_problem_full), "one") == RANCOG_OK);
    CHECK(json_call_check(&json_calls[0], fresh, "{", 1, "broken") == RANCOG_E_INVALID_JSON);
    metrics = rancog_temporal_get_performance_metrics(fresh);
    CHECK(result_contains(metrics, "\"total_executions\":1"));
    CHECK(result_contains(metrics, "\"error_count\":1"));
    CHECK(result_check_and_free(metrics, "metrics") == RANCOG_OK);
    rancog_temporal_destroy(fresh);
}

static const uint64_t times[] = {SAMPLE_START_NS, SAMPLE_START_NS + 1000, SAMPLE_START_NS + 1000, SAMPLE_START_NS + 2000};
static const double values[] = {1.0, NAN, INFINITY, -1e300};

static int32_t observe(const char *network, size_t network_length, const char *metric, size_t metric_length, const uint64_t *at, const double *what, size_t n)
{
    return rancog_temporal_observe(core, (const uint8_t *)network, network_length, (const uint8_t *)metric, metric_length, at, what, n);
}

static void observe_refuses_what_it_cannot_keep(void)
{
    static const uint64_t backward[] = {5, 4};
    char name[1025];
    size_t i;
    memset(name, 'n', sizeof name);
    CHECK(observe("net", 3, "m", 1, times, values, 4) == RANCOG_OK);
    CHECK(observe(NULL, 3, "m", 1, times, values, 4) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(observe("net", 0, "m", 1, times, values, 4) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(observe("net", 3, NULL, 1, times, values, 4) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(observe("net", 3, "m", 0, times, values, 4) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(observe("net", 3, "m", 1, NULL, values, 4) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(observe("net", 3, "m", 1, times, NULL, 4) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(observe("net", 3, "m", 1, times, values, 0) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(observe("net2", 4, "m", 1, backward, values, 2) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(observe("\xff\xfe", 2, "m", 1, times, values, 4) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(observe("net", 3, "\xED\xA0\x80", 3, times, values, 4) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(observe(name, 1024, name, 1024, times, values, 4) == RANCOG_OK);
    CHECK(refused(observe(name, 1025, "m", 1, times, values, 4)));
    CHECK(refused(observe("net", 3, name, 1025, times, values, 4)));
    for (i = 0; i < HUGE_LENGTHS; i++) {
        CHECK(refused(observe("net", huge_lengths[i], "m", 1, times, values, 4)));
        CHECK(refused(observe("net", 3, "m", huge_lengths[i], times, values, 4)));
        CHECK(refused(observe("net", 3, "m", 1, times, values, huge_lengths[i])));
    }
}

static void observed_samples_serve_later_problems_of_that_network(void)
{
    static const char problem[] = "{\"id\":\"p\",\"network_id\":\"seen\",\"problem_type\":\"TemporalAnalysis\",\"current_state\":{\"m\":50},\"seed\":1}";
    rancog_temporal *kept = core;
    uint64_t at[200];
    double kpi[200];
    uint8_t *result;
    size_t i;
    core = rancog_temporal_create(20, 8, NULL);
    sample_kpi(kpi, 200, 3);
    for (i = 0; i < 200; i++) {
        at[i] = SAMPLE_START_NS + i * SAMPLE_HOUR_NS;
    }
    CHECK(observe("seen", 4, "m", 1, at, kpi, 100) == RANCOG_OK);
    CHECK(observe("seen", 4, "m", 1, at + 100, kpi + 100, 100) == RANCOG_OK);
    CHECK(observe("seen", 4, "m", 1, at, kpi, 1) == RANCOG_E_INVALID_ARGUMENT);
    result = rancog_temporal_expand_subjective_time(core, (const uint8_t *)problem, strlen(problem), NULL, 0);
    CHECK(result_contains(result, "\"source\":\"observed\""));
    CHECK(result_contains(result, "\"step_ns\":3600000000000"));
    CHECK(result_check_and_free(result, "observed") == RANCOG_OK);
    rancog_temporal_destroy(core);
    core = kept;
}

int main(void)
{
    core = rancog_temporal_create(16, 8, NULL);
    CHECK(core != NULL);
    RUN(json_inputs_refuse_null_and_zero_length);
    RUN(json_inputs_refuse_huge_lengths_before_reading);
    RUN(messages_name_the_argument);
    RUN(create_accepts_only_the_documented_range);
    RUN(levels_are_clamped_and_nan_is_refused);
    RUN(thread_counts_up_to_the_limit_work);
    RUN(any_look_ahead_but_none_is_answered);
    RUN(metrics_count_calls_and_errors);
    RUN(observe_refuses_what_it_cannot_keep);
    RUN(observed_samples_serve_later_problems_of_that_network);
    rancog_temporal_destroy(core);
    return check_finish();
}
