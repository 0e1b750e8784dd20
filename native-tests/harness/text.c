#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void grow(text *t, size_t more)
{
    if (t->length + more + 1 > t->room) {
        t->room = (t->length + more + 1) * 2;
        t->bytes = realloc(t->bytes, t->room);
        if (!t->bytes) {
            abort();
        }
    }
}

void text_add_bytes(text *t, const void *bytes, size_t length)
{
    grow(t, length);
    memcpy(t->bytes + t->length, bytes, length);
    t->length += length;
    t->bytes[t->length] = 0;
}

void text_add(text *t, const char *format, ...)
{
    va_list arguments, again;
    int length;
    va_start(arguments, format);
    va_copy(again, arguments);
    length = vsnprintf(NULL, 0, format, arguments);
    grow(t, (size_t)length);
    vsnprintf(t->bytes + t->length, (size_t)length + 1, format, again);
    t->length += (size_t)length;
    va_end(again);
    va_end(arguments);
}

void text_free(text *t)
{
    free(t->bytes);
    t->bytes = NULL;
    t->length = t->room = 0;
}
