#include "line_reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

char *line_next(FILE *input)
{
    static char *line;
    static size_t room;
    size_t length = 0;
    do {
        if (room - length < 2) {
            room = room ? room * 2 : 1 << 20;
            line = realloc(line, room);
            if (!line) {
                abort();
            }
        }
        if (!fgets(line + length, (int)(room - length), input)) {
            break;
        }
        length += strlen(line + length);
    } while (line[length - 1] != '\n');
    if (length == 0) {
        free(line);
        line = NULL;
        room = 0;
        return NULL;
    }
    if (line[length - 1] == '\n') {
        line[length - 1] = 0;
    }
    return line;
}

double *line_numbers(json_value array, size_t *count)
{
    size_t room = 1024;
    double *numbers = malloc(room * sizeof *numbers);
    json_value element;
    *count = 0;
    for (element = json_first(array); element; element = json_next(element)) {
        if (*count == room) {
            room *= 2;
            numbers = realloc(numbers, room * sizeof *numbers);
        }
        if (!numbers) {
            abort();
        }
        numbers[(*count)++] = json_number(element);
    }
    return numbers;
}

double line_clock_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec * 1e-3;
}
