/* The calls on plain arrays: hostile numbers, canaries around every output, nothing written on failure. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "prng.h"
#include "rancognition.h"
#include "samples.h"

#define CANARY (-12345.678)
#define STEPS_MAX 64
#define ROOM 32 /* for change points */

static rancog_temporal *core;

/* ---- series ---- */

typedef struct {
    const char *name;
    double *values;
    size_t n;
} series;

static series make(const char *name, size_t n)
{
    series s;
    s.name = name;
    s.n = n;
    s.values = malloc(n * sizeof *s.values);
    return s;
}

static double value_of(int kind, size_t i, uint64_t *random)
{
    switch (kind) {
    case 0: return NAN;
    case 1: return 5.0;
    case 2: return 0.0;
    case 3: return i % 2 ? INFINITY : -INFINITY;
    case 4: return i % 2 ? 1e300 : -1e300;
    case 5: return 1e-300 * (double)(i % 3);
    case 6: return i % 3 ? NAN : (double)i;
    case 7: return (double)i * 1e15;
    case 8: return i == 30 ? 1e300 : 1.0;
    case 9: return i % 7 == 0 ? INFINITY : sin((double)i);
    case 10: return i < 40 ? NAN : 3.0;
    case 11: return i % 2 ? 1.7e308 : -1.7e308;
    case 12: return 4.9e-324;
    default: return prng_unit(random) - 0.5;
    }
}

#define KINDS 14

static const char *const kind_names[KINDS] = {
    "all NaN", "all equal", "all zero", "infinities", "1e300", "1e-300", "two of three missing", "steep", "one huge", "some infinite",
    "starts missing", "largest doubles", "smallest double", "white noise",
};

static series hostile(int kind, size_t n)
{
    series s = make(kind_names[kind], n);
    uint64_t random = 99;
    size_t i;
    for (i = 0; i < n; i++) {
        s.values[i] = value_of(kind, i, &random);
    }
    return s;
}

/* ---- forecast ---- */

typedef struct {
    double mean[STEPS_MAX + 2], lower[STEPS_MAX + 2], upper[STEPS_MAX + 2];
} room;

static void fill(room *r)
{
    size_t i;
    for (i = 0; i < STEPS_MAX + 2; i++) {
        r->mean[i] = r->lower[i] = r->upper[i] = CANARY;
    }
}

static int untouched(const double *values, size_t from, size_t to)
{
    for (; from < to; from++) {
        if (values[from] != CANARY) {
            return 0;
        }
    }
    return 1;
}

static int all_untouched(const room *r)
{
    return untouched(r->mean, 0, STEPS_MAX + 2) && untouched(r->lower, 0, STEPS_MAX + 2) && untouched(r->upper, 0, STEPS_MAX + 2);
}

static void forecast_is_sound(const series *s, size_t horizon, uint64_t step, double coverage)
{
    room r;
    size_t i;
    fill(&r);
    CHECK_CASE(rancog_temporal_forecast(core, s->values, s->n, step, horizon, coverage, r.mean + 1, r.lower + 1, r.upper + 1) == RANCOG_OK, s->name);
    for (i = 1; i <= horizon; i++) {
        if (!CHECK_CASE(isfinite(r.mean[i]) && isfinite(r.lower[i]) && isfinite(r.upper[i]), s->name)
            || !CHECK_CASE(r.lower[i] <= r.mean[i] && r.mean[i] <= r.upper[i], s->name)) {
            break;
        }
    }
    CHECK_CASE(r.mean[0] == CANARY && r.lower[0] == CANARY && r.upper[0] == CANARY, s->name);
    CHECK_CASE(untouched(r.mean, horizon + 1, STEPS_MAX + 2) && untouched(r.lower, horizon + 1, STEPS_MAX + 2)
                   && untouched(r.upper, horizon + 1, STEPS_MAX + 2), s->name);
}

static void forecasts_of_hostile_series_are_finite_and_ordered(void)
{
    static const size_t lengths[] = {1, 2, 3, 4, 5, 23, 24, 25, 47, 60, 169, 400};
    size_t k;
    int kind;
    for (kind = 0; kind < KINDS; kind++) {
        for (k = 0; k < sizeof lengths / sizeof lengths[0]; k++) {
            series s = hostile(kind, lengths[k]);
            forecast_is_sound(&s, 1, 0, 0.95);
            forecast_is_sound(&s, STEPS_MAX, SAMPLE_HOUR_NS, 0.95);
            forecast_is_sound(&s, 13, UINT64_MAX, 0.5);
            forecast_is_sound(&s, 7, 1, 1e-300);
            forecast_is_sound(&s, 7, 1, 0.9999999999999999);
            free(s.values);
        }
    }
}

static void forecast_refuses_bad_arguments_and_writes_nothing(void)
{
    series s = hostile(13, 100);
    static const double coverages[] = {0.0, 1.0, -0.5, 1.5, NAN, INFINITY, -INFINITY, -0.0};
    static const size_t horizons[] = {0, 100001, (size_t)1 << 40, SIZE_MAX, (size_t)1 << 32, (size_t)1 << 61};
    static const size_t counts[] = {((size_t)1 << 26) + 1, (size_t)1 << 40, SIZE_MAX, (size_t)1 << 61, (size_t)1 << 63};
    room r;
    size_t i;
    fill(&r);
    for (i = 0; i < sizeof coverages / sizeof coverages[0]; i++) {
        CHECK(rancog_temporal_forecast(core, s.values, s.n, 0, 8, coverages[i], r.mean, r.lower, r.upper) == RANCOG_E_INVALID_ARGUMENT);
        CHECK(strncmp(rancog_last_error_message(), "coverage: ", 10) == 0);
    }
    for (i = 0; i < sizeof horizons / sizeof horizons[0]; i++) {
        CHECK(rancog_temporal_forecast(core, s.values, s.n, 0, horizons[i], 0.9, r.mean, r.lower, r.upper) < 0);
    }
    for (i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        CHECK(rancog_temporal_forecast(core, s.values, counts[i], 0, 8, 0.9, r.mean, r.lower, r.upper) == RANCOG_E_LIMIT);
    }
    CHECK(rancog_temporal_forecast(core, s.values, 0, 0, 8, 0.9, r.mean, r.lower, r.upper) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_temporal_forecast(core, NULL, 100, 0, 8, 0.9, r.mean, r.lower, r.upper) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_temporal_forecast(core, s.values, s.n, 0, 8, 0.9, NULL, r.lower, r.upper) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(all_untouched(&r));
    free(s.values);
}

static void interval_ends_may_be_left_out(void)
{
    series s = hostile(13, 200);
    room all, some;
    fill(&all);
    fill(&some);
    CHECK(rancog_temporal_forecast(core, s.values, s.n, 0, 8, 0.9, all.mean, all.lower, all.upper) == RANCOG_OK);
    CHECK(rancog_temporal_forecast(core, s.values, s.n, 0, 8, 0.9, some.mean, NULL, NULL) == RANCOG_OK);
    CHECK(memcmp(all.mean, some.mean, sizeof all.mean) == 0);
    CHECK(rancog_temporal_forecast(core, s.values, s.n, 0, 8, 0.9, some.mean, some.lower, NULL) == RANCOG_OK);
    CHECK(memcmp(all.lower, some.lower, sizeof all.lower) == 0);
    CHECK(untouched(some.upper, 0, STEPS_MAX + 2));
    CHECK(rancog_temporal_forecast(core, s.values, s.n, 0, 8, 0.9, some.mean, NULL, some.upper) == RANCOG_OK);
    CHECK(memcmp(all.upper, some.upper, sizeof all.upper) == 0);
    free(s.values);
}

static void the_longest_horizon_works(void)
{
    size_t horizon = 100000, i;
    double *mean = malloc(horizon * sizeof *mean), *lower = malloc(horizon * sizeof *lower), *upper = malloc(horizon * sizeof *upper);
    double values[336];
    sample_kpi(values, 336, 2);
    CHECK(rancog_temporal_forecast(core, values, 336, SAMPLE_HOUR_NS, horizon, 0.95, mean, lower, upper) == RANCOG_OK);
    for (i = 0; i < horizon; i++) {
        if (!CHECK(isfinite(mean[i]) && isfinite(lower[i]) && isfinite(upper[i]) && lower[i] <= mean[i] && mean[i] <= upper[i])) {
            break;
        }
    }
    free(mean);
    free(lower);
    free(upper);
}

static void a_seasonal_series_is_forecast_with_its_season(void)
{
    double values[672], mean[24], lower[24], upper[24];
    double turn = 6.283185307179586;
    size_t i;
    for (i = 0; i < 672; i++) {
        values[i] = 50.0 + 10.0 * sin(turn * (double)i / 24.0) + 0.1 * sin((double)(i * i));
    }
    CHECK(rancog_temporal_forecast(core, values, 672, SAMPLE_HOUR_NS, 24, 0.95, mean, lower, upper) == RANCOG_OK);
    for (i = 0; i < 24; i++) {
        CHECK(fabs(mean[i] - (50.0 + 10.0 * sin(turn * (double)(i + 672) / 24.0))) < 2.0);
        CHECK(upper[i] - lower[i] < 8.0);
    }
}

/* ---- anomalies ---- */

static void scores_and_flags_are_sound(const series *s, uint64_t step)
{
    double *scores = malloc((s->n + 2) * sizeof *scores);
    uint8_t *flags = malloc(s->n + 2);
    size_t i;
    for (i = 0; i < s->n + 2; i++) {
        scores[i] = CANARY;
        flags[i] = 99;
    }
    CHECK_CASE(rancog_temporal_score_anomalies(core, s->values, s->n, step, scores + 1) == RANCOG_OK, s->name);
    CHECK_CASE(rancog_temporal_detect_anomalies(core, s->values, s->n, step, flags + 1) == RANCOG_OK, s->name);
    for (i = 1; i <= s->n; i++) {
        if (!CHECK_CASE(isfinite(scores[i]) && scores[i] >= 0, s->name) || !CHECK_CASE(flags[i] <= 1, s->name)) {
            break;
        }
    }
    CHECK_CASE(scores[0] == CANARY && scores[s->n + 1] == CANARY && flags[0] == 99 && flags[s->n + 1] == 99, s->name);
    free(scores);
    free(flags);
}

static void scores_of_hostile_series_are_finite_and_not_negative(void)
{
    static const size_t lengths[] = {1, 2, 3, 10, 25, 100, 700};
    size_t k;
    int kind;
    for (kind = 0; kind < KINDS; kind++) {
        for (k = 0; k < sizeof lengths / sizeof lengths[0]; k++) {
            series s = hostile(kind, lengths[k]);
            scores_and_flags_are_sound(&s, 0);
            scores_and_flags_are_sound(&s, SAMPLE_HOUR_NS);
            scores_and_flags_are_sound(&s, UINT64_MAX);
            free(s.values);
        }
    }
}

static void scores_use_only_samples_up_to_their_own(void)
{
    double values[1400], all[1400], some[1000];
    sample_kpi(values, 1400, 21);
    CHECK(rancog_temporal_score_anomalies(core, values, 1400, SAMPLE_HOUR_NS, all) == RANCOG_OK);
    CHECK(rancog_temporal_score_anomalies(core, values, 1000, SAMPLE_HOUR_NS, some) == RANCOG_OK);
    CHECK(memcmp(all, some, sizeof some) == 0);
}

static void a_great_spike_is_noticed_at_once(void)
{
    double values[1008], scores[1008];
    uint8_t flags[1008];
    size_t i, raised = 0, higher = 0;
    sample_kpi(values, 1008, 4);
    values[700] = 500.0;
    CHECK(rancog_temporal_score_anomalies(core, values, 1008, SAMPLE_HOUR_NS, scores) == RANCOG_OK);
    CHECK(rancog_temporal_detect_anomalies(core, values, 1008, SAMPLE_HOUR_NS, flags) == RANCOG_OK);
    for (i = 0; i < 1008; i++) {
        raised += flags[i];
        higher += scores[i] > scores[700];
    }
    CHECK(higher < 5);
    CHECK(flags[700] == 1);
    CHECK(raised < 40);
}

static void anomaly_calls_refuse_bad_arguments_and_write_nothing(void)
{
    double values[4] = {1, 2, 3, 4}, scores[4] = {CANARY, CANARY, CANARY, CANARY};
    uint8_t flags[4] = {99, 99, 99, 99};
    static const size_t counts[] = {((size_t)1 << 26) + 1, (size_t)1 << 40, SIZE_MAX, (size_t)1 << 61, (size_t)1 << 63};
    size_t i;
    CHECK(rancog_temporal_score_anomalies(core, NULL, 4, 0, scores) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_temporal_score_anomalies(core, values, 0, 0, scores) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_temporal_score_anomalies(core, values, 4, 0, NULL) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_temporal_detect_anomalies(core, NULL, 4, 0, flags) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_temporal_detect_anomalies(core, values, 0, 0, flags) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_temporal_detect_anomalies(core, values, 4, 0, NULL) == RANCOG_E_INVALID_ARGUMENT);
    for (i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        CHECK(rancog_temporal_score_anomalies(core, values, counts[i], 0, scores) == RANCOG_E_LIMIT);
        CHECK(rancog_temporal_detect_anomalies(core, values, counts[i], 0, flags) == RANCOG_E_LIMIT);
    }
    CHECK(untouched(scores, 0, 4) && flags[0] == 99 && flags[3] == 99);
}

/* ---- memory of the caller's that is laid out strangely ---- */

static void arrays_at_odd_addresses_give_the_same_results(void)
{
    enum { N = 500, H = 24 };
    double values[N], mean[H], lower[H], upper[H], scores[N];
    size_t indices[ROOM], count = ROOM, odd_count = ROOM, offset, bytes = (N + H) * sizeof(double);
    sample_kpi(values, N, 6);
    values[N / 2] = 400.0;
    CHECK(rancog_temporal_forecast(core, values, N, SAMPLE_HOUR_NS, H, 0.9, mean, lower, upper) == RANCOG_OK);
    CHECK(rancog_temporal_score_anomalies(core, values, N, SAMPLE_HOUR_NS, scores) == RANCOG_OK);
    CHECK(rancog_temporal_detect_change_points(core, values, N, SAMPLE_HOUR_NS, indices, &count) == RANCOG_OK);
    for (offset = 1; offset < sizeof(double); offset++) {
        char *in = malloc(bytes + offset), *out = malloc(bytes + offset), *low = malloc(bytes + offset), *high = malloc(bytes + offset);
        /* as a host would have them that reads from a packed message */
        void *odd_in = in + offset, *odd_out = out + offset, *odd_low = low + offset, *odd_high = high + offset;
        memcpy(odd_in, values, sizeof values);
        CHECK(rancog_temporal_forecast(core, odd_in, N, SAMPLE_HOUR_NS, H, 0.9, odd_out, odd_low, odd_high) == RANCOG_OK);
        CHECK(memcmp(odd_out, mean, sizeof mean) == 0 && memcmp(odd_low, lower, sizeof lower) == 0 && memcmp(odd_high, upper, sizeof upper) == 0);
        CHECK(rancog_temporal_score_anomalies(core, odd_in, N, SAMPLE_HOUR_NS, odd_out) == RANCOG_OK);
        CHECK(memcmp(odd_out, scores, sizeof scores) == 0);
        CHECK(rancog_temporal_detect_change_points(core, odd_in, N, SAMPLE_HOUR_NS, odd_out, &odd_count) == RANCOG_OK);
        CHECK(odd_count == count && memcmp(odd_out, indices, count * sizeof *indices) == 0);
        odd_count = ROOM;
        free(in);
        free(out);
        free(low);
        free(high);
    }
}

/* The header forbids it; the numbers are then anybody's guess, but nothing beyond the room is written and nothing breaks. */
static void overlapping_arrays_do_no_other_harm(void)
{
    enum { N = 300, SHIFT = 5 };
    double both[N + SHIFT + 2];
    int direction;
    for (direction = 0; direction < 3; direction++) {
        double *in = both + 1 + (direction == 1 ? SHIFT : 0), *out = both + 1 + (direction == 2 ? SHIFT : 0);
        both[0] = both[N + SHIFT + 1] = CANARY;
        sample_kpi(in, N, 2);
        CHECK(rancog_temporal_score_anomalies(core, in, N, SAMPLE_HOUR_NS, out) == RANCOG_OK);
        sample_kpi(in, N, 2);
        CHECK(rancog_temporal_detect_anomalies(core, in, N, SAMPLE_HOUR_NS, (uint8_t *)out) == RANCOG_OK);
        sample_kpi(in, N, 2);
        CHECK(rancog_temporal_forecast(core, in, N, SAMPLE_HOUR_NS, STEPS_MAX, 0.9, out, out, out) == RANCOG_OK);
        CHECK(both[0] == CANARY && both[N + SHIFT + 1] == CANARY);
    }
}

/* ---- change points ---- */

#define UNTOUCHED ((size_t)777777)

static size_t change_points(const series *s, size_t room_count, size_t *indices)
{
    size_t count = room_count, i;
    for (i = 0; i < ROOM; i++) {
        indices[i] = UNTOUCHED;
    }
    CHECK_CASE(rancog_temporal_detect_change_points(core, s->values, s->n, SAMPLE_HOUR_NS, indices, &count) == RANCOG_OK, s->name);
    CHECK_CASE(count < s->n || count == 0, s->name);
    for (i = 0; i < ROOM; i++) {
        int written = i < count && i < room_count;
        CHECK_CASE(written ? indices[i] > 0 && indices[i] < s->n && (i == 0 || indices[i] > indices[i - 1]) : indices[i] == UNTOUCHED, s->name);
    }
    return count;
}

static void change_points_of_hostile_series_are_ascending_indices(void)
{
    static const size_t lengths[] = {1, 2, 3, 10, 25, 100, 400};
    size_t indices[ROOM], k;
    int kind;
    for (kind = 0; kind < KINDS; kind++) {
        for (k = 0; k < sizeof lengths / sizeof lengths[0]; k++) {
            series s = hostile(kind, lengths[k]);
            change_points(&s, ROOM, indices);
            free(s.values);
        }
    }
}

static void steps_are_found_and_room_is_respected(void)
{
    series s = make("three levels", 600);
    size_t all[ROOM], some[ROOM], found, none = 0, i;
    uint64_t random = 8;
    for (i = 0; i < s.n; i++) {
        s.values[i] = (i < 200 ? 10.0 : i < 400 ? 30.0 : 15.0) + prng_unit(&random);
    }
    found = change_points(&s, ROOM, all);
    CHECK(found == 2);
    CHECK(found >= 1 && all[0] >= 197 && all[0] <= 203);
    CHECK(found >= 2 && all[1] >= 397 && all[1] <= 403);
    CHECK(change_points(&s, 1, some) == found);
    CHECK(some[0] == all[0]);
    CHECK(change_points(&s, 0, some) == found);
    CHECK(rancog_temporal_detect_change_points(core, s.values, s.n, 0, NULL, &none) == RANCOG_OK);
    CHECK(none == found);
    free(s.values);
}

static void change_point_call_refuses_bad_arguments_and_writes_nothing(void)
{
    double values[4] = {1, 2, 3, 4};
    size_t indices[4] = {UNTOUCHED, UNTOUCHED, UNTOUCHED, UNTOUCHED}, count = 4, i;
    static const size_t counts[] = {((size_t)1 << 26) + 1, (size_t)1 << 40, SIZE_MAX, (size_t)1 << 61, (size_t)1 << 63};
    CHECK(rancog_temporal_detect_change_points(core, NULL, 4, 0, indices, &count) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_temporal_detect_change_points(core, values, 0, 0, indices, &count) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_temporal_detect_change_points(core, values, 4, 0, NULL, &count) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_temporal_detect_change_points(core, values, 4, 0, indices, NULL) == RANCOG_E_INVALID_ARGUMENT);
    for (i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        CHECK(rancog_temporal_detect_change_points(core, values, counts[i], 0, indices, &count) == RANCOG_E_LIMIT);
    }
    CHECK(count == 4 && indices[0] == UNTOUCHED && indices[3] == UNTOUCHED);
}

int main(void)
{
    core = rancog_temporal_create(16, 8, NULL);
    CHECK(core != NULL);
    RUN(forecasts_of_hostile_series_are_finite_and_ordered);
    RUN(forecast_refuses_bad_arguments_and_writes_nothing);
    RUN(interval_ends_may_be_left_out);
    RUN(the_longest_horizon_works);
    RUN(a_seasonal_series_is_forecast_with_its_season);
    RUN(scores_of_hostile_series_are_finite_and_not_negative);
    RUN(scores_use_only_samples_up_to_their_own);
    RUN(a_great_spike_is_noticed_at_once);
    RUN(anomaly_calls_refuse_bad_arguments_and_write_nothing);
    RUN(arrays_at_odd_addresses_give_the_same_results);
    RUN(overlapping_arrays_do_no_other_harm);
    RUN(change_points_of_hostile_series_are_ascending_indices);
    RUN(steps_are_found_and_room_is_respected);
    RUN(change_point_call_refuses_bad_arguments_and_writes_nothing);
    rancog_temporal_destroy(core);
    return check_finish();
}
