/* The JSON text that is sent to the library, put together piece by piece. One at a time. */
#ifndef QUESTION_H
#define QUESTION_H

#include <stddef.h>
#include <stdint.h>

#include "kpi_csv.h"

void question_begin(void);

/* Appends text as printf does; ends the program when there is no room. */
void ask(const char *format, ...);

/* Appends "metric":{"start_ns":..,"step_ns":..,"values":[..]}; missing samples become null. */
void ask_history(const char *metric, const kpi_series *series);

const uint8_t *question_bytes(void);
size_t question_length(void);

#endif
