#include "result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "json_strict.h"
#include "rancognition.h"

/* Besides times: counts of calls and the numbering of timelines, which go on from call to call on one handle. */
static const char *const time_fields[] = {
    "\"timeline_id\":\"timeline-",
    "\"execution_time\":", "\"last_execution_time\":", "\"average_execution_time\":",
    "\"total_executions\":", "\"error_count\":", "\"memory_usage\":",
};

const char *result_text(const uint8_t *buffer)
{
    return (const char *)buffer + 4;
}

size_t result_length(const uint8_t *buffer)
{
    return (size_t)buffer[0] | (size_t)buffer[1] << 8 | (size_t)buffer[2] << 16 | (size_t)buffer[3] << 24;
}

int status_expected(int32_t status)
{
    return status <= RANCOG_OK && status >= RANCOG_E_STORAGE && status != RANCOG_E_INTERNAL;
}

/* The error shape of the document, with the status and the message that the thread was told. */
static void check_error(const char *text, int32_t status, const char *note)
{
    char tail[40];
    size_t length = strlen(text);
    CHECK_CASE(strncmp(text, "{\"error\":true,\"message\":\"", 25) == 0, note);
    CHECK_CASE(strstr(text, "\"timestamp\":") != NULL, note);
    sprintf(tail, "\"status\":%d}", (int)status);
    CHECK_CASE(length > strlen(tail) && strcmp(text + length - strlen(tail), tail) == 0, note);
    CHECK_CASE(rancog_last_error_message()[0] != 0, note);
}

int32_t result_check(const uint8_t *buffer, const char *note)
{
    int32_t status = rancog_last_status();
    const char *fault;
    char detail[200] = "";
    CHECK_CASE(status_expected(status), status_expected(status) ? note : rancog_last_error_message());
    if (!CHECK_CASE(buffer != NULL, note)) {
        return status;
    }
    CHECK_CASE(result_text(buffer)[result_length(buffer)] == 0, note);
    CHECK_CASE(strlen(result_text(buffer)) == result_length(buffer), note);
    fault = json_strict_fault(result_text(buffer), result_length(buffer));
    if (fault) {
        snprintf(detail, sizeof detail, "%s: %s", fault, note);
    }
    CHECK_CASE(fault == NULL, detail);
    if (status == RANCOG_OK) {
        CHECK_CASE(strncmp(result_text(buffer), "{\"error\":", 9) != 0, note);
        CHECK_CASE(rancog_last_error_message()[0] == 0, note);
    } else {
        check_error(result_text(buffer), status, note);
    }
    return status;
}

int32_t result_take(uint8_t *buffer, const char *note, char **text)
{
    int32_t status = result_check(buffer, note);
    if (text) {
        *text = calloc(buffer ? result_length(buffer) + 1 : 1, 1);
        if (buffer) {
            memcpy(*text, result_text(buffer), result_length(buffer));
        }
    }
    rancog_buffer_free(buffer);
    return status;
}

int error_names(const char *part) { return strstr(rancog_last_error_message(), part) != NULL; }

int32_t result_check_and_free(uint8_t *buffer, const char *note)
{
    int32_t status = result_check(buffer, note);
    rancog_buffer_free(buffer);
    CHECK_CASE(rancog_last_status() == status, note);
    return status;
}

int result_contains(const uint8_t *buffer, const char *text)
{
    return buffer && strstr(result_text(buffer), text) != NULL;
}

static size_t field_at(const char *text)
{
    size_t i;
    for (i = 0; i < sizeof time_fields / sizeof time_fields[0]; i++) {
        if (strncmp(text, time_fields[i], strlen(time_fields[i])) == 0) {
            return strlen(time_fields[i]);
        }
    }
    return 0;
}

char *result_without_times(const uint8_t *buffer)
{
    const char *from = result_text(buffer);
    char *copy = malloc(result_length(buffer) + 1);
    char *to = copy;
    while (*from) {
        size_t name = field_at(from);
        if (name == 0) {
            *to++ = *from++;
            continue;
        }
        memcpy(to, from, name);
        to += name;
        from += name + strspn(from + name, "0123456789+-.eE");
        *to++ = '0';
    }
    *to = 0;
    return copy;
}
