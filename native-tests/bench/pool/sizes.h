/* Requests and orders of release, the same for every allocator. */
#ifndef SIZES_H
#define SIZES_H

#include <stddef.h>
#include <stdint.h>

#include "prng.h"

#define SIZE_MIN_BYTES 16
#define SIZE_MAX_BYTES 4096

/* 16..4096 bytes, each as likely. */
static inline uint32_t size_mixed(uint64_t *random)
{
    return (uint32_t)(SIZE_MIN_BYTES + prng_below(random, SIZE_MAX_BYTES - SIZE_MIN_BYTES + 1));
}

/* 16, 32 .. 4096 bytes, each as likely. */
static inline uint32_t size_power_of_two(uint64_t *random)
{
    return (uint32_t)1 << (4 + prng_below(random, 9));
}

static inline void order_random(uint32_t *order, size_t n, uint64_t *random)
{
    size_t i;
    for (i = 0; i < n; i++) {
        size_t at = prng_below(random, i + 1);
        order[i] = order[at];
        order[at] = (uint32_t)i;
    }
}

static inline void order_last_first(uint32_t *order, size_t n)
{
    size_t i;
    for (i = 0; i < n; i++) {
        order[i] = (uint32_t)(n - 1 - i);
    }
}

#endif
