/* A growing piece of text (bytes; a NUL follows that is not counted). */
#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    char *bytes;
    size_t length;
    size_t room;
} text;

void text_add_bytes(text *t, const void *bytes, size_t length);
void text_add(text *t, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;
void text_free(text *t);

static inline const uint8_t *text_u8(const text *t)
{
    return (const uint8_t *)t->bytes;
}

#endif
