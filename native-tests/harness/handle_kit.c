#include "handle_kit.h"

#include <stdio.h>
#include <string.h>

#include "check.h"
#include "result.h"

#define THREADS 8

/* ---- the kinds ---- */
typedef struct {
    const char *type, *module; /* module NULL: no module has one */
    void *(*create)(const uint8_t *options, size_t length, const rancog_host *host);
    void (*destroy)(void *self);
    void *(*of_module)(rancog_module *module);
    int32_t (*tell)(void *self); /* a call that works, and leaves something behind where it can */
} kind_calls;

#define DESTROY(type) \
    static void destroy_##type(void *self) { rancog_##type##_destroy(self); }
#define CREATE(type) \
    static void *create_##type(const uint8_t *options, size_t length, const rancog_host *host) { return rancog_##type##_create(options, length, host); } \
    DESTROY(type)
#define OF_MODULE(type) \
    static void *type##_of_module(rancog_module *module) { return rancog_module_get_##type(module); }

static void *create_temporal(const uint8_t *options, size_t length, const rancog_host *host)
{
    (void)options, (void)length; /* it takes numbers */
    return rancog_temporal_create(10, 4, host);
}

DESTROY(temporal)
CREATE(scheduler)
CREATE(pool)
CREATE(memory)
CREATE(optimization)
CREATE(strange_loop)
CREATE(cognitive)
CREATE(loader)
OF_MODULE(temporal)
OF_MODULE(scheduler)
OF_MODULE(memory)
OF_MODULE(optimization)
OF_MODULE(strange_loop)
OF_MODULE(cognitive)

static int32_t tell_temporal(void *self) { return rancog_temporal_set_consciousness_level(self, 0.5); }
static int32_t tell_scheduler(void *self) { return rancog_scheduler_advance_time(self, 1); }
static int32_t tell_pool(void *self) { return result_check_and_free(rancog_pool_get_stats(self), "pool"); }

static int32_t tell_memory(void *self)
{
    static const uint8_t episode[] = "{\"vector\":[1,2]}";
    return result_check_and_free(rancog_memory_store(self, episode, sizeof episode - 1), "memory");
}

static int32_t tell_optimization(void *self)
{
    static const uint8_t problem[] = "{\"variables\":[{\"name\":\"a\",\"type\":\"binary\"}],\"objectives\":[{\"name\":\"o\"}]}";
    return rancog_optimization_begin(self, problem, sizeof problem - 1);
}

static int32_t tell_strange_loop(void *self)
{
    static const uint8_t prediction[] = "{\"loop_id\":\"l\",\"time_ns\":5,\"predict\":{\"m\":{\"mean\":1}}}";
    return result_check_and_free(rancog_strange_loop_observe(self, prediction, sizeof prediction - 1), "strange loop");
}

static int32_t tell_cognitive(void *self) { return result_check_and_free(rancog_cognitive_decide(self, (const uint8_t *)"{}", 2, NULL, 0), "cognitive"); }

static int32_t tell_loader(void *self)
{
    rancog_loader_load_module(self, (const uint8_t *)"memory", 6, NULL, 0);
    return rancog_last_status();
}

static const kind_calls kinds[HANDLE_KINDS] = {
    {"rancog_temporal", "temporal", create_temporal, destroy_temporal, temporal_of_module, tell_temporal},
    {"rancog_scheduler", "scheduler", create_scheduler, destroy_scheduler, scheduler_of_module, tell_scheduler},
    {"rancog_pool", NULL, create_pool, destroy_pool, NULL, tell_pool},
    {"rancog_memory", "memory", create_memory, destroy_memory, memory_of_module, tell_memory},
    {"rancog_optimization", "optimization", create_optimization, destroy_optimization, optimization_of_module, tell_optimization},
    {"rancog_strange_loop", "strangeLoop", create_strange_loop, destroy_strange_loop, strange_loop_of_module, tell_strange_loop},
    {"rancog_cognitive", "cognitive", create_cognitive, destroy_cognitive, cognitive_of_module, tell_cognitive},
    {"rancog_loader", NULL, create_loader, destroy_loader, NULL, tell_loader},
};

/* ---- the tests of a subject ---- */
static const handle_subject *subject;
static const kind_calls *own; /* of its kind */

static void *created(void)
{
    void *self = own->create(NULL, 0, NULL);
    CHECK_CASE(self != NULL, rancog_last_error_message());
    return self;
}

static void destroyed(void *self)
{
    own->destroy(self);
    CHECK_CASE(rancog_last_status() == RANCOG_OK, rancog_last_error_message());
}

static void refused(void *self, const char *note)
{
    subject->refused(self, note);
    own->destroy(self);
    CHECK_CASE(rancog_last_status() == RANCOG_E_INVALID_HANDLE, note);
}

static void null_is_refused_everywhere_but_destroy(void)
{
    subject->refused(NULL, "NULL");
    destroyed(NULL);
}

static void a_destroyed_handle_is_refused_when_its_place_is_taken_again_too(void)
{
    void *stale = created(), *next, *other;
    const kind_calls *another = &kinds[(subject->kind + 1) % HANDLE_KINDS];
    CHECK(own->tell(stale) == RANCOG_OK);
    destroyed(stale);
    refused(stale, "destroyed");
    next = created();
    CHECK(next != stale);
    if (subject->is_new) {
        subject->is_new(next);
    }
    refused(stale, "stale, its place is of its kind");
    CHECK(own->tell(next) == RANCOG_OK);
    destroyed(next);
    other = another->create(NULL, 0, NULL);
    refused(stale, "stale, its place is another kind's");
    refused(next, "stale, its place is another kind's");
    CHECK(another->tell(other) == RANCOG_OK);
    another->destroy(other);
}

static void a_live_handle_with_any_bit_flipped_is_refused(void)
{
    void *live = created();
    int bit;
    for (bit = 0; bit < 64; bit++) {
        refused((void *)((uintptr_t)live ^ (uintptr_t)1 << bit), "bit flipped");
    }
    CHECK(own->tell(live) == RANCOG_OK);
    destroyed(live);
}

static void forged_values_and_addresses_are_refused(void)
{
    void *live = created();
    refused((void *)(uintptr_t)1, "1");
    refused((void *)UINTPTR_MAX, "all bits");
    refused((void *)((uintptr_t)live >> 56 << 56), "only the kind");
    refused(&live, "address on the stack");
    refused((void *)(uintptr_t)kinds, "address of data");
    destroyed(live);
}

/* The message of a handle that is given for one of another kind. */
static int is_not_a(const char *type)
{
    char message[80];
    snprintf(message, sizeof message, "self: is not a %s", type);
    return rancog_last_status() == RANCOG_E_INVALID_HANDLE && strcmp(rancog_last_error_message(), message) == 0;
}

static void handles_of_other_kinds_are_refused_and_go_on_working(void)
{
    void *self = created();
    rancog_loader *loader = rancog_loader_create(NULL, 0, NULL);
    rancog_module *module = rancog_loader_load_module(loader, (const uint8_t *)(subject->kind == HANDLE_TEMPORAL ? "scheduler" : "temporal"), subject->kind == HANDLE_TEMPORAL ? 9 : 8, NULL, 0);
    size_t i;
    for (i = 0; i < HANDLE_KINDS; i++) {
        if (i != (size_t)subject->kind) {
            void *other = kinds[i].create(NULL, 0, NULL);
            refused(other, kinds[i].type);
            CHECK_CASE(is_not_a(own->type), rancog_last_error_message());
            CHECK_CASE(kinds[i].tell(self) == RANCOG_E_INVALID_HANDLE, kinds[i].type);
            kinds[i].destroy(self);
            CHECK_CASE(is_not_a(kinds[i].type), rancog_last_error_message());
            CHECK_CASE(kinds[i].tell(other) == RANCOG_OK, rancog_last_error_message());
            kinds[i].destroy(other);
        }
    }
    CHECK(module != NULL);
    refused(module, "rancog_module");
    CHECK_CASE(is_not_a(own->type), rancog_last_error_message());
    if (own->of_module) {
        CHECK(own->of_module(module) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT);
        CHECK(own->of_module(self) == NULL && is_not_a("rancog_module"));
        CHECK(own->of_module(NULL) == NULL && rancog_last_status() == RANCOG_E_INVALID_HANDLE);
    }
    CHECK(own->tell(self) == RANCOG_OK);
    destroyed(self);
    rancog_loader_destroy(loader);
}

void handle_kit_run(const handle_subject *of)
{
    subject = of;
    own = &kinds[of->kind];
    RUN(null_is_refused_everywhere_but_destroy);
    RUN(a_destroyed_handle_is_refused_when_its_place_is_taken_again_too);
    RUN(a_live_handle_with_any_bit_flipped_is_refused);
    RUN(forged_values_and_addresses_are_refused);
    RUN(handles_of_other_kinds_are_refused_and_go_on_working);
}

/* ---- what else a test can ask for ---- */
void handle_kit_options_are_named(handle_kind kind, const refusal *cases, size_t count)
{
    rancog_host host;
    size_t i;
    for (i = 0; i < count; i++) {
        void *self = kinds[kind].create((const uint8_t *)cases[i].json, strlen(cases[i].json), NULL);
        CHECK_CASE(self == NULL && (rancog_last_status() == RANCOG_E_INVALID_ARGUMENT || rancog_last_status() == RANCOG_E_INVALID_JSON), cases[i].json);
        CHECK_CASE(error_names(cases[i].place), rancog_last_error_message());
    }
    CHECK(kinds[kind].create(NULL, 5, NULL) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT && error_names("options"));
    for (i = 0; i < HUGE_LENGTHS; i++) {
        CHECK(kinds[kind].create((const uint8_t *)"{}", huge_lengths[i], NULL) == NULL && rancog_last_status() == RANCOG_E_LIMIT && error_names("options"));
    }
    memset(&host, 0, sizeof host);
    host.struct_size = 3;
    CHECK(kinds[kind].create(NULL, 0, &host) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT && error_names("host"));
}

void *handle_kit_of_loader(handle_kind kind, rancog_loader *loader, const char *config)
{
    const char *name = kinds[kind].module;
    void *core = kinds[kind].of_module(rancog_loader_load_module(loader, (const uint8_t *)name, strlen(name), (const uint8_t *)config, config ? strlen(config) : 0));
    CHECK_CASE(core != NULL, rancog_last_error_message());
    return core;
}

typedef struct {
    void *self;
    void (*destroy)(void *self);
    int32_t (*use)(void *self, size_t i);
} use;

static void *use_until_destroyed(void *argument)
{
    const use *u = argument;
    size_t i = 0;
    int32_t status;
    do {
        status = u->use(u->self, i++);
        CHECK_CASE(status == RANCOG_OK || status == RANCOG_E_INVALID_HANDLE, rancog_last_error_message());
    } while (status == RANCOG_OK);
    u->destroy(u->self); /* all but one come too late */
    return NULL;
}

void handle_kit_destroy_under_use(handle_kind kind, void *self, int32_t (*call)(void *self, size_t i))
{
    use u = {NULL, NULL, NULL};
    pthread_t threads[THREADS];
    u.self = self, u.destroy = kinds[kind].destroy, u.use = call;
    threads_start(threads, THREADS, use_until_destroyed, &u, 0);
    kinds[kind].destroy(self);
    threads_join(threads, THREADS);
}

typedef struct {
    void *self;
    int32_t (*call)(void *self);
} queued;

static void *wait_in_the_queue(void *argument)
{
    const queued *q = argument;
    CHECK(q->call(q->self) == RANCOG_E_INVALID_HANDLE);
    return NULL;
}

void handle_kit_destroy_under_way(handle_kind kind, void *(*slowly)(void *held), int32_t (*call)(void *self))
{
    held_call held = {NULL, {0, 0}};
    queued q = {NULL, NULL};
    pthread_t first, second;
    held.self = q.self = kinds[kind].create(NULL, 0, NULL);
    q.call = call;
    first = thread_start(slowly, &held);
    gate_await(&held.gate);
    second = thread_start(wait_in_the_queue, &q);
    kinds[kind].destroy(held.self); /* does not wait for the call */
    CHECK_CASE(rancog_last_status() == RANCOG_OK, rancog_last_error_message());
    CHECK(call(held.self) == RANCOG_E_INVALID_HANDLE);
    gate_open(&held.gate);
    pthread_join(first, NULL);
    pthread_join(second, NULL);
}
