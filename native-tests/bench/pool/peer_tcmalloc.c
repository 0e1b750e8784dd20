/* tcmalloc of gperftools, loaded at run time. */
#include <stddef.h>

#include "peer.h"

#define PEER peer_tcmalloc
#define PEER_NAME "tcmalloc"
#define ALLOCATE(size) take(size)
#define RELEASE(block, size) give(block)

static void *(*take)(size_t size);
static void (*give)(void *block);

static const char *open_peer(void)
{
    static const char *const libraries[] = {"libtcmalloc_minimal.so.4", "libtcmalloc_minimal.so", NULL};
    *(void **)&take = peer_symbol(libraries, "tc_malloc");
    *(void **)&give = peer_symbol(libraries, "tc_free");
    return take && give ? NULL : "it is not installed (Debian package libgoogle-perftools-dev)";
}

#include "loops.h"
