#include <stdio.h>
#include <string.h>
#include "rancognition.h"

#define HISTORY                                                                           \
    "{\"PrbUse\":{\"start_ns\":1700000000000000000,\"step_ns\":3600000000000,\"values\":" \
    "[41,42,44,43,47,50,49,53,56,58,57,61,64,63,67,70,69,73,75,74,78,79,81,84]}}"
#define PROBLEM                                                                           \
    "{\"id\":\"p1\",\"network_id\":\"cell-7\",\"problem_type\":\"congestion\",\"seed\":1,"  \
    "\"horizon_ns\":10800000000000,\"history\":" HISTORY "}"

static int failures;

// Prints a piece of a result, or what went wrong, and frees it.
static void show(const char *name, uint8_t *result, const char *from)
{
    const char *json = result != NULL ? (const char *)result + 4 : "no memory";
    int failed = rancog_last_status() != RANCOG_OK;
    const char *piece = failed ? NULL : strstr(json, from);
    printf("%-9s %.26s\n", name, piece != NULL ? piece : json);
    failures += failed;
    rancog_buffer_free(result);
}

int main(void)
{
    static const char timeline[] = "{\"id\":\"t1\",\"metrics\":" HISTORY "}";
    static const char problem[] = PROBLEM, problems[] = "[" PROBLEM "," PROBLEM "]";
    static const char limits[] = "[{\"id\":\"full\",\"constraint_type\":\"max\","
                                 "\"parameters\":{\"PrbUse\":90},\"priority\":1}]";
    const uint8_t *one = (const uint8_t *)problem, *two = (const uint8_t *)problems;
    const uint8_t *limit = (const uint8_t *)limits, *line = (const uint8_t *)timeline;
    const size_t length = sizeof timeline - 1;

    rancog_temporal *core = rancog_temporal_create(200, 48, NULL);
    if (core == NULL || rancog_temporal_set_consciousness_level(core, 0.5) != RANCOG_OK) {
        fprintf(stderr, "%s\n", rancog_last_error_message());
        return 1;
    }
    show("verdict", rancog_temporal_expand_subjective_time(core, one, sizeof problem - 1, limit,
        sizeof limits - 1), "\"probability\"");
    show("batch", rancog_temporal_parallel_temporal_analysis(core, two, sizeof problems - 1, 2),
        "\"network_id\"");
    show("pattern", rancog_temporal_analyze_temporal_patterns(core, line, length),
        "\"pattern_type\"");
    show("forecast", rancog_temporal_predict_future_states(core, line, length, 3600000000000u),
        "\"predicted_value\"");
    show("futures", rancog_temporal_optimize_temporal_expansion(core, line, length),
        "\"expansion_factor\"");
    show("calls", rancog_temporal_get_performance_metrics(core), "\"total_executions\"");
    rancog_temporal_destroy(core);
    return failures;
}
// Prints:
// verdict   "probability":0.5...,"robust...
// batch     "network_id":"cell-7",...
// pattern   "pattern_type":"trend",...
// forecast  "predicted_value":85...
// futures   "expansion_factor":...
// calls     "total_executions":5,...
