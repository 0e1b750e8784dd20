#include <stdio.h>
#include <string.h>
#include "rancognition.h"

int main(void)
{
    static const char problem[] =
        "{\"id\":\"p1\",\"network_id\":\"cell-7\",\"problem_type\":\"congestion\","
        "\"constraints\":[\"PrbUse <= 80\"],\"include_timeline\":true,\"history\":"
        "{\"PrbUse\":{\"start_ns\":1700000000000000000,\"step_ns\":900000000000,"
        "\"values\":[41,42,44,43,47,50,49,53,56,58,57,61,64,63,67,70]}}}";
    rancog_temporal *core = rancog_temporal_create(200, 48, NULL);
    uint8_t *page = NULL, *result = rancog_temporal_expand_subjective_time(
        core, (const uint8_t *)problem, sizeof problem - 1, NULL, 0);
    if (rancog_last_status() == RANCOG_OK)
        page = rancog_report_render(result + 4, strlen((const char *)result + 4));
    int failed = rancog_last_status() != RANCOG_OK;
    if (failed) {
        fprintf(stderr, "%s\n", rancog_last_error_message());
    } else {
        FILE *file = fopen("report.html", "w");
        failed = file == NULL || fputs((const char *)page + 4, file) < 0 || fclose(file) != 0;
        printf("report.html: %.15s\n", failed ? "not written" : (const char *)page + 4);
    }
    rancog_buffer_free(page);
    rancog_buffer_free(result);
    rancog_temporal_destroy(core);
    return failed;
}
// Prints:
// report.html: <!DOCTYPE html>
