#include "speed.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "sizes.h"

#define LIVE 1000
#define LIVE_MANY 100000
#define ROUNDS_MAX 2001
#define THREADS 2
#define THREAD_PASSES 100
#define RING_BLOCKS 1024
#define RING_STEP 32

/* Times of each allocator, ns an operation, one row or two. */
static double first[PEERS_MAX][ROUNDS_MAX], second[PEERS_MAX][ROUNDS_MAX];

static void *blocks[LIVE_MANY];
static uint32_t sizes[LIVE_MANY], order[LIVE_MANY], which[LIVE_MANY], new_sizes[LIVE_MANY];

static void row(const char *what, double times[PEERS_MAX][ROUNDS_MAX], size_t rounds, size_t count, const char *goal)
{
    double median[PEERS_MAX];
    size_t i;
    printf("  %-46s", what);
    for (i = 0; i < count; i++) {
        bench_sort(times[i], rounds);
        median[i] = bench_quantile(times[i], rounds, 0.5);
        if (i == 0) {
            printf(" %9.2f   ", median[0]);
        } else {
            printf(" %7.2f %5.2f", median[i], median[0] / median[i]);
        }
    }
    printf("   %s\n", goal);
    fflush(stdout);
}

static void make_sizes(uint32_t *to, size_t n, uint32_t fixed, uint64_t *random)
{
    size_t i;
    for (i = 0; i < n; i++) {
        to[i] = fixed ? fixed : size_mixed(random);
    }
}

/* ---- one thread: a thousand are taken, then all are given back ---- */

static void fill_and_empty(const pool_peer **peers, size_t count, size_t rounds, uint32_t fixed, int at_random, const char *what, const char *goals[2])
{
    uint64_t random = 1;
    size_t round, i;
    char title[80];
    make_sizes(sizes, LIVE, fixed, &random);
    for (round = 0; round < rounds + rounds / 10; round++) {
        size_t at = round < rounds / 10 ? 0 : round - rounds / 10; /* the first tenth warms up and is written over */
        if (at_random) {
            order_random(order, LIVE, &random);
        } else {
            order_last_first(order, LIVE);
        }
        for (i = 0; i < count; i++) {
            size_t p = (i + round) % count; /* no allocator is always behind the same other */
            double start = bench_now_ns(), middle;
            peers[p]->allocate(blocks, sizes, LIVE);
            middle = bench_now_ns();
            peers[p]->release(blocks, sizes, order, LIVE);
            second[p][at] = (bench_now_ns() - middle) / LIVE;
            first[p][at] = (middle - start) / LIVE;
        }
    }
    snprintf(title, sizeof title, "%s: allocate", what);
    row(title, first, rounds, count, goals[0]);
    snprintf(title, sizeof title, "%s: free", what);
    row(title, second, rounds, count, goals[1]);
}

/* ---- one thread: a random one of the live is given back and another taken ---- */

static void replace_one(const pool_peer **peers, size_t count, size_t rounds, size_t live, const char *what)
{
    static void *held[PEERS_MAX][LIVE_MANY];
    static uint32_t held_sizes[PEERS_MAX][LIVE_MANY];
    uint64_t random = 2;
    size_t round, i;
    for (i = 0; i < count; i++) {
        uint64_t same = 3;
        make_sizes(held_sizes[i], live, 0, &same);
        peers[i]->allocate(held[i], held_sizes[i], live);
    }
    order_random(order, live, &random);
    for (round = 0; round < rounds + rounds / 10; round++) {
        size_t at = round < rounds / 10 ? 0 : round - rounds / 10, k;
        make_sizes(new_sizes, LIVE, 0, &random);
        for (k = 0; k < LIVE; k++) {
            which[k] = (uint32_t)prng_below(&random, live);
        }
        for (i = 0; i < count; i++) {
            size_t p = (i + round) % count;
            double start = bench_now_ns();
            peers[p]->replace(held[p], held_sizes[p], which, new_sizes, LIVE);
            first[p][at] = (bench_now_ns() - start) / LIVE;
        }
    }
    for (i = 0; i < count; i++) {
        peers[i]->release(held[i], held_sizes[i], order, live);
    }
    row(what, first, rounds, count, "");
}

/* ---- two threads, each with its own blocks ---- */

typedef struct {
    const pool_peer *peer;
    uint64_t random;
    double allocate_ns[THREAD_PASSES], release_ns[THREAD_PASSES]; /* an operation, in each pass */
} thread_share;

static pthread_barrier_t together;

static void *fill_and_empty_beside_another(void *argument)
{
    thread_share *s = argument;
    void *mine[LIVE];
    uint32_t my_sizes[LIVE], my_order[LIVE];
    int pass;
    make_sizes(my_sizes, LIVE, 0, &s->random);
    order_random(my_order, LIVE, &s->random);
    s->peer->allocate(mine, my_sizes, LIVE);
    s->peer->release(mine, my_sizes, my_order, LIVE);
    pthread_barrier_wait(&together);
    for (pass = 0; pass < THREAD_PASSES; pass++) {
        double start = bench_now_ns(), middle;
        s->peer->allocate(mine, my_sizes, LIVE);
        middle = bench_now_ns();
        s->peer->release(mine, my_sizes, my_order, LIVE);
        s->release_ns[pass] = (bench_now_ns() - middle) / LIVE;
        s->allocate_ns[pass] = (middle - start) / LIVE;
    }
    bench_sort(s->allocate_ns, THREAD_PASSES);
    bench_sort(s->release_ns, THREAD_PASSES);
    return NULL;
}

static void begin(pthread_t *thread, void *(*function)(void *), void *argument)
{
    if (pthread_create(thread, NULL, function, argument) != 0) {
        abort();
    }
}

static void two_threads(const pool_peer **peers, size_t count, size_t rounds)
{
    size_t round, i, t;
    pthread_barrier_init(&together, NULL, THREADS);
    for (round = 0; round < rounds; round++) {
        for (i = 0; i < count; i++) {
            thread_share shares[THREADS];
            pthread_t threads[THREADS];
            first[i][round] = second[i][round] = 0;
            for (t = 0; t < THREADS; t++) {
                shares[t].peer = peers[i];
                shares[t].random = 10 + t;
                begin(&threads[t], fill_and_empty_beside_another, &shares[t]);
            }
            for (t = 0; t < THREADS; t++) {
                pthread_join(threads[t], NULL);
                first[i][round] += bench_quantile(shares[t].allocate_ns, THREAD_PASSES, 0.5) / THREADS;
                second[i][round] += bench_quantile(shares[t].release_ns, THREAD_PASSES, 0.5) / THREADS;
            }
        }
    }
    pthread_barrier_destroy(&together);
    row("2 threads, mixed, random order: allocate", first, rounds, count, "");
    row("2 threads, mixed, random order: free", second, rounds, count, "");
}

/* ---- one thread takes, another gives back ---- */

typedef struct {
    const pool_peer *peer;
    size_t n;
    void *ring[RING_BLOCKS];
    uint32_t ring_sizes[RING_BLOCKS];
    size_t written, read; /* atomic; moved RING_STEP at a time */
} ring;

static void *give_back(void *argument)
{
    ring *r = argument;
    size_t at, k;
    for (at = 0; at < r->n; at += RING_STEP) {
        while (__atomic_load_n(&r->written, __ATOMIC_ACQUIRE) == at) {
            sched_yield();
        }
        for (k = at; k < at + RING_STEP; k++) {
            r->peer->release_one(r->ring[k % RING_BLOCKS], r->ring_sizes[k % RING_BLOCKS]);
        }
        __atomic_store_n(&r->read, at + RING_STEP, __ATOMIC_RELEASE);
    }
    return NULL;
}

static double hand_over_ns(const pool_peer *peer, size_t n)
{
    static ring r;
    pthread_t thread;
    double start;
    size_t at, k;
    r.peer = peer;
    r.n = n;
    r.written = r.read = 0;
    start = bench_now_ns();
    begin(&thread, give_back, &r);
    for (at = 0; at < n; at += RING_STEP) {
        while (at - __atomic_load_n(&r.read, __ATOMIC_ACQUIRE) == RING_BLOCKS) {
            sched_yield();
        }
        for (k = at; k < at + RING_STEP; k++) {
            r.ring_sizes[k % RING_BLOCKS] = sizes[k % LIVE_MANY];
            r.ring[k % RING_BLOCKS] = peer->allocate_one(sizes[k % LIVE_MANY]);
        }
        __atomic_store_n(&r.written, at + RING_STEP, __ATOMIC_RELEASE);
    }
    pthread_join(thread, NULL);
    return (bench_now_ns() - start) / (double)n;
}

static void across_threads(const pool_peer **peers, size_t count, size_t rounds)
{
    const size_t n = RING_STEP * 6250; /* 200,000 */
    uint64_t random = 4;
    size_t round, i;
    make_sizes(sizes, LIVE_MANY, 0, &random);
    for (round = 0; round < rounds; round++) {
        for (i = 0; i < count; i++) {
            first[i][round] = hand_over_ns(peers[i], n);
        }
    }
    row("one thread allocates, another frees, mixed", first, rounds, count, "");
}

void speed_table(const pool_peer **peers, size_t count, int quick)
{
    static const char *goals[2] = {"<= 9", "<= 7"};
    size_t rounds = quick ? 201 : ROUNDS_MAX, few = quick ? 7 : 31, i;
    printf("Speed: ns an operation, median of interleaved rounds; behind each other allocator: ours / it\n");
    printf("  %-46s", "");
    for (i = 0; i < count; i++) {
        printf(i == 0 ? " %9s   " : " %7s      ", peers[i]->name);
    }
    printf("   goal\n");
    fill_and_empty(peers, count, rounds, 64, 0, "64 B, 1k live, last first", goals);
    fill_and_empty(peers, count, rounds, 64, 1, "64 B, 1k live, random order", goals);
    fill_and_empty(peers, count, rounds, 0, 0, "mixed 16..4096 B, 1k live, last first", goals);
    fill_and_empty(peers, count, rounds, 0, 1, "mixed 16..4096 B, 1k live, random order", goals);
    replace_one(peers, count, rounds, LIVE, "mixed, free one and allocate one at 1k live");
    replace_one(peers, count, rounds, LIVE_MANY, "mixed, free one and allocate one at 100k live");
    two_threads(peers, count, few);
    across_threads(peers, count, few);
}
