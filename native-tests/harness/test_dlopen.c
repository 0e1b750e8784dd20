/* The library loaded at run time: in a thread that closes it and ends, and again afterwards. Not linked to the library. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char *library = "librancognition.so";
static int failed;

typedef struct {
    uint64_t (*nanotime)(void);
    uint8_t *(*runtime_info)(void);
    void (*buffer_free)(uint8_t *);
} functions;

/* ISO C has no cast from object to function pointers; POSIX promises that the bytes are the same. */
static int find(void *handle, const char *name, void *function)
{
    void *symbol = dlsym(handle, name);
    memcpy(function, &symbol, sizeof symbol);
    return symbol != NULL;
}

static int use(void *handle)
{
    functions f;
    uint8_t *info;
    if (!find(handle, "rancog_nanotime", &f.nanotime) || !find(handle, "rancog_runtime_info", &f.runtime_info)
        || !find(handle, "rancog_buffer_free", &f.buffer_free)) {
        return 0;
    }
    info = f.runtime_info();
    if (!info || f.nanotime() == 0) {
        return 0;
    }
    f.buffer_free(info);
    return 1;
}

static void *open_use_close(void *good)
{
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        printf("  %s\n", dlerror());
        return NULL;
    }
    *(int *)good = use(handle) && dlclose(handle) == 0;
    return NULL;
}

static void report(const char *name, int good)
{
    printf("%s %s\n", good ? "ok  " : "FAIL", name);
    failed += !good;
}

int main(int count, char **arguments)
{
    int good = 1, i;
    library = count > 1 ? arguments[1] : library;
    for (i = 0; i < 5 && good; i++) {
        pthread_t thread;
        good = 0;
        pthread_create(&thread, NULL, open_use_close, &good);
        pthread_join(thread, NULL); /* the thread's end runs destructors in code that dlclose must not have unmapped */
    }
    report("a_thread_may_load_use_close_and_end", good);
    good = 0;
    open_use_close(&good);
    report("the_main_thread_may_load_it_again", good);
    printf("%d passed, %d failed\n", 2 - failed, failed);
    return failed != 0;
}
