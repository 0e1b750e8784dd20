#include "thread.h"

#include <sched.h>
#include <stdlib.h>

#include "check.h"

pthread_t thread_start(void *(*function)(void *), void *argument)
{
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    CHECK(pthread_attr_setstacksize(&attributes, THREAD_STACK_BYTES) == 0);
    if (!CHECK(pthread_create(&thread, &attributes, function, argument) == 0)) {
        abort();
    }
    pthread_attr_destroy(&attributes);
    return thread;
}

void threads_start(pthread_t *threads, size_t count, void *(*function)(void *), void *arguments, size_t size)
{
    size_t i;
    for (i = 0; i < count; i++) {
        threads[i] = thread_start(function, size ? (char *)arguments + i * size : arguments);
    }
}

void threads_join(const pthread_t *threads, size_t count)
{
    size_t i;
    for (i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
    }
}

void threads_run(size_t count, void *(*function)(void *), void *arguments, size_t size)
{
    pthread_t *threads = malloc(count * sizeof *threads);
    threads_start(threads, count, function, arguments, size);
    threads_join(threads, count);
    free(threads);
}

static void wait_for(int *flag)
{
    while (!__atomic_load_n(flag, __ATOMIC_ACQUIRE)) {
        sched_yield();
    }
}

void gate_wait(gate *g)
{
    __atomic_store_n(&g->inside, 1, __ATOMIC_RELEASE);
    wait_for(&g->open);
}

void gate_await(gate *g) { wait_for(&g->inside); }

void gate_open(gate *g) { __atomic_store_n(&g->open, 1, __ATOMIC_RELEASE); }
