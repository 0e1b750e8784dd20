/* One allocator of the comparison. Its loops are compiled for it (loops.h), so that each call is one call. */
#ifndef PEER_H
#define PEER_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    const char *name;
    /* Loads it and makes it ready; gives NULL, or why it cannot be measured here. */
    const char *(*open)(void);
    /* blocks[i] = a block of sizes[i] bytes */
    void (*allocate)(void **blocks, const uint32_t *sizes, size_t n);
    /* Frees blocks[order[i]]. */
    void (*release)(void **blocks, const uint32_t *sizes, const uint32_t *order, size_t n);
    /* For each which[i]: frees that block, then takes one of new_sizes[i] bytes in its place. */
    void (*replace)(void **blocks, uint32_t *sizes, const uint32_t *which, const uint32_t *new_sizes, size_t n);
    void *(*allocate_one)(size_t size);
    void (*release_one)(void *block, size_t size);
} pool_peer;

#define PEERS_MAX 5

/* Those that could be opened, ours first; says on standard output which were not. */
size_t peers_open(const pool_peer **opened);

/* The one of this name, opened; NULL when there is none. */
const pool_peer *peer_open(const char *name);

extern const pool_peer peer_ours, peer_glibc, peer_mimalloc, peer_jemalloc, peer_tcmalloc;

/* A function of a shared library that is not linked, so that it does not take the place of malloc; NULL when it is not here. */
void *peer_symbol(const char *const *libraries, const char *name);

/* What the pool says about itself: bytes reserved, and its fragmentation. */
void ours_memory(uint64_t *reserved_bytes, double *fragmentation);

#endif
