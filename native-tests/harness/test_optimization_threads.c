/* Threads: calls on one core queue and each is answered as if it were alone; cores side by side do not touch each other. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "handle_kit.h"
#include "hosts.h"
#include "optimization_kit.h"
#include "rancognition.h"

#define THREADS 6u

static const char network[] = "{\"layout\":{\"type\":\"hexagonal\",\"sites\":7},\"users\":{\"count\":60,\"seed\":2},\"traffic_mbps\":40}";
static const char function_problem[] = "{\"function\":{\"suite\":\"bbob\",\"id\":15,\"dimension\":4},\"budget\":{\"evaluations\":400}}";

/* What a thread that is alone is told. */
typedef struct {
    text mixed, front;
    char *expected[4]; /* function, mixed, front, network */
} answers;

static void ask_all(rancog_optimization *self, const answers *a, char *given[4], int batches)
{
    optimization_record mixed = optimization_kit_record(OPTIMIZATION_MIXED, 1, 1), front = optimization_kit_record(2, 2, 0);
    CHECK_CASE(optimization_kit_call(rancog_optimization_optimize, self, function_problem, &given[0]) == RANCOG_OK, rancog_last_error_message());
    CHECK_CASE(optimization_kit_with(self, a->mixed.bytes, &mixed, batches, &given[1]) == RANCOG_OK, rancog_last_error_message());
    CHECK_CASE(optimization_kit_with(self, a->front.bytes, &front, !batches, &given[2]) == RANCOG_OK, rancog_last_error_message());
    CHECK_CASE(optimization_kit_call(rancog_optimization_evaluate_network, self, network, &given[3]) == RANCOG_OK, rancog_last_error_message());
    optimization_kit_free(&mixed);
    optimization_kit_free(&front);
}

static answers alone(void)
{
    rancog_host host = host_fixed();
    rancog_optimization *self = optimization_kit_create(NULL, &host);
    answers a;
    a.mixed = optimization_kit_mixed(",\"budget\":{\"evaluations\":150}");
    a.front = optimization_kit_real(2, 2, 0, ",\"budget\":{\"evaluations\":100}");
    ask_all(self, &a, a.expected, 0);
    optimization_kit_destroy(self);
    return a;
}

static void free_answers(answers *a)
{
    size_t i;
    for (i = 0; i < 4; i++) {
        free(a->expected[i]);
    }
    text_free(&a->mixed);
    text_free(&a->front);
}

typedef struct {
    rancog_optimization *self; /* NULL: one of its own */
    const answers *all;
    size_t rounds;
    int batches;
} work;

static void *ask_again_and_again(void *argument)
{
    work *w = argument;
    rancog_host host = host_fixed();
    rancog_optimization *self = w->self ? w->self : optimization_kit_create(NULL, &host);
    size_t round, i;
    for (round = 0; round < w->rounds; round++) {
        char *given[4];
        ask_all(self, w->all, given, w->batches);
        for (i = 0; i < 4; i++) {
            CHECK_CASE(strcmp(given[i], w->all->expected[i]) == 0, given[i]);
            free(given[i]);
        }
    }
    if (!w->self) {
        optimization_kit_destroy(self);
    }
    return NULL;
}

static void all_threads(rancog_optimization *self)
{
    answers all = alone();
    work works[THREADS];
    size_t i;
    for (i = 0; i < THREADS; i++) {
        works[i].self = self;
        works[i].all = &all;
        works[i].rounds = check_scale(8, 1);
        works[i].batches = i % 2;
    }
    threads_run(THREADS, ask_again_and_again, works, sizeof works[0]);
    free_answers(&all);
}

static void calls_on_one_core_are_answered_as_if_alone(void)
{
    rancog_host host = host_fixed();
    rancog_optimization *self = optimization_kit_create(NULL, &host);
    all_threads(self);
    optimization_kit_destroy(self);
}

static void cores_side_by_side_do_not_touch_each_other(void) { all_threads(NULL); }

/* ---- one search, many that evaluate ---- */
typedef struct {
    rancog_optimization *self;
    uint64_t told; /* rows */
} team;

/* Two may be given the same points: the second of them then tells what nobody asks for any more, which is taken too. */
static void *evaluate_for_the_team(void *argument)
{
    team *t = argument;
    double x[3 * OPTIMIZATION_MIXED], f[3], g[3];
    size_t rows = 1, i;
    while (rows > 0) {
        if (!CHECK_CASE(rancog_optimization_ask(t->self, x, 3, &rows) == RANCOG_OK, rancog_last_error_message())) {
            break;
        }
        for (i = 0; i < rows; i++) {
            CHECK(optimization_kit_on_grid(x + i * OPTIMIZATION_MIXED));
            optimization_kit_values(x + i * OPTIMIZATION_MIXED, OPTIMIZATION_MIXED, f + i, 1, g + i, 1);
        }
        if (rows > 0) {
            CHECK_CASE(rancog_optimization_tell(t->self, x, f, g, rows) == RANCOG_OK, rancog_last_error_message());
            __sync_add_and_fetch(&t->told, rows);
        }
    }
    return NULL;
}

static void many_evaluate_for_one_search(void)
{
    team t = {optimization_kit_create(NULL, NULL), 0};
    text json = optimization_kit_mixed(",\"budget\":{\"evaluations\":500}");
    size_t evaluations;
    char *result;
    const char *at;
    CHECK(rancog_optimization_begin(t.self, text_u8(&json), json.length) == RANCOG_OK);
    threads_run(THREADS, evaluate_for_the_team, &t, 0);
    CHECK(optimization_kit_result(t.self, &result) == RANCOG_OK);
    at = strstr(result, ",\"evaluations\":");
    evaluations = at ? (size_t)strtoul(at + 15, NULL, 10) : 0;
    CHECK_CASE(evaluations == t.told && evaluations >= 500, result);
    CHECK_CASE(strstr(result, "\"stopped\":\"budget\"") && strstr(result, "\"feasible\":true"), result);
    free(result);
    text_free(&json);
    optimization_kit_destroy(t.self);
}

/* ---- the first of two calls ends although the second waits and the handle goes ---- */
static void wait_inside(optimization_record *record) { gate_wait(record->state); }

static void *solve_slowly(void *argument)
{
    held_call *held = argument;
    text json = optimization_kit_real(2, 1, 0, ",\"budget\":{\"evaluations\":25}");
    optimization_record record = optimization_kit_record(2, 1, 0);
    record.inside = wait_inside;
    record.state = &held->gate;
    CHECK(optimization_kit_with(held->self, json.bytes, &record, 0, NULL) == RANCOG_OK && record.points == 25);
    text_free(&json);
    optimization_kit_free(&record);
    return NULL;
}

static int32_t call(void *self) { return optimization_kit_call(rancog_optimization_optimize, self, function_problem, NULL); }

static void a_call_under_way_ends_although_its_core_is_destroyed(void) { handle_kit_destroy_under_way(HANDLE_OPTIMIZATION, solve_slowly, call); }

int main(void)
{
    RUN(calls_on_one_core_are_answered_as_if_alone);
    RUN(cores_side_by_side_do_not_touch_each_other);
    RUN(many_evaluate_for_one_search);
    RUN(a_call_under_way_ends_although_its_core_is_destroyed);
    return check_finish();
}
