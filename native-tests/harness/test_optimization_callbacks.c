/* Evaluators of the host: where and in which order they are called, what their failures do, what they may call themselves. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "hosts.h"
#include "optimization_kit.h"
#include "rancognition.h"
#include "result.h"

static size_t whole(const char *result, const char *name)
{
    return (size_t)optimization_kit_number(optimization_kit_at(result, "best"), name);
}

static size_t evaluations_of(const char *result)
{
    const char *at = strstr(result, ",\"evaluations\":");
    return at ? (size_t)strtoul(at + 15, NULL, 10) : 0;
}

/* ---- order and thread ---- */
static void batches_ask_for_the_same_points_in_the_same_order(void)
{
    static const struct { int mixed; size_t m, k; const char *more; } cases[] = {
        {1, 1, 1, ",\"budget\":{\"evaluations\":400},\"threads\":8"}, {0, 1, 0, ",\"budget\":{\"evaluations\":500},\"threads\":8"}, {0, 1, 2, ",\"budget\":{\"evaluations\":300}"},
        {0, 2, 0, ",\"budget\":{\"evaluations\":300}"}, {0, 3, 1, ",\"budget\":{\"evaluations\":200},\"seed\":4"},
    };
    rancog_host host = host_fixed();
    rancog_optimization *self = optimization_kit_create(NULL, &host);
    size_t i;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t n = cases[i].mixed ? OPTIMIZATION_MIXED : 4, p;
        text json = cases[i].mixed ? optimization_kit_mixed(cases[i].more) : optimization_kit_real(n, cases[i].m, cases[i].k, cases[i].more);
        optimization_record single = optimization_kit_record(n, cases[i].m, cases[i].k), batch = optimization_kit_record(n, cases[i].m, cases[i].k);
        char *first, *second;
        CHECK_CASE(optimization_kit_with(self, json.bytes, &single, 0, &first) == RANCOG_OK, rancog_last_error_message());
        CHECK_CASE(optimization_kit_with(self, json.bytes, &batch, 1, &second) == RANCOG_OK, rancog_last_error_message());
        CHECK_CASE(strcmp(first, second) == 0, json.bytes);
        CHECK_CASE(single.calls == single.points && batch.points == single.points && batch.calls <= single.calls && batch.rows_most > 1, json.bytes);
        for (p = 0; p < single.points && p < OPTIMIZATION_POINTS_MAX; p++) {
            CHECK_CASE(memcmp(single.x[p], batch.x[p], n * sizeof(double)) == 0, json.bytes);
        }
        free(first), free(second);
        text_free(&json);
        optimization_kit_free(&single), optimization_kit_free(&batch);
    }
    optimization_kit_destroy(self);
}

/* ---- failures ---- */
static void points_that_fail_are_counted_and_never_the_best(void)
{
    static const optimization_failure failures[] = {FAILS_BY_ANSWER, FAILS_BY_NAN, FAILS_BY_INFINITY, FAILS_BY_SILENCE, FAILS_BY_CONSTRAINT};
    rancog_optimization *self = optimization_kit_create(NULL, NULL);
    size_t f, every, batches, mixed, p;
    for (f = 0; f < 5; f++) {
        for (every = 1; every <= 4; every++) {
            for (batches = 0; batches < 2; batches++) {
                for (mixed = 0; mixed < 2; mixed++) {
                    size_t n = mixed ? OPTIMIZATION_MIXED : 2;
                    text json = mixed ? optimization_kit_mixed(",\"budget\":{\"evaluations\":150}") : optimization_kit_real(n, 1, 1, ",\"budget\":{\"evaluations\":150}");
                    optimization_record record = optimization_kit_record(n, 1, 1);
                    char *result, note[120];
                    double best = NAN;
                    int32_t status;
                    record.every = every;
                    record.failure = failures[f];
                    status = optimization_kit_with(self, json.bytes, &record, (int)batches, &result);
                    snprintf(note, sizeof note, "failure %u, every %u, batches %u, mixed %u: %d", (unsigned)f, (unsigned)every, (unsigned)batches, (unsigned)mixed, (int)status);
                    if (record.failed == record.points) {
                        CHECK_CASE(status == RANCOG_E_INVALID_ARGUMENT && strstr(rancog_last_error_message(), "evaluations failed"), note);
                    } else if (CHECK_CASE(status == RANCOG_OK, note)) {
                        CHECK_CASE(whole(result, "failed_evaluations") == record.failed && evaluations_of(result) == record.points, note);
                        CHECK_CASE(optimization_kit_numbers(result, "best/f", &best, 1) == 1, note);
                        for (p = 0; p < record.points; p++) {
                            if (record.f[p][0] == best) {
                                break;
                            }
                        }
                        CHECK_CASE(p < record.points, note); /* those that failed are kept as NaN */
                    }
                    CHECK_CASE(every > 1 || record.failed == record.points, note);
                    free(result);
                    text_free(&json);
                    optimization_kit_free(&record);
                }
            }
        }
    }
    optimization_kit_destroy(self);
}

/* ---- what may be called from inside ---- */
typedef struct {
    rancog_optimization *self, *other;
    size_t calls, not_busy, other_failed;
} nest;

static size_t all_busy(rancog_optimization *self)
{
    static const uint8_t problem[] = "{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":2},\"budget\":{\"evaluations\":3}}",
                         own[] = "{\"variables\":[{\"name\":\"a\",\"type\":\"binary\"}],\"objectives\":[{\"name\":\"o\"}]}";
    double x[8] = {0}, f[2] = {0};
    size_t rows = 1, wrong = 0, i;
    int32_t statuses[8];
    optimization_record record = optimization_kit_record(1, 1, 0);
    rancog_buffer_free(rancog_optimization_optimize(self, problem, sizeof problem - 1)), statuses[0] = rancog_last_status();
    rancog_buffer_free(rancog_optimization_optimize_with(self, own, sizeof own - 1, optimization_kit_evaluate, &record)), statuses[1] = rancog_last_status();
    rancog_buffer_free(rancog_optimization_optimize_with_batch(self, own, sizeof own - 1, optimization_kit_evaluate_rows, &record)), statuses[2] = rancog_last_status();
    statuses[3] = rancog_optimization_begin(self, own, sizeof own - 1);
    statuses[4] = rancog_optimization_ask(self, x, 1, &rows);
    statuses[5] = rancog_optimization_tell(self, x, f, NULL, 1);
    rancog_buffer_free(rancog_optimization_result(self)), statuses[6] = rancog_last_status();
    rancog_buffer_free(rancog_optimization_evaluate_network(self, (const uint8_t *)"{}", 2)), statuses[7] = rancog_last_status();
    for (i = 0; i < 8; i++) {
        wrong += statuses[i] != RANCOG_E_BUSY;
    }
    wrong += rows != 1 || record.calls != 0;
    optimization_kit_free(&record);
    return wrong;
}

static void use_both(void *state)
{
    nest *in = state;
    static const uint8_t own[] = "{\"variables\":[{\"name\":\"a\",\"type\":\"binary\"}],\"objectives\":[{\"name\":\"o\"}]}";
    optimization_record record = optimization_kit_record(1, 1, 0);
    rancog_optimization *other = in->other;
    uint8_t *result;
    in->calls++;
    in->not_busy += all_busy(in->self);
    result = rancog_optimization_optimize_with(other, own, sizeof own - 1, optimization_kit_evaluate, &record);
    in->other_failed += rancog_last_status() != RANCOG_OK || record.points != 2;
    rancog_buffer_free(result);
    optimization_kit_free(&record);
    rancog_optimization_destroy((rancog_optimization *)(uintptr_t)1); /* leaves a failed status behind */
}

static void use_both_of_record(optimization_record *record) { use_both(record->state); }

static void an_evaluator_finds_its_handle_busy_and_another_works(void)
{
    nest in = {NULL, NULL, 0, 0, 0};
    int batches;
    in.self = optimization_kit_create(NULL, NULL);
    in.other = optimization_kit_create(NULL, NULL);
    for (batches = 0; batches < 2; batches++) {
        text json = optimization_kit_real(2, 1, 0, ",\"budget\":{\"evaluations\":12}");
        optimization_record record = optimization_kit_record(2, 1, 0);
        char *result;
        record.inside = use_both_of_record;
        record.state = &in;
        CHECK(optimization_kit_with(in.self, json.bytes, &record, batches, &result) == RANCOG_OK);
        CHECK(rancog_last_status() == RANCOG_OK && rancog_last_error_message()[0] == 0);
        CHECK(record.points == 12 && evaluations_of(result) == 12);
        free(result);
        text_free(&json);
        optimization_kit_free(&record);
    }
    CHECK(in.calls > 12 && in.not_busy == 0 && in.other_failed == 0);
    optimization_kit_destroy(in.other);
    optimization_kit_destroy(in.self);
}

static void the_host_finds_the_handle_busy_too(void)
{
    static const uint8_t own[] = "{\"variables\":[{\"name\":\"a\",\"type\":\"binary\"}],\"objectives\":[{\"name\":\"o\"}]}";
    nest in = {NULL, NULL, 0, 0, 0};
    host_steps steps;
    rancog_host host = host_stepping(&steps);
    rancog_optimization *self;
    size_t before;
    in.other = optimization_kit_create(NULL, NULL);
    self = optimization_kit_create(NULL, &host);
    in.self = self;
    steps.inside = use_both;
    steps.state = &in;
    CHECK(optimization_kit_call(rancog_optimization_optimize, self, "{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":2},\"budget\":{\"evaluations\":20}}", NULL) == RANCOG_OK);
    before = in.calls;
    CHECK(rancog_optimization_begin(self, own, sizeof own - 1) == RANCOG_OK);
    CHECK(optimization_kit_result(self, NULL) == RANCOG_OK && in.calls > before);
    CHECK(in.calls > 3 && in.not_busy == 0 && in.other_failed == 0);
    steps.inside = NULL;
    optimization_kit_destroy(self);
    optimization_kit_destroy(in.other);
}

static void destroy_own(optimization_record *record)
{
    rancog_optimization_destroy(record->state);
    CHECK(rancog_last_status() == (record->points == 0 ? RANCOG_OK : RANCOG_E_INVALID_HANDLE));
}

static void destroying_the_own_handle_lets_the_call_finish(void)
{
    int batches;
    for (batches = 0; batches < 2; batches++) {
        rancog_optimization *self = optimization_kit_create(NULL, NULL);
        text json = optimization_kit_real(2, 1, 1, ",\"budget\":{\"evaluations\":60}");
        optimization_record record = optimization_kit_record(2, 1, 1);
        char *result;
        record.inside = destroy_own;
        record.state = self;
        CHECK(optimization_kit_with(self, json.bytes, &record, batches, &result) == RANCOG_OK && record.points == 60 && evaluations_of(result) == 60);
        CHECK(optimization_kit_with(self, json.bytes, &record, batches, NULL) == RANCOG_E_INVALID_HANDLE && record.points == 60);
        free(result);
        text_free(&json);
        optimization_kit_free(&record);
    }
}

/* A network evaluated inside of an evaluator: the loop of a planner. */
static int32_t power_of_network(const double *x, size_t n, double *f, size_t m, double *g, size_t k, void *other)
{
    char network[400];
    uint8_t *result;
    int32_t status;
    (void)n, (void)m, (void)k;
    snprintf(network, sizeof network,
             "{\"links\":{\"loss_db\":[[100],[120]],\"azimuth_deg\":[[0],[0]],\"zenith_deg\":[[90],[90]]},\"antenna\":{\"model\":\"omni\"},\"traffic_mbps\":40,\"cells\":[{\"power_dbm\":%.17g}]}", x[0]);
    result = rancog_optimization_evaluate_network(other, (const uint8_t *)network, strlen(network));
    status = rancog_last_status();
    f[0] = x[0];
    if (optimization_kit_numbers(result_text(result), "loads", g, 1) == 1) {
        g[0] -= 0.6;
    }
    rancog_buffer_free(result);
    return status;
}

static void a_network_of_another_core_can_be_evaluated_inside(void)
{
    static const char problem[] = "{\"variables\":[{\"name\":\"p\",\"type\":\"real\",\"lower\":0,\"upper\":46}],\"objectives\":[{\"name\":\"dbm\"}],\"constraints\":[{\"name\":\"load\"}],\"budget\":{\"evaluations\":200}}";
    rancog_optimization *self = optimization_kit_create(NULL, NULL), *other = optimization_kit_create(NULL, NULL);
    uint8_t *result = rancog_optimization_optimize_with(self, (const uint8_t *)problem, sizeof problem - 1, power_of_network, other);
    double slack = optimization_kit_number(result_text(result), "best/constraints/slack");
    CHECK(result_contains(result, "\"feasible\":true") && slack >= 0 && slack < 1e-3);
    CHECK(result_check_and_free(result, "network inside") == RANCOG_OK);
    optimization_kit_destroy(other);
    optimization_kit_destroy(self);
}

int main(void)
{
    RUN(batches_ask_for_the_same_points_in_the_same_order);
    RUN(points_that_fail_are_counted_and_never_the_best);
    RUN(an_evaluator_finds_its_handle_busy_and_another_works);
    RUN(the_host_finds_the_handle_busy_too);
    RUN(destroying_the_own_handle_lets_the_call_finish);
    RUN(a_network_of_another_core_can_be_evaluated_inside);
    return check_finish();
}
