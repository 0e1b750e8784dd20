/* Pointers that are no block of the pool: refused with a reason, and nothing changes, whatever their value. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "check.h"
#include "pool_kit.h"
#include "prng.h"
#include "rancognition.h"

#define AROUND_BYTES 9000

static rancog_pool *self;

static void *address(uint64_t value)
{
    return (void *)(uintptr_t)value;
}

/* Refused, by the argument that is at fault. */
static int is_refused(void *block, size_t size, const char *argument)
{
    return rancog_pool_deallocate(self, block, size) == RANCOG_E_INVALID_ARGUMENT && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT
        && strncmp(rancog_last_error_message(), argument, strlen(argument)) == 0;
}

static void refused(void *block, size_t size, const char *note)
{
    char detail[160];
    int held = is_refused(block, size, size == 0 && block ? "" : "block"); /* 0 is at fault itself */
    snprintf(detail, sizeof detail, "%s: %p, size %lu, status %d, %.60s", note, block, (unsigned long)size, (int)rancog_last_status(), rancog_last_error_message());
    CHECK_CASE(held, detail);
}

static void nothing_changed(pool_picture before, const char *note)
{
    pool_picture after = pool_kit_picture(self, note);
    CHECK_CASE(after.live_blocks == before.live_blocks && after.requested_bytes == before.requested_bytes, note);
    CHECK_CASE(after.total_allocated == before.total_allocated && after.deallocations == before.deallocations, note);
    CHECK_CASE(after.reserved_bytes == before.reserved_bytes, note);
}

static int data_of_the_program;

static void foreign_pointers_are_refused(void)
{
    int on_the_stack = 0;
    void *on_the_heap = malloc(64), *mapped = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    void *hidden = mmap(NULL, 1 << 20, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    static const size_t sizes[] = {0, 1, 16, 64, 4096, 40000, SIZE_MAX};
    size_t s, i;
    uint64_t random = 7;
    pool_block live;
    pool_picture before;
    self = pool_kit_create("");
    refused(&on_the_stack, 16, "nothing was allocated yet");
    live = pool_kit_allocate(self, 64, 1);
    before = pool_kit_picture(self, "before");
    for (s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        refused(NULL, sizes[s], "NULL");
        for (i = 1; i < 300; i++) {
            refused(address(i), sizes[s], "small number");
            refused(address(UINT64_MAX - i + 1), sizes[s], "minus a small number");
        }
        for (i = 0; i < 64; i++) {
            refused(address((uint64_t)1 << i), sizes[s], "power of two");
            refused(address(((uint64_t)1 << i) - 16), sizes[s], "below a power of two");
            refused(address((uint64_t)(uintptr_t)live.start ^ (uint64_t)1 << i), sizes[s], "bit of a live block flipped");
        }
        refused(&on_the_stack, sizes[s], "stack");
        refused(&data_of_the_program, sizes[s], "data");
        refused(address((uint64_t)(uintptr_t)&foreign_pointers_are_refused), sizes[s], "code");
        refused(on_the_heap, sizes[s], "malloc");
        refused(mapped, sizes[s], "mapped");
        refused(hidden, sizes[s], "mapped without access");
        refused(self, sizes[s], "the handle");
        for (i = 0; i < check_scale(20000, 500); i++) {
            uint64_t value = prng_next(&random) >> prng_below(&random, 40);
            refused(address(value), sizes[s], "random");
            refused(address(value & ~(uint64_t)65535), sizes[s], "random, rounded");
        }
    }
    nothing_changed(before, "after");
    CHECK(data_of_the_program == 0 && on_the_stack == 0);
    pool_kit_deallocate(self, &live);
    pool_kit_destroy(self);
    munmap(mapped, 1 << 20);
    munmap(hidden, 1 << 20);
    free(on_the_heap);
}

static const size_t classes[] = {1, 16, 40, 64, 256, 272, 1000, 1024, 4000, 4096, 5000, 20000, 32768, 32769, 65536, 100000, 300000, 3000000};
#define CLASSES (sizeof classes / sizeof classes[0])

/* Every address from a page or two before the block to a page or two behind it, in turn with the block's own size. */
static void every_address_near_a_block_but_its_start_is_refused(void)
{
    size_t c;
    for (c = 0; c < CLASSES; c++) {
        pool_block live;
        pool_picture before;
        uintptr_t start, at, step;
        self = pool_kit_create("");
        live = pool_kit_allocate(self, classes[c], c);
        start = (uintptr_t)live.start;
        before = pool_kit_picture(self, "one live");
        for (at = start - AROUND_BYTES; at < start + AROUND_BYTES; at += check_scale(1, 13)) {
            if (at != start) {
                refused(address(at), classes[c], at < start ? "before" : at < start + classes[c] ? "inside" : "behind");
            }
        }
        step = check_scale(16, 1024);
        for (at = start & ~(uintptr_t)15, at -= (uintptr_t)5 << 20; at < start + ((uintptr_t)5 << 20); at += step * 16) { /* runs, headers, tables nearby */
            if (at != start) {
                refused(address(at), classes[c], "in the neighbourhood");
            }
        }
        for (at = start + classes[c] - AROUND_BYTES; at < start + classes[c] + AROUND_BYTES; at += check_scale(1, 13)) {
            if (at != start) {
                refused(address(at), classes[c], "near the end");
            }
        }
        CHECK(pool_kit_is_intact(&live));
        nothing_changed(before, "after");
        pool_kit_deallocate(self, &live);
        pool_kit_destroy(self);
    }
}

static void a_wrong_size_is_refused(void)
{
    size_t c, d;
    for (c = 0; c < CLASSES; c++) {
        pool_block live;
        pool_picture before;
        self = pool_kit_create("");
        live = pool_kit_allocate(self, classes[c], c);
        before = pool_kit_picture(self, "one live");
        for (d = 0; d <= 300; d++) { /* within the class and far from it */
            if (d != classes[c]) {
                CHECK(is_refused(live.start, d, "size"));
            }
            if (d > 0) {
                CHECK(is_refused(live.start, classes[c] + d, "size"));
                CHECK(is_refused(live.start, SIZE_MAX - d + 1, "size"));
                CHECK(classes[c] < d || is_refused(live.start, classes[c] - d, "size"));
            }
        }
        CHECK(is_refused(live.start, classes[c] + ((size_t)1 << 32), "size"));
        CHECK(pool_kit_is_intact(&live));
        nothing_changed(before, "after");
        pool_kit_deallocate(self, &live);
        pool_kit_destroy(self);
    }
}

/* Freed twice: at once, after others were freed, after its memory went back to the system. */
static void a_block_freed_twice_is_refused(void)
{
    enum { COUNT = 300 };
    size_t c, i;
    for (c = 0; c < CLASSES; c++) {
        pool_block blocks[COUNT];
        size_t count = classes[c] > 40000 ? 20 : COUNT;
        pool_picture before;
        self = pool_kit_create("{\"retain_bytes\":0}");
        for (i = 0; i < count; i++) {
            blocks[i] = pool_kit_allocate(self, classes[c], i);
        }
        for (i = 0; i < count; i++) {
            uint8_t *start = blocks[i].start;
            pool_kit_deallocate(self, &blocks[i]);
            blocks[i].start = start;
            refused(start, classes[c], "freed just now");
            refused(blocks[i / 2].start, classes[c], "freed before");
        }
        before = pool_kit_picture(self, "none live");
        CHECK(before.live_blocks == 0);
        for (i = 0; i < count; i++) {
            refused(blocks[i].start, classes[c], "all were freed");
        }
        nothing_changed(before, "after");
        pool_kit_destroy(self);
    }
}

/* A second free must not give the block to two owners. */
static void a_refused_second_free_hands_no_block_out_twice(void)
{
    enum { COUNT = 500 };
    pool_block blocks[COUNT];
    size_t i;
    self = pool_kit_create("");
    for (i = 0; i < COUNT; i++) {
        blocks[i] = pool_kit_allocate(self, 48, i);
    }
    for (i = 0; i < COUNT; i += 2) {
        uint8_t *start = blocks[i].start;
        pool_kit_deallocate(self, &blocks[i]);
        refused(start, 48, "second");
        refused(start, 48, "third");
    }
    for (i = 0; i < COUNT; i += 2) {
        blocks[i] = pool_kit_allocate(self, 48, i + COUNT);
    }
    for (i = 0; i < COUNT; i++) {
        pool_kit_deallocate(self, &blocks[i]);
    }
    CHECK(pool_kit_picture(self, "none").live_blocks == 0);
    pool_kit_destroy(self);
}

static void blocks_of_other_pools_are_refused(void)
{
    rancog_pool *other = pool_kit_create("");
    size_t c;
    pool_block mine[CLASSES], theirs[CLASSES];
    self = pool_kit_create("");
    for (c = 0; c < CLASSES; c++) {
        mine[c] = pool_kit_allocate(self, classes[c], c);
        theirs[c] = pool_kit_allocate(other, classes[c], c + 100);
    }
    for (c = 0; c < CLASSES; c++) {
        refused(theirs[c].start, classes[c], "another pool's");
        CHECK(rancog_pool_deallocate(other, mine[c].start, classes[c]) == RANCOG_E_INVALID_ARGUMENT);
    }
    for (c = 0; c < CLASSES; c++) {
        pool_kit_deallocate(self, &mine[c]);
        pool_kit_deallocate(other, &theirs[c]);
    }
    pool_kit_destroy(other);
    pool_kit_destroy(self);
}

static void blocks_of_a_destroyed_pool_are_refused(void)
{
    size_t c, round;
    for (round = 0; round < 20; round++) {
        rancog_pool *other = pool_kit_create("");
        pool_block theirs[CLASSES], mine;
        self = pool_kit_create("");
        for (c = 0; c < CLASSES; c++) {
            theirs[c] = pool_kit_allocate(other, classes[c], c);
        }
        pool_kit_destroy(other);
        for (c = 0; c < CLASSES; c++) {
            refused(theirs[c].start, classes[c], "a dead pool's");
        }
        mine = pool_kit_allocate(self, 64, 1); /* may take the dead pool's place in memory */
        for (c = 0; c < CLASSES; c++) {
            if (theirs[c].start != mine.start) {
                refused(theirs[c].start, classes[c], "a dead pool's, its place perhaps taken");
            }
        }
        pool_kit_deallocate(self, &mine);
        pool_kit_destroy(self);
    }
}

static void messages_say_what_is_wrong(void)
{
    char messages[4][400];
    pool_block live;
    size_t i, k;
    self = pool_kit_create("");
    live = pool_kit_allocate(self, 100, 1);
    rancog_pool_deallocate(self, NULL, 100);
    snprintf(messages[0], sizeof messages[0], "%s", rancog_last_error_message());
    rancog_pool_deallocate(self, &data_of_the_program, 100);
    snprintf(messages[1], sizeof messages[1], "%s", rancog_last_error_message());
    rancog_pool_deallocate(self, live.start, 99);
    snprintf(messages[2], sizeof messages[2], "%s", rancog_last_error_message());
    CHECK_CASE(strstr(messages[2], "100") != NULL && strstr(messages[2], "99") != NULL, messages[2]);
    rancog_pool_deallocate(self, live.start + 16, 100);
    snprintf(messages[3], sizeof messages[3], "%s", rancog_last_error_message());
    for (i = 0; i < 3; i++) {
        for (k = 0; k < i; k++) {
            CHECK_CASE(strcmp(messages[i], messages[k]) != 0, messages[i]);
        }
    }
    CHECK_CASE(strncmp(messages[3], "block", 5) == 0, messages[3]);
    pool_kit_deallocate(self, &live);
    CHECK(rancog_last_error_message()[0] == 0);
    pool_kit_destroy(self);
}

int main(void)
{
    RUN(foreign_pointers_are_refused);
    RUN(every_address_near_a_block_but_its_start_is_refused);
    RUN(a_wrong_size_is_refused);
    RUN(a_block_freed_twice_is_refused);
    RUN(a_refused_second_free_hands_no_block_out_twice);
    RUN(blocks_of_other_pools_are_refused);
    RUN(blocks_of_a_destroyed_pool_are_refused);
    RUN(messages_say_what_is_wrong);
    return check_finish();
}
