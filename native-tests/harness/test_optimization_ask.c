/* Searches that ask and are told: any order, in parts, twice, points nobody asked for, points that cannot be. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "hosts.h"
#include "optimization_kit.h"
#include "prng.h"
#include "rancognition.h"
#include "result.h"

#define ROWS 512u

typedef struct {
    size_t n, m, k, rows;
    double x[ROWS * OPTIMIZATION_WIDTH_MAX], f[ROWS * OPTIMIZATION_WIDTH_MAX], g[ROWS * OPTIMIZATION_WIDTH_MAX];
} batch;

static int32_t begin(rancog_optimization *self, const char *json)
{
    return rancog_optimization_begin(self, (const uint8_t *)json, strlen(json));
}

static void evaluate(batch *b)
{
    size_t row;
    for (row = 0; row < b->rows; row++) {
        optimization_kit_values(b->x + row * b->n, b->n, b->f + row * b->m, b->m, b->g + row * b->k, b->k);
    }
}

static int32_t ask(rancog_optimization *self, batch *b, size_t capacity)
{
    b->rows = ROWS + 1;
    return rancog_optimization_ask(self, b->x, capacity, &b->rows);
}

static int32_t tell(rancog_optimization *self, const batch *b, size_t first, size_t rows)
{
    return rancog_optimization_tell(self, b->x + first * b->n, b->f + first * b->m, b->k ? b->g + first * b->k : NULL, rows);
}

static void swap_rows(double *numbers, size_t width, size_t a, size_t b)
{
    size_t i;
    for (i = 0; i < width; i++) {
        double kept = numbers[a * width + i];
        numbers[a * width + i] = numbers[b * width + i];
        numbers[b * width + i] = kept;
    }
}

static void shuffle(batch *b, uint64_t *random)
{
    size_t row;
    for (row = b->rows; row > 1; row--) {
        size_t other = prng_below(random, row);
        swap_rows(b->x, b->n, row - 1, other);
        swap_rows(b->f, b->m, row - 1, other);
        swap_rows(b->g, b->k, row - 1, other);
    }
}

static size_t evaluations_of(const char *result)
{
    const char *at = strstr(result, ",\"evaluations\":");
    return at ? (size_t)strtoul(at + 15, NULL, 10) : SIZE_MAX;
}

/* ---- the same search as with an evaluator ---- */
static void told_in_order_it_is_the_search_of_optimize_with(void)
{
    static const size_t capacities[] = {1, 7, 100, ROWS, SIZE_MAX};
    static const struct { int mixed; size_t m, k; const char *more; } cases[] = {
        {1, 1, 1, ",\"budget\":{\"evaluations\":200},\"seed\":5"}, {0, 1, 0, ",\"budget\":{\"evaluations\":200}"}, {0, 1, 2, ",\"budget\":{\"evaluations\":200}"}, {0, 2, 1, ",\"budget\":{\"evaluations\":200}"},
    };
    static batch b;
    rancog_host host = host_fixed();
    rancog_optimization *self = optimization_kit_create(NULL, &host);
    size_t c, i;
    for (c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        text json = cases[c].mixed ? optimization_kit_mixed(cases[c].more) : optimization_kit_real(3, cases[c].m, cases[c].k, cases[c].more);
        optimization_record record = optimization_kit_record(cases[c].mixed ? OPTIMIZATION_MIXED : 3, cases[c].m, cases[c].k);
        char *expected, *result;
        b.n = record.n, b.m = record.m, b.k = record.k;
        CHECK(optimization_kit_with(self, json.bytes, &record, 0, &expected) == RANCOG_OK);
        for (i = 0; i < sizeof capacities / sizeof capacities[0]; i++) {
            size_t points = 0;
            CHECK_CASE(begin(self, json.bytes) == RANCOG_OK, rancog_last_error_message());
            while (CHECK(ask(self, &b, capacities[i]) == RANCOG_OK) && b.rows > 0) {
                if (!CHECK(b.rows <= capacities[i] && b.rows <= ROWS && points + b.rows <= record.points)) {
                    break;
                }
                CHECK_CASE(memcmp(b.x, record.x[points], b.n * sizeof(double)) == 0, json.bytes);
                points += b.rows;
                evaluate(&b);
                CHECK_CASE(tell(self, &b, 0, b.rows) == RANCOG_OK, rancog_last_error_message());
            }
            CHECK(points == record.points);
            CHECK(optimization_kit_result(self, &result) == RANCOG_OK);
            CHECK_CASE(strcmp(result, expected) == 0, result);
            free(result);
        }
        free(expected);
        text_free(&json);
        optimization_kit_free(&record);
    }
    optimization_kit_destroy(self);
}

static void any_order_and_any_parts_are_taken(void)
{
    static batch b, again;
    rancog_optimization *self = optimization_kit_create(NULL, NULL);
    uint64_t random = 9;
    int mixed;
    for (mixed = 0; mixed < 2; mixed++) {
        text json = mixed ? optimization_kit_mixed(",\"budget\":{\"evaluations\":300}") : optimization_kit_real(4, 1, 1, ",\"budget\":{\"evaluations\":300}");
        size_t points = 0;
        char *result;
        again.n = b.n = mixed ? OPTIMIZATION_MIXED : 4;
        again.m = b.m = again.k = b.k = 1;
        CHECK(begin(self, json.bytes) == RANCOG_OK);
        while (ask(self, &b, ROWS) == RANCOG_OK && b.rows > 0 && points < 1000) {
            size_t told = 0, part;
            evaluate(&b);
            CHECK(ask(self, &again, ROWS) == RANCOG_OK && again.rows == b.rows && memcmp(again.x, b.x, b.rows * b.n * sizeof(double)) == 0); /* the same until told */
            shuffle(&b, &random);
            while (told < b.rows) {
                part = 1 + prng_below(&random, b.rows - told);
                CHECK(tell(self, &b, told, part) == RANCOG_OK);
                told += part;
                points += part;
                if (told < b.rows) {
                    CHECK(ask(self, &again, ROWS) == RANCOG_OK && again.rows == b.rows - told); /* the rest */
                }
            }
        }
        CHECK(points == 300);
        CHECK(optimization_kit_result(self, &result) == RANCOG_OK && evaluations_of(result) == 300 && strstr(result, "\"stopped\":\"budget\""));
        CHECK(strstr(result, "\"feasible\":true") != NULL);
        free(result);
        text_free(&json);
    }
    optimization_kit_destroy(self);
}

/* ---- before, between and after ---- */
static void a_search_that_was_not_begun_is_not_found(void)
{
    rancog_optimization *self = optimization_kit_create(NULL, NULL);
    double x[2] = {5, 5}, f[1] = {1};
    size_t rows = 9;
    CHECK(rancog_optimization_ask(self, x, 2, &rows) == RANCOG_E_NOT_FOUND && rows == 9 && x[0] == 5);
    CHECK(rancog_optimization_tell(self, x, f, NULL, 1) == RANCOG_E_NOT_FOUND);
    CHECK(optimization_kit_result(self, NULL) == RANCOG_E_NOT_FOUND);
    CHECK(begin(self, "{\"variables\":[]}") == RANCOG_E_INVALID_ARGUMENT);
    CHECK(optimization_kit_result(self, NULL) == RANCOG_E_NOT_FOUND);
    optimization_kit_destroy(self);
}

static void a_result_can_be_had_at_any_time(void)
{
    static batch b = {3, 1, 0, 0, {0}, {0}, {0}};
    rancog_optimization *self = optimization_kit_create(NULL, NULL);
    text json = optimization_kit_real(3, 1, 0, ",\"budget\":{\"evaluations\":50},\"best_known\":0.01");
    size_t points = 0;
    char *result;
    CHECK(begin(self, json.bytes) == RANCOG_OK);
    CHECK(optimization_kit_result(self, &result) == RANCOG_OK);
    CHECK_CASE(strstr(result, "\"best\":null") && evaluations_of(result) == 0 && strstr(result, "\"stopped\":\"cancelled\"") && strstr(result, "\"trace\":[]"), result);
    free(result);
    while (ask(self, &b, 5) == RANCOG_OK && b.rows > 0 && points < 1000) {
        evaluate(&b);
        CHECK(tell(self, &b, 0, b.rows) == RANCOG_OK);
        points += b.rows;
        CHECK(optimization_kit_result(self, &result) == RANCOG_OK && evaluations_of(result) == points);
        CHECK(points == 50 || strstr(result, "\"stopped\":\"cancelled\""));
        free(result);
    }
    CHECK(points == 50);
    CHECK(ask(self, &b, 5) == RANCOG_OK && b.rows == 0);
    CHECK(optimization_kit_result(self, &result) == RANCOG_OK && strstr(result, "\"stopped\":\"budget\""));
    free(result);
    text_free(&json);
    optimization_kit_destroy(self);
}

static void what_is_begun_anew_replaces_and_what_is_refused_does_not(void)
{
    static batch b = {3, 1, 0, 0, {0}, {0}, {0}}, again = {3, 1, 0, 0, {0}, {0}, {0}};
    rancog_optimization *self = optimization_kit_create(NULL, NULL);
    text json = optimization_kit_real(3, 1, 0, ",\"budget\":{\"evaluations\":50}");
    char *result;
    CHECK(begin(self, json.bytes) == RANCOG_OK && ask(self, &b, 5) == RANCOG_OK);
    evaluate(&b);
    CHECK(tell(self, &b, 0, b.rows) == RANCOG_OK && ask(self, &b, 5) == RANCOG_OK);
    CHECK(begin(self, "{\"variables\":[]}") == RANCOG_E_INVALID_ARGUMENT && begin(self, "{") == RANCOG_E_INVALID_JSON);
    CHECK(begin(self, "{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":2}}") == RANCOG_E_INVALID_ARGUMENT && strstr(rancog_last_error_message(), "function"));
    CHECK(optimization_kit_call(rancog_optimization_optimize, self, "{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":2},\"budget\":{\"evaluations\":30}}", NULL) == RANCOG_OK);
    CHECK(ask(self, &again, 5) == RANCOG_OK && again.rows == b.rows && memcmp(again.x, b.x, b.rows * 3 * sizeof(double)) == 0);
    CHECK(begin(self, json.bytes) == RANCOG_OK);
    CHECK(optimization_kit_result(self, &result) == RANCOG_OK && evaluations_of(result) == 0);
    free(result);
    text_free(&json);
    optimization_kit_destroy(self);
}

/* ---- what is told ---- */
static void points_that_nobody_asked_for_are_learned_from(void)
{
    static batch b = {OPTIMIZATION_MIXED, 1, 1, 0, {0}, {0}, {0}}, own = {OPTIMIZATION_MIXED, 1, 1, 2, {0, 0, 0.5, 1, 1, -1, 0, 0.5, 1, 1}, {0}, {0}};
    rancog_optimization *self = optimization_kit_create(NULL, NULL);
    text json = optimization_kit_mixed(",\"budget\":{\"evaluations\":100}");
    double x[OPTIMIZATION_MIXED], told = 2;
    char *result;
    evaluate(&own);
    own.f[0] = 1e-9; /* better than any other */
    CHECK(begin(self, json.bytes) == RANCOG_OK);
    CHECK(tell(self, &own, 0, 2) == RANCOG_OK); /* before the first ask */
    CHECK(optimization_kit_result(self, &result) == RANCOG_OK && evaluations_of(result) == 2);
    CHECK(optimization_kit_numbers(result, "best/x", x, OPTIMIZATION_MIXED) == OPTIMIZATION_MIXED && memcmp(x, own.x, sizeof x) == 0);
    free(result);
    while (ask(self, &b, 9) == RANCOG_OK && b.rows > 0 && told < 1000) {
        evaluate(&b);
        CHECK(tell(self, &b, 0, b.rows) == RANCOG_OK);
        told += (double)b.rows;
    }
    CHECK(told == 100);
    CHECK(optimization_kit_result(self, &result) == RANCOG_OK && optimization_kit_numbers(result, "best/x", x, OPTIMIZATION_MIXED) == OPTIMIZATION_MIXED && memcmp(x, own.x, sizeof x) == 0);
    free(result);
    CHECK(tell(self, &own, 0, 1) == RANCOG_OK); /* too late, and no harm */
    CHECK(ask(self, &b, 9) == RANCOG_OK && b.rows == 0);
    CHECK(optimization_kit_result(self, NULL) == RANCOG_OK);
    text_free(&json);
    optimization_kit_destroy(self);
}

static void points_without_a_value_have_failed(void)
{
    static batch b = {2, 2, 1, 0, {0}, {0}, {0}};
    rancog_optimization *self = optimization_kit_create(NULL, NULL);
    text json = optimization_kit_real(2, 2, 1, ",\"budget\":{\"evaluations\":90}");
    size_t failed = 0, points = 0, row;
    char *result;
    CHECK(begin(self, json.bytes) == RANCOG_OK);
    while (ask(self, &b, 4) == RANCOG_OK && b.rows > 0 && points < 1000) {
        evaluate(&b);
        for (row = 0; row < b.rows; row++, points++) {
            if (points % 3 == 0) {
                b.f[2 * row + points % 2] = NAN;
                b.g[row] = INFINITY;
                failed++;
            }
        }
        CHECK(tell(self, &b, 0, b.rows) == RANCOG_OK);
    }
    CHECK(optimization_kit_result(self, &result) == RANCOG_OK && evaluations_of(result) == 90 && (size_t)optimization_kit_number(result, "failed_evaluations") == failed && failed == 30);
    free(result);
    CHECK(begin(self, json.bytes) == RANCOG_OK);
    for (points = 0; ask(self, &b, 10) == RANCOG_OK && b.rows > 0 && points < 1000; points += b.rows) {
        for (row = 0; row < 2 * b.rows; row++) {
            b.f[row] = NAN;
        }
        CHECK(tell(self, &b, 0, b.rows) == RANCOG_OK);
    }
    CHECK(points == 90 && optimization_kit_result(self, &result) == RANCOG_E_INVALID_ARGUMENT);
    free(result);
    text_free(&json);
    optimization_kit_destroy(self);
}

static void points_that_cannot_be_are_named_and_nothing_is_learned(void)
{
    static const struct { size_t variable; double value; } cases[] = {
        {0, 3.0000001}, {0, -3.1}, {0, NAN}, {0, INFINITY}, {0, -INFINITY}, {1, 0.5}, {1, 6}, {1, -6}, {1, 1e300}, {2, 3}, {2, 0}, {2, NAN}, {3, 0.5}, {3, 2}, {3, -1}, {4, 3}, {4, -1}, {4, 0.1}, {4, NAN},
    };
    static batch b = {OPTIMIZATION_MIXED, 1, 1, 0, {0}, {0}, {0}}, good;
    rancog_host host = host_fixed();
    rancog_optimization *self = optimization_kit_create(NULL, &host);
    text json = optimization_kit_mixed(",\"budget\":{\"evaluations\":100}");
    char *before, *after, place[24];
    size_t i;
    CHECK(begin(self, json.bytes) == RANCOG_OK && ask(self, &b, 1) == RANCOG_OK);
    evaluate(&b);
    CHECK(tell(self, &b, 0, b.rows) == RANCOG_OK);
    do {
        CHECK(ask(self, &b, 20) == RANCOG_OK);
        evaluate(&b);
    } while (b.rows < 3 && tell(self, &b, 0, b.rows) == RANCOG_OK);
    CHECK(b.rows >= 3 && optimization_kit_result(self, &before) == RANCOG_OK);
    good = b;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        b = good;
        b.x[2 * b.n + cases[i].variable] = cases[i].value;
        CHECK(tell(self, &b, 0, 3) == RANCOG_E_INVALID_ARGUMENT);
        snprintf(place, sizeof place, "x[2][%u]", (unsigned)cases[i].variable);
        CHECK_CASE(strstr(rancog_last_error_message(), place) != NULL, rancog_last_error_message());
    }
    b = good;
    CHECK(rancog_optimization_tell(self, NULL, b.f, b.g, 1) == RANCOG_E_INVALID_ARGUMENT && strstr(rancog_last_error_message(), "x: "));
    CHECK(rancog_optimization_tell(self, b.x, NULL, b.g, 1) == RANCOG_E_INVALID_ARGUMENT && strstr(rancog_last_error_message(), "objectives"));
    CHECK(rancog_optimization_tell(self, b.x, b.f, NULL, 1) == RANCOG_E_INVALID_ARGUMENT && strstr(rancog_last_error_message(), "constraints"));
    CHECK(tell(self, &b, 0, 0) == RANCOG_E_INVALID_ARGUMENT && strstr(rancog_last_error_message(), "rows"));
    {
        static const size_t huge[] = {SIZE_MAX, (size_t)1 << 63, (size_t)1 << 61, (size_t)1 << 40, ((size_t)1 << 20) + 1};
        for (i = 0; i < sizeof huge / sizeof huge[0]; i++) {
            int32_t status = tell(self, &b, 0, huge[i]);
            CHECK((status == RANCOG_E_INVALID_ARGUMENT || status == RANCOG_E_LIMIT) && strstr(rancog_last_error_message(), "rows"));
        }
    }
    b.rows = 77;
    CHECK(rancog_optimization_ask(self, NULL, 3, &b.rows) == RANCOG_E_INVALID_ARGUMENT && strstr(rancog_last_error_message(), "x: ") && b.rows == 77);
    CHECK(rancog_optimization_ask(self, b.x, 0, &b.rows) == RANCOG_E_INVALID_ARGUMENT && strstr(rancog_last_error_message(), "capacity") && b.rows == 77);
    CHECK(rancog_optimization_ask(self, b.x, 3, NULL) == RANCOG_E_INVALID_ARGUMENT && strstr(rancog_last_error_message(), "rows"));
    CHECK(memcmp(b.x, good.x, sizeof b.x) == 0);
    CHECK(optimization_kit_result(self, &after) == RANCOG_OK && strcmp(before, after) == 0);
    CHECK(ask(self, &b, 20) == RANCOG_OK && b.rows == good.rows && memcmp(b.x, good.x, b.rows * b.n * sizeof(double)) == 0);
    free(before), free(after);
    text_free(&json);
    optimization_kit_destroy(self);
}

/* ---- ends ---- */
static uint64_t late;
static uint64_t later(void *unused)
{
    (void)unused;
    return HOST_FIXED_NOW_NS + late;
}

static void a_deadline_counts_from_the_beginning(void)
{
    static batch b = {2, 1, 0, 0, {0}, {0}, {0}};
    rancog_host host = host_fixed();
    rancog_optimization *self;
    text json = optimization_kit_real(2, 1, 0, ",\"budget\":{\"evaluations\":500,\"deadline_ns\":1000}");
    char *result;
    host.now_ns = later;
    late = 0;
    self = optimization_kit_create(NULL, &host);
    CHECK(begin(self, json.bytes) == RANCOG_OK);
    late = 999;
    CHECK(ask(self, &b, 2) == RANCOG_OK && b.rows > 0);
    evaluate(&b);
    CHECK(tell(self, &b, 0, b.rows) == RANCOG_OK);
    late = 1000;
    CHECK(ask(self, &b, 2) == RANCOG_OK && b.rows == 0);
    late = 0;
    CHECK(ask(self, &b, 2) == RANCOG_OK && b.rows == 0); /* over is over */
    CHECK(optimization_kit_result(self, &result) == RANCOG_OK && strstr(result, "\"stopped\":\"deadline\"") && !strstr(result, "\"best\":null"));
    free(result);
    text_free(&json);
    optimization_kit_destroy(self);
}

static void a_target_and_the_last_point_end_it(void)
{
    static batch b = {OPTIMIZATION_MIXED, 1, 1, 0, {0}, {0}, {0}};
    static const char few[] = "{\"variables\":[{\"name\":\"a\",\"type\":\"integer\",\"lower\":0,\"upper\":4},{\"name\":\"b\",\"type\":\"binary\"}],\"objectives\":[{\"name\":\"o\",\"sense\":\"max\"}]}";
    rancog_optimization *self = optimization_kit_create(NULL, NULL);
    text json = optimization_kit_mixed(",\"budget\":{\"evaluations\":2000},\"target\":2");
    size_t points = 0;
    char *result;
    CHECK(begin(self, json.bytes) == RANCOG_OK);
    for (; ask(self, &b, 3) == RANCOG_OK && b.rows > 0 && points < 2000; points += b.rows) {
        evaluate(&b);
        CHECK(tell(self, &b, 0, b.rows) == RANCOG_OK);
    }
    CHECK(points < 2000 && optimization_kit_result(self, &result) == RANCOG_OK && strstr(result, "\"stopped\":\"target\""));
    free(result);
    b.n = 2, b.k = 0;
    CHECK(begin(self, few) == RANCOG_OK);
    for (points = 0; ask(self, &b, 3) == RANCOG_OK && b.rows > 0 && points < 2000; points += b.rows) {
        evaluate(&b);
        CHECK(tell(self, &b, 0, b.rows) == RANCOG_OK);
    }
    CHECK(points == 10 && optimization_kit_result(self, &result) == RANCOG_OK && strstr(result, "\"stopped\":\"exact\"") && strstr(result, "\"enumerated\""));
    CHECK(strstr(result, "\"x\":[4,1]") != NULL);
    free(result);
    text_free(&json);
    optimization_kit_destroy(self);
}

int main(void)
{
    RUN(told_in_order_it_is_the_search_of_optimize_with);
    RUN(any_order_and_any_parts_are_taken);
    RUN(a_search_that_was_not_begun_is_not_found);
    RUN(a_result_can_be_had_at_any_time);
    RUN(what_is_begun_anew_replaces_and_what_is_refused_does_not);
    RUN(points_that_nobody_asked_for_are_learned_from);
    RUN(points_without_a_value_have_failed);
    RUN(points_that_cannot_be_are_named_and_nothing_is_learned);
    RUN(a_deadline_counts_from_the_beginning);
    RUN(a_target_and_the_last_point_end_it);
    return check_finish();
}
