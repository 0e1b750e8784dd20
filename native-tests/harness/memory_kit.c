#include "memory_kit.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "prng.h"
#include "result.h"
#include "scheduler_kit.h"

#define BATCH 512

const char *const memory_metric_names[3] = {"l2", "cosine", "inner_product"};

rancog_memory *memory_kit_create(const char *options)
{
    rancog_memory *self = rancog_memory_create((const uint8_t *)options, options ? strlen(options) : 0, NULL);
    CHECK_CASE(self != NULL && rancog_last_status() == RANCOG_OK, rancog_last_error_message());
    return self;
}

rancog_memory *memory_kit_open(const char *path, const char *more)
{
    char options[400];
    int length = snprintf(options, sizeof options, "{\"path\":\"%s\"%s}", path, more);
    return rancog_memory_create((const uint8_t *)options, (size_t)length, NULL);
}

void memory_kit_destroy(rancog_memory *self)
{
    rancog_memory_destroy(self);
    CHECK_CASE(rancog_last_status() == RANCOG_OK, rancog_last_error_message());
}

int32_t memory_kit_call(memory_call call, rancog_memory *self, const char *json, char **text)
{
    return result_take(call(self, (const uint8_t *)json, strlen(json)), json, text);
}

uint64_t memory_kit_stat(rancog_memory *self, const char *name)
{
    uint8_t *stats = rancog_memory_get_stats(self);
    uint64_t number = KIT_NO_TIME;
    if (result_check(stats, name) == RANCOG_OK) {
        number = kit_number(result_text(stats), name);
    }
    rancog_buffer_free(stats);
    return number;
}

void memory_kit_vector(uint64_t id, size_t dimension, float *vector)
{
    uint64_t random = id * 77 + 5;
    size_t i;
    for (i = 0; i < dimension; i++) {
        vector[i] = (float)(prng_unit(&random) * 20 - 10);
    }
}

const char *memory_kit_cell(uint64_t id)
{
    static const char *const cells[] = {"c0", "c1", "c2", "c3", "c4"};
    return cells[id % 5];
}

double memory_kit_reward(uint64_t id)
{
    return id % 7 == 0 ? NAN : (double)(id * 37 % 100) / 100;
}

int32_t memory_kit_success(uint64_t id)
{
    return (int32_t)(id % 3) - 1;
}

rancog_episode memory_kit_episode(uint64_t id, float *vector, size_t dimension)
{
    rancog_episode episode;
    memset(&episode, 0, sizeof episode);
    memory_kit_vector(id, dimension, vector);
    episode.struct_size = sizeof episode;
    episode.id = id;
    episode.time_ns = MEMORY_TIME_NS + id;
    episode.cell = (uint8_t *)(uintptr_t)memory_kit_cell(id);
    episode.cell_length = 2;
    episode.vector = vector;
    episode.dimension = dimension;
    episode.reward = memory_kit_reward(id);
    episode.success = memory_kit_success(id);
    return episode;
}

void memory_kit_append(rancog_memory *self, uint64_t first, size_t count, size_t dimension)
{
    rancog_episode *episodes = malloc(BATCH * sizeof *episodes);
    float *vectors = malloc(BATCH * dimension * sizeof *vectors);
    uint64_t ids[BATCH];
    size_t done = 0, i;
    while (done < count) {
        size_t n = count - done < BATCH ? count - done : BATCH;
        for (i = 0; i < n; i++) {
            episodes[i] = memory_kit_episode(first + done + i, vectors + i * dimension, dimension);
        }
        if (!CHECK_CASE(rancog_memory_append(self, episodes, n, -1, ids) == RANCOG_OK, rancog_last_error_message())) {
            break;
        }
        for (i = 0; i < n; i++) {
            CHECK(ids[i] == first + done + i);
        }
        done += n;
    }
    free(episodes);
    free(vectors);
}

static double dot(const float *a, const float *b, size_t dimension)
{
    double sum = 0;
    size_t i;
    for (i = 0; i < dimension; i++) {
        sum += (double)a[i] * b[i];
    }
    return sum;
}

double memory_kit_distance(memory_metric metric, const float *query, const float *vector, size_t dimension)
{
    double sum = 0, norms;
    size_t i;
    switch (metric) {
    case MEMORY_L2:
        for (i = 0; i < dimension; i++) {
            double difference = (double)query[i] - vector[i];
            sum += difference * difference;
        }
        return sqrt(sum);
    case MEMORY_INNER_PRODUCT:
        return 0 - dot(query, vector, dimension);
    default:
        norms = sqrt(dot(query, query, dimension)) * sqrt(dot(vector, vector, dimension));
        sum = norms == 0 ? 1 : 1 - dot(query, vector, dimension) / norms;
        return sum < 0 ? 0 : sum > 2 ? 2 : sum;
    }
}

static int by_distance(const void *a, const void *b)
{
    const rancog_hit *left = a, *right = b;
    if (left->distance != right->distance) {
        return left->distance < right->distance ? -1 : 1;
    }
    return left->id < right->id ? -1 : left->id > right->id;
}

size_t memory_kit_nearest(memory_metric metric, const float *query, size_t dimension, uint64_t count, memory_test passes, const void *state, size_t k, rancog_hit *hits)
{
    rancog_hit *all = malloc((size_t)(count + 1) * sizeof *all);
    float *vector = malloc(dimension * sizeof *vector);
    size_t n = 0;
    uint64_t id;
    for (id = 1; id <= count; id++) {
        if (passes == NULL || passes(id, state)) {
            memory_kit_vector(id, dimension, vector);
            all[n].id = id;
            all[n].time_ns = MEMORY_TIME_NS + id;
            all[n].reward = memory_kit_reward(id);
            all[n].distance = memory_kit_distance(metric, query, vector, dimension);
            n++;
        }
    }
    qsort(all, n, sizeof *all, by_distance);
    if (n > k) {
        n = k;
    }
    memcpy(hits, all, n * sizeof *hits);
    free(all);
    free(vector);
    return n;
}

void memory_kit_folder(char folder[64])
{
    strcpy(folder, "/tmp/rancog-memory-XXXXXX");
    if (!CHECK(mkdtemp(folder) != NULL)) {
        abort();
    }
}

void memory_kit_quick_folder(char folder[64])
{
    strcpy(folder, "/dev/shm/rancog-memory-XXXXXX");
    if (mkdtemp(folder) == NULL) {
        memory_kit_folder(folder);
    }
}

void memory_kit_remove_folder(const char *folder)
{
    char path[400];
    struct dirent *entry;
    DIR *list = opendir(folder);
    while (list && (entry = readdir(list)) != NULL) {
        if (entry->d_name[0] != '.') {
            snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
            unlink(path);
        }
    }
    if (list) {
        closedir(list);
    }
    CHECK_CASE(rmdir(folder) == 0, folder);
}

uint8_t *memory_kit_read(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes;
    *length = SIZE_MAX;
    if (!file) {
        return NULL;
    }
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    bytes = malloc(*length + 1);
    if (fread(bytes, 1, *length, file) != *length) {
        *length = SIZE_MAX;
    }
    fclose(file);
    return bytes;
}

int memory_kit_write(const char *path, const void *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    int written = file && fwrite(bytes, 1, length, file) == length;
    return file && fclose(file) == 0 && written;
}
