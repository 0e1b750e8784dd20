/* The pool beside glibc, mimalloc, jemalloc and tcmalloc in one run: time, memory taken for what was asked for, what goes back.
 * usage: bench_pool [--quick]
 * The other allocators are loaded at run time by name, so none of them takes the place of malloc; those not installed are left out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pool/memory.h"
#include "pool/peer.h"
#include "pool/speed.h"

/* jemalloc's thread-local storage has to lie in the block that the loader sets aside at the start: more than it does by default. */
#define STATIC_TLS "glibc.rtld.optional_static_tls=16384"

static void start_again_with_room_for_thread_locals(const char *program, char **arguments)
{
    const char *tunables = getenv("GLIBC_TUNABLES");
    char more[1000];
    if (tunables && strstr(tunables, STATIC_TLS)) {
        return;
    }
    snprintf(more, sizeof more, "%s%s%s", tunables ? tunables : "", tunables ? ":" : "", STATIC_TLS);
    setenv("GLIBC_TUNABLES", more, 1);
    execv(program, arguments); /* comes back only when it failed: then jemalloc is left out */
}

int main(int count, char **arguments)
{
    const pool_peer *peers[PEERS_MAX];
    char program[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    int quick = count > 1 && strcmp(arguments[1], "--quick") == 0;
    size_t n;
    program[length > 0 ? length : 0] = 0;
    start_again_with_room_for_thread_locals(program, arguments);
    if (count == 6 && strcmp(arguments[1], "--memory") == 0) {
        return memory_child(arguments[2], arguments[3], strtoul(arguments[4], NULL, 10), strtoul(arguments[5], NULL, 10));
    }
    if (count > 2 || (count == 2 && !quick)) {
        fprintf(stderr, "usage: %s [--quick]\n", arguments[0]);
        return 2;
    }
    printf("Pool\n");
    n = peers_open(peers);
    if (n == 0 || peers[0] != &peer_ours) {
        return 1;
    }
    speed_table(peers, n, quick);
    memory_table(program, peers, n, quick);
    return 0;
}
