/* Reading a pool's statistics with what must hold in every one of them, and blocks that know what was written to them. */
#ifndef POOL_KIT_H
#define POOL_KIT_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

#include "rancognition.h"

#define POOL_PAGE_BYTES 4096u
#define POOL_SMALL_BYTES_MAX 32768u

/* One result of rancog_pool_get_stats; a share is NaN where the result has null. */
typedef struct {
    uint64_t total_allocated, requested_bytes, peak_usage, live_blocks, free_bytes, overhead_bytes, reserved_bytes, peak_reserved_bytes;
    uint64_t budget_bytes, retain_bytes, pool_count, free_list_count, thread_caches, allocations, deallocations, refused;
    double efficiency, fragmentation;
} pool_picture;

/* A live block with the size that it was asked for and the number its content is made from. */
typedef struct {
    uint8_t *start;
    size_t size;
    uint64_t mark;
} pool_block;

/* A pool with these options ("" = none); a failure is recorded. */
rancog_pool *pool_kit_create(const char *options);

/* Destroys it and checks that this went well. */
void pool_kit_destroy(rancog_pool *self);

/* Asks for the statistics; everything that must hold in any of them is checked. */
pool_picture pool_kit_picture(rancog_pool *self, const char *note);

/* The bytes that a block of this size takes by the documented size classes. */
size_t pool_kit_class(size_t size);

/* Allocates and marks; start is NULL when the pool refused (with RANCOG_E_LIMIT, which is checked). */
pool_block pool_kit_allocate(rancog_pool *self, size_t size, uint64_t mark);

/* Writes the block's content: every byte of it when it is small, else its ends and a word in each page. */
void pool_kit_mark(const pool_block *block);

/* Whether nobody else wrote into it since. */
int pool_kit_is_intact(const pool_block *block);

/* Checks that the block is intact and gives it back. */
void pool_kit_deallocate(rancog_pool *self, pool_block *block);

/* Sizes as programs ask for them: mostly small, some to 32 KiB, a few pages. */
size_t pool_kit_random_size(uint64_t *random);

#endif
