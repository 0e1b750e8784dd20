/* Decisions: what is found, chosen, vetoed, expected and undone, and what comes of what is reported. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "cognition_kit.h"
#include "hosts.h"
#include "optimization_kit.h"
#include "rancognition.h"
#include "result.h"
#include "text.h"

#define OFFSET(value) "{\"managedObject\":\"NRCellRelation=1-2\",\"attribute\":\"cellIndividualOffset\",\"after\":" value "}"

static size_t times(const char *text, const char *word) { return cognition_kit_times(text, strlen(text), word); }

/* What each decision has to have, whatever it decides. */
static void fields_agree(const char *result)
{
    static const char *const members[] = {
        "decision_id", "mode", "problem_type", "cause", "causes", "actions", "reason", "alternatives", "expected", "confidence", "targets", "evidence", "guards", "rollback", "explanation", "timing_ns",
        "consciousness_level", "ignored", "execution_time",
    };
    const double confidence = cognition_kit_confidence(result);
    const char *alternative, *expected;
    size_t i;
    for (i = 0; i < sizeof members / sizeof members[0]; i++) {
        CHECK_CASE(*optimization_kit_at(result, members[i]) != 0, members[i]);
    }
    CHECK_CASE(optimization_kit_number(result, "alternatives/p_all_targets") >= 0, result); /* the first is the one that was chosen */
    CHECK_CASE(!(confidence < 0) && !(confidence > 1), result);
    CHECK_CASE(times(result, "\"alternatives\":[{\"actions\":[]") + times(result, "},{\"actions\":[],\"expected\"") >= 1, result); /* doing nothing is always among them */
    CHECK_CASE(cognition_kit_says(result, "reason", "\"no change") == cognition_kit_says(result, "actions", "[]"), result);
    CHECK_CASE(cognition_kit_says(result, "rollback/restore", "[]") == cognition_kit_says(result, "actions", "[]"), result);
    alternative = optimization_kit_at(result, "alternatives");
    for (expected = strstr(alternative, "{\"p10\":"); expected; expected = strstr(expected + 1, "{\"p10\":")) {
        const double p10 = optimization_kit_number(expected, "p10"), p50 = optimization_kit_number(expected, "p50"), p90 = optimization_kit_number(expected, "p90");
        CHECK_CASE(p10 <= p50 && p50 <= p90, result);
    }
    CHECK_CASE(times(optimization_kit_at(result, "explanation"), "\"text\":\"") >= 2, result);
}

static char *decided(rancog_cognitive *self, text problem)
{
    char *result = cognition_kit_decided(self, problem.bytes);
    fields_agree(result);
    text_free(&problem);
    return result;
}

/* ---- what is found ---- */
static void planted_faults_are_named_and_mended(void)
{
    static const struct { unsigned late, early; const char *cause; double before; int later; } cases[] = {{50, 0, "\"too_late\"", 1, 1}, {0, 50, "\"too_early\"", 1, 0}};
    size_t i;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rancog_host host = host_fixed();
        rancog_cognitive *self = cognition_kit_create("{\"seed\":7}", &host);
        char *result = decided(self, cognition_kit_relation(cases[i].late, cases[i].early, "\"configuration\":{\"NRCellRelation=1-2\":{\"cellIndividualOffset\":1}},\"guards\":{\"LOW_CONFIDENCE\":false},\"observe_ns\":3600000000000"));
        double after = optimization_kit_number(result, "actions/after"), rate = optimization_kit_number(result, "cause/tests/value");
        CHECK_CASE(optimization_kit_number(result, "decision_id") == 1 && cognition_kit_says(result, "mode", "\"ASSIST\"") && cognition_kit_says(result, "problem_type", "\"MRO\""), result);
        CHECK_CASE(cognition_kit_says(result, "cause/name", cases[i].cause) && cognition_kit_says(result, "cause/managedObject", "\"NRCellRelation=1-2\""), result);
        CHECK_CASE(optimization_kit_number(result, "cause/confidence") > 0.99 && fabs((i == 0 ? rate : optimization_kit_number(strstr(result, "too_early_rate"), "value")) - 0.125) < 0.01, result);
        CHECK_CASE(cognition_kit_says(result, "actions/managedObject", "\"NRCellRelation=1-2\"") && cognition_kit_says(result, "actions/attribute", "\"cellIndividualOffset\""), result);
        CHECK_CASE(optimization_kit_number(result, "actions/before") == 1 && (cases[i].later ? after > 1 : after < 1) && fabs(after - 1) <= 2, result);
        CHECK_CASE(optimization_kit_number(result, "rollback/restore/after") == 1 && optimization_kit_number(result, "rollback/observe_ns") == COGNITION_HOUR_NS, result);
        CHECK_CASE(strstr(optimization_kit_at(result, "rollback/condition"), " > 0.1") && cognition_kit_says(result, "ignored", "[]"), result);
        CHECK_CASE(optimization_kit_number(result, "timing_ns/recall") == 0 && optimization_kit_number(result, "execution_time") == 0, result); /* the host's clock stands still */
        free(result);
        cognition_kit_destroy(self);
    }
}

static void what_is_healthy_is_left_alone(void)
{
    static const char *const more[] = {"", "\"mode\":\"AUTONOMOUS\"", "\"guards\":{\"LOW_CONFIDENCE\":false}", "\"constraints\":[\"" COGNITION_LATE_RATE " <= 0.08\"]"};
    rancog_cognitive *self = cognition_kit_create(NULL, NULL);
    size_t i;
    for (i = 0; i < sizeof more / sizeof more[0]; i++) {
        char *result = decided(self, cognition_kit_relation(4, 4, more[i]));
        CHECK_CASE(cognition_kit_says(result, "cause/name", "\"healthy\"") && cognition_kit_says(result, "actions", "[]") && cognition_kit_says(result, "reason", "\"no change: nothing ails\""), result);
        CHECK_CASE(cognition_kit_confidence(result) > 0.99 && cognition_kit_says(result, "rollback/condition", "null") && optimization_kit_number(result, "decision_id") == (double)i + 1, result);
        free(result);
    }
    cognition_kit_destroy(self);
}

/* ---- what is chosen ---- */
static void the_best_of_the_given_candidates_is_chosen(void)
{
    rancog_cognitive *self = cognition_kit_create(NULL, NULL);
    char *result = decided(self, cognition_kit_fault(
        "\"candidates\":[[" OFFSET("2") "],[" OFFSET("3") ",{\"managedObject\":\"NRCellCU=1\",\"attribute\":\"timeToTrigger\",\"after\":100}],[" OFFSET("-1") "]]"));
    CHECK_CASE(times(result, "\"source\":\"given\"") == 3 && times(result, "\"source\":\"nothing\"") == 1, result);
    CHECK_CASE(optimization_kit_number(result, "actions/after") == 3 && times(optimization_kit_at(result, "rollback/restore"), "\"after\":") == 2, result);
    CHECK_CASE(optimization_kit_number(result, "rollback/restore/after") == 320, result); /* the last change is taken back first */
    CHECK_CASE(optimization_kit_number(result, "evidence/sensitivities/NRCellCU=1/timeToTrigger") != 0 || strstr(result, "NRCellCU=1/timeToTrigger"), result);
    free(result);
    result = decided(self, cognition_kit_fault("\"candidates\":[]"));
    CHECK_CASE(cognition_kit_says(result, "actions", "[]") && cognition_kit_says(result, "reason", "\"no change: there is no candidate\""), result);
    free(result);
    cognition_kit_destroy(self);
}

static void each_guard_vetoes_by_its_name(void)
{
#define GUARDS(more) "\"guards\":{\"LOW_CONFIDENCE\":false,\"PACING\":false," more "}"
    static const struct { const char *guard, *guards, *more; } cases[] = {
        {"PROTECTED_CELL", NULL, "\"protected\":[\"NRCellDU=1\"]"},
        {"PROTECTED_CELL", NULL, "\"protected\":[\"NRCellCU=2\"]"},
        {"PROTECTED_CELL", GUARDS("\"PROTECTED_CELL\":false"), "\"protected\":[\"NRCellRelation=1-2\"]"}, /* this one cannot be switched off */
        {"AT_BOUND", GUARDS("\"AT_BOUND\":{\"cellIndividualOffset\":[-1,1]}"), ""},
        {"MAX_CHANGE", GUARDS("\"MAX_CHANGE\":{\"cellIndividualOffset\":0.5}"), ""},
        {"NOT_ALLOWED", GUARDS("\"NOT_ALLOWED\":{\"attributes\":[\"digitalTilt\"]}"), ""},
        {"INSUFFICIENT_SAMPLES", GUARDS("\"INSUFFICIENT_SAMPLES\":{\"min_attempts\":100000}"), ""},
        {"LOW_CONFIDENCE", "\"guards\":{\"LOW_CONFIDENCE\":{\"min\":0.999}}", ""},
        {"CONFLICT", NULL,
         "\"commands\":[{\"source\":\"MLB\",\"targetParameter\":\"cellIndividualOffset\",\"targetValue\":-3,\"targetCell\":\"NRCellRelation=1-2\",\"timestamp\":1599999999000000000,\"controlTimespan\":600000000000}]"},
        {"TARGET_ASLEEP", NULL, NULL},
    };
    size_t i;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rancog_cognitive *self = cognition_kit_create(NULL, NULL);
        char more[1200], *result, *state, veto[60];
        snprintf(more, sizeof more, "\"constraints\":[\"" COGNITION_LATE_RATE " <= 0.08\"],\"configuration\":{\"NRCellRelation=1-2\":{\"cellIndividualOffset\":1}%s},\"candidates\":[[" OFFSET("2") "]],%s%s%s",
                 cases[i].more ? "" : ",\"NRCellDU=2\":{\"administrativeState\":\"LOCKED\"}", cases[i].guards ? cases[i].guards : "\"guards\":{\"LOW_CONFIDENCE\":false}", cases[i].more && *cases[i].more ? "," : "",
                 cases[i].more ? cases[i].more : "");
        result = decided(self, cognition_kit_relation(50, 0, more));
        snprintf(veto, sizeof veto, "\"vetoes\":[\"%s\"]", cases[i].guard);
        CHECK_CASE(cognition_kit_says(result, "actions", "[]") && strstr(result, veto), result);
        snprintf(veto, sizeof veto, "{\"name\":\"%s\",\"passed\":false,\"reason\":\"", cases[i].guard);
        CHECK_CASE(strstr(result, veto) != NULL && times(result, "\"passed\":false") == 1, result);
        free(result);
        state = cognition_kit_state(self);
        snprintf(veto, sizeof veto, "\"vetoes\":{\"%s\":1}", cases[i].guard);
        CHECK_CASE(strstr(state, veto) != NULL, state);
        free(state);
        result = decided(self, cognition_kit_relation(50, 0, "\"configuration\":{\"NRCellRelation=1-2\":{\"cellIndividualOffset\":1}},\"guards\":{\"LOW_CONFIDENCE\":false},\"candidates\":[[" OFFSET("2") "]]"));
        CHECK_CASE(optimization_kit_number(result, "actions/after") == 2, result); /* without it */
        free(result);
        cognition_kit_destroy(self);
    }
}

static void only_what_was_executed_holds_the_next_change_back(void)
{
    static const struct { const char *mode; int is_executed; } modes[] = {{"SHADOW", 0}, {"ASSIST", 0}, {"AUTONOMOUS", 1}};
    size_t i;
    for (i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        rancog_cognitive *self = cognition_kit_create(NULL, NULL);
        char more[300], *result;
        int second;
        for (second = 0; second < 2; second++) {
            snprintf(more, sizeof more, "\"mode\":\"%s\",\"guards\":{\"LOW_CONFIDENCE\":false},\"candidates\":[[" OFFSET("2") "]]", modes[i].mode);
            result = decided(self, cognition_kit_relation(50, 0, more));
            CHECK_CASE(strncmp(optimization_kit_at(result, "mode") + 1, modes[i].mode, strlen(modes[i].mode)) == 0, result);
            CHECK_CASE((second && modes[i].is_executed) == cognition_kit_says(result, "actions", "[]") && (strstr(result, "\"vetoes\":[\"PACING\"]") != NULL) == (second && modes[i].is_executed), result);
            free(result);
        }
        cognition_kit_destroy(self);
    }
}

/* What is expected of a network's cells is what an evaluation of the network with the changes made gives. */
#define NETWORK \
    "{\"layout\":{\"type\":\"hexagonal\",\"sites\":1},\"users\":{\"count\":20,\"seed\":2},\"traffic_mbps\":30,\"cells\":[{\"azimuth_deg\":0,\"power_dbm\":43},{\"azimuth_deg\":120,\"power_dbm\":%d},{\"azimuth_deg\":240,\"on\":%s}]}"

static void the_model_of_a_network_tells_what_changes_bring(void)
{
    static const struct { int power; const char *on, *candidate; } cases[] = {
        {43, "true", NULL},
        {43, "false", "[{\"managedObject\":\"NRCellDU=3\",\"attribute\":\"administrativeState\",\"after\":\"LOCKED\"}]"},
        {40, "true", "[{\"managedObject\":\"NRCellDU=2\",\"attribute\":\"configuredMaxTxPower\",\"after\":40}]"},
    };
    rancog_cognitive *self = cognition_kit_create("{\"seed\":7}", NULL);
    rancog_optimization *other = optimization_kit_create(NULL, NULL);
    char network[500], json[1500], *result;
    double best = INFINITY;
    size_t i, saves = 0;
    snprintf(network, sizeof network, NETWORK, 43, "true");
    snprintf(json, sizeof json, "{\"problem_type\":\"ES\",\"network\":%s,\"objectives\":[\"minimize energy_w\"],\"constraints\":[\"max_load <= 0.95\"],\"guards\":{\"MAX_CHANGE\":false,\"AT_BOUND\":false},\"candidates\":[%s,%s]}", network,
             cases[1].candidate, cases[2].candidate);
    result = cognition_kit_decided(self, json);
    fields_agree(result);
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *at = optimization_kit_at(result, "alternatives");
        double loads[3], energy, largest = 0;
        char word[80], *evaluated;
        size_t k;
        snprintf(network, sizeof network, NETWORK, cases[i].power, cases[i].on);
        CHECK(optimization_kit_call(rancog_optimization_evaluate_network, other, network, &evaluated) == RANCOG_OK);
        CHECK_CASE(optimization_kit_numbers(evaluated, "loads", loads, 3) == 3, evaluated);
        for (k = 0; k < 3; k++) {
            largest = fmax(largest, loads[k]);
        }
        energy = optimization_kit_number(evaluated, "energy_w");
        snprintf(word, sizeof word, "%s", i == 0 ? "{\"actions\":[],\"expected\"" : i == 1 ? "\"after\":\"LOCKED\"}],\"expected\"" : "\"after\":40}],\"expected\"");
        at = strstr(at, word);
        if (CHECK_CASE(at != NULL, result)) {
            CHECK_CASE(fabs(optimization_kit_number(at, "energy_w/p50") - energy) < 1e-6 * energy && fabs(optimization_kit_number(at, "max_load/p50") - largest) < 1e-6, evaluated);
        }
        if (largest <= 0.95 && energy < best) {
            best = energy;
            saves = i;
        }
        free(evaluated);
    }
    CHECK_CASE(saves == 0 ? cognition_kit_says(result, "actions", "[]") : cognition_kit_says(result, "actions/after", saves == 1 ? "\"LOCKED\"" : "40"), result); /* the least energy of what keeps the target */
    free(result);
    optimization_kit_destroy(other);
    cognition_kit_destroy(self);
}

static void what_cannot_hold_together_is_named(void)
{
    static const char problem[] = "{\"current_state\":{\"m\":6,\"n\":2,\"k\":3},\"constraints\":[\"n <= 3\",\"m <= 5\",\"k > 1\"],\"candidates\":[[{\"managedObject\":\"NRCellDU=1\",\"attribute\":\"digitalTilt\",\"after\":3}]]}";
    rancog_cognitive *self = cognition_kit_create(NULL, NULL);
    char *result;
    CHECK(cognition_kit_decide(self, problem, "[{\"id\":\"c-2\",\"constraint_type\":\"min\",\"parameters\":{\"m\":7},\"priority\":1}]", &result) == RANCOG_OK);
    fields_agree(result);
    CHECK_CASE(strstr(result, "\"infeasible\":{\"constraints\":[\"c-2\",\"m <= 5\"]}") && cognition_kit_says(result, "actions", "[]"), result);
    free(result);
    CHECK(cognition_kit_decide(self, problem, "[{\"id\":\"c-2\",\"constraint_type\":\"min\",\"parameters\":{\"m\":4},\"priority\":1}]", &result) == RANCOG_OK);
    CHECK_CASE(strstr(result, "\"infeasible\"") == NULL && times(result, "\"expression\":") == 4, result);
    free(result);
    CHECK(cognition_kit_decide(self, problem, "[\"m >= 7\"]", &result) == RANCOG_OK);
    CHECK_CASE(strstr(result, "\"infeasible\":{\"constraints\":[\"m <= 5\",\"m >= 7\"]}") != NULL, result);
    free(result);
    cognition_kit_destroy(self);
}

static void an_intent_is_a_problem(void)
{
    static const char intent[] =
        "{\"id\":\"i-1\",\"userLabel\":\"u\",\"intentExpectations\":[{\"expectationId\":\"e1\",\"expectationTargets\":[{\"targetName\":\"LowSINRTargetRatio\",\"targetCondition\":\"IS_LESS_THAN\",\"targetValueRange\":5}]}],"
        "\"current_state\":{\"LowSINRTargetRatio\":%d}}";
    rancog_cognitive *self = cognition_kit_create(NULL, NULL);
    int value;
    for (value = 3; value <= 9; value += 6) {
        char json[600], *result;
        snprintf(json, sizeof json, intent, value);
        result = cognition_kit_decided(self, json);
        fields_agree(result);
        CHECK_CASE(cognition_kit_says(result, "targets/expression", "\"LowSINRTargetRatio < 5\"") && strstr(result, "\"field\":\"/userLabel\""), result);
        CHECK_CASE(value == 3 ? cognition_kit_confidence(result) > 0.5 : cognition_kit_confidence(result) < 0.5, result);
        free(result);
    }
    cognition_kit_destroy(self);
}

static void nothing_known_is_a_decision_too(void)
{
    rancog_cognitive *self = cognition_kit_create("{\"seed\":1,\"colour\":\"red\"}", NULL);
    char *result = cognition_kit_decided(self, "{}");
    fields_agree(result);
    CHECK_CASE(cognition_kit_says(result, "cause/name", "\"unknown\"") && cognition_kit_says(result, "actions", "[]") && cognition_kit_says(result, "targets", "[]"), result);
    CHECK_CASE(strstr(result, "\"field\":\"/options/colour\"") != NULL, result);
    free(result);
    cognition_kit_destroy(self);
}

/* ---- what comes of it ---- */
static void outcome(rancog_cognitive *self, uint64_t decision, uint64_t after_ns, unsigned late, const char *more, const char *verdict, double restored)
{
    char json[400], *reply;
    cognition_kit_outcome(json, decision, after_ns, late, more);
    reply = cognition_kit_answer(rancog_cognitive_report_outcome, self, json);
    CHECK_CASE(optimization_kit_number(reply, "decision_id") == (double)decision && cognition_kit_says(reply, "verdict", verdict) && *optimization_kit_at(reply, "reason") == '"', reply);
    CHECK_CASE(isnan(restored) ? strstr(reply, "\"restore\"") == NULL : optimization_kit_number(reply, "restore/after") == restored, reply);
    free(reply);
}

static void an_outcome_is_watched_and_judged_once(void)
{
    rancog_cognitive *self = cognition_kit_create("{\"seed\":7}", NULL);
    char *state, *reply, *again;
    free(decided(self, cognition_kit_fault("")));
    free(decided(self, cognition_kit_fault("")));
    free(decided(self, cognition_kit_fault("\"mode\":\"SHADOW\"")));
    free(decided(self, cognition_kit_fault("")));
    outcome(self, 1, 0, 100, "", "\"WATCHING\"", NAN);
    outcome(self, 1, COGNITION_HOUR_NS - 1, 100, "", "\"WATCHING\"", NAN);
    outcome(self, 1, COGNITION_HOUR_NS, 100, "", "\"ROLL_BACK\"", 1);
    outcome(self, 1, 2 * COGNITION_HOUR_NS, 0, "", "\"ROLL_BACK\"", 1);   /* as it was judged */
    outcome(self, 2, COGNITION_HOUR_NS, 10, "", "\"KEPT\"", NAN);
    outcome(self, 3, COGNITION_HOUR_NS, 100, "", "\"KEPT\"", NAN);        /* never executed */
    outcome(self, 4, COGNITION_HOUR_NS, 100, ",\"executed\":false", "\"KEPT\"", NAN);
    state = cognition_kit_state(self);
    CHECK_CASE(strstr(state, "\"decisions\":{\"SHADOW\":1,\"ASSIST\":3,\"AUTONOMOUS\":0,\"OPEN\":0,\"KEPT\":3,\"ROLL_BACK\":1,\"ROLLED_BACK\":0,\"WITH_ACTIONS\":4,") != NULL, state);
    CHECK_CASE(optimization_kit_number(state, "calibration/count") >= 2 && optimization_kit_number(state, "calibration/ece") >= 0 && times(state, "\"lower\":") == 10, state);
    CHECK_CASE(optimization_kit_number(state, "consciousness_level") <= 1 && *optimization_kit_at(state, "integration/phi") != 0, state);
    free(state);
    CHECK(cognition_kit_rollback(self, 1, &reply) == RANCOG_OK && cognition_kit_rollback(self, 1, &again) == RANCOG_OK);
    CHECK_CASE(strstr(reply, "{\"decision_id\":1,\"restore\":[{\"managedObject\":\"NRCellRelation=1-2\",\"attribute\":\"cellIndividualOffset\",\"after\":1}],\"execution_time\":") == reply, reply);
    reply[optimization_kit_at(reply, "execution_time") - reply] = 0;
    CHECK_CASE(strncmp(reply, again, strlen(reply)) == 0, again);
    free(reply), free(again);
    state = cognition_kit_state(self);
    CHECK_CASE(strstr(state, "\"ROLL_BACK\":0,\"ROLLED_BACK\":1,") != NULL, state);
    free(state);
    CHECK(cognition_kit_rollback(self, 5, NULL) == RANCOG_E_NOT_FOUND && cognition_kit_rollback(self, 0, NULL) == RANCOG_E_NOT_FOUND && cognition_kit_rollback(self, UINT64_MAX, NULL) == RANCOG_E_NOT_FOUND);
    CHECK(cognition_kit_call(rancog_cognitive_report_outcome, self, "{\"decision_id\":5,\"observed\":{}}", NULL) == RANCOG_E_NOT_FOUND && error_names("there is no decision 5"));
    cognition_kit_destroy(self);
}

static void what_came_of_it_is_evidence_the_next_time(void)
{
    rancog_cognitive *self = cognition_kit_create("{\"seed\":7}", NULL);
    char *first = decided(self, cognition_kit_fault("")), *second;
    CHECK_CASE(cognition_kit_says(first, "evidence/similar", "[]") && cognition_kit_says(first, "consciousness_level", "null"), first);
    outcome(self, 1, COGNITION_HOUR_NS, 16, "", "\"KEPT\"", NAN);
    second = decided(self, cognition_kit_fault(""));
    CHECK_CASE(optimization_kit_number(second, "evidence/similar/id") == 1 && optimization_kit_number(second, "evidence/similar/distance") == 0, second);
    CHECK_CASE(strstr(optimization_kit_at(second, "evidence"), "\"" COGNITION_LATE "\":16") && strstr(second, "\"success\":true"), second);
    CHECK_CASE(cognition_kit_confidence(second) > cognition_kit_confidence(first), second);
    free(first), free(second);
    cognition_kit_destroy(self);
}

/* ---- the same again ---- */
static text lived(const char *options, const rancog_host *host)
{
    rancog_cognitive *self = cognition_kit_create(options, host);
    text all = {NULL, 0, 0};
    unsigned i;
    for (i = 1; i <= 4; i++) {
        text problem = cognition_kit_fault(i % 2 ? "" : "\"mode\":\"AUTONOMOUS\"");
        char *said = cognition_kit_decided(self, problem.bytes), json[400];
        text_add(&all, "%s\n", said), free(said);
        cognition_kit_outcome(json, i, COGNITION_HOUR_NS * i / 2, 10 * i, "");
        said = cognition_kit_answer(rancog_cognitive_report_outcome, self, json);
        text_add(&all, "%s\n", said), free(said);
        text_free(&problem);
    }
    {
        char *state = cognition_kit_state(self);
        text_add(&all, "%s\n", state), free(state);
    }
    cognition_kit_destroy(self);
    return all;
}

static void the_same_calls_give_the_same_bytes(void)
{
    static const char *const options[] = {NULL, "{\"seed\":5}"};
    size_t i;
    for (i = 0; i < 2; i++) {
        rancog_host host = host_fixed();
        text first = lived(options[i], &host), second = lived(options[i], &host);
        CHECK_CASE(strcmp(first.bytes, second.bytes) == 0, second.bytes);
        text_free(&first), text_free(&second);
    }
}

static void a_seed_of_the_options_is_used_by_problems_without_one(void)
{
    static const char problem[] = "{\"current_state\":{\"m\":6},\"constraints\":[\"m <= 7\"]}";
    char seeds[3][24];
    size_t i;
    for (i = 0; i < 3; i++) {
        rancog_cognitive *self = cognition_kit_create(i < 2 ? "{\"seed\":5}" : "{\"seed\":6}", NULL);
        char *result = cognition_kit_decided(self, problem);
        snprintf(seeds[i], sizeof seeds[i], "%.*s", (int)strcspn(optimization_kit_at(result, "seed"), ",}"), optimization_kit_at(result, "seed"));
        free(result);
        cognition_kit_destroy(self);
    }
    CHECK_CASE(strcmp(seeds[0], seeds[1]) == 0 && strcmp(seeds[0], seeds[2]) != 0 && strlen(seeds[0]) > 3, seeds[2]);
}

/* ---- time and progress ---- */
static host_steps steps;

static text many_candidates(const char *more)
{
    text members = {NULL, 0, 0}, problem;
    size_t i;
    text_add(&members, "\"candidates\":[");
    for (i = 0; i < 20; i++) {
        text_add(&members, "%s[{\"managedObject\":\"NRCellRelation=1-2\",\"attribute\":\"cellIndividualOffset\",\"after\":%d}]", i ? "," : "", (int)(i % 4));
    }
    text_add(&members, "],\"protected\":[\"NRCellDU=2\"]%s", more);
    problem = cognition_kit_fault(members.bytes);
    text_free(&members);
    return problem;
}

static void a_deadline_costs_candidates_never_a_guard(void)
{
    static const char *const deadlines[] = {"0", "1", "100000000"};
    rancog_host host = host_stepping(&steps);
    rancog_cognitive *self = cognition_kit_create("{\"seed\":7}", &host);
    char *result = decided(self, many_candidates(""));
    size_t names = times(optimization_kit_at(result, "guards"), "\"name\":\""), i;
    CHECK_CASE(cognition_kit_says(result, "ignored", "[]") && cognition_kit_says(result, "actions", "[]") && optimization_kit_number(result, "execution_time") > 150000000, result);
    free(result);
    for (i = 0; i < sizeof deadlines / sizeof deadlines[0]; i++) {
        char more[60];
        snprintf(more, sizeof more, ",\"deadline_ns\":%s", deadlines[i]);
        result = decided(self, many_candidates(more));
        CHECK_CASE(strstr(optimization_kit_at(result, "ignored"), "\"field\":\"/deadline_ns\"") != NULL, result);
        CHECK_CASE(times(optimization_kit_at(result, "guards"), "\"name\":\"") == names && strstr(result, "\"PROTECTED_CELL\",\"passed\":false") && cognition_kit_says(result, "actions", "[]"), result);
        free(result);
    }
    cognition_kit_destroy(self);
}

static void progress_cancels_and_nothing_was_decided(void)
{
    rancog_host host = host_stepping(&steps);
    rancog_cognitive *self = cognition_kit_create("{\"seed\":7}", &host);
    text problem = many_candidates("");
    char *before = cognition_kit_state(self), *after;
    steps.cancel = -3;
    CHECK(cognition_kit_decide(self, problem.bytes, NULL, NULL) == RANCOG_E_CANCELLED && steps.progress_calls == 1);
    after = cognition_kit_state(self);
    CHECK_CASE(strcmp(before, after) == 0, after);
    free(before), free(after);
    steps.cancel = 0;
    after = cognition_kit_decided(self, problem.bytes);
    CHECK_CASE(optimization_kit_number(after, "decision_id") == 1 && steps.progress_calls > 3, after);
    free(after);
    text_free(&problem);
    cognition_kit_destroy(self);
}

int main(void)
{
    RUN(planted_faults_are_named_and_mended);
    RUN(what_is_healthy_is_left_alone);
    RUN(the_best_of_the_given_candidates_is_chosen);
    RUN(each_guard_vetoes_by_its_name);
    RUN(only_what_was_executed_holds_the_next_change_back);
    RUN(the_model_of_a_network_tells_what_changes_bring);
    RUN(what_cannot_hold_together_is_named);
    RUN(an_intent_is_a_problem);
    RUN(nothing_known_is_a_decision_too);
    RUN(an_outcome_is_watched_and_judged_once);
    RUN(what_came_of_it_is_evidence_the_next_time);
    RUN(the_same_calls_give_the_same_bytes);
    RUN(a_seed_of_the_options_is_used_by_problems_without_one);
    RUN(a_deadline_costs_candidates_never_a_guard);
    RUN(progress_cancels_and_nothing_was_decided);
    return check_finish();
}
