/* A small deterministic random stream (splitmix64), so that a failing case can be run again. */
#ifndef PRNG_H
#define PRNG_H

#include <stddef.h>
#include <stdint.h>

static inline uint64_t prng_next(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* 0..count-1 */
static inline size_t prng_below(uint64_t *state, size_t count)
{
    return (size_t)(prng_next(state) % count);
}

/* 0 <= x < 1 */
static inline double prng_unit(uint64_t *state)
{
    return (double)(prng_next(state) >> 11) * (1.0 / 9007199254740992.0);
}

#endif
