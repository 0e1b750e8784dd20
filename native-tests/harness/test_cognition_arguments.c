/* What the cognitive core's calls refuse: the message names the argument and the place, and what was known before is still known, nothing more. */
#include <stdlib.h>
#include <string.h>

#include "argument_kit.h"
#include "check.h"
#include "handle_kit.h"
#include "cognition_kit.h"
#include "hosts.h"
#include "optimization_kit.h"
#include "prng.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"
#include "text.h"

static rancog_cognitive *core;
static cognition_record record;
static char *known;

/* Something was decided, its outcome was reported, and something was measured. */
static void begin(void)
{
    text problem = cognition_kit_fault("");
    char json[400];
    core = cognition_kit_create("{\"seed\":7}", NULL);
    record = cognition_kit_record();
    CHECK(cognition_kit_decide(core, problem.bytes, NULL, NULL) == RANCOG_OK);
    cognition_kit_outcome(json, 1, COGNITION_HOUR_NS, 20, "");
    CHECK(cognition_kit_call(rancog_cognitive_report_outcome, core, json, NULL) == RANCOG_OK);
    CHECK(cognition_kit_decide(core, problem.bytes, NULL, NULL) == RANCOG_OK);
    CHECK(cognition_kit_call(rancog_cognitive_ingest, core, sample_cognition_rows, NULL) == RANCOG_OK);
    text_free(&problem);
    known = cognition_kit_state(core);
}

/* It knows what it knew, no model was called, and the next decision has the next number. */
static void end(void)
{
    char *state = cognition_kit_state(core), *next;
    CHECK(record.calls == 0);
    CHECK_CASE(strcmp(state, known) == 0, state);
    next = cognition_kit_decided(core, "{}");
    CHECK_CASE(optimization_kit_number(next, "decision_id") == 3, next);
    free(state), free(known), free(next);
    cognition_kit_destroy(core);
}

static int32_t to_decide(const void *json, size_t length) { return result_check_and_free(rancog_cognitive_decide(core, json, length, NULL, 0), "decide"); }
static int32_t to_with(const void *json, size_t length) { return result_check_and_free(rancog_cognitive_decide_with(core, json, length, NULL, 0, cognition_kit_model, &record), "decide_with"); }
static int32_t to_constraints(const void *json, size_t length) { return result_check_and_free(rancog_cognitive_decide(core, (const uint8_t *)"{}", 2, json, length), "constraints"); }
static int32_t to_outcome(const void *json, size_t length) { return result_check_and_free(rancog_cognitive_report_outcome(core, json, length), "report_outcome"); }
static int32_t to_ingest(const void *json, size_t length) { return result_check_and_free(rancog_cognitive_ingest(core, json, length), "ingest"); }

enum { DECIDE, WITH, CONSTRAINTS, OUTCOME, INGEST, ENTRIES };

static const json_entry entries[ENTRIES] = {
    {to_decide, "problem", "{}", 0},
    {to_with, "problem", "{}", 0},
    {to_constraints, "constraints", "[]", 1},
    {to_outcome, "outcome", "{\"decision_id\":2}", 0},
    {to_ingest, "message", "{\"rows\":[]}", 0},
};

static void json_inputs_refuse_null_and_zero_and_huge_lengths(void)
{
    begin();
    entries_refuse_null_and_zero_and_huge_lengths(entries, ENTRIES);
    CHECK(result_check_and_free(rancog_cognitive_decide_with(core, (const uint8_t *)"{}", 2, NULL, 0, NULL, &record), "no model") == RANCOG_E_INVALID_ARGUMENT && error_names("fn: "));
    end();
}

static void every_cut_of_a_good_text_is_refused(void)
{
    static const struct { int entry; const char *json; } cases[] = {
        {DECIDE, sample_cognition_problem}, {DECIDE, sample_cognition_intent}, {DECIDE, sample_cognition_network}, {WITH, sample_cognition_problem}, {CONSTRAINTS, sample_constraints}, {OUTCOME, sample_cognition_outcome},
        {INGEST, sample_cognition_rows}, {INGEST, sample_cognition_event}, {INGEST, sample_cognition_cells}, {INGEST, sample_cognition_xml},
    };
    size_t i;
    begin();
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        entry_refuses_cuts(&entries[cases[i].entry], cases[i].json, cases[i].json == sample_cognition_xml ? RANCOG_E_INVALID_ARGUMENT : RANCOG_E_INVALID_JSON);
    }
    end();
}

static void refused(int entry, const refusal *cases, size_t count)
{
    begin();
    entry_names(&entries[entry], cases, count);
    end();
}

#define CANDIDATE(more) "{\"candidates\":[[" more "]]}"

static void problems_that_cannot_be_are_named(void)
{
    static const refusal cases[] = {
        {"[]", "expected an object"}, {"7", "expected an object"}, {"{} {}", "not valid JSON"}, {"{\"id\":1}", "/id"}, {"{\"network_id\":null}", "/network_id"}, {"{\"problem_type\":7}", "/problem_type"},
        {"{\"mode\":\"FAST\"}", "'FAST' is none of: SHADOW, ASSIST or AUTONOMOUS"}, {"{\"mode\":1}", "/mode"}, {"{\"mode\":\"SHADOW\",\"mode\":\"SHADOW\"}", "'mode' is given twice"},
        {"{\"candidates\":7}", "/candidates"}, {"{\"candidates\":[7]}", "/candidates/0"}, {CANDIDATE("7"), "/candidates/0/0"}, {CANDIDATE("{}"), "/candidates/0/0: field 'managedObject'"},
        {CANDIDATE("{\"managedObject\":\"a\",\"after\":1}"), "/candidates/0/0: field 'attribute'"}, {CANDIDATE("{\"managedObject\":\"a\",\"attribute\":\"b\"}"), "/candidates/0/0: field 'after'"},
        {CANDIDATE("{\"managedObject\":\"a\",\"attribute\":\"b\",\"after\":null}"), "'after'"}, {CANDIDATE("{\"managedObject\":\"\",\"attribute\":\"b\",\"after\":1}"), "/candidates/0/0/managedObject: is empty"},
        {CANDIDATE("{\"managedObject\":\"a\",\"attribute\":\"b\",\"after\":[1]}"), "/candidates/0/0/after"}, {"{\"network\":7}", "/network"}, {"{\"network\":{\"traffic_mbps\":-1}}", "/network/traffic_mbps"},
        {"{\"guards\":7}", "/guards"}, {"{\"guards\":{\"PACING\":7}}", "/guards/PACING"}, {"{\"guards\":{\"PACING\":{\"min_interval_ns\":-1}}}", "/guards/PACING/min_interval_ns"},
        {"{\"guards\":{\"AT_BOUND\":{\"x\":[2,1]}}}", "/guards/AT_BOUND/x: the lower bound 2 is above the upper bound 1"}, {"{\"guards\":{\"AT_BOUND\":{\"x\":[1]}}}", "/guards/AT_BOUND/x"},
        {"{\"guards\":{\"MAX_CHANGE\":{\"x\":-1}}}", "/guards/MAX_CHANGE/x"}, {"{\"guards\":{\"LOW_CONFIDENCE\":{\"min\":2}}}", "/guards/LOW_CONFIDENCE/min"},
        {"{\"guards\":{\"INSUFFICIENT_SAMPLES\":{\"min_attempts\":-2}}}", "min_attempts"}, {"{\"guards\":{\"NOT_ALLOWED\":{\"attributes\":7}}}", "/guards/NOT_ALLOWED/attributes"},
        {"{\"protected\":7}", "/protected"}, {"{\"protected\":[7]}", "/protected/0"}, {"{\"configuration\":7}", "/configuration"}, {"{\"configuration\":{\"a\":7}}", "/configuration/a"},
        {"{\"configuration\":{\"a\":{\"b\":[1]}}}", "/configuration/a/b"}, {"{\"time_ns\":-1}", "/time_ns"}, {"{\"time_ns\":1.5}", "/time_ns"}, {"{\"time_ns\":18446744073709551616}", "/time_ns"},
        {"{\"observe_ns\":\"x\"}", "/observe_ns"}, {"{\"observe_ns\":1,\"rollback\":{\"observe_ns\":1}}", "cannot both be given"}, {"{\"rollback_condition\":7}", "/rollback_condition"},
        {"{\"rollback_condition\":\"x\"}", "problem/rollback_condition: column 2"}, {"{\"rollback_condition\":\"x >\"}", "problem/rollback_condition: column 4"}, {"{\"rollback\":7}", "/rollback"},
        {"{\"target_probability\":1.5}", "/target_probability"}, {"{\"target_probability\":\"x\"}", "/target_probability"}, {"{\"commands\":7}", "/commands"}, {"{\"commands\":[{}]}", "/commands/0: field 'source'"},
        {"{\"history\":7}", "/history"}, {"{\"history\":{\"m\":{\"start_ns\":1,\"step_ns\":1,\"values\":[\"x\"]}}}", "/history/m/values/0"}, {"{\"current_state\":7}", "/current_state"},
        {"{\"current_state\":{\"m\":\"x\"}}", "/current_state/m"}, {"{\"current_state\":{\"m\":1e999}}", "/current_state/m"}, {"{\"objectives\":7}", "/objectives"}, {"{\"constraints\":7}", "/constraints"},
        {"{\"horizon_ns\":-1}", "/horizon_ns"}, {"{\"deadline_ns\":-1}", "/deadline_ns"}, {"{\"seed\":-1}", "/seed"}, {"{\"seed\":18446744073709551616}", "/seed"}, {"{\"id\":\"\\ud800\"}", "/id"},
        {"{\"intentExpectations\":7}", "/intentExpectations"}, {"{\"intentExpectations\":[7]}", "/intentExpectations/0"},
    };
    refused(DECIDE, cases, sizeof cases / sizeof cases[0]);
    refused(WITH, cases, sizeof cases / sizeof cases[0]);
}

static void constraints_and_outcomes_that_cannot_be_are_named(void)
{
    static const refusal constraints[] = {
        {"{}", "expected an array"}, {"null", "expected an array"}, {"[", "not valid JSON"}, {"[7]", "/0"}, {"[[]]", "/0"}, {"[{}]", "/0: field 'id'"}, {"[{\"id\":\"a\"}]", "/0: field 'constraint_type'"},
        {"[{\"id\":\"a\",\"constraint_type\":\"max\",\"parameters\":7}]", "/0/parameters"}, {"[{\"id\":\"a\",\"constraint_type\":7}]", "/0/constraint_type"},
    };
    static const refusal outcomes[] = {
        {"[]", "expected an object"}, {"{}", "field 'decision_id'"}, {"{\"decision_id\":-1}", "/decision_id"}, {"{\"decision_id\":1.5}", "/decision_id"}, {"{\"decision_id\":\"1\"}", "/decision_id"},
        {"{\"decision_id\":1,\"decision_id\":1}", "given twice"}, {"{\"decision_id\":2,\"observed\":7}", "/observed"}, {"{\"decision_id\":2,\"observed\":{\"m\":\"x\"}}", "/observed/m"},
        {"{\"decision_id\":2,\"observed\":{\"m\":1e999}}", "/observed/m"}, {"{\"decision_id\":2,\"time_ns\":-1}", "/time_ns"}, {"{\"decision_id\":2,\"executed\":3}", "/executed"}, {"{\"decision_id\":2", "not valid JSON"},
    };
    refused(CONSTRAINTS, constraints, sizeof constraints / sizeof constraints[0]);
    refused(OUTCOME, outcomes, sizeof outcomes / sizeof outcomes[0]);
}

static void messages_that_cannot_be_are_named(void)
{
    static const refusal cases[] = {
        {"7", "expected an object"}, {"{}", "of no known format"}, {"{", "not valid JSON"}, {" ", "not valid JSON"}, {"hello", "not valid JSON"}, {"[]", "of no known format"}, {"<", "line 1, column 2"},
        {"<a/>", "of no known format: the root element is 'a'"}, {"<a></b>", "line 1, column 4"}, {"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "document type declaration is not allowed"},
        {"<measCollecFile>&lol;</measCollecFile>", "line 1"}, {"<measCollecFile/><measCollecFile/>", "line 1"}, {"{\"rows\":7}", "/rows"}, {"{\"rows\":[7]}", "/rows/0"}, {"{\"cells\":7}", "/cells"},
        {"{\"event\":7}", "/event"}, {"{\"event\":{\"commonEventHeader\":{},\"perf3gppFields\":{}}}", "/event/perf3gppFields: of no known format"}, {"[{\"event\":{}}]", "/0/event"},
    };
    refused(INGEST, cases, sizeof cases / sizeof cases[0]);
}

static void options_that_cannot_be_are_named(void)
{
    static const refusal cases[] = {
        {"[]", "options"}, {"{", "options"}, {"{} {}", "options"}, {"{\"path\":7}", "/path"}, {"{\"path\":\"\"}", "/path: is empty"}, {"{\"record_to\":7}", "/record_to"}, {"{\"record_to\":\"\"}", "record_to"}, {"{\"seed\":-1}", "/seed"},
        {"{\"seed\":\"x\"}", "/seed"}, {"{\"seed\":1,\"seed\":1}", "seed"}, {"{\"max_message_bytes\":0}", "/max_message_bytes"}, {"{\"max_message_bytes\":2147483648}", "/max_message_bytes"},
        {"{\"path\":\"/nowhere/at/all\"}", "path: the folder does not exist"}, {"{\"record_to\":\"/nowhere/at/all\"}", "record_to: the folder does not exist"}, {"{\"path\":\"/dev/null\"}", "path"},
        {"{\"record_to\":\"/dev/null\"}", "record_to"}, {"{\"path\":\"/tmp\"}", "path"}, {"{\"record_to\":\"/tmp\"}", "record_to"},
    };
    rancog_host host;
    handle_kit_options_are_named(HANDLE_COGNITIVE, cases, sizeof cases / sizeof cases[0]);
    memset(&host, 0, sizeof host);
    host.struct_size = 3;
    CHECK(result_check_and_free(rancog_cognitive_replay((const uint8_t *)"x", 1, &host), "host") == RANCOG_E_INVALID_ARGUMENT && error_names("host"));
}

static void paths_of_records_that_cannot_be_are_named(void)
{
    static const char *const paths[] = {"/nowhere/at/all", "/tmp", "/dev/null", "a\x01z", "\xff\xfe"};
    char longest[4200];
    size_t i;
    CHECK(result_check_and_free(rancog_cognitive_replay(NULL, 0, NULL), "NULL") == RANCOG_E_INVALID_ARGUMENT && error_names("path"));
    CHECK(result_check_and_free(rancog_cognitive_replay(NULL, 3, NULL), "NULL") == RANCOG_E_INVALID_ARGUMENT && error_names("path"));
    CHECK(result_check_and_free(rancog_cognitive_replay((const uint8_t *)"x", 0, NULL), "empty") == RANCOG_E_INVALID_ARGUMENT && error_names("path"));
    CHECK(result_check_and_free(rancog_cognitive_replay((const uint8_t *)"a\0b", 3, NULL), "a NUL") == RANCOG_E_INVALID_ARGUMENT && error_names("path"));
    for (i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        int32_t status = result_check_and_free(rancog_cognitive_replay((const uint8_t *)paths[i], strlen(paths[i]), NULL), paths[i]);
        CHECK_CASE((status == RANCOG_E_INVALID_ARGUMENT || status == RANCOG_E_STORAGE || status == RANCOG_E_INVALID_JSON) && error_names("path"), rancog_last_error_message());
    }
    memset(longest, 'x', sizeof longest);
    CHECK(result_check_and_free(rancog_cognitive_replay((const uint8_t *)longest, 4097, NULL), "long") == RANCOG_E_LIMIT && error_names("path"));
    for (i = 0; i < HUGE_LENGTHS; i++) {
        CHECK(result_check_and_free(rancog_cognitive_replay((const uint8_t *)"x", huge_lengths[i], NULL), "huge") == RANCOG_E_LIMIT && error_names("path"));
    }
}

/* Random damage: refused and nothing changes, or taken, and then the core works. */
static void damaged_texts_are_refused_or_work(void)
{
    static const struct { int entry; const char *text; } cases[] = {
        {DECIDE, sample_cognition_problem}, {DECIDE, sample_cognition_intent}, {DECIDE, sample_cognition_network}, {WITH, sample_cognition_problem}, {OUTCOME, sample_cognition_outcome}, {INGEST, sample_cognition_rows},
        {INGEST, sample_cognition_event}, {INGEST, sample_cognition_cells}, {INGEST, sample_cognition_xml},
    };
    size_t rounds = check_scale(60, 6), round, c, i, taken = 0;
    uint64_t seed = 78;
    begin();
    for (c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        size_t length = strlen(cases[c].text);
        for (round = 0; round < rounds; round++) {
            char *damaged = malloc(length), *before = cognition_kit_state(core), *after;
            int32_t status;
            memcpy(damaged, cases[c].text, length);
            for (i = 0; i <= round % 3; i++) {
                size_t at = prng_below(&seed, length);
                damaged[at] = damaged[at] >= '0' && damaged[at] <= '9' ? (char)('0' + prng_below(&seed, 10)) : round % 4 ? (char)prng_below(&seed, 256) : "0-e,:{}[]\"\\. <>&/"[prng_below(&seed, 17)];
            }
            status = entries[cases[c].entry].call(damaged, length);
            after = cognition_kit_state(core);
            CHECK_CASE(status == RANCOG_OK || status == RANCOG_E_INVALID_ARGUMENT || status == RANCOG_E_INVALID_JSON || status == RANCOG_E_LIMIT || status == RANCOG_E_NOT_FOUND, rancog_last_error_message());
            CHECK_CASE(status == RANCOG_OK || strcmp(before, after) == 0, rancog_last_error_message());
            taken += status == RANCOG_OK;
            free(damaged), free(before), free(after);
        }
    }
    CHECK(taken > rounds);
    free(known);
    cognition_kit_free(&record);
    cognition_kit_destroy(core);
}

static void begin_again(size_t unused)
{
    (void)unused;
    begin();
}

static void end_changed(void)
{
    free(known);
    cognition_kit_destroy(core);
}

/* As many as there may be, and one more. */
static void bounds_are_kept(void)
{
    static const struct { int entry; bounded_list list; } lists[] = {
        {DECIDE, {"{\"deadline_ns\":0,\"candidates\":[", "[]", "]}", "candidates", 10000}},
        {DECIDE, {"{\"candidates\":[[", "{\"managedObject\":\"o%u\",\"attribute\":\"a\",\"after\":1}", "]]}", "changes", 10000}},
        {OUTCOME, {"{\"decision_id\":2,\"observed\":{", "\"m%u\":1", "}}", "observed", 65536}},
    };
    size_t i;
    for (i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        entry_keeps_bound(&entries[lists[i].entry], &lists[i].list, begin_again, end_changed);
    }
}

int main(void)
{
    RUN(json_inputs_refuse_null_and_zero_and_huge_lengths);
    RUN(every_cut_of_a_good_text_is_refused);
    RUN(problems_that_cannot_be_are_named);
    RUN(constraints_and_outcomes_that_cannot_be_are_named);
    RUN(messages_that_cannot_be_are_named);
    RUN(options_that_cannot_be_are_named);
    RUN(paths_of_records_that_cannot_be_are_named);
    RUN(damaged_texts_are_refused_or_work);
    RUN(bounds_are_kept);
    return check_finish();
}
