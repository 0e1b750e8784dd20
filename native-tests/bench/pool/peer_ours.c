/* RanCognition's pool through its C functions. */
#include <stdio.h>
#include <string.h>

#include "rancognition.h"

#define PEER peer_ours
#define PEER_NAME "ours"
#define ALLOCATE(size) rancog_pool_allocate(pool, (size))
#define RELEASE(block, size) (void)rancog_pool_deallocate(pool, (block), (size))

static rancog_pool *pool;

static const char *open_peer(void)
{
    if (!pool) {
        pool = rancog_pool_create(NULL, 0, NULL);
    }
    return pool ? NULL : rancog_last_error_message();
}

#include "loops.h"

static double number(const char *text, const char *name)
{
    const char *at = strstr(text, name);
    return at ? strtod(at + strlen(name), NULL) : 0; /* null reads as 0 */
}

void ours_memory(uint64_t *reserved_bytes, double *fragmentation)
{
    uint8_t *stats = rancog_pool_get_stats(pool);
    if (rancog_last_status() != RANCOG_OK) {
        fprintf(stderr, "%s\n", rancog_last_error_message());
        abort();
    }
    *reserved_bytes = (uint64_t)number((const char *)stats + 4, "\"reserved_bytes\":");
    *fragmentation = number((const char *)stats + 4, "\"fragmentation\":");
    rancog_buffer_free(stats);
}
