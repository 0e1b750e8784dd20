/* The measured loops for one allocator. The file that includes this defines ALLOCATE(size), RELEASE(block, size) and PEER(name).
 * Nothing is written into the blocks: what is measured is the allocator. */
#include <stdlib.h>

#include "peer.h"

static void *checked(void *block)
{
    if (!block) {
        abort();
    }
    return block;
}

static void allocate(void **blocks, const uint32_t *sizes, size_t n)
{
    size_t i;
    for (i = 0; i < n; i++) {
        blocks[i] = checked(ALLOCATE(sizes[i]));
    }
}

static void release(void **blocks, const uint32_t *sizes, const uint32_t *order, size_t n)
{
    size_t i;
    (void)sizes;
    for (i = 0; i < n; i++) {
        RELEASE(blocks[order[i]], sizes[order[i]]);
    }
}

static void replace(void **blocks, uint32_t *sizes, const uint32_t *which, const uint32_t *new_sizes, size_t n)
{
    size_t i;
    for (i = 0; i < n; i++) {
        size_t at = which[i];
        RELEASE(blocks[at], sizes[at]);
        sizes[at] = new_sizes[i];
        blocks[at] = checked(ALLOCATE(new_sizes[i]));
    }
}

static void *allocate_one(size_t size)
{
    return checked(ALLOCATE(size));
}

static void release_one(void *block, size_t size)
{
    (void)size;
    RELEASE(block, size);
}

const pool_peer PEER = {PEER_NAME, open_peer, allocate, release, replace, allocate_one, release_one};
