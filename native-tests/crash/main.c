/* usage: crash_memory ROUNDS [SEED]       kills that many writers of a memory's file
 *        crash_memory logs [OPERATIONS]   cuts the log that a killed writer left, everywhere */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "crash.h"

int main(int count, char **arguments)
{
    if (count == 9 && strcmp(arguments[1], "writer") == 0) {
        return crash_write(arguments[2], arguments[3], strtoul(arguments[4], NULL, 10), strtoull(arguments[5], NULL, 10), strtoull(arguments[6], NULL, 10), arguments[7], strtoul(arguments[8], NULL, 10));
    }
    if (count >= 2 && strcmp(arguments[1], "logs") == 0) {
        return crash_logs(arguments[0], count > 2 ? strtoul(arguments[2], NULL, 10) : 30);
    }
    if (count < 2 || strtoul(arguments[1], NULL, 10) == 0) {
        fprintf(stderr, "usage: %s ROUNDS [SEED] | logs [OPERATIONS]\n", arguments[0]);
        return 2;
    }
    return crash_rounds(arguments[0], strtoul(arguments[1], NULL, 10), count > 2 ? strtoull(arguments[2], NULL, 10) : (uint64_t)time(NULL));
}
