/* Threads that store, update, remove and append as fast as they can, and tell each step through standard output. */
#include "crash.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "memory_kit.h"
#include "prng.h"
#include "text.h"

#define BATCH_MAX 40u

typedef struct {
    rancog_memory *memory;
    uint32_t number;
    uint64_t random;
    size_t operations;
    uint64_t *ids; /* its own live episodes */
    uint32_t *versions;
    size_t count, room;
} worker;

static uint64_t next_id, last_id;

void crash_vector(uint64_t id, uint32_t version, float *vector)
{
    memory_kit_vector(id + version * (uint64_t)1000003, MEMORY_DIMENSION, vector);
}

const char *crash_cell(uint64_t id, uint32_t version)
{
    return memory_kit_cell(id + version);
}

double crash_reward(uint64_t id, uint32_t version)
{
    return (double)((id * 37 + version * 11) % 1000) / 100;
}

rancog_memory *crash_open(const char *path, const char *durability)
{
    char more[100];
    snprintf(more, sizeof more, ",\"dimension\":%u,\"durability\":\"%s\"", MEMORY_DIMENSION, durability);
    return memory_kit_open(path, more);
}

static void tell(const worker *w, uint32_t phase, crash_kind kind, uint64_t first, uint64_t count, uint32_t version)
{
    crash_record record;
    memset(&record, 0, sizeof record);
    record.phase = phase;
    record.kind = kind;
    record.thread = w->number;
    record.version = version;
    record.first = first;
    record.count = count;
    if (write(STDOUT_FILENO, &record, sizeof record) != (ssize_t)sizeof record) {
        _exit(4);
    }
}

static void must(int ok, const char *what)
{
    if (!ok) {
        fprintf(stderr, "writer: %s: %d %s\n", what, (int)rancog_last_status(), rancog_last_error_message());
        _exit(3);
    }
}

static void own(worker *w, uint64_t id, uint32_t version)
{
    if (w->count == w->room) {
        w->room = w->room * 2 + 64;
        w->ids = realloc(w->ids, w->room * sizeof *w->ids);
        w->versions = realloc(w->versions, w->room * sizeof *w->versions);
    }
    w->ids[w->count] = id;
    w->versions[w->count++] = version;
}

static void add_members(text *json, uint64_t id, uint32_t version)
{
    float vector[MEMORY_DIMENSION];
    size_t i;
    crash_vector(id, version, vector);
    text_add(json, "{\"id\":%llu,\"cell\":\"%s\",\"reward\":%.17g,\"metadata\":{\"v\":%u},\"text\":\"word%u of %u\",\"vector\":[", (unsigned long long)id, crash_cell(id, version),
             crash_reward(id, version), (unsigned)version, (unsigned)(id % 50), (unsigned)version);
    for (i = 0; i < MEMORY_DIMENSION; i++) {
        text_add(json, "%s%.9g", i ? "," : "", vector[i]);
    }
}

static void store(worker *w, uint64_t first, size_t count)
{
    text json = {NULL, 0, 0};
    size_t i;
    text_add(&json, count == 1 ? "" : "[");
    for (i = 0; i < count; i++) {
        text_add(&json, i ? "," : "");
        add_members(&json, first + i, 1);
        text_add(&json, "],\"time_ns\":%llu}", (unsigned long long)(MEMORY_TIME_NS + first + i));
    }
    text_add(&json, count == 1 ? "" : "]");
    tell(w, CRASH_BEGUN, CRASH_STORE, first, count, 1);
    rancog_buffer_free(rancog_memory_store(w->memory, text_u8(&json), json.length));
    must(rancog_last_status() == RANCOG_OK, "store");
    tell(w, CRASH_ACKNOWLEDGED, CRASH_STORE, first, count, 1);
    text_free(&json);
}

static void append(worker *w, uint64_t first, size_t count)
{
    static char document[] = "{\"metadata\":{\"v\":1},\"text\":\"appended\"}";
    rancog_episode episodes[BATCH_MAX];
    float vectors[BATCH_MAX][MEMORY_DIMENSION];
    uint64_t ids[BATCH_MAX];
    size_t i;
    for (i = 0; i < count; i++) {
        episodes[i] = memory_kit_episode(first + i, vectors[i], MEMORY_DIMENSION);
        crash_vector(first + i, 1, vectors[i]);
        episodes[i].cell = (uint8_t *)(uintptr_t)crash_cell(first + i, 1);
        episodes[i].reward = crash_reward(first + i, 1);
        episodes[i].document = (uint8_t *)document;
        episodes[i].document_length = sizeof document - 1;
    }
    tell(w, CRASH_BEGUN, CRASH_STORE, first, count, 1);
    must(rancog_memory_append(w->memory, episodes, count, -1, ids) == RANCOG_OK, "append");
    tell(w, CRASH_ACKNOWLEDGED, CRASH_STORE, first, count, 1);
}

static void update(worker *w, size_t place)
{
    text json = {NULL, 0, 0};
    uint64_t id = w->ids[place];
    uint32_t version = ++w->versions[place];
    add_members(&json, id, version);
    text_add(&json, "]}");
    tell(w, CRASH_BEGUN, CRASH_UPDATE, id, 1, version);
    rancog_buffer_free(rancog_memory_update(w->memory, text_u8(&json), json.length));
    must(rancog_last_status() == RANCOG_OK, "update");
    tell(w, CRASH_ACKNOWLEDGED, CRASH_UPDATE, id, 1, version);
    text_free(&json);
}

static void take_away(worker *w, size_t place)
{
    uint64_t id = w->ids[place];
    tell(w, CRASH_BEGUN, CRASH_REMOVE, id, 1, 0);
    must(rancog_memory_remove(w->memory, id) == RANCOG_OK, "remove");
    tell(w, CRASH_ACKNOWLEDGED, CRASH_REMOVE, id, 1, 0);
    w->ids[place] = w->ids[--w->count];
    w->versions[place] = w->versions[w->count];
}

static void *work(void *argument)
{
    worker *w = argument;
    size_t done;
    for (done = 0; w->operations == 0 || done < w->operations; done++) {
        size_t dice = prng_below(&w->random, 100), count = dice < 40 ? 1 : dice < 50 ? 3 : 1 + prng_below(&w->random, BATCH_MAX), i;
        uint64_t first = 0;
        if (dice < 70 || w->count == 0) {
            first = __sync_fetch_and_add(&next_id, count);
        }
        if (first != 0 && first + count < last_id) {
            dice < 50 ? store(w, first, count) : append(w, first, count);
            for (i = 0; i < count; i++) {
                own(w, first + i, 1);
            }
        } else if (w->count == 0) {
            break;
        } else if (dice < 87) {
            update(w, prng_below(&w->random, w->count));
        } else if (dice < 98 || w->operations != 0) { /* who counts operations wants all of them in the log */
            take_away(w, prng_below(&w->random, w->count));
        } else {
            must(rancog_memory_flush(w->memory) == RANCOG_OK, "flush");
        }
    }
    pause(); /* until it is killed */
    return NULL;
}

int crash_write(const char *path, const char *durability, size_t threads, uint64_t first_id, uint64_t seed, const char *state_file, size_t operations)
{
    rancog_memory *memory = crash_open(path, durability);
    worker *workers = calloc(threads, sizeof *workers);
    pthread_t *started = calloc(threads, sizeof *started);
    FILE *in = fopen(state_file, "rb");
    uint64_t pair[2];
    size_t i = 0;
    must(memory != NULL, "create");
    next_id = first_id;
    last_id = first_id + CRASH_NEW_IDS_MAX;
    while (in && fread(pair, sizeof pair, 1, in) == 1) {
        own(&workers[i++ % threads], pair[0], (uint32_t)pair[1]);
    }
    if (in) {
        fclose(in);
    }
    for (i = 0; i < threads; i++) {
        workers[i].memory = memory;
        workers[i].number = (uint32_t)i;
        workers[i].random = seed * 1000 + i;
        workers[i].operations = operations;
        if (pthread_create(&started[i], NULL, work, &workers[i]) != 0) {
            return 5;
        }
    }
    for (i = 0; i < threads; i++) {
        pthread_join(started[i], NULL);
    }
    return 6;
}
