/* Where the library, opened by its path as a plug-in host does, would find its SQLite; that this is the file that belongs to it, and that it answers: full-text search
 * and a function of libm, to which this program is not linked. Where the library has the memory core, a memory is opened and nothing but that file is loaded for it.
 *   own_sqlite LIBRARY EXPECTED-FILE */
#define _GNU_SOURCE /* dlinfo */
#include <dlfcn.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILE_NAME "librancognition-sqlite3.so"

static int failed;

static int check(int good, const char *what, const char *detail)
{
    printf("%s %s%s%s\n", good ? "ok  " : "FAIL", what, detail ? ": " : "", detail ? detail : "");
    failed += !good;
    return good;
}

/* ISO C has no cast from object to function pointers; POSIX promises that the bytes are the same. */
static int find(void *handle, const char *name, void *function)
{
    void *symbol = dlsym(handle, name);
    memcpy(function, &symbol, sizeof symbol);
    return symbol != NULL;
}

/* The folders that the loader searches for what this library opens by name: the first of them that has the file. */
static int found_by_loader(void *library, char *path, size_t size)
{
    Dl_serinfo head, *folders;
    unsigned int i;
    int found = 0;
    if (dlinfo(library, RTLD_DI_SERINFOSIZE, &head) != 0 || !(folders = malloc(head.dls_size))) {
        return 0;
    }
    if (dlinfo(library, RTLD_DI_SERINFOSIZE, folders) == 0 && dlinfo(library, RTLD_DI_SERINFO, folders) == 0) {
        const Dl_serpath *paths = (const Dl_serpath *)((const char *)folders + offsetof(Dl_serinfo, dls_serpath));
        for (i = 0; i < folders->dls_cnt && !found; i++) {
            snprintf(path, size, "%s/" FILE_NAME, paths[i].dls_name);
            found = access(path, R_OK) == 0;
        }
    }
    free(folders);
    return found;
}

/* The text of the first column of the first row. */
static int asks(void *sqlite, const char *script, const char *question, const char *expected)
{
    int (*open)(const char *, void **), (*exec)(void *, const char *, void *, void *, void *), (*prepare)(void *, const char *, int, void **, const char **);
    int (*step)(void *), (*finalize)(void *), (*close)(void *);
    const unsigned char *(*text)(void *, int);
    void *database = NULL, *statement = NULL;
    int good = find(sqlite, "sqlite3_open", &open) && find(sqlite, "sqlite3_exec", &exec) && find(sqlite, "sqlite3_prepare_v2", &prepare) && find(sqlite, "sqlite3_step", &step)
        && find(sqlite, "sqlite3_finalize", &finalize) && find(sqlite, "sqlite3_close", &close) && find(sqlite, "sqlite3_column_text", &text);
    if (!good || open(":memory:", &database) != 0) {
        return 0;
    }
    good = exec(database, script, NULL, NULL, NULL) == 0 && prepare(database, question, -1, &statement, NULL) == 0 && step(statement) == 100 && text(statement, 0)
        && strcmp((const char *)text(statement, 0), expected) == 0;
    finalize(statement);
    return close(database) == 0 && good;
}

/* Files with "sqlite" in their name that this process has mapped; gives how many there are besides the one that is ours. */
static int others_mapped(const char *ours, int *ours_mapped)
{
    char line[PATH_MAX + 128];
    int others = 0;
    FILE *maps = fopen("/proc/self/maps", "r");
    *ours_mapped = 0;
    while (maps && fgets(line, sizeof line, maps)) {
        const char *path = strchr(line, '/');
        if (path && strstr(path, "sqlite") && !strstr(path, "/own_sqlite")) {
            *strchr(line, '\n') = '\0';
            if (strcmp(path, ours) == 0) {
                *ours_mapped = 1;
            } else {
                others++;
            }
        }
    }
    if (maps) {
        fclose(maps);
    }
    return others;
}

static void open_memory(void *library, const char *ours)
{
    void *(*create)(const uint8_t *, size_t, const void *), *memory;
    void (*destroy)(void *);
    int (*status)(void), mapped;
    const char *(*message)(void);
    if (!find(library, "rancog_memory_create", &create)) {
        return;
    }
    if (!check(find(library, "rancog_memory_destroy", &destroy) && find(library, "rancog_last_status", &status) && find(library, "rancog_last_error_message", &message), "the memory's functions are there", NULL)) {
        return;
    }
    check(others_mapped(ours, &mapped) == 0 && !mapped, "no SQLite is loaded before the first memory", NULL);
    memory = create(NULL, 0, NULL);
    check(memory && status() == 0, "a memory is opened", message());
    check(others_mapped(ours, &mapped) == 0 && mapped, "with the library's own SQLite, and no other", NULL);
    destroy(memory);
}

int main(int count, char **arguments)
{
    char path[PATH_MAX + 64], real[PATH_MAX], expected[PATH_MAX];
    void *library, *sqlite;
    if (count != 3) {
        fprintf(stderr, "usage: own_sqlite LIBRARY EXPECTED-FILE\n");
        return 2;
    }
    library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
    if (!check(library != NULL, "the library is opened", library ? arguments[1] : dlerror())
        || !check(realpath(arguments[2], expected) != NULL, "the file that belongs to it is there", arguments[2])) {
        return 1;
    }
    open_memory(library, expected);
    if (check(found_by_loader(library, path, sizeof path) && realpath(path, real), "the loader finds a file of that name for the library", NULL)
        && check(strcmp(real, expected) == 0, "it is the one that belongs to it", real)) {
        sqlite = dlopen(path, RTLD_NOW | RTLD_LOCAL);
        check(sqlite != NULL, "it can be loaded by a program that is not linked to libm", sqlite ? NULL : dlerror());
        check(sqlite && asks(sqlite, "create virtual table t using fts5(x); insert into t values('the quick fox'); insert into t values('a lazy dog')",
                  "select x || ' ' || pow(2, 3) from t where t match 'fox'", "the quick fox 8.0"), "it searches text and computes", NULL);
    }
    return failed != 0;
}
