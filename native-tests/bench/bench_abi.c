/* What crossing the boundary costs. The argument (path of the library) is not needed: this program is linked to it. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "bench.h"
#include "rancognition.h"
#include "text.h"

static void no_op(void *unused)
{
    (void)unused;
    rancog_last_status();
}

static void no_op_that_clears_the_status(void *unused)
{
    (void)unused;
    rancog_abi_version();
}

static void handle_checked(void *core)
{
    rancog_temporal_set_consciousness_level(core, 1.0);
}

static void handle_result_free(void *core)
{
    rancog_buffer_free(rancog_temporal_get_performance_metrics(core));
}

static void refused_handle(void *unused)
{
    (void)unused;
    rancog_temporal_set_consciousness_level(NULL, 1.0);
}

static void clock_read(void *unused)
{
    (void)unused;
    rancog_nanotime();
}

static void system_clock_read(void *unused)
{
    struct timespec now;
    (void)unused;
    clock_gettime(CLOCK_MONOTONIC, &now);
}

static void create_destroy(void *unused)
{
    (void)unused;
    rancog_temporal_destroy(rancog_temporal_create(200, 24, NULL));
}

typedef struct {
    rancog_temporal *core;
    text input;
} request;

static void patterns_of_timeline(void *argument)
{
    request *r = argument;
    rancog_buffer_free(rancog_temporal_analyze_temporal_patterns(r->core, text_u8(&r->input), r->input.length));
}

static void expand_problem(void *argument)
{
    request *r = argument;
    rancog_buffer_free(rancog_temporal_expand_subjective_time(r->core, text_u8(&r->input), r->input.length, NULL, 0));
}

/* 1 KB of histories of one sample each, as metrics or (nothing is computed then) as a field that is only checked. */
static text short_histories(const char *field)
{
    text t = {NULL, 0, 0};
    int i;
    text_add(&t, "{\"id\":\"t\",\"metrics\":{}");
    t.length -= strcmp(field, "metrics") == 0 ? strlen(",\"metrics\":{}") : 0;
    text_add(&t, ",\"%s\":{", field);
    for (i = 0; i < 13; i++) {
        text_add(&t, "%s\"NRCellDU=%d/RRU.PrbTotDl\":{\"start_ns\":0,\"step_ns\":1,\"values\":[61.5]}", i ? "," : "", i);
    }
    text_add(&t, "}}");
    return t;
}

/* 1 KB with the document's fields: a state, objectives, constraints, no history. */
static text document_problem(void)
{
    text t = {NULL, 0, 0};
    int i;
    text_add(&t, "{\"id\":\"p\",\"network_id\":\"n\",\"problem_type\":\"TemporalAnalysis\",\"objectives\":[\"maximize NRCellDU=1/DRB.UEThpDl\"],"
                 "\"constraints\":[\"NRCellDU=1/RRU.PrbTotDl <= 80\"],\"seed\":1,\"current_state\":{");
    for (i = 0; i < 14; i++) {
        text_add(&t, "%s\"NRCellDU=%d/RRU.PrbTotDl\":61.%d,\"NRCellDU=%d/DRB.UEThpDl\":%d", i ? "," : "", i, i, i, 20000 + i);
    }
    text_add(&t, "}}");
    return t;
}

int main(void)
{
    request r = {rancog_temporal_create(200, 24, NULL), {NULL, 0, 0}};
    text unread = short_histories("own"), timeline = short_histories("metrics"), document = document_problem();
    char what[80];
    bench_header("C ABI");
    bench_row("no-op call (rancog_last_status)", bench_rounds(200, 10000, no_op, NULL), 200, 1, "ns", "<= 8");
    bench_row("rancog_abi_version (clears the status)", bench_rounds(200, 10000, no_op_that_clears_the_status, NULL), 200, 1, "ns", "<= 8");
    bench_row("handle-checked call without result", bench_rounds(200, 10000, handle_checked, r.core), 200, 1, "ns", "");
    bench_row("handle-checked call + JSON result alloc + free", bench_rounds(200, 2000, handle_result_free, r.core), 200, 1, "ns", "<= 60");
    bench_row("refused call (thrown and caught inside)", bench_rounds(100, 200, refused_handle, NULL), 100, 1, "ns", "");
    bench_row("rancog_nanotime", bench_rounds(200, 2000, clock_read, NULL), 200, 1, "ns", "");
    bench_row("  beside: clock_gettime(CLOCK_MONOTONIC)", bench_rounds(200, 2000, system_clock_read, NULL), 200, 1, "ns", "");
    bench_row("create + destroy a temporal core", bench_rounds(200, 200, create_destroy, NULL), 200, 1, "ns", "");
    r.input = unread;
    snprintf(what, sizeof what, "JSON in + out, %u bytes, nothing to compute", (unsigned)unread.length);
    bench_row(what, bench_rounds(200, 100, patterns_of_timeline, &r), 200, 1e3, "us", "<= 5");
    r.input = timeline;
    snprintf(what, sizeof what, "patterns of 13 metrics with one sample, %u bytes", (unsigned)timeline.length);
    bench_row(what, bench_rounds(200, 100, patterns_of_timeline, &r), 200, 1e3, "us", "");
    r.input = document;
    snprintf(what, sizeof what, "whole analysis of a %u byte problem without history", (unsigned)document.length);
    bench_row(what, bench_each(1000, expand_problem, &r), 1000, 1e3, "us", "p99 <= 10000");
    text_free(&unread);
    text_free(&timeline);
    text_free(&document);
    rancog_temporal_destroy(r.core);
    return 0;
}
