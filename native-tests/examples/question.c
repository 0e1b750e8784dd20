#include "question.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static char question[1 << 20];
static size_t length;

void question_begin(void)
{
    length = 0;
}

void ask(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    length += (size_t)vsnprintf(question + length, sizeof question - length, format, arguments);
    va_end(arguments);
    if (length >= sizeof question) {
        fprintf(stderr, "the question is longer than %u bytes\n", (unsigned)sizeof question);
        exit(1);
    }
}

void ask_history(const char *metric, const kpi_series *series)
{
    size_t i;
    ask("\"%s\":{\"start_ns\":%llu,\"step_ns\":%llu,\"values\":[", metric, (unsigned long long)series->start_ns, (unsigned long long)series->step_ns);
    for (i = 0; i < series->rows; i++) {
        const char *comma = i ? "," : "";
        if (isnan(series->values[i])) {
            ask("%snull", comma);
        } else {
            ask("%s%.9g", comma, series->values[i]);
        }
    }
    ask("]}");
}

const uint8_t *question_bytes(void)
{
    return (const uint8_t *)question;
}

size_t question_length(void)
{
    return length;
}
