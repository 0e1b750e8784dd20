/* The pool's contract, point by point, on one thread: options, sizes, alignment, the budget, statistics to the byte. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "handle_kit.h"
#include "pool_kit.h"
#include "prng.h"
#include "rancognition.h"
#include "result.h"

#define MIB ((size_t)1 << 20)

/* ---- options ---- */

static void defaults_are_a_gibibyte_and_4_mebibytes(void)
{
    static const char *const texts[] = {"", "{}"};
    size_t i;
    for (i = 0; i < 2; i++) {
        rancog_pool *self = pool_kit_create(texts[i]);
        pool_picture p = pool_kit_picture(self, "new");
        CHECK(p.budget_bytes == (uint64_t)1 << 30 && p.retain_bytes == 4 * MIB);
        CHECK(p.live_blocks == 0 && p.requested_bytes == 0 && p.total_allocated == 0 && p.peak_usage == 0);
        CHECK(p.allocations == 0 && p.deallocations == 0 && p.refused == 0);
        pool_kit_destroy(self);
    }
}

static void retained_is_an_eighth_of_a_small_budget(void)
{
    rancog_pool *self = pool_kit_create("{\"budget_bytes\":65536}");
    pool_picture p = pool_kit_picture(self, "smallest");
    CHECK(p.budget_bytes == 65536 && p.retain_bytes == 8192);
    pool_kit_destroy(self);
}

/* The shortened run leaves it out: checkers cannot reserve that much address space. */
static void the_largest_budget_serves(void)
{
    rancog_pool *self = pool_kit_create(check_scale(1, 0) ? "{\"budget_bytes\":1099511627776,\"retain_bytes\":0}" : "{\"budget_bytes\":1073741824,\"retain_bytes\":0}");
    pool_picture p = pool_kit_picture(self, "largest");
    void *block = rancog_pool_allocate(self, (size_t)1 << 29);
    CHECK(p.budget_bytes == (uint64_t)1 << check_scale(40, 30) && p.retain_bytes == 0);
    CHECK(block != NULL && rancog_pool_deallocate(self, block, (size_t)1 << 29) == RANCOG_OK);
    pool_kit_destroy(self);
}

static void unknown_options_are_named(void)
{
    static const char options[] = "{\"budget_bytes\":1048576,\"colour\":\"red\"}";
    rancog_pool *self = rancog_pool_create((const uint8_t *)options, sizeof options - 1, NULL);
    uint8_t *stats;
    CHECK(self != NULL && rancog_last_status() == RANCOG_OK);
    stats = rancog_pool_get_stats(self);
    CHECK(result_contains(stats, "\"ignored\":[") && result_contains(stats, "colour"));
    rancog_buffer_free(stats);
    pool_kit_destroy(self);
}

static void bad_options_are_refused(void)
{
    static const char *const texts[] = {
        "{", "[]", "7", "null", "\"budget_bytes\"", "{\"budget_bytes\":65535}", "{\"budget_bytes\":0}", "{\"budget_bytes\":-1}",
        "{\"budget_bytes\":1099511627777}", "{\"budget_bytes\":18446744073709551616}", "{\"budget_bytes\":\"65536\"}", "{\"budget_bytes\":1e99}",
        "{\"budget_bytes\":65536.5}", "{\"budget_bytes\":{}}", "{\"retain_bytes\":-1}", "{\"retain_bytes\":true}", "{\"retain_bytes\":[]}",
        "{\"retain_bytes\":1e300}", "{\"budget_bytes\":65536}x", "{\"budget_bytes\":65536,}",
    };
    size_t i;
    for (i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        int32_t status;
        CHECK_CASE(rancog_pool_create((const uint8_t *)texts[i], strlen(texts[i]), NULL) == NULL, texts[i]);
        status = rancog_last_status();
        CHECK_CASE(status == RANCOG_E_INVALID_ARGUMENT || status == RANCOG_E_INVALID_JSON || status == RANCOG_E_LIMIT, texts[i]);
        CHECK_CASE(rancog_last_error_message()[0] != 0, texts[i]);
    }
    CHECK(rancog_pool_create(NULL, 5, NULL) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
}

/* ---- sizes ---- */

static void every_size_is_aligned_and_rounded_to_its_class(void)
{
    size_t size, step = check_scale(1, 7);
    for (size = 1; size <= 70000; size += size < 5000 ? 1 : 37 * step) {
        rancog_pool *self;
        pool_block block;
        pool_picture p;
        char note[40];
        if (size > 300 && size % step != 0 && (size & (size - 1)) != 0) {
            continue;
        }
        self = pool_kit_create("");
        block = pool_kit_allocate(self, size, size);
        p = pool_kit_picture(self, "one block");
        snprintf(note, sizeof note, "%lu", (unsigned long)size);
        CHECK_CASE(block.start != NULL, note);
        CHECK_CASE((uintptr_t)block.start % 16 == 0, note);
        CHECK_CASE((size & (size - 1)) != 0 || size > 4096 || (uintptr_t)block.start % size == 0, note);
        CHECK_CASE(p.requested_bytes == size && p.live_blocks == 1, note);
        CHECK_CASE(p.total_allocated == pool_kit_class(size), note); /* nothing is free in the next class: none is borrowed */
        CHECK_CASE(p.peak_usage == p.total_allocated, note);
        pool_kit_deallocate(self, &block);
        p = pool_kit_picture(self, "none");
        CHECK_CASE(p.total_allocated == 0 && p.live_blocks == 0 && p.peak_usage == pool_kit_class(size), note);
        pool_kit_destroy(self);
    }
}

static void blocks_of_a_power_of_two_are_aligned_to_it_among_others(void)
{
    rancog_pool *self = pool_kit_create("");
    uint64_t random = 11;
    size_t i, n = check_scale(20000, 2000);
    for (i = 0; i < n; i++) {
        size_t size = (size_t)1 << prng_below(&random, 13);
        void *block = rancog_pool_allocate(self, size);
        CHECK(block != NULL && (uintptr_t)block % size == 0 && (uintptr_t)block % 16 == 0);
        block = rancog_pool_allocate(self, pool_kit_random_size(&random));
        CHECK(block != NULL && (uintptr_t)block % 16 == 0);
    }
    CHECK(pool_kit_picture(self, "all live").live_blocks == 2 * n);
    pool_kit_destroy(self);
}

static void size_zero_is_an_error(void)
{
    rancog_pool *self = pool_kit_create("");
    CHECK(rancog_pool_allocate(self, 0) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    CHECK(strncmp(rancog_last_error_message(), "size", 4) == 0);
    CHECK(pool_kit_picture(self, "none").allocations == 0);
    pool_kit_destroy(self);
}

static void more_than_the_budget_is_refused(void)
{
    rancog_pool *self = pool_kit_create("{\"budget_bytes\":16777216}");
    size_t sizes[200], n = 0, i;
    pool_picture before, after;
    pool_block first = pool_kit_allocate(self, 16, 0); /* this thread's cache is there from now on */
    pool_kit_deallocate(self, &first);
    for (i = 0; i < 64; i++) {
        if ((size_t)1 << i > 16 * MIB) {
            sizes[n++] = (size_t)1 << i;
            sizes[n++] = ((size_t)1 << i) - 1;
        }
    }
    for (i = 0; i < 70; i++) {
        sizes[n++] = SIZE_MAX - i;
    }
    sizes[n++] = SIZE_MAX - 4095;
    sizes[n++] = SIZE_MAX - 4096;
    sizes[n++] = SIZE_MAX - 65536;
    sizes[n++] = 16 * MIB + 1;
    for (i = 0; i < n; i++) {
        before = pool_kit_picture(self, "before");
        CHECK(rancog_pool_allocate(self, sizes[i]) == NULL && rancog_last_status() == RANCOG_E_LIMIT);
        CHECK(strncmp(rancog_last_error_message(), "size", 4) == 0);
        after = pool_kit_picture(self, "after");
        CHECK(after.refused == before.refused + 1 && after.allocations == before.allocations && after.reserved_bytes == before.reserved_bytes);
    }
    pool_kit_destroy(self);
}

/* ---- budget ---- */

/* Blocks until the pool refuses; gives how many, at most room. */
static size_t fill(rancog_pool *self, size_t size, pool_block *blocks, size_t room)
{
    size_t n;
    for (n = 0; n < room; n++) {
        blocks[n] = pool_kit_allocate(self, size, n);
        if (!blocks[n].start) {
            break;
        }
    }
    return n;
}

static void empty(rancog_pool *self, pool_block *blocks, size_t n)
{
    while (n > 0) {
        pool_kit_deallocate(self, &blocks[--n]);
    }
}

static void the_budget_holds_and_is_used(void)
{
    static const size_t sizes[] = {16, 64, 200, 1024, 3000, 5000, 20000, 40000};
    const size_t room = 70000;
    pool_block *blocks = malloc(room * sizeof *blocks);
    size_t s;
    for (s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        rancog_pool *self = pool_kit_create("{\"budget_bytes\":1048576}");
        size_t n = fill(self, sizes[s], blocks, room), again;
        pool_picture p = pool_kit_picture(self, "full");
        char note[60];
        snprintf(note, sizeof note, "%lu blocks of %lu", (unsigned long)n, (unsigned long)sizes[s]);
        CHECK_CASE(n < room && n * pool_kit_class(sizes[s]) > MIB * 3 / 4, note);
        CHECK_CASE(p.live_blocks == n && p.refused == 1 && p.reserved_bytes <= MIB, note);
        empty(self, blocks, n);
        again = fill(self, sizes[s], blocks, room);
        CHECK_CASE(again == n, note);
        empty(self, blocks, again);
        pool_kit_destroy(self);
    }
    free(blocks);
}

/* What is free in one class must not keep another size from the budget. */
static void free_memory_of_any_class_serves_any_size(void)
{
    static const size_t sizes[] = {16, 48, 300, 4096, 9000, 32768, 100000, 700000};
    const size_t room = 70000;
    pool_block *blocks = malloc(room * sizeof *blocks);
    rancog_pool *self = pool_kit_create("{\"budget_bytes\":1048576,\"retain_bytes\":1048576}");
    size_t count = sizeof sizes / sizeof sizes[0], round, n;
    uint64_t random = 3;
    char note[60];
    for (round = 0; round < 40; round++) {
        size_t size = round < count ? sizes[round] : round < 2 * count ? sizes[2 * count - 1 - round] : sizes[prng_below(&random, count)];
        n = fill(self, size, blocks, room);
        snprintf(note, sizeof note, "round %lu: %lu blocks of %lu", (unsigned long)round, (unsigned long)n, (unsigned long)size);
        CHECK_CASE(n > 0 && (size > 100000 || n * pool_kit_class(size) > MIB / 2), note);
        empty(self, blocks, n);
    }
    CHECK(pool_kit_picture(self, "empty").live_blocks == 0);
    pool_kit_destroy(self);
    free(blocks);
}

static void the_smallest_pool_gives_a_block(void)
{
    rancog_pool *self = pool_kit_create("{\"budget_bytes\":65536}");
    pool_block block = pool_kit_allocate(self, 16, 1), page;
    CHECK(block.start != NULL);
    page = pool_kit_allocate(self, 4096, 2);
    CHECK(page.start != NULL);
    pool_kit_deallocate(self, &block);
    pool_kit_deallocate(self, &page);
    pool_kit_destroy(self);
}

/* ---- statistics ---- */

/* Up to room live blocks; size_max 0: sizes of every kind. */
static void follow_every_call(const char *options, size_t room, size_t size_max)
{
    pool_block *blocks = calloc(room, sizeof *blocks);
    rancog_pool *self = pool_kit_create(options);
    uint64_t random = 2024, requested = 0, live = 0, allocations = 0, deallocations = 0, peak = 0;
    size_t step, steps = check_scale(60000, 2000);
    for (step = 0; step < steps; step++) {
        pool_block *block = &blocks[prng_below(&random, room)];
        pool_picture p;
        if (block->start) {
            requested -= block->size;
            pool_kit_deallocate(self, block);
            deallocations++;
            live--;
        } else {
            size_t size = size_max ? 1 + prng_below(&random, size_max) : pool_kit_random_size(&random);
            *block = pool_kit_allocate(self, size, step);
            if (!CHECK(block->start != NULL)) {
                break;
            }
            requested += block->size;
            allocations++;
            live++;
        }
        p = pool_kit_picture(self, "step");
        peak = p.total_allocated > peak ? p.total_allocated : peak;
        if (!CHECK(p.requested_bytes == requested && p.live_blocks == live && p.allocations == allocations && p.deallocations == deallocations)
            || !CHECK(p.peak_usage == peak)) {
            break;
        }
    }
    for (step = 0; step < room; step++) {
        if (blocks[step].start) {
            pool_kit_deallocate(self, &blocks[step]);
        }
    }
    CHECK(pool_kit_picture(self, "end").total_allocated == 0);
    pool_kit_destroy(self);
    free(blocks);
}

static void statistics_follow_every_call_to_the_byte(void)
{
    follow_every_call("", 2000, 0);
}

static void they_do_when_nothing_is_retained(void)
{
    follow_every_call("{\"retain_bytes\":0}", 500, 0);
}

/* A few neighbouring size classes, in which all blocks are free again and again. */
static void they_do_when_few_blocks_come_and_go(void)
{
    follow_every_call("{\"retain_bytes\":0}", 6, 200);
    follow_every_call("{\"retain_bytes\":0}", 12, 1000);
    follow_every_call("", 6, 200);
}

/* The peak must not be what the statistics happened to see. */
static void the_peak_between_two_looks_is_known(void)
{
    rancog_pool *self = pool_kit_create("");
    pool_block blocks[1000];
    uint64_t expected;
    size_t i;
    for (i = 0; i < 1000; i++) {
        blocks[i] = pool_kit_allocate(self, 300, i);
    }
    expected = pool_kit_picture(self, "high").total_allocated;
    empty(self, blocks, 1000);
    for (i = 0; i < 1000; i++) {
        blocks[i] = pool_kit_allocate(self, 300, i);
    }
    empty(self, blocks, 1000);
    for (i = 0; i < 1000; i++) { /* a higher peak, which no look falls on */
        blocks[i] = pool_kit_allocate(self, 512, i);
    }
    empty(self, blocks, 1000);
    CHECK(expected >= 304 * 1000 && expected <= 320 * 1000);
    CHECK(pool_kit_picture(self, "low").peak_usage >= 512 * 1000);
    CHECK(pool_kit_picture(self, "low").peak_usage <= 544 * 1000);
    pool_kit_destroy(self);
}

static void few_bytes_are_lost_to_rounding(void)
{
    rancog_pool *self = pool_kit_create("");
    uint64_t random = 9;
    size_t i, n = check_scale(20000, 3000);
    pool_picture p;
    for (i = 0; i < n; i++) {
        CHECK(rancog_pool_allocate(self, 257 + prng_below(&random, 32768 - 256)) != NULL);
    }
    p = pool_kit_picture(self, "from 257");
    CHECK((double)p.requested_bytes / (double)p.total_allocated > 1 - .0625);
    pool_kit_destroy(self);
}

/* ---- handles ---- */

static void refused_everywhere(void *handle, const char *note)
{
    char byte;
    CHECK_CASE(rancog_pool_allocate(handle, 16) == NULL && rancog_last_status() == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_pool_allocate(handle, 0) == NULL && rancog_last_status() == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_pool_deallocate(handle, &byte, 1) == RANCOG_E_INVALID_HANDLE && rancog_last_status() == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_pool_deallocate(handle, NULL, 0) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_pool_get_stats(handle), note) == RANCOG_E_INVALID_HANDLE, note);
}

static const handle_subject subject = {HANDLE_POOL, refused_everywhere, NULL};

static void a_block_is_no_pool(void)
{
    rancog_pool *self = pool_kit_create("");
    void *block = rancog_pool_allocate(self, 100);
    refused_everywhere(block, "a block");
    CHECK(rancog_pool_deallocate(self, block, 100) == RANCOG_OK);
    pool_kit_destroy(self);
}

int main(void)
{
    RUN(defaults_are_a_gibibyte_and_4_mebibytes);
    RUN(retained_is_an_eighth_of_a_small_budget);
    RUN(the_largest_budget_serves);
    RUN(unknown_options_are_named);
    RUN(bad_options_are_refused);
    RUN(every_size_is_aligned_and_rounded_to_its_class);
    RUN(blocks_of_a_power_of_two_are_aligned_to_it_among_others);
    RUN(size_zero_is_an_error);
    RUN(more_than_the_budget_is_refused);
    RUN(the_budget_holds_and_is_used);
    RUN(free_memory_of_any_class_serves_any_size);
    RUN(the_smallest_pool_gives_a_block);
    RUN(statistics_follow_every_call_to_the_byte);
    RUN(they_do_when_nothing_is_retained);
    RUN(they_do_when_few_blocks_come_and_go);
    RUN(the_peak_between_two_looks_is_known);
    RUN(few_bytes_are_lost_to_rounding);
    handle_kit_run(&subject);
    RUN(a_block_is_no_pool);
    return check_finish();
}
