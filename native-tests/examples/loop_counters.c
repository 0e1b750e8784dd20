/* One loop for each counter. Before each step it says what three experts expect of the next sample; after it, what came. The
 * core mixes the experts, corrects the mixture and its interval, and keeps the record; the same record is kept here, by sums
 * over what the core said before each sample was known, and must agree. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "json_pick.h"
#include "kpi_csv.h"
#include "loop_watch.h"
#include "question.h"

#define DAY 24u            /* samples of a day where they come every hour */
#define WEEK (7 * DAY)     /* of samples are known before the first prediction */
#define HISTORY (4 * WEEK) /* samples that the forecast sees at most */
#define RECENT 10u         /* samples of a short mean, where there is no yesterday */
#define COVERAGE 0.9       /* that the intervals are to have */
#define SAME 1e-9          /* how far, relative, the core's record may be from the sums here */

enum { LAST, REPEATED, FORECAST, EXPERTS, CORRECTED = EXPERTS, COLUMNS };
static const char *const experts[EXPERTS] = {"last", "repeated", "forecast"};

/* What a loop is to predict. */
typedef struct {
    const char *loop, *file, *key, *metric;
    int column;
    size_t known; /* samples before the first prediction */
    size_t back;  /* REPEATED: the sample so many steps before; 0 = the mean of the recent ones */
} counter;

static const counter counters[] = {
    {"lte-network/erab", "erab_hourly.csv", NULL, "ERAB.EstabFailRate", 0, WEEK, DAY},
    {"lte-network/rrc", "erab_hourly.csv", NULL, "RRC.ConnEstabFailRate", 1, WEEK, DAY},
    {"c3/B13", "qp_cells.csv", "c3/B13", "RRU.PrbAvailDl", 2, 2, 0},
    {"c4/B13", "qp_cells.csv", "c4/B13", "RRU.PrbAvailDl", 2, 2, 0},
    {"c5/B2", "qp_cells.csv", "c5/B2", "RRU.PrbAvailDl", 2, 2, 0},
    {"c6/B2", "qp_cells.csv", "c6/B2", "RRU.PrbAvailDl", 2, 2, 0},
    {"c11/B13", "qp_cells.csv", "c11/B13", "RRU.PrbAvailDl", 2, 2, 0},
    {"c13/N77", "qp_cells.csv", "c13/N77", "RRU.PrbAvailDl", 2, 2, 0},
};
#define COUNTERS (sizeof counters / sizeof *counters)

/* What is open, and sums over what was closed. */
typedef struct {
    double expected[COLUMNS];           /* of the next sample */
    double given[2], corrected[2];      /* bounds; infinite = unbounded; the lower one above the upper one = empty */
    double weights[EXPERTS];
    int is_open;
    unsigned steps, held_given, held;
    unsigned unbounded;                 /* steps whose corrected interval was: after misses it may be for a while */
    double errors[COLUMNS], mixed;      /* sums of absolute errors; of the mixture's loss */
    double width_given, width;          /* sums over the other steps */
    double regret, regret_bound, coverage, coverage_bound; /* as the core last said */
} record;

/* ---- a step ---- */

static double recent_mean(const kpi_series *series, size_t at)
{
    double sum = 0;
    size_t i, from = at + 1 > RECENT ? at + 1 - RECENT : 0;
    for (i = from; i <= at; i++) {
        sum += series->values[i];
    }
    return sum / (double)(at + 1 - from);
}

/* What is expected of the sample after this one, by each expert. */
static void expect(rancog_temporal *temporal, const counter *what, const kpi_series *series, size_t at, record *kept)
{
    size_t from = at + 1 > HISTORY ? at + 1 - HISTORY : 0;
    int32_t status = rancog_temporal_forecast(temporal, series->values + from, at + 1 - from, series->step_ns, 1, COVERAGE, &kept->expected[FORECAST],
                                              &kept->given[0], &kept->given[1]);
    promised(status == RANCOG_OK, rancog_last_error_message());
    kept->expected[LAST] = series->values[at];
    kept->expected[REPEATED] = what->back ? series->values[at + 1 - what->back] : recent_mean(series, at);
}

static double bound(json_value corrected, const char *which, double unbounded)
{
    json_value is_empty = json_field(corrected, "empty");
    double value = json_number(json_field(corrected, which));
    return is_empty && *is_empty == 't' ? -unbounded : isnan(value) ? unbounded : value;
}

/* Adds up how good the open prediction was. */
static void close_step(record *kept, double value)
{
    int i;
    for (i = 0; i < COLUMNS; i++) {
        kept->errors[i] += fabs(kept->expected[i] - value);
    }
    for (i = 0; i < EXPERTS; i++) {
        kept->mixed += kept->weights[i] * fabs(kept->expected[i] - value);
    }
    kept->held_given += kept->given[0] <= value && value <= kept->given[1];
    kept->held += kept->corrected[0] <= value && value <= kept->corrected[1];
    if (isinf(kept->corrected[0]) && kept->corrected[0] < kept->corrected[1]) {
        kept->unbounded++;
    } else {
        kept->width_given += kept->given[1] - kept->given[0];
        kept->width += fmax(kept->corrected[1] - kept->corrected[0], 0); /* the empty one has no width */
    }
    kept->steps++;
}

/* Tells the core what came and what is expected next, and takes what it makes of that. */
static void step(rancog_strange_loop *self, rancog_temporal *temporal, const counter *what, const kpi_series *series, size_t at, record *kept)
{
    uint8_t *reply;
    json_value text, corrected;
    int i, predicts = at + 1 < series->rows;
    question_begin();
    ask("{\"loop_id\":\"%s\",\"time_ns\":%llu", what->loop, (unsigned long long)(series->start_ns + at * series->step_ns));
    if (kept->is_open) {
        ask(",\"observed\":{\"%s\":%.17g}", what->metric, series->values[at]);
        close_step(kept, series->values[at]);
    }
    if (predicts) {
        expect(temporal, what, series, at, kept);
        ask(",\"predict\":{\"%s\":{\"mean\":%.17g,\"lower\":%.17g,\"upper\":%.17g,\"coverage\":%g}},\"experts\":{", what->metric, kept->expected[FORECAST],
            kept->given[0], kept->given[1], COVERAGE);
        for (i = 0; i < EXPERTS; i++) {
            ask("%s\"%s\":{\"%s\":%.17g}", i ? "," : "", experts[i], what->metric, kept->expected[i]);
        }
        ask("}");
    }
    ask("}");
    reply = rancog_strange_loop_observe(self, question_bytes(), question_length());
    text = text_or_exit(reply);
    if (kept->is_open) {
        kept->regret = json_number(json_field(json_field(text, "regret"), "value"));
        kept->regret_bound = json_number(json_field(json_field(text, "regret"), "bound"));
        kept->coverage = json_number(json_field(json_field(text, "coverage"), "value"));
        kept->coverage_bound = json_number(json_field(json_field(text, "coverage"), "bound"));
    }
    if (predicts) {
        corrected = json_field(json_field(text, "corrected"), what->metric);
        kept->expected[CORRECTED] = json_number(json_field(corrected, "mean"));
        kept->corrected[0] = bound(corrected, "lower", -INFINITY);
        kept->corrected[1] = bound(corrected, "upper", INFINITY);
        for (i = 0; i < EXPERTS; i++) {
            kept->weights[i] = json_number(json_field(json_field(text, "weights"), experts[i]));
        }
    }
    kept->is_open = predicts;
    rancog_buffer_free(reply);
}

static double smallest_of_experts(const record *kept)
{
    return fmin(kept->errors[LAST], fmin(kept->errors[REPEATED], kept->errors[FORECAST]));
}

/* The core's record must be that of the sums here, and within its bounds. */
static void check(const record *kept)
{
    promised(fabs(kept->regret - (kept->mixed - smallest_of_experts(kept))) <= SAME * (kept->mixed + DBL_MIN), "the regret is that of the weights given");
    promised(kept->regret <= kept->regret_bound, "the regret is within its bound");
    promised(fabs(kept->coverage * kept->steps - kept->held) < 1e-6, "the coverage is that of the intervals given");
    promised(fabs(kept->coverage - COVERAGE) <= kept->coverage_bound, "the coverage is within its bound");
}

/* ---- tables ---- */

static void show_errors(const counter *what, const record *kept)
{
    int i;
    double best = fmin(kept->errors[CORRECTED], smallest_of_experts(kept));
    printf("  %-18s%-23s%6u", what->loop, what->metric, kept->steps);
    for (i = 0; i < COLUMNS; i++) {
        printf("%*.4g%s", i == CORRECTED ? 20 : 12, kept->errors[i] / kept->steps, kept->errors[i] <= best ? "*" : " ");
    }
    printf("\n");
}

static void show_promises(const counter *what, const record *kept)
{
    unsigned bounded = kept->steps - kept->unbounded;
    printf("  %-18s%13.1f %%%9.0f %% +- %-4.1f%12.4g%12u%18.1f %%%12.4g%12.4g%10.4g\n", what->loop, 100 * kept->coverage, 100 * COVERAGE, 100 * kept->coverage_bound,
           kept->width / bounded, kept->unbounded, 100.0 * kept->held_given / kept->steps, kept->width_given / bounded, kept->regret, kept->regret_bound);
}

void watch_counters(rancog_strange_loop *self, const char *folder)
{
    static kpi_series series;
    static record records[COUNTERS];
    rancog_temporal *temporal = rancog_temporal_create(1, 1, NULL);
    size_t i, at;
    for (i = 0; i < COUNTERS; i++) {
        const counter *what = &counters[i];
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", folder, what->file);
        if (!kpi_csv_read(path, what->key, what->column, &series) || series.rows <= what->known) {
            fprintf(stderr, "loop_watch: cannot read more than %u samples of %s\n", (unsigned)what->known, path);
            exit(1);
        }
        for (at = what->known - 1; at < series.rows; at++) {
            step(self, temporal, what, &series, at, &records[i]);
        }
        check(&records[i]);
    }
    rancog_temporal_destroy(temporal);
    printf("\nEXPECTED OF THE NEXT SAMPLE                  steps   last value    repeated    forecast  mixture, corrected   (* the least)\n");
    for (i = 0; i < COUNTERS; i++) {
        show_errors(&counters[i], &records[i]);
    }
    printf("  repeated: the same hour yesterday; in the six cells, every 10 ms, the mean of the last %u samples\n", RECENT);
    printf("\nHOW SURE            corrected: held   target, bound   mean width   unbounded   forecast's own: held   width      regret   at most\n");
    for (i = 0; i < COUNTERS; i++) {
        show_promises(&counters[i], &records[i]);
    }
}
