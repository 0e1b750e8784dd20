/* Reads values out of a JSON result of the library without building a tree: a value is a pointer to its first byte.
 * It trusts the text to be valid JSON, which every result is. An absent value is NULL, and may be asked further. */
#ifndef JSON_PICK_H
#define JSON_PICK_H

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef const char *json_value;

static inline json_value json_blanks(json_value at)
{
    return at + strspn(at, " \t\r\n,:");
}

/* The byte after the value. */
static inline json_value json_end(json_value at)
{
    int depth = 0;
    do {
        if (*at == '"') {
            for (at++; *at != '"'; at++) {
                at += *at == '\\';
            }
            at++;
        } else if (*at == '{' || *at == '[') {
            depth++;
            at++;
        } else if (*at == '}' || *at == ']') {
            depth--;
            at++;
        } else if (strchr(" \t\r\n,:", *at)) {
            at++;
        } else {
            at += strcspn(at, " \t\r\n,:]}");
        }
    } while (depth > 0 && *at);
    return at;
}

/* First element of an array; NULL when there is none. */
static inline json_value json_first(json_value array)
{
    json_value at = array && *array == '[' ? json_blanks(array + 1) : NULL;
    return at && *at != ']' ? at : NULL;
}

/* Element after this one; NULL at the end. */
static inline json_value json_next(json_value element)
{
    json_value at = json_blanks(json_end(element));
    return *at && *at != ']' ? at : NULL;
}

/* Value of a field of an object. Names are compared as they are written. */
static inline json_value json_field(json_value object, const char *name)
{
    size_t length = strlen(name);
    json_value at = object && *object == '{' ? json_blanks(object + 1) : NULL;
    while (at && *at == '"') {
        json_value value = json_blanks(json_end(at));
        if (strncmp(at + 1, name, length) == 0 && at[1 + length] == '"') {
            return value;
        }
        at = json_blanks(json_end(value));
    }
    return NULL;
}

/* NaN when absent or null. */
static inline double json_number(json_value value)
{
    return value && *value != 'n' ? strtod(value, NULL) : NAN;
}

static inline uint64_t json_whole(json_value value)
{
    return value ? strtoull(value, NULL, 10) : 0;
}

/* Copies a string, cut to the room; escapes stay as they are written. "" when absent. Gives the copy. */
static inline char *json_text(json_value value, char *copy, size_t room)
{
    size_t length = value && *value == '"' ? (size_t)(json_end(value) - value) - 2 : 0;
    length = length < room - 1 ? length : room - 1;
    memcpy(copy, value && length ? value + 1 : "", length);
    copy[length] = 0;
    return copy;
}

#endif
