/* The SIMD exports beside the same loops compiled by this compiler with and without vectors, and beside the bandwidth of this machine, all in one run:
 * arrays in the first, second and third cache and in memory; the three take turns, medians are compared. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "peers.h"
#include "rancognition.h"

#define FLOATS_MAX ((size_t)16 << 20)
#define ROUNDS 61
#define ROUND_BYTES ((double)(64 << 20)) /* traffic of one timing in the caches */
#define CONTENDERS_MAX 3

static float *a, *b, *c, *out;
static uint8_t *mask;
static int wrong;

typedef void (*kernel)(size_t n);

static void ours_multiply(size_t n) { wrong |= rancog_simd_parallel_temporal_computation(a, b, n, 1, out) != RANCOG_OK; }
static void gcc_multiply(size_t n) { vector_multiply(a, b, n, out); }
static void plain_multiply(size_t n) { scalar_multiply(a, b, n, out); }
static void ours_match(size_t n) { wrong |= rancog_simd_vectorized_pattern_matching(a, c, b, n, mask) != RANCOG_OK; }
static void gcc_match(size_t n) { vector_match(a, c, b, n, mask); }
static void plain_match(size_t n) { scalar_match(a, c, b, n, mask); }
static void copy(size_t n) { memcpy(out, a, n * sizeof *out); }
static void triad(size_t n) { vector_triad(a, b, 0.5f, n, out); }

/* Medians in ns per call; the contenders take turns so that a change of the clock or a neighbour meets all of them. */
static void race(const kernel *contenders, size_t count, size_t n, double bytes, double *medians)
{
    static double times[CONTENDERS_MAX][ROUNDS];
    size_t inner = (size_t)(ROUND_BYTES / ((double)n * bytes)) + 1, round, k, i;
    for (round = 0; round < ROUNDS + 3; round++) {
        for (k = 0; k < count; k++) {
            double start = bench_now_ns();
            for (i = 0; i < inner; i++) {
                contenders[k](n);
            }
            if (round >= 3) { /* the first ones warm up */
                times[k][round - 3] = (bench_now_ns() - start) / (double)inner;
            }
        }
    }
    for (k = 0; k < count; k++) {
        bench_sort(times[k], ROUNDS);
        medians[k] = bench_quantile(times[k], ROUNDS, 0.5);
    }
}

static void compare(const char *what, const kernel *contenders, double bytes, const char *goal)
{
    static const struct {
        const char *where;
        size_t floats;
    } sizes[] = {{"L1", 2048}, {"L2", 32768}, {"L3", 1 << 20}, {"memory", FLOATS_MAX}};
    size_t k;
    for (k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        double medians[CONTENDERS_MAX], n = (double)sizes[k].floats;
        race(contenders, 3, sizes[k].floats, bytes, medians);
        printf("  %-10s %-7s %9.0f %12.0f %12.0f %12.0f %9.1f %9.2f %9.1f   %s\n", what, sizes[k].where, n, medians[0], medians[1], medians[2],
               n * bytes / medians[0], medians[0] / medians[1], medians[2] / medians[0], k == 0 ? goal : "");
        fflush(stdout);
    }
}

/* Aligned to a cache line, each at another place in its page: at the same place a store would stall loads of the other arrays (4 KiB aliasing). */
static float *array(size_t index)
{
    void *block = NULL;
    if (posix_memalign(&block, 4096, FLOATS_MAX * sizeof(float) + 4096) != 0) {
        fprintf(stderr, "bench_simd: no memory\n");
        exit(1);
    }
    return (float *)block + index * 208; /* 13 lines of 64 bytes */
}

int main(void)
{
    static const kernel multiply[] = {ours_multiply, gcc_multiply, plain_multiply}, match[] = {ours_match, gcc_match, plain_match}, memory[] = {copy, triad};
    double medians[CONTENDERS_MAX];
    size_t i;
    a = array(0);
    b = array(1);
    c = array(2);
    out = array(3);
    mask = (uint8_t *)array(4);
    for (i = 0; i < FLOATS_MAX; i++) {
        a[i] = (float)(i * 2654435761u % 1000) / 500.0f;
        b[i] = (float)(i * 40503u % 1000) / 500.0f;
        c[i] = (float)(i * 69069u % 1000) / 500.0f;
        out[i] = 0;
        mask[i] = 0;
    }
    printf("SIMD, ns a call, medians of %d; %s\n", ROUNDS, rancog_version_string());
    printf("  %-10s %-7s %9s %12s %12s %12s %9s %9s %9s   goal\n", "", "in", "floats", "ours", "gcc vector", "gcc scalar", "GB/s", "/ vector", "x scalar");
    compare("a*b", multiply, 12, "/ vector <= 1.10 everywhere; x scalar >= 8 in L1; > 50 GB/s in L1-L3");
    compare("a*b>=t", match, 13, "/ vector <= 1.10 everywhere; x scalar >= 10 in L1; > 50 GB/s in L1-L3");
    race(memory, 2, FLOATS_MAX, 12, medians);
    printf("  memory of this machine: copy %.1f GB/s, triad %.1f GB/s\n", (double)FLOATS_MAX * 8 / medians[0], (double)FLOATS_MAX * 12 / medians[1]);
    return wrong;
}
