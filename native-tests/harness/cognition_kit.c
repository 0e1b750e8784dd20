#include "cognition_kit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "optimization_kit.h"
#include "result.h"

const char cognition_kit_tilt[] =
    "\"current_state\":{\"a\":10,\"b\":11},\"configuration\":{\"NRCellDU=5\":{\"digitalTilt\":60}},\"objectives\":[\"maximize a\"],\"constraints\":[\"a >= 11\",\"b <= 12.5\"],\"time_ns\":1600000000000000000,\"seed\":7,"
    "\"candidates\":[[{\"managedObject\":\"NRCellDU=5\",\"attribute\":\"digitalTilt\",\"after\":62}],"
    "[{\"managedObject\":\"NRCellDU=5\",\"attribute\":\"digitalTilt\",\"after\":61},{\"managedObject\":\"NRCellDU=6\",\"attribute\":\"digitalTilt\",\"after\":61}]]";

rancog_cognitive *cognition_kit_create(const char *options, const rancog_host *host)
{
    rancog_cognitive *self = rancog_cognitive_create((const uint8_t *)options, options ? strlen(options) : 0, host);
    CHECK_CASE(self != NULL && rancog_last_status() == RANCOG_OK, rancog_last_error_message());
    return self;
}

void cognition_kit_destroy(rancog_cognitive *self)
{
    rancog_cognitive_destroy(self);
    CHECK_CASE(rancog_last_status() == RANCOG_OK, rancog_last_error_message());
}

static void counter(text *json, const char *name, unsigned value, unsigned spread)
{
    unsigned i;
    text_add(json, "%s\"NRCellRelation=1-2/%s\":{\"start_ns\":%llu,\"step_ns\":%llu,\"values\":[", json->bytes[json->length - 1] == '{' ? "" : ",", name,
             (unsigned long long)(COGNITION_NOW_NS - 24 * COGNITION_PERIOD_NS), (unsigned long long)COGNITION_PERIOD_NS);
    for (i = 0; i < 24; i++) {
        text_add(json, "%s%u", i ? "," : "", value + (value > spread ? i * 5 % (2 * spread + 1) - spread : 0));
    }
    text_add(json, "]}");
}

text cognition_kit_relation(unsigned late, unsigned early, const char *more)
{
    text json = {NULL, 0, 0};
    text_add(&json, "{\"id\":\"p\",\"network_id\":\"n\",\"problem_type\":\"MRO\",\"time_ns\":%llu,\"seed\":7,\"history\":{", (unsigned long long)COGNITION_NOW_NS);
    counter(&json, "MM.HoExeInterReq", COGNITION_ATTEMPTS, 20);
    counter(&json, "HO.IntraSys.TooLate", late, 3);
    counter(&json, "HO.IntraSys.TooEarly", early, 3);
    counter(&json, "HO.IntraSys.ToWrongCell", 0, 1);
    counter(&json, "HO.IntraSys.PingPong", 2, 1);
    text_add(&json, "}%s%s}", *more ? "," : "", more);
    return json;
}

text cognition_kit_fault(const char *more)
{
    text all = {NULL, 0, 0}, json;
    text_add(&all,
             "\"configuration\":{\"NRCellRelation=1-2\":{\"cellIndividualOffset\":1},\"NRCellCU=1\":{\"a3Offset\":3,\"hysteresis\":2,\"timeToTrigger\":320}},"
             "\"constraints\":[\"" COGNITION_LATE_RATE " <= 0.08\"],\"guards\":{\"LOW_CONFIDENCE\":false,\"PACING\":false},\"observe_ns\":%llu%s%s",
             (unsigned long long)COGNITION_HOUR_NS, *more ? "," : "", more);
    json = cognition_kit_relation(COGNITION_ATTEMPTS / 8, 0, all.bytes);
    text_free(&all);
    return json;
}

int32_t cognition_kit_decide(rancog_cognitive *self, const char *problem, const char *constraints, char **text)
{
    return result_take(rancog_cognitive_decide(self, (const uint8_t *)problem, strlen(problem), (const uint8_t *)constraints, constraints ? strlen(constraints) : 0), "decide", text);
}

int32_t cognition_kit_with(rancog_cognitive *self, const char *problem, const char *constraints, cognition_record *record, char **text)
{
    record->caller = pthread_self();
    return result_take(rancog_cognitive_decide_with(self, (const uint8_t *)problem, strlen(problem), (const uint8_t *)constraints, constraints ? strlen(constraints) : 0, cognition_kit_model, record), "decide_with", text);
}

int32_t cognition_kit_rollback(rancog_cognitive *self, uint64_t decision, char **text)
{
    return result_take(rancog_cognitive_rollback(self, decision), "rollback", text);
}

int32_t cognition_kit_call(cognition_call call, rancog_cognitive *self, const char *json, char **text)
{
    return result_take(call(self, (const uint8_t *)json, strlen(json)), json, text);
}

char *cognition_kit_decided(rancog_cognitive *self, const char *problem)
{
    char *text;
    CHECK_CASE(cognition_kit_decide(self, problem, NULL, &text) == RANCOG_OK, rancog_last_error_message());
    return text;
}

char *cognition_kit_answer(cognition_call call, rancog_cognitive *self, const char *json)
{
    char *text;
    CHECK_CASE(cognition_kit_call(call, self, json, &text) == RANCOG_OK, rancog_last_error_message());
    return text;
}

char *cognition_kit_replay(const char *path)
{
    char *text;
    CHECK_CASE(result_take(rancog_cognitive_replay((const uint8_t *)path, strlen(path), NULL), "replay", &text) == RANCOG_OK, rancog_last_error_message());
    return text;
}

void cognition_kit_outcome(char json[400], uint64_t decision, uint64_t after_ns, unsigned late, const char *more)
{
    snprintf(json, 400, "{\"decision_id\":%llu,\"time_ns\":%llu,\"observed\":{\"" COGNITION_LATE "\":%u,\"" COGNITION_TRIED "\":%u}%s}", (unsigned long long)decision,
             (unsigned long long)(COGNITION_NOW_NS + after_ns), late, COGNITION_ATTEMPTS, more);
}

char *cognition_kit_state(rancog_cognitive *self)
{
    uint8_t *result = rancog_cognitive_get_state(self);
    int32_t status = result_check(result, "get_state");
    char *text = result ? result_without_times(result) : calloc(1, 1);
    CHECK_CASE(status == RANCOG_OK, rancog_last_error_message());
    rancog_buffer_free(result);
    return text;
}

cognition_record cognition_kit_record(void)
{
    cognition_record record;
    memset(&record, 0, sizeof record);
    record.caller = pthread_self();
    return record;
}

void cognition_kit_free(cognition_record *record)
{
    text_free(&record->questions);
}

size_t cognition_kit_times(const char *text, size_t length, const char *word)
{
    const size_t letters = strlen(word);
    size_t times = 0, i;
    for (i = 0; i + letters <= length; i++) {
        times += memcmp(text + i, word, letters) == 0;
    }
    return times;
}

int32_t cognition_kit_model(const uint8_t *question, size_t length, double *values, size_t n, void *user_data)
{
    cognition_record *record = user_data;
    size_t i;
    int changes;
    record->calls++;
    if (!question || length < 20 || n == 0 || memcmp(question, "{\"actions\":[", 12) != 0 || !pthread_equal(pthread_self(), record->caller)) {
        record->faults++;
        return 99;
    }
    for (i = 0; i < n; i++) {
        record->faults += !isnan(values[i]); /* what is not written is not a number */
    }
    changes = (int)cognition_kit_times((const char *)question, length, "\"managedObject\":");
    text_add_bytes(&record->questions, question, length);
    text_add(&record->questions, "\n");
    if (record->inside) {
        record->inside(record);
    }
    for (i = 0; i < n && record->failure != MODEL_GIVES_NOTHING; i++) {
        values[i] = 10 + (double)i + changes;
    }
    if (changes > 0) { /* the network as it is, is known */
        switch (record->failure) {
        case MODEL_GIVES_STATUS: return -7;
        case MODEL_GIVES_NAN: values[n - 1] = NAN; break;
        case MODEL_GIVES_INFINITY: values[n - 1] = INFINITY; break;
        default: break;
        }
    }
    return 0;
}

int cognition_kit_says(const char *result, const char *path, const char *value)
{
    return strncmp(optimization_kit_at(result, path), value, strlen(value)) == 0;
}

double cognition_kit_confidence(const char *result)
{
    const char *found = "", *at;
    const char *end = strstr(result, ",\"targets\":[");
    for (at = result; end && (at = strstr(at, "\"confidence\":")) != NULL && at < end; at++) {
        found = at;
    }
    return optimization_kit_number(found, "confidence");
}
