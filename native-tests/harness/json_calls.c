#include "json_calls.h"

#include <string.h>

#include "check.h"
#include "result.h"
#include "samples.h"

/* One day, so that the two-hour histories of the samples are looked at past their end too. */
#define HORIZON_NS (24u * SAMPLE_HOUR_NS)

static uint8_t *expand_problem(rancog_temporal *self, const uint8_t *text, size_t length)
{
    return rancog_temporal_expand_subjective_time(self, text, length, NULL, 0);
}

static uint8_t *expand_constraints(rancog_temporal *self, const uint8_t *text, size_t length)
{
    return rancog_temporal_expand_subjective_time(self, (const uint8_t *)sample_problem_full, strlen(sample_problem_full), text, length);
}

static uint8_t *parallel(rancog_temporal *self, const uint8_t *text, size_t length)
{
    return rancog_temporal_parallel_temporal_analysis(self, text, length, 2);
}

static uint8_t *predict(rancog_temporal *self, const uint8_t *text, size_t length)
{
    return rancog_temporal_predict_future_states(self, text, length, HORIZON_NS);
}

static uint8_t *report(rancog_temporal *self, const uint8_t *text, size_t length)
{
    (void)self;
    return rancog_report_render(text, length);
}

const json_call json_calls[] = {
    {"expand_subjective_time problem", expand_problem, sample_problem_full, 1, 0, 0},
    {"expand_subjective_time constraints", expand_constraints, sample_constraints, 1, 1, 0},
    {"parallel_temporal_analysis problems", parallel, sample_problems, 1, 0, 0},
    {"analyze_temporal_patterns timeline", rancog_temporal_analyze_temporal_patterns, sample_timeline, 1, 0, 0},
    {"predict_future_states timeline", predict, sample_timeline, 1, 0, 0},
    {"optimize_temporal_expansion timeline", rancog_temporal_optimize_temporal_expansion, sample_timeline, 1, 0, 0},
    {"report_render result", report, sample_result, 0, 0, 1},
};

const size_t json_calls_count = sizeof json_calls / sizeof json_calls[0];

int32_t json_call_check(const json_call *row, rancog_temporal *self, const void *text, size_t length, const char *note)
{
    uint8_t *result = row->call(self, text, length);
    if (row->gives_html && rancog_last_status() == RANCOG_OK && result) {
        CHECK_CASE(strncmp(result_text(result), "<!DOCTYPE html", 14) == 0, note);
        CHECK_CASE(strlen(result_text(result)) == result_length(result), note);
        rancog_buffer_free(result);
        return RANCOG_OK;
    }
    return result_check_and_free(result, note);
}
