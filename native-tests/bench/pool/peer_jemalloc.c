/* jemalloc, loaded at run time. */
#include <stddef.h>

#include "peer.h"

#define PEER peer_jemalloc
#define PEER_NAME "jemalloc"
#define ALLOCATE(size) take(size)
#define RELEASE(block, size) give(block)

static void *(*take)(size_t size);
static void (*give)(void *block);

static const char *open_peer(void)
{
    static const char *const libraries[] = {"libjemalloc.so.2", "libjemalloc.so", NULL};
    *(void **)&take = peer_symbol(libraries, "malloc");
    *(void **)&give = peer_symbol(libraries, "free");
    return take && give ? NULL : "it is not installed (Debian package libjemalloc-dev)";
}

#include "loops.h"
