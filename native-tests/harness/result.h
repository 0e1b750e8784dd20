/* What every result buffer must be, and how the tests look into one. */
#ifndef RESULT_H
#define RESULT_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of the result: after its u32 little-endian length prefix. */
const char *result_text(const uint8_t *buffer);
size_t result_length(const uint8_t *buffer);

/* Checks prefix, terminating NUL, strict JSON, and that the thread's status agrees: error JSON with the same status, or OK
 * and no error. RANCOG_E_INTERNAL is always a failure. Gives the status. */
int32_t result_check(const uint8_t *buffer, const char *note);

/* The same, and a copy of the text (malloc; "" when there is none) when text is not NULL; the buffer is released. */
int32_t result_take(uint8_t *buffer, const char *note, char **text);

/* result_check, then releases the buffer. */
int32_t result_check_and_free(uint8_t *buffer, const char *note);

int result_contains(const uint8_t *buffer, const char *text);

/* Copy of the text (malloc) in which times, counts of calls, numbers of timelines and memory are 0. */
char *result_without_times(const uint8_t *buffer);

/* Whether the thread's message has this in it. */
int error_names(const char *part);

/* Whether status is one of the header's codes but RANCOG_E_INTERNAL. */
int status_expected(int32_t status);

#endif
