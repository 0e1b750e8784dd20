/* Problems in, forecasts out, one JSON line each, through the C ABI:
 *   {"series_id","step_ns","horizon","y":[..null = missing..]}  ->  {"series_id","forecast":[],"lo95":[],"hi95":[],"us"}
 * Other fields are left aside. "us" is the time of the library call alone. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "line_reader.h"
#include "rancognition.h"

static void print_numbers(const char *name, const double *numbers, size_t count)
{
    size_t i;
    printf(",\"%s\":[", name);
    for (i = 0; i < count; i++) {
        printf("%s%.10g", i ? "," : "", numbers[i]);
    }
    printf("]");
}

/* Gives 0 when the library refused; its reason goes to standard error. */
static int answer(rancog_temporal *core, const char *line)
{
    char id[512];
    size_t n, horizon = (size_t)json_whole(json_field(line, "horizon"));
    double *y = line_numbers(json_field(line, "y"), &n);
    double *out = malloc(3 * (horizon + 1) * sizeof *out);
    double start = line_clock_us(), us;
    int32_t status = rancog_temporal_forecast(core, y, n, json_whole(json_field(line, "step_ns")), horizon, 0.95, out, out + horizon, out + 2 * horizon);
    us = line_clock_us() - start;
    json_text(json_field(line, "series_id"), id, sizeof id);
    if (status == RANCOG_OK) {
        printf("{\"series_id\":\"%s\"", id);
        print_numbers("forecast", out, horizon);
        print_numbers("lo95", out + horizon, horizon);
        print_numbers("hi95", out + 2 * horizon, horizon);
        printf(",\"us\":%.1f}\n", us);
    } else {
        fprintf(stderr, "forecast_jsonl: %s: %s\n", id, rancog_last_error_message());
    }
    free(out);
    free(y);
    return status == RANCOG_OK;
}

int main(void)
{
    rancog_temporal *core = rancog_temporal_create(200, 48, NULL);
    char *line;
    int refused = 0;
    while ((line = line_next(stdin)) != NULL) {
        if (*line == '{') {
            refused += !answer(core, line);
        }
    }
    rancog_temporal_destroy(core);
    return refused ? 1 : 0;
}
