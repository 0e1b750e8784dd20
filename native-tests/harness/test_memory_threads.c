/* Readers beside a writer: every answer is one of a whole memory, and nothing is left over. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "memory_kit.h"
#include "prng.h"
#include "rancognition.h"
#include "thread.h"

#define READERS 4u
#define BATCH 8u
#define K 5u

typedef struct {
    rancog_memory *memory;
    size_t batches;
    uint64_t kept; /* ids 1..kept are stored whole; written by the writer alone */
    int done;
    uint64_t random;
} shared;

static uint64_t at(uint64_t *number)
{
    return __atomic_load_n(number, __ATOMIC_ACQUIRE);
}

/* Batches of 8 one after the other; of every second one an episode is changed in what no search looks at. */
static void *write_batches(void *argument)
{
    shared *s = argument;
    uint64_t first = 1;
    size_t i;
    for (i = 0; i < s->batches; i++) {
        memory_kit_append(s->memory, first, BATCH, MEMORY_DIMENSION);
        first += BATCH;
        __atomic_store_n(&s->kept, first - 1, __ATOMIC_RELEASE);
        if (i % 2) {
            char update[100];
            snprintf(update, sizeof update, "{\"id\":%llu,\"tags\":[\"seen\"]}", (unsigned long long)first - 3);
            CHECK(memory_kit_call(rancog_memory_update, s->memory, update, NULL) == RANCOG_OK);
        }
    }
    __atomic_store_n(&s->done, 1, __ATOMIC_RELEASE);
    return NULL;
}

/* Every hit is what its id says; all of those that were kept before the call and are near enough are there. */
static void *read_all_the_time(void *argument)
{
    shared *s = argument;
    uint64_t random = __sync_add_and_fetch(&s->random, 77);
    size_t rounds = 0;
    while (!__atomic_load_n(&s->done, __ATOMIC_ACQUIRE) || rounds < 5) {
        float query[MEMORY_DIMENSION], vector[MEMORY_DIMENSION];
        rancog_hit hits[K], expected[K];
        uint64_t before = at(&s->kept);
        size_t n = K, i, e;
        int32_t status;
        memory_kit_vector(prng_next(&random), MEMORY_DIMENSION, query);
        if (before < K) {
            continue;
        }
        status = rancog_memory_search(s->memory, query, MEMORY_DIMENSION, K, NULL, hits, &n);
        if (!CHECK_CASE(status == RANCOG_OK && n == K, rancog_last_error_message())) {
            break;
        }
        e = memory_kit_nearest(MEMORY_L2, query, MEMORY_DIMENSION, before, NULL, NULL, K, expected);
        for (i = 0; i < n; i++) {
            double distance;
            memory_kit_vector(hits[i].id, MEMORY_DIMENSION, vector);
            distance = memory_kit_distance(MEMORY_L2, query, vector, MEMORY_DIMENSION);
            CHECK(memcmp(&distance, &hits[i].distance, sizeof distance) == 0);
            CHECK(i == 0 || hits[i - 1].distance <= hits[i].distance);
            CHECK(i >= e || hits[i].distance <= expected[i].distance); /* more episodes only come nearer */
        }
        if (rounds % 8 == 0) {
            uint64_t episodes = memory_kit_stat(s->memory, "episodes");
            CHECK_CASE(episodes >= before && episodes % BATCH == 0, "a batch is seen whole or not at all");
            CHECK(memory_kit_call(rancog_memory_recall, s->memory, "{\"vector\":[1,2,3,4,5,6,7,8],\"k\":3,\"explain\":true,\"filter\":{\"cell\":\"c1\"}}", NULL) == RANCOG_OK);
            CHECK(memory_kit_call(rancog_memory_analyze, s->memory, "{\"op\":\"skills\",\"min_count\":100000}", NULL) == RANCOG_OK);
        }
        rounds++;
    }
    return NULL;
}

static void four_readers_and_a_writer(rancog_memory *memory, size_t batches)
{
    shared s;
    pthread_t threads[READERS + 1];
    size_t i;
    if (!CHECK_CASE(memory != NULL, rancog_last_error_message())) {
        return;
    }
    memset(&s, 0, sizeof s);
    s.memory = memory;
    s.batches = batches;
    threads_start(threads, READERS, read_all_the_time, &s, 0);
    threads[READERS] = thread_start(write_batches, &s);
    for (i = 0; i <= READERS; i++) {
        pthread_join(threads[i], NULL);
    }
    CHECK(memory_kit_stat(memory, "episodes") == batches * BATCH);
    memory_kit_destroy(memory);
    CHECK(rancog_buffers_outstanding() == 0);
}

static void readers_and_a_writer_in_the_process(void)
{
    four_readers_and_a_writer(memory_kit_create(NULL), check_scale(150, 15));
}

static void readers_and_a_writer_on_a_file(void)
{
    char folder[64], path[100];
    memory_kit_folder(folder);
    snprintf(path, sizeof path, "%s/a.db", folder);
    four_readers_and_a_writer(memory_kit_open(path, ",\"durability\":\"none\""), check_scale(100, 10));
    memory_kit_remove_folder(folder);
}

/* ---- many writers: no id is given twice, nobody's write is lost ---- */
#define WRITERS 6u

static void *append_own(void *argument)
{
    shared *s = argument;
    uint64_t *mine = calloc(s->batches, sizeof *mine);
    size_t i;
    for (i = 0; i < s->batches; i++) {
        float vector[MEMORY_DIMENSION];
        rancog_episode episode = memory_kit_episode(i + 1, vector, MEMORY_DIMENSION);
        episode.id = 0;
        CHECK_CASE(rancog_memory_append(s->memory, &episode, 1, (int32_t)(i % 3), &mine[i]) == RANCOG_OK && mine[i] != 0, rancog_last_error_message());
        CHECK(i == 0 || mine[i] > mine[i - 1]);
        __sync_add_and_fetch(&s->random, mine[i]);
    }
    free(mine);
    return NULL;
}

static void writers_that_arrive_together_lose_nothing(void)
{
    char folder[64], path[100];
    shared s;
    uint64_t all;
    memory_kit_folder(folder);
    snprintf(path, sizeof path, "%s/a.db", folder);
    memset(&s, 0, sizeof s);
    s.memory = memory_kit_open(path, "");
    s.batches = check_scale(40, 8);
    all = s.batches * WRITERS;
    threads_run(WRITERS, append_own, &s, 0);
    CHECK_CASE(s.random == all * (all + 1) / 2, "the ids are 1..n, each once");
    CHECK(memory_kit_stat(s.memory, "episodes") == all);
    memory_kit_destroy(s.memory);
    s.memory = memory_kit_open(path, "");
    CHECK(memory_kit_stat(s.memory, "episodes") == all);
    memory_kit_destroy(s.memory);
    memory_kit_remove_folder(folder);
}

int main(void)
{
    RUN(readers_and_a_writer_in_the_process);
    RUN(readers_and_a_writer_on_a_file);
    RUN(writers_that_arrive_together_lose_nothing);
    return check_finish();
}
