#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "sizes.h"

/* What one child tells. Resident: anonymous memory of the process beyond what it had before. */
typedef struct {
    double requested, resident, reserved;                               /* filled */
    double churned_requested, churned_resident, churned_reserved;       /* after the replacements */
    double fragmentation;                                               /* ours, then */
    double left;                                                        /* resident after everything was freed */
} figures;

#define FORMAT_OUT "%.0f %.0f %.0f %.0f %.0f %.0f %.17g %.0f\n"
#define FORMAT_IN "%lf %lf %lf %lf %lf %lf %lf %lf"

/* ---- the child ---- */

/* Anonymous memory that is really there: exact, other than the resident size in /proc/self/status. */
static double anonymous_bytes(void)
{
    char line[128];
    double kib = 0;
    FILE *file = fopen("/proc/self/smaps_rollup", "r");
    while (file && fgets(line, sizeof line, file)) {
        if (sscanf(line, "Anonymous: %lf", &kib) == 1) {
            break;
        }
    }
    if (file) {
        fclose(file);
    }
    return kib * 1024;
}

/* Zeroed and there, from none of the allocators. */
static void *table(size_t bytes)
{
    void *start = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (start == MAP_FAILED) {
        abort();
    }
    return start;
}

static double reserved_by(const pool_peer *peer, double *fragmentation)
{
    uint64_t reserved = 0;
    *fragmentation = 0;
    if (peer == &peer_ours) {
        ours_memory(&reserved, fragmentation);
    }
    return (double)reserved;
}

static void take(const pool_peer *peer, void **blocks, const uint32_t *sizes, size_t at)
{
    blocks[at] = peer->allocate_one(sizes[at]);
    memset(blocks[at], 1, sizes[at]);
}

static double sum(const uint32_t *sizes, size_t n)
{
    double bytes = 0;
    while (n > 0) {
        bytes += sizes[--n];
    }
    return bytes;
}

int memory_child(const char *name, const char *kind, size_t live, size_t replacements)
{
    const pool_peer *peer = peer_open(name);
    uint32_t (*next_size)(uint64_t *) = strcmp(kind, "mixed") == 0 ? size_mixed : size_power_of_two;
    void **blocks = table(live * sizeof *blocks);
    uint32_t *sizes = table(live * sizeof *sizes), *order = table(live * sizeof *order);
    uint64_t random = 42;
    double before, none;
    figures f;
    size_t i;
    if (!peer || live == 0) {
        return 1;
    }
    for (i = 0; i < live; i++) {
        sizes[i] = next_size(&random);
    }
    order_random(order, live, &random);
    peer->release_one(peer->allocate_one(64), 64); /* what an allocator needs to start with is not counted */
    reserved_by(peer, &none);
    anonymous_bytes();
    before = anonymous_bytes();

    for (i = 0; i < live; i++) {
        take(peer, blocks, sizes, i);
    }
    f.requested = sum(sizes, live);
    f.resident = anonymous_bytes() - before;
    f.reserved = reserved_by(peer, &none);
    for (i = 0; i < replacements; i++) {
        size_t at = prng_below(&random, live);
        peer->release_one(blocks[at], sizes[at]);
        sizes[at] = next_size(&random);
        take(peer, blocks, sizes, at);
    }
    f.churned_requested = sum(sizes, live);
    f.churned_resident = anonymous_bytes() - before;
    f.churned_reserved = reserved_by(peer, &f.fragmentation);
    for (i = 0; i < live; i++) {
        peer->release_one(blocks[order[i]], sizes[order[i]]);
    }
    f.left = anonymous_bytes() - before;
    printf(FORMAT_OUT, f.requested, f.resident, f.reserved, f.churned_requested, f.churned_resident, f.churned_reserved, f.fragmentation, f.left);
    return 0;
}

/* ---- the table ---- */

static int ask(const char *program, const char *peer, const char *kind, size_t live, size_t replacements, figures *f)
{
    char command[4400];
    FILE *child;
    int read;
    snprintf(command, sizeof command, "'%s' --memory %s %s %lu %lu", program, peer, kind, (unsigned long)live, (unsigned long)replacements);
    child = popen(command, "r");
    if (!child) {
        return 0;
    }
    read = fscanf(child, FORMAT_IN, &f->requested, &f->resident, &f->reserved, &f->churned_requested, &f->churned_resident, &f->churned_reserved, &f->fragmentation,
        &f->left);
    return pclose(child) == 0 && read == 8;
}

static void efficiency_cells(const figures *f, size_t count, const char *goal)
{
    size_t i;
    printf(" %9.2f%%", 100 * f[0].requested / f[0].reserved);
    for (i = 0; i < count; i++) {
        printf(" %9.2f%%", 100 * f[i].requested / f[i].resident);
    }
    printf("   %s\n", goal);
}

static void churned_cells(const figures *f, size_t count)
{
    size_t i;
    printf(" %9.2f%%", 100 * f[0].churned_requested / f[0].churned_reserved);
    for (i = 0; i < count; i++) {
        printf(" %9.2f%%", 100 * f[i].churned_requested / f[i].churned_resident);
    }
    printf("\n");
}

static void left_cells(const figures *f, size_t count)
{
    size_t i;
    printf(" %10s", "");
    for (i = 0; i < count; i++) {
        printf(" %6.2f MiB", f[i].left / 1048576);
    }
    printf("\n");
}

void memory_table(const char *program, const pool_peer **peers, size_t count, int quick)
{
    static const struct {
        const char *what, *kind;
        size_t live, replacements;
        const char *goal;
    } rows[] = {
        {"mixed 16..4096 B, 1k live", "mixed", 1000, 0, "ours, reserved: >= 94 %"},
        {"mixed 16..4096 B, 10k live", "mixed", 10000, 1000000, "ours, reserved: >= 94 %"},
        {"mixed 16..4096 B, 100k live", "mixed", 100000, 1000000, "ours, reserved: >= 94 %"},
        {"powers of two 16..4096 B, 10k live", "powers", 10000, 0, "ours, reserved: >= 98 %"},
    };
    figures f[PEERS_MAX];
    size_t r, i;
    printf("Memory: bytes asked for / bytes taken, every byte written, each allocator in a process of its own\n");
    printf("  %-46s %10s", "", "ours,");
    for (i = 0; i < count; i++) {
        printf(" %10s", peers[i]->name);
    }
    printf("\n  %-46s %10s", "", "reserved");
    for (i = 0; i < count; i++) {
        printf(" %10s", "resident");
    }
    printf("   goal\n");
    for (r = 0; r < sizeof rows / sizeof rows[0]; r++) {
        size_t replacements = rows[r].replacements / (quick ? 10 : 1);
        for (i = 0; i < count; i++) {
            if (!ask(program, peers[i]->name, rows[r].kind, rows[r].live, replacements, &f[i])) {
                fprintf(stderr, "the process for %s failed\n", peers[i]->name);
                exit(1);
            }
        }
        printf("  %-46s", rows[r].what);
        efficiency_cells(f, count, rows[r].goal);
        if (replacements) {
            char what[64];
            snprintf(what, sizeof what, "  after %lu random replacements", (unsigned long)replacements);
            printf("  %-46s", what);
            churned_cells(f, count);
            printf("  %-46s %9.2f%% %*s goal: < 2 %%\n", "  fragmentation then (as the pool tells it)", 100 * f[0].fragmentation, (int)(11 * count + 1), "");
        }
        printf("  %-46s", "  resident after all was freed");
        left_cells(f, count);
        fflush(stdout);
    }
    printf("  Resident: anonymous memory of the process beyond what it had before (smaps_rollup); the pool keeps up to 4 MiB, jemalloc gives\n"
           "  memory back after 10 s.\n");
}
