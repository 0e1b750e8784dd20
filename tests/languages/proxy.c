/* A library with the exports of RanCognition that counts their calls and hands them on, so that it can be seen what a program reached.
 * At the program's end it writes "name count" lines. Made for one program at a time:
 *   gcc -shared -fPIC -DEXPORTS='"exports.inc"' proxy.c      exports.inc: EXPORT(0, rancog_abi_version) EXPORT(1, ..) ..
 *   PROXY_LIBRARY=path of the library   PROXY_COUNTS=file to write */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const names[] = {
#define EXPORT(index, name) #name,
#include EXPORTS
#undef EXPORT
};
enum { COUNT = sizeof names / sizeof *names };

/* Hidden: the instructions below address them relative to themselves. */
__attribute__((visibility("hidden"))) uint64_t proxy_calls[COUNT];
__attribute__((visibility("hidden"))) void *proxy_targets[COUNT];

/* Counts, then jumps: arguments and results pass as they are, whatever the signature. */
#define EXPORT(index, name)                                                                                      \
    __asm__(".text\n.globl " #name "\n.type " #name ", @function\n" #name ":\n"                                  \
            "  lock incq proxy_calls+8*" #index "(%rip)\n  jmp *proxy_targets+8*" #index "(%rip)\n"              \
            ".size " #name ", .-" #name "\n");
#include EXPORTS
#undef EXPORT

__attribute__((constructor)) static void open_library(void)
{
    const char *path = getenv("PROXY_LIBRARY");
    void *library = path != NULL ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;
    int i;
    for (i = 0; i < COUNT; i++) {
        proxy_targets[i] = library != NULL ? dlsym(library, names[i]) : NULL;
        if (proxy_targets[i] == NULL) {
            fprintf(stderr, "proxy: %s of %s: %s\n", names[i], path != NULL ? path : "(PROXY_LIBRARY is not set)", dlerror());
            abort();
        }
    }
}

__attribute__((destructor)) static void write_counts(void)
{
    const char *path = getenv("PROXY_COUNTS");
    FILE *file = path != NULL ? fopen(path, "w") : NULL;
    int i;
    for (i = 0; file != NULL && i < COUNT; i++) {
        fprintf(file, "%s %llu\n", names[i], (unsigned long long)proxy_calls[i]);
    }
    if (file != NULL) {
        fclose(file);
    }
}
