/* mimalloc, loaded at run time. */
#include <stddef.h>

#include "peer.h"

#define PEER peer_mimalloc
#define PEER_NAME "mimalloc"
#define ALLOCATE(size) take(size)
#define RELEASE(block, size) give(block)

static void *(*take)(size_t size);
static void (*give)(void *block);

static const char *open_peer(void)
{
    static const char *const libraries[] = {"libmimalloc.so.2", "libmimalloc.so.3", "libmimalloc.so", NULL};
    *(void **)&take = peer_symbol(libraries, "mi_malloc");
    *(void **)&give = peer_symbol(libraries, "mi_free");
    return take && give ? NULL : "it is not installed (Debian package libmimalloc-dev)";
}

#include "loops.h"
