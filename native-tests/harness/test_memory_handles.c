/* Handles of memories: NULL, stale, of another kind, a module's, destroyed twice and under use; callbacks that call back. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "handle_kit.h"
#include "hosts.h"
#include "memory_kit.h"
#include "rancognition.h"
#include "result.h"
#include "scheduler_kit.h"

static const float numbers[MEMORY_DIMENSION] = {1, 2, 3, 4, 5, 6, 7, 8};

static void refused_everywhere(void *handle, const char *note)
{
    rancog_memory *self = handle;
    float vector[MEMORY_DIMENSION];
    rancog_episode episode = memory_kit_episode(1, vector, MEMORY_DIMENSION);
    rancog_hit hit = {7, 7, 7, 7};
    uint64_t id = 7;
    size_t n = 1;
    CHECK_CASE(memory_kit_call(rancog_memory_store, self, "{\"vector\":[1]}", NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(memory_kit_call(rancog_memory_recall, self, "{\"vector\":[1]}", NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(memory_kit_call(rancog_memory_update, self, "{\"id\":1}", NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(memory_kit_call(rancog_memory_analyze, self, "{\"op\":\"skills\"}", NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_memory_store(self, NULL, 0), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_memory_get_stats(self), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_memory_remove(self, 1) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_memory_flush(self) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_memory_append(self, &episode, 1, -1, &id) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_memory_append(self, NULL, 0, 99, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_memory_search(self, numbers, MEMORY_DIMENSION, 1, NULL, &hit, &n) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_memory_search(self, NULL, 0, 0, NULL, NULL, NULL) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(id == 7 && n == 1 && hit.id == 7, note);
}

static void is_new(void *self) { CHECK(memory_kit_stat(self, "episodes") == 0); }

static const handle_subject subject = {HANDLE_MEMORY, refused_everywhere, is_new};

static void the_memory_of_a_module_belongs_to_its_loader(void)
{
    rancog_loader *loader = rancog_loader_create(NULL, 0, NULL);
    rancog_module *module = rancog_loader_load_module(loader, (const uint8_t *)"memory", 6, (const uint8_t *)"{\"dimension\":8}", 15);
    rancog_memory *memory = rancog_module_get_memory(module);
    CHECK(memory != NULL && rancog_module_get_memory(module) == memory);
    CHECK(rancog_module_get_temporal(module) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    memory_kit_append(memory, 1, 5, MEMORY_DIMENSION);
    rancog_memory_destroy(memory);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
    CHECK(memory_kit_stat(memory, "episodes") == 5);
    CHECK(rancog_loader_unload_module(loader, (const uint8_t *)"memory", 6) == RANCOG_OK);
    refused_everywhere(memory, "unloaded");
    rancog_loader_destroy(loader);
}

#define TASK "\"MemoryOperation\""

/* The module's memory is the one that a scheduler of the same loader works on. */
static void memory_operations_of_a_scheduler_reach_the_module(void)
{
    rancog_loader *loader = rancog_loader_create(NULL, 0, NULL);
    rancog_module *module = rancog_loader_load_module(loader, (const uint8_t *)"memory", 6, NULL, 0);
    rancog_memory *memory = rancog_module_get_memory(module);
    rancog_scheduler *scheduler = kit_of_loader(loader);
    kit_task_ends(scheduler, TASK, "{\"op\":\"store\",\"episode\":{\"vector\":[1,2]}}", 1, "");
    CHECK(memory_kit_stat(memory, "episodes") == 1);
    kit_task_ends(scheduler, TASK, "{\"op\":\"recall\",\"vector\":[1,2]}", 1, "\"exact\":true");
    kit_task_ends(scheduler, TASK, "{\"op\":\"remove\",\"id\":1}", 1, "");
    CHECK(memory_kit_stat(memory, "episodes") == 0);
    rancog_loader_destroy(loader);
}

/* ---- destroyed under use ---- */
static int32_t use(void *self, size_t i)
{
    float vector[MEMORY_DIMENSION];
    rancog_episode episode = memory_kit_episode(1, vector, MEMORY_DIMENSION);
    rancog_hit hits[3];
    size_t n = 3;
    episode.id = 0;
    switch (i % 4) {
    case 0: return rancog_memory_append(self, &episode, 1, -1, NULL);
    case 1: return memory_kit_call(rancog_memory_recall, self, "{\"vector\":[1,2,3,4,5,6,7,8],\"k\":1}", NULL);
    case 2: return memory_kit_call(rancog_memory_update, self, "{\"id\":1,\"reward\":1}", NULL);
    default: return rancog_memory_search(self, numbers, MEMORY_DIMENSION, 3, NULL, hits, &n);
    }
}

static void destroying_under_users_is_safe(void)
{
    size_t round;
    char folder[64], path[100];
    memory_kit_folder(folder);
    for (round = 0; round < check_scale(40, 4); round++) {
        rancog_memory *self;
        snprintf(path, sizeof path, "%s/m%u.db", folder, (unsigned)round);
        self = round % 2 ? memory_kit_open(path, ",\"durability\":\"none\"") : memory_kit_create(NULL);
        memory_kit_append(self, 1, 20, MEMORY_DIMENSION);
        handle_kit_destroy_under_use(HANDLE_MEMORY, self, use);
        if (round % 2) {
            self = memory_kit_open(path, "");
            CHECK_CASE(self != NULL && memory_kit_stat(self, "episodes") >= 20, rancog_last_error_message());
            memory_kit_destroy(self);
        }
    }
    memory_kit_remove_folder(folder);
}

/* ---- callbacks ---- */
static rancog_memory *own, *other;
static int inside;
static size_t calls_back, not_busy, other_failed, calls_of_other;

/* Of the other memory: in its call, which is in a callback of the own one, that is still busy. */
static uint64_t clock_of_other(void *unused)
{
    (void)unused;
    if (inside == 1) {
        inside = 2;
        calls_of_other++;
        not_busy += rancog_memory_flush(own) != RANCOG_E_BUSY;
        inside = 1;
    }
    return HOST_FIXED_NOW_NS;
}

/* The own handle is busy for every call, another one works. */
static void call_back(void)
{
    static const uint8_t query[] = "{\"vector\":[1,2,3,4,5,6,7,8]}", change[] = "{\"id\":1,\"reward\":1}", ask[] = "{\"op\":\"skills\"}";
    rancog_hit hits[1];
    float vector[MEMORY_DIMENSION];
    rancog_episode episode = memory_kit_episode(1, vector, MEMORY_DIMENSION);
    size_t n = 1, i;
    if (!own || inside) {
        return;
    }
    inside = 1;
    calls_back++;
    episode.id = 0;
    {
        int32_t statuses[9];
        rancog_buffer_free(rancog_memory_get_stats(own)), statuses[0] = rancog_last_status();
        rancog_buffer_free(rancog_memory_recall(own, query, sizeof query - 1)), statuses[1] = rancog_last_status();
        rancog_buffer_free(rancog_memory_store(own, query, sizeof query - 1)), statuses[2] = rancog_last_status();
        rancog_buffer_free(rancog_memory_update(own, change, sizeof change - 1)), statuses[3] = rancog_last_status();
        rancog_buffer_free(rancog_memory_analyze(own, ask, sizeof ask - 1)), statuses[4] = rancog_last_status();
        statuses[5] = rancog_memory_remove(own, 987654321);
        statuses[6] = rancog_memory_flush(own);
        statuses[7] = rancog_memory_append(own, &episode, 1, -1, NULL);
        statuses[8] = rancog_memory_search(own, numbers, MEMORY_DIMENSION, 1, NULL, hits, &n);
        for (i = 0; i < 9; i++) {
            not_busy += statuses[i] != RANCOG_E_BUSY;
        }
    }
    other_failed += rancog_memory_append(other, &episode, 1, -1, NULL) != RANCOG_OK || rancog_memory_search(other, numbers, MEMORY_DIMENSION, 1, NULL, hits, &n) != RANCOG_OK;
    rancog_memory_destroy((rancog_memory *)(uintptr_t)1); /* leaves a failed status behind */
    inside = 0;
}

static uint64_t clock_that_calls(void *unused)
{
    (void)unused;
    call_back();
    return HOST_FIXED_NOW_NS;
}

static void log_that_calls(int32_t level, const uint8_t *message, size_t length, void *unused)
{
    (void)level, (void)message, (void)length, (void)unused;
    call_back();
}

static int32_t progress_that_calls(double fraction, const char *stage, void *unused)
{
    (void)fraction, (void)stage, (void)unused;
    call_back();
    return 0;
}

static void callbacks_find_their_handle_busy_and_another_works(void)
{
    char folder[64], options[200];
    int with_file;
    rancog_host others_host = host_fixed();
    memory_kit_folder(folder);
    others_host.now_ns = clock_of_other;
    other = rancog_memory_create(NULL, 0, &others_host);
    for (with_file = 0; with_file < 2; with_file++) {
        rancog_host host = host_fixed();
        float vector[MEMORY_DIMENSION];
        rancog_episode episode = memory_kit_episode(1, vector, MEMORY_DIMENSION);
        rancog_memory *self;
        host.now_ns = clock_that_calls;
        host.log = log_that_calls;
        host.progress = progress_that_calls;
        snprintf(options, sizeof options, with_file ? "{\"path\":\"%s/a.db\"}" : "{}", folder);
        calls_back = not_busy = other_failed = calls_of_other = 0;
        self = rancog_memory_create((const uint8_t *)options, strlen(options), &host);
        CHECK_CASE(self != NULL, rancog_last_error_message());
        own = self;
        episode.time_ns = 0; /* asks the clock */
        CHECK_CASE(rancog_memory_append(self, &episode, 1, 2, NULL) == RANCOG_OK && rancog_last_status() == RANCOG_OK, rancog_last_error_message());
        CHECK_CASE(memory_kit_call(rancog_memory_store, self, "{\"vector\":[1,2,3,4,5,6,7,8]}", NULL) == RANCOG_OK, rancog_last_error_message());
        CHECK_CASE(memory_kit_call(rancog_memory_update, self, "{\"id\":1,\"reward\":3}", NULL) == RANCOG_OK, rancog_last_error_message());
        CHECK_CASE(memory_kit_call(rancog_memory_recall, self, "{\"vector\":[1,2,3,4,5,6,7,8]}", NULL) == RANCOG_OK, rancog_last_error_message());
        CHECK_CASE(memory_kit_call(rancog_memory_analyze, self, "{\"op\":\"skills\",\"min_count\":1}", NULL) == RANCOG_OK, rancog_last_error_message());
        CHECK_CASE(rancog_memory_remove(self, 1) == RANCOG_OK && rancog_last_status() == RANCOG_OK, rancog_last_error_message());
        CHECK_CASE(rancog_memory_flush(self) == RANCOG_OK && rancog_last_status() == RANCOG_OK, rancog_last_error_message());
        CHECK(calls_back > 0 && calls_of_other > 0 && not_busy == 0 && other_failed == 0);
        own = NULL;
        CHECK(memory_kit_stat(self, "episodes") == 1);
        memory_kit_destroy(self);
    }
    memory_kit_destroy(other);
    memory_kit_remove_folder(folder);
}

int main(void)
{
    handle_kit_run(&subject);
    RUN(the_memory_of_a_module_belongs_to_its_loader);
    RUN(memory_operations_of_a_scheduler_reach_the_module);
    RUN(destroying_under_users_is_safe);
    RUN(callbacks_find_their_handle_busy_and_another_works);
    return check_finish();
}
