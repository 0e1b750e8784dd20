/* Strange-loop cores as the tests use them: maps of the test's own, calls that are checked for the shape of their results. optimization_kit_at and its kin look into a result. */
#ifndef STRANGE_LOOP_KIT_H
#define STRANGE_LOOP_KIT_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

#include "rancognition.h"

/* How a map fails. */
typedef enum { MAP_WORKS, MAP_GIVES_STATUS, MAP_GIVES_NAN, MAP_GIVES_INFINITY, MAP_GIVES_NOTHING } loop_failure;

/* What a map is, and what came to it. */
typedef struct loop_record {
    size_t n;
    void (*map)(const double *x, size_t n, double *fx);
    size_t fails_from;    /* this call, from 1 on, and all later ones fail; 0 = none */
    loop_failure failure; /* of the last component, but for a status */
    void (*inside)(struct loop_record *record); /* called first in every call; NULL = none */
    void *state;
    pthread_t caller;
    size_t calls;
    size_t faults; /* calls of another shape, or on another thread */
    double *x;     /* of the last call; NULL = not kept */
} loop_record;

/* A core; a failure is recorded. options NULL = none. */
rancog_strange_loop *loop_kit_create(const char *options, const rancog_host *host);

/* Destroys it and checks that this went well. */
void loop_kit_destroy(rancog_strange_loop *self);

/* Calls with JSON, checked for the shape of their results; a copy of the text (malloc) when text is not NULL. */
typedef uint8_t *(*loop_call)(rancog_strange_loop *self, const uint8_t *json, size_t length);
int32_t loop_kit_call(loop_call call, rancog_strange_loop *self, const char *json, char **text);

/* The text (malloc) of a call that has to succeed. */
char *loop_kit_answer(loop_call call, rancog_strange_loop *self, const char *json);

/* As loop_kit_call for solve_with. */
int32_t loop_kit_with(rancog_strange_loop *self, const char *json, loop_record *record, char **text);

/* The text of get_state (malloc), in which the time that it took is 0. */
char *loop_kit_state(rancog_strange_loop *self);

int32_t loop_kit_restore(rancog_strange_loop *self, const char *state);

/* A map of n numbers. */
loop_record loop_kit_record(size_t n, void (*map)(const double *x, size_t n, double *fx));

/* The map as the library calls it; user_data is a record. */
int32_t loop_kit_map(const double *x, size_t n, double *fx, void *record);

/* x = cos x, in every component. */
void loop_kit_cosine(const double *x, size_t n, double *fx);

/* Whether the text at a path begins so. */
int loop_kit_says(const char *result, const char *path, const char *value);

/* The fixed point of the cosine. */
#define LOOP_KIT_DOTTIE 0.73908513321516064166

/* Commands of an ES and an MLB function on cell c1 that overlap, with different values of one parameter. */
extern const char loop_kit_conflict[];

#endif
