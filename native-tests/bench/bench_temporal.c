/* Forecasts, analyses and anomaly scores through the C ABI: six weeks of hourly samples, two days ahead. The argument (path of
 * the library) is not needed: this program is linked to it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "rancognition.h"
#include "samples.h"
#include "text.h"

#define HISTORY 1008
#define HORIZON 48
#define CELLS 1000
#define POINTS 10080

typedef struct {
    rancog_temporal *core;
    const double *values;
    size_t n;
    text input;
    size_t threads;
    double *scores;
    uint8_t *flags;
    int failed;
} request;

static void take(request *r, uint8_t *result)
{
    r->failed += rancog_last_status() != RANCOG_OK;
    rancog_buffer_free(result);
}

static void forecast(void *argument)
{
    request *r = argument;
    double mean[HORIZON], lower[HORIZON], upper[HORIZON];
    r->failed += rancog_temporal_forecast(r->core, r->values, r->n, SAMPLE_HOUR_NS, HORIZON, 0.95, mean, lower, upper) != RANCOG_OK;
}

static void analysis(void *argument)
{
    request *r = argument;
    take(r, rancog_temporal_expand_subjective_time(r->core, text_u8(&r->input), r->input.length, NULL, 0));
}

static void batch(void *argument)
{
    request *r = argument;
    take(r, rancog_temporal_parallel_temporal_analysis(r->core, text_u8(&r->input), r->input.length, r->threads));
}

static void patterns(void *argument)
{
    request *r = argument;
    take(r, rancog_temporal_analyze_temporal_patterns(r->core, text_u8(&r->input), r->input.length));
}

static void scores(void *argument)
{
    request *r = argument;
    r->failed += rancog_temporal_score_anomalies(r->core, r->values, r->n, SAMPLE_HOUR_NS, r->scores) != RANCOG_OK;
}

static void alarms(void *argument)
{
    request *r = argument;
    r->failed += rancog_temporal_detect_anomalies(r->core, r->values, r->n, SAMPLE_HOUR_NS, r->flags) != RANCOG_OK;
}

static void change_points(void *argument)
{
    request *r = argument;
    size_t indices[64], count = 64;
    r->failed += rancog_temporal_detect_change_points(r->core, r->values, r->n, SAMPLE_HOUR_NS, indices, &count) != RANCOG_OK;
}

static void single_series(request *r)
{
    text with_deadline = {NULL, 0, 0};
    r->n = HISTORY;
    bench_row("forecast with interval, n = 1008, h = 48", bench_each(2000, forecast, r), 2000, 1e3, "us", "median <= 150");
    bench_row("change points, n = 1008", bench_each(200, change_points, r), 200, 1e3, "us", "");
    r->input = sample_problem(HISTORY, HORIZON, 0);
    bench_row("whole analysis from JSON, one metric, 200 futures", bench_each(500, analysis, r), 500, 1e6, "ms", "<= 1, p99 <= 3");
    text_add(&with_deadline, "{\"deadline_ns\":1000000,%s", r->input.bytes + 1);
    text_free(&r->input);
    r->input = with_deadline;
    bench_row("the same with a deadline of 1 ms", bench_each(500, analysis, r), 500, 1e6, "ms", "p99 <= 1.1");
    text_free(&r->input);
    r->input = sample_problem(HISTORY, HORIZON, 1);
    bench_row("the same with series and timeline", bench_each(500, analysis, r), 500, 1e6, "ms", "p99 <= 10");
    text_free(&r->input);
    text_add(&r->input, "{\"id\":\"t\",\"metrics\":{\"m\":");
    sample_history(&r->input, HISTORY, 5);
    text_add(&r->input, "}}");
    bench_row("patterns of a timeline from JSON, n = 1008", bench_each(200, patterns, r), 200, 1e6, "ms", "");
    text_free(&r->input);
}

static void many_points(request *r)
{
    r->n = POINTS;
    bench_row("anomaly score, per point of 10080", bench_each(50, scores, r), 50, (double)POINTS, "ns", "");
    bench_row("anomaly alarms, per point of 10080", bench_each(50, alarms, r), 50, (double)POINTS, "ns", "");
}

static void many_cells(request *r)
{
    char what[80];
    size_t i;
    text_add(&r->input, "[");
    for (i = 0; i < CELLS; i++) {
        text_add(&r->input, "%s{\"id\":\"cell-%u\",\"network_id\":\"n\",\"problem_type\":\"TemporalAnalysis\",\"constraints\":[\"RRU.PrbTotDl <= 80\"],"
                            "\"seed\":1,\"horizon_ns\":%llu,\"history\":{\"RRU.PrbTotDl\":",
                 i ? "," : "", (unsigned)i, (unsigned long long)(HORIZON * SAMPLE_HOUR_NS));
        sample_history(&r->input, HISTORY, i);
        text_add(&r->input, "}}");
    }
    text_add(&r->input, "]");
    for (r->threads = 1; r->threads <= 2; r->threads++) {
        snprintf(what, sizeof what, "%u cells from JSON, %u thread%s", CELLS, (unsigned)r->threads, r->threads > 1 ? "s" : "");
        bench_row(what, bench_each(5, batch, r), 5, 1e9, "s", r->threads == 2 ? "<= 0.5" : "");
    }
    text_free(&r->input);
}

int main(void)
{
    static double values[POINTS], scores_room[POINTS];
    static uint8_t flags_room[POINTS];
    request r;
    memset(&r, 0, sizeof r);
    sample_kpi(values, POINTS, 5);
    r.core = rancog_temporal_create(200, HORIZON, NULL);
    r.values = values;
    r.scores = scores_room;
    r.flags = flags_room;
    bench_header("Temporal core through the C ABI");
    single_series(&r);
    many_points(&r);
    many_cells(&r);
    rancog_temporal_destroy(r.core);
    if (r.failed) {
        printf("  %d calls failed: the figures are not valid\n", r.failed);
    }
    return r.failed ? 1 : 0;
}
