/* What the strange-loop core's calls refuse: the message names the argument and the place, and what was known before is still known, nothing more. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "argument_kit.h"
#include "check.h"
#include "handle_kit.h"
#include "hosts.h"
#include "prng.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"
#include "strange_loop_kit.h"

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

static int32_t to_solve(const void *json, size_t length) { return result_check_and_free(rancog_strange_loop_solve(core, json, length), "solve"); }
static int32_t to_with(const void *json, size_t length) { return result_check_and_free(rancog_strange_loop_solve_with(core, json, length, loop_kit_map, &record), "solve_with"); }
static int32_t to_observe(const void *json, size_t length) { return result_check_and_free(rancog_strange_loop_observe(core, json, length), "observe"); }
static int32_t to_conflicts(const void *json, size_t length) { return result_check_and_free(rancog_strange_loop_detect_conflicts(core, json, length), "detect_conflicts"); }

static int32_t to_restore(const void *json, size_t length)
{
    int32_t status = rancog_strange_loop_restore(core, json, length);
    CHECK(status == rancog_last_status() && status_expected(status) && (status == RANCOG_OK) == (rancog_last_error_message()[0] == 0));
    return status;
}

enum { SOLVE, WITH, OBSERVE, CONFLICTS, RESTORE, ENTRIES };

static const json_entry entries[ENTRIES] = {
    {to_solve, "request", "{\"map\":{\"type\":\"linear\",\"matrix\":[[0.5]]}}", 0},
    {to_with, "request", "{\"x0\":[1]}", 0},
    {to_observe, "observation", "{\"loop_id\":\"l\"}", 0},
    {to_conflicts, "request", loop_kit_conflict, 0},
    {to_restore, "state", sample_loop_state, 0},
};

static void json_inputs_refuse_null_and_zero_and_huge_lengths(void)
{
    begin();
    entries_refuse_null_and_zero_and_huge_lengths(entries, ENTRIES);
    CHECK(result_check_and_free(rancog_strange_loop_solve_with(core, (const uint8_t *)entries[WITH].good, strlen(entries[WITH].good), NULL, &record), "no map") == RANCOG_E_INVALID_ARGUMENT && error_names("fn: "));
    end();
}

static void every_cut_of_a_good_text_is_refused(void)
{
    static const struct { int entry; const char *json; } cases[] = {
        {SOLVE, sample_loop_linear}, {SOLVE, sample_loop_coupling}, {SOLVE, sample_loop_expression}, {WITH, sample_loop_with}, {OBSERVE, sample_loop_observation}, {CONFLICTS, sample_loop_conflicts},
        {RESTORE, sample_loop_state},
    };
    size_t i;
    begin();
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        entry_refuses_cuts(&entries[cases[i].entry], cases[i].json, RANCOG_E_INVALID_JSON);
    }
    end();
}

static void refused(int entry, const refusal *cases, size_t count)
{
    begin();
    entry_names(&entries[entry], cases, count);
    end();
}

#define LINEAR(more) "{\"map\":{\"type\":\"linear\",\"matrix\":[[0.5,0],[0,0.5]]}," more "}"
#define EXPRESSION(text) "{\"map\":{\"type\":\"expression\",\"variables\":[\"x\"],\"expressions\":[\"" text "\"]}}"

static void maps_that_cannot_be_are_named(void)
{
    static const refusal cases[] = {
        {"{}", "map"}, {"[]", "request"}, {"3", "request"}, {"{\"map\":null,\"x0\":[1]}", "map"}, {"{\"map\":3}", "/map"}, {"{\"map\":{}}", "type"}, {"{\"map\":{\"type\":\"dream\"}}", "dream"},
        {"{\"map\":{\"type\":\"linear\"}}", "matrix"}, {"{\"map\":{\"type\":\"linear\",\"matrix\":[]}}", "/map/matrix"}, {"{\"map\":{\"type\":\"linear\",\"matrix\":[[]]}}", "/map/matrix"},
        {"{\"map\":{\"type\":\"linear\",\"matrix\":[[1,2]]}}", "/map/matrix"}, {"{\"map\":{\"type\":\"linear\",\"matrix\":[[1,2],[3]]}}", "/map/matrix"},
        {"{\"map\":{\"type\":\"linear\",\"matrix\":[[1,2],[3,null]]}}", "/map/matrix"}, {"{\"map\":{\"type\":\"linear\",\"matrix\":[[1e400]]}}", "/map/matrix"},
        {"{\"map\":{\"type\":\"linear\",\"matrix\":[[1]],\"offset\":[1,2]}}", "offset"}, {"{\"map\":{\"type\":\"linear\",\"matrix\":[[1]],\"offset\":7}}", "/map/offset"},
        {"{\"map\":{\"type\":\"load_coupling\"}}", "network"}, {"{\"map\":{\"type\":\"load_coupling\",\"network\":7}}", "/map/network"},
        {"{\"map\":{\"type\":\"load_coupling\",\"network\":{\"traffic_mbps\":-1}}}", "/map/network/traffic_mbps"}, {"{\"map\":{\"type\":\"expression\"}}", "variables"},
        {"{\"map\":{\"type\":\"expression\",\"variables\":[\"x\"]}}", "expressions"}, {"{\"map\":{\"type\":\"expression\",\"variables\":[],\"expressions\":[]}}", "/map/variables"},
        {"{\"map\":{\"type\":\"expression\",\"variables\":[\"x\"],\"expressions\":[\"1\",\"2\"]}}", "expressions"},
        {"{\"map\":{\"type\":\"expression\",\"variables\":[\"x\",\"x\"],\"expressions\":[\"1\",\"2\"]}}", "request/map/variables/1"},
        {"{\"map\":{\"type\":\"expression\",\"variables\":[\"1x\"],\"expressions\":[\"1\"]}}", "request/map/variables/0"},
        {EXPRESSION("y"), "request/map/expressions/0: 'y'"}, {EXPRESSION("x +"), "request/map/expressions/0"}, {EXPRESSION("(x"), "request/map/expressions/0"}, {EXPRESSION("x x"), "request/map/expressions/0"},
        {EXPRESSION("sin()"), "request/map/expressions/0"}, {EXPRESSION("sin(x, x)"), "request/map/expressions/0"}, {EXPRESSION("1e"), "request/map/expressions/0"}, {EXPRESSION(" "), "request/map/expressions/0"},
        {EXPRESSION("1/x"), "request/map: F is not finite there: component 0 is infinite"}, {EXPRESSION("sqrt(x - 1)"), "request/map: F is not finite there: component 0 is NaN"},
        {"{\"map\":{\"type\":\"expression\",\"variables\":[\"x\"],\"expressions\":[\"1/x\"]},\"x0\":[0]}", "request/x0: F is not finite there"},
    };
    refused(SOLVE, cases, sizeof cases / sizeof cases[0]);
}

static void members_of_a_search_that_cannot_be_are_named(void)
{
    static const refusal cases[] = {
        {LINEAR("\"x0\":[1]"), "x0"}, {LINEAR("\"x0\":[1,2,3]"), "x0"}, {LINEAR("\"x0\":[1,null]"), "/x0"}, {LINEAR("\"x0\":\"a\""), "/x0"}, {LINEAR("\"x0\":[1,1e999]"), "/x0"},
        {LINEAR("\"method\":\"luck\""), "luck"}, {LINEAR("\"method\":3"), "/method"}, {LINEAR("\"tolerance\":-1"), "/tolerance"}, {LINEAR("\"tolerance\":\"x\""), "/tolerance"},
        {LINEAR("\"max_iterations\":0"), "/max_iterations"}, {LINEAR("\"max_iterations\":10000001"), "/max_iterations"}, {LINEAR("\"max_iterations\":1.5"), "/max_iterations"},
        {LINEAR("\"anderson_depth\":0"), "/anderson_depth"}, {LINEAR("\"anderson_depth\":51"), "/anderson_depth"}, {LINEAR("\"jacobian\":[[1]]"), "jacobian"}, {LINEAR("\"jacobian\":[[1,2]]"), "/jacobian"},
        {LINEAR("\"deadline_ns\":-5"), "/deadline_ns"}, {LINEAR("\"deadline_ns\":18446744073709551616"), "/deadline_ns"}, {LINEAR("\"x0\":[1,2],\"x0\":[1,2]"), "x0"},
    };
    static const refusal with[] = {
        {"{}", "request/x0"}, {"{\"x0\":[]}", "request"}, {"{\"x0\":null}", "request/x0"}, {LINEAR("\"x0\":[1,2]"), "request/map"}, {"{\"x0\":[1],\"jacobian\":[[1,2],[3,4]]}", "request/jacobian"},
        {"{\"x0\":[1],\"method\":\"\"}", "/method"}, {"[1]", "request"},
    };
    refused(SOLVE, cases, sizeof cases / sizeof cases[0]);
    refused(WITH, with, sizeof with / sizeof with[0]);
}

static void observations_that_cannot_be_are_named(void)
{
#define SAYS(more) "{\"loop_id\":\"l\",\"time_ns\":6," more "}"
    static const refusal cases[] = {
        {"{}", "loop_id"}, {"{\"loop_id\":\"\"}", "loop_id"}, {"{\"loop_id\":7}", "/loop_id"}, {"[]", "observation"}, {"{\"loop_id\":\"l\",\"time_ns\":5}", "observation/time_ns: 5 is before 6"},
        {"{\"loop_id\":\"l\",\"time_ns\":-1}", "/time_ns"}, {"{\"loop_id\":\"l\",\"time_ns\":1.5}", "/time_ns"}, {"{\"loop_id\":\"l\",\"time_ns\":18446744073709551616}", "/time_ns"},
        {SAYS("\"observed\":{\"n\":1}"), "observation/observed/n"}, {SAYS("\"observed\":{\"m\":null}"), "/observed/m"}, {SAYS("\"observed\":{\"m\":\"x\"}"), "/observed/m"},
        {SAYS("\"observed\":{\"m\":1e400}"), "/observed/m"}, {SAYS("\"observed\":{\"m\":2e150}"), "observation/observed/m"}, {SAYS("\"observed\":{\"m\":1,\"m\":1}"), "m"}, {SAYS("\"observed\":[1]"), "/observed"},
        {SAYS("\"observed\":{\"m\":1},\"predict\":{\"m\":{}}"), "observation/predict/m/mean"}, {SAYS("\"predict\":{\"m\":7}"), "/predict/m"}, {SAYS("\"predict\":{\"m\":{\"mean\":\"x\"}}"), "/predict/m/mean"},
        {SAYS("\"predict\":{\"m\":{\"mean\":3,\"lower\":4,\"upper\":2}}"), "observation/predict/m/lower"}, {SAYS("\"predict\":{\"m\":{\"mean\":1,\"coverage\":0}}"), "/predict/m/coverage"},
        {SAYS("\"predict\":{\"m\":{\"mean\":1,\"coverage\":1}}"), "/predict/m/coverage"}, {SAYS("\"predict\":{\"m\":{\"mean\":1,\"coverage\":-0.5}}"), "/predict/m/coverage"},
        {SAYS("\"predict\":{\"\":{\"mean\":1}}"), "predict"}, {SAYS("\"predict\":{\"m\":{\"mean\":1e200}}"), "observation/predict/m/mean"}, {SAYS("\"experts\":{\"a\":{}}"), "observation/experts/a"},
        {SAYS("\"experts\":{\"a\":{\"m\":1},\"b\":{\"n\":1}}"), "observation/experts/"},
        {SAYS("\"experts\":{\"a\":{\"m\":1},\"b\":{\"m\":1,\"n\":1}}"), "observation/experts/"}, {SAYS("\"experts\":{\"a\":{\"m\":null}}"), "/experts/a/m"},
        {SAYS("\"experts\":{\"a\":7}"), "/experts/a"}, {SAYS("\"observed\":{\"m\":1},\"experts\":{\"a\":{\"m\":1e180}}"), "observation/experts/a/m"},
        {SAYS("\"actions\":7"), "/actions"}, {SAYS("\"actions\":[{}]"), "/actions/0"},
    };
    refused(OBSERVE, cases, sizeof cases / sizeof cases[0]);
}

#define COMMAND(more) "{\"keep\":true,\"commands\":[{\"source\":\"s\",\"targetParameter\":\"p\"," more "}]}"

static void requests_for_conflicts_that_cannot_be_are_named(void)
{
    static const refusal cases[] = {
        {"[]", "request"}, {"{\"commands\":7}", "/commands"}, {"{\"commands\":[7]}", "/commands/0"}, {"{\"commands\":[{}]}", "source"},
        {COMMAND("\"targetCell\":\"c\",\"timestamp\":1,\"controlTimespan\":1"), "targetValue"}, {COMMAND("\"targetValue\":1,\"timestamp\":1,\"controlTimespan\":1"), "targetCell"},
        {COMMAND("\"targetValue\":1,\"targetCell\":\"c\",\"controlTimespan\":1"), "timestamp"}, {COMMAND("\"targetValue\":1,\"targetCell\":\"c\",\"timestamp\":1"), "controlTimespan"},
        {COMMAND("\"targetValue\":1,\"targetCell\":\"c\",\"timestamp\":-1,\"controlTimespan\":1"), "/commands/0/timestamp"},
        {COMMAND("\"targetValue\":1,\"targetCell\":\"c\",\"timestamp\":\"yesterday\",\"controlTimespan\":1"), "/commands/0/timestamp"},
        {COMMAND("\"targetValue\":1,\"targetCell\":\"c\",\"timestamp\":\"Wed Jan 32 00:00:00.000 2020\",\"controlTimespan\":1"), "/commands/0/timestamp"},
        {COMMAND("\"targetValue\":1,\"targetCell\":\"c\",\"timestamp\":1,\"controlTimespan\":\"-5\""), "/commands/0/controlTimespan"},
        {COMMAND("\"targetValue\":1,\"targetCell\":\"c\",\"timestamp\":1,\"controlTimespan\":1.5"), "/commands/0/controlTimespan"},
        {COMMAND("\"targetValue\":[1],\"targetCell\":\"c\",\"timestamp\":1,\"controlTimespan\":1"), "/commands/0/targetValue"},
        {"{\"groups\":[{\"groupName\":\"g\"}]}", "parameters"}, {"{\"groups\":[{\"parameters\":[]}]}", "groupName"}, {"{\"groups\":[{\"groupName\":\"g\",\"parameters\":[{}]}]}", "parameterName"},
        {"{\"kpis\":[{\"cell\":\"c\",\"metric\":\"m\",\"time_ns\":1}]}", "value"}, {"{\"kpis\":[{\"cell\":\"c\",\"metric\":\"m\",\"time_ns\":1,\"value\":1,\"better\":\"up\"}]}", "/kpis/0/better"},
        {"{\"kpis\":[{\"cell\":\"c\",\"metric\":\"m\",\"time_ns\":1,\"value\":1e999}]}", "/kpis/0/value"},
        {"{\"kpis\":[{\"cell\":\"c\",\"metric\":\"m\",\"time_ns\":1,\"value\":1,\"better\":\"low\"},{\"cell\":\"c\",\"metric\":\"m\",\"time_ns\":2,\"value\":1,\"better\":\"high\"}]}", "request/kpis"},
        {"{\"loops\":{}}", "names"}, {"{\"loops\":{\"names\":[]}}", "/loops/names"}, {"{\"loops\":{\"names\":[\"a\"]}}", "/loops"}, {"{\"loops\":{\"names\":[\"a\",\"a\"],\"gain\":[[1,2],[3,4]]}}", "/loops/names"},
        {"{\"loops\":{\"names\":[\"a\"],\"gain\":[[1]],\"changes\":[[1]]}}", "/loops"}, {"{\"loops\":{\"names\":[\"a\",\"b\"],\"gain\":[[1,2]]}}", "/loops"}, {"{\"loops\":{\"names\":[\"a\"],\"gain\":[[1,2]]}}", "/loops"},
        {"{\"loops\":{\"names\":[\"a\"],\"gain\":[[null]]}}", "/loops/gain"}, {"{\"loops\":{\"names\":[\"a\"],\"changes\":[[1]]}}", "request/loops/changes"},
        {"{\"loops\":{\"names\":[\"a\"],\"changes\":[[0],[0],[0]]}}", "request/loops/changes"},
        {"{\"keep\":3}", "/keep"}, {"{\"time_ns\":\"x\"}", "/time_ns"},
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
    status = entries[RESTORE].call(json.bytes, json.length);
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
    CHECK(entries[RESTORE].call(sample_loop_state, strlen(sample_loop_state)) == RANCOG_OK);
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
    static const refusal cases[] = {
        {"[]", "options"}, {"{\"aci_step\":0}", "aci_step"}, {"{\"aci_step\":-0.1}", "aci_step"}, {"{\"aci_step\":1.01}", "aci_step"}, {"{\"aci_step\":\"x\"}", "aci_step"}, {"{\"levels\":-1}", "levels"},
        {"{\"levels\":4}", "levels"}, {"{\"levels\":1.5}", "levels"}, {"{\"levels\":1,\"levels\":1}", "levels"}, {"{", "options"}, {"{} {}", "options"},
    };
    handle_kit_options_are_named(HANDLE_STRANGE_LOOP, cases, sizeof cases / sizeof cases[0]);
}

static void begin_new(size_t members)
{
    core = loop_kit_create(NULL, NULL);
    record = loop_kit_record(members, loop_kit_cosine);
}

static void end_new(void) { loop_kit_destroy(core); }

/* As many as there may be, and one more. */
static void bounds_are_kept(void)
{
    static const struct { int entry; bounded_list list; } lists[] = {
        {WITH, {"{\"x0\":[", "0.%u", "]}", "x0", 1000}},
        {OBSERVE, {"{\"loop_id\":\"k\",\"predict\":{", "\"m%u\":{\"mean\":1}", "}}", "predict", 256}},
        {OBSERVE, {"{\"loop_id\":\"k\",\"experts\":{", "\"e%u\":{\"m\":1}", "}}", "experts", 256}},
        {OBSERVE, {"{\"loop_id\":\"k\",\"actions\":[", "{\"managedObject\":\"o%u\",\"attribute\":\"a\",\"after\":1}", "]}", "actions", 10000}},
    };
    size_t i;
    for (i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        entry_keeps_bound(&entries[lists[i].entry], &lists[i].list, begin_new, end_new);
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
