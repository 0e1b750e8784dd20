#include "optimization_kit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "result.h"

rancog_optimization *optimization_kit_create(const char *options, const rancog_host *host)
{
    rancog_optimization *self = rancog_optimization_create((const uint8_t *)options, options ? strlen(options) : 0, host);
    CHECK_CASE(self != NULL && rancog_last_status() == RANCOG_OK, rancog_last_error_message());
    return self;
}

void optimization_kit_destroy(rancog_optimization *self)
{
    rancog_optimization_destroy(self);
    CHECK_CASE(rancog_last_status() == RANCOG_OK, rancog_last_error_message());
}

int32_t optimization_kit_call(optimization_call call, rancog_optimization *self, const char *json, char **text)
{
    return result_take(call(self, (const uint8_t *)json, strlen(json)), json, text);
}

int32_t optimization_kit_with(rancog_optimization *self, const char *json, optimization_record *record, int batches, char **text)
{
    uint8_t *result;
    record->caller = pthread_self();
    if (batches) {
        result = rancog_optimization_optimize_with_batch(self, (const uint8_t *)json, strlen(json), optimization_kit_evaluate_rows, record);
    } else {
        result = rancog_optimization_optimize_with(self, (const uint8_t *)json, strlen(json), optimization_kit_evaluate, record);
    }
    return result_take(result, json, text);
}

int32_t optimization_kit_result(rancog_optimization *self, char **text)
{
    return result_take(rancog_optimization_result(self), "result", text);
}

optimization_record optimization_kit_record(size_t n, size_t m, size_t k)
{
    optimization_record record;
    memset(&record, 0, sizeof record);
    record.n = n;
    record.m = m;
    record.k = k;
    record.caller = pthread_self();
    record.x = malloc(OPTIMIZATION_POINTS_MAX * sizeof *record.x);
    record.f = malloc(OPTIMIZATION_POINTS_MAX * sizeof *record.f);
    record.g = malloc(OPTIMIZATION_POINTS_MAX * sizeof *record.g);
    return record;
}

void optimization_kit_free(optimization_record *record)
{
    CHECK_CASE(record->faults == 0, "calls of an evaluator");
    free(record->x);
    free(record->f);
    free(record->g);
}

void optimization_kit_values(const double *x, size_t n, double *f, size_t m, double *g, size_t k)
{
    size_t i, j;
    for (j = 0; j < m; j++) {
        double sum = 0;
        for (i = 0; i < n; i++) {
            double difference = x[i] - (double)(i + j) / 4;
            sum += difference * difference;
        }
        f[j] = sum;
    }
    for (j = 0; j < k; j++) {
        g[j] = x[j] - 0.7;
    }
}

/* Evaluates a point and keeps it; whether the answer has to say that it failed. */
static int evaluate(optimization_record *record, const double *x, double *f, double *g)
{
    size_t point = record->points++;
    int fails = record->every != 0 && point % record->every == record->every - 1;
    if (!fails || record->failure != FAILS_BY_SILENCE) {
        optimization_kit_values(x, record->n, f, record->m, g, record->k);
    }
    if (point < OPTIMIZATION_POINTS_MAX) {
        memcpy(record->x[point], x, record->n * sizeof *x);
        memcpy(record->f[point], f, record->m * sizeof *f);
        memcpy(record->g[point], g, record->k * sizeof *g);
        if (fails) {
            record->f[point][0] = NAN;
        }
    }
    if (!fails) {
        return 0;
    }
    record->failed++;
    switch (record->failure) {
    case FAILS_BY_NAN: f[record->m - 1] = NAN; break;
    case FAILS_BY_INFINITY: f[0] = record->points % 2 ? INFINITY : -INFINITY; break;
    case FAILS_BY_CONSTRAINT: g[0] = NAN; break;
    default: break;
    }
    return record->failure == FAILS_BY_ANSWER;
}

static int begin(optimization_record *record, size_t rows, size_t n, size_t m, size_t k)
{
    record->calls++;
    record->rows_most = rows > record->rows_most ? rows : record->rows_most;
    if (n != record->n || m != record->m || k != record->k || rows == 0 || !pthread_equal(pthread_self(), record->caller)) {
        record->faults++;
        return 0;
    }
    if (record->inside) {
        record->inside(record);
    }
    return 1;
}

int32_t optimization_kit_evaluate(const double *x, size_t n, double *f, size_t m, double *g, size_t k, void *user_data)
{
    optimization_record *record = user_data;
    return !begin(record, 1, n, m, k) || evaluate(record, x, f, g) ? -7 : 0;
}

/* One of them whose answer would be that it failed makes all of them fail. */
int32_t optimization_kit_evaluate_rows(const double *x, size_t rows, size_t n, double *f, size_t m, double *g, size_t k, void *user_data)
{
    optimization_record *record = user_data;
    size_t first = record->points, row;
    int failed = !begin(record, rows, n, m, k);
    for (row = 0; row < rows && !record->faults; row++) {
        failed |= evaluate(record, x + row * n, f + row * m, g + row * k);
    }
    if (failed) {
        for (row = first; row < record->points && row < OPTIMIZATION_POINTS_MAX; row++) {
            record->failed += !isnan(record->f[row][0]);
            record->f[row][0] = NAN;
        }
    }
    return failed ? 1 : 0;
}

text optimization_kit_mixed(const char *more)
{
    text t = {NULL, 0, 0};
    text_add(&t,
        "{\"variables\":[{\"name\":\"a\",\"type\":\"real\",\"lower\":-3,\"upper\":3},{\"name\":\"b\",\"type\":\"integer\",\"lower\":-5,\"upper\":5},"
        "{\"name\":\"c\",\"type\":\"ordered\",\"values\":[0.5,1,2,4]},{\"name\":\"d\",\"type\":\"binary\"},{\"name\":\"e\",\"type\":\"category\",\"values\":[\"x\",\"y\",\"z\"]}],"
        "\"objectives\":[{\"name\":\"cost\",\"sense\":\"min\"}],\"constraints\":[{\"name\":\"room\"}]%s}", more);
    return t;
}

int optimization_kit_on_grid(const double *x)
{
    return x[0] >= -3 && x[0] <= 3 && x[1] == floor(x[1]) && fabs(x[1]) <= 5 && (x[2] == 0.5 || x[2] == 1 || x[2] == 2 || x[2] == 4) && (x[3] == 0 || x[3] == 1)
        && (x[4] == 0 || x[4] == 1 || x[4] == 2);
}

text optimization_kit_real(size_t n, size_t m, size_t k, const char *more)
{
    text t = {NULL, 0, 0};
    size_t i;
    text_add(&t, "{\"variables\":[");
    for (i = 0; i < n; i++) {
        text_add(&t, "%s{\"name\":\"v%u\",\"type\":\"real\",\"lower\":-1,\"upper\":2}", i ? "," : "", (unsigned)i);
    }
    text_add(&t, "],\"objectives\":[");
    for (i = 0; i < m; i++) {
        text_add(&t, "%s{\"name\":\"o%u\"}", i ? "," : "", (unsigned)i);
    }
    text_add(&t, "],\"constraints\":[");
    for (i = 0; i < k; i++) {
        text_add(&t, "%s{\"name\":\"c%u\"}", i ? "," : "", (unsigned)i);
    }
    text_add(&t, "]%s}", more);
    return t;
}

/* opening: what the value of the last name has to begin with. */
static const char *place(const char *text, const char *path, const char *opening)
{
    while (*path) {
        char field[80];
        size_t length = strcspn(path, "/");
        snprintf(field, sizeof field, "\"%.*s\":%s", (int)length, path, path[length] ? "" : opening);
        text = strstr(text, field);
        if (!text) {
            return "";
        }
        text += length + 3;
        path += length + (path[length] == '/');
    }
    return text;
}

const char *optimization_kit_at(const char *text, const char *path) { return place(text, path, ""); }

/* A number or null; *end is after it. */
static double number_at(const char *text, const char **end)
{
    char *after;
    double number;
    if (strncmp(text, "null", 4) == 0) {
        *end = text + 4;
        return NAN;
    }
    number = strtod(text, &after);
    *end = after;
    return after == text ? NAN : number;
}

double optimization_kit_number(const char *text, const char *path)
{
    const char *end;
    return number_at(optimization_kit_at(text, path), &end);
}

size_t optimization_kit_numbers(const char *text, const char *path, double *numbers, size_t room)
{
    const char *at = place(text, path, "[");
    size_t count = 0;
    if (*at != '[') {
        return 0;
    }
    for (at++; *at && *at != ']' && count < room; at += *at == ',') {
        const char *from = at;
        numbers[count++] = number_at(from, &at);
        if (at == from) {
            break;
        }
    }
    return count;
}
