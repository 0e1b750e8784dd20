/* The clock: never back over threads that tell each other the time, near the system's clocks, and what it says of itself. */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check.h"
#include "rancognition.h"
#include "result.h"

#define THREADS 4
#define SECOND_NS 1000000000u

/* What a loaded machine may add between two readings of one thread; the figure printed is the one that tells. */
#define DRIFT_NS_MAX 1000000

static uint64_t clock_ns(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * SECOND_NS + (uint64_t)now.tv_nsec;
}

/* The library's clock - a system clock: the middle of the closest of some tries, so that what comes between counts little. */
static int64_t distance(clockid_t clock)
{
    uint64_t narrowest = UINT64_MAX;
    int64_t found = 0;
    int i;
    for (i = 0; i < 20; i++) {
        uint64_t before = clock_ns(clock), ours = rancog_nanotime(), after = clock_ns(clock);
        if (after - before < narrowest) {
            narrowest = after - before;
            found = (int64_t)(ours - before - narrowest / 2);
        }
    }
    return found;
}

/* The value of a number in the runtime's description. */
static int64_t described(const char *name)
{
    uint8_t *info = rancog_runtime_info();
    const char *found = info ? strstr(result_text(info), name) : NULL;
    int64_t value = found ? strtoll(found + strlen(name), NULL, 10) : INT64_MIN;
    rancog_buffer_free(info);
    CHECK_CASE(value != INT64_MIN, name);
    return value;
}

static uint64_t told;         /* the latest time that anybody read */
static uint64_t end_of_race;  /* CLOCK_MONOTONIC */

static void *read_and_tell(void *backward)
{
    while (clock_ns(CLOCK_MONOTONIC) < end_of_race) {
        int i;
        for (i = 0; i < 100; i++) {
            uint64_t before = __atomic_load_n(&told, __ATOMIC_ACQUIRE);
            uint64_t now = rancog_nanotime();
            if (now < before) {
                ++*(size_t *)backward;
            }
            while (before < now && !__atomic_compare_exchange_n(&told, &before, now, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
            }
        }
    }
    return NULL;
}

/* Through the first 10 ms, in which the system clock is read, the change-over and several new lines. */
static void no_thread_reads_less_than_it_was_told(void)
{
    pthread_t threads[THREADS];
    size_t backward[THREADS], i;
    told = rancog_nanotime();
    end_of_race = clock_ns(CLOCK_MONOTONIC) + check_scale(1500, 300) * 1000000u;
    for (i = 0; i < THREADS; i++) {
        backward[i] = 0;
        pthread_create(&threads[i], NULL, read_and_tell, &backward[i]);
    }
    for (i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        CHECK(backward[i] == 0);
    }
}

static void it_keeps_to_the_systems_monotonic_clock(void)
{
    int64_t start = distance(CLOCK_MONOTONIC), largest = 0;
    uint64_t end = clock_ns(CLOCK_MONOTONIC) + check_scale(3000, 300) * 1000000u;
    while (clock_ns(CLOCK_MONOTONIC) < end) {
        struct timespec pause = {0, 1000000};
        int64_t drift = distance(CLOCK_MONOTONIC) - start;
        drift = drift < 0 ? -drift : drift;
        largest = drift > largest ? drift : largest;
        nanosleep(&pause, NULL);
    }
    printf("  largest drift against CLOCK_MONOTONIC: %lld ns\n", (long long)largest);
    CHECK(largest < DRIFT_NS_MAX);
    CHECK(described("\"clock_drift_ns\":") < DRIFT_NS_MAX);
}

static void an_idle_second_is_not_lost(void)
{
    int64_t start = distance(CLOCK_MONOTONIC), drift;
    struct timespec pause = {0, 0};
    pause.tv_sec = (time_t)check_scale(3, 1);
    nanosleep(&pause, NULL);
    drift = distance(CLOCK_MONOTONIC) - start;
    CHECK(drift > -DRIFT_NS_MAX && drift < DRIFT_NS_MAX);
}

static void the_distance_from_the_date_is_told(void)
{
    int64_t ours = -distance(CLOCK_REALTIME), theirs = described("\"clock_offset_ns\":");
    CHECK(ours - theirs > -DRIFT_NS_MAX && ours - theirs < DRIFT_NS_MAX);
}

/* Where there is a counter: some comparisons, none of them bad, and a frequency that fits. Else the system clock, at its ns. */
static void the_description_fits(void)
{
    uint8_t *info = rancog_runtime_info();
    int counts = result_contains(info, ", calibrated against CLOCK_MONOTONIC\"");
    CHECK(counts || result_contains(info, "\"clock_source\":\"CLOCK_MONOTONIC\""));
    printf("  counter in use: %s, %lld Hz, %lld comparisons, %lld faults, largest error %lld ns\n", counts ? "yes" : "no",
           (long long)described("\"clock_frequency_hz\":"), (long long)described("\"clock_recalibrations\":"), (long long)described("\"clock_faults\":"),
           (long long)described("\"clock_drift_ns\":"));
    CHECK(described("\"clock_resolution_ns\":") >= 1);
    CHECK(described("\"clock_frequency_hz\":") >= 10000000);
    if (counts) {
        CHECK(described("\"clock_recalibrations\":") >= 1);
    }
    CHECK(result_check_and_free(info, "runtime_info") == RANCOG_OK);
}

static void what_it_costs(void)
{
    const int calls = 1000000;
    int i;
    uint64_t start = clock_ns(CLOCK_MONOTONIC), sum = 0, middle, end;
    for (i = 0; i < calls; i++) {
        sum += rancog_nanotime();
    }
    middle = clock_ns(CLOCK_MONOTONIC);
    for (i = 0; i < calls; i++) {
        sum += clock_ns(CLOCK_MONOTONIC);
    }
    end = clock_ns(CLOCK_MONOTONIC);
    CHECK(sum != 0);
    printf("  rancog_nanotime %.1f ns, clock_gettime %.1f ns\n", (double)(middle - start) / calls, (double)(end - middle) / calls);
}

int main(void)
{
    RUN(no_thread_reads_less_than_it_was_told);
    RUN(it_keeps_to_the_systems_monotonic_clock);
    RUN(an_idle_second_is_not_lost);
    RUN(the_distance_from_the_date_is_told);
    RUN(the_description_fits);
    RUN(what_it_costs);
    return check_finish();
}
