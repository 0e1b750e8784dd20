/* What the strange-loop core's calls refuse: the message names the argument and the place, and what was known before is still known, nothing more. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "hosts.h"
#include "prng.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"
#include "strange_loop_kit.h"
#include "text.h"

static const size_t huge[] = {SIZE_MAX, SIZE_MAX - 1, (size_t)1 << 40, (size_t)1 << 63, (size_t)1 << 61, (size_t)INT32_MAX + 1, (size_t)UINT32_MAX + 1};
#define HUGE_COUNT (sizeof huge / sizeof huge[0])

static rancog_strange_loop *core;
static loop_record record;
static char *known;

/* A loop has said and heard something, and a command is kept. */
static void begin(void)
{
    static const char *const said[] = {
        "{\"loop_id\":\"l\",\"time_ns\":5,\"predict\":{\"m\":{\"mean\":1,\"lower\":0,\"upper\":2,\"coverage\":0.9}},\"experts\":{\"a\":{\"m\":1},\"b\":{\"m\":2}}}",
        "{\"loop_id\":\"l\",\"time_ns\":6,\"observed\":{\"m\":1.5},\"predict\":{\"m\":{\"mean\":1,\"lower\":0,\"upper\":2,\"coverage\":0.9}},\"experts\":{\"a\":{\"m\":1},\"b\":{\"m\":2}}}",
    };
    char keeping[600];
    core = loop_kit_create("{\"levels\":1,\"aci_step\":0.1}", NULL);
    record = loop_kit_record(1, loop_kit_cosine);
    CHECK(loop_kit_call(rancog_strange_loop_observe, core, said[0], NULL) == RANCOG_OK);
    CHECK(loop_kit_call(rancog_strange_loop_observe, core, said[1], NULL) == RANCOG_OK);
    snprintf(keeping, sizeof keeping, "{\"keep\":true,%s", loop_kit_conflict + 1);
    CHECK(loop_kit_call(rancog_strange_loop_detect_conflicts, core, keeping, NULL) == RANCOG_OK);
    known = loop_kit_state(core);
}

/* It knows what it knew, and no map was called. */
static void end(void)
{
    char *state = loop_kit_state(core);
    CHECK(record.calls == 0);
    CHECK_CASE(strcmp(state, known) == 0, state);
    free(state), free(known);
    loop_kit_destroy(core);
}

typedef enum { SOLVE, WITH, OBSERVE, CONFLICTS, RESTORE, ENTRIES } entry;

static const char *const arguments[ENTRIES] = {"request", "request", "observation", "request", "state"};
static const char *const good[ENTRIES] = {"{\"map\":{\"type\":\"linear\",\"matrix\":[[0.5]]}}", "{\"x0\":[1]}", "{\"loop_id\":\"l\"}", loop_kit_conflict, sample_loop_state};

static int32_t call(entry e, const void *json, size_t length)
{
    int32_t status;
    switch (e) {
    case SOLVE: return result_check_and_free(rancog_strange_loop_solve(core, json, length), "solve");
    case WITH: return result_check_and_free(rancog_strange_loop_solve_with(core, json, length, loop_kit_map, &record), "solve_with");
    case OBSERVE: return result_check_and_free(rancog_strange_loop_observe(core, json, length), "observe");
    case CONFLICTS: return result_check_and_free(rancog_strange_loop_detect_conflicts(core, json, length), "detect_conflicts");
    default:
        status = rancog_strange_loop_restore(core, json, length);
        CHECK(status == rancog_last_status() && status_expected(status) && (status == RANCOG_OK) == (rancog_last_error_message()[0] == 0));
        return status;
    }
}

static void json_inputs_refuse_null_and_zero_and_huge_lengths(void)
{
    size_t e, k;
    begin();
    for (e = 0; e < ENTRIES; e++) {
        CHECK(call((entry)e, NULL, 0) == RANCOG_E_INVALID_ARGUMENT && error_names(arguments[e]));
        CHECK(call((entry)e, good[e], 0) == RANCOG_E_INVALID_ARGUMENT && error_names(arguments[e]));
        CHECK(call((entry)e, NULL, 7) == RANCOG_E_INVALID_ARGUMENT && error_names(arguments[e]));
        for (k = 0; k < HUGE_COUNT; k++) {
            CHECK(call((entry)e, good[e], huge[k]) == RANCOG_E_LIMIT && error_names(arguments[e]));
        }
    }
    CHECK(result_check_and_free(rancog_strange_loop_solve_with(core, (const uint8_t *)good[WITH], strlen(good[WITH]), NULL, &record), "no map") == RANCOG_E_INVALID_ARGUMENT && error_names("fn: "));
    end();
}

static void every_cut_of_a_good_text_is_refused(void)
{
    static const struct { entry e; const char *json; } cases[] = {
        {SOLVE, sample_loop_linear}, {SOLVE, sample_loop_coupling}, {SOLVE, sample_loop_expression}, {WITH, sample_loop_with}, {OBSERVE, sample_loop_observation}, {CONFLICTS, sample_loop_conflicts},
        {RESTORE, sample_loop_state},
    };
    size_t c, length, stride = check_scale(1, 7);
    begin();
    for (c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        for (length = 1; length < strlen(cases[c].json); length += stride) {
            char *cut = malloc(length); /* of its own, so that a read past its end is seen */
            memcpy(cut, cases[c].json, length);
            CHECK(call(cases[c].e, cut, length) == RANCOG_E_INVALID_JSON);
            free(cut);
        }
    }
    end();
}

typedef struct { const char *json, *place; int32_t status; /* 0 = invalid JSON or argument */ } refusal;

static void refused(entry e, const refusal *cases, size_t count)
{
    size_t i;
    begin();
    for (i = 0; i < count; i++) {
        int32_t status = call(e, cases[i].json, strlen(cases[i].json));
        char note[600];
        snprintf(note, sizeof note, "%s: %d %s", cases[i].json, (int)status, rancog_last_error_message());
        CHECK_CASE(cases[i].status ? status == cases[i].status : status == RANCOG_E_INVALID_ARGUMENT || status == RANCOG_E_INVALID_JSON, note);
        CHECK_CASE(error_names(cases[i].place) && error_names(arguments[e]), note);
    }
    end();
}

#define LINEAR(more) "{\"map\":{\"type\":\"linear\",\"matrix\":[[0.5,0],[0,0.5]]}," more "}"
#define EXPRESSION(text) "{\"map\":{\"type\":\"expression\",\"variables\":[\"x\"],\"expressions\":[\"" text "\"]}}"

static void maps_that_cannot_be_are_named(void)
{
    static const refusal cases[] = {
        {"{}", "map", 0}, {"[]", "request", 0}, {"3", "request", 0}, {"{\"map\":null,\"x0\":[1]}", "map", 0}, {"{\"map\":3}", "/map", 0}, {"{\"map\":{}}", "type", 0}, {"{\"map\":{\"type\":\"dream\"}}", "dream", 0},
        {"{\"map\":{\"type\":\"linear\"}}", "matrix", 0}, {"{\"map\":{\"type\":\"linear\",\"matrix\":[]}}", "/map/matrix", 0}, {"{\"map\":{\"type\":\"linear\",\"matrix\":[[]]}}", "/map/matrix", 0},
        {"{\"map\":{\"type\":\"linear\",\"matrix\":[[1,2]]}}", "/map/matrix", 0}, {"{\"map\":{\"type\":\"linear\",\"matrix\":[[1,2],[3]]}}", "/map/matrix", 0},
        {"{\"map\":{\"type\":\"linear\",\"matrix\":[[1,2],[3,null]]}}", "/map/matrix", 0}, {"{\"map\":{\"type\":\"linear\",\"matrix\":[[1e400]]}}", "/map/matrix", 0},
        {"{\"map\":{\"type\":\"linear\",\"matrix\":[[1]],\"offset\":[1,2]}}", "offset", 0}, {"{\"map\":{\"type\":\"linear\",\"matrix\":[[1]],\"offset\":7}}", "/map/offset", 0},
        {"{\"map\":{\"type\":\"load_coupling\"}}", "network", 0}, {"{\"map\":{\"type\":\"load_coupling\",\"network\":7}}", "/map/network", 0},
        {"{\"map\":{\"type\":\"load_coupling\",\"network\":{\"traffic_mbps\":-1}}}", "/map/network/traffic_mbps", 0}, {"{\"map\":{\"type\":\"expression\"}}", "variables", 0},
        {"{\"map\":{\"type\":\"expression\",\"variables\":[\"x\"]}}", "expressions", 0}, {"{\"map\":{\"type\":\"expression\",\"variables\":[],\"expressions\":[]}}", "/map/variables", 0},
        {"{\"map\":{\"type\":\"expression\",\"variables\":[\"x\"],\"expressions\":[\"1\",\"2\"]}}", "expressions", 0},
        {"{\"map\":{\"type\":\"expression\",\"variables\":[\"x\",\"x\"],\"expressions\":[\"1\",\"2\"]}}", "request/map/variables/1", 0},
        {"{\"map\":{\"type\":\"expression\",\"variables\":[\"1x\"],\"expressions\":[\"1\"]}}", "request/map/variables/0", 0},
        {EXPRESSION("y"), "request/map/expressions/0: 'y'", 0}, {EXPRESSION("x +"), "request/map/expressions/0", 0}, {EXPRESSION("(x"), "request/map/expressions/0", 0}, {EXPRESSION("x x"), "request/map/expressions/0", 0},
        {EXPRESSION("sin()"), "request/map/expressions/0", 0}, {EXPRESSION("sin(x, x)"), "request/map/expressions/0", 0}, {EXPRESSION("1e"), "request/map/expressions/0", 0}, {EXPRESSION(" "), "request/map/expressions/0", 0},
        {EXPRESSION("1/x"), "request/map: F is not finite there: component 0 is infinite", 0}, {EXPRESSION("sqrt(x - 1)"), "request/map: F is not finite there: component 0 is NaN", 0},
        {"{\"map\":{\"type\":\"expression\",\"variables\":[\"x\"],\"expressions\":[\"1/x\"]},\"x0\":[0]}", "request/x0: F is not finite there", 0},
    };
    refused(SOLVE, cases, sizeof cases / sizeof cases[0]);
}

static void members_of_a_search_that_cannot_be_are_named(void)
{
    static const refusal cases[] = {
        {LINEAR("\"x0\":[1]"), "x0", 0}, {LINEAR("\"x0\":[1,2,3]"), "x0", 0}, {LINEAR("\"x0\":[1,null]"), "/x0", 0}, {LINEAR("\"x0\":\"a\""), "/x0", 0}, {LINEAR("\"x0\":[1,1e999]"), "/x0", 0},
        {LINEAR("\"method\":\"luck\""), "luck", 0}, {LINEAR("\"method\":3"), "/method", 0}, {LINEAR("\"tolerance\":-1"), "/tolerance", 0}, {LINEAR("\"tolerance\":\"x\""), "/tolerance", 0},
        {LINEAR("\"max_iterations\":0"), "/max_iterations", 0}, {LINEAR("\"max_iterations\":10000001"), "/max_iterations", 0}, {LINEAR("\"max_iterations\":1.5"), "/max_iterations", 0},
        {LINEAR("\"anderson_depth\":0"), "/anderson_depth", 0}, {LINEAR("\"anderson_depth\":51"), "/anderson_depth", 0}, {LINEAR("\"jacobian\":[[1]]"), "jacobian", 0}, {LINEAR("\"jacobian\":[[1,2]]"), "/jacobian", 0},
        {LINEAR("\"deadline_ns\":-5"), "/deadline_ns", 0}, {LINEAR("\"deadline_ns\":18446744073709551616"), "/deadline_ns", 0}, {LINEAR("\"x0\":[1,2],\"x0\":[1,2]"), "x0", 0},
    };
    static const refusal with[] = {
        {"{}", "request/x0", 0}, {"{\"x0\":[]}", "request", 0}, {"{\"x0\":null}", "request/x0", 0}, {LINEAR("\"x0\":[1,2]"), "request/map", 0}, {"{\"x0\":[1],\"jacobian\":[[1,2],[3,4]]}", "request/jacobian", 0},
        {"{\"x0\":[1],\"method\":\"\"}", "/method", 0}, {"[1]", "request", 0},
    };
    refused(SOLVE, cases, sizeof cases / sizeof cases[0]);
    refused(WITH, with, sizeof with / sizeof with[0]);
}

static void observations_that_cannot_be_are_named(void)
{
#define SAYS(more) "{\"loop_id\":\"l\",\"time_ns\":6," more "}"
    static const refusal cases[] = {
        {"{}", "loop_id", 0}, {"{\"loop_id\":\"\"}", "loop_id", 0}, {"{\"loop_id\":7}", "/loop_id", 0}, {"[]", "observation", 0}, {"{\"loop_id\":\"l\",\"time_ns\":5}", "observation/time_ns: 5 is before 6", 0},
        {"{\"loop_id\":\"l\",\"time_ns\":-1}", "/time_ns", 0}, {"{\"loop_id\":\"l\",\"time_ns\":1.5}", "/time_ns", 0}, {"{\"loop_id\":\"l\",\"time_ns\":18446744073709551616}", "/time_ns", 0},
        {SAYS("\"observed\":{\"n\":1}"), "observation/observed/n", 0}, {SAYS("\"observed\":{\"m\":null}"), "/observed/m", 0}, {SAYS("\"observed\":{\"m\":\"x\"}"), "/observed/m", 0},
        {SAYS("\"observed\":{\"m\":1e400}"), "/observed/m", 0}, {SAYS("\"observed\":{\"m\":2e150}"), "observation/observed/m", 0}, {SAYS("\"observed\":{\"m\":1,\"m\":1}"), "m", 0}, {SAYS("\"observed\":[1]"), "/observed", 0},
        {SAYS("\"observed\":{\"m\":1},\"predict\":{\"m\":{}}"), "observation/predict/m/mean", 0}, {SAYS("\"predict\":{\"m\":7}"), "/predict/m", 0}, {SAYS("\"predict\":{\"m\":{\"mean\":\"x\"}}"), "/predict/m/mean", 0},
        {SAYS("\"predict\":{\"m\":{\"mean\":3,\"lower\":4,\"upper\":2}}"), "observation/predict/m/lower", 0}, {SAYS("\"predict\":{\"m\":{\"mean\":1,\"coverage\":0}}"), "/predict/m/coverage", 0},
        {SAYS("\"predict\":{\"m\":{\"mean\":1,\"coverage\":1}}"), "/predict/m/coverage", 0}, {SAYS("\"predict\":{\"m\":{\"mean\":1,\"coverage\":-0.5}}"), "/predict/m/coverage", 0},
        {SAYS("\"predict\":{\"\":{\"mean\":1}}"), "predict", 0}, {SAYS("\"predict\":{\"m\":{\"mean\":1e200}}"), "observation/predict/m/mean", 0}, {SAYS("\"experts\":{\"a\":{}}"), "observation/experts/a", 0},
        {SAYS("\"experts\":{\"a\":{\"m\":1},\"b\":{\"n\":1}}"), "observation/experts/", 0},
        {SAYS("\"experts\":{\"a\":{\"m\":1},\"b\":{\"m\":1,\"n\":1}}"), "observation/experts/", 0}, {SAYS("\"experts\":{\"a\":{\"m\":null}}"), "/experts/a/m", 0},
        {SAYS("\"experts\":{\"a\":7}"), "/experts/a", 0}, {SAYS("\"observed\":{\"m\":1},\"experts\":{\"a\":{\"m\":1e180}}"), "observation/experts/a/m", 0},
        {SAYS("\"actions\":7"), "/actions", 0}, {SAYS("\"actions\":[{}]"), "/actions/0", 0},
    };
    refused(OBSERVE, cases, sizeof cases / sizeof cases[0]);
}

#define COMMAND(more) "{\"keep\":true,\"commands\":[{\"source\":\"s\",\"targetParameter\":\"p\"," more "}]}"

static void requests_for_conflicts_that_cannot_be_are_named(void)
{
    static const refusal cases[] = {
        {"[]", "request", 0}, {"{\"commands\":7}", "/commands", 0}, {"{\"commands\":[7]}", "/commands/0", 0}, {"{\"commands\":[{}]}", "source", 0},
        {COMMAND("\"targetCell\":\"c\",\"timestamp\":1,\"controlTimespan\":1"), "targetValue", 0}, {COMMAND("\"targetValue\":1,\"timestamp\":1,\"controlTimespan\":1"), "targetCell", 0},
        {COMMAND("\"targetValue\":1,\"targetCell\":\"c\",\"controlTimespan\":1"), "timestamp", 0}, {COMMAND("\"targetValue\":1,\"targetCell\":\"c\",\"timestamp\":1"), "controlTimespan", 0},
        {COMMAND("\"targetValue\":1,\"targetCell\":\"c\",\"timestamp\":-1,\"controlTimespan\":1"), "/commands/0/timestamp", 0},
        {COMMAND("\"targetValue\":1,\"targetCell\":\"c\",\"timestamp\":\"yesterday\",\"controlTimespan\":1"), "/commands/0/timestamp", 0},
        {COMMAND("\"targetValue\":1,\"targetCell\":\"c\",\"timestamp\":\"Wed Jan 32 00:00:00.000 2020\",\"controlTimespan\":1"), "/commands/0/timestamp", 0},
        {COMMAND("\"targetValue\":1,\"targetCell\":\"c\",\"timestamp\":1,\"controlTimespan\":\"-5\""), "/commands/0/controlTimespan", 0},
        {COMMAND("\"targetValue\":1,\"targetCell\":\"c\",\"timestamp\":1,\"controlTimespan\":1.5"), "/commands/0/controlTimespan", 0},
        {COMMAND("\"targetValue\":[1],\"targetCell\":\"c\",\"timestamp\":1,\"controlTimespan\":1"), "/commands/0/targetValue", 0},
        {"{\"groups\":[{\"groupName\":\"g\"}]}", "parameters", 0}, {"{\"groups\":[{\"parameters\":[]}]}", "groupName", 0}, {"{\"groups\":[{\"groupName\":\"g\",\"parameters\":[{}]}]}", "parameterName", 0},
        {"{\"kpis\":[{\"cell\":\"c\",\"metric\":\"m\",\"time_ns\":1}]}", "value", 0}, {"{\"kpis\":[{\"cell\":\"c\",\"metric\":\"m\",\"time_ns\":1,\"value\":1,\"better\":\"up\"}]}", "/kpis/0/better", 0},
        {"{\"kpis\":[{\"cell\":\"c\",\"metric\":\"m\",\"time_ns\":1,\"value\":1e999}]}", "/kpis/0/value", 0},
        {"{\"kpis\":[{\"cell\":\"c\",\"metric\":\"m\",\"time_ns\":1,\"value\":1,\"better\":\"low\"},{\"cell\":\"c\",\"metric\":\"m\",\"time_ns\":2,\"value\":1,\"better\":\"high\"}]}", "request/kpis", 0},
        {"{\"loops\":{}}", "names", 0}, {"{\"loops\":{\"names\":[]}}", "/loops/names", 0}, {"{\"loops\":{\"names\":[\"a\"]}}", "/loops", 0}, {"{\"loops\":{\"names\":[\"a\",\"a\"],\"gain\":[[1,2],[3,4]]}}", "/loops/names", 0},
        {"{\"loops\":{\"names\":[\"a\"],\"gain\":[[1]],\"changes\":[[1]]}}", "/loops", 0}, {"{\"loops\":{\"names\":[\"a\",\"b\"],\"gain\":[[1,2]]}}", "/loops", 0}, {"{\"loops\":{\"names\":[\"a\"],\"gain\":[[1,2]]}}", "/loops", 0},
        {"{\"loops\":{\"names\":[\"a\"],\"gain\":[[null]]}}", "/loops/gain", 0}, {"{\"loops\":{\"names\":[\"a\"],\"changes\":[[1]]}}", "request/loops/changes", 0},
        {"{\"loops\":{\"names\":[\"a\"],\"changes\":[[0],[0],[0]]}}", "request/loops/changes", 0},
        {"{\"keep\":3}", "/keep", 0}, {"{\"time_ns\":\"x\"}", "/time_ns", 0},
    };
    refused(CONFLICTS, cases, sizeof cases / sizeof cases[0]);
}

/* A good state in which one piece is another. */
static void state_with(const char *piece, const char *other, const char *place)
{
    const char *at = strstr(sample_loop_state, piece);
    text json = {NULL, 0, 0};
    char note[300];
    int32_t status;
    if (!CHECK_CASE(at != NULL, piece)) {
        return;
    }
    text_add_bytes(&json, sample_loop_state, (size_t)(at - sample_loop_state));
    text_add(&json, "%s%s", other, at + strlen(piece));
    status = call(RESTORE, json.bytes, json.length);
    snprintf(note, sizeof note, "%.80s -> %.80s: %d %.100s", piece, other, (int)status, rancog_last_error_message());
    CHECK_CASE((status == RANCOG_E_INVALID_ARGUMENT || status == RANCOG_E_INVALID_JSON) && strncmp(rancog_last_error_message(), "state", 5) == 0 && error_names(place), note);
    text_free(&json);
}

static void states_that_no_core_can_have_are_refused(void)
{
    static const struct { const char *piece, *other, *place; } cases[] = {
        {"\"version\":1", "\"version\":2", "version"}, {"\"version\":1,", "", "version"}, {"\"aci_step\":0.1", "\"aci_step\":0", "aci_step"}, {"\"aci_step\":0.1", "\"aci_step\":1.5", "aci_step"},
        {"\"levels\":1", "\"levels\":4", "levels"}, {"\"levels\":1", "\"levels\":2", "records"}, {"\"levels\":1", "\"levels\":0", "records"}, {"\"levels\":1,", "", "levels"}, {"\"loops\":[", "\"loop\":[", "loop"},
        {"\"loop_id\":\"l\"", "\"loop_id\":\"\"", "loop_id"}, {"\"time_ns\":8", "\"time_ns\":-8", "time_ns"}, {"\"time_ns\":8,", "", "time_ns"}, {"\"observations\":1,", "", "observations"},
        {"\"observations\":1", "\"observations\":-1", "observations"}, {"\"steps\":1,\"covered\":1", "\"steps\":1,\"covered\":2", "covered"}, {"\"steps\":1,\"covered\":1", "\"steps\":1,\"covered\":0", "miscoverage"},
        {"\"steps\":1,\"covered\":1", "\"steps\":100,\"covered\":1", "miscoverage"}, {"\"miscoverage\":0.2", "\"miscoverage\":7.2", "miscoverage"}, {"\"target\":0.8", "\"target\":1", "coverage"}, {"\"memory\":64", "\"memory\":63", "setting"},
        {"\"score_window\":64", "\"score_window\":65", "setting"}, {"\"scores\":[0.5]", "\"scores\":[-0.5]", "scores"}, {"\"scores\":[0.5]", "\"scores\":[null]", "scores"}, {"\"weight\":1,", "\"weight\":-1,", "weight"},
        {"\"forecast_squares\":0", "\"forecast_squares\":-1", "forecast_squares"}, {"\"typical_error\":1", "\"typical_error\":1e308", "typical_error"}, {"\"outliers_in_a_row\":0", "\"outliers_in_a_row\":9", "outliers"},
        {"\"empty\":false", "\"empty\":true", "empty"}, {"\"has_interval\":true", "\"has_interval\":false", "has_interval"}, {"\"half_lower\":1", "\"half_lower\":-1", "half_lower"},
        {"\"mixability_gap\":0.5", "\"mixability_gap\":0.1", "mixability_gap"}, {"\"mixability_gap\":0.5", "\"mixability_gap\":-1", "mixability_gap"}, {"\"losses\":{\"a\":1,\"b\":0}", "\"losses\":{\"a\":1}", "open_values"},
        {"\"losses\":{\"a\":1,\"b\":0}", "\"losses\":{}", "experts"}, {"\"losses\":{\"a\":1,\"b\":0}", "\"losses\":{\"a\":1,\"a\":0}", "losses"}, {"\"open_values\":[[3],[4]]", "\"open_values\":[[3]]", "open_values"},
        {"\"open_values\":[[3],[4]]", "\"open_values\":[[3],[4,5]]", "open_values"}, {"\"live_places\":[0,1]", "\"live_places\":[0]", "live_commands"}, {"\"live_places\":[0,1]", "\"live_places\":[1,0]", "live_commands"},
        {"\"live_places\":[0,1]", "\"live_places\":[0,2]", "live_commands"}, {"\"next_command\":2", "\"next_command\":0", "live_commands"}, {"\"controlTimespan\":5", "\"controlTimespan\":0", "live_commands"}, {"\"next_command\":2,", "", "next_command"},
        {"\"groupName\":\"g\"", "\"groupName\":\"g\",\"colour\":1", "colour"}, {"\"version\":1", "\"version\":1,\"colour\":1", "colour"},
    };
    size_t i;
    begin();
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        state_with(cases[i].piece, cases[i].other, cases[i].place);
    }
    end();
    begin();
    CHECK(call(RESTORE, sample_loop_state, strlen(sample_loop_state)) == RANCOG_OK);
    free(known);
    known = loop_kit_state(core);
    CHECK_CASE(strcmp(known, sample_loop_state) == 0, known); /* what no test above changed is taken whole */
    end();
}

/* A state of every level that tunes itself, with random damage: it is refused and nothing changes, or taken, and then the core works. */
static void damaged_states_are_refused_or_work(void)
{
    rancog_strange_loop *self = loop_kit_create("{\"levels\":3,\"aci_step\":0.02}", NULL);
    size_t rounds = check_scale(300, 20), round, i, length, taken = 0;
    uint64_t seed = 77;
    char *state;
    for (i = 0; i < 150; i++) {
        char json[300], observed[60] = "";
        if (i > 0) {
            snprintf(observed, sizeof observed, "\"observed\":{\"m\":%.6f},", 10 + 3 * prng_unit(&seed) + (i > 75 ? 5 : 0));
        }
        snprintf(json, sizeof json, "{\"loop_id\":\"l\",\"time_ns\":%u,%s\"predict\":{\"m\":{\"mean\":10,\"lower\":9,\"upper\":12}},\"experts\":{\"a\":{\"m\":10},\"b\":{\"m\":15}}}", (unsigned)i, observed);
        CHECK(loop_kit_call(rancog_strange_loop_observe, self, json, NULL) == RANCOG_OK);
    }
    state = loop_kit_state(self);
    length = strlen(state);
    CHECK_CASE(strstr(state, "\"tuning\":{") && loop_kit_restore(self, state) == RANCOG_OK, state);
    for (round = 0; round < rounds; round++) {
        char *damaged = malloc(length + 1), *before = loop_kit_state(self), *after;
        int32_t status;
        memcpy(damaged, state, length + 1);
        for (i = 0; i <= round % 3; i++) {
            size_t at = prng_below(&seed, length);
            damaged[at] = damaged[at] >= '0' && damaged[at] <= '9' ? (char)('0' + prng_below(&seed, 10)) : round % 4 ? damaged[at] : "0-e,:{}[]\"\\. "[prng_below(&seed, 13)];
        }
        status = loop_kit_restore(self, damaged);
        CHECK_CASE(status == RANCOG_OK || status == RANCOG_E_INVALID_ARGUMENT || status == RANCOG_E_INVALID_JSON || status == RANCOG_E_LIMIT, rancog_last_error_message());
        after = loop_kit_state(self);
        CHECK_CASE(status == RANCOG_OK || strcmp(before, after) == 0, damaged);
        if (status == RANCOG_OK && strcmp(before, after) != 0) {
            static const char next[] = "{\"loop_id\":\"l\",\"time_ns\":18446744073709551615,\"observed\":{\"m\":11},\"predict\":{\"m\":{\"mean\":10,\"lower\":9,\"upper\":12}},\"experts\":{\"a\":{\"m\":10},\"b\":{\"m\":15}}}";
            int32_t said = loop_kit_call(rancog_strange_loop_observe, self, next, NULL);
            CHECK_CASE(said == RANCOG_OK || said == RANCOG_E_INVALID_ARGUMENT, rancog_last_error_message());
            taken++;
        }
        free(damaged), free(before), free(after);
    }
    CHECK(taken > rounds / 100);
    free(state);
    loop_kit_destroy(self);
}

static void options_that_cannot_be_are_named(void)
{
    static const struct { const char *json, *field; } cases[] = {
        {"[]", "options"}, {"{\"aci_step\":0}", "aci_step"}, {"{\"aci_step\":-0.1}", "aci_step"}, {"{\"aci_step\":1.01}", "aci_step"}, {"{\"aci_step\":\"x\"}", "aci_step"}, {"{\"levels\":-1}", "levels"},
        {"{\"levels\":4}", "levels"}, {"{\"levels\":1.5}", "levels"}, {"{\"levels\":1,\"levels\":1}", "levels"}, {"{", "options"}, {"{} {}", "options"},
    };
    rancog_host host;
    size_t i;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rancog_strange_loop *self = rancog_strange_loop_create((const uint8_t *)cases[i].json, strlen(cases[i].json), NULL);
        CHECK_CASE(self == NULL && (rancog_last_status() == RANCOG_E_INVALID_ARGUMENT || rancog_last_status() == RANCOG_E_INVALID_JSON), cases[i].json);
        CHECK_CASE(error_names(cases[i].field), rancog_last_error_message());
    }
    CHECK(rancog_strange_loop_create(NULL, 5, NULL) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT && error_names("options"));
    for (i = 0; i < HUGE_COUNT; i++) {
        CHECK(rancog_strange_loop_create((const uint8_t *)"{}", huge[i], NULL) == NULL && rancog_last_status() == RANCOG_E_LIMIT && error_names("options"));
    }
    memset(&host, 0, sizeof host);
    host.struct_size = 3;
    CHECK(rancog_strange_loop_create(NULL, 0, &host) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT && error_names("host"));
}

/* As many as there may be, and one more. */
static void bounds_are_kept(void)
{
    static const struct { entry e; const char *before, *member, *after, *place; size_t most; } lists[] = {
        {WITH, "{\"x0\":[", "0.%u", "]}", "x0", 1000},
        {OBSERVE, "{\"loop_id\":\"k\",\"predict\":{", "\"m%u\":{\"mean\":1}", "}}", "predict", 256},
        {OBSERVE, "{\"loop_id\":\"k\",\"experts\":{", "\"e%u\":{\"m\":1}", "}}", "experts", 256},
        {OBSERVE, "{\"loop_id\":\"k\",\"actions\":[", "{\"managedObject\":\"o%u\",\"attribute\":\"a\",\"after\":1}", "]}", "actions", 10000},
    };
    size_t i, count, k;
    for (i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        for (count = lists[i].most; count <= lists[i].most + 1; count++) {
            text json = {NULL, 0, 0};
            int32_t status;
            text_add(&json, "%s", lists[i].before);
            for (k = 0; k < count; k++) {
                char member[100];
                snprintf(member, sizeof member, lists[i].member, (unsigned)k);
                text_add(&json, "%s%s", k ? "," : "", member);
            }
            text_add(&json, "%s", lists[i].after);
            core = loop_kit_create(NULL, NULL);
            record = loop_kit_record(count, loop_kit_cosine);
            status = call(lists[i].e, json.bytes, json.length);
            CHECK_CASE(count == lists[i].most ? status == RANCOG_OK : status == RANCOG_E_LIMIT && error_names(lists[i].place), rancog_last_error_message());
            loop_kit_destroy(core);
            text_free(&json);
        }
    }
}

int main(void)
{
    RUN(json_inputs_refuse_null_and_zero_and_huge_lengths);
    RUN(every_cut_of_a_good_text_is_refused);
    RUN(maps_that_cannot_be_are_named);
    RUN(members_of_a_search_that_cannot_be_are_named);
    RUN(observations_that_cannot_be_are_named);
    RUN(requests_for_conflicts_that_cannot_be_are_named);
    RUN(states_that_no_core_can_have_are_refused);
    RUN(damaged_states_are_refused_or_work);
    RUN(options_that_cannot_be_are_named);
    RUN(bounds_are_kept);
    return check_finish();
}
