/* Measurements in five formats: what is taken, what is not and why, what is bounded, and that decisions use it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "check.h"
#include "cognition_kit.h"
#include "hosts.h"
#include "optimization_kit.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"
#include "text.h"

static const char data_file[] =
    "<?xml-stylesheet type=\"text/xsl\" href=\"a.xsl\"?><?xml version=\"1.0\"?><measDataFile xmlns=\"http://www.3gpp.org/ftp/specs/archive/28_series/28.532#measData\"><measData><measEntity localDn=\"ME=2\"/>"
    "<measInfo measInfoId=\"i\"><granPeriod duration=\"PT60S\" endTime=\"2018-01-01T00:01:00Z\"/><measTypes>a b c</measTypes><measValue measObjLdn=\"Cell=1\"><measResults>1 2 x</measResults></measValue>"
    "<measValue measObjLdn=\"Cell=2\"><measResults>4 5 6</measResults><suspect>True</suspect></measValue></measInfo>"
    "<measInfo><granPeriod duration=\"PT60S\" endTime=\"yesterday\"/><measType p=\"1\">a</measType><measValue measObjLdn=\"Cell=1\"><r p=\"1\">1</r></measValue></measInfo></measData></measDataFile>";

static char *taken(rancog_cognitive *self, const char *message) { return cognition_kit_answer(rancog_cognitive_ingest, self, message); }

static double skipped(const char *report, const char *why)
{
    char word[40];
    const char *at;
    snprintf(word, sizeof word, "\"why\":\"%s\"", why);
    at = strstr(report, word);
    return at ? optimization_kit_number(at, "count") : 0;
}

static void each_format_is_told_by_its_structure(void)
{
    static const struct {
        const char *message, *format, *network;
        double objects, metrics, samples, suspect, bad_time, missing_type, empty, not_a_number, from_s, to_s;
    } cases[] = {
        {sample_cognition_rows, "\"rows\"", "\"\"", 1, 1, 3, 0, 1, 0, 0, 1, 1514764800, 1514765700},
        {sample_cognition_event, "\"ves_perf3gpp\"", "\"ME=1\"", 1, 2, 4, 1, 0, 1, 0, 0, 1514764800, 1514765700},
        {sample_cognition_cells, "\"e2sm_kpm\"", "\"\"", 3, 2, 3, 0, 0, 0, 0, 2, 1514764800.5, 1514764800.5},
        {sample_cognition_xml, "\"ts32435_xml\"", "\"ME=1\"", 1, 2, 3, 0, 0, 1, 1, 0, 1514764800, 1514765700},
        {data_file, "\"ts28532_xml\"", "\"ME=2\"", 1, 2, 2, 3, 1, 0, 0, 1, 1514764800, 1514764860},
    };
    rancog_cognitive *self = cognition_kit_create(NULL, NULL);
    double samples = 0;
    size_t i;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *report = taken(self, cases[i].message), *state;
        CHECK_CASE(cognition_kit_says(report, "format", cases[i].format) && cognition_kit_says(report, "network_id", cases[i].network), report);
        CHECK_CASE(optimization_kit_number(report, "objects") == cases[i].objects && optimization_kit_number(report, "metrics") == cases[i].metrics && optimization_kit_number(report, "samples") == cases[i].samples, report);
        CHECK_CASE(skipped(report, "suspect") == cases[i].suspect && skipped(report, "bad_time") == cases[i].bad_time && skipped(report, "missing_type") == cases[i].missing_type, report);
        CHECK_CASE(skipped(report, "empty") == cases[i].empty && skipped(report, "not_a_number") == cases[i].not_a_number, report);
        CHECK_CASE(optimization_kit_number(report, "from_ns") == cases[i].from_s * 1e9 && optimization_kit_number(report, "to_ns") == cases[i].to_s * 1e9, report);
        samples += cases[i].samples;
        state = cognition_kit_state(self);
        CHECK_CASE(optimization_kit_number(state, "history_samples") == samples, state);
        free(state), free(report);
    }
    cognition_kit_destroy(self);
}

static void a_message_without_measurements_is_taken_as_such(void)
{
    static const char *const messages[] = {"{\"rows\":[]}", "{\"timestamp\":1,\"cells\":[]}", "<measCollecFile></measCollecFile>", "<measDataFile/>", "{\"rows\":[{}]}"};
    rancog_cognitive *self = cognition_kit_create(NULL, NULL);
    size_t i;
    for (i = 0; i < sizeof messages / sizeof messages[0]; i++) {
        char *report = taken(self, messages[i]);
        CHECK_CASE(optimization_kit_number(report, "samples") == 0 && cognition_kit_says(report, "from_ns", "null") && cognition_kit_says(report, "to_ns", "null"), report);
        free(report);
    }
    cognition_kit_destroy(self);
}

/* ---- what a decision makes of it ---- */
static void a_fault_is_found_in_what_was_measured(void)
{
    static const char *const names[] = {"MM.HoExeInterReq", "HO.IntraSys.TooLate", "HO.IntraSys.TooEarly", "HO.IntraSys.ToWrongCell", "HO.IntraSys.PingPong"};
    static const unsigned values[] = {400, 50, 1, 0, 2};
    static const struct { const char *network, *problem; } cases[] = {
        {"n", "{\"network_id\":\"n\",\"problem_type\":\"MRO\",\"time_ns\":1600000000000000000,\"seed\":7,\"guards\":{\"LOW_CONFIDENCE\":false}}"},
        {"m", "{\"network_id\":\"n\",\"problem_type\":\"MRO\",\"time_ns\":1600000000000000000,\"seed\":7,\"guards\":{\"LOW_CONFIDENCE\":false}}"}, /* of another network */
    };
    size_t i, k, m;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rancog_cognitive *self = cognition_kit_create(NULL, NULL);
        char *result;
        for (k = 0; k < 24; k++) {
            const unsigned long long end_us = (COGNITION_NOW_NS - (23 - k) * COGNITION_PERIOD_NS) / 1000;
            text event = {NULL, 0, 0};
            text_add(&event,
                     "{\"event\":{\"commonEventHeader\":{\"startEpochMicrosec\":%llu,\"lastEpochMicrosec\":%llu},\"perf3gppFields\":{\"measDataCollection\":{\"granularityPeriod\":900,\"measuredEntityDn\":\"%s\","
                     "\"measInfoList\":[{\"measTypes\":{\"sMeasTypesList\":[",
                     end_us - 900000000u, end_us, cases[i].network);
            for (m = 0; m < 5; m++) {
                text_add(&event, "%s\"%s\"", m ? "," : "", names[m]);
            }
            text_add(&event, "]},\"measValuesList\":[{\"measObjInstId\":\"NRCellRelation=1-2\",\"measResults\":[");
            for (m = 0; m < 5; m++) {
                text_add(&event, "%s{\"p\":%u,\"sValue\":\"%u\"}", m ? "," : "", (unsigned)m + 1, values[m]);
            }
            text_add(&event, "]}]}]}}}}");
            free(taken(self, event.bytes));
            text_free(&event);
        }
        result = cognition_kit_decided(self, cases[i].problem);
        if (i == 0) {
            CHECK_CASE(cognition_kit_says(result, "cause/name", "\"too_late\"") && cognition_kit_says(result, "cause/managedObject", "\"NRCellRelation=1-2\"") && optimization_kit_number(result, "cause/samples") == 24 * 400, result);
            CHECK_CASE(optimization_kit_number(result, "actions/after") > 0, result);
        } else {
            CHECK_CASE(cognition_kit_says(result, "cause/name", "\"unknown\"") && cognition_kit_says(result, "actions", "[]"), result);
        }
        free(result);
        cognition_kit_destroy(self);
    }
}

/* ---- bounds ---- */
static void a_message_beyond_the_limit_is_refused_and_nothing_is_kept(void)
{
    char options[60];
    size_t length = strlen(sample_cognition_rows);
    int over;
    for (over = 0; over < 2; over++) {
        rancog_cognitive *self;
        char *state;
        int32_t status;
        snprintf(options, sizeof options, "{\"max_message_bytes\":%u}", (unsigned)length - (unsigned)over);
        self = cognition_kit_create(options, NULL);
        status = cognition_kit_call(rancog_cognitive_ingest, self, sample_cognition_rows, NULL);
        CHECK_CASE(over ? status == RANCOG_E_LIMIT && error_names("message") : status == RANCOG_OK, rancog_last_error_message());
        state = cognition_kit_state(self);
        CHECK_CASE(optimization_kit_number(state, "history_samples") == (over ? 0 : 3), state);
        free(state);
        cognition_kit_destroy(self);
    }
}

/* The last row, or element, is what cannot be read: the others are not kept either. */
static void what_is_refused_late_leaves_nothing(void)
{
    static const char *const tails[] = {"7]}", "{\"time_ns\":1,\"object\":\"o\",\"metric\":\"m\",\"value\":1}", "]}x", "{\"time_ns\":1,\"time_ns\":2}]}"};
    rancog_cognitive *self = cognition_kit_create(NULL, NULL);
    size_t t, i;
    for (t = 0; t < sizeof tails / sizeof tails[0]; t++) {
        text message = {NULL, 0, 0};
        int32_t status;
        char *state;
        text_add(&message, "{\"rows\":[");
        for (i = 0; i < 1000; i++) {
            text_add(&message, "{\"time_ns\":%u,\"object\":\"o%u\",\"metric\":\"m\",\"value\":%u}%s", (unsigned)i, (unsigned)i % 7, (unsigned)i, i < 999 || t != 2 ? "," : "");
        }
        text_add(&message, "%s", tails[t]);
        status = cognition_kit_call(rancog_cognitive_ingest, self, message.bytes, NULL);
        CHECK_CASE((status == RANCOG_E_INVALID_JSON || status == RANCOG_E_INVALID_ARGUMENT) && error_names("message"), rancog_last_error_message());
        state = cognition_kit_state(self);
        CHECK_CASE(optimization_kit_number(state, "history_samples") == 0, state);
        free(state);
        text_free(&message);
    }
    cognition_kit_destroy(self);
}

/* Depth, entities and repetition do not cost more than their bytes. */
static void hostile_messages_end_soon(void)
{
    const size_t depth = check_scale(200000, 5000);
    rancog_cognitive *self = cognition_kit_create(NULL, NULL);
    const clock_t start = clock();
    size_t kind, i;
    for (kind = 0; kind < 4; kind++) {
        text message = {NULL, 0, 0};
        text_add(&message, "%s", kind == 0 ? "<measCollecFile>" : kind == 1 ? "{\"rows\":[{\"x\":" : kind == 2 ? "<measCollecFile " : "{\"event\":");
        for (i = 0; i < depth; i++) {
            switch (kind) {
            case 0: text_add(&message, "<a>"); break;
            case 1: text_add(&message, "["); break;
            case 2: text_add(&message, "a%u=\"\" ", (unsigned)i); break;
            default: text_add(&message, "{\"event\":"); break;
            }
        }
        CHECK_CASE(cognition_kit_call(rancog_cognitive_ingest, self, message.bytes, NULL) != RANCOG_OK && error_names("message"), rancog_last_error_message());
        text_free(&message);
    }
    CHECK((double)(clock() - start) / CLOCKS_PER_SEC < 10);
    {
        char *state = cognition_kit_state(self);
        CHECK_CASE(optimization_kit_number(state, "history_samples") == 0, state);
        free(state);
    }
    cognition_kit_destroy(self);
}

static void a_large_message_is_counted_to_the_last_value(void)
{
    const unsigned rows = (unsigned)check_scale(20000, 500);
    rancog_cognitive *self = cognition_kit_create(NULL, NULL);
    text message = {NULL, 0, 0};
    unsigned i;
    char *report;
    text_add(&message, "<measCollecFile><measData><managedElement localDn=\"big\"/><measInfo><granPeriod duration=\"PT900S\" endTime=\"2018-01-01T00:15:00Z\"/><measType p=\"1\">a</measType><measType p=\"2\">b</measType>");
    for (i = 0; i < rows; i++) {
        text_add(&message, "<measValue measObjLdn=\"Cell=%u\"><r p=\"1\">%u</r><r p=\"2\">%s</r></measValue>", i, i, i % 10 ? "1,2" : "n/a");
    }
    text_add(&message, "</measInfo></measData></measCollecFile>");
    report = taken(self, message.bytes);
    CHECK_CASE(optimization_kit_number(report, "samples") == rows + 2.0 * (rows - rows / 10) && optimization_kit_number(report, "objects") == rows && optimization_kit_number(report, "metrics") == 2, report);
    CHECK_CASE(skipped(report, "not_a_number") == rows / 10 && cognition_kit_says(report, "network_id", "\"big\""), report);
    free(report);
    text_free(&message);
    cognition_kit_destroy(self);
}

int main(void)
{
    RUN(each_format_is_told_by_its_structure);
    RUN(a_message_without_measurements_is_taken_as_such);
    RUN(a_fault_is_found_in_what_was_measured);
    RUN(a_message_beyond_the_limit_is_refused_and_nothing_is_kept);
    RUN(what_is_refused_late_leaves_nothing);
    RUN(hostile_messages_end_soon);
    RUN(a_large_message_is_counted_to_the_last_value);
    return check_finish();
}
