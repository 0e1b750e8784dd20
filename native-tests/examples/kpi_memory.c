/* Forecast by analogy: every 6 hours of the past become an episode (situation = the day and the week up to then, hour, day of
 * the week; outcome = the day after, and how it compares with the day before). The memory gives the situations most like the
 * newest one; how the days after compared with the days before, times the last day, is the forecast, and their disagreement its
 * spread. How good that is, is measured: the same question for windows of the past, each with only what was known before it
 * (but what a situation holds was chosen with these data in view, so other data may see a smaller gain). */
#include "kpi_memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "json_pick.h"
#include "kpi_csv.h"
#include "question.h"
#include "rancognition.h"

#define KPI "ERAB.EstabFailRate" /* first column of erab_hourly.csv */
#define DAY 24u      /* samples of a day: they come every hour */
#define WEEK (7 * DAY)
#define EVERY 6u     /* hours between two windows */
#define ALIKE 20u    /* episodes that a forecast is made of */
#define SHOWN 5u     /* of them */
#define CHECKED 120u /* windows of the past that the forecast is tried on: 30 days */
#define LIMIT 1.0   /* of ERAB.EstabFailRate, as in the question about the network */
#define PI 3.14159265358979323846

static kpi_series kpi;

/* The two things that are forecast, of the day after a window: what they are called, and what they are in parts of the mean of
 * the day before. */
enum { MEAN, PEAK, FORECASTS };
static const char *const outcomes[FORECASTS] = {KPI "/mean_next_24h", KPI "/max_next_24h"};
static const char *const ratios[FORECASTS] = {"mean_next_24h / mean_24h", "max_next_24h / mean_24h"};

/* ---- numbers of a day or a week ---- */

/* NaN when all samples from..to-1 are missing. */
static double of(int what, size_t from, size_t to)
{
    double sum = 0, peak = -INFINITY;
    unsigned known = 0;
    size_t i;
    for (i = from; i < to; i++) {
        if (!isnan(kpi.values[i])) {
            sum += kpi.values[i];
            peak = fmax(peak, kpi.values[i]);
            known++;
        }
    }
    return !known ? NAN : what == MEAN ? sum / known : peak;
}

static double before(int what, size_t at, size_t samples)
{
    return of(what, at + 1 - samples, at + 1);
}

static double after(int what, size_t at)
{
    return of(what, at + 1, at + 1 + DAY);
}

static uint64_t time_of(size_t at)
{
    return kpi.start_ns + at * kpi.step_ns;
}

/* ---- episodes and questions, as JSON ---- */

/* A number that is not known is left out. */
static void ask_metric(const char *name, double value)
{
    if (isfinite(value)) {
        ask(",\"%s\":%.9g", name, value);
    }
}

/* Hour and day of the week as points on circles: Sunday 23:00 and Monday 00:00 are neighbours. */
static void ask_situation(size_t at)
{
    uint64_t hour = time_of(at) / kpi.step_ns;
    double day = 2 * PI * (double)(hour % DAY) / DAY, week = 2 * PI * (double)(hour % WEEK) / WEEK;
    ask("\"situation\":{\"hour_cos\":%.9g,\"hour_sin\":%.9g,\"week_cos\":%.9g,\"week_sin\":%.9g", cos(day), sin(day), cos(week), sin(week));
    ask_metric(KPI "/mean_24h", before(MEAN, at, DAY));
    ask_metric(KPI "/mean_week", before(MEAN, at, WEEK));
    ask("}");
}

/* All windows whose day after is over, counted back from the newest sample. Gives how many. */
static unsigned store_windows(rancog_memory *memory)
{
    size_t at;
    unsigned count = 0;
    uint8_t *stored;
    question_begin();
    ask("[");
    for (at = kpi.rows - 1 - DAY; at >= WEEK; at -= EVERY) {
        double mean = after(MEAN, at), peak = after(PEAK, at), today = before(MEAN, at, DAY);
        ask("%s{\"time_ns\":%llu,\"network_id\":\"lte-network\",", count++ ? "," : "", (unsigned long long)time_of(at));
        ask_situation(at);
        ask(",\"outcome\":{\"hours\":%u", DAY);
        ask_metric(outcomes[MEAN], mean);
        ask_metric(outcomes[PEAK], peak);
        ask_metric(ratios[MEAN], mean / today);
        ask_metric(ratios[PEAK], peak / today);
        ask("},\"success\":%s}", isnan(peak) ? "null" : peak <= LIMIT ? "true" : "false");
    }
    ask("]");
    stored = rancog_memory_store(memory, question_bytes(), question_length());
    text_or_exit(stored);
    rancog_buffer_free(stored);
    return count;
}

/* Only windows whose day after was over at that time. */
static uint8_t *recall_like(rancog_memory *memory, size_t at)
{
    uint8_t *result;
    question_begin();
    ask("{");
    ask_situation(at);
    ask(",\"k\":%u,\"explain\":true,\"filter\":{\"time_ns\":{\"$lte\":%llu}}}", ALIKE, (unsigned long long)time_of(at - DAY));
    result = rancog_memory_recall(memory, question_bytes(), question_length());
    text_or_exit(result);
    return result;
}

/* ---- forecast ---- */

typedef struct {
    unsigned count;
    double low, median, high;
} spread;

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_of(double *values, unsigned count)
{
    qsort(values, count, sizeof *values, ascending);
    return !count ? NAN : count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static double outcome_of(json_value hit, const char *name)
{
    return json_number(json_field(json_field(json_field(hit, "episode"), "outcome"), name));
}

static spread forecast(json_value hits, int what, size_t at)
{
    double values[ALIKE];
    spread found = {0, NAN, NAN, NAN};
    json_value hit;
    for (hit = json_first(hits); hit && found.count < ALIKE; hit = json_next(hit)) {
        double ratio = outcome_of(hit, ratios[what]);
        if (!isnan(ratio)) {
            values[found.count++] = ratio * before(MEAN, at, DAY);
        }
    }
    found.median = median_of(values, found.count);
    if (found.count) {
        found.low = values[0];
        found.high = values[found.count - 1];
    }
    return found;
}

/* How the forecast did on windows of the past. */
typedef struct {
    unsigned count;
    double error, error_of_yesterday; /* mean distances from what came */
    unsigned within;                  /* times that what came lay within lowest .. highest */
    double usual_distance;            /* median distance of the nearest */
} trial;

static trial try_on_the_past(rancog_memory *memory, int what)
{
    static double nearest[CHECKED];
    trial all = {0, 0, 0, 0, NAN};
    size_t at;
    for (at = kpi.rows - 1 - DAY; all.count < CHECKED && at >= WEEK + DAY + ALIKE * EVERY; at -= EVERY) {
        uint8_t *result = recall_like(memory, at);
        json_value hits = json_field((json_value)result + 4, "hits");
        spread expected = forecast(hits, what, at);
        double came = after(what, at), yesterday = before(what, at, DAY);
        if (!isnan(came) && !isnan(yesterday) && expected.count == ALIKE) {
            nearest[all.count++] = json_number(json_field(json_first(hits), "distance"));
            all.error += fabs(expected.median - came);
            all.error_of_yesterday += fabs(yesterday - came);
            all.within += expected.low <= came && came <= expected.high;
        }
        rancog_buffer_free(result);
    }
    all.error /= all.count;
    all.error_of_yesterday /= all.count;
    all.usual_distance = median_of(nearest, all.count);
    return all;
}

/* ---- the answer, as tables ---- */

static void show_hits(json_value hits)
{
    char when[20], metric[64];
    json_value hit;
    unsigned shown = 0;
    printf("  most alike            distance   the day before it: mean   the day after: mean     peak   farthest apart in\n");
    for (hit = json_first(hits); hit && shown < SHOWN; hit = json_next(hit), shown++) {
        json_value episode = json_field(hit, "episode"), most = json_first(json_field(hit, "why"));
        kpi_time(json_whole(json_field(episode, "time_ns")), when);
        printf("  %-22s%8.2f%26.3f%22.3f%9.3f   %s (%.0f %% of the squared distance)\n", when, json_number(json_field(hit, "distance")),
               json_number(json_field(json_field(episode, "situation"), KPI "/mean_24h")), outcome_of(hit, outcomes[MEAN]), outcome_of(hit, outcomes[PEAK]),
               json_text(json_field(most, "metric"), metric, sizeof metric), 100 * json_number(json_field(most, "share")));
    }
}

static void show_forecast(rancog_memory *memory, json_value hits)
{
    static const char *const titles[FORECASTS] = {"mean, next 24 h", "peak, next 24 h"};
    double distance = json_number(json_field(json_first(hits), "distance"));
    unsigned kept = 0, judged = 0;
    json_value hit;
    trial past = {0, NAN, NAN, 0, NAN};
    int what;
    printf("  by analogy            expected   lowest .. highest of %u     tried on the past: misses by    the last day again misses by    within\n", ALIKE);
    for (what = 0; what < FORECASTS; what++) {
        spread next = forecast(hits, what, kpi.rows - 1);
        past = try_on_the_past(memory, what);
        printf("  %-22s%8.3f   %6.3f .. %-15.3f%30.3f%32.3f%6u of %u\n", titles[what], next.median, next.low, next.high, past.error, past.error_of_yesterday, past.within, past.count);
    }
    for (hit = json_first(hits); hit; hit = json_next(hit)) {
        json_value success = json_field(json_field(hit, "episode"), "success");
        judged += success && *success != 'n';
        kept += success && *success == 't';
    }
    printf("  %-22s%s <= %g held through the day after %u of these %u\n", "limit", KPI, LIMIT, kept, judged);
    printf("  %-22sthe nearest is at %.2f, usually at %.2f (median of the %u tried)%s\n", "how alike", distance, past.usual_distance, past.count,
           distance > 2 * past.usual_distance ? ": little like now was kept, so trust this less" : "");
}

void show_memory(const char *folder, const char *page_path)
{
    rancog_memory *memory;
    char path[1024], when[20];
    uint8_t *alike;
    json_value hits;
    unsigned count;
    snprintf(path, sizeof path, "%s/erab_hourly.csv", folder);
    if (!kpi_csv_read(path, NULL, 0, &kpi) || kpi.rows < 2 * WEEK) {
        fprintf(stderr, "kpi_report: cannot read two weeks of %s\n", path);
        exit(1);
    }
    memory = rancog_memory_create(NULL, 0, NULL);
    if (!memory) {
        fprintf(stderr, "kpi_report: %s\n", rancog_last_error_message());
        exit(1);
    }
    count = store_windows(memory);
    alike = recall_like(memory, kpi.rows - 1);
    hits = json_field((json_value)alike + 4, "hits");
    kpi_time(time_of(kpi.rows - 1), when);
    printf("\nLIKE NOW: %s at %s against %u windows of the past, one every %u hours; the last day's mean is %.3f\n", KPI, when, count, EVERY, before(MEAN, kpi.rows - 1, DAY));
    show_hits(hits);
    show_forecast(memory, hits);
    write_page((const char *)alike + 4, page_path);
    rancog_buffer_free(alike);
    rancog_memory_destroy(memory);
}
