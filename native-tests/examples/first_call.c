/* Asks one question about one cell and prints the answer as JSON. */
#include <stdio.h>
#include <string.h>

#include "rancognition.h"

int main(void)
{
    const char *problem = "{\"id\":\"p1\",\"network_id\":\"cell-7\",\"problem_type\":\"congestion\","
                          "\"constraints\":[\"RRU.PrbTotDl <= 80\"],\"history\":{\"RRU.PrbTotDl\":{\"start_ns\":1700000000000000000,"
                          "\"step_ns\":900000000000,\"values\":[41,42,44,43,47,50,49,53,56,58,57,61,64,63,67,70]}}}";
    rancog_temporal *core = rancog_temporal_create(200, 24, NULL);
    uint8_t *answer = rancog_temporal_expand_subjective_time(core, (const uint8_t *)problem, strlen(problem), NULL, 0);
    int32_t status = rancog_last_status();
    if (answer)
        puts((const char *)answer + 4); /* 4 bytes of length, then JSON */
    rancog_buffer_free(answer);
    rancog_temporal_destroy(core);
    return status == RANCOG_OK ? 0 : 1;
}
