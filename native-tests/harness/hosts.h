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

/* Callbacks count themselves and call self and other. */
rancog_host host_reentrant(host_watch *watch);

/* Progress answers watch->cancel; callbacks count themselves and note a strange thread. */
rancog_host host_watching(host_watch *watch);

#endif
