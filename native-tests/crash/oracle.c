/* The file looked at from outside its writer. */
#include "crash.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "memory_kit.h"
#include "prng.h"

pid_t crash_start(const char *program, const char *path, const char *durability, size_t threads, uint64_t seed, const char *state_file, const crash_state *state, const uint8_t *in_doubt,
                  size_t operations, int *from)
{
    char numbers[4][24];
    int ends[2];
    uint64_t id;
    FILE *out = fopen(state_file, "wb");
    pid_t child;
    for (id = 1; out && id < state->next_id; id++) {
        uint64_t pair[2];
        pair[0] = id;
        pair[1] = state->version[id];
        if (pair[1] != 0 && !in_doubt[id] && fwrite(pair, sizeof pair, 1, out) != 1) {
            return -1;
        }
    }
    if (!out || fclose(out) != 0 || pipe(ends) != 0) {
        return -1;
    }
    snprintf(numbers[0], sizeof numbers[0], "%u", (unsigned)threads);
    snprintf(numbers[1], sizeof numbers[1], "%llu", (unsigned long long)state->next_id);
    snprintf(numbers[2], sizeof numbers[2], "%llu", (unsigned long long)seed);
    snprintf(numbers[3], sizeof numbers[3], "%u", (unsigned)operations);
    child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        alarm(120); /* it does not outlive a parent that is gone */
        execl(program, program, "writer", path, durability, numbers[0], numbers[1], numbers[2], state_file, numbers[3], (char *)NULL);
        _exit(7);
    }
    close(ends[1]);
    *from = ends[0];
    return child;
}

/* Takes id and version of each episode from the text of a recall. */
static int read_versions(const char *json, crash_state *found, uint64_t *count, char *fault)
{
    const char *at = json;
    *count = 0;
    while ((at = strstr(at, "\"episode\":{\"id\":")) != NULL) {
        uint64_t id = strtoull(at + 16, NULL, 10);
        const char *version = strstr(at, "\"metadata\":{\"v\":"), *next = strstr(at + 1, "\"episode\":{\"id\":");
        if (id == 0 || id >= CRASH_IDS_MAX || found->version[id] != 0 || !version || (next && version > next)) {
            snprintf(fault, 300, "episode %llu has no version, or is there twice", (unsigned long long)id);
            return 0;
        }
        found->version[id] = (uint32_t)strtoul(version + 16, NULL, 10);
        ++*count;
        at++;
    }
    return 1;
}

int crash_read_all(rancog_memory *memory, crash_state *found, char *fault)
{
    static const float query[MEMORY_DIMENSION] = {1, -2, 3, -4, 5, -6, 7, -8};
    uint64_t episodes = memory_kit_stat(memory, "episodes"), count = 0;
    char json[200];
    uint8_t *result;
    rancog_hit *hits;
    size_t n = (size_t)episodes, i;
    int good;
    memset(found, 0, sizeof *found);
    if (episodes == 0) {
        return 1;
    }
    snprintf(json, sizeof json, "{\"vector\":[1,-2,3,-4,5,-6,7,-8],\"k\":%u}", (unsigned)episodes);
    result = rancog_memory_recall(memory, (const uint8_t *)json, strlen(json));
    if (rancog_last_status() != RANCOG_OK) {
        snprintf(fault, 300, "recall of %u: %s", (unsigned)episodes, rancog_last_error_message());
        rancog_buffer_free(result);
        return 0;
    }
    good = read_versions((const char *)result + 4, found, &count, fault);
    rancog_buffer_free(result);
    if (!good || count != episodes) {
        if (good) {
            snprintf(fault, 300, "%u episodes recalled of %u", (unsigned)count, (unsigned)episodes);
        }
        return 0;
    }
    hits = malloc(n * sizeof *hits);
    if (rancog_memory_search(memory, query, MEMORY_DIMENSION, n, NULL, hits, &n) != RANCOG_OK || n != episodes) {
        snprintf(fault, 300, "search of %u: %u, %s", (unsigned)episodes, (unsigned)n, rancog_last_error_message());
        good = 0;
    }
    for (i = 0; good && i < n; i++) {
        float vector[MEMORY_DIMENSION];
        double distance;
        uint32_t version = hits[i].id < CRASH_IDS_MAX ? found->version[hits[i].id] : 0;
        crash_vector(hits[i].id, version, vector);
        distance = memory_kit_distance(MEMORY_L2, query, vector, MEMORY_DIMENSION);
        if (version == 0 || memcmp(&distance, &hits[i].distance, sizeof distance) != 0 || hits[i].reward != crash_reward(hits[i].id, version) || hits[i].time_ns != MEMORY_TIME_NS + hits[i].id) {
            snprintf(fault, 300, "episode %llu is not what its version %u was: distance %.17g instead of %.17g, reward %g", (unsigned long long)hits[i].id, (unsigned)version, hits[i].distance, distance, hits[i].reward);
            good = 0;
        }
    }
    free(hits);
    return good;
}

static int by_distance(const void *a, const void *b)
{
    const rancog_hit *left = a, *right = b;
    if (left->distance != right->distance) {
        return left->distance < right->distance ? -1 : 1;
    }
    return left->id < right->id ? -1 : left->id > right->id;
}

int crash_recalls_are_exact(rancog_memory *memory, const crash_state *there, uint64_t *random, char *fault)
{
    enum { K = 10 };
    rancog_hit *all = malloc(CRASH_IDS_MAX * sizeof *all), hits[K];
    size_t round, i, count = 0;
    uint64_t id;
    for (id = 1; id < CRASH_IDS_MAX; id++) {
        count += there->version[id] != 0;
    }
    for (round = 0; round < 4 && count >= K; round++) {
        float query[MEMORY_DIMENSION], vector[MEMORY_DIMENSION];
        rancog_filter filter;
        size_t n = K, all_count = 0;
        memset(&filter, 0, sizeof filter);
        filter.struct_size = sizeof filter;
        if (round % 2) {
            filter.cell = (uint8_t *)(uintptr_t)memory_kit_cell(round);
            filter.cell_length = 2;
        }
        memory_kit_vector(prng_next(random), MEMORY_DIMENSION, query);
        for (id = 1; id < CRASH_IDS_MAX; id++) {
            uint32_t version = there->version[id];
            if (version != 0 && (round % 2 == 0 || strcmp(crash_cell(id, version), memory_kit_cell(round)) == 0)) {
                crash_vector(id, version, vector);
                all[all_count].id = id;
                all[all_count++].distance = memory_kit_distance(MEMORY_L2, query, vector, MEMORY_DIMENSION);
            }
        }
        qsort(all, all_count, sizeof *all, by_distance);
        if (rancog_memory_search(memory, query, MEMORY_DIMENSION, K, &filter, hits, &n) != RANCOG_OK || n != (all_count < K ? all_count : K)) {
            snprintf(fault, 300, "search: %s", rancog_last_error_message());
            free(all);
            return 0;
        }
        for (i = 0; i < n; i++) {
            if (hits[i].id != all[i].id || memcmp(&hits[i].distance, &all[i].distance, sizeof hits[i].distance) != 0) {
                snprintf(fault, 300, "hit %u is episode %llu, brute force finds %llu", (unsigned)i, (unsigned long long)hits[i].id, (unsigned long long)all[i].id);
                free(all);
                return 0;
            }
        }
    }
    free(all);
    return 1;
}
