/* What the library keeps of each thread that calls it: status and message of the last call, and its caches of memory pools.
 *
 * It lies in C because the calls that must be fastest are served before managed code is entered, and because a thread that ends can no longer enter it. */
#ifndef THREAD_STATE_H
#define THREAD_STATE_H

#include <stddef.h>
#include <stdint.h>

/* Begins as the managed PoolCache does. */
typedef struct pool_cache pool_cache;

/* The managed NativeThread is laid out the same. */
typedef struct thread_state {
    int32_t status;
    int32_t is_known;      /* its end will be noticed */
    char *message;         /* NULL until the first failure */
    pool_cache *pool;      /* of the host's pool that it used last */
    pool_cache *results;   /* of the pool in which results lie */
    pool_cache *pools;     /* all */
    uint64_t host_now;     /* the host's time, as its call last read it; 0 = it did not */
} thread_state;

/* That of the calling thread. Never NULL. */
thread_state *thread_state_get(void);

/* "" after a success. */
const char *thread_state_message(const thread_state *thread);

#endif
