#include <stdio.h>
#include "rancognition.h"

int main(void)
{
    static const char problem[] = // PRB use of one cell, every 15 minutes, in per cent
        "{\"id\":\"p1\",\"network_id\":\"cell-7\",\"problem_type\":\"congestion\","
        "\"objectives\":[\"minimize RRU.PrbTotDl\"],\"constraints\":[\"RRU.PrbTotDl <= 80\"],"
        "\"history\":{\"RRU.PrbTotDl\":{\"start_ns\":1700000000000000000,"
        "\"step_ns\":900000000000,"
        "\"values\":[41,42,44,43,47,50,49,53,56,58,57,61,64,63,67,70]}}}";
    rancog_temporal *core = rancog_temporal_create(200, 48, NULL);
    uint8_t *result = rancog_temporal_expand_subjective_time(
        core, (const uint8_t *)problem, sizeof problem - 1, NULL, 0);
    int failed = rancog_last_status() != RANCOG_OK;
    if (result != NULL) // 4 bytes of length, then JSON that ends with a NUL
        printf("%s\n", (const char *)result + 4);
    rancog_buffer_free(result);
    rancog_temporal_destroy(core);
    return failed;
}
// Prints:
// {"timeline_id":"timeline-1","problem_id":"p1",...}
