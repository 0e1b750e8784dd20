/* Plug-ins: loading them, what they are given, their handlers' end, and everything that can be wrong with one.
 * The plug-ins plugin_probe.so, plugin_nothing.so and plugin_unresolved.so lie beside the program. */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "plugin_probe.h"
#include "rancognition.h"
#include "result.h"
#include "scheduler_kit.h"
#include "thread.h"

static char folder[3900];
static char path[4000];
static char other_path[4000];

static const char virtual_time[] = "{\"mode\":\"virtual\"}";

static const uint8_t *bytes(const char *characters)
{
    return (const uint8_t *)characters;
}

static rancog_module *load(rancog_loader *self, const char *name, const void *config, size_t length)
{
    return rancog_loader_load_module(self, bytes(name), strlen(name), config, length);
}

static rancog_module *load_probe(probe *p)
{
    return load(p->loader, path, &p, sizeof p);
}

static int32_t unload(rancog_loader *self, const char *name)
{
    return rancog_loader_unload_module(self, bytes(name), strlen(name));
}

static rancog_scheduler *scheduler_of(rancog_loader *loader)
{
    return rancog_module_get_scheduler(load(loader, "scheduler", NULL, 0));
}

static probe with_loader(void)
{
    probe p;
    memset(&p, 0, sizeof p);
    p.loader = rancog_loader_create(NULL, 0, NULL);
    CHECK(load(p.loader, "scheduler", virtual_time, sizeof virtual_time - 1) != NULL);
    return p;
}

static int run_has(rancog_scheduler *scheduler, const char *name, const char *expected)
{
    uint8_t *result;
    int has;
    CHECK(kit_custom(scheduler, 0, 0, name, NULL) != 0);
    result = rancog_scheduler_execute_ready_tasks(scheduler, 1);
    CHECK(result_check(result, name) == RANCOG_OK);
    has = result_contains(result, expected);
    rancog_buffer_free(result);
    return has;
}

static int refused(const void *handle, int32_t status, const char *part)
{
    if (handle == NULL && rancog_last_status() == status && strstr(rancog_last_error_message(), part) != NULL) {
        return 1;
    }
    printf("  got: %s\n", rancog_last_error_message());
    return 0;
}

static void a_plugin_is_initialised_runs_tasks_and_is_cleaned_up(void)
{
    probe p = with_loader();
    rancog_scheduler *scheduler = scheduler_of(p.loader);
    rancog_module *module = load_probe(&p);
    uint8_t *result;
    CHECK(module && rancog_last_status() == RANCOG_OK);
    CHECK(p.inits == 1 && p.table.struct_size == sizeof(rancog_plugin) && p.table.abi_version == RANCOG_ABI_VERSION && p.table.scheduler == scheduler);
    CHECK(p.table.user_data == NULL && p.table.config_length == sizeof(probe *));
    CHECK(load(p.loader, path, NULL, 0) == module && p.inits == 1);
    CHECK(refused(load(p.loader, path, "other", 5), RANCOG_E_INVALID_ARGUMENT, "config: differs"));
    CHECK(run_has(scheduler, "probe", "\"Ok\":7") && run_has(scheduler, "probe-2", "\"Ok\":7") && p.runs == 2);
    result = rancog_module_interfaces(module);
    CHECK(result_check(result, "interfaces") == RANCOG_OK && result_contains(result, "\"interfaces\":[{\"name\":\"tasks\",\"functions\":[\"probe\",\"probe-2\"]}]"));
    rancog_buffer_free(result);
    CHECK(result_check_and_free(rancog_module_memory(module), "memory") == RANCOG_OK);
    CHECK(refused(rancog_module_get_scheduler(module), RANCOG_E_INVALID_ARGUMENT, "which has no scheduler core"));
    CHECK(unload(p.loader, "scheduler") == RANCOG_E_INVALID_ARGUMENT && strstr(rancog_last_error_message(), "unload it first"));
    CHECK(unload(p.loader, path) == RANCOG_OK);
    CHECK(p.cleanups == 1 && p.was_its_own);
    CHECK(rancog_module_get_scheduler(module) == NULL && rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    CHECK(run_has(scheduler, "probe", "no handler is registered under 'probe'") && p.runs == 2);
    CHECK(unload(p.loader, path) == RANCOG_E_NOT_FOUND);
    CHECK(load_probe(&p) != NULL && p.inits == 2 && run_has(scheduler, "probe", "\"Ok\":7"));
    rancog_loader_destroy(p.loader);
    CHECK(p.cleanups == 2);
}

static void the_scheduler_is_loaded_with_it_when_it_is_not_there(void)
{
    probe p;
    memset(&p, 0, sizeof p);
    p.loader = rancog_loader_create(NULL, 0, NULL);
    CHECK(load_probe(&p) != NULL);
    CHECK(p.table.scheduler != NULL && scheduler_of(p.loader) == p.table.scheduler);
    rancog_loader_destroy(p.loader);
    CHECK(p.cleanups == 1);
}

static void one_that_fails_leaves_nothing(void)
{
    probe p = with_loader();
    p.init_answer = 42;
    CHECK(refused(load_probe(&p), RANCOG_E_INVALID_ARGUMENT, "name: rancog_plugin_init of this plug-in returned 42"));
    CHECK(p.inits == 1 && p.cleanups == 0);
    CHECK(run_has(scheduler_of(p.loader), "probe", "no handler is registered"));
    CHECK(refused(load(p.loader, path, "x", 1), RANCOG_E_INVALID_ARGUMENT, "returned -77"));
    p.init_answer = 0;
    CHECK(load_probe(&p) != NULL && rancog_last_status() == RANCOG_OK);
    rancog_loader_destroy(p.loader);
}

static void what_is_no_plugin_is_refused_with_the_reason(void)
{
    rancog_loader *loader = rancog_loader_create(NULL, 0, NULL);
    char name[4000];
    snprintf(name, sizeof name, "%s/plugin_nothing.so", folder);
    CHECK(refused(load(loader, name, NULL, 0), RANCOG_E_INVALID_ARGUMENT, "exports no rancog_plugin_init"));
    CHECK(refused(load(loader, name, NULL, 0), RANCOG_E_INVALID_ARGUMENT, "exports no rancog_plugin_init"));
    snprintf(name, sizeof name, "%s/plugin_unresolved.so", folder);
    CHECK(refused(load(loader, name, NULL, 0), RANCOG_E_INVALID_ARGUMENT, "a_function_that_nobody_has"));
    snprintf(name, sizeof name, "%s/there_is_none.so", folder);
    CHECK(refused(load(loader, name, NULL, 0), RANCOG_E_INVALID_ARGUMENT, "No such file"));
    CHECK(refused(load(loader, "/proc/self/status", NULL, 0), RANCOG_E_INVALID_ARGUMENT, "name: /proc/self/status: "));
    CHECK(refused(load(loader, "/", NULL, 0), RANCOG_E_INVALID_ARGUMENT, "name: "));
    CHECK(refused(rancog_loader_load_module(loader, bytes("/a\0b"), 4, NULL, 0), RANCOG_E_INVALID_ARGUMENT, "name: has a NUL in it"));
    CHECK(refused(rancog_loader_load_module(loader, bytes(path), strlen(path), bytes(path), (1u << 20) + 1), RANCOG_E_LIMIT, "config: "));
    rancog_loader_destroy(loader);
}

static void one_shared_object_by_two_paths_is_refused(void)
{
    probe p = with_loader(), *address = &p;
    CHECK(load_probe(&p) != NULL);
    CHECK(refused(load(p.loader, other_path, &address, sizeof address), RANCOG_E_INVALID_ARGUMENT, "is loaded already, by another path"));
    CHECK(unload(p.loader, path) == RANCOG_OK);
    CHECK(load(p.loader, other_path, &address, sizeof address) != NULL);
    CHECK(run_has(scheduler_of(p.loader), "probe", "\"Ok\":7"));
    rancog_loader_destroy(p.loader);
    CHECK(p.cleanups == 2);
}

static void only_handlers_of_the_loaders_scheduler_go_with_it(void)
{
    probe p = with_loader(), q = with_loader();
    CHECK(load_probe(&p) != NULL && load_probe(&q) != NULL); /* each loader has it for itself */
    CHECK(unload(p.loader, path) == RANCOG_OK);
    CHECK(run_has(scheduler_of(p.loader), "probe", "no handler is registered") && run_has(scheduler_of(q.loader), "probe", "\"Ok\":7") && q.runs == 1);
    rancog_loader_destroy(p.loader);
    rancog_loader_destroy(q.loader);
    CHECK(p.cleanups == 1 && q.cleanups == 1);
}

/* What the code of a plug-in may not do with its own loader. */
static void try_to_end_it(probe *self)
{
    CHECK(unload(self->loader, path) == RANCOG_E_BUSY);
    CHECK(refused(load(self->loader, path, NULL, 0), RANCOG_E_BUSY, "self: "));
    rancog_loader_destroy(self->loader);
    CHECK(rancog_last_status() == RANCOG_E_BUSY);
    CHECK(load(self->loader, "temporal", NULL, 0) != NULL);
    CHECK(unload(self->loader, "temporal") == RANCOG_OK);
}

static void try_in_handler(probe *self)
{
    CHECK(unload(self->loader, path) == RANCOG_E_BUSY);
    rancog_loader_destroy(self->loader);
    CHECK(rancog_last_status() == RANCOG_E_BUSY);
    CHECK(load(self->loader, path, NULL, 0) != NULL); /* it is there */
}

static void its_own_code_cannot_end_it(void)
{
    probe p = with_loader();
    p.in_init = p.in_cleanup = try_to_end_it;
    p.in_handler = try_in_handler;
    CHECK(load_probe(&p) != NULL && rancog_last_status() == RANCOG_OK);
    CHECK(run_has(scheduler_of(p.loader), "probe", "\"Ok\":7"));
    CHECK(unload(p.loader, path) == RANCOG_OK && rancog_last_status() == RANCOG_OK);
    rancog_loader_destroy(p.loader);
    CHECK(rancog_last_status() == RANCOG_OK && p.cleanups == 1);
}

static void wait_for_the_test(probe *self)
{
    self->step = 1;
    while (self->step != 2) {
        usleep(200);
    }
    usleep(20000);
    self->step = 3;
}

static void *run_one(void *data)
{
    probe *self = data;
    CHECK(run_has(self->table.scheduler, "probe", "\"Ok\":7"));
    return NULL;
}

static void note_the_step(probe *self)
{
    CHECK(self->step == 3); /* the handler has returned, or is about to */
}

static void unloading_waits_for_a_handler_that_runs(void)
{
    pthread_t thread;
    probe p = with_loader();
    p.in_handler = wait_for_the_test;
    p.in_cleanup = note_the_step;
    CHECK(load_probe(&p) != NULL);
    pthread_create(&thread, NULL, run_one, &p);
    while (p.step != 1) {
        usleep(200);
    }
    p.step = 2;
    CHECK(unload(p.loader, path) == RANCOG_OK);
    CHECK(p.step == 3 && p.cleanups == 1);
    pthread_join(thread, NULL);
    rancog_loader_destroy(p.loader);
}

static volatile int over;

static void *run_tasks(void *data)
{
    probe *self = data;
    rancog_scheduler *scheduler = scheduler_of(self->loader);
    size_t run = 0;
    while (!over || run == 0) {
        uint8_t *result;
        kit_custom(scheduler, 0, 0, "probe", NULL);
        result = rancog_scheduler_execute_ready_tasks(scheduler, 4);
        CHECK(result_check(result, "run") == RANCOG_OK);
        rancog_buffer_free(result);
        run++;
    }
    return NULL;
}

static void plugins_come_and_go_while_four_threads_run_their_tasks(void)
{
    pthread_t threads[4];
    size_t i, rounds = check_scale(300, 10);
    probe p = with_loader();
    over = 0;
    threads_start(threads, 4, run_tasks, &p, 0);
    for (i = 0; i < rounds; i++) {
        CHECK(load_probe(&p) != NULL);
        usleep(300);
        CHECK(unload(p.loader, path) == RANCOG_OK);
    }
    over = 1;
    threads_join(threads, 4);
    CHECK((size_t)p.inits == rounds && (size_t)p.cleanups == rounds && p.runs > 0);
    rancog_loader_destroy(p.loader);
}

int main(int argc, char **argv)
{
    char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - argv[0]) : 1, slash ? argv[0] : ".");
    snprintf(path, sizeof path, "%s/plugin_probe.so", folder);
    snprintf(other_path, sizeof other_path, "%s/./plugin_probe.so", folder);
    RUN(a_plugin_is_initialised_runs_tasks_and_is_cleaned_up);
    RUN(the_scheduler_is_loaded_with_it_when_it_is_not_there);
    RUN(one_that_fails_leaves_nothing);
    RUN(what_is_no_plugin_is_refused_with_the_reason);
    RUN(one_shared_object_by_two_paths_is_refused);
    RUN(only_handlers_of_the_loaders_scheduler_go_with_it);
    RUN(its_own_code_cannot_end_it);
    RUN(unloading_waits_for_a_handler_that_runs);
    RUN(plugins_come_and_go_while_four_threads_run_their_tasks);
    return check_finish();
}
