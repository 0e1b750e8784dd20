/* Real KPIs in, an answer for an engineer out: what is seasonal, what broke and when, what the next 48 hours bring, which
 * limits will be crossed and how sure all that is. Every number printed is one of the library's JSON.
 *
 *   kpi_report [--data FOLDER] [--report FILE]
 *
 * See tests/data/README.md for the data. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "json_pick.h"
#include "kpi_csv.h"
#include "kpi_memory.h"
#include "question.h"
#include "rancognition.h"

#define FUTURES 500           /* alternative futures simulated over the window */
#define HORIZON_HOURS 48u
#define HOUR_NS 3600000000000u
#define CELL_HORIZON_NS 240000000u /* 24 samples of 10 ms */
#define RUNS_SHOWN 3          /* of the samples beyond a limit */
#define SOFT 0.05             /* p-value up to which a change that no pattern confirms is worth a line */

static const char *const kpis[] = {"ERAB.EstabFailRate", "RRC.ConnEstabFailRate"}; /* columns of erab_hourly.csv */
static const char *const cells[] = {"c3/B13", "c4/B13", "c5/B2", "c6/B2", "c11/B13", "c13/N77"};
#define CELLS (sizeof cells / sizeof cells[0])

/* ---- the question, as JSON ---- */

static void read_or_exit(const char *folder, const char *file, const char *key, int column, kpi_series *series)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    if (!kpi_csv_read(path, key, column, series)) {
        fprintf(stderr, "kpi_report: cannot read %s\n", path);
        exit(1);
    }
}

static void ask_about_the_network(const char *folder)
{
    static kpi_series series;
    int i;
    question_begin();
    ask("{\"id\":\"kpi-report\",\"network_id\":\"lte-network\",\"problem_type\":\"TemporalAnalysis\",\"current_state\":{},"
        "\"objectives\":[\"minimize ERAB.EstabFailRate\"],"
        "\"constraints\":[\"ERAB.EstabFailRate <= 1\",\"always[0,43200s](ERAB.EstabFailRate <= 0.6)\",\"RRC.ConnEstabFailRate <= 0.2\"],"
        "\"horizon_ns\":%llu,\"seed\":1,\"include_timeline\":true,\"history\":{",
        (unsigned long long)(HORIZON_HOURS * HOUR_NS));
    for (i = 0; i < 2; i++) {
        read_or_exit(folder, "erab_hourly.csv", NULL, i, &series);
        ask(i ? "," : "");
        ask_history(kpis[i], &series);
    }
    ask("}}");
}

static void ask_about_the_cells(const char *folder)
{
    static kpi_series series;
    size_t i;
    question_begin();
    ask("[");
    for (i = 0; i < CELLS; i++) {
        read_or_exit(folder, "qp_cells.csv", cells[i], 2, &series);
        ask("%s{\"id\":\"%s\",\"network_id\":\"o-ran\",\"problem_type\":\"TemporalAnalysis\",\"current_state\":{},\"objectives\":[],"
            "\"constraints\":[\"RRU.PrbAvailDl >= 10\"],\"horizon_ns\":%llu,\"seed\":1,\"history\":{",
            i ? "," : "", cells[i], (unsigned long long)CELL_HORIZON_NS);
        ask_history("RRU.PrbAvailDl", &series);
        ask("}}");
    }
    ask("]");
}

/* ---- the answer, as tables ---- */

static double percent(json_value share)
{
    return 100.0 * json_number(share);
}

static int text_is(json_value value, const char *text)
{
    size_t length = strlen(text);
    return value && *value == '"' && strncmp(value + 1, text, length) == 0 && value[1 + length] == '"';
}

static int is_of(json_value finding, const char *metric)
{
    return text_is(json_field(finding, "metric"), metric);
}

static int has_type(json_value pattern, const char *type)
{
    return text_is(json_field(pattern, "pattern_type"), type);
}

static double measured(json_value pattern, const char *parameter)
{
    return json_number(json_field(json_field(pattern, "parameters"), parameter));
}

/* "p = 0.001"; "p < 1e-9" for what is as good as certain. */
static const char *p_value(json_value finding, char text[24])
{
    double p = json_number(json_field(finding, "p_value"));
    snprintf(text, 24, p < 1e-9 ? "p < 1e-9" : "p = %.1g", p);
    return text;
}

static void show_seasons(json_value answer)
{
    char name[64], p[24];
    json_value metric, pattern;
    printf("\nSEASONAL                repeats every   share of the variation\n");
    for (metric = json_first(json_field(answer, "metrics")); metric; metric = json_next(metric)) {
        int found = 0;
        json_text(json_field(metric, "metric"), name, sizeof name);
        for (pattern = json_first(json_field(answer, "patterns")); pattern; pattern = json_next(pattern)) {
            if (is_of(pattern, name) && has_type(pattern, "seasonality")) {
                printf("  %-22s%7.4g h       %5.0f %%        %s\n", found++ ? "" : name, measured(pattern, "period_ns") / HOUR_NS,
                       100.0 * measured(pattern, "strength"), p_value(pattern, p));
            }
        }
        if (!found) {
            printf("  %-22s no season found\n", name);
        }
    }
}

/* What happened, in the pattern's own numbers. */
static void tell(json_value pattern, char *text, size_t room)
{
    if (has_type(pattern, "level_shift")) {
        snprintf(text, room, "%.3g before, %.3g since", measured(pattern, "before"), measured(pattern, "after"));
    } else if (has_type(pattern, "variance_shift")) {
        snprintf(text, room, "spread %.3g before, %.3g since", measured(pattern, "before"), measured(pattern, "after"));
    } else if (has_type(pattern, "drift") || has_type(pattern, "trend")) {
        snprintf(text, room, "%+.3g in all, %+.3g a day", measured(pattern, "change"), measured(pattern, "slope_per_day"));
    } else if (has_type(pattern, "flatline")) {
        snprintf(text, room, "%g samples at %.3g", measured(pattern, "samples"), measured(pattern, "value"));
    } else {
        snprintf(text, room, "%.3g where %.3g was expected", measured(pattern, "value"), measured(pattern, "expected"));
    }
}

static void show_tested(json_value answer)
{
    static const char *const types[] = {"trend", "drift", "level_shift", "variance_shift", "outage", "spike", "dip", "surge", "flatline"};
    char name[64], type[32], from[20], to[20], text[120], p[24];
    json_value pattern;
    for (pattern = json_first(json_field(answer, "patterns")); pattern; pattern = json_next(pattern)) {
        size_t i = 0;
        while (i < sizeof types / sizeof *types && !has_type(pattern, types[i])) {
            i++;
        }
        if (i < sizeof types / sizeof *types) {
            kpi_time(json_whole(json_field(pattern, "start_time")), from);
            kpi_time(json_whole(json_field(pattern, "end_time")), to);
            tell(pattern, text, sizeof text);
            printf("  %-22s%s .. %s  %s: %s (%s)\n", json_text(json_field(pattern, "metric"), name, sizeof name), from, to + 5,
                   json_text(json_field(pattern, "pattern_type"), type, sizeof type), text, p_value(pattern, p));
        }
    }
}

/* Runs of samples beyond a limit, one limit after the other; the worst ones by date. */
static void show_violations(json_value answer)
{
    char limit[128], from[20], to[20];
    json_value verdict, pattern, other;
    for (verdict = json_first(json_field(answer, "verdicts")); verdict; verdict = json_next(verdict)) {
        unsigned runs = 0;
        json_text(json_field(verdict, "id"), limit, sizeof limit);
        for (pattern = json_first(json_field(answer, "patterns")); pattern; pattern = json_next(pattern)) {
            runs += has_type(pattern, "constraint_violation") && text_is(json_field(pattern, "constraint"), limit);
        }
        if (runs) {
            printf("  %s was broken %u time%s%s\n", limit, runs, runs == 1 ? "" : "s", runs > RUNS_SHOWN ? ", at worst:" : ":");
        }
        for (pattern = json_first(json_field(answer, "patterns")); runs && pattern; pattern = json_next(pattern)) {
            unsigned worse = 0;
            if (!has_type(pattern, "constraint_violation") || !text_is(json_field(pattern, "constraint"), limit)) {
                continue;
            }
            for (other = json_first(json_field(answer, "patterns")); other; other = json_next(other)) {
                worse += has_type(other, "constraint_violation") && text_is(json_field(other, "constraint"), limit)
                      && measured(other, "worst_excess") > measured(pattern, "worst_excess");
            }
            if (worse < RUNS_SHOWN) {
                kpi_time(json_whole(json_field(pattern, "start_time")), from);
                kpi_time(json_whole(json_field(pattern, "end_time")), to);
                printf("  %-22s%s .. %s  up to %.3g, limit %g\n", "", from, to + 5, measured(pattern, "worst_value"), measured(pattern, "limit"));
            }
        }
    }
}

static uint64_t time_of_mark(json_value series, json_value mark)
{
    return json_whole(json_field(series, "start_ns")) + json_whole(json_field(mark, "index")) * json_whole(json_field(series, "step_ns"));
}

/* Is this moment part of something told already, of one of these types? */
static int is_told(json_value answer, const char *metric, uint64_t at, int only_shifts)
{
    json_value pattern;
    for (pattern = json_first(json_field(answer, "patterns")); pattern; pattern = json_next(pattern)) {
        uint64_t from = json_whole(json_field(pattern, "start_time")), to = json_whole(json_field(pattern, "end_time"));
        if (!is_of(pattern, metric) || has_type(pattern, "seasonality") || has_type(pattern, "motif") || has_type(pattern, "lead_lag")) {
            continue;
        }
        if (has_type(pattern, "level_shift") || has_type(pattern, "variance_shift") || has_type(pattern, "drift") || has_type(pattern, "trend")) {
            if (only_shifts && from == at) {
                return 1; /* they last: an alarm long after their start is something of its own */
            }
        } else if (!only_shifts && from <= at && at <= to) {
            return 1;
        }
    }
    return 0;
}

static double deviation(json_value mark)
{
    return fabs(json_number(json_field(mark, "value")) - json_number(json_field(mark, "expected")));
}

/* What the detectors noticed beyond that: the alarm with the largest deviation, and changes of level that miss the corrected test. */
static void show_softer_signs(json_value answer)
{
    char name[64], when[20], p[24];
    json_value one, mark, largest;
    for (one = json_first(json_field(answer, "series")); one; one = json_next(one)) {
        unsigned alarms = 0;
        json_text(json_field(one, "metric"), name, sizeof name);
        for (mark = json_first(json_field(one, "change_points")); mark; mark = json_next(mark)) {
            if (json_number(json_field(mark, "p_value")) <= SOFT && !is_told(answer, name, time_of_mark(one, mark), 1)) {
                kpi_time(time_of_mark(one, mark), when);
                printf("  %-22s%s           softer sign: level %.3g before, %.3g since (%s before correction)\n", name, when,
                       json_number(json_field(mark, "before")), json_number(json_field(mark, "after")), p_value(mark, p));
            }
        }
        largest = NULL;
        for (mark = json_first(json_field(one, "anomalies")); mark; mark = json_next(mark)) {
            if (!is_told(answer, name, time_of_mark(one, mark), 0)) {
                alarms++;
                largest = !largest || deviation(mark) > deviation(largest) ? mark : largest;
            }
        }
        if (largest) {
            kpi_time(time_of_mark(one, largest), when);
            printf("  %-22s%s           softer sign: %.3g where %.3g was expected, the largest of %u further alarm%s\n", name, when,
                   json_number(json_field(largest, "value")), json_number(json_field(largest, "expected")), alarms, alarms == 1 ? "" : "s");
        }
    }
}

static void show_what_broke(json_value answer)
{
    printf("\nBROKE                   when\n");
    show_tested(answer);
    show_violations(answer);
    show_softer_signs(answer);
}

/* The step of the path with the largest forecast: the fixed distances may all miss the busy hour. */
static void show_peak(json_value answer, const char *metric)
{
    json_value one, mean, lower, upper, peak = NULL, low = NULL, high = NULL;
    uint64_t step = 0, at = 0;
    char when[20];
    for (one = json_first(json_field(answer, "series")); one && !is_of(one, metric); one = json_next(one)) {
    }
    one = json_field(one, "forecast");
    lower = json_first(json_field(one, "lower"));
    upper = json_first(json_field(one, "upper"));
    for (mean = json_first(json_field(one, "mean")); mean && lower && upper; mean = json_next(mean)) {
        if (!peak || json_number(mean) > json_number(peak)) {
            peak = mean, low = lower, high = upper, at = step;
        }
        step++;
        lower = json_next(lower);
        upper = json_next(upper);
    }
    if (peak) {
        kpi_time(json_whole(json_field(one, "start_ns")) + at * json_whole(json_field(one, "step_ns")), when);
        printf("  %-22s peak  %s  %8.3f   %6.3f .. %.3f\n", "", when, json_number(peak), json_number(low), json_number(high));
    }
}

static void show_outlook(json_value answer)
{
    char name[64], when[20];
    json_value metric, p;
    printf("\nNEXT %u HOURS            in    at                expected   95 %% interval      confidence\n", HORIZON_HOURS);
    for (metric = json_first(json_field(answer, "metrics")); metric; metric = json_next(metric)) {
        uint64_t end = json_whole(json_field(metric, "end_ns"));
        int rows = 0;
        json_text(json_field(metric, "metric"), name, sizeof name);
        for (p = json_first(json_field(answer, "predictions")); p; p = json_next(p)) {
            if (is_of(p, name)) {
                uint64_t ahead = json_whole(json_field(p, "time_horizon"));
                kpi_time(end + ahead, when);
                printf("  %-22s%3g h  %s  %8.3f   %6.3f .. %.3f   %4.0f %% within +-%.3f\n", rows++ ? "" : name, (double)ahead / HOUR_NS, when,
                       json_number(json_field(p, "predicted_value")), json_number(json_field(p, "lower")), json_number(json_field(p, "upper")),
                       percent(json_field(p, "confidence")), json_number(json_field(p, "tolerance")));
            }
        }
        show_peak(answer, name);
    }
}

static void show_limits(json_value answer)
{
    char name[128], when[32], odds[32];
    json_value v;
    printf("\nLIMITS, NEXT %u HOURS                            will be crossed with   typically first at   median margin\n", HORIZON_HOURS);
    for (v = json_first(json_field(answer, "verdicts")); v; v = json_next(v)) {
        double holds = json_number(json_field(v, "probability"));
        uint64_t first = json_whole(json_field(v, "first_violation_ns"));
        json_text(json_field(v, "expression"), name, sizeof name);
        if (isnan(holds)) {
            char reason[200];
            printf("  %-46s unknown: %s\n", name, json_text(json_field(v, "reason"), reason, sizeof reason));
            continue;
        }
        if (first) {
            kpi_time(first, when);
        } else {
            strcpy(when, "-");
        }
        if (holds < 1) {
            snprintf(odds, sizeof odds, "%.1f %%", 100.0 - 100.0 * holds);
        } else { /* not the same as never */
            snprintf(odds, sizeof odds, "none of %g futures", json_number(json_field(v, "scenarios")));
        }
        printf("  %-46s %-21s  %-19s %+.3f\n", name, odds, when, json_number(json_field(v, "robustness")));
    }
}

static void show_how_sure(json_value answer)
{
    char name[64];
    json_value m;
    printf("\nHOW SURE\n");
    for (m = json_first(json_field(answer, "metrics")); m; m = json_next(m)) {
        printf("  %-22s%g samples, %g missing; the forecast explains %.0f %% of the variance 1 h ahead, %.0f %% %u h ahead\n",
               json_text(json_field(m, "metric"), name, sizeof name), json_number(json_field(m, "samples")), json_number(json_field(m, "missing")),
               percent(json_field(m, "explained_variance_first")), percent(json_field(m, "explained_variance_last")), HORIZON_HOURS);
    }
    printf("  %-22s%.0f %% confidence, %g simulated futures, %.0f ms\n", "all in all", percent(json_field(answer, "confidence")),
           json_number(json_field(answer, "scenarios")), json_number(json_field(answer, "execution_time")) / 1e6);
}

static void show_cells(json_value answer)
{
    json_value result;
    char id[32], type[32];
    printf("\nSIX CELLS, EVERY 10 MS  free PRBs in %u ms   95 %% interval   fewer than 10 with   found in the last 1.3 s\n", CELL_HORIZON_NS / 1000000u);
    for (result = json_first(json_field(answer, "results")); result; result = json_next(result)) {
        json_value ok = json_field(result, "Ok"), p, end = NULL, pattern;
        unsigned broken = 0;
        for (p = json_first(json_field(ok, "predictions")); p; p = json_next(p)) {
            end = p; /* the last one looks farthest */
        }
        printf("  %-22s%12g          %5g .. %-8g%9.0f %%         ", json_text(json_field(ok, "problem_id"), id, sizeof id),
               json_number(json_field(end, "predicted_value")), json_number(json_field(end, "lower")), json_number(json_field(end, "upper")),
               100.0 - percent(json_field(json_first(json_field(ok, "verdicts")), "probability")));
        for (pattern = json_first(json_field(ok, "patterns")); pattern; pattern = json_next(pattern)) {
            if (has_type(pattern, "constraint_violation")) {
                broken++;
            } else {
                printf(" %s", json_text(json_field(pattern, "pattern_type"), type, sizeof type));
            }
        }
        printf(broken ? " fewer than 10\n" : "\n");
    }
}

int main(int count, char **arguments)
{
    const char *folder = "tests/data", *report = "build/report.html";
    char beside[1100];
    rancog_temporal *core = rancog_temporal_create(FUTURES, HORIZON_HOURS, NULL);
    uint8_t *network, *radio;
    json_value answer, cell_answers;
    int i;
    for (i = 1; i + 1 < count; i += 2) {
        *(strcmp(arguments[i], "--data") == 0 ? &folder : &report) = arguments[i + 1];
    }
    ask_about_the_network(folder);
    network = rancog_temporal_expand_subjective_time(core, question_bytes(), question_length(), NULL, 0);
    answer = text_or_exit(network);
    ask_about_the_cells(folder);
    radio = rancog_temporal_parallel_temporal_analysis(core, question_bytes(), question_length(), 0);
    cell_answers = text_or_exit(radio);

    printf("RanCognition %s: two failure rates of an LTE network in per cent, 60 days by the hour up to 2018-01-01, times UTC\n", rancog_version_string());
    show_seasons(answer);
    show_what_broke(answer);
    show_outlook(answer);
    show_limits(answer);
    show_how_sure(answer);
    show_cells(cell_answers);
    show_memory(folder, path_beside(report, "memory", beside, sizeof beside));
    write_page(answer, report);
    printf("\nCharts and all findings: %s; the situations like now: %s\n", report, beside);
    rancog_buffer_free(radio);
    rancog_buffer_free(network);
    rancog_temporal_destroy(core);
    return 0;
}
