/* What holds for the handles of every kind: a test tells its kind and its calls, and they are checked as those of the others. */
#ifndef HANDLE_KIT_H
#define HANDLE_KIT_H

#include <stddef.h>
#include <stdint.h>

#include "argument_kit.h"
#include "rancognition.h"
#include "thread.h"

typedef enum { HANDLE_TEMPORAL, HANDLE_SCHEDULER, HANDLE_POOL, HANDLE_MEMORY, HANDLE_OPTIMIZATION, HANDLE_STRANGE_LOOP, HANDLE_COGNITIVE, HANDLE_LOADER, HANDLE_KINDS } handle_kind;

typedef struct {
    handle_kind kind;
    void (*refused)(void *self, const char *note); /* checks that every call but destroy refuses self, with sound arguments and with none; note: what self is */
    void (*is_new)(void *self);                    /* checks that nothing is left of what another one was told; NULL: that cannot be seen */
} handle_subject;

/* Runs the tests of NULL, of destroyed, stale and forged handles, and of those of other kinds. */
void handle_kit_run(const handle_subject *subject);

/* Checks that options that cannot be, or a host, are refused when a handle is created, and named. */
void handle_kit_options_are_named(handle_kind kind, const refusal *cases, size_t count);

/* The core of a loader's module of this kind; a failure is recorded. config NULL = none. */
void *handle_kit_of_loader(handle_kind kind, rancog_loader *loader, const char *config);

/* Destroys self while threads use it; use makes one call, the i-th of its thread, and gives its status. */
void handle_kit_destroy_under_use(handle_kind kind, void *self, int32_t (*use)(void *self, size_t i));

/* A call that waits at a gate in its callback. */
typedef struct {
    void *self;
    gate gate;
} held_call;

/* Destroys a handle while slowly, a thread with a held_call, is inside: that call ends well, and one that waits for the handle is refused. */
void handle_kit_destroy_under_way(handle_kind kind, void *(*slowly)(void *held), int32_t (*call)(void *self));

#endif
