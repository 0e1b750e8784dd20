/* Series in, anomaly scores with flags or change points out, one JSON line each, through the C ABI:
 *   {"series_id","period_s","values":[..]}          ->  {"series_id","scores":[],"flags":[indices],"us"}
 *   {"series_id","dims","values":[[..],[..]]}       ->  {"series_id","changepoints":[indices],"us"}
 * A series of several dimensions gives the change points of each; those within NEAR points of one that was taken are dropped.
 * "us" is the time of the library calls alone. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "line_reader.h"
#include "rancognition.h"

#define NEAR 5
#define POINTS_MAX 4096

static int refused;

static void note(int32_t status, const char *id)
{
    if (status != RANCOG_OK) {
        refused++;
        fprintf(stderr, "anomaly_jsonl: %s: %s\n", id, rancog_last_error_message());
    }
}

static void anomalies(rancog_temporal *core, const char *line, const char *id)
{
    size_t n, i, raised = 0;
    double *values = line_numbers(json_field(line, "values"), &n);
    double *scores = calloc(n + 1, sizeof *scores);
    uint8_t *flags = calloc(n + 1, 1);
    uint64_t step_ns = json_whole(json_field(line, "period_s")) * 1000000000u;
    double start = line_clock_us();
    int32_t scored = rancog_temporal_score_anomalies(core, values, n, step_ns, scores);
    int32_t flagged = scored == RANCOG_OK ? rancog_temporal_detect_anomalies(core, values, n, step_ns, flags) : scored;
    double us = line_clock_us() - start;
    note(flagged, id);
    printf("{\"series_id\":\"%s\",\"scores\":[", id);
    for (i = 0; i < n; i++) {
        printf("%s%.9g", i ? "," : "", scores[i]);
    }
    printf("],\"flags\":[");
    for (i = 0; i < n; i++) {
        if (flags[i]) {
            printf("%s%u", raised++ ? "," : "", (unsigned)i);
        }
    }
    printf("],\"us\":%.1f}\n", us);
    free(flags);
    free(scores);
    free(values);
}

static void change_points(rancog_temporal *core, const char *line, const char *id)
{
    size_t taken[POINTS_MAX], count = 0, n, i, k;
    double us = 0;
    json_value dimension;
    for (dimension = json_first(json_field(line, "values")); dimension; dimension = json_next(dimension)) {
        size_t found[POINTS_MAX], room = POINTS_MAX;
        double *values = line_numbers(dimension, &n);
        double start = line_clock_us();
        int32_t status = rancog_temporal_detect_change_points(core, values, n, 0, found, &room);
        us += line_clock_us() - start;
        note(status, id);
        for (i = 0; status == RANCOG_OK && i < room && i < POINTS_MAX; i++) {
            for (k = 0; k < count && (found[i] > taken[k] + NEAR || taken[k] > found[i] + NEAR); k++) {
            }
            if (k == count && count < POINTS_MAX) {
                taken[count++] = found[i];
            }
        }
        free(values);
    }
    printf("{\"series_id\":\"%s\",\"changepoints\":[", id);
    for (i = 0; i < count; i++) {
        printf("%s%u", i ? "," : "", (unsigned)taken[i]);
    }
    printf("],\"us\":%.1f}\n", us);
}

int main(void)
{
    rancog_temporal *core = rancog_temporal_create(200, 48, NULL);
    char *line, id[512];
    while ((line = line_next(stdin)) != NULL) {
        if (*line == '{') {
            json_text(json_field(line, "series_id"), id, sizeof id);
            if (json_field(line, "dims")) {
                change_points(core, line, id);
            } else {
                anomalies(core, line, id);
            }
        }
    }
    rancog_temporal_destroy(core);
    return refused ? 1 : 0;
}
