#include "scheduler_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "handle_kit.h"
#include "result.h"

rancog_scheduler *kit_virtual(const char *more)
{
    char options[500];
    rancog_scheduler *self;
    snprintf(options, sizeof options, "{\"mode\":\"virtual\"%s}", more);
    self = rancog_scheduler_create((const uint8_t *)options, strlen(options), NULL);
    CHECK_CASE(self != NULL, more);
    return self;
}

int32_t kit_recorder(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t data_len, rancog_reply *reply, void *user_data)
{
    kit_record *record = user_data;
    if (record->runs < KIT_RUNS_MAX) {
        record->ids[record->runs] = task_id;
        record->payloads[record->runs] = payload;
        if (data) {
            snprintf(record->data[record->runs], sizeof record->data[0], "%.*s", (int)data_len, (const char *)data);
        } else {
            strcpy(record->data[record->runs], "-");
            CHECK(data_len == 0);
        }
    }
    record->runs++;
    if (record->reply) {
        CHECK(rancog_reply_write(reply, (const uint8_t *)record->reply, strlen(record->reply)) == RANCOG_OK);
    }
    return record->answer;
}

uint32_t kit_register(rancog_scheduler *self, const char *name, kit_record *record)
{
    uint32_t number;
    memset(record, 0, sizeof *record);
    number = rancog_scheduler_register_handler(self, (const uint8_t *)name, strlen(name), kit_recorder, record);
    CHECK_CASE(number != 0 && rancog_last_status() == RANCOG_OK, name);
    return number;
}

uint64_t kit_schedule(rancog_scheduler *self, uint64_t time, uint8_t priority, const char *type, const char *data)
{
    return rancog_scheduler_schedule_task(self, time, priority, (const uint8_t *)type, strlen(type), (const uint8_t *)data, data ? strlen(data) : 0);
}

uint64_t kit_custom(rancog_scheduler *self, uint64_t time, uint8_t priority, const char *name, const char *data)
{
    char type[300];
    uint64_t id;
    snprintf(type, sizeof type, "{\"Custom\":\"%s\"}", name);
    id = kit_schedule(self, time, priority, type, data);
    CHECK_CASE(id != 0 && rancog_last_status() == RANCOG_OK, type);
    return id;
}

char *kit_execute(rancog_scheduler *self, size_t max_tasks)
{
    uint8_t *result = rancog_scheduler_execute_ready_tasks(self, max_tasks);
    int32_t status = result_check(result, "execute_ready_tasks");
    char *copy = calloc(result ? result_length(result) + 1 : 1, 1);
    if (CHECK_CASE(status == RANCOG_OK, rancog_last_error_message())) {
        memcpy(copy, result_text(result), result_length(result));
    }
    rancog_buffer_free(result);
    return copy;
}

void kit_task_ends(rancog_scheduler *self, const char *type, const char *data, int success, const char *said)
{
    char *outcome;
    CHECK_CASE(kit_schedule(self, 1, 1, type, data) != 0, rancog_last_error_message());
    CHECK(rancog_scheduler_advance_time(self, 10) == RANCOG_OK);
    outcome = kit_execute(self, 10);
    CHECK_CASE(strstr(outcome, success ? "\"success\":true" : "\"success\":false") && strstr(outcome, said), outcome);
    free(outcome);
}

void kit_task_gives(rancog_scheduler *self, const char *type, const char *data, char *result)
{
    char *times = strstr(result, "\"timing_ns\":");
    times = times ? times : strstr(result, "\"execution_time\":");
    if (times) {
        *times = 0;
    }
    kit_task_ends(self, type, data, 1, result);
    free(result);
}

void kit_tasks_fail(const char *type, const kit_failure *failures, size_t count, const char *good, const char *said)
{
    rancog_scheduler *self = kit_virtual("");
    size_t i;
    for (i = 0; i < count; i++) {
        kit_task_ends(self, type, failures[i].data, 0, failures[i].reason);
    }
    kit_task_ends(self, type, good, 1, said);
    rancog_scheduler_destroy(self);
}

rancog_scheduler *kit_of_loader(rancog_loader *loader) { return handle_kit_of_loader(HANDLE_SCHEDULER, loader, "{\"mode\":\"virtual\"}"); }

uint64_t kit_number(const char *text, const char *name)
{
    char field[64];
    const char *at;
    snprintf(field, sizeof field, "\"%s\":", name);
    at = strstr(text, field);
    return at ? strtoull(at + strlen(field), NULL, 10) : KIT_NO_TIME;
}

uint64_t kit_status(rancog_scheduler *self, const char *name)
{
    uint8_t *status = rancog_scheduler_get_queue_status(self);
    uint64_t number = KIT_NO_TIME;
    if (result_check(status, name) == RANCOG_OK) {
        number = kit_number(result_text(status), name);
    }
    rancog_buffer_free(status);
    return number;
}

size_t kit_count(const char *text, const char *part)
{
    size_t count = 0;
    for (text = strstr(text, part); text; text = strstr(text + 1, part)) {
        count++;
    }
    return count;
}

rancog_task kit_task(uint32_t handler, uint64_t time, uint8_t priority, uint64_t payload)
{
    rancog_task task;
    memset(&task, 0, sizeof task);
    task.struct_size = sizeof task;
    task.handler = handler;
    task.execute_time = time;
    task.priority = priority;
    task.payload = payload;
    return task;
}
