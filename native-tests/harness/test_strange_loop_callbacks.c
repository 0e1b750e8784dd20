/* Maps of the host: what their failures do, what they may call themselves. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "hosts.h"
#include "optimization_kit.h"
#include "rancognition.h"
#include "result.h"
#include "strange_loop_kit.h"

static const char *const methods[] = {"auto", "picard", "aitken", "anderson", "newton"};
#define METHODS (sizeof methods / sizeof methods[0])

static const char linear[] = "{\"map\":{\"type\":\"linear\",\"matrix\":[[0.5]],\"offset\":[1]}}";
static const char prediction[] = "{\"loop_id\":\"l\",\"time_ns\":5,\"predict\":{\"m\":{\"mean\":1,\"lower\":0,\"upper\":2}}}";

/* ---- failures ---- */
static void what_fails_at_the_start_is_refused(void)
{
    static const struct { loop_failure failure; const char *says; } cases[] = {
        {MAP_GIVES_STATUS, "fn: gave -7"}, {MAP_GIVES_NAN, "x0: F is not finite there: component 1 is NaN"},
        {MAP_GIVES_INFINITY, "x0: F is not finite there: component 1 is infinite"}, {MAP_GIVES_NOTHING, "x0: F is not finite there: component 0 is NaN"},
    };
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    char *before = loop_kit_state(self), *after;
    size_t i, m;
    for (m = 0; m < METHODS; m++) {
        for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
            loop_record record = loop_kit_record(2, loop_kit_cosine);
            char json[100];
            record.fails_from = 1;
            record.failure = cases[i].failure;
            snprintf(json, sizeof json, "{\"x0\":[1,2],\"method\":\"%s\"}", methods[m]);
            CHECK_CASE(loop_kit_with(self, json, &record, NULL) == RANCOG_E_INVALID_ARGUMENT && error_names(cases[i].says), rancog_last_error_message());
            CHECK_CASE(record.calls == 1 && record.faults == 0, json);
        }
    }
    after = loop_kit_state(self);
    CHECK(strcmp(before, after) == 0);
    free(before), free(after);
    loop_kit_destroy(self);
}

/* A status ends the call; what is no number is avoided where that can be, and what was found before stands. */
static void what_fails_later_is_refused_or_avoided(void)
{
    static const loop_failure failures[] = {MAP_GIVES_STATUS, MAP_GIVES_NAN, MAP_GIVES_INFINITY, MAP_GIVES_NOTHING};
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    size_t f, m, from, refused = 0;
    for (m = 0; m < METHODS; m++) {
        for (f = 0; f < 4; f++) {
            for (from = 2; from <= 20; from += 3) {
                loop_record record = loop_kit_record(2, loop_kit_cosine);
                char json[120], *result;
                int32_t status;
                record.fails_from = from;
                record.failure = failures[f];
                snprintf(json, sizeof json, "{\"x0\":[1,2],\"method\":\"%s\",\"tolerance\":1e-13}", methods[m]);
                status = loop_kit_with(self, json, &record, &result);
                if (status == RANCOG_OK) {
                    double x[2], fx[2], residual = optimization_kit_number(result, "residual");
                    CHECK_CASE(record.calls < from || failures[f] != MAP_GIVES_STATUS, result);
                    CHECK_CASE(optimization_kit_numbers(result, "x", x, 2) == 2, result);
                    loop_kit_cosine(x, 2, fx);
                    CHECK_CASE(residual == fmax(fabs(fx[0] - x[0]), fabs(fx[1] - x[1])) && (residual <= 1e-13) == loop_kit_says(result, "convergence", "true"), result);
                } else {
                    CHECK_CASE(status == RANCOG_E_INVALID_ARGUMENT && strncmp(rancog_last_error_message(), "fn: ", 4) == 0, rancog_last_error_message());
                    CHECK_CASE(failures[f] == MAP_GIVES_STATUS ? error_names("gave -7") && record.calls == from : error_names("F is not finite in iteration"), rancog_last_error_message());
                    refused++;
                }
                free(result);
                CHECK_CASE(record.faults == 0, json);
            }
        }
    }
    CHECK(refused > METHODS * 6);
    loop_kit_destroy(self);
}

/* Not a number beyond a wall: steps that would cross it are shortened. */
static void wall(const double *x, size_t n, double *fx)
{
    (void)n;
    fx[0] = x[0] > 2 ? NAN : 3 * x[0] - 3; /* 1.5; plain steps run away from it */
}

static void a_wall_in_the_way_is_avoided(void)
{
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    loop_record record = loop_kit_record(1, wall);
    char *result;
    double x = 0;
    CHECK_CASE(loop_kit_with(self, "{\"x0\":[1.8]}", &record, &result) == RANCOG_OK, rancog_last_error_message());
    CHECK_CASE(loop_kit_says(result, "state", "\"CONVERGED\"") && optimization_kit_numbers(result, "x", &x, 1) == 1 && fabs(x - 1.5) < 1e-9, result);
    free(result);
    CHECK(loop_kit_with(self, "{\"x0\":[1.8],\"method\":\"picard\"}", &record, NULL) == RANCOG_E_INVALID_ARGUMENT && error_names("fn: F is not finite in iteration 1: component 0 is NaN"));
    loop_kit_destroy(self);
}

/* ---- what may be called from inside ---- */
typedef struct {
    rancog_strange_loop *self, *other;
    size_t calls, not_busy, other_failed;
} nest;

static size_t all_busy(rancog_strange_loop *self)
{
    static const uint8_t start[] = "{\"x0\":[1]}";
    int32_t statuses[6];
    size_t wrong = 0, i;
    loop_record record = loop_kit_record(1, loop_kit_cosine);
    rancog_buffer_free(rancog_strange_loop_solve(self, (const uint8_t *)linear, sizeof linear - 1)), statuses[0] = rancog_last_status();
    rancog_buffer_free(rancog_strange_loop_solve_with(self, start, sizeof start - 1, loop_kit_map, &record)), statuses[1] = rancog_last_status();
    rancog_buffer_free(rancog_strange_loop_observe(self, (const uint8_t *)prediction, sizeof prediction - 1)), statuses[2] = rancog_last_status();
    rancog_buffer_free(rancog_strange_loop_detect_conflicts(self, (const uint8_t *)loop_kit_conflict, strlen(loop_kit_conflict))), statuses[3] = rancog_last_status();
    rancog_buffer_free(rancog_strange_loop_get_state(self)), statuses[4] = rancog_last_status();
    statuses[5] = rancog_strange_loop_restore(self, (const uint8_t *)"{}", 2);
    for (i = 0; i < 6; i++) {
        wrong += statuses[i] != RANCOG_E_BUSY;
    }
    return wrong + (record.calls != 0);
}

static void use_both(void *state)
{
    nest *in = state;
    static const uint8_t start[] = "{\"x0\":[1]}";
    loop_record record = loop_kit_record(1, loop_kit_cosine);
    uint8_t *result;
    in->calls++;
    in->not_busy += all_busy(in->self);
    result = rancog_strange_loop_solve_with(in->other, start, sizeof start - 1, loop_kit_map, &record);
    in->other_failed += rancog_last_status() != RANCOG_OK || record.calls < 3 || !result_contains(result, "\"CONVERGED\"");
    rancog_buffer_free(result);
    rancog_strange_loop_destroy((rancog_strange_loop *)(uintptr_t)1); /* leaves a failed status behind */
}

static void use_both_of_record(loop_record *record) { use_both(record->state); }

static void a_map_finds_its_handle_busy_and_another_works(void)
{
    nest in = {NULL, NULL, 0, 0, 0};
    loop_record record = loop_kit_record(2, loop_kit_cosine);
    char *result;
    in.self = loop_kit_create(NULL, NULL);
    in.other = loop_kit_create(NULL, NULL);
    record.inside = use_both_of_record;
    record.state = &in;
    CHECK(loop_kit_with(in.self, "{\"x0\":[1,0]}", &record, &result) == RANCOG_OK);
    CHECK(rancog_last_status() == RANCOG_OK && rancog_last_error_message()[0] == 0 && loop_kit_says(result, "state", "\"CONVERGED\""));
    CHECK(in.calls > 3 && in.not_busy == 0 && in.other_failed == 0);
    free(result);
    loop_kit_destroy(in.other);
    loop_kit_destroy(in.self);
}

static void the_host_finds_the_handle_busy_too(void)
{
    nest in = {NULL, NULL, 0, 0, 0};
    host_steps steps;
    rancog_host host = host_stepping(&steps);
    rancog_strange_loop *self;
    size_t before;
    in.other = loop_kit_create(NULL, NULL);
    self = loop_kit_create(NULL, &host);
    in.self = self;
    steps.inside = use_both;
    steps.state = &in;
    CHECK(loop_kit_call(rancog_strange_loop_solve, self, "{\"map\":{\"type\":\"linear\",\"matrix\":[[0.999]],\"offset\":[1]},\"method\":\"picard\"}", NULL) == RANCOG_OK);
    before = in.calls;
    CHECK(before > 2 && loop_kit_call(rancog_strange_loop_observe, self, prediction, NULL) == RANCOG_OK && in.calls > before);
    before = in.calls;
    CHECK(loop_kit_call(rancog_strange_loop_detect_conflicts, self, loop_kit_conflict, NULL) == RANCOG_OK && in.calls > before);
    free(loop_kit_state(self));
    CHECK(in.not_busy == 0 && in.other_failed == 0);
    steps.inside = NULL;
    loop_kit_destroy(self);
    loop_kit_destroy(in.other);
}

static void destroy_own(loop_record *record)
{
    rancog_strange_loop_destroy(record->state);
    CHECK(rancog_last_status() == (record->calls == 1 ? RANCOG_OK : RANCOG_E_INVALID_HANDLE));
}

static void destroying_the_own_handle_lets_the_call_finish(void)
{
    size_t m;
    for (m = 0; m < METHODS; m++) {
        rancog_strange_loop *self = loop_kit_create(NULL, NULL);
        loop_record record = loop_kit_record(2, loop_kit_cosine);
        char json[100], *result;
        size_t calls;
        record.inside = destroy_own;
        record.state = self;
        snprintf(json, sizeof json, "{\"x0\":[1,2],\"method\":\"%s\"}", methods[m]);
        CHECK(loop_kit_with(self, json, &record, &result) == RANCOG_OK && loop_kit_says(result, "state", "\"CONVERGED\""));
        calls = record.calls;
        CHECK(calls > 3 && loop_kit_with(self, json, &record, NULL) == RANCOG_E_INVALID_HANDLE && record.calls == calls);
        free(result);
    }
}

/* A fixed point inside of a map: x = cos y, y = y / 2 + x / 4, that is, y = x / 2. */
static rancog_strange_loop *inner;

static int32_t cosine_of_half(const double *x, size_t n, double *fx, void *unused)
{
    char json[200];
    uint8_t *result;
    double y;
    int32_t status;
    (void)n, (void)unused;
    snprintf(json, sizeof json, "{\"map\":{\"type\":\"linear\",\"matrix\":[[0.5]],\"offset\":[%.17g]},\"tolerance\":1e-15}", x[0] / 4);
    result = rancog_strange_loop_solve(inner, (const uint8_t *)json, strlen(json));
    status = rancog_last_status();
    if (status == RANCOG_OK && optimization_kit_numbers(result_text(result), "x", &y, 1) == 1) {
        fx[0] = cos(y);
    }
    rancog_buffer_free(result);
    return status;
}

static void loops_may_stand_inside_of_loops(void)
{
    static const uint8_t start[] = "{\"x0\":[1]}";
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    double expected = 1, x = 0;
    uint8_t *result;
    int i;
    inner = loop_kit_create(NULL, NULL);
    for (i = 0; i < 200; i++) {
        expected = cos(expected / 2);
    }
    result = rancog_strange_loop_solve_with(self, start, sizeof start - 1, cosine_of_half, NULL);
    CHECK(optimization_kit_numbers(result_text(result), "x", &x, 1) == 1 && fabs(x - expected) < 1e-9);
    CHECK(result_check_and_free(result, "inside") == RANCOG_OK);
    loop_kit_destroy(inner);
    loop_kit_destroy(self);
}

int main(void)
{
    RUN(what_fails_at_the_start_is_refused);
    RUN(what_fails_later_is_refused_or_avoided);
    RUN(a_wall_in_the_way_is_avoided);
    RUN(a_map_finds_its_handle_busy_and_another_works);
    RUN(the_host_finds_the_handle_busy_too);
    RUN(destroying_the_own_handle_lets_the_call_finish);
    RUN(loops_may_stand_inside_of_loops);
    return check_finish();
}
