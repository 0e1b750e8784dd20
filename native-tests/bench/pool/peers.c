#include "peer.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static const pool_peer *const all[PEERS_MAX] = {&peer_ours, &peer_glibc, &peer_mimalloc, &peer_jemalloc, &peer_tcmalloc};

size_t peers_open(const pool_peer **opened)
{
    size_t i, n = 0;
    for (i = 0; i < PEERS_MAX; i++) {
        const char *why_not = all[i]->open();
        if (why_not) {
            printf("  without %s: %s\n", all[i]->name, why_not);
        } else {
            opened[n++] = all[i];
        }
    }
    return n;
}

const pool_peer *peer_open(const char *name)
{
    size_t i;
    for (i = 0; i < PEERS_MAX; i++) {
        if (strcmp(all[i]->name, name) == 0) {
            return all[i]->open() ? NULL : all[i];
        }
    }
    return NULL;
}

void *peer_symbol(const char *const *libraries, const char *name)
{
    for (; *libraries; libraries++) {
        void *library = dlopen(*libraries, RTLD_NOW | RTLD_LOCAL);
        if (library) {
            return dlsym(library, name);
        }
    }
    return NULL;
}
