/* Stands for another SQLite that a program is linked to, as one of the system: whoever calls it by mistake ends. */
#include <stdio.h>
#include <stdlib.h>

static void called(const char *name)
{
    fprintf(stderr, "another SQLite was called: %s\n", name);
    abort();
}

#define STAND_IN(name) void name(void); void name(void) { called(#name); }

STAND_IN(sqlite3_initialize)
STAND_IN(sqlite3_malloc)
STAND_IN(sqlite3_malloc64)
STAND_IN(sqlite3_free)
STAND_IN(sqlite3_prepare_v2)
STAND_IN(sqlite3_step)
STAND_IN(sqlite3_vfs_find)
