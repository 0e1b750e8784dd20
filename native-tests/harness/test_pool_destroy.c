/* Pools that are destroyed while threads use them, and threads that use several. */
#include <pthread.h>
#include <unistd.h>

#include "check.h"
#include "pool_kit.h"
#include "prng.h"
#include "rancognition.h"
#include "thread.h"

#define THREADS 4

static rancog_pool *self;

/* ---- destroyed under load ---- */

static void *work_until_it_is_gone(void *argument)
{
    uint64_t random = (uint64_t)(uintptr_t)argument;
    void *blocks[64];
    size_t sizes[64], n = 0;
    for (;;) {
        if (n == 64 || (n > 0 && prng_below(&random, 2) == 0)) {
            int32_t status = rancog_pool_deallocate(self, blocks[n - 1], sizes[n - 1]);
            n--;
            if (status == RANCOG_E_INVALID_HANDLE) {
                return NULL;
            }
            CHECK_CASE(status == RANCOG_OK, rancog_last_error_message());
        } else {
            sizes[n] = pool_kit_random_size(&random);
            blocks[n] = rancog_pool_allocate(self, sizes[n]);
            if (!blocks[n] && rancog_last_status() == RANCOG_E_INVALID_HANDLE) {
                return NULL;
            }
            CHECK_CASE(blocks[n] != NULL, rancog_last_error_message());
            n++;
        }
        if (prng_below(&random, 1000) == 0) {
            uint8_t *stats = rancog_pool_get_stats(self);
            int gone = rancog_last_status() == RANCOG_E_INVALID_HANDLE;
            rancog_buffer_free(stats);
            if (gone) {
                return NULL;
            }
        }
    }
}

static void destroying_it_under_load_is_safe(void)
{
    size_t round, rounds = check_scale(200, 5), i;
    for (round = 0; round < rounds; round++) {
        pthread_t threads[THREADS];
        self = pool_kit_create("");
        for (i = 0; i < THREADS; i++) {
            threads[i] = thread_start(work_until_it_is_gone, (void *)(uintptr_t)(round * THREADS + i + 1));
        }
        usleep(200 + 100 * (round % 40));
        pool_kit_destroy(self);
        threads_join(threads, THREADS);
    }
}

/* A thread that used a pool which is gone may use others, and end. */
static void *use_many_pools(void *argument)
{
    uint64_t random = (uint64_t)(uintptr_t)argument;
    size_t i;
    for (i = 0; i < check_scale(300, 20); i++) {
        rancog_pool *pools[3];
        pool_block blocks[3][20];
        size_t k, b;
        for (k = 0; k < 3; k++) {
            pools[k] = pool_kit_create("{\"budget_bytes\":16777216}");
        }
        for (b = 0; b < 20; b++) {
            for (k = 0; k < 3; k++) {
                blocks[k][b] = pool_kit_allocate(pools[k], 1 + prng_below(&random, 5000), b);
            }
        }
        pool_kit_destroy(pools[i % 3]);
        for (k = 0; k < 3; k++) {
            for (b = 0; b < 20 && k != i % 3; b++) {
                pool_kit_deallocate(pools[k], &blocks[k][b]);
            }
        }
        for (k = 0; k < 3; k++) {
            if (k != i % 3) {
                CHECK(pool_kit_picture(pools[k], "mine").live_blocks == 0);
                pool_kit_destroy(pools[k]);
            }
        }
    }
    return NULL;
}

static void many_pools_on_many_threads_do_not_mix(void)
{
    pthread_t threads[THREADS];
    size_t i;
    for (i = 0; i < THREADS; i++) {
        threads[i] = thread_start(use_many_pools, (void *)(uintptr_t)(i + 77));
    }
    threads_join(threads, THREADS);
}

/* ---- a thread that goes on ---- */

/* What the thread kept of the pool is freed when it asks for its first result; nothing may point there afterwards (valgrind sees a write). */
static void *ask_for_a_result_in_between(void *argument)
{
    rancog_pool *mine = pool_kit_create(""), *next;
    void *block = rancog_pool_allocate(mine, 100);
    (void)argument;
    CHECK(block != NULL);
    pool_kit_destroy(mine);
    rancog_buffer_free(rancog_runtime_info());
    CHECK(rancog_pool_allocate(mine, 100) == NULL && rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_pool_deallocate(mine, block, 100) == RANCOG_E_INVALID_HANDLE);
    next = pool_kit_create("");
    block = rancog_pool_allocate(next, 100);
    CHECK(block != NULL && rancog_pool_deallocate(next, block, 100) == RANCOG_OK);
    pool_kit_destroy(next);
    return NULL;
}

static void a_destroyed_pool_leaves_no_trace_in_a_thread(void)
{
    CHECK(pthread_join(thread_start(ask_for_a_result_in_between, NULL), NULL) == 0);
}

int main(void)
{
    RUN(destroying_it_under_load_is_safe);
    RUN(many_pools_on_many_threads_do_not_mix);
    RUN(a_destroyed_pool_leaves_no_trace_in_a_thread);
    return check_finish();
}
