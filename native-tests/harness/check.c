#include "check.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "rancognition.h"

/* More messages of one test would only repeat the same fault. */
#define MESSAGES_PER_TEST 10

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int passed;
static int failed;
static int failures_in_test;

int check_case(int held, const char *condition, const char *note, const char *file, int line)
{
    if (!held) {
        pthread_mutex_lock(&lock);
        if (failures_in_test++ < MESSAGES_PER_TEST) {
            printf("  %s:%d: %s%s%s\n", file, line, condition, note ? " -- " : "", note ? note : "");
        }
        pthread_mutex_unlock(&lock);
    }
    return held;
}

int check_that(int held, const char *condition, const char *file, int line)
{
    return check_case(held, condition, NULL, file, line);
}

void check_run(const char *name, void (*test)(void))
{
    unsigned long long left;
    failures_in_test = 0;
    test();
    left = (unsigned long long)rancog_buffers_outstanding();
    if (left != 0) {
        failures_in_test++;
        printf("  %s: %llu result buffers were not released\n", name, left);
    }
    printf("%s %s\n", failures_in_test == 0 ? "ok  " : "FAIL", name);
    fflush(stdout);
    failures_in_test == 0 ? passed++ : failed++;
}

int check_finish(void)
{
    printf("%d passed, %d failed\n", passed, failed);
    return failed == 0 ? 0 : 1;
}

size_t check_scale(size_t full, size_t brief)
{
    return getenv("RANCOG_HARNESS_SHORT") ? brief : full;
}
