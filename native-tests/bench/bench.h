/* Timing and the table that every benchmark prints: what, median, p99, goal. */
#ifndef BENCH_H
#define BENCH_H

#include <stddef.h>
#include <stdint.h>

/* CLOCK_MONOTONIC, ns. */
double bench_now_ns(void);

/* Times one call of the function n times; gives the times in ns, ascending. The array lives until the next call. */
const double *bench_each(size_t n, void (*function)(void *), void *argument);

/* Times rounds of inner calls, for calls shorter than the clock; times are per call. */
const double *bench_rounds(size_t rounds, size_t inner, void (*function)(void *), void *argument);

double bench_quantile(const double *ascending, size_t n, double p);

/* Ascending order, for times that were measured elsewhere. */
void bench_sort(double *values, size_t n);

void bench_header(const char *title);

/* One row; values in ns divided by unit_ns. */
void bench_row(const char *what, const double *ascending, size_t n, double unit_ns, const char *unit, const char *goal);

#endif
