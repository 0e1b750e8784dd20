/* Threads: calls on one core queue and each gets a number of its own; cores side by side do not touch each other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "handle_kit.h"
#include "cognition_kit.h"
#include "hosts.h"
#include "optimization_kit.h"
#include "rancognition.h"
#include "text.h"

#define THREADS 6u
#define DECISIONS 5u

/* One core's whole life: decisions with and without a model, outcomes, measurements. */
static text live(void)
{
    static const char rows[] = "{\"rows\":[{\"time_ns\":1599999999000000000,\"object\":\"o\",\"metric\":\"m\",\"value\":1}]}";
    rancog_host host = host_fixed();
    rancog_cognitive *self = cognition_kit_create("{\"seed\":7}", &host);
    text all = {NULL, 0, 0}, fault = cognition_kit_fault(""), tilt = {NULL, 0, 0};
    unsigned i;
    text_add(&tilt, "{%s}", cognition_kit_tilt);
    for (i = 0; i < 2; i++) {
        cognition_record record = cognition_kit_record();
        char json[400], *said[5];
        size_t k;
        said[0] = cognition_kit_decided(self, fault.bytes);
        CHECK(cognition_kit_with(self, tilt.bytes, NULL, &record, &said[1]) == RANCOG_OK && record.faults == 0);
        cognition_kit_outcome(json, 2 * i + 1, COGNITION_HOUR_NS, 10 + 40 * i, "");
        said[2] = cognition_kit_answer(rancog_cognitive_report_outcome, self, json);
        said[3] = cognition_kit_answer(rancog_cognitive_ingest, self, rows);
        said[4] = cognition_kit_state(self);
        for (k = 0; k < 5; k++) {
            text_add(&all, "%s\n", said[k]);
            free(said[k]);
        }
        cognition_kit_free(&record);
    }
    text_free(&fault), text_free(&tilt);
    cognition_kit_destroy(self);
    return all;
}

typedef struct {
    const char *expected;
    size_t rounds;
} life;

static void *live_again_and_again(void *argument)
{
    const life *l = argument;
    size_t round;
    for (round = 0; round < l->rounds; round++) {
        text all = live();
        CHECK_CASE(strcmp(all.bytes, l->expected) == 0, all.bytes);
        text_free(&all);
    }
    return NULL;
}

static void cores_side_by_side_do_not_touch_each_other(void)
{
    text alone = live();
    life l;
    l.expected = alone.bytes;
    l.rounds = check_scale(5, 1);
    threads_run(THREADS, live_again_and_again, &l, 0);
    text_free(&alone);
}

/* ---- one core ---- */
typedef struct {
    rancog_cognitive *self;
    char *numbers;        /* by decision, how often it was given */
    const char *expected; /* what every decision says after its number, until something was learned */
} shared;

static void *decide_on_one(void *argument)
{
    const shared *s = argument;
    text fault = cognition_kit_fault("");
    unsigned i;
    for (i = 0; i < DECISIONS; i++) {
        char *result = cognition_kit_decided(s->self, fault.bytes), *reply, json[400];
        size_t number = (size_t)optimization_kit_number(result, "decision_id");
        if (CHECK_CASE(number >= 1 && number <= THREADS * DECISIONS, result)) {
            __sync_add_and_fetch(&s->numbers[number - 1], 1);
        }
        CHECK_CASE(strcmp(strstr(result, ",\"mode\":"), s->expected) == 0, result);
        cognition_kit_outcome(json, number, 1, 10, ""); /* too early to be judged: nothing is learned */
        reply = cognition_kit_answer(rancog_cognitive_report_outcome, s->self, json);
        CHECK_CASE(cognition_kit_says(reply, "verdict", "\"WATCHING\"") && (size_t)optimization_kit_number(reply, "decision_id") == number, reply);
        free(reply), free(result);
    }
    text_free(&fault);
    return NULL;
}

static void calls_on_one_core_are_answered_as_if_alone(void)
{
    rancog_host host = host_fixed();
    rancog_cognitive *self = cognition_kit_create("{\"seed\":7}", &host), *alone = cognition_kit_create("{\"seed\":7}", &host);
    text fault = cognition_kit_fault("");
    char numbers[THREADS * DECISIONS] = {0}, *expected = cognition_kit_decided(alone, fault.bytes), *state, total[40];
    shared s;
    size_t i;
    s.self = self;
    s.numbers = numbers;
    s.expected = strstr(expected, ",\"mode\":");
    threads_run(THREADS, decide_on_one, &s, 0);
    for (i = 0; i < THREADS * DECISIONS; i++) {
        CHECK(numbers[i] == 1);
    }
    state = cognition_kit_state(self);
    snprintf(total, sizeof total, "\"TOTAL\":%u}", THREADS * DECISIONS);
    CHECK_CASE(strstr(state, total) != NULL, state);
    free(state), free(expected);
    text_free(&fault);
    cognition_kit_destroy(alone);
    cognition_kit_destroy(self);
}

/* ---- the first of two calls ends although the second waits and the handle goes ---- */
static void wait_inside(cognition_record *record) { gate_wait(record->state); }

static void *decide_slowly(void *argument)
{
    held_call *held = argument;
    cognition_record record = cognition_kit_record();
    text tilt = {NULL, 0, 0};
    char *result;
    record.inside = wait_inside;
    record.state = &held->gate;
    text_add(&tilt, "{%s}", cognition_kit_tilt);
    CHECK(cognition_kit_with(held->self, tilt.bytes, NULL, &record, &result) == RANCOG_OK && optimization_kit_number(result, "actions/after") == 62);
    free(result);
    text_free(&tilt);
    cognition_kit_free(&record);
    return NULL;
}

static int32_t call(void *self) { return cognition_kit_decide(self, "{}", NULL, NULL); }

static void a_call_under_way_ends_although_its_core_is_destroyed(void) { handle_kit_destroy_under_way(HANDLE_COGNITIVE, decide_slowly, call); }

int main(void)
{
    RUN(cores_side_by_side_do_not_touch_each_other);
    RUN(calls_on_one_core_are_answered_as_if_alone);
    RUN(a_call_under_way_ends_although_its_core_is_destroyed);
    return check_finish();
}
