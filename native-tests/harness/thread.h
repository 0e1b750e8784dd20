/* Threads with the stack that the header asks for, and a gate that holds a call inside of the library. */
#ifndef THREAD_H
#define THREAD_H

#include <pthread.h>
#include <stddef.h>

#define THREAD_STACK_BYTES (256 * 1024)

pthread_t thread_start(void *(*function)(void *), void *argument);

/* Starts count of them, each with the argument that lies size bytes behind the one before (0: all with the same). */
void threads_start(pthread_t *threads, size_t count, void *(*function)(void *), void *arguments, size_t size);

/* Waits for their ends. */
void threads_join(const pthread_t *threads, size_t count);

/* Both. */
void threads_run(size_t count, void *(*function)(void *), void *arguments, size_t size);

typedef struct {
    int inside, open;
} gate;

/* In a callback: tells that it is inside, and waits until the gate is opened. */
void gate_wait(gate *g);

/* Waits until a callback is inside. */
void gate_await(gate *g);

void gate_open(gate *g);

#endif
