/* When memory is exhausted the call says so; the library goes on working. Starts itself again with a small heap, in which the
 * address space is full too. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "check.h"
#include "process.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"
#include "text.h"

/* 48 MiB (hex), which the runtime reads when it starts. */
#define HEAP_BYTES "3000000"
#define VALUES ((size_t)4 << 20)

static rancog_temporal *core;

/* What malloc may still take; without any the runtime itself cannot go on. */
#define SPARE_KIB 2048

/* Little more address space than there is now. */
static void fill_the_address_space(void)
{
    struct rlimit limit;
    unsigned long kib = process_status("VmSize:");
    limit.rlim_cur = limit.rlim_max = (rlim_t)(kib + SPARE_KIB) * 1024;
    CHECK(kib > 0 && setrlimit(RLIMIT_AS, &limit) == 0);
}

/* The very first failure of the process is that memory is exhausted: the runtime must not need memory to say so. */
static void a_history_beyond_the_heap_is_out_of_memory(void)
{
    text problem = {NULL, 0, 0};
    char *values = malloc(2 * VALUES);
    size_t i, round;
    for (i = 0; i < VALUES; i++) {
        values[2 * i] = '1';
        values[2 * i + 1] = ',';
    }
    text_add(&problem, "{\"id\":\"a\",\"history\":{\"m\":{\"start_ns\":0,\"step_ns\":1,\"values\":[");
    text_add_bytes(&problem, values, 2 * VALUES - 1);
    text_add(&problem, "]},\"n\":{\"start_ns\":0,\"step_ns\":1,\"values\":[");
    text_add_bytes(&problem, values, 2 * VALUES - 1);
    text_add(&problem, "]}}}");
    fill_the_address_space();
    for (round = 0; round < 10; round++) {
        uint8_t *result = rancog_temporal_expand_subjective_time(core, text_u8(&problem), problem.length, NULL, 0);
        CHECK(result_check_and_free(result, "beyond the heap") == RANCOG_E_OUT_OF_MEMORY);
        result = rancog_temporal_expand_subjective_time(core, (const uint8_t *)sample_problem_full, strlen(sample_problem_full), NULL, 0);
        CHECK(result_check_and_free(result, "within the heap") == RANCOG_OK);
    }
    free(values);
    text_free(&problem);
}

int main(int count, char **arguments)
{
    (void)count;
    if (!getenv("DOTNET_GCHeapHardLimit")) {
        setenv("DOTNET_GCHeapHardLimit", HEAP_BYTES, 1);
        execv(arguments[0], arguments);
        return 1;
    }
    core = rancog_temporal_create(10, 4, NULL);
    RUN(a_history_beyond_the_heap_is_out_of_memory);
    rancog_temporal_destroy(core);
    return check_finish();
}
