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

#include "json_pick.h"
#include "kpi_csv.h"
#include "question.h"
#include "rancognition.h"

#define FUTURES 500           /* alternative futures simulated over the window */
#define HORIZON_HOURS 48u
#define HOUR_NS 3600000000000u
#define CELL_HORIZON_NS 240000000u /* 24 samples of 10 ms */
#define EVENTS_SHOWN 5
#define INSIGHTS_SHOWN 3
#define SIGNIFICANT 0.05

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

static json_value text_or_exit(const uint8_t *result)
{
    if (rancog_last_status() != RANCOG_OK) {
        fprintf(stderr, "kpi_report: %s\n", rancog_last_error_message());
        exit(1);
    }
    return (const char *)result + 4;
}

static double percent(json_value share)
{
    return 100.0 * json_number(share);
}

static void show_insights(json_value answer)
{
    char text[300], impact[16];
    json_value insight = json_first(json_field(answer, "insights"));
    int shown;
    printf("\nIN SHORT\n");
    for (shown = 0; insight && shown < INSIGHTS_SHOWN; shown++, insight = json_next(insight)) {
        printf("  %-9s %s\n", json_text(json_field(insight, "impact"), impact, sizeof impact),
               json_text(json_field(insight, "description"), text, sizeof text));
    }
}

static void show_seasons(json_value answer)
{
    char name[64];
    json_value metric, season;
    printf("\nSEASONAL\n");
    for (metric = json_first(json_field(answer, "metrics")); metric; metric = json_next(metric)) {
        double step_hours = json_number(json_field(metric, "step_ns")) / HOUR_NS;
        printf("  %-22s", json_text(json_field(metric, "metric"), name, sizeof name));
        season = json_first(json_field(metric, "season_steps"));
        printf(season ? "repeats every" : "no season");
        for (; season; season = json_next(season)) {
            printf(" %g h%s", json_number(season) * step_hours, json_next(season) ? "," : "");
        }
        printf("\n");
    }
}

static void time_of_mark(json_value series, json_value mark, char when[20])
{
    kpi_time(json_whole(json_field(series, "start_ns")) + json_whole(json_field(mark, "index")) * json_whole(json_field(series, "step_ns")), when);
}

static void show_lasting_changes(const char *name, json_value one)
{
    json_value mark;
    char when[20];
    for (mark = json_first(json_field(one, "change_points")); mark; mark = json_next(mark)) {
        if (json_number(json_field(mark, "p_value")) <= SIGNIFICANT) {
            time_of_mark(one, mark, when);
            printf("  %-22s%s  level    %.3g %% before, %.3g %% since (p = %.1g)\n", name, when, json_number(json_field(mark, "before")),
                   json_number(json_field(mark, "after")), json_number(json_field(mark, "p_value")));
        }
    }
}

static double deviation(json_value mark)
{
    return fabs(json_number(json_field(mark, "value")) - json_number(json_field(mark, "expected")));
}

/* The alarms with the largest deviations, in order of time. */
static void show_alarms(const char *name, json_value one)
{
    unsigned larger, left_out = 0;
    json_value mark, other;
    char when[20], kind[32];
    for (mark = json_first(json_field(one, "anomalies")); mark; mark = json_next(mark)) {
        larger = 0;
        for (other = json_first(json_field(one, "anomalies")); other; other = json_next(other)) {
            larger += deviation(other) > deviation(mark);
        }
        if (larger >= EVENTS_SHOWN) {
            left_out++;
            continue;
        }
        time_of_mark(one, mark, when);
        printf("  %-22s%s  %-9s%.3g %% where %.3g %% was expected\n", name, when, json_text(json_field(mark, "kind"), kind, sizeof kind),
               json_number(json_field(mark, "value")), json_number(json_field(mark, "expected")));
    }
    if (left_out) {
        printf("  %-22s%u smaller alarms are in the report\n", name, left_out);
    }
}

static void show_what_broke(json_value answer)
{
    char name[64];
    json_value one;
    printf("\nBROKE\n");
    for (one = json_first(json_field(answer, "series")); one; one = json_next(one)) {
        json_text(json_field(one, "metric"), name, sizeof name);
        show_lasting_changes(name, one);
        show_alarms(name, one);
    }
}

static void show_outlook(json_value answer)
{
    char name[64], last[64] = "";
    json_value p;
    printf("\nNEXT %u HOURS         in      expected, %%   95 %% interval    within 10 %% of it\n", HORIZON_HOURS);
    for (p = json_first(json_field(answer, "predictions")); p; p = json_next(p)) {
        json_text(json_field(p, "metric"), name, sizeof name);
        printf("  %-22s%2g h     %8.3f   %6.3f .. %.3f    %5.0f %%\n", strcmp(name, last) ? name : "", json_number(json_field(p, "time_horizon")) / HOUR_NS,
               json_number(json_field(p, "predicted_value")), json_number(json_field(p, "lower")), json_number(json_field(p, "upper")),
               percent(json_field(p, "confidence")));
        strcpy(last, name);
    }
}

static void show_limits(json_value answer)
{
    char name[128], when[20];
    json_value v;
    printf("\nLIMITS                                        crossed with   typically first at   margin\n");
    for (v = json_first(json_field(answer, "verdicts")); v; v = json_next(v)) {
        uint64_t first = json_whole(json_field(v, "first_violation_ns"));
        strcpy(when, "-");
        if (first) {
            kpi_time(first, when);
        }
        printf("  %-46s%6.1f %%   %-18s %+.3f\n", json_text(json_field(v, "expression"), name, sizeof name),
               100.0 - percent(json_field(v, "probability")), when, json_number(json_field(v, "robustness")));
    }
}

static void show_how_sure(json_value answer)
{
    char name[64], model[32];
    json_value m;
    printf("\nHOW SURE\n");
    for (m = json_first(json_field(answer, "metrics")); m; m = json_next(m)) {
        printf("  %-22s%g samples, %g missing, %s; explains %.0f %% of the variance in 1 h, %.0f %% in %u h\n",
               json_text(json_field(m, "metric"), name, sizeof name), json_number(json_field(m, "samples")), json_number(json_field(m, "missing")),
               json_text(json_field(m, "model"), model, sizeof model), percent(json_field(m, "explained_variance_first")),
               percent(json_field(m, "explained_variance_last")), HORIZON_HOURS);
    }
    printf("  confidence of the whole analysis %.0f %%, from %g simulated futures in %.0f ms\n", percent(json_field(answer, "confidence")),
           json_number(json_field(answer, "scenarios")), json_number(json_field(answer, "execution_time")) / 1e6);
}

static void show_cells(json_value answer)
{
    json_value result;
    char id[32];
    printf("\nCELLS EVERY 10 MS      free PRBs in %u ms   95 %% interval    fewer than 10 free with\n", CELL_HORIZON_NS / 1000000u);
    for (result = json_first(json_field(answer, "results")); result; result = json_next(result)) {
        json_value ok = json_field(result, "Ok"), p, end = NULL;
        for (p = json_first(json_field(ok, "predictions")); p; p = json_next(p)) {
            end = p; /* the last one looks farthest */
        }
        printf("  %-22s%15.1f      %5.1f .. %-9.1f %7.1f %%\n", json_text(json_field(ok, "problem_id"), id, sizeof id),
               json_number(json_field(end, "predicted_value")), json_number(json_field(end, "lower")), json_number(json_field(end, "upper")),
               100.0 - percent(json_field(json_first(json_field(ok, "verdicts")), "probability")));
    }
}

static void write_report(json_value answer, const char *path)
{
    uint8_t *page = rancog_report_render((const uint8_t *)answer, strlen(answer));
    FILE *file = fopen(path, "w");
    if (!file || fputs(text_or_exit(page), file) < 0 || fclose(file) != 0) {
        fprintf(stderr, "kpi_report: cannot write %s\n", path);
        exit(1);
    }
    rancog_buffer_free(page);
    printf("\nCharts and all findings: %s\n", path);
}

int main(int count, char **arguments)
{
    const char *folder = "tests/data", *report = "build/report.html";
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

    printf("RanCognition %s: two failure rates of an LTE network, 60 days by the hour up to 2018-01-01, times UTC\n", rancog_version_string());
    show_insights(answer);
    show_seasons(answer);
    show_what_broke(answer);
    show_outlook(answer);
    show_limits(answer);
    show_how_sure(answer);
    show_cells(cell_answers);
    write_report(answer, report);
    rancog_buffer_free(radio);
    rancog_buffer_free(network);
    rancog_temporal_destroy(core);
    return 0;
}
