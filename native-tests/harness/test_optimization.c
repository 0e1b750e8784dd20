/* What a search gives: every field of its result against the points that the test evaluated itself. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "hosts.h"
#include "optimization_kit.h"
#include "rancognition.h"
#include "result.h"

static int same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* Whether a path's text begins so. */
static int says(const char *result, const char *path, const char *value)
{
    return strncmp(optimization_kit_at(result, path), value, strlen(value)) == 0;
}

static double violation(const double *g, size_t k)
{
    double sum = 0;
    size_t j;
    for (j = 0; j < k; j++) {
        sum += g[j] > 0 ? g[j] : 0;
    }
    return sum;
}

/* The first of the best points of a record: least violation, then least first objective. */
static size_t best_of(const optimization_record *record)
{
    size_t best = SIZE_MAX, i;
    for (i = 0; i < record->points; i++) {
        double mine, other;
        if (isnan(record->f[i][0])) {
            continue;
        }
        mine = violation(record->g[i], record->k);
        other = best == SIZE_MAX ? INFINITY : violation(record->g[best], record->k);
        if (mine < other || (mine == other && record->f[i][0] < record->f[best][0])) {
            best = i;
        }
    }
    return best;
}

/* The trace: first point, each improvement, last point. */
static void trace_agrees(const char *result, const optimization_record *record, const char *note)
{
    const char *at = optimization_kit_at(result, "trace"), *end = strstr(at, "],\"pareto\"");
    double best = NAN;
    size_t entries = 0, points = 0, i;
    for (at = strstr(at, "{\"evaluations\":"); at && at < end; at = strstr(at + 1, "{\"evaluations\":")) {
        size_t count = (size_t)optimization_kit_number(at, "evaluations");
        double f = optimization_kit_number(at, "f");
        CHECK_CASE(count > points && count <= record->points, note);
        for (i = points; i < count && i < record->points; i++) {
            if (!isnan(record->f[i][0]) && violation(record->g[i], record->k) == 0 && !(record->f[i][0] >= best)) {
                CHECK_CASE(i == count - 1 || entries == 0, note); /* an improvement has an entry of its own */
                best = record->f[i][0];
            }
        }
        CHECK_CASE(isnan(best) ? isnan(f) : same_bits(f, best), note);
        CHECK_CASE(entries > 0 || count == 1, note);
        points = count;
        entries++;
    }
    CHECK_CASE(points == record->points, note);
}

static void arms_agree(const char *result, size_t evaluations, const char *note)
{
    const char *at = optimization_kit_at(result, "arms");
    size_t sum = 0;
    for (at = strchr(at, ':'); at && strchr("}", at[1]) == NULL; at = strpbrk(at + 1, ":}")) {
        if (*at == '}') {
            break;
        }
        sum += (size_t)strtoul(at + 1, NULL, 10);
    }
    CHECK_CASE(sum == evaluations, note);
}

static void result_agrees(const char *result, const optimization_record *record, const char *note)
{
    double x[OPTIMIZATION_WIDTH_MAX], f[OPTIMIZATION_WIDTH_MAX], score = optimization_kit_number(result, "optimization_score");
    size_t best = best_of(record), i;
    const char *constraint = optimization_kit_at(result, "best/constraints");
    if (!CHECK_CASE(best != SIZE_MAX && *result, note)) {
        return;
    }
    CHECK_CASE(optimization_kit_numbers(result, "best/x", x, OPTIMIZATION_WIDTH_MAX) == record->n && optimization_kit_numbers(result, "best/f", f, OPTIMIZATION_WIDTH_MAX) == record->m, note);
    for (i = 0; i < record->n; i++) {
        CHECK_CASE(same_bits(x[i], record->x[best][i]), note);
    }
    for (i = 0; i < record->m; i++) {
        CHECK_CASE(same_bits(f[i], record->f[best][i]), note);
    }
    CHECK_CASE(says(result, "best/feasible", violation(record->g[best], record->k) == 0 ? "true" : "false"), note);
    for (i = 0; i < record->k; i++) {
        CHECK_CASE(same_bits(optimization_kit_number(constraint, "value"), record->g[best][i]), note);
        CHECK_CASE(same_bits(optimization_kit_number(constraint, "slack"), 0 - record->g[best][i]), note);
        constraint = optimization_kit_at(constraint, "slack");
    }
    CHECK_CASE(optimization_kit_number(result, "execution_time") >= 0 && (size_t)optimization_kit_number(optimization_kit_at(result, "best/constraints"), "evaluations") == record->points, note);
    CHECK_CASE((size_t)optimization_kit_number(result, "failed_evaluations") == record->failed, note);
    CHECK_CASE(isnan(score) || (score >= 0 && score <= 1), note);
    trace_agrees(result, record, note);
    arms_agree(result, record->points, note);
}

static void every_field_agrees_with_the_points_evaluated(void)
{
    static const struct { int mixed; size_t n, k, every; const char *more; } cases[] = {
        {1, OPTIMIZATION_MIXED, 1, 0, ",\"budget\":{\"evaluations\":200},\"seed\":11"}, {1, OPTIMIZATION_MIXED, 1, 3, ",\"budget\":{\"evaluations\":200},\"seed\":12"},
        {0, 3, 0, 0, ",\"budget\":{\"evaluations\":150},\"seed\":1"}, {0, 3, 2, 0, ",\"budget\":{\"evaluations\":250}"}, {0, 4, 4, 5, ",\"budget\":{\"evaluations\":250},\"seed\":3"},
        {0, 1, 1, 0, ",\"budget\":{\"evaluations\":40}"}, {0, 2, 0, 2, ",\"budget\":{\"evaluations\":1}"},
    };
    rancog_optimization *self = optimization_kit_create(NULL, NULL);
    size_t i, p;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        optimization_record record = optimization_kit_record(cases[i].n, 1, cases[i].k);
        text json = cases[i].mixed ? optimization_kit_mixed(cases[i].more) : optimization_kit_real(cases[i].n, 1, cases[i].k, cases[i].more);
        char *result;
        record.every = cases[i].every;
        record.failure = FAILS_BY_NAN;
        CHECK_CASE(optimization_kit_with(self, json.bytes, &record, 0, &result) == RANCOG_OK, rancog_last_error_message());
        result_agrees(result, &record, json.bytes);
        CHECK_CASE(says(result, "stopped", "\"budget\"") || says(result, "stopped", "\"converged\""), json.bytes);
        for (p = 0; p < record.points && cases[i].mixed; p++) {
            CHECK_CASE(optimization_kit_on_grid(record.x[p]), json.bytes);
        }
        free(result);
        text_free(&json);
        optimization_kit_free(&record);
    }
    optimization_kit_destroy(self);
}

/* ---- problems that the library evaluates ---- */
static void a_test_function_has_its_proven_bound(void)
{
    static const char problem[] = "{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":3,\"instance\":2},\"budget\":{\"evaluations\":100},\"seed\":1}";
    rancog_optimization *self = optimization_kit_create(NULL, NULL);
    char *result;
    CHECK(optimization_kit_call(rancog_optimization_optimize, self, problem, &result) == RANCOG_OK);
    {
        double bound = optimization_kit_number(result, "bound/value"), best = 0, first = optimization_kit_number(result, "trace/f"), x[3];
        CHECK(optimization_kit_numbers(result, "best/f", &best, 1) == 1 && optimization_kit_numbers(result, "best/x", x, 3) == 3);
        CHECK(says(result, "bound", "{\"value\":") && strstr(result, "\"kind\":\"proven\"") && best >= bound && best - bound < 1e-6);
        CHECK(fabs(optimization_kit_number(result, "optimization_score") - (first - best) / (first - bound)) < 1e-12);
        CHECK(same_bits(optimization_kit_number(result, "best/values/x2"), x[1]) && same_bits(optimization_kit_number(result, "best/values/f"), best));
        CHECK(says(result, "pareto", "[]") && says(result, "hypervolume", "null") && says(result, "ignored", "[]"));
    }
    free(result);
    optimization_kit_destroy(self);
}

static double solved(rancog_optimization *self, const char *json, const char *stopped, double *evaluations)
{
    char *result;
    double f = NAN;
    CHECK_CASE(optimization_kit_call(rancog_optimization_optimize, self, json, &result) == RANCOG_OK, rancog_last_error_message());
    CHECK_CASE(says(result, "stopped", stopped), result);
    CHECK_CASE(optimization_kit_numbers(result, "best/f", &f, 1) == 1, json);
    *evaluations = optimization_kit_number(optimization_kit_at(result, "best/constraints"), "evaluations");
    free(result);
    return f;
}

static void a_target_stops_the_search_where_it_is_reached(void)
{
    rancog_optimization *self = optimization_kit_create(NULL, NULL);
    double whole, part, until = solved(self, "{\"function\":{\"suite\":\"bbob\",\"id\":8,\"dimension\":4,\"instance\":3},\"budget\":{\"evaluations\":400}}", "\"budget\"", &whole);
    CHECK(whole == 400);
    CHECK(solved(self, "{\"function\":{\"suite\":\"bbob\",\"id\":8,\"dimension\":4,\"instance\":3},\"budget\":{\"evaluations\":400},\"target\":150}", "\"target\"", &part) <= 150);
    CHECK(part < whole && until < 150);
    optimization_kit_destroy(self);
}

static host_steps steps;

static void a_deadline_ends_the_search_with_what_it_has(void)
{
    rancog_host host = host_stepping(&steps);
    rancog_optimization *self = optimization_kit_create(NULL, &host);
    double evaluations;
    steps.step_ns = 1000000;
    CHECK(!isnan(solved(self, "{\"function\":{\"suite\":\"bbob\",\"id\":15,\"dimension\":5},\"budget\":{\"evaluations\":100000,\"deadline_ns\":50000000}}", "\"deadline\"", &evaluations)));
    CHECK(evaluations > 0 && evaluations < 100000 && steps.progress_calls > 0);
    optimization_kit_destroy(self);
}

static void progress_cancels_and_the_core_goes_on_working(void)
{
    rancog_host host = host_stepping(&steps);
    rancog_optimization *self = optimization_kit_create(NULL, &host);
    optimization_record record = optimization_kit_record(2, 1, 0);
    text json = optimization_kit_real(2, 1, 0, ",\"budget\":{\"evaluations\":3000}");
    double evaluations;
    steps.cancel = -3;
    CHECK(optimization_kit_call(rancog_optimization_optimize, self, "{\"function\":{\"suite\":\"bbob\",\"id\":15,\"dimension\":5}}", NULL) == RANCOG_E_CANCELLED);
    CHECK(steps.progress_calls == 1);
    CHECK(optimization_kit_with(self, json.bytes, &record, 0, NULL) == RANCOG_E_CANCELLED && record.points < 3000);
    CHECK(optimization_kit_with(self, json.bytes, &record, 1, NULL) == RANCOG_E_CANCELLED && steps.progress_calls == 3);
    steps.cancel = 0;
    solved(self, "{\"function\":{\"suite\":\"bbob\",\"id\":15,\"dimension\":5},\"budget\":{\"evaluations\":200}}", "\"budget\"", &evaluations);
    CHECK(evaluations == 200);
    text_free(&json);
    optimization_kit_free(&record);
    optimization_kit_destroy(self);
}

/* ---- where a search begins and what it may touch ---- */
static void the_present_point_comes_first_and_then_the_starts(void)
{
    static const char problem[] =
        "{\"variables\":[{\"name\":\"a\",\"type\":\"real\",\"lower\":-1,\"upper\":2,\"initial\":0.3,\"max_change\":0.5},{\"name\":\"b\",\"type\":\"real\",\"lower\":0,\"upper\":1,\"step\":0.1,\"initial\":0.7,"
        "\"max_change\":0.2},{\"name\":\"c\",\"type\":\"ordered\",\"values\":[4,1,2,8],\"initial\":2,\"max_change\":2}],\"objectives\":[{\"name\":\"o\"}],\"starts\":[[0.8,0.5,4],[-0.2,0.9,1]],\"budget\":{\"evaluations\":%d}}";
    static const double expected[3][3] = {{0.3, 0.7, 2}, {0.8, 0.5, 4}, {-0.2, 0.9, 1}};
    rancog_optimization *self = optimization_kit_create(NULL, NULL);
    int budget;
    for (budget = 1; budget <= 121; budget += 40) {
        optimization_record record = optimization_kit_record(3, 1, 0);
        char json[600];
        size_t i, j;
        snprintf(json, sizeof json, problem, budget);
        CHECK_CASE(optimization_kit_with(self, json, &record, 0, NULL) == RANCOG_OK, rancog_last_error_message());
        CHECK(record.points <= (size_t)budget && (budget > 41 || record.points == (size_t)budget));
        for (i = 0; i < record.points; i++) {
            const double *x = record.x[i];
            for (j = 0; i < 3 && j < 3; j++) {
                CHECK_CASE(fabs(x[j] - expected[i][j]) < 1e-12 && (i > 0 || same_bits(x[j], expected[i][j])), "start points");
            }
            CHECK_CASE(x[0] >= -0.2 - 1e-12 && x[0] <= 0.8 + 1e-12, "max_change of a");
            CHECK_CASE(fabs(x[1] * 10 - floor(x[1] * 10 + 0.5)) < 1e-9 && x[1] > 0.5 - 1e-9 && x[1] < 0.9 + 1e-9, "step and max_change of b");
            CHECK_CASE(x[2] == 1 || x[2] == 2 || x[2] == 4, "values and max_change of c");
        }
        optimization_kit_free(&record);
    }
    optimization_kit_destroy(self);
}

static void few_points_are_all_evaluated(void)
{
    static const char problem[] =
        "{\"variables\":[{\"name\":\"a\",\"type\":\"integer\",\"lower\":0,\"upper\":3},{\"name\":\"b\",\"type\":\"binary\"},{\"name\":\"c\",\"type\":\"category\",\"values\":[\"p\",\"q\"]}],"
        "\"objectives\":[{\"name\":\"o\"}],\"constraints\":[{\"name\":\"g\"}],\"budget\":{\"evaluations\":16}}";
    rancog_optimization *self = optimization_kit_create(NULL, NULL);
    optimization_record record = optimization_kit_record(3, 1, 1);
    unsigned seen = 0;
    size_t i;
    char *result;
    CHECK(optimization_kit_with(self, problem, &record, 0, &result) == RANCOG_OK && record.points == 16);
    for (i = 0; i < record.points; i++) {
        seen |= 1u << (unsigned)(record.x[i][0] * 4 + record.x[i][1] * 2 + record.x[i][2]);
    }
    CHECK(seen == 0xFFFF && says(result, "stopped", "\"exact\"") && strstr(result, "\"kind\":\"enumerated\"") && optimization_kit_number(result, "optimization_score") == 1);
    result_agrees(result, &record, problem);
    free(result);
    optimization_kit_free(&record);
    optimization_kit_destroy(self);
}

/* room: a + b <= 1 (kept by g of the test), below: a >= 5, free: never violated. */
static int32_t contradicts(const double *x, size_t n, double *f, size_t m, double *g, size_t k, void *unused)
{
    (void)unused;
    if (n != 2 || m != 1 || k != 4) {
        return 1;
    }
    f[0] = x[0];
    g[0] = x[0] - 1;
    g[1] = x[1] - 3;
    g[2] = 2 - x[0];
    g[3] = -1;
    return 0;
}

static void constraints_that_contradict_each_other_are_named(void)
{
    static const char problem[] =
        "{\"variables\":[{\"name\":\"a\",\"type\":\"%s\",\"lower\":0,\"upper\":4},{\"name\":\"b\",\"type\":\"%s\",\"lower\":0,\"upper\":4}],\"objectives\":[{\"name\":\"o\"}],"
        "\"constraints\":[{\"name\":\"above\"},{\"name\":\"b\"},{\"name\":\"below\"},{\"name\":\"free\"}],\"budget\":{\"evaluations\":100}}";
    rancog_optimization *self = optimization_kit_create(NULL, NULL);
    int whole;
    for (whole = 0; whole < 2; whole++) {
        char json[500];
        uint8_t *result;
        snprintf(json, sizeof json, problem, whole ? "integer" : "real", whole ? "integer" : "real");
        result = rancog_optimization_optimize_with(self, (const uint8_t *)json, strlen(json), contradicts, NULL);
        CHECK_CASE(result_contains(result, "\"infeasible_subset\":[\"above\",\"below\"]"), result_text(result));
        CHECK(result_contains(result, "\"feasible\":false") && result_contains(result, "\"optimization_score\":null") && result_contains(result, "\"bound\":null"));
        CHECK(result_contains(result, "\"stopped\":\"exact\"") == whole);
        CHECK(result_check_and_free(result, json) == RANCOG_OK);
    }
    optimization_kit_destroy(self);
}

/* ---- several objectives ---- */
static int dominates(const double *a, const double *b)
{
    return a[0] <= b[0] && a[1] <= b[1] && (a[0] < b[0] || a[1] < b[1]);
}

static void a_front_has_the_points_that_no_other_dominates(void)
{
    rancog_optimization *self = optimization_kit_create(NULL, NULL);
    optimization_record record = optimization_kit_record(3, 2, 1);
    text json = optimization_kit_real(3, 2, 1, ",\"budget\":{\"evaluations\":250},\"reference_point\":[4,4],\"seed\":2");
    double front[250][2], volume = 0;
    size_t count = 0, expected = 0, i, j;
    char *result;
    const char *at;
    CHECK(optimization_kit_with(self, json.bytes, &record, 0, &result) == RANCOG_OK && record.points == 250);
    for (at = strstr(optimization_kit_at(result, "pareto"), "{\"x\""); at && count < 250; at = strstr(at + 1, "{\"x\"")) {
        CHECK(optimization_kit_numbers(at, "f", front[count], 2) == 2);
        CHECK(count == 0 || (front[count][0] > front[count - 1][0] && front[count][1] < front[count - 1][1]));
        if (front[count][0] < 4 && front[count][1] < 4) {
            double above = count == 0 || front[count - 1][1] > 4 ? 4 : front[count - 1][1];
            volume += (4 - front[count][0]) * (above - front[count][1]);
        }
        count++;
    }
    for (i = 0; i < record.points; i++) {
        int is_on_front = violation(record.g[i], 1) == 0;
        for (j = 0; j < record.points && is_on_front; j++) {
            is_on_front = violation(record.g[j], 1) > 0 || !(dominates(record.f[j], record.f[i]) || (j < i && memcmp(record.f[j], record.f[i], 2 * sizeof(double)) == 0));
        }
        expected += is_on_front;
        for (j = 0; j < count && is_on_front; j++) {
            if (same_bits(front[j][0], record.f[i][0])) {
                break;
            }
        }
        CHECK(!is_on_front || j < count);
    }
    CHECK(count == expected && count > 10);
    CHECK_CASE(fabs(optimization_kit_number(result, "hypervolume") - volume) < 1e-12 * volume, "hypervolume");
    free(result);
    text_free(&json);
    optimization_kit_free(&record);
    optimization_kit_destroy(self);
}

/* ---- the same question, the same bytes ---- */
static char *answer(const char *options, const char *json, int batches)
{
    rancog_host host = host_fixed();
    rancog_optimization *self = optimization_kit_create(options, &host);
    optimization_record record = optimization_kit_record(OPTIMIZATION_MIXED, 1, 1);
    char *result;
    CHECK_CASE(optimization_kit_with(self, json, &record, batches, &result) == RANCOG_OK, rancog_last_error_message());
    optimization_kit_free(&record);
    optimization_kit_destroy(self);
    return result;
}

static void the_same_question_gives_the_same_bytes(void)
{
    text seven = optimization_kit_mixed(",\"budget\":{\"evaluations\":300},\"seed\":7"), none = optimization_kit_mixed(",\"budget\":{\"evaluations\":300}");
    char *first = answer(NULL, seven.bytes, 0), *again = answer(NULL, seven.bytes, 0), *batches = answer(NULL, seven.bytes, 1), *other = answer("{\"seed\":8}", none.bytes, 0);
    char *of_options = answer("{\"seed\":7,\"threads\":4}", none.bytes, 0);
    CHECK(strcmp(first, again) == 0);
    CHECK(strcmp(first, batches) == 0);
    CHECK(strcmp(first, of_options) == 0);
    CHECK(strcmp(first, other) != 0);
    free(first), free(again), free(batches), free(other), free(of_options);
    text_free(&seven);
    text_free(&none);
}

static void what_is_not_known_is_named(void)
{
    rancog_optimization *self = optimization_kit_create("{\"colour\":1}", NULL);
    char *result;
    CHECK(optimization_kit_call(rancog_optimization_optimize, self, "{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":2,\"sound\":3},\"budget\":{\"evaluations\":5},\"taste\":[1]}", &result) == RANCOG_OK);
    CHECK_CASE(strstr(result, "\"/options/colour\"") && strstr(result, "\"/function/sound\"") && strstr(result, "\"/taste\""), result);
    free(result);
    optimization_kit_destroy(self);
}

int main(void)
{
    RUN(every_field_agrees_with_the_points_evaluated);
    RUN(a_test_function_has_its_proven_bound);
    RUN(a_target_stops_the_search_where_it_is_reached);
    RUN(a_deadline_ends_the_search_with_what_it_has);
    RUN(progress_cancels_and_the_core_goes_on_working);
    RUN(the_present_point_comes_first_and_then_the_starts);
    RUN(few_points_are_all_evaluated);
    RUN(constraints_that_contradict_each_other_are_named);
    RUN(a_front_has_the_points_that_no_other_dominates);
    RUN(the_same_question_gives_the_same_bytes);
    RUN(what_is_not_known_is_named);
    return check_finish();
}
