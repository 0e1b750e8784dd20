/* Loaders and their cores: options, names, handles that are borrowed, unloading under use. */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "handle_kit.h"
#include "hosts.h"
#include "process.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"
#include "scheduler_kit.h"

static const uint8_t *bytes(const char *characters)
{
    return (const uint8_t *)characters;
}

static rancog_loader *create(const char *options)
{
    return rancog_loader_create(bytes(options), options ? strlen(options) : 0, NULL);
}

static rancog_module *load(rancog_loader *self, const char *name, const char *config)
{
    return rancog_loader_load_module(self, bytes(name), strlen(name), bytes(config), config ? strlen(config) : 0);
}

static int32_t unload(rancog_loader *self, const char *name)
{
    return rancog_loader_unload_module(self, bytes(name), strlen(name));
}

static int refused(const void *handle, int32_t status, const char *part)
{
    return handle == NULL && rancog_last_status() == status && strstr(rancog_last_error_message(), part) != NULL;
}

static void a_loader_refused_everywhere(void *self, const char *note)
{
    CHECK_CASE(load(self, "temporal", NULL) == NULL && rancog_last_status() == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_loader_load_module(self, NULL, 3, NULL, 4) == NULL && rancog_last_status() == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(unload(self, "temporal") == RANCOG_E_INVALID_HANDLE, note);
}

static void a_module_refused_everywhere(rancog_module *self, const char *note)
{
    CHECK_CASE(result_check_and_free(rancog_module_interfaces(self), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(result_check_and_free(rancog_module_memory(self), note) == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_module_get_temporal(self) == NULL && rancog_last_status() == RANCOG_E_INVALID_HANDLE, note);
    CHECK_CASE(rancog_module_get_scheduler(self) == NULL && rancog_last_status() == RANCOG_E_INVALID_HANDLE, note);
}

static const handle_subject subject = {HANDLE_LOADER, a_loader_refused_everywhere, NULL};

static void modules_are_refused_that_are_none_or_whose_loader_is_destroyed(void)
{
    rancog_loader *self = create(NULL);
    rancog_module *module = load(self, "temporal", NULL);
    a_module_refused_everywhere(NULL, "NULL");
    a_module_refused_everywhere((rancog_module *)self, "a loader");
    CHECK(rancog_module_get_temporal(module) != NULL);
    rancog_loader_destroy(self);
    CHECK(rancog_last_status() == RANCOG_OK);
    a_module_refused_everywhere(module, "its loader was destroyed");
}

static void options_and_names_that_cannot_be_used_are_refused(void)
{
    rancog_loader *self;
    rancog_host host = host_fixed();
    char longest[4100];
    CHECK(refused(create("{"), RANCOG_E_INVALID_JSON, "options: "));
    CHECK(refused(create("[]"), RANCOG_E_INVALID_JSON, "expected an object"));
    CHECK(refused(create("{\"memorySize\":9,\"maxMemorySize\":8}"), RANCOG_E_INVALID_ARGUMENT, "more than maxMemorySize"));
    CHECK(refused(create("{\"maxMemorySize\":16777217}"), RANCOG_E_INVALID_ARGUMENT, "must be 1..16777216"));
    CHECK(refused(rancog_loader_create(NULL, 5, NULL), RANCOG_E_INVALID_ARGUMENT, "options: is NULL with length 5"));
    CHECK(refused(rancog_loader_create(bytes("{}"), SIZE_MAX, NULL), RANCOG_E_LIMIT, "options: "));
    host.struct_size = 1;
    CHECK(refused(rancog_loader_create(NULL, 0, &host), RANCOG_E_INVALID_ARGUMENT, "host: "));
    self = create("{}");
    CHECK(refused(load(self, "radio", NULL), RANCOG_E_NOT_FOUND, "there are: temporal, scheduler"));
    CHECK(refused(rancog_loader_load_module(self, NULL, 8, NULL, 0), RANCOG_E_INVALID_ARGUMENT, "name: is NULL"));
    CHECK(refused(rancog_loader_load_module(self, bytes("temporal"), 0, NULL, 0), RANCOG_E_INVALID_ARGUMENT, "name: has length 0"));
    CHECK(refused(rancog_loader_load_module(self, bytes("temporal"), 8, NULL, 2), RANCOG_E_INVALID_ARGUMENT, "config: is NULL with length 2"));
    CHECK(refused(rancog_loader_load_module(self, bytes("temporal"), SIZE_MAX, NULL, 0), RANCOG_E_LIMIT, "name: "));
    CHECK(refused(load(self, "\xff", NULL), RANCOG_E_INVALID_ARGUMENT, "name: ") || rancog_last_status() == RANCOG_E_INVALID_JSON);
    memset(longest, '/', sizeof longest);
    CHECK(refused(rancog_loader_load_module(self, bytes(longest), 4097, NULL, 0), RANCOG_E_LIMIT, "name: "));
    CHECK(refused(rancog_loader_load_module(self, bytes(longest), 4096, NULL, 0), RANCOG_E_INVALID_ARGUMENT, "name: "));
    CHECK(refused(load(self, "temporal", "{\"expansion_factor\":0}"), RANCOG_E_INVALID_ARGUMENT, "config: /expansion_factor: 0, must be 1..1000000"));
    CHECK(refused(load(self, "scheduler", "{\"mode\":\"both\"}"), RANCOG_E_INVALID_JSON, "config: /mode: "));
    CHECK(unload(self, "temporal") == RANCOG_E_NOT_FOUND && strstr(rancog_last_error_message(), "'temporal' is not loaded"));
    CHECK(rancog_loader_unload_module(self, NULL, 0) == RANCOG_E_INVALID_ARGUMENT);
    rancog_loader_destroy(self);
}

static void a_module_is_loaded_once(void)
{
    rancog_loader *self = create("{\"threads\":2}"), *other = create(NULL);
    rancog_module *temporal = load(self, "temporal", "{\"expansion_factor\":50}");
    rancog_temporal *core = rancog_module_get_temporal(temporal);
    CHECK(temporal && core);
    CHECK(load(self, "temporal", NULL) == temporal && load(self, "temporal", "{\"temporal_resolution\":100,\"expansion_factor\":50}") == temporal);
    CHECK(rancog_module_get_temporal(temporal) == core);
    CHECK(refused(load(self, "temporal", "{\"expansion_factor\":51}"), RANCOG_E_INVALID_ARGUMENT, "config: differs"));
    CHECK(load(other, "temporal", "{\"expansion_factor\":51}") != temporal);
    CHECK(refused(rancog_module_get_scheduler(temporal), RANCOG_E_INVALID_ARGUMENT, "is the module 'temporal', which has no scheduler core"));
    CHECK(refused(rancog_module_get_temporal(load(self, "scheduler", NULL)), RANCOG_E_INVALID_ARGUMENT, "is the module 'scheduler', which has no temporal core"));
    rancog_loader_destroy(other);
    CHECK(rancog_module_get_temporal(temporal) == core);
    rancog_loader_destroy(self);
}

static void what_a_module_tells_names_everything(void)
{
    rancog_loader *self = create("{\"memorySize\":2,\"maxMemorySize\":5,\"enableSIMD\":false,\"threads\":2}");
    rancog_module *module = load(self, "temporal", "{\"level\":1}");
    uint8_t *result = rancog_module_interfaces(module);
    uint64_t times[2] = {1, 2};
    double values[2] = {3, 4};
    CHECK(result_check(result, "interfaces") == RANCOG_OK);
    CHECK(result_contains(result, "{\"module\":\"temporal\",\"names\":[\"temporal\"],\"interfaces\":[{\"name\":\"temporal\",\"functions\":[\"expand_subjective_time\","));
    CHECK(result_contains(result, "\"ignored\":[{\"field\":\"/level\""));
    CHECK(result_contains(result, "\"loader\":{\"memory_size\":2,\"max_memory_size\":5,\"enable_simd\":false,\"enable_bulk_memory\":true,\"enable_multi_threading\":true,"));
    CHECK(result_contains(result, "\"ignored\":[{\"field\":\"/threads\""));
    rancog_buffer_free(result);
    CHECK(rancog_temporal_observe(rancog_module_get_temporal(module), bytes("n"), 1, bytes("m"), 1, times, values, 2) == RANCOG_OK);
    result = rancog_module_memory(module);
    CHECK(result_check(result, "memory") == RANCOG_OK);
    CHECK(result_contains(result, "\"pool\":{\"total_allocated\":0,") && result_contains(result, "\"budget_bytes\":327680,\"retain_bytes\":131072,"));
    CHECK(result_contains(result, "{\"module\":\"temporal\",\"page_size\":65536,\"initial_pages\":2,\"maximum_pages\":5,\"maximum_bytes\":327680,\"used_bytes\":32,"));
    rancog_buffer_free(result);
    rancog_loader_destroy(self);
}

static void borrowed_cores_work_but_are_not_the_callers_to_destroy(void)
{
    rancog_loader *self = create(NULL);
    rancog_temporal *temporal = rancog_module_get_temporal(load(self, "temporal", NULL));
    rancog_scheduler *scheduler = rancog_module_get_scheduler(load(self, "scheduler", "{\"mode\":\"virtual\"}"));
    rancog_temporal_destroy(temporal);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_ARGUMENT && strstr(rancog_last_error_message(), "self: is a rancog_temporal that belongs to a rancog_loader"));
    rancog_scheduler_destroy(scheduler);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_ARGUMENT && strstr(rancog_last_error_message(), "self: is a rancog_scheduler that belongs to a rancog_loader"));
    CHECK(rancog_temporal_set_consciousness_level(temporal, 0.5) == RANCOG_OK);
    CHECK(kit_schedule(scheduler, 0, 0, "\"TemporalAnalysis\"", "{}") != 0);
    CHECK(unload(self, "temporal") == RANCOG_OK && unload(self, "scheduler") == RANCOG_OK);
    CHECK(rancog_temporal_set_consciousness_level(temporal, 0.5) == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_scheduler_advance_time(scheduler, 1) == RANCOG_E_INVALID_HANDLE);
    rancog_temporal_destroy(temporal);
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(rancog_module_get_temporal(load(self, "temporal", NULL)) != temporal);
    rancog_loader_destroy(self);
}

static void tasks_use_the_loaders_core(void)
{
    rancog_loader *self = create(NULL);
    rancog_temporal *temporal = rancog_module_get_temporal(load(self, "temporal", "{\"expansion_factor\":20,\"temporal_resolution\":4}"));
    rancog_scheduler *scheduler = rancog_module_get_scheduler(load(self, "scheduler", "{\"mode\":\"virtual\"}"));
    uint8_t *metrics;
    CHECK(kit_schedule(scheduler, 0, 0, "\"TemporalAnalysis\"", sample_problem_document) != 0);
    CHECK(result_check_and_free(rancog_scheduler_execute_ready_tasks(scheduler, 1), "task") == RANCOG_OK);
    metrics = rancog_temporal_get_performance_metrics(temporal);
    CHECK(result_contains(metrics, "{\"total_executions\":1,"));
    rancog_buffer_free(metrics);
    rancog_loader_destroy(self);
}

/* Of the progress callback below: the scheduler whose tasks it runs, and what became of them. */
static rancog_scheduler *scheduler_in_callback;
static int busy_tasks;

static int32_t run_tasks(double fraction, const char *stage, void *user_data)
{
    uint8_t *result = rancog_scheduler_execute_ready_tasks(scheduler_in_callback, 1);
    (void)fraction;
    (void)stage;
    (void)user_data;
    busy_tasks += result_contains(result, "self: in use by the call whose callback this is");
    rancog_buffer_free(result);
    return 0;
}

static void a_task_out_of_a_callback_of_the_shared_core_is_refused(void)
{
    rancog_host host = {0};
    rancog_loader *self;
    rancog_temporal *temporal;
    host.struct_size = sizeof host;
    host.progress = run_tasks;
    self = rancog_loader_create(NULL, 0, &host);
    temporal = rancog_module_get_temporal(load(self, "temporal", "{\"expansion_factor\":20,\"temporal_resolution\":4}"));
    scheduler_in_callback = rancog_module_get_scheduler(load(self, "scheduler", "{\"mode\":\"virtual\"}"));
    busy_tasks = 0;
    CHECK(kit_schedule(scheduler_in_callback, 0, 0, "\"TemporalAnalysis\"", sample_problem_document) != 0);
    CHECK(result_check_and_free(rancog_temporal_expand_subjective_time(temporal, bytes(sample_problem_full), strlen(sample_problem_full), NULL, 0), "call") == RANCOG_OK);
    CHECK(busy_tasks == 1);
    rancog_loader_destroy(self);
}

static void without_multithreading_no_thread_is_started(void)
{
    rancog_loader *self = create("{\"enable_multi_threading\":false}"), *with = create(NULL);
    const char *config = "{\"expansion_factor\":20,\"temporal_resolution\":4}";
    uint8_t *result = rancog_temporal_parallel_temporal_analysis(
        rancog_module_get_temporal(load(self, "temporal", config)), bytes(sample_problems), strlen(sample_problems), 2);
    unsigned long before = process_status("Threads:"), after;
    int tries;
    CHECK(result_check(result, "alone") == RANCOG_OK && result_contains(result, "\"thread_count\":1,"));
    rancog_buffer_free(result);
    result = rancog_temporal_parallel_temporal_analysis(rancog_module_get_temporal(load(with, "temporal", config)), bytes(sample_problems), strlen(sample_problems), 2);
    CHECK(result_check(result, "with threads") == RANCOG_OK && result_contains(result, "\"thread_count\":2,"));
    rancog_buffer_free(result);
    for (tries = 0; (after = process_status("Threads:")) != before && tries < 1000; tries++) {
        usleep(1000); /* the system counts a thread a moment longer than it lives */
    }
    CHECK(after == before);
    rancog_loader_destroy(self);
    rancog_loader_destroy(with);
}

static rancog_loader *used;
static volatile int over;

/* Calls on whatever is loaded: each is done, or finds its handle stale. */
static void *use(void *unused)
{
    size_t done = 0;
    (void)unused;
    while (!over) {
        rancog_module *temporal = load(used, "temporal", NULL), *scheduler = load(used, "scheduler", "{\"mode\":\"virtual\"}");
        rancog_temporal *core = rancog_module_get_temporal(temporal);
        rancog_scheduler *queue = rancog_module_get_scheduler(scheduler);
        double values[12] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, mean[4];
        int32_t status = rancog_temporal_forecast(core, values, 12, 0, 4, 0.9, mean, NULL, NULL);
        CHECK(status == RANCOG_OK || status == RANCOG_E_INVALID_HANDLE);
        CHECK(kit_schedule(queue, 0, 0, "\"TemporalAnalysis\"", sample_problem_document) != 0 || rancog_last_status() == RANCOG_E_INVALID_HANDLE);
        status = result_check_and_free(rancog_scheduler_execute_ready_tasks(queue, 1), "execute");
        CHECK(status == RANCOG_OK || status == RANCOG_E_INVALID_HANDLE);
        status = result_check_and_free(rancog_module_memory(scheduler), "memory");
        CHECK(status == RANCOG_OK || status == RANCOG_E_INVALID_HANDLE);
        done++;
    }
    CHECK(done > 0);
    return NULL;
}

static void modules_are_unloaded_while_four_threads_use_them(void)
{
    pthread_t threads[4];
    size_t round;
    used = create(NULL);
    over = 0;
    threads_start(threads, 4, use, NULL, 0);
    for (round = 0; round < check_scale(300, 10); round++) {
        int32_t status = unload(used, round % 2 ? "temporal" : "scheduler");
        CHECK(status == RANCOG_OK || status == RANCOG_E_NOT_FOUND);
        usleep(1000);
    }
    over = 1;
    threads_join(threads, 4);
    rancog_loader_destroy(used);
}

static void *use_until_destroyed(void *unused)
{
    (void)unused;
    while (load(used, "scheduler", NULL)) {
        rancog_loader_unload_module(used, bytes("scheduler"), 9);
    }
    CHECK(rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    return NULL;
}

static void a_loader_is_destroyed_while_four_threads_use_it(void)
{
    size_t round;
    for (round = 0; round < check_scale(40, 3); round++) {
        pthread_t threads[4];
        used = create(NULL);
        threads_start(threads, 4, use_until_destroyed, NULL, 0);
        usleep(500);
        rancog_loader_destroy(used);
        CHECK(rancog_last_status() == RANCOG_OK);
        threads_join(threads, 4);
    }
}

static void many_loaders_come_and_go(void)
{
    size_t i;
    for (i = 0; i < check_scale(500, 20); i++) {
        rancog_loader *self = create(NULL);
        CHECK(load(self, "temporal", NULL) && load(self, "scheduler", NULL));
        rancog_loader_destroy(self);
        CHECK(rancog_last_status() == RANCOG_OK);
    }
}

int main(void)
{
    handle_kit_run(&subject);
    RUN(modules_are_refused_that_are_none_or_whose_loader_is_destroyed);
    RUN(options_and_names_that_cannot_be_used_are_refused);
    RUN(a_module_is_loaded_once);
    RUN(what_a_module_tells_names_everything);
    RUN(borrowed_cores_work_but_are_not_the_callers_to_destroy);
    RUN(tasks_use_the_loaders_core);
    RUN(a_task_out_of_a_callback_of_the_shared_core_is_refused);
    RUN(without_multithreading_no_thread_is_started);
    RUN(modules_are_unloaded_while_four_threads_use_them);
    RUN(a_loader_is_destroyed_while_four_threads_use_it);
    RUN(many_loaders_come_and_go);
    return check_finish();
}
