/* Memory that was freed goes back to the system: what the kernel says about this process, beside what the pool says. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "pool_kit.h"
#include "prng.h"
#include "process.h"
#include "rancognition.h"
#include "result.h"
#include "thread.h"

#define MIB ((uint64_t)1 << 20)

/* What the rest of the process may come to take meanwhile: the library's own heap grows to some MiB with the results asked for. */
#define SLACK_BYTES (12 * MIB)

static rancog_pool *self;
static pool_block *blocks;
static size_t count;

static uint64_t resident(void)
{
    return (uint64_t)process_status("VmRSS:") * 1024;
}

/* Until this many bytes were asked for; every page is written. */
static void allocate_bytes(uint64_t bytes, size_t size_max, uint64_t *random)
{
    uint64_t sum = 0;
    while (sum < bytes) {
        pool_block block = pool_kit_allocate(self, 1 + prng_below(random, size_max), count);
        if (!CHECK(block.start != NULL)) {
            return;
        }
        sum += block.size;
        blocks[count++] = block;
    }
}

static void free_at_random(size_t left, uint64_t *random)
{
    while (count > left) {
        size_t at = prng_below(random, count);
        pool_kit_deallocate(self, &blocks[at]);
        blocks[at] = blocks[--count];
    }
}

static void compare(uint64_t before, uint64_t retain, const char *note)
{
    pool_picture p = pool_kit_picture(self, note);
    uint64_t now = resident();
    char detail[160];
    snprintf(detail, sizeof detail, "%s: resident grew by %.2f MiB, reserved %.2f MiB, live %lu", note, ((double)now - (double)before) / (double)MIB,
        (double)p.reserved_bytes / (double)MIB, (unsigned long)p.live_blocks);
    CHECK_CASE(now <= before + retain + SLACK_BYTES, detail);
    CHECK_CASE(p.reserved_bytes <= retain + 2 * MIB, detail);
    CHECK_CASE(p.total_allocated == 0, detail);
}

/* Filled and emptied again and again with sizes of every kind. */
static void soak(const char *options, uint64_t retain)
{
    static const size_t sizes_max[] = {64, 1000, 4096, 32768, 200000, 2000000};
    const uint64_t bytes = 64 * MIB;
    uint64_t random = 5, before;
    size_t round;
    self = pool_kit_create(options);
    before = resident();
    for (round = 0; round < 18; round++) {
        size_t size_max = sizes_max[round % 6];
        char note[40];
        snprintf(note, sizeof note, "round %lu", (unsigned long)round);
        allocate_bytes(bytes / (size_max == 64 ? 8 : 1), size_max, &random);
        free_at_random(count / 2, &random);
        allocate_bytes(bytes / 16, size_max, &random);
        if (size_max <= 4096) { /* every byte is written, so every page is there */
            CHECK_CASE(resident() > before + pool_kit_picture(self, note).requested_bytes * 9 / 10, note);
        }
        free_at_random(0, &random);
        compare(before, retain, note);
    }
    pool_kit_destroy(self);
    CHECK(resident() <= before + SLACK_BYTES);
}

static void everything_goes_back_when_nothing_is_to_be_retained(void)
{
    soak("{\"retain_bytes\":0}", 0);
}

static void all_but_what_is_to_be_retained_goes_back(void)
{
    soak("{\"retain_bytes\":8388608}", 8 * MIB);
}

static void *free_all(void *unused)
{
    uint64_t random = 8;
    (void)unused;
    free_at_random(0, &random);
    return NULL;
}

static void what_another_thread_frees_goes_back(void)
{
    uint64_t random = 5, before;
    size_t round;
    self = pool_kit_create("{\"retain_bytes\":1048576}");
    before = resident();
    for (round = 0; round < 6; round++) {
        pthread_t thread;
        allocate_bytes(64 * MIB, 3000, &random);
        if (!CHECK(pthread_create(&thread, NULL, free_all, NULL) == 0)) {
            break;
        }
        pthread_join(thread, NULL);
        compare(before, MIB, "freed elsewhere");
    }
    pool_kit_destroy(self);
}

/* One long-lived block here and there must not keep everything. */
static void few_live_blocks_keep_few_pages(void)
{
    uint64_t random = 6, before, spare;
    pool_picture p;
    char note[60];
    self = pool_kit_create("{\"retain_bytes\":0}");
    before = resident();
    allocate_bytes(128 * MIB, 2000, &random);
    free_at_random(100, &random);
    p = pool_kit_picture(self, "100 live");
    CHECK(p.live_blocks == 100);
    spare = p.reserved_bytes;
    snprintf(note, sizeof note, "%.2f MiB reserved for 100 blocks", (double)spare / (double)MIB);
    CHECK_CASE(spare <= 32 * MIB, note);
    CHECK(resident() <= before + spare + SLACK_BYTES);
    free_at_random(0, &random);
    compare(before, 0, "none live");
    pool_kit_destroy(self);
}

static void a_destroyed_pool_gives_all_back(void)
{
    uint64_t random = 7, before;
    size_t round;
    self = pool_kit_create("");
    pool_kit_destroy(self);
    before = resident();
    for (round = 0; round < 10; round++) {
        self = pool_kit_create("");
        allocate_bytes(64 * MIB, 20000, &random);
        pool_kit_destroy(self);
        count = 0;
        CHECK(resident() <= before + SLACK_BYTES);
    }
}

/* Pools that are made and destroyed do not pile up address space or memory. */
static void thousands_of_pools_leave_nothing(void)
{
    unsigned long space = 0;
    uint64_t before = 0;
    size_t i;
    char note[80];
    for (i = 0; i < 3000; i++) {
        if (i == 300) {
            space = process_status("VmSize:");
            before = resident();
        }
        self = pool_kit_create("{\"budget_bytes\":1099511627776}");
        CHECK(rancog_pool_allocate(self, 100) != NULL && rancog_pool_allocate(self, 100000) != NULL);
        pool_kit_destroy(self);
    }
    snprintf(note, sizeof note, "%ld KiB resident, %ld KiB address space more", (long)((resident() - before) / 1024), (long)process_status("VmSize:") - (long)space);
    CHECK_CASE(resident() <= before + SLACK_BYTES, note);
    CHECK_CASE(process_status("VmSize:") <= space + 64 * 1024, note);
}

/* ---- results, which lie in a pool of the library's own ---- */

#define LONG_RESULTS_MAX 6000
#define SMALL_RESULTS 1000
#define LONG_NAME_BYTES 100000

static uint8_t *results[LONG_RESULTS_MAX + SMALL_RESULTS];

static void *use_results_as_a_new_thread(void *unused)
{
    uint64_t before = rancog_buffers_outstanding();
    (void)unused;
    CHECK(result_check_and_free(rancog_runtime_info(), "a new thread") == RANCOG_OK);
    CHECK(rancog_buffers_outstanding() == before);
    rancog_buffer_free(results[0]);
    CHECK(rancog_buffers_outstanding() == before - 1);
    rancog_buffer_free(results[0]); /* freed already: nothing happens, for the place is in nobody's use */
    CHECK(rancog_buffers_outstanding() == before - 1);
    return NULL;
}

/* A thread that comes when the results' pool is full gets its results from the system, and can free those that are there. */
static void more_results_than_their_pool_holds(void)
{
    char *options = malloc(LONG_NAME_BYTES + 32);
    uint64_t before = resident();
    pthread_t thread;
    size_t n = 0, i;
    strcpy(options, "{\"");
    memset(options + 2, 'a', LONG_NAME_BYTES);
    strcpy(options + 2 + LONG_NAME_BYTES, "\":1}");
    self = pool_kit_create(options);
    while (n < LONG_RESULTS_MAX && resident() < before + 400 * MIB) {
        results[n] = rancog_pool_get_stats(self);
        if (!CHECK(results[n] != NULL && result_length(results[n]) > LONG_NAME_BYTES)) {
            break;
        }
        n++;
    }
    CHECK(n > 2700); /* more than 256 MiB */
    for (i = 0; i < SMALL_RESULTS; i++) {
        results[n++] = rancog_runtime_info(); /* fill what is left of it */
    }
    thread = thread_start(use_results_as_a_new_thread, NULL);
    pthread_join(thread, NULL);
    while (n > 1) {
        rancog_buffer_free(results[--n]);
    }
    CHECK(rancog_buffers_outstanding() == 0);
    free(options);
    pool_kit_destroy(self);
}

int main(void)
{
    blocks = malloc(((size_t)1 << 20) * sizeof *blocks);
    memset(blocks, 0, ((size_t)1 << 20) * sizeof *blocks); /* its own pages are there from the start */
    RUN(everything_goes_back_when_nothing_is_to_be_retained);
    RUN(all_but_what_is_to_be_retained_goes_back);
    RUN(what_another_thread_frees_goes_back);
    RUN(few_live_blocks_keep_few_pages);
    RUN(a_destroyed_pool_gives_all_back);
    RUN(thousands_of_pools_leave_nothing);
    RUN(more_results_than_their_pool_holds);
    free(blocks);
    return check_finish();
}
