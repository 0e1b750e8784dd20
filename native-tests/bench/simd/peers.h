/* The loops of the SIMD exports as a C programmer would write them. peer_vector.c is compiled with -O3 -march=native, peer_scalar.c without vectors. */
#ifndef PEERS_H
#define PEERS_H

#include <stddef.h>
#include <stdint.h>

#define PEERS(name)                                                                                                                                  \
    void name##_multiply(const float *restrict a, const float *restrict b, size_t n, float *restrict out);                                            \
    void name##_match(const float *restrict p, const float *restrict t, const float *restrict f, size_t n, uint8_t *restrict out);                    \
    void name##_triad(const float *restrict a, const float *restrict b, float scale, size_t n, float *restrict out);

PEERS(vector)
PEERS(scalar)

#endif
