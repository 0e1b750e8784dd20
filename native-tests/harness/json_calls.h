/* Every JSON input of every export as one row, so that each hostile text goes through all of them. */
#ifndef JSON_CALLS_H
#define JSON_CALLS_H

#include <stddef.h>
#include <stdint.h>

#include "rancognition.h"

typedef struct {
    const char *name;   /* export and argument */
    uint8_t *(*call)(rancog_temporal *self, const uint8_t *text, size_t length); /* NULL: the export gives no result buffer, see check */
    const char *sample; /* a valid text for that argument */
    int uses_handle;
    int may_be_empty;   /* NULL with length 0 means none */
    int gives_html;
    int32_t (*check)(const uint8_t *text, size_t length, const char *note); /* calls on an object of its own; gives the status */
} json_call;

extern const json_call json_calls[];
extern const size_t json_calls_count;

/* Calls, checks the result for its shape, releases it; gives the status. */
int32_t json_call_check(const json_call *row, rancog_temporal *self, const void *text, size_t length, const char *note);

#endif
