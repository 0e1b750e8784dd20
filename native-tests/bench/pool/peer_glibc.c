/* The C library's own. */
#include <stdlib.h>

#define PEER peer_glibc
#define PEER_NAME "glibc"
#define ALLOCATE(size) malloc(size)
#define RELEASE(block, size) free(block)

static const char *open_peer(void)
{
    return NULL;
}

#include "loops.h"
