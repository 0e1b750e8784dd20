/* Which image of the library the dynamic loader chose.
 *   test_cpu_level best    it is the best one for this machine
 *   test_cpu_level LEVEL   it is that one (x86-64-v2, ...); exit code 77 when this machine cannot run it
 *   test_cpu_level print   only says its name */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "rancognition.h"
#include "result.h"

#define SKIPPED 77

static const char *expected;

/* The compiler's own reading of CPUID and XCR0, beside the library's. */
static const char *best_here(void)
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512vl")) {
        return "x86-64-v4";
    }
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma") ? "x86-64-v3" : "x86-64-v2";
#else
    return "arm64";
#endif
}

static void copy_field(const uint8_t *info, const char *name, char *value, size_t room)
{
    const char *at = strstr(result_text(info), name);
    value[0] = 0;
    if (CHECK_CASE(at != NULL, name)) {
        size_t length = strcspn(at += strlen(name), "\"");
        if (CHECK_CASE(length < room, name)) {
            memcpy(value, at, length);
            value[length] = 0;
        }
    }
}

static void level_of_the_image(char *level, size_t room)
{
    uint8_t *info = rancog_runtime_info();
    copy_field(info, "\"cpu_level\":\"", level, room);
    rancog_buffer_free(info);
}

static void the_loader_chose_the_level_that_was_asked_for(void)
{
    char level[32];
    level_of_the_image(level, sizeof level);
    CHECK_CASE(strcmp(level, expected) == 0, level);
}

static void the_best_level_is_what_the_processor_says(void)
{
    char best[32];
    uint8_t *info = rancog_runtime_info();
    copy_field(info, "\"cpu_level_best\":\"", best, sizeof best);
    CHECK_CASE(strcmp(best, best_here()) == 0, best);
    rancog_buffer_free(info);
}

/* Says that the image is what its name promises. */
static void features_and_width_are_those_of_the_level(void)
{
    char level[32];
    uint8_t *info = rancog_runtime_info();
    int v3, v4;
    copy_field(info, "\"cpu_level\":\"", level, sizeof level);
    v4 = strcmp(level, "x86-64-v4") == 0;
    v3 = v4 || strcmp(level, "x86-64-v3") == 0;
    CHECK_CASE(result_contains(info, "\"avx2\"") == v3, level);
    CHECK_CASE(result_contains(info, "\"avx512f\"") == v4, level);
    CHECK_CASE(result_contains(info, v3 ? "\"vector_bits\":256" : "\"vector_bits\":128"), level);
    rancog_buffer_free(info);
}

int main(int count, char **arguments)
{
    expected = count == 2 ? arguments[1] : "best";
    if (strcmp(expected, "print") == 0) {
        char level[32];
        level_of_the_image(level, sizeof level);
        puts(level);
        return level[0] == 0;
    }
    if (strcmp(expected, "best") == 0) {
        expected = best_here();
    } else if (strcmp(expected, best_here()) > 0) {
        printf("SKIPPED: this machine cannot run %s\n", expected);
        return SKIPPED;
    }
    RUN(the_loader_chose_the_level_that_was_asked_for);
    RUN(the_best_level_is_what_the_processor_says);
    RUN(features_and_width_are_those_of_the_level);
    return check_finish();
}
