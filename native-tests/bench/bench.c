#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double *times;

double bench_now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int ascending_order(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

void bench_sort(double *values, size_t n)
{
    qsort(values, n, sizeof *values, ascending_order);
}

const double *bench_each(size_t n, void (*function)(void *), void *argument)
{
    return bench_rounds(n, 1, function, argument);
}

const double *bench_rounds(size_t rounds, size_t inner, void (*function)(void *), void *argument)
{
    size_t i, k;
    times = realloc(times, rounds * sizeof *times);
    if (!times) {
        abort();
    }
    for (i = 0; i < rounds / 10 + 1; i++) { /* warm up */
        for (k = 0; k < inner; k++) {
            function(argument);
        }
    }
    for (i = 0; i < rounds; i++) {
        double start = bench_now_ns();
        for (k = 0; k < inner; k++) {
            function(argument);
        }
        times[i] = (bench_now_ns() - start) / (double)inner;
    }
    bench_sort(times, rounds);
    return times;
}

double bench_quantile(const double *ascending, size_t n, double p)
{
    size_t at = (size_t)(p * (double)(n - 1) + 0.5);
    return ascending[at];
}

void bench_header(const char *title)
{
    printf("%s\n  %-58s %12s %12s         goal\n", title, "", "median", "p99");
}

void bench_row(const char *what, const double *ascending, size_t n, double unit_ns, const char *unit, const char *goal)
{
    printf("  %-58s %12.2f %12.2f %-6s  %s\n", what, bench_quantile(ascending, n, 0.5) / unit_ns, bench_quantile(ascending, n, 0.99) / unit_ns, unit, goal);
    fflush(stdout);
}
