/* A host whose callbacks do what a test tells them to. */
#ifndef HOSTS_H
#define HOSTS_H

#include <pthread.h>

#include "rancognition.h"

/* The clock of a host_fixed never moves. */
#define HOST_FIXED_NOW_NS 1600000000000000000u

typedef struct {
    rancog_temporal *self;   /* handle whose calls lend this host */
    rancog_temporal *other;  /* another live handle */
    pthread_t caller;
    int strange_thread;      /* callbacks that ran on a thread other than caller */
    int calls[4];            /* now_ns, log, random_u64, progress */
    int32_t self_status;     /* of the call back into self */
    int32_t other_status;    /* of the call into other */
    int cancel;              /* what progress answers */
} host_watch;

/* A clock that stands still and random bits that are always the same. */
rancog_host host_fixed(void);

/* What a clock and progress do, and what came to them. */
typedef struct {
    uint64_t now_ns, step_ns; /* the clock moves by a step whenever it is read */
    int32_t cancel;           /* what progress answers */
    int progress_calls;
    void (*inside)(void *state); /* called in every callback; NULL = none */
    void *state;
} host_steps;

/* Sets steps: from HOST_FIXED_NOW_NS, 10 ms each (beyond the least time between two calls of progress), nothing cancelled, nothing inside. */
rancog_host host_stepping(host_steps *steps);

/* Callbacks count themselves and call self and other. */
rancog_host host_reentrant(host_watch *watch);

/* Progress answers watch->cancel; callbacks count themselves and note a strange thread. */
rancog_host host_watching(host_watch *watch);

#endif
