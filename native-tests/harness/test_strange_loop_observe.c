/* What a loop believes of itself: both proven bounds against recursions of the test's own, corrections, and a state that goes on elsewhere. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "hosts.h"
#include "optimization_kit.h"
#include "prng.h"
#include "rancognition.h"
#include "result.h"
#include "strange_loop_kit.h"
#include "text.h"

#define EXPERTS 3

static char *observe(rancog_strange_loop *self, const char *json) { return loop_kit_answer(rancog_strange_loop_observe, self, json); }

static int close_to(double a, double b, double relative)
{
    return fabs(a - b) <= relative * (fabs(a) + fabs(b)) + 1e-300;
}

/* ---- adaptive conformal inference, as its inventors wrote it ---- */
typedef struct {
    double first, level, step; /* a_1, a_t, g */
    size_t steps, covered;
} inference;

/* The interval of a reply is what the level says it is. */
static void interval_agrees(const inference *own, const char *reply)
{
    double lower = optimization_kit_number(reply, "corrected/m/lower"), upper = optimization_kit_number(reply, "corrected/m/upper");
    double mean = optimization_kit_number(reply, "corrected/m/mean");
    int empty = strstr(reply, "\"empty\":true") != NULL;
    CHECK_CASE(empty == (own->level >= 1), reply);
    CHECK_CASE(own->level > 0 && own->level < 1 ? lower <= mean && mean <= upper : isnan(lower) && isnan(upper), reply);
}

static void learn(inference *own, const char *reply, double observed)
{
    double lower = optimization_kit_number(reply, "corrected/m/lower"), upper = optimization_kit_number(reply, "corrected/m/upper");
    int miss = strstr(reply, "\"empty\":true") != NULL || observed < lower || observed > upper;
    own->level += own->step * (own->first - miss);
    own->steps++;
    own->covered += !miss;
}

static void coverage_agrees(const inference *own, const char *reply)
{
    const char *coverage = strstr(reply, "\"coverage\":{");
    double value, target, bound, proven;
    if (!CHECK_CASE(coverage != NULL, reply)) {
        return;
    }
    value = optimization_kit_number(coverage, "value"), target = optimization_kit_number(coverage, "target"), bound = optimization_kit_number(coverage, "bound");
    proven = (fmax(own->first, 1 - own->first) + own->step) / ((double)own->steps * own->step);
    CHECK_CASE(optimization_kit_number(coverage, "steps") == (double)own->steps && close_to(value, (double)own->covered / (double)own->steps, 1e-12), reply);
    CHECK_CASE(close_to(target, 1 - own->first, 1e-12) && close_to(bound, proven, 1e-9), reply);
    CHECK_CASE(fabs(value - target) <= bound, reply);
}

/* ---- AdaHedge, as its inventors wrote it ---- */
typedef struct {
    double losses[EXPERTS], weights[EXPERTS], mixture, gap, spread;
    size_t steps;
} hedge;

static void weigh(hedge *own)
{
    double least = fmin(own->losses[0], fmin(own->losses[1], own->losses[2])), sum = 0;
    size_t k;
    for (k = 0; k < EXPERTS; k++) {
        own->weights[k] = own->gap > 0 ? exp(-log(EXPERTS) / own->gap * (own->losses[k] - least)) : own->losses[k] == least;
        sum += own->weights[k];
    }
    for (k = 0; k < EXPERTS; k++) {
        own->weights[k] /= sum;
    }
}

static void hedge_learns(hedge *own, const double *said, double observed)
{
    double loss[EXPERTS], least = INFINITY, most = 0, mean = 0, mixed = 0, rate = log(EXPERTS) / own->gap;
    size_t k;
    for (k = 0; k < EXPERTS; k++) {
        loss[k] = fabs(observed - said[k]);
        least = fmin(least, loss[k]), most = fmax(most, loss[k]);
        mean += own->weights[k] * loss[k];
    }
    if (own->gap > 0) {
        for (k = 0; k < EXPERTS; k++) {
            mixed += own->weights[k] * exp(-rate * (loss[k] - least));
        }
        mixed = least - log(mixed) / rate;
    } else {
        mixed = INFINITY;
        for (k = 0; k < EXPERTS; k++) {
            mixed = own->weights[k] > 0 ? fmin(mixed, loss[k]) : mixed;
        }
    }
    for (k = 0; k < EXPERTS; k++) {
        own->losses[k] += loss[k];
    }
    own->mixture += mean;
    own->gap += fmax(0, mean - mixed);
    own->spread = fmax(own->spread, most - least);
    own->steps++;
    weigh(own);
}

/* exact: the sequence is one in which rounding cannot decide between leaders. */
static void weights_agree(const hedge *own, const char *reply, int exact)
{
    static const char *const names[EXPERTS] = {"weights/e0", "weights/e1", "weights/e2"};
    double sum = 0;
    size_t k;
    for (k = 0; k < EXPERTS; k++) {
        double weight = optimization_kit_number(reply, names[k]);
        sum += weight;
        CHECK_CASE(!exact || fabs(weight - own->weights[k]) < 1e-6, reply);
    }
    CHECK_CASE(fabs(sum - 1) < 1e-12, reply);
}

static void regret_agrees(const hedge *own, const char *reply, int exact)
{
    const char *regret = strstr(reply, "\"regret\":{");
    double value, bound, proven = own->spread * (sqrt((double)own->steps * log(EXPERTS)) + 4.0 / 3 * log(EXPERTS) + 2);
    if (!CHECK_CASE(regret != NULL, reply)) {
        return;
    }
    value = optimization_kit_number(regret, "value"), bound = optimization_kit_number(regret, "bound");
    CHECK_CASE(optimization_kit_number(regret, "steps") == (double)own->steps, reply);
    CHECK_CASE(value <= bound && bound <= proven * (1 + 1e-9), reply);
    CHECK_CASE(!exact || fabs(value - (own->mixture - fmin(own->losses[0], fmin(own->losses[1], own->losses[2])))) <= 1e-6 * (1 + own->spread) * (double)own->steps, reply);
}

/* ---- sequences ---- */
typedef enum { QUIET, MISSES, ALTERNATES, WALK, WILD, CONSTANT, KINDS } kind;

static double next_value(kind k, size_t step, double before, const char *reply, uint64_t *seed)
{
    double upper = optimization_kit_number(reply, "corrected/m/upper"), noise = prng_unit(seed) - 0.5;
    switch (k) {
    case QUIET: return 10 + noise;
    case MISSES: return isnan(upper) ? 10 : upper + 1e-3 * fabs(upper) + 1e-3; /* whenever it can */
    case ALTERNATES: return step % 2 ? 10 : 1000;
    case WALK: return before + 4 * noise;
    case WILD: return 20 * noise / (1e-9 + prng_unit(seed) * prng_unit(seed));
    default: return 7;
    }
}

/* One sequence; an adversary sees the interval before it chooses. */
static void run_sequence(uint64_t seed, size_t steps)
{
    kind k = (kind)(seed % KINDS);
    static const double coverages[] = {0.5, 0.8, 0.9, 0.95, 0.99}, paces[] = {0.005, 0.05, 0.3, 1};
    double coverage = coverages[prng_below(&seed, 5)], pace = paces[prng_below(&seed, 4)], value = 10, said[EXPERTS] = {0};
    inference own = {1 - coverage, 1 - coverage, pace, 0, 0};
    hedge experts = {{0}, {1.0 / EXPERTS, 1.0 / EXPERTS, 1.0 / EXPERTS}, 0, 0, 0, 0};
    char options[80], *reply = NULL;
    rancog_strange_loop *self;
    size_t i, j;
    snprintf(options, sizeof options, "{\"aci_step\":%.17g,\"levels\":%u}", pace, (unsigned)prng_below(&seed, 4));
    self = loop_kit_create(options, NULL);
    for (i = 0; i < steps; i++) {
        text json = {NULL, 0, 0};
        double mean = value + prng_unit(&seed) - 0.5;
        text_add(&json, "{\"loop_id\":\"l\",\"time_ns\":%u", (unsigned)i);
        if (reply) {
            value = next_value(k, i, value, reply, &seed);
            learn(&own, reply, value);
            hedge_learns(&experts, said, value);
            free(reply);
            text_add(&json, ",\"observed\":{\"m\":%.17g}", value);
        }
        for (j = 0; j < EXPERTS; j++) {
            said[j] = value + (double)j * (prng_unit(&seed) - 0.25);
        }
        text_add(&json, ",\"predict\":{\"m\":{\"mean\":%.17g,\"lower\":%.17g,\"upper\":%.17g,\"coverage\":%.17g}}", mean, mean - 1, mean + 2, coverage);
        text_add(&json, ",\"experts\":{\"e0\":{\"m\":%.17g},\"e1\":{\"m\":%.17g},\"e2\":{\"m\":%.17g}}}", said[0], said[1], said[2]);
        reply = observe(self, json.bytes);
        interval_agrees(&own, reply);
        weights_agree(&experts, reply, k == QUIET || k == WALK);
        if (i > 0) {
            coverage_agrees(&own, reply);
            regret_agrees(&experts, reply, k == QUIET || k == WALK);
        } else {
            CHECK_CASE(strstr(reply, "\"regret\":null,\"coverage\":null") != NULL, reply);
        }
        text_free(&json);
    }
    free(reply);
    loop_kit_destroy(self);
}

static void both_bounds_hold_whatever_comes(void)
{
    size_t sequences = check_scale(210, 12), i;
    for (i = 0; i < sequences; i++) {
        run_sequence(i * 7919 + i % KINDS, 25 + 35 * (i % 3));
    }
}

/* ---- corrections ---- */
static char *constant_error(const char *options, size_t steps, double error)
{
    rancog_strange_loop *self = loop_kit_create(options, NULL);
    char json[300], *reply = NULL;
    size_t i;
    for (i = 0; i <= steps; i++) {
        double mean = 50 + 10 * sin((double)i);
        free(reply);
        snprintf(json, sizeof json, "{\"loop_id\":\"l\",\"time_ns\":%u,\"predict\":{\"m\":{\"mean\":%.17g,\"lower\":%.17g,\"upper\":%.17g}}", (unsigned)i, mean, mean - 1, mean + 1);
        if (i > 0) {
            snprintf(json + strlen(json), sizeof json - strlen(json), ",\"observed\":{\"m\":%.17g}", 50 + 10 * sin((double)i - 1) + error);
        }
        strcat(json, "}");
        reply = observe(self, json);
    }
    loop_kit_destroy(self);
    return reply;
}

static void a_constant_error_is_found_and_taken_off(void)
{
    char *reply = constant_error(NULL, 80, 5);
    double mean = optimization_kit_number(reply, "corrected/m/mean"), m = 50 + 10 * sin(80);
    double bias = optimization_kit_number(reply, "bias/m"), gain = optimization_kit_number(reply, "gain/m");
    CHECK_CASE(fabs(mean - m - 5) < 0.25 && fabs(mean - (gain * m + bias)) < 1e-9 && optimization_kit_number(reply, "level") >= 1, reply);
    free(reply);
    reply = constant_error("{\"levels\":0}", 80, 5);
    CHECK_CASE(optimization_kit_number(reply, "corrected/m/mean") == m && optimization_kit_number(reply, "bias/m") == 0 && optimization_kit_number(reply, "gain/m") == 1, reply);
    CHECK_CASE(optimization_kit_number(reply, "level") == 0, reply);
    free(reply);
    reply = constant_error(NULL, 80, 0);
    CHECK_CASE(fabs(optimization_kit_number(reply, "corrected/m/mean") - m) < 0.05, reply);
    free(reply);
}

/* ---- what opens and closes ---- */
static void refused(rancog_strange_loop *self, const char *json, const char *place)
{
    char *before = loop_kit_state(self), *after;
    CHECK_CASE(loop_kit_call(rancog_strange_loop_observe, self, json, NULL) == RANCOG_E_INVALID_ARGUMENT && error_names(place), rancog_last_error_message());
    after = loop_kit_state(self);
    CHECK_CASE(strcmp(before, after) == 0, json);
    free(before), free(after);
}

static void an_outcome_closes_one_prediction(void)
{
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    char *reply;
    refused(self, "{\"loop_id\":\"l\",\"time_ns\":9,\"observed\":{\"m\":1}}", "observation/observed/m: no prediction");
    free(observe(self, "{\"loop_id\":\"l\",\"time_ns\":9,\"predict\":{\"m\":{\"mean\":1,\"lower\":0,\"upper\":2}}}"));
    refused(self, "{\"loop_id\":\"other\",\"time_ns\":9,\"observed\":{\"m\":1}}", "observed/m");
    refused(self, "{\"loop_id\":\"l\",\"time_ns\":9,\"observed\":{\"n\":1,\"m\":1}}", "observed/n");
    refused(self, "{\"loop_id\":\"l\",\"time_ns\":8,\"observed\":{\"m\":1}}", "observation/time_ns: 8 is before 9");
    free(observe(self, "{\"loop_id\":\"k\",\"time_ns\":3,\"predict\":{\"m\":{\"mean\":5}}}")); /* clocks of other loops are their own */
    reply = observe(self, "{\"loop_id\":\"l\",\"time_ns\":9,\"observed\":{\"m\":2}}"); /* on the bound: covered */
    CHECK_CASE(strstr(reply, "\"corrected\":{}") && strstr(reply, "\"coverage\":{\"value\":1,\"target\":0.95,") && strstr(reply, "\"steps\":1}"), reply);
    free(reply);
    refused(self, "{\"loop_id\":\"l\",\"time_ns\":9,\"observed\":{\"m\":2}}", "observed/m: no prediction");
    loop_kit_destroy(self);
}

static void a_prediction_that_is_replaced_teaches_nothing(void)
{
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    char *reply;
    free(observe(self, "{\"loop_id\":\"l\",\"time_ns\":1,\"predict\":{\"m\":{\"mean\":1,\"lower\":0,\"upper\":2,\"coverage\":0.9}}}"));
    reply = observe(self, "{\"loop_id\":\"l\",\"time_ns\":2,\"predict\":{\"m\":{\"mean\":100,\"lower\":99,\"upper\":101,\"coverage\":0.9}}}");
    CHECK_CASE(strstr(reply, "\"coverage\":null") != NULL, reply);
    free(reply);
    reply = observe(self, "{\"loop_id\":\"l\",\"time_ns\":3,\"observed\":{\"m\":1},\"predict\":{\"m\":{\"mean\":1,\"lower\":0,\"upper\":2,\"coverage\":0.9}}}");
    CHECK_CASE(strstr(reply, "\"coverage\":{\"value\":0,\"target\":0.9,") && strstr(reply, "\"steps\":1}"), reply);
    free(reply);
    reply = observe(self, "{\"loop_id\":\"l\",\"time_ns\":4,\"observed\":{\"m\":1},\"predict\":{\"m\":{\"mean\":1,\"lower\":0,\"upper\":2,\"coverage\":0.5}}}");
    CHECK_CASE(strstr(reply, "\"coverage\":null") != NULL, reply); /* another coverage: a new record */
    free(reply);
    loop_kit_destroy(self);
}

static void metrics_are_counted_together_or_alone(void)
{
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    char *reply;
    free(observe(self, "{\"loop_id\":\"l\",\"time_ns\":1,\"predict\":{\"a\":{\"mean\":1,\"lower\":0,\"upper\":2,\"coverage\":0.9},\"b\":{\"mean\":1,\"lower\":0,\"upper\":2,\"coverage\":0.5}}}"));
    reply = observe(self, "{\"loop_id\":\"l\",\"time_ns\":2,\"observed\":{\"a\":1,\"b\":50}}");
    CHECK_CASE(strstr(reply, "\"coverage\":{\"value\":0.5,\"target\":0.7,") && strstr(reply, "\"steps\":2}"), reply);
    free(reply);
    reply = observe(self, "{\"loop_id\":\"l\",\"time_ns\":3,\"predict\":{\"b\":{\"mean\":1,\"lower\":0,\"upper\":2,\"coverage\":0.5}}}");
    CHECK_CASE(strstr(reply, "\"coverage\":{\"value\":0,\"target\":0.5,") && strstr(reply, "\"steps\":1}"), reply);
    free(reply);
    loop_kit_destroy(self);
}

static void the_clock_of_the_host_is_the_time_that_is_not_given(void)
{
    rancog_host host = host_fixed();
    rancog_strange_loop *self = loop_kit_create(NULL, &host);
    char *state;
    free(observe(self, "{\"loop_id\":\"l\",\"predict\":{\"m\":{\"mean\":1}}}"));
    state = loop_kit_state(self);
    CHECK_CASE(strstr(state, "\"time_ns\":1600000000000000000") != NULL, state);
    refused(self, "{\"loop_id\":\"l\",\"time_ns\":1599999999999999999,\"observed\":{\"m\":1}}", "time_ns");
    free(state);
    loop_kit_destroy(self);
}

/* ---- the state ---- */
/* Three loops: one of several metrics and experts, one without intervals, one that meets a step of its KPI and tunes itself. */
static text saying(size_t step, uint64_t *seed)
{
    text json = {NULL, 0, 0};
    size_t loop = step % 3, round = step / 3;
    double value = 20 + 5 * prng_unit(seed) + (round > 60 ? 8 : 0);
    text_add(&json, "{\"loop_id\":\"loop \xc3\xa9 %u\",\"time_ns\":%u", (unsigned)loop, (unsigned)step);
    if (round > 0) {
        text_add(&json, ",\"observed\":{\"m\":%.17g%s}", value, loop == 0 ? ",\"n\":3.5" : "");
    }
    text_add(&json, ",\"predict\":{\"m\":{\"mean\":%.17g", 21 + prng_unit(seed));
    text_add(&json, loop == 1 ? "}}" : ",\"lower\":19,\"upper\":24,\"coverage\":0.9}");
    if (loop == 0) {
        text_add(&json, ",\"n\":{\"lower\":1,\"upper\":null}},\"experts\":{\"x\":{\"m\":22,\"n\":3},\"y\":{\"m\":%.17g,\"n\":4}}", value);
    } else if (loop == 2) {
        text_add(&json, "},\"actions\":[{\"managedObject\":\"NRCellDU=1\",\"attribute\":\"tilt\",\"before\":%u,\"after\":%u}]", (unsigned)round, (unsigned)round + 1);
    }
    text_add(&json, "}");
    return json;
}

/* Steps from..until of two cores side by side; the second may be NULL. */
static void speak(rancog_strange_loop *self, rancog_strange_loop *other, size_t from, size_t until, uint64_t *seed)
{
    size_t step;
    for (step = from; step < until; step++) {
        text json = saying(step, seed);
        char *mine = observe(self, json.bytes), *its = other ? observe(other, json.bytes) : NULL;
        CHECK_CASE(!other || strcmp(mine, its) == 0, its);
        free(mine), free(its);
        text_free(&json);
    }
}

static void a_restored_state_goes_on_with_the_same_bytes(void)
{
    static const size_t moments[] = {0, 1, 2, 5, 50, 230, 500, 900};
    rancog_host host = host_fixed();
    rancog_strange_loop *self = loop_kit_create("{\"levels\":3}", &host);
    size_t count = check_scale(8, 6), i, step = 0;
    uint64_t seed = 5;
    char *state, *restored;
    for (i = 0; i < count; i++) {
        rancog_strange_loop *other = loop_kit_create("{\"aci_step\":0.5,\"levels\":0}", &host); /* the state brings its own */
        speak(self, NULL, step, moments[i], &seed);
        free(observe(other, "{\"loop_id\":\"forgotten\",\"predict\":{\"m\":{\"mean\":1}}}"));
        state = loop_kit_state(self);
        CHECK_CASE(loop_kit_restore(other, state) == RANCOG_OK, rancog_last_error_message());
        restored = loop_kit_state(other);
        CHECK_CASE(strcmp(state, restored) == 0 && strstr(restored, "forgotten") == NULL, restored);
        free(state), free(restored);
        step = moments[i] + (i + 1 < count ? (moments[i + 1] - moments[i] + 1) / 2 : 40);
        speak(self, other, moments[i], step, &seed);
        loop_kit_destroy(self);
        self = other; /* one that was restored goes on and is saved itself */
    }
    state = loop_kit_state(self);
    CHECK_CASE(count < 8 || strstr(state, "\"tuning\":{") != NULL, state);
    free(state);
    loop_kit_destroy(self);
}

int main(void)
{
    RUN(both_bounds_hold_whatever_comes);
    RUN(a_constant_error_is_found_and_taken_off);
    RUN(an_outcome_closes_one_prediction);
    RUN(a_prediction_that_is_replaced_teaches_nothing);
    RUN(metrics_are_counted_together_or_alone);
    RUN(the_clock_of_the_host_is_the_time_that_is_not_given);
    RUN(a_restored_state_goes_on_with_the_same_bytes);
    return check_finish();
}
