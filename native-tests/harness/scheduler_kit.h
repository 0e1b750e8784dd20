/* Short ways to schedule and to see what ran. */
#ifndef SCHEDULER_KIT_H
#define SCHEDULER_KIT_H

#include <stddef.h>
#include <stdint.h>

#include "rancognition.h"

#define KIT_RUNS_MAX 64
#define KIT_NO_TIME UINT64_MAX

/* What a recording handler was given, run by run, and what it shall do. */
typedef struct {
    size_t runs; /* may pass KIT_RUNS_MAX; the first are kept */
    uint64_t ids[KIT_RUNS_MAX];
    uint64_t payloads[KIT_RUNS_MAX];
    char data[KIT_RUNS_MAX][24]; /* "-" when it was NULL */
    int32_t answer;
    const char *reply; /* NULL = none */
} kit_record;

/* {"mode":"virtual"} with more members: ",\"capacity\":5", or "". */
rancog_scheduler *kit_virtual(const char *more);

/* Registers kit_recorder under the name; gives the handler's number. */
uint32_t kit_register(rancog_scheduler *self, const char *name, kit_record *record);

int32_t kit_recorder(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t data_len, rancog_reply *reply, void *record);

/* Schedules a task of a type given as JSON; data is text, or NULL. */
uint64_t kit_schedule(rancog_scheduler *self, uint64_t time, uint8_t priority, const char *type, const char *data);

/* As kit_schedule, of type {"Custom":"name"}. */
uint64_t kit_custom(rancog_scheduler *self, uint64_t time, uint8_t priority, const char *name, const char *data);

/* Executes and checks the result; gives its text as a copy (malloc), "" when the call failed. */
char *kit_execute(rancog_scheduler *self, size_t max_tasks);

/* Runs a task of a type given as JSON in virtual time, and checks how it ends; said: what has to be in its outcome. */
void kit_task_ends(rancog_scheduler *self, const char *type, const char *data, int success, const char *said);

/* The same for a task that gives this result of a core (released), but for its times: a scheduler's clock is its own. */
void kit_task_gives(rancog_scheduler *self, const char *type, const char *data, char *result);

/* Tasks of a type that fail, and how each says why. */
typedef struct {
    const char *data, *reason;
} kit_failure;

/* Each of them fails in one scheduler, and then a good one does what it should. */
void kit_tasks_fail(const char *type, const kit_failure *failures, size_t count, const char *good, const char *said);

/* The scheduler of a loader, with virtual time; a failure is recorded. */
rancog_scheduler *kit_of_loader(rancog_loader *loader);

/* A whole number in the queue status, by the first "name": in it. */
uint64_t kit_status(rancog_scheduler *self, const char *name);

/* The number after the first "name": of a text; KIT_NO_TIME when it is not there. */
uint64_t kit_number(const char *text, const char *name);

/* How often one text is in another. */
size_t kit_count(const char *text, const char *part);

rancog_task kit_task(uint32_t handler, uint64_t time, uint8_t priority, uint64_t payload);

#endif
