/* In a process that locks its memory, as those do that must never wait for a page, what the library reserves must not come to lie in memory. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "check.h"
#include "pool_kit.h"
#include "process.h"
#include "rancognition.h"

#define SKIPPED 77
#define BUDGET "{\"budget_bytes\":16777216,\"retain_bytes\":0}"
#define KIB_FOR_A_POOL (24 * 1024ul) /* its budget, and what the library's own heap comes to take */
#define BLOCK_BYTES 30000
#define BLOCKS 500

static unsigned long resident_kib(void)
{
    return process_status("VmRSS:");
}

static void check_growth(unsigned long before, unsigned long most_kib, const char *what)
{
    char note[120];
    unsigned long now = resident_kib();
    snprintf(note, sizeof note, "%s: %lu KiB resident, %lu before", what, now, before);
    CHECK_CASE(now <= before + most_kib, note);
}

static void use(const char *what)
{
    static void *blocks[BLOCKS];
    unsigned long before = resident_kib();
    rancog_pool *self = pool_kit_create(BUDGET);
    size_t n = 0;
    check_growth(before, KIB_FOR_A_POOL / 2, what);
    while (n < BLOCKS && (blocks[n] = rancog_pool_allocate(self, BLOCK_BYTES)) != NULL) {
        memset(blocks[n++], 1, BLOCK_BYTES);
    }
    CHECK(n == BLOCKS);
    check_growth(before, KIB_FOR_A_POOL, what);
    while (n > 0) {
        CHECK(rancog_pool_deallocate(self, blocks[--n], BLOCK_BYTES) == RANCOG_OK);
    }
    check_growth(before, KIB_FOR_A_POOL / 2, what);
    pool_kit_destroy(self);
}

static void a_pool_takes_no_more_than_its_budget(void)
{
    use("locked before");
}

static void nor_when_memory_is_locked_later(void)
{
    unsigned long before;
    rancog_pool *self;
    CHECK(munlockall() == 0);
    self = pool_kit_create(BUDGET);
    CHECK(rancog_pool_allocate(self, 100) != NULL);
    before = resident_kib();
    CHECK(mlockall(MCL_CURRENT) == 0);
    check_growth(before, KIB_FOR_A_POOL / 2, "locked later");
    pool_kit_destroy(self);
}

int main(void)
{
    rancog_version_string(); /* the runtime starts; its own heap is as it is */
    if (mlockall(MCL_CURRENT | MCL_FUTURE) != 0) {
        puts("SKIPPED: this user may not lock memory");
        return SKIPPED;
    }
    RUN(a_pool_takes_no_more_than_its_budget);
    RUN(nor_when_memory_is_locked_later);
    return check_finish();
}
