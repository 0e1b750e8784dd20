/* Threads: calls on one core queue and each is answered as if it were alone; cores side by side do not touch each other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "handle_kit.h"
#include "hosts.h"
#include "optimization_kit.h"
#include "rancognition.h"
#include "strange_loop_kit.h"

#define THREADS 6u
#define ANSWERS 3u
#define SAYINGS 60u

static const char coupling[] = "{\"map\":{\"type\":\"load_coupling\",\"network\":{\"layout\":{\"type\":\"hexagonal\",\"sites\":7},\"users\":{\"count\":60,\"seed\":2},\"traffic_mbps\":40}}}";
static const char cosine[] = "{\"x0\":[1,0,-1]}";

/* What a thread that is alone is told; of the sayings of its own loop only the last. */
typedef struct {
    char *expected[ANSWERS]; /* load coupling, a map of its own, conflicts */
    char *last;
} answers;

static void ask_all(rancog_strange_loop *self, char *given[ANSWERS])
{
    loop_record record = loop_kit_record(3, loop_kit_cosine);
    CHECK_CASE(loop_kit_call(rancog_strange_loop_solve, self, coupling, &given[0]) == RANCOG_OK, rancog_last_error_message());
    CHECK_CASE(loop_kit_with(self, cosine, &record, &given[1]) == RANCOG_OK, rancog_last_error_message());
    CHECK_CASE(loop_kit_call(rancog_strange_loop_detect_conflicts, self, loop_kit_conflict, &given[2]) == RANCOG_OK, rancog_last_error_message());
    CHECK(record.faults == 0);
}

/* One loop's whole life; gives its last reply. */
static char *speak(rancog_strange_loop *self, unsigned loop)
{
    char *reply = NULL;
    unsigned i;
    for (i = 0; i < SAYINGS; i++) {
        char json[300], observed[60] = "";
        free(reply);
        if (i > 0) {
            snprintf(observed, sizeof observed, "\"observed\":{\"m\":%u},", (i - 1) * 7 % 10);
        }
        snprintf(json, sizeof json, "{\"loop_id\":\"l%u\",\"time_ns\":%u,%s\"predict\":{\"m\":{\"mean\":5,\"lower\":2,\"upper\":8}},\"experts\":{\"x\":{\"m\":%u},\"y\":{\"m\":5}}}", loop, i, observed, i * 3 % 10);
        CHECK_CASE(loop_kit_call(rancog_strange_loop_observe, self, json, &reply) == RANCOG_OK, rancog_last_error_message());
    }
    return reply;
}

static answers alone(void)
{
    rancog_host host = host_fixed();
    rancog_strange_loop *self = loop_kit_create(NULL, &host);
    answers a;
    ask_all(self, a.expected);
    a.last = speak(self, 0);
    loop_kit_destroy(self);
    return a;
}

typedef struct {
    rancog_strange_loop *self; /* NULL: one of its own */
    const answers *all;
    size_t rounds;
    unsigned number;
} work;

static void *ask_again_and_again(void *argument)
{
    work *w = argument;
    rancog_host host = host_fixed();
    rancog_strange_loop *self = w->self ? w->self : loop_kit_create(NULL, &host);
    size_t round, i;
    for (round = 0; round < w->rounds; round++) {
        char *given[ANSWERS], *last;
        ask_all(self, given);
        for (i = 0; i < ANSWERS; i++) {
            CHECK_CASE(strcmp(given[i], w->all->expected[i]) == 0, given[i]);
            free(given[i]);
        }
        last = speak(self, w->number * 1000 + (unsigned)round);
        CHECK_CASE(strcmp(last, w->all->last) == 0, last);
        free(last);
    }
    if (!w->self) {
        loop_kit_destroy(self);
    }
    return NULL;
}

static void all_threads(rancog_strange_loop *self)
{
    answers all = alone();
    work works[THREADS];
    unsigned i;
    for (i = 0; i < THREADS; i++) {
        works[i].self = self;
        works[i].all = &all;
        works[i].rounds = check_scale(8, 1);
        works[i].number = i;
    }
    threads_run(THREADS, ask_again_and_again, works, sizeof works[0]);
    for (i = 0; i < ANSWERS; i++) {
        free(all.expected[i]);
    }
    free(all.last);
}

static void calls_on_one_core_are_answered_as_if_alone(void)
{
    rancog_host host = host_fixed();
    rancog_strange_loop *self = loop_kit_create(NULL, &host);
    all_threads(self);
    loop_kit_destroy(self);
}

static void cores_side_by_side_do_not_touch_each_other(void) { all_threads(NULL); }

/* ---- many that keep commands: no command is lost, and each gets a place of its own ---- */
typedef struct {
    rancog_strange_loop *self;
    unsigned number;
    size_t conflicts;
    char *places; /* by place, how often it was given */
} keeper;

#define KEPT 40u

static void *keep_commands(void *argument)
{
    keeper *k = argument;
    unsigned i;
    for (i = 0; i < KEPT; i++) {
        char json[300], *report;
        const char *at;
        size_t place;
        snprintf(json, sizeof json,
                 "{\"keep\":true,\"commands\":[{\"source\":\"s%u\",\"targetParameter\":\"p\",\"targetValue\":\"v%u-%u\",\"targetCell\":\"c\",\"timestamp\":100,\"controlTimespan\":1000}]}", k->number, k->number, i);
        CHECK_CASE(loop_kit_call(rancog_strange_loop_detect_conflicts, k->self, json, &report) == RANCOG_OK, rancog_last_error_message());
        for (at = report; (at = strstr(at, "\"conflictType\":\"direct\"")) != NULL; at++) {
            k->conflicts++;
        }
        place = (size_t)optimization_kit_number(report, "first_command");
        if (CHECK_CASE(place < THREADS * KEPT, report)) {
            __sync_add_and_fetch(&k->places[place], 1);
        }
        free(report);
    }
    return NULL;
}

static void many_keep_commands_in_one_core(void)
{
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    char places[THREADS * KEPT] = {0};
    keeper keepers[THREADS];
    size_t i, conflicts = 0;
    for (i = 0; i < THREADS; i++) {
        keepers[i].self = self;
        keepers[i].number = (unsigned)i;
        keepers[i].conflicts = 0;
        keepers[i].places = places;
    }
    threads_run(THREADS, keep_commands, keepers, sizeof keepers[0]);
    for (i = 0; i < THREADS; i++) {
        conflicts += keepers[i].conflicts;
    }
    for (i = 0; i < THREADS * KEPT; i++) {
        CHECK(places[i] == 1);
    }
    CHECK(conflicts == THREADS * (THREADS - 1) / 2 * KEPT * KEPT); /* each pair of different sources once */
    loop_kit_destroy(self);
}

/* ---- the first of two calls ends although the second waits and the handle goes ---- */
static void wait_inside(loop_record *record) { gate_wait(record->state); }

static void *solve_slowly(void *argument)
{
    held_call *held = argument;
    loop_record record = loop_kit_record(3, loop_kit_cosine);
    char *result;
    record.inside = wait_inside;
    record.state = &held->gate;
    CHECK(loop_kit_with(held->self, cosine, &record, &result) == RANCOG_OK && loop_kit_says(result, "state", "\"CONVERGED\""));
    free(result);
    return NULL;
}

static int32_t call(void *self) { return loop_kit_call(rancog_strange_loop_solve, self, coupling, NULL); }

static void a_call_under_way_ends_although_its_core_is_destroyed(void) { handle_kit_destroy_under_way(HANDLE_STRANGE_LOOP, solve_slowly, call); }

int main(void)
{
    RUN(calls_on_one_core_are_answered_as_if_alone);
    RUN(cores_side_by_side_do_not_touch_each_other);
    RUN(many_keep_commands_in_one_core);
    RUN(a_call_under_way_ends_although_its_core_is_destroyed);
    return check_finish();
}
