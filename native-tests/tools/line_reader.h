/* Lines of any length from standard input, and arrays of numbers in them. */
#ifndef LINE_READER_H
#define LINE_READER_H

#include <stddef.h>
#include <stdio.h>

#include "json_pick.h"

/* Reads the next line without its end; NULL at the end of the input. The line lives until the next call. */
char *line_next(FILE *input);

/* Copies an array of numbers and nulls (malloc; null becomes NaN) and sets the count. */
double *line_numbers(json_value array, size_t *count);

/* Microseconds since some start. */
double line_clock_us(void);

#endif
