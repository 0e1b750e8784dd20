#include "pool_kit.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "prng.h"
#include "result.h"

rancog_pool *pool_kit_create(const char *options)
{
    rancog_pool *self = rancog_pool_create(options[0] ? (const uint8_t *)options : NULL, strlen(options), NULL);
    CHECK_CASE(self != NULL && rancog_last_status() == RANCOG_OK, options);
    return self;
}

void pool_kit_destroy(rancog_pool *self)
{
    rancog_pool_destroy(self);
    CHECK_CASE(rancog_last_status() == RANCOG_OK, rancog_last_error_message());
}

/* ---- statistics ---- */

/* Where the value of a member begins; NULL when the member is not there exactly once. */
static const char *member(const char *text, const char *name)
{
    char quoted[64];
    const char *at;
    size_t length = strlen(name);
    quoted[0] = '"';
    memcpy(quoted + 1, name, length);
    memcpy(quoted + 1 + length, "\":", 3);
    at = strstr(text, quoted);
    if (!CHECK_CASE(at != NULL && strstr(at + 1, quoted) == NULL, name)) {
        return NULL;
    }
    return at + length + 3;
}

static uint64_t whole(const char *text, const char *name)
{
    const char *at = member(text, name);
    char *end;
    uint64_t value;
    if (!at || !CHECK_CASE(*at >= '0' && *at <= '9', name)) {
        return 0;
    }
    value = strtoull(at, &end, 10);
    CHECK_CASE(*end == ',' || *end == '}', name);
    return value;
}

static double share(const char *text, const char *name)
{
    const char *at = member(text, name);
    double value;
    if (!at || strncmp(at, "null", 4) == 0) {
        return NAN;
    }
    value = strtod(at, NULL);
    CHECK_CASE(value >= 0 && value <= 1, name);
    return value;
}

static void check_sums(const pool_picture *p, const char *note)
{
    CHECK_CASE(p->reserved_bytes == p->total_allocated + p->free_bytes + p->overhead_bytes, note);
    CHECK_CASE(p->total_allocated >= p->requested_bytes, note);
    CHECK_CASE(p->allocations >= p->deallocations && p->allocations - p->deallocations == p->live_blocks, note);
    CHECK_CASE(p->peak_usage >= p->total_allocated, note);
    CHECK_CASE(p->peak_reserved_bytes >= p->reserved_bytes, note);
    CHECK_CASE(p->peak_reserved_bytes >= p->peak_usage, note);
    CHECK_CASE(p->budget_bytes >= p->peak_reserved_bytes, note);
    CHECK_CASE(p->requested_bytes >= p->live_blocks, note);
    CHECK_CASE(p->total_allocated >= 16 * p->live_blocks, note);
    CHECK_CASE((p->live_blocks == 0) == (p->total_allocated == 0), note);
    CHECK_CASE(p->pool_count >= p->free_list_count, note);
    CHECK_CASE(p->free_list_count == 0 || p->free_bytes > 0, note);
}

static void check_shares(const pool_picture *p, const char *note)
{
    double reserved = (double)p->reserved_bytes;
    CHECK_CASE(isnan(p->efficiency) == (p->reserved_bytes == 0), note);
    CHECK_CASE(isnan(p->fragmentation) == (p->reserved_bytes == 0), note);
    if (p->reserved_bytes) {
        CHECK_CASE(fabs(p->efficiency - (double)p->requested_bytes / reserved) < 1e-6, note);
        CHECK_CASE(p->fragmentation <= (double)p->free_bytes / reserved + 1e-6, note);
    }
}

pool_picture pool_kit_picture(rancog_pool *self, const char *note)
{
    pool_picture p;
    uint8_t *stats = rancog_pool_get_stats(self);
    memset(&p, 0, sizeof p);
    if (CHECK_CASE(result_check(stats, note) == RANCOG_OK, note)) {
        const char *t = result_text(stats);
        p.total_allocated = whole(t, "total_allocated");
        p.requested_bytes = whole(t, "requested_bytes");
        p.peak_usage = whole(t, "peak_usage");
        p.live_blocks = whole(t, "live_blocks");
        p.free_bytes = whole(t, "free_bytes");
        p.overhead_bytes = whole(t, "overhead_bytes");
        p.reserved_bytes = whole(t, "reserved_bytes");
        p.peak_reserved_bytes = whole(t, "peak_reserved_bytes");
        p.budget_bytes = whole(t, "budget_bytes");
        p.retain_bytes = whole(t, "retain_bytes");
        p.pool_count = whole(t, "pool_count");
        p.free_list_count = whole(t, "free_list_count");
        p.thread_caches = whole(t, "thread_caches");
        p.allocations = whole(t, "allocations");
        p.deallocations = whole(t, "deallocations");
        p.refused = whole(t, "refused");
        p.efficiency = share(t, "efficiency");
        p.fragmentation = share(t, "fragmentation");
        check_sums(&p, note);
        check_shares(&p, note);
    }
    rancog_buffer_free(stats);
    return p;
}

/* ---- blocks ---- */

size_t pool_kit_class(size_t size)
{
    size_t step = 16;
    if (size > POOL_SMALL_BYTES_MAX) {
        step = POOL_PAGE_BYTES;
    } else {
        while (size > 32 * step) { /* 16 steps in each doubling: 256..512 by 16, 512..1024 by 32 */
            step *= 2;
        }
    }
    return (size + step - 1) / step * step;
}

static uint8_t byte_at(uint64_t mark, size_t at)
{
    return (uint8_t)(mark >> (8 * (at & 7))) ^ (uint8_t)(at >> 3);
}

/* The next place that is written and compared: all of a small block, the ends and one word a page of a large one. */
static size_t next_place(size_t at, size_t size)
{
    at++;
    if (size > POOL_SMALL_BYTES_MAX && at >= 64 && size - at > 64 && at % POOL_PAGE_BYTES >= 8) {
        size_t page = (at / POOL_PAGE_BYTES + 1) * POOL_PAGE_BYTES;
        at = page < size - 64 ? page : size - 64;
    }
    return at;
}

void pool_kit_mark(const pool_block *block)
{
    size_t at;
    for (at = 0; at < block->size; at = next_place(at, block->size)) {
        block->start[at] = byte_at(block->mark, at);
    }
}

int pool_kit_is_intact(const pool_block *block)
{
    size_t at;
    for (at = 0; at < block->size; at = next_place(at, block->size)) {
        if (block->start[at] != byte_at(block->mark, at)) {
            return 0;
        }
    }
    return 1;
}

pool_block pool_kit_allocate(rancog_pool *self, size_t size, uint64_t mark)
{
    pool_block block;
    block.start = rancog_pool_allocate(self, size);
    block.size = size;
    block.mark = mark * 0x9E3779B97F4A7C15u;
    if (block.start) {
        CHECK_CASE(rancog_last_status() == RANCOG_OK, rancog_last_error_message());
        CHECK((uintptr_t)block.start % 16 == 0);
        pool_kit_mark(&block);
    } else {
        CHECK_CASE(rancog_last_status() == RANCOG_E_LIMIT, rancog_last_error_message());
        CHECK(rancog_last_error_message()[0] != 0);
    }
    return block;
}

void pool_kit_deallocate(rancog_pool *self, pool_block *block)
{
    CHECK(pool_kit_is_intact(block));
    CHECK_CASE(rancog_pool_deallocate(self, block->start, block->size) == RANCOG_OK, rancog_last_error_message());
    CHECK(rancog_last_status() == RANCOG_OK);
    block->start = NULL;
}

size_t pool_kit_random_size(uint64_t *random)
{
    size_t kind = prng_below(random, 1000);
    if (kind < 600) {
        return 1 + prng_below(random, 256);
    }
    if (kind < 940) {
        return 1 + prng_below(random, 4096);
    }
    if (kind < 998) {
        return 1 + prng_below(random, POOL_SMALL_BYTES_MAX);
    }
    return 1 + prng_below(random, 512 * 1024);
}
