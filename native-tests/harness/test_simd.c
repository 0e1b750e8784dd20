/* The SIMD calls: every element of every length, every alignment, overlapping arrays, bad arguments; nothing written on failure or outside the result. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "prng.h"
#include "rancognition.h"

#define LENGTH_MAX 1025
#define COUNT_MAX 67108864u
#define POISON 0xA5

static uint64_t random_state = 2024;

/* ---- values ---- */

static float any_number(void)
{
    static const float awkward[] = {0.0f, -0.0f, 1.0f, -1.0f, 1e-45f, -1e-45f, 1.17549421e-38f, 3.4e38f, -3.4e38f};
    double unit = prng_unit(&random_state);
    if (unit < 0.03) {
        return NAN;
    }
    if (unit < 0.06) {
        return unit < 0.045 ? INFINITY : -INFINITY;
    }
    if (unit < 0.2) {
        return awkward[(size_t)(prng_unit(&random_state) * 9)];
    }
    return (float)((unit - 0.6) * pow(10, 40 * prng_unit(&random_state) - 20));
}

static void fill(float *values, size_t n)
{
    size_t i;
    float value;
    for (i = 0; i < n; i++) {
        value = any_number();
        memcpy((unsigned char *)values + i * sizeof value, &value, sizeof value); /* may be misaligned */
    }
}

static float at(const void *values, size_t i)
{
    float value;
    memcpy(&value, (const unsigned char *)values + i * sizeof value, sizeof value);
    return value;
}

static int same(float a, float b)
{
    return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof a) == 0;
}

static float power(float value, float weight, size_t rounds)
{
    volatile float product = value; /* rounded to float in each round, whatever the compiler */
    while (rounds-- > 0) {
        product = product * weight;
    }
    return product;
}

static int reaches(float pattern, float factor, float threshold)
{
    volatile float product = pattern * factor;
    return product >= threshold;
}

/* ---- arrays of their exact size, so that the sanitizers see an access past the end ---- */

typedef struct {
    unsigned char *block;
    void *values;
} array;

static array make(size_t bytes, size_t offset)
{
    array a;
    a.block = malloc(bytes + offset + 1);
    memset(a.block, POISON, bytes + offset + 1);
    a.values = a.block + offset;
    return a;
}

static int is_sound(const array *a, size_t bytes, size_t offset)
{
    size_t i;
    for (i = 0; i < offset; i++) {
        if (a->block[i] != POISON) {
            return 0;
        }
    }
    return a->block[offset + bytes] == POISON;
}

static void mask_is_right(size_t n, size_t offset_in, size_t offset_out)
{
    array p = make(n * 4, offset_in), t = make(n * 4, offset_in / 2), f = make(n * 4, 63 - offset_in), out = make(n, offset_out);
    size_t i;
    fill(p.values, n);
    fill(t.values, n);
    fill(f.values, n);
    CHECK(rancog_simd_vectorized_pattern_matching(p.values, t.values, f.values, n, out.values) == RANCOG_OK);
    for (i = 0; i < n; i++) {
        if (!CHECK(((unsigned char *)out.values)[i] == reaches(at(p.values, i), at(f.values, i), at(t.values, i)))) {
            printf("    element %zu of %zu, offsets %zu %zu\n", i, n, offset_in, offset_out);
            break;
        }
    }
    CHECK(is_sound(&out, n, offset_out));
    free(p.block);
    free(t.block);
    free(f.block);
    free(out.block);
}

static void products_are_right(size_t n, size_t rounds, size_t offset_in, size_t offset_out)
{
    array a = make(n * 4, offset_in), w = make(n * 4, 63 - offset_in), out = make(n * 4, offset_out);
    size_t i;
    fill(a.values, n);
    fill(w.values, n);
    CHECK(rancog_simd_parallel_temporal_computation(a.values, w.values, n, rounds, out.values) == RANCOG_OK);
    for (i = 0; i < n; i++) {
        if (!CHECK(same(at(out.values, i), power(at(a.values, i), at(w.values, i), rounds)))) {
            printf("    element %zu of %zu, %zu rounds, offsets %zu %zu\n", i, n, rounds, offset_in, offset_out);
            break;
        }
    }
    CHECK(is_sound(&out, n * 4, offset_out));
    free(a.block);
    free(w.block);
    free(out.block);
}

static void every_length_is_right(void)
{
    size_t n;
    for (n = 1; n <= LENGTH_MAX; n += check_scale(1, n < 140 ? 1 : 37)) {
        mask_is_right(n, n % 64, n * 7 % 64);
        products_are_right(n, n % 4, n * 4 % 64, n * 12 % 64);
        products_are_right(n, 1, n % 64, n * 5 % 64);
    }
}

static void every_alignment_is_right(void)
{
    static const size_t lengths[] = {1, 9, 32, 63, 130, 200};
    size_t k, offset;
    for (k = 0; k < sizeof lengths / sizeof *lengths; k++) {
        for (offset = 0; offset < 64; offset += check_scale(1, 3)) {
            mask_is_right(lengths[k], offset, 63 - offset);
            products_are_right(lengths[k], 1, offset, offset);
            products_are_right(lengths[k], 2, 63 - offset, offset);
        }
    }
}

static void many_rounds_are_right(void)
{
    static const size_t rounds[] = {5, 16, 1000, 4097};
    size_t k;
    for (k = 0; k < sizeof rounds / sizeof *rounds; k++) {
        products_are_right(check_scale(300, 70), rounds[k], 4, 8);
    }
}

/* ---- overlaps: the result is as if the inputs had been copied first ---- */

#define ROOM 1200

static void overlapping_arrays_count_as_copied(void)
{
    static unsigned char memory[ROOM * 4];
    static float a[ROOM], b[ROOM], c[ROOM];
    size_t run, i, runs = check_scale(4000, 200);
    for (run = 0; run < runs; run++) {
        size_t n = 1 + (size_t)(prng_unit(&random_state) * 280), span = sizeof memory - n * 4, rounds = run % 3, bad = 0;
        unsigned char *pa = memory + (size_t)(prng_unit(&random_state) * (double)span), *pb = memory + (size_t)(prng_unit(&random_state) * (double)span);
        unsigned char *pc = memory + (size_t)(prng_unit(&random_state) * (double)span), *out = memory + (size_t)(prng_unit(&random_state) * (double)span);
        fill((float *)(void *)memory, ROOM);
        if (run % 5 == 0) {
            out = pa;
        } else if (run % 5 == 1) {
            pb = pa;
        } else if (run % 5 == 2 && pa + 64 < memory + span) {
            out = pa + run % 64;
        }
        memcpy(a, pa, n * 4);
        memcpy(b, pb, n * 4);
        memcpy(c, pc, n * 4);
        if (run % 2) {
            CHECK(rancog_simd_vectorized_pattern_matching((float *)(void *)pa, (float *)(void *)pb, (float *)(void *)pc, n, out) == RANCOG_OK);
            for (i = 0; i < n; i++) {
                bad += out[i] != reaches(a[i], c[i], b[i]);
            }
        } else {
            CHECK(rancog_simd_parallel_temporal_computation((float *)(void *)pa, (float *)(void *)pb, n, rounds, (float *)(void *)out) == RANCOG_OK);
            for (i = 0; i < n; i++) {
                bad += !same(at(out, i), power(a[i], b[i], rounds));
            }
        }
        if (!CHECK(bad == 0)) {
            break;
        }
    }
}

static void long_arrays_are_right(void)
{
    size_t n = check_scale(5000011, 70001), i, bad = 0;
    float *a = malloc(n * sizeof *a), *w = malloc(n * sizeof *w), *out = malloc(n * sizeof *out);
    fill(a, n);
    fill(w, n);
    CHECK(rancog_simd_parallel_temporal_computation(a, w, n, 1, out) == RANCOG_OK);
    for (i = 0; i < n; i++) {
        bad += !same(out[i], a[i] * w[i]);
    }
    CHECK(bad == 0);
    CHECK(rancog_simd_parallel_temporal_computation(a, w, n, 0, out) == RANCOG_OK);
    CHECK(memcmp(a, out, n * sizeof *a) == 0);
    free(a);
    free(w);
    free(out);
}

/* ---- bad arguments ---- */

static void wrong_arguments_are_refused_and_nothing_is_written(void)
{
    static const size_t counts[] = {(size_t)COUNT_MAX + 1, SIZE_MAX, SIZE_MAX / 4, SIZE_MAX / 4 + 1, (size_t)1 << 62};
    float a[4] = {1, 2, 3, 4}, out[4] = {-7, -7, -7, -7};
    uint8_t mask[4] = {9, 9, 9, 9};
    size_t k;
    int i;
    CHECK(rancog_simd_vectorized_pattern_matching(NULL, a, a, 4, mask) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(strstr(rancog_last_error_message(), "patterns") != NULL);
    CHECK(rancog_simd_vectorized_pattern_matching(a, NULL, a, 4, mask) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(strstr(rancog_last_error_message(), "thresholds") != NULL);
    CHECK(rancog_simd_vectorized_pattern_matching(a, a, NULL, 4, mask) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(strstr(rancog_last_error_message(), "factors") != NULL);
    CHECK(rancog_simd_vectorized_pattern_matching(a, a, a, 4, NULL) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(strstr(rancog_last_error_message(), "out") != NULL);
    CHECK(rancog_simd_vectorized_pattern_matching(a, a, a, 0, mask) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_simd_vectorized_pattern_matching(NULL, NULL, NULL, 0, NULL) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_simd_parallel_temporal_computation(NULL, a, 4, 1, out) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(strstr(rancog_last_error_message(), "timeline") != NULL);
    CHECK(rancog_simd_parallel_temporal_computation(a, NULL, 4, 1, out) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(strstr(rancog_last_error_message(), "weights") != NULL);
    CHECK(rancog_simd_parallel_temporal_computation(a, a, 4, 1, NULL) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_simd_parallel_temporal_computation(a, a, 0, 1, out) == RANCOG_E_INVALID_ARGUMENT);
    CHECK(rancog_simd_parallel_temporal_computation(NULL, NULL, 0, 0, NULL) == RANCOG_E_INVALID_ARGUMENT);
    for (k = 0; k < sizeof counts / sizeof *counts; k++) {
        CHECK(rancog_simd_vectorized_pattern_matching(a, a, a, counts[k], mask) == RANCOG_E_LIMIT);
        CHECK(rancog_simd_parallel_temporal_computation(a, a, counts[k], 1, out) == RANCOG_E_LIMIT);
        CHECK(rancog_simd_parallel_temporal_computation(a, a, counts[k], SIZE_MAX, out) == RANCOG_E_LIMIT);
        CHECK(rancog_simd_parallel_temporal_computation(a, a, 4, counts[k], out) == RANCOG_E_LIMIT);
        CHECK(strstr(rancog_last_error_message(), "operations_count") != NULL);
        CHECK(rancog_last_status() == RANCOG_E_LIMIT);
    }
    CHECK(rancog_simd_parallel_temporal_computation(a, a, 4, 1048577, out) == RANCOG_E_LIMIT);
    for (i = 0; i < 4; i++) {
        CHECK(out[i] == -7 && mask[i] == 9);
    }
    CHECK(rancog_simd_parallel_temporal_computation(a, a, 4, 1048576, out) == RANCOG_OK);
    CHECK(rancog_last_status() == RANCOG_OK);
    CHECK(out[0] == 1 && isinf(out[1]) && isinf(out[3]));
}

static void too_many_products_are_refused(void)
{
    size_t n = 4097, i;
    float *values = malloc(n * sizeof *values), *out = malloc(n * sizeof *out);
    for (i = 0; i < n; i++) {
        values[i] = 1;
        out[i] = -7;
    }
    CHECK(rancog_simd_parallel_temporal_computation(values, values, n, 1048576, out) == RANCOG_E_LIMIT);
    CHECK(strstr(rancog_last_error_message(), "operations_count") != NULL);
    CHECK(out[0] == -7 && out[n - 1] == -7);
    CHECK(rancog_simd_parallel_temporal_computation(values, values, n - 1, 1048576, out) == RANCOG_OK);
    CHECK(out[0] == 1 && out[n - 2] == 1 && out[n - 1] == -7);
    free(values);
    free(out);
}

int main(void)
{
    RUN(every_length_is_right);
    RUN(every_alignment_is_right);
    RUN(many_rounds_are_right);
    RUN(overlapping_arrays_count_as_copied);
    RUN(long_arrays_are_right);
    RUN(wrong_arguments_are_refused_and_nothing_is_written);
    RUN(too_many_products_are_refused);
    return check_finish();
}
