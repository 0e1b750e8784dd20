/* The pool on many threads: blocks are handed from thread to thread, nothing is lost, given twice or counted wrongly; threads that
 * come and go leave nothing behind. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "pool_kit.h"
#include "prng.h"
#include "process.h"
#include "rancognition.h"
#include "thread.h"

#define THREADS 4
#define TABLE_BLOCKS 3000
#define MAILBOX_BLOCKS 64
#define ROUNDS 20

static rancog_pool *self;

/* ---- the model ---- */

/* Blocks on their way to a thread that shall free them. */
typedef struct {
    pthread_mutex_t lock;
    size_t count;
    pool_block blocks[MAILBOX_BLOCKS];
} mailbox;

/* What one thread owns and did. */
typedef struct {
    size_t number;
    uint64_t random;
    int narrow; /* only sizes of a few neighbouring classes, which then lend blocks to each other */
    uint64_t operations; /* allocations and deallocations a round */
    pool_block table[TABLE_BLOCKS];
    mailbox inbox;
    uint64_t live, requested; /* wraps: blocks may be freed by another thread than counted them */
    uint64_t allocations, deallocations;
} worker;

static worker workers[THREADS];
static pthread_barrier_t barrier;
static volatile int done; /* guarded by look_lock */
static pthread_mutex_t look_lock = PTHREAD_MUTEX_INITIALIZER;

static void give_back(worker *w, pool_block *block)
{
    w->live--;
    w->requested -= block->size;
    w->deallocations++;
    pool_kit_deallocate(self, block);
}

static void allocate(worker *w, pool_block *block)
{
    size_t size = w->narrow ? 1 + prng_below(&w->random, 200) : pool_kit_random_size(&w->random);
    *block = pool_kit_allocate(self, size, prng_next(&w->random));
    if (block->start) {
        w->live++;
        w->requested += block->size;
        w->allocations++;
    }
}

/* Puts the block into another thread's inbox, when there is room. */
static void hand_over(worker *w, pool_block *block)
{
    mailbox *box = &workers[(w->number + 1 + prng_below(&w->random, THREADS - 1)) % THREADS].inbox;
    pthread_mutex_lock(&box->lock);
    if (box->count < MAILBOX_BLOCKS) {
        box->blocks[box->count++] = *block;
        block->start = NULL;
    }
    pthread_mutex_unlock(&box->lock);
}

static void free_what_came(worker *w)
{
    pool_block came[MAILBOX_BLOCKS];
    size_t n, i;
    pthread_mutex_lock(&w->inbox.lock);
    n = w->inbox.count;
    memcpy(came, w->inbox.blocks, n * sizeof came[0]);
    w->inbox.count = 0;
    pthread_mutex_unlock(&w->inbox.lock);
    for (i = 0; i < n; i++) {
        give_back(w, &came[i]);
    }
}

/* Calls that must be refused, in between. */
static void misuse(worker *w, pool_block *block)
{
    switch (prng_below(&w->random, 4)) {
    case 0: CHECK(rancog_pool_deallocate(self, block->start, block->size + 1) == RANCOG_E_INVALID_ARGUMENT); break;
    case 1: CHECK(rancog_pool_deallocate(self, block->start + 1, block->size) == RANCOG_E_INVALID_ARGUMENT); break;
    case 2: CHECK(rancog_pool_deallocate(self, w, 16) == RANCOG_E_INVALID_ARGUMENT); break;
    default: CHECK(rancog_pool_allocate(self, SIZE_MAX) == NULL && rancog_last_status() == RANCOG_E_LIMIT); break;
    }
}

/* How full the table should be changes from round to round, so that memory goes back and comes again. */
static void work_a_round(worker *w, size_t round)
{
    static const size_t share_full[] = {90, 50, 10, 70, 0};
    size_t full = share_full[round % 5], i;
    w->narrow = round / 5 % 2;
    for (i = 0; w->allocations + w->deallocations < (round + 1) * w->operations; i++) {
        pool_block *block = &w->table[prng_below(&w->random, TABLE_BLOCKS)];
        size_t choice = prng_below(&w->random, 100);
        if (!block->start) {
            if (choice < 5 + full) {
                allocate(w, block);
            }
        } else if (choice < 2) {
            misuse(w, block);
        } else if (choice < 35) {
            hand_over(w, block);
        } else if (choice > full / 2) {
            give_back(w, block);
        }
        if (i % 50 == 0) {
            free_what_came(w);
        }
    }
}

/* Everybody waits: the pool must agree with the sum over the threads, to the byte. */
static void compare_with_the_model(size_t round)
{
    uint64_t live = 0, requested = 0, allocations = 0, deallocations = 0;
    pool_picture p = pool_kit_picture(self, "barrier");
    char note[160];
    size_t i;
    for (i = 0; i < THREADS; i++) {
        live += workers[i].live;
        requested += workers[i].requested;
        allocations += workers[i].allocations;
        deallocations += workers[i].deallocations;
    }
    snprintf(note, sizeof note, "round %lu: live %lu of %lu, requested %lu of %lu", (unsigned long)round, (unsigned long)p.live_blocks, (unsigned long)live,
        (unsigned long)p.requested_bytes, (unsigned long)requested);
    CHECK_CASE(p.live_blocks == live && p.requested_bytes == requested, note);
    CHECK_CASE(p.allocations == allocations && p.deallocations == deallocations, note);
    CHECK_CASE(round == ROUNDS || (p.thread_caches >= THREADS && p.thread_caches <= THREADS + 2), note);
}

static void *work(void *argument)
{
    worker *w = argument;
    size_t round, i;
    for (round = 0; round < ROUNDS; round++) {
        work_a_round(w, round);
        pthread_barrier_wait(&barrier);
        if (w->number == round % THREADS) {
            compare_with_the_model(round);
        }
        pthread_barrier_wait(&barrier);
    }
    for (i = 0; i < TABLE_BLOCKS; i++) {
        if (w->table[i].start && i % 3 == 0) {
            give_back(w, &w->table[i]);
        }
    }
    return NULL; /* with blocks still live, which the first thread frees */
}

static int is_done(void)
{
    int value;
    pthread_mutex_lock(&look_lock);
    value = done;
    pthread_mutex_unlock(&look_lock);
    return value;
}

/* Looks all the time, while the others work: every picture must be consistent in itself. */
static void *look(void *unused)
{
    uint64_t allocations = 0, deallocations = 0;
    size_t looks = 0;
    (void)unused;
    while (!is_done()) {
        pool_picture p = pool_kit_picture(self, "while others work");
        CHECK(p.allocations >= allocations && p.deallocations >= deallocations); /* counts never go back */
        allocations = p.allocations;
        deallocations = p.deallocations;
        looks++;
        usleep(500);
    }
    CHECK(looks > 0);
    return NULL;
}

static void a_million_operations_on_four_threads_agree_with_the_model(void)
{
    pthread_t looker;
    size_t i, k;
    pool_picture p;
    self = pool_kit_create("{\"retain_bytes\":65536}"); /* little, so that memory goes back and comes again all the time */
    done = 0;
    pthread_barrier_init(&barrier, NULL, THREADS);
    memset(workers, 0, sizeof workers);
    for (i = 0; i < THREADS; i++) {
        workers[i].number = i;
        workers[i].random = 1000 + i;
        workers[i].operations = check_scale(1000000, 12000) / THREADS / ROUNDS;
        pthread_mutex_init(&workers[i].inbox.lock, NULL);
    }
    looker = thread_start(look, NULL);
    threads_run(THREADS, work, workers, sizeof workers[0]);
    pthread_mutex_lock(&look_lock);
    done = 1;
    pthread_mutex_unlock(&look_lock);
    pthread_join(looker, NULL);
    compare_with_the_model(ROUNDS);
    for (i = 0; i < THREADS; i++) {
        free_what_came(&workers[i]);
        for (k = 0; k < TABLE_BLOCKS; k++) {
            if (workers[i].table[k].start) {
                give_back(&workers[0], &workers[i].table[k]);
            }
        }
        pthread_mutex_destroy(&workers[i].inbox.lock);
    }
    p = pool_kit_picture(self, "end");
    CHECK(p.live_blocks == 0 && p.requested_bytes == 0 && p.total_allocated == 0);
    pthread_barrier_destroy(&barrier);
    pool_kit_destroy(self);
}

/* ---- threads that come and go ---- */

#define VISIT_BLOCKS 200

typedef struct {
    pool_block blocks[VISIT_BLOCKS];
    uint64_t seed;
} visit;

static void *visit_once(void *argument)
{
    visit *v = argument;
    uint64_t random = v->seed;
    size_t i;
    for (i = 0; i < VISIT_BLOCKS; i++) {
        v->blocks[i] = pool_kit_allocate(self, 1 + prng_below(&random, 2000), i);
        CHECK(v->blocks[i].start != NULL);
    }
    for (i = 0; i < VISIT_BLOCKS; i += 2) {
        pool_kit_deallocate(self, &v->blocks[i]);
    }
    return NULL;
}

/* The caches of ended threads are freed; it may take their thread a moment after it was joined. */
static uint64_t caches_left(uint64_t expected)
{
    uint64_t caches = 0;
    int i;
    for (i = 0; i < 500; i++) {
        caches = pool_kit_picture(self, "caches").thread_caches;
        if (caches <= expected) {
            break;
        }
        usleep(10000);
    }
    return caches;
}

static void threads_that_come_and_go_leave_nothing_behind(void)
{
    static visit visits[THREADS];
    size_t round, rounds = check_scale(600, 12), i, k;
    uint64_t reserved_early = 0;
    unsigned long threads_before = process_status("Threads:");
    self = pool_kit_create("{\"retain_bytes\":1048576}");
    for (round = 0; round < rounds; round++) {
        pthread_t threads[THREADS];
        for (i = 0; i < THREADS; i++) {
            visits[i].seed = round * THREADS + i;
            threads[i] = thread_start(visit_once, &visits[i]);
        }
        threads_join(threads, THREADS);
        for (i = 0; i < THREADS; i++) {
            for (k = 1; k < VISIT_BLOCKS; k += 2) {
                pool_kit_deallocate(self, &visits[i].blocks[k]);
            }
        }
        if (round == rounds / 4) {
            reserved_early = pool_kit_picture(self, "early").peak_reserved_bytes;
        }
    }
    CHECK(caches_left(1) <= 1); /* this thread's */
    CHECK(pool_kit_picture(self, "end").live_blocks == 0);
    CHECK(pool_kit_picture(self, "end").peak_reserved_bytes <= reserved_early * 2);
    CHECK(process_status("Threads:") <= threads_before + 1);
    pool_kit_destroy(self);
}

static void *allocate_one_kind(void *argument)
{
    pool_block *block = argument;
    *block = pool_kit_allocate(self, 64, 5);
    return NULL;
}

/* What one thread freed into its cache is not lost to the others when it ends. */
static void a_full_budget_of_an_ended_thread_serves_the_next(void)
{
    size_t round;
    self = pool_kit_create("{\"budget_bytes\":1048576,\"retain_bytes\":1048576}");
    for (round = 0; round < check_scale(100, 10); round++) {
        static pool_block blocks[20000];
        pool_block one;
        size_t n = 0, i, size = round % 2 ? 64 : 512;
        pthread_t thread = thread_start(allocate_one_kind, &one);
        pthread_join(thread, NULL);
        if (!CHECK(one.start != NULL)) {
            break;
        }
        while (n < 20000 && (blocks[n] = pool_kit_allocate(self, size, n)).start) {
            n++;
        }
        CHECK(n * size > 700000);
        for (i = 0; i < n; i++) {
            pool_kit_deallocate(self, &blocks[i]);
        }
        pool_kit_deallocate(self, &one);
    }
    pool_kit_destroy(self);
}

/* ---- one frees what another allocates ---- */

#define PIPE_BLOCKS 256

static pool_block in_the_pipe[PIPE_BLOCKS];
static size_t pipe_in, pipe_out, pipe_end;
static pthread_mutex_t pipe_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t pipe_moved = PTHREAD_COND_INITIALIZER;

static void *consume(void *unused)
{
    (void)unused;
    for (;;) {
        pool_block block;
        pthread_mutex_lock(&pipe_lock);
        while (pipe_out == pipe_in && pipe_out < pipe_end) {
            pthread_cond_wait(&pipe_moved, &pipe_lock);
        }
        if (pipe_out == pipe_end) {
            pthread_mutex_unlock(&pipe_lock);
            return NULL;
        }
        block = in_the_pipe[pipe_out++ % PIPE_BLOCKS];
        pthread_cond_signal(&pipe_moved);
        pthread_mutex_unlock(&pipe_lock);
        pool_kit_deallocate(self, &block);
    }
}

/* The producer never frees: what the consumer frees must come back to it. */
static void a_producer_and_a_consumer_do_not_grow(void)
{
    pthread_t consumer;
    uint64_t random = 6;
    pool_picture p;
    self = pool_kit_create("{\"budget_bytes\":8388608,\"retain_bytes\":1048576}");
    pipe_in = pipe_out = 0;
    pipe_end = check_scale(300000, 4000);
    consumer = thread_start(consume, NULL);
    while (pipe_in < pipe_end) {
        pool_block block = pool_kit_allocate(self, 16 + prng_below(&random, 1000), pipe_in);
        if (!CHECK(block.start != NULL)) {
            break;
        }
        pthread_mutex_lock(&pipe_lock);
        while (pipe_in - pipe_out == PIPE_BLOCKS) {
            pthread_cond_wait(&pipe_moved, &pipe_lock);
        }
        in_the_pipe[pipe_in++ % PIPE_BLOCKS] = block;
        pthread_cond_signal(&pipe_moved);
        pthread_mutex_unlock(&pipe_lock);
    }
    pthread_mutex_lock(&pipe_lock);
    pipe_end = pipe_in;
    pthread_cond_signal(&pipe_moved);
    pthread_mutex_unlock(&pipe_lock);
    pthread_join(consumer, NULL);
    p = pool_kit_picture(self, "end");
    CHECK(p.live_blocks == 0 && p.allocations == pipe_end);
    CHECK(p.peak_reserved_bytes < 6 << 20); /* some 260 blocks of at most 1016 bytes are live at a time */
    pool_kit_destroy(self);
}

/* ---- a thread that comes to a full pool ---- */

#define FULL_BLOCK_BYTES 64
#define FULL_BLOCKS_MAX 2000

static void *free_all_of_them(void *argument)
{
    pool_block *blocks = argument;
    CHECK(rancog_pool_deallocate(self, blocks[0].start, FULL_BLOCK_BYTES + 1) == RANCOG_E_INVALID_ARGUMENT);
    for (; blocks->start; blocks++) {
        pool_kit_deallocate(self, blocks);
    }
    return NULL;
}

/* It has nothing of the pool yet, and there is nothing left; but who frees needs nothing. */
static void a_new_thread_can_free_in_a_full_pool(void)
{
    static pool_block blocks[FULL_BLOCKS_MAX];
    pthread_t thread;
    pool_picture p;
    size_t n = 0;
    self = pool_kit_create("{\"budget_bytes\":65536}");
    while (n + 1 < FULL_BLOCKS_MAX && (blocks[n] = pool_kit_allocate(self, FULL_BLOCK_BYTES, n)).start) {
        n++;
    }
    CHECK(n > 500 && n + 1 < FULL_BLOCKS_MAX);
    thread = thread_start(free_all_of_them, blocks);
    pthread_join(thread, NULL);
    p = pool_kit_picture(self, "all freed by another");
    CHECK(p.live_blocks == 0 && p.deallocations == n && p.requested_bytes == 0);
    pool_kit_destroy(self);
}

int main(void)
{
    RUN(a_million_operations_on_four_threads_agree_with_the_model);
    RUN(threads_that_come_and_go_leave_nothing_behind);
    RUN(a_full_budget_of_an_ended_thread_serves_the_next);
    RUN(a_producer_and_a_consumer_do_not_grow);
    RUN(a_new_thread_can_free_in_a_full_pool);
    return check_finish();
}
