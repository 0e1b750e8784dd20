#define _GNU_SOURCE
#include "fork_guard.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "rancognition.h"

#ifndef MADV_WIPEONFORK
#define MADV_WIPEONFORK 18
#endif

#define PAGE_BYTES 4096
#define PREFIX_BYTES 4

static const volatile unsigned char unused;
static const volatile unsigned char undetected = 1;
static pthread_once_t first_call = PTHREAD_ONCE_INIT;

const volatile unsigned char *fork_guard_mark = &unused;

const char fork_guard_message[] = "this process is a fork of one that had already used the library; load it after fork, or start a fresh process";

static void set_mark(void)
{
    unsigned char *page = mmap(NULL, PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page != MAP_FAILED && madvise(page, PAGE_BYTES, MADV_WIPEONFORK) == 0) {
        *page = 1;
        fork_guard_mark = page;
    } else {
        fork_guard_mark = &undetected;
    }
}

int fork_guard_begin(void)
{
    pthread_once(&first_call, set_mark);
    return *fork_guard_mark == 0;
}

static size_t results_start;
static size_t results_bytes;

void fork_guard_results(size_t start, size_t bytes)
{
    results_start = start;
    results_bytes = bytes;
}

void fork_guard_free(uint8_t *buffer)
{
    if ((size_t)(uintptr_t)buffer - results_start >= results_bytes) {
        free(buffer);
    }
}

uint8_t *fork_guard_result(void)
{
    char text[512];
    struct timespec now;
    uint32_t length;
    uint8_t *buffer;
    clock_gettime(CLOCK_REALTIME, &now);
    length = (uint32_t)snprintf(text, sizeof text, "{\"error\":true,\"message\":\"%s\",\"timestamp\":%" PRIu64 ",\"status\":%d}", fork_guard_message,
                                (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec, RANCOG_E_FORKED);
    buffer = malloc(PREFIX_BYTES + length + 1);
    if (buffer) {
        buffer[0] = (uint8_t)length;
        buffer[1] = (uint8_t)(length >> 8);
        buffer[2] = buffer[3] = 0;
        memcpy(buffer + PREFIX_BYTES, text, length + 1);
    }
    return buffer;
}
