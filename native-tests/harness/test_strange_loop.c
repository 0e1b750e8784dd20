/* Fixed points: every field of a result against what the test computes itself. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "hosts.h"
#include "optimization_kit.h"
#include "rancognition.h"
#include "result.h"
#include "strange_loop_kit.h"
#include "text.h"

#define HISTORY_MAX 1000

static const char *const methods[] = {"auto", "picard", "aitken", "anderson", "newton"};
#define METHODS (sizeof methods / sizeof methods[0])

static int same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static double largest_difference(const double *a, const double *b, size_t n)
{
    double largest = 0;
    size_t i;
    for (i = 0; i < n; i++) {
        largest = fmax(largest, fabs(a[i] - b[i]));
    }
    return largest;
}

/* What the fields say of each other. */
static void fields_agree(const char *result, const char *note)
{
    static double history[HISTORY_MAX + 8];
    size_t entries = optimization_kit_numbers(result, "history", history, HISTORY_MAX + 8), iterations = (size_t)optimization_kit_number(result, "iterations");
    int converged = loop_kit_says(result, "state", "\"CONVERGED\""), infeasible = loop_kit_says(result, "state", "\"INFEASIBLE\"");
    double bound = optimization_kit_number(result, "error_bound");
    CHECK_CASE(loop_kit_says(result, "convergence", converged ? "true" : "false"), note);
    CHECK_CASE(loop_kit_says(result, "x", infeasible ? "null" : "["), note);
    CHECK_CASE(entries == (infeasible ? 0 : iterations < HISTORY_MAX ? iterations + 1 : entries) && entries <= HISTORY_MAX, note);
    CHECK_CASE(isnan(bound) == (strstr(result, "\"error_bound_kind\":") == NULL) && !(bound < 0), note);
    CHECK_CASE(*optimization_kit_at(result, "reason") == '"' && *optimization_kit_at(result, "ignored") == '[', note);
    CHECK_CASE(optimization_kit_number(result, "execution_time") >= 0, note);
    CHECK_CASE(optimization_kit_number(result, "evaluations") >= (infeasible ? 0 : iterations + 1), note);
}

/* ---- a function of the test's ---- */
static void the_cosine_is_solved_by_each_method(void)
{
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    size_t m, n;
    for (m = 0; m < METHODS; m++) {
        for (n = 1; n <= 3; n++) {
            loop_record record = loop_kit_record(n, loop_kit_cosine);
            char json[160], *result;
            double x[3], fx[3], exact[3] = {LOOP_KIT_DOTTIE, LOOP_KIT_DOTTIE, LOOP_KIT_DOTTIE}, residual, bound, first;
            snprintf(json, sizeof json, "{\"x0\":[%s],\"method\":\"%s\"}", n == 1 ? "1" : n == 2 ? "1,0.5" : "1,0.5,-0.25", methods[m]);
            CHECK_CASE(loop_kit_with(self, json, &record, &result) == RANCOG_OK, rancog_last_error_message());
            fields_agree(result, json);
            CHECK_CASE(loop_kit_says(result, "state", "\"CONVERGED\""), result);
            CHECK_CASE(optimization_kit_numbers(result, "x", x, 3) == n && largest_difference(x, exact, n) < 1e-9, result);
            loop_kit_cosine(x, n, fx);
            residual = optimization_kit_number(result, "residual");
            CHECK_CASE(same_bits(residual, largest_difference(fx, x, n)) && residual <= 1e-10, result);
            bound = optimization_kit_number(result, "error_bound");
            CHECK_CASE(bound >= largest_difference(x, exact, n) - 1e-15 && bound < 1e-8 && strstr(result, "\"error_bound_kind\":\"estimated\""), result);
            CHECK_CASE(fabs(optimization_kit_number(result, "contraction") - sin(LOOP_KIT_DOTTIE)) < 1e-3, result);
            CHECK_CASE(fabs(optimization_kit_number(result, "spectral_radius") - sin(LOOP_KIT_DOTTIE)) < 1e-3, result);
            CHECK_CASE(optimization_kit_numbers(result, "history", &first, 1) == 1 && same_bits(first, n == 3 ? cos(-0.25) + 0.25 : 1 - cos(1)), result);
            CHECK_CASE((size_t)optimization_kit_number(result, "evaluations") == record.calls && record.faults == 0, result);
            CHECK_CASE(m == 0 || strncmp(optimization_kit_at(result, "method") + 1, methods[m], strlen(methods[m])) == 0, result);
            CHECK_CASE(strstr(result, "\"period\":") == NULL && strstr(result, "\"critical_scale\":") == NULL && loop_kit_says(result, "ignored", "[]"), result);
            free(result);
        }
    }
    loop_kit_destroy(self);
}

/* ---- linear maps ---- */
/* Upper triangular with known eigenvalues; the fixed point by back substitution. */
static void linear_maps_have_proven_bounds(void)
{
    static const double a[3][3] = {{0.5, 0.2, -0.1}, {0, -0.3, 0.4}, {0, 0, 0.8}}, b[3] = {1, -2, 0.5};
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    double exact[3];
    size_t m;
    exact[2] = b[2] / (1 - a[2][2]);
    exact[1] = (b[1] + a[1][2] * exact[2]) / (1 - a[1][1]);
    exact[0] = (b[0] + a[0][1] * exact[1] + a[0][2] * exact[2]) / (1 - a[0][0]);
    for (m = 0; m < METHODS; m++) {
        char json[300], *result;
        double x[3], bound;
        snprintf(json, sizeof json, "{\"map\":{\"type\":\"linear\",\"matrix\":[[0.5,0.2,-0.1],[0,-0.3,0.4],[0,0,0.8]],\"offset\":[1,-2,0.5]},\"method\":\"%s\",\"tolerance\":1e-12}", methods[m]);
        CHECK_CASE(loop_kit_call(rancog_strange_loop_solve, self, json, &result) == RANCOG_OK, rancog_last_error_message());
        fields_agree(result, json);
        CHECK_CASE(loop_kit_says(result, "state", "\"CONVERGED\"") && optimization_kit_numbers(result, "x", x, 3) == 3, result);
        bound = optimization_kit_number(result, "error_bound");
        CHECK_CASE(largest_difference(x, exact, 3) <= bound + 1e-15 && bound < 1e-10 && strstr(result, "\"error_bound_kind\":\"proven\""), result);
        CHECK_CASE(fabs(optimization_kit_number(result, "spectral_radius") - 0.8) < 1e-6 && fabs(optimization_kit_number(result, "contraction") - 0.8) < 1e-6, result);
        free(result);
    }
    loop_kit_destroy(self);
}

static text linear(size_t n, double scale, const char *more, uint64_t seed)
{
    text json = {NULL, 0, 0};
    size_t i, j;
    text_add(&json, "{\"map\":{\"type\":\"linear\",\"matrix\":[");
    for (i = 0; i < n; i++) {
        for (j = 0; j < n; j++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            text_add(&json, "%s%.6f%s", j == 0 ? (i == 0 ? "[" : ",[") : ",", scale * ((double)(seed >> 40) / 8388608.0 - 1) / (double)n, j + 1 == n ? "]" : "");
        }
    }
    text_add(&json, "],\"offset\":[");
    for (i = 0; i < n; i++) {
        text_add(&json, "%s%u", i ? "," : "", (unsigned)(i + 1));
    }
    text_add(&json, "]}%s}", more);
    return json;
}

/* With as many steps back as there are numbers, Anderson's method is GMRES: done after n steps but for rounding and the plain step that it begins with. */
static void anderson_solves_linear_maps_in_n_steps(void)
{
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    size_t n;
    for (n = 1; n <= 12; n++) {
        text json = linear(n, 1.5, ",\"method\":\"anderson\",\"anderson_depth\":12,\"tolerance\":1e-9", n);
        char *result;
        CHECK_CASE(loop_kit_call(rancog_strange_loop_solve, self, json.bytes, &result) == RANCOG_OK, rancog_last_error_message());
        CHECK_CASE(loop_kit_says(result, "state", "\"CONVERGED\"") && optimization_kit_number(result, "iterations") <= (double)n + 2, result);
        free(result);
        text_free(&json);
    }
    loop_kit_destroy(self);
}

/* ---- what else can be said of a map ---- */
static void each_state_is_named(void)
{
    static const struct { const char *json, *state; double period; } cases[] = {
        {"{\"map\":{\"type\":\"linear\",\"matrix\":[[-1]],\"offset\":[1]},\"method\":\"picard\"}", "\"OSCILLATING\"", 2},
        {"{\"map\":{\"type\":\"expression\",\"variables\":[\"x\"],\"expressions\":[\"3.83*x*(1-x)\"]},\"x0\":[0.5],\"method\":\"picard\"}", "\"OSCILLATING\"", 3},
        {"{\"map\":{\"type\":\"linear\",\"matrix\":[[0,-1],[1,0]],\"offset\":[1,0]},\"method\":\"picard\"}", "\"OSCILLATING\"", 4},
        {"{\"map\":{\"type\":\"linear\",\"matrix\":[[2]],\"offset\":[1]},\"method\":\"picard\"}", "\"DIVERGING\"", 0},
        {"{\"map\":{\"type\":\"linear\",\"matrix\":[[1]],\"offset\":[1]}}", "\"INFEASIBLE\"", 0},
        {"{\"map\":{\"type\":\"linear\",\"matrix\":[[1]],\"offset\":[1]},\"method\":\"picard\"}", "\"INFEASIBLE\"", 0},
        {"{\"map\":{\"type\":\"linear\",\"matrix\":[[2]],\"offset\":[1]}}", "\"CONVERGED\"", 0},
        {"{\"map\":{\"type\":\"linear\",\"matrix\":[[0.99]],\"offset\":[1]},\"method\":\"picard\",\"max_iterations\":20}", "\"DESCENDING\"", 0},
        {"{\"map\":{\"type\":\"linear\",\"matrix\":[[-1]],\"offset\":[1]},\"method\":\"picard\",\"max_iterations\":1}", "\"INCOMPLETE\"", 0},
    };
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    size_t i;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *result;
        double period;
        CHECK_CASE(loop_kit_call(rancog_strange_loop_solve, self, cases[i].json, &result) == RANCOG_OK, rancog_last_error_message());
        fields_agree(result, cases[i].json);
        CHECK_CASE(loop_kit_says(result, "state", cases[i].state), result);
        period = optimization_kit_number(result, "period");
        CHECK_CASE(cases[i].period == 0 ? isnan(period) : period == cases[i].period, result);
        free(result);
    }
    loop_kit_destroy(self);
}

static void a_long_history_is_cut_to_a_thousand(void)
{
    static double history[HISTORY_MAX + 8];
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    char *result;
    size_t entries, i;
    CHECK(loop_kit_call(rancog_strange_loop_solve, self, "{\"map\":{\"type\":\"linear\",\"matrix\":[[0.9999]],\"offset\":[1]},\"method\":\"picard\",\"max_iterations\":5000}", &result) == RANCOG_OK);
    fields_agree(result, "long");
    entries = optimization_kit_numbers(result, "history", history, HISTORY_MAX + 8);
    CHECK(loop_kit_says(result, "state", "\"DESCENDING\"") && optimization_kit_number(result, "iterations") == 5000 && entries > HISTORY_MAX / 4 && entries <= HISTORY_MAX);
    for (i = 1; i < entries; i++) {
        CHECK(history[i] < history[i - 1]);
    }
    CHECK(history[0] == 1 && fabs(history[entries - 1] - pow(0.9999, 5000)) < 1e-9);
    free(result);
    loop_kit_destroy(self);
}

/* ---- load coupling ---- */
#define NETWORK "\"layout\":{\"type\":\"hexagonal\",\"sites\":7},\"users\":{\"count\":60,\"seed\":2},\"traffic_mbps\":%.17g"

static char *coupling(rancog_strange_loop *self, double traffic, const char *more)
{
    char json[400], *result;
    snprintf(json, sizeof json, "{\"map\":{\"type\":\"load_coupling\",\"network\":{" NETWORK "}}%s}", traffic, more);
    CHECK_CASE(loop_kit_call(rancog_strange_loop_solve, self, json, &result) == RANCOG_OK, rancog_last_error_message());
    fields_agree(result, json);
    return result;
}

static void load_coupling_agrees_with_the_network_evaluated(void)
{
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    rancog_optimization *other = optimization_kit_create(NULL, NULL);
    double loads[64], x[64], scale, again;
    size_t m, cells;
    char json[400], *evaluated, *result;
    snprintf(json, sizeof json, "{" NETWORK "}", 40.0);
    CHECK(optimization_kit_call(rancog_optimization_evaluate_network, other, json, &evaluated) == RANCOG_OK);
    cells = optimization_kit_numbers(evaluated, "loads", loads, 64);
    CHECK(cells == 21);
    for (m = 0; m < METHODS; m++) {
        char more[60];
        snprintf(more, sizeof more, ",\"method\":\"%s\"", methods[m]);
        result = coupling(self, 40, more);
        CHECK_CASE(loop_kit_says(result, "state", "\"CONVERGED\"") && optimization_kit_numbers(result, "x", x, 64) == cells && largest_difference(x, loads, cells) < 1e-8, result);
        CHECK_CASE(strstr(result, "\"error_bound_kind\":\"proven\"") && optimization_kit_number(result, "error_bound") < 1e-6, result);
        free(result);
    }
    result = coupling(self, 40, "");
    scale = optimization_kit_number(result, "critical_scale");
    CHECK_CASE(scale > 1 && fabs(scale / optimization_kit_number(evaluated, "critical_scale") - 1) < 1e-6, result);
    free(result);
    result = coupling(self, 40 * scale * 0.99, "");
    again = optimization_kit_number(result, "critical_scale");
    CHECK_CASE(loop_kit_says(result, "state", "\"CONVERGED\"") && fabs(again * 0.99 - 1) < 1e-6, result);
    free(result);
    result = coupling(self, 40 * scale * 1.01, "");
    CHECK_CASE(loop_kit_says(result, "state", "\"INFEASIBLE\"") && optimization_kit_number(result, "spectral_radius") >= 1, result);
    free(result), free(evaluated);
    optimization_kit_destroy(other);
    loop_kit_destroy(self);
}

/* ---- time and progress ---- */
static host_steps steps;

static void slow(const double *x, size_t n, double *fx)
{
    size_t i;
    for (i = 0; i < n; i++) {
        fx[i] = 0.99999 * x[i] + 1;
    }
}

static void a_deadline_ends_the_search_with_what_it_has(void)
{
    rancog_host host = host_stepping(&steps);
    rancog_strange_loop *self = loop_kit_create(NULL, &host);
    loop_record record = loop_kit_record(2, slow);
    char *result;
    double x[2];
    CHECK(loop_kit_with(self, "{\"x0\":[3,4],\"method\":\"picard\",\"max_iterations\":100000,\"deadline_ns\":3000000000}", &record, &result) == RANCOG_OK);
    fields_agree(result, "deadline");
    CHECK_CASE(record.calls > 10 && record.calls < 400 && loop_kit_says(result, "state", "\"DESCENDING\"") && strstr(result, "time"), result);
    CHECK_CASE(optimization_kit_numbers(result, "x", x, 2) == 2 && x[0] > 13 && x[1] > 14, result);
    free(result);
    record.calls = 0;
    CHECK(loop_kit_with(self, "{\"x0\":[3,4],\"deadline_ns\":0}", &record, &result) == RANCOG_OK);
    CHECK_CASE(record.calls == 0 && loop_kit_says(result, "state", "\"INCOMPLETE\"") && loop_kit_says(result, "x", "[3,4]") && loop_kit_says(result, "residual", "null"), result);
    free(result);
    loop_kit_destroy(self);
}

static void progress_cancels_and_the_core_goes_on_working(void)
{
    rancog_host host = host_stepping(&steps);
    rancog_strange_loop *self = loop_kit_create(NULL, &host);
    loop_record record = loop_kit_record(2, slow);
    char *before = loop_kit_state(self), *after;
    steps.cancel = -3;
    CHECK(loop_kit_with(self, "{\"x0\":[3,4],\"method\":\"picard\",\"max_iterations\":100000}", &record, NULL) == RANCOG_E_CANCELLED);
    CHECK(record.calls > 0 && record.calls < 1000 && steps.progress_calls == 1);
    CHECK(loop_kit_call(rancog_strange_loop_solve, self, "{\"map\":{\"type\":\"linear\",\"matrix\":[[0.9999]]},\"x0\":[1],\"method\":\"picard\"}", NULL) == RANCOG_E_CANCELLED && steps.progress_calls == 2);
    steps.cancel = 0;
    after = loop_kit_state(self);
    CHECK(strcmp(before, after) == 0);
    record.map = loop_kit_cosine;
    CHECK(loop_kit_with(self, "{\"x0\":[3,4]}", &record, NULL) == RANCOG_OK);
    free(before), free(after);
    loop_kit_destroy(self);
}

/* ---- answers do not depend on where and when ---- */
static void the_same_question_gives_the_same_bytes(void)
{
    static const char with[] = "{\"x0\":[0.25,-0.5,3]}";
    rancog_host host = host_fixed();
    text json = linear(40, 0.9, "", 9);
    char *first[2], *second[2];
    size_t i;
    for (i = 0; i < 2; i++) {
        rancog_strange_loop *self = loop_kit_create(i ? "{\"levels\":3}" : NULL, &host);
        loop_record record = loop_kit_record(3, loop_kit_cosine);
        CHECK(loop_kit_call(rancog_strange_loop_solve, self, json.bytes, &first[i]) == RANCOG_OK);
        CHECK(loop_kit_with(self, with, &record, &second[i]) == RANCOG_OK);
        loop_kit_destroy(self);
    }
    CHECK(strcmp(first[0], first[1]) == 0);
    CHECK(strcmp(second[0], second[1]) == 0);
    for (i = 0; i < 2; i++) {
        free(first[i]), free(second[i]);
    }
    text_free(&json);
}

static void what_is_not_known_is_named(void)
{
    rancog_strange_loop *self = loop_kit_create("{\"colour\":1}", NULL);
    char *result;
    CHECK(loop_kit_call(rancog_strange_loop_solve, self, "{\"map\":{\"type\":\"linear\",\"matrix\":[[0.5]],\"sound\":3,\"variables\":[\"x\"]},\"taste\":[1]}", &result) == RANCOG_OK);
    CHECK_CASE(strstr(result, "\"/options/colour\"") && strstr(result, "\"/map/sound\"") && strstr(result, "\"/map/variables\"") && strstr(result, "\"/taste\""), result);
    free(result);
    CHECK(loop_kit_call(rancog_strange_loop_observe, self, "{\"loop_id\":\"l\",\"predict\":{\"m\":{\"mean\":1,\"width\":3}},\"mood\":1}", &result) == RANCOG_OK);
    CHECK_CASE(strstr(result, "\"/options/colour\"") && strstr(result, "\"/predict/m/width\"") && strstr(result, "\"/mood\""), result);
    free(result);
    loop_kit_destroy(self);
}

int main(void)
{
    RUN(the_cosine_is_solved_by_each_method);
    RUN(linear_maps_have_proven_bounds);
    RUN(anderson_solves_linear_maps_in_n_steps);
    RUN(each_state_is_named);
    RUN(a_long_history_is_cut_to_a_thousand);
    RUN(load_coupling_agrees_with_the_network_evaluated);
    RUN(a_deadline_ends_the_search_with_what_it_has);
    RUN(progress_cancels_and_the_core_goes_on_working);
    RUN(the_same_question_gives_the_same_bytes);
    RUN(what_is_not_known_is_named);
    return check_finish();
}
