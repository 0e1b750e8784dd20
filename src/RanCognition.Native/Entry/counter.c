#define _GNU_SOURCE
#include "counter.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <x86intrin.h>

#define CPUID_POWER 0x80000007u
#define CPUID_INVARIANT_TSC (1u << 8)

/* The kernel compares the counters of the cores, and watches them against another clock; one that it does not trust it takes off this list. */
#define CLOCK_LIST "/sys/devices/system/clocksource/clocksource0/available_clocksource"

/* 0 when the list is to be had and has no tsc. */
static int kernel_trusts_it(void)
{
    char list[256];
    ssize_t length;
    int file = open(CLOCK_LIST, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return 1;
    }
    length = read(file, list, sizeof list - 1);
    close(file);
    if (length <= 0) {
        return 1;
    }
    list[length] = 0;
    return strncmp(list, "tsc", 3) == 0 || strstr(list, " tsc") != NULL;
}

static uint64_t read_counter(void)
{
    _mm_lfence(); /* rdtsc alone may be done before earlier loads are */
    return __rdtsc();
}

rancog_counter rancog_counter_reader(void)
{
    unsigned a, b, c, d;
    int is_invariant = __get_cpuid(CPUID_POWER, &a, &b, &c, &d) && (d & CPUID_INVARIANT_TSC) != 0;
    return is_invariant && kernel_trusts_it() ? read_counter : NULL;
}

#elif defined(__aarch64__)

/* Even, never off and alike on all cores by the rules of the architecture. */
static uint64_t read_counter(void)
{
    uint64_t ticks;
    __asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(ticks) : : "memory");
    return ticks;
}

rancog_counter rancog_counter_reader(void)
{
    return read_counter;
}

#else

rancog_counter rancog_counter_reader(void)
{
    return 0;
}

#endif
