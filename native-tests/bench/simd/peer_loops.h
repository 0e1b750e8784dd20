/* The bodies, for the file that defines PEER. */
#include "peers.h"

#define JOIN_NAMES(a, b) a##b
#define JOIN(a, b) JOIN_NAMES(a, b)

void JOIN(PEER, _multiply)(const float *restrict a, const float *restrict b, size_t n, float *restrict out)
{
    size_t i;
    for (i = 0; i < n; i++) {
        out[i] = a[i] * b[i];
    }
}

void JOIN(PEER, _match)(const float *restrict p, const float *restrict t, const float *restrict f, size_t n, uint8_t *restrict out)
{
    size_t i;
    for (i = 0; i < n; i++) {
        out[i] = p[i] * f[i] >= t[i] ? 1 : 0;
    }
}

/* a + scale * b, as the STREAM benchmark has it: what the memory of this machine gives. */
void JOIN(PEER, _triad)(const float *restrict a, const float *restrict b, float scale, size_t n, float *restrict out)
{
    size_t i;
    for (i = 0; i < n; i++) {
        out[i] = a[i] + scale * b[i];
    }
}
