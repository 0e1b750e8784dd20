/* Searches whose points a test evaluates itself: what was asked, what was given, and how a result is looked into. */
#ifndef OPTIMIZATION_KIT_H
#define OPTIMIZATION_KIT_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

#include "rancognition.h"
#include "text.h"

/* Points that a record keeps. */
#define OPTIMIZATION_POINTS_MAX 4096
#define OPTIMIZATION_WIDTH_MAX 8

/* Variables of the mixed problem. */
#define OPTIMIZATION_MIXED 5

/* How a point fails. */
typedef enum { FAILS_BY_ANSWER, FAILS_BY_NAN, FAILS_BY_INFINITY, FAILS_BY_SILENCE, FAILS_BY_CONSTRAINT } optimization_failure;

/* What an evaluator is, and what came to it. */
typedef struct optimization_record {
    size_t n, m, k;  /* variables, objectives, constraints of the problem */
    size_t every;    /* each so many-th point fails; 0 = none */
    optimization_failure failure;
    void (*inside)(struct optimization_record *record); /* called first in every call; NULL = none */
    void *state;
    pthread_t caller;
    size_t calls, points, failed, rows_most;
    size_t faults;   /* calls of another shape, or on another thread */
    double (*x)[OPTIMIZATION_WIDTH_MAX], (*f)[OPTIMIZATION_WIDTH_MAX], (*g)[OPTIMIZATION_WIDTH_MAX]; /* of each point; f is NaN where it failed */
} optimization_record;

/* A core; a failure is recorded. options NULL = none. */
rancog_optimization *optimization_kit_create(const char *options, const rancog_host *host);

/* Destroys it and checks that this went well. */
void optimization_kit_destroy(rancog_optimization *self);

/* Calls with JSON, checked for the shape of their results; a copy of the text (malloc) when text is not NULL. */
typedef uint8_t *(*optimization_call)(rancog_optimization *self, const uint8_t *json, size_t length);
int32_t optimization_kit_call(optimization_call call, rancog_optimization *self, const char *json, char **text);

/* The same for optimize_with and, with batches, for optimize_with_batch. */
int32_t optimization_kit_with(rancog_optimization *self, const char *json, optimization_record *record, int batches, char **text);

/* The same for result. */
int32_t optimization_kit_result(rancog_optimization *self, char **text);

optimization_record optimization_kit_record(size_t n, size_t m, size_t k);
void optimization_kit_free(optimization_record *record);

/* What every evaluator computes: f[j] = sum of (x[i] - (i + j) / 4)^2, g[j] = x[j] - 0.7. */
void optimization_kit_values(const double *x, size_t n, double *f, size_t m, double *g, size_t k);

/* The two kinds of evaluators; user_data is a record. */
int32_t optimization_kit_evaluate(const double *x, size_t n, double *f, size_t m, double *g, size_t k, void *record);
int32_t optimization_kit_evaluate_rows(const double *x, size_t rows, size_t n, double *f, size_t m, double *g, size_t k, void *record);

/* A problem with a real, an integer, an ordered, a binary and a category variable, objective cost and constraint room; more: further members as ",\"seed\":3", or "". */
text optimization_kit_mixed(const char *more);

/* Whether a point lies on the grid of that problem. */
int optimization_kit_on_grid(const double *x);

/* A problem of n real variables v0.. in -1..2, m objectives o0.. (min) and k constraints c0... */
text optimization_kit_real(size_t n, size_t m, size_t k, const char *more);

/* Where in a result the value of a path such as "best/f" begins; "" when it is not there. */
const char *optimization_kit_at(const char *text, const char *path);

/* The number there; NaN when it is null or not there. */
double optimization_kit_number(const char *text, const char *path);

/* The array of numbers there; gives how many. */
size_t optimization_kit_numbers(const char *text, const char *path, double *numbers, size_t room);

#endif
