/* What the optimization core's calls refuse: the message names the argument and the place, and what was begun goes on as if nothing had been said. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "optimization_kit.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"
#include "text.h"

static const size_t huge[] = {SIZE_MAX, SIZE_MAX - 1, (size_t)1 << 40, (size_t)1 << 63, (size_t)1 << 61, (size_t)INT32_MAX + 1, (size_t)UINT32_MAX + 1};
#define HUGE_COUNT (sizeof huge / sizeof huge[0])

#define VARIABLE "\"variables\":[{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":1}]"
#define OBJECTIVE "\"objectives\":[{\"name\":\"o\"}]"
#define LINKS "\"links\":{\"loss_db\":[[100,110],[105,95]],\"azimuth_deg\":[[0,10],[20,30]],\"zenith_deg\":[[95,95],[96,97]]}"

static rancog_optimization *core;
static optimization_record record;
static double asked[4];
static char *known;

/* A search is under way. */
static void begin(void)
{
    text json = optimization_kit_real(2, 1, 0, ",\"budget\":{\"evaluations\":40}");
    double f[2] = {2, 1};
    size_t rows = 9;
    core = optimization_kit_create(NULL, NULL);
    record = optimization_kit_record(1, 1, 0);
    CHECK(rancog_optimization_begin(core, text_u8(&json), json.length) == RANCOG_OK);
    CHECK(rancog_optimization_ask(core, asked, 1, &rows) == RANCOG_OK && rows == 1);
    CHECK(rancog_optimization_tell(core, asked, f, NULL, 1) == RANCOG_OK);
    CHECK(rancog_optimization_ask(core, asked, 2, &rows) == RANCOG_OK && rows > 0);
    CHECK(optimization_kit_result(core, &known) == RANCOG_OK);
    text_free(&json);
}

/* It is where it was, and no evaluator was called. */
static void end(void)
{
    double x[4];
    size_t rows = 9;
    char *result;
    CHECK(record.calls == 0);
    CHECK(rancog_optimization_ask(core, x, 2, &rows) == RANCOG_OK && rows > 0 && memcmp(x, asked, rows * 2 * sizeof(double)) == 0);
    CHECK(optimization_kit_result(core, &result) == RANCOG_OK);
    CHECK(strncmp(result, known, (size_t)(optimization_kit_at(result, "execution_time") - result)) == 0);
    free(result), free(known);
    optimization_kit_free(&record);
    optimization_kit_destroy(core);
}

typedef enum { OPTIMIZE, WITH, BATCH, BEGIN, NETWORK, ENTRIES } entry;

static const char *const arguments[ENTRIES] = {"problem", "problem", "problem", "problem", "network"};
static const char *const good[ENTRIES] = {
    "{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":2},\"budget\":{\"evaluations\":3}}", "{" VARIABLE "," OBJECTIVE ",\"budget\":{\"evaluations\":3}}",
    "{" VARIABLE "," OBJECTIVE ",\"budget\":{\"evaluations\":3}}", "{" VARIABLE "," OBJECTIVE "}", "{" LINKS "}",
};

static int32_t call(entry e, const void *json, size_t length)
{
    int32_t status;
    switch (e) {
    case OPTIMIZE: return result_check_and_free(rancog_optimization_optimize(core, json, length), "optimize");
    case WITH: return result_check_and_free(rancog_optimization_optimize_with(core, json, length, optimization_kit_evaluate, &record), "optimize_with");
    case BATCH: return result_check_and_free(rancog_optimization_optimize_with_batch(core, json, length, optimization_kit_evaluate_rows, &record), "optimize_with_batch");
    case BEGIN:
        status = rancog_optimization_begin(core, json, length);
        CHECK(status == rancog_last_status() && (status == RANCOG_OK) == (rancog_last_error_message()[0] == 0));
        return status;
    default: return result_check_and_free(rancog_optimization_evaluate_network(core, json, length), "evaluate_network");
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
    CHECK(result_check_and_free(rancog_optimization_optimize_with(core, (const uint8_t *)good[WITH], strlen(good[WITH]), NULL, &record), "no evaluator") == RANCOG_E_INVALID_ARGUMENT && error_names("fn: "));
    CHECK(result_check_and_free(rancog_optimization_optimize_with_batch(core, (const uint8_t *)good[BATCH], strlen(good[BATCH]), NULL, NULL), "no evaluator") == RANCOG_E_INVALID_ARGUMENT && error_names("fn: "));
    end();
}

static void every_cut_of_a_good_text_is_refused(void)
{
    static const struct { entry e; const char *json; } cases[] = {
        {OPTIMIZE, sample_optimization_function}, {OPTIMIZE, sample_optimization_energy},
        {WITH, sample_optimization_problem}, {BATCH, sample_optimization_problem}, {BEGIN, sample_optimization_problem},
        {NETWORK, sample_network},
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
    for (i = 0; i < count; i++) {
        int32_t status = call(e, cases[i].json, strlen(cases[i].json));
        char note[600];
        snprintf(note, sizeof note, "%s: %d %s", cases[i].json, (int)status, rancog_last_error_message());
        CHECK_CASE(cases[i].status ? status == cases[i].status : status == RANCOG_E_INVALID_ARGUMENT || status == RANCOG_E_INVALID_JSON, note);
        CHECK_CASE(error_names(cases[i].place) && error_names(arguments[e]), note);
    }
}

#define VARIABLES(text) "{\"variables\":[" text "]," OBJECTIVE "}"
#define WITH_MEMBER(text) "{" VARIABLE "," OBJECTIVE "," text "}"

static void variables_that_cannot_be_are_named(void)
{
    static const refusal cases[] = {
        {"{}", "variables", 0}, {"[]", "problem", 0}, {"3", "problem", 0}, {"{\"variables\":[]}", "variables", 0}, {"{\"variables\":{}}", "/variables", 0}, {"{" VARIABLE "}", "objectives", 0},
        {VARIABLES("3"), "/variables/0", 0}, {VARIABLES("{\"type\":\"binary\"}"), "name", 0}, {VARIABLES("{\"name\":\"\",\"type\":\"binary\"}"), "name", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"binary\"},{\"name\":\"a\",\"type\":\"binary\"}"), "/variables/1/name", 0}, {VARIABLES("{\"name\":\"a\",\"type\":\"complex\"}"), "complex", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\"}"), "lower", 0}, {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0}"), "upper", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":2,\"upper\":1}"), "/variables/0", 0}, {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":\"x\"}"), "upper", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":-1e308,\"upper\":1.7e308}"), "upper", 0}, {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":1e400}"), "upper", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":1,\"step\":0}"), "step", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":1,\"step\":-0.1}"), "step", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":1,\"step\":1e-300}"), "step", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":1,\"initial\":1.5}"), "initial", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":1,\"step\":0.1,\"initial\":0.55}"), "initial", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":1,\"max_change\":1}"), "max_change", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":1,\"initial\":0,\"max_change\":-1}"), "max_change", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"integer\",\"lower\":0.2,\"upper\":0.8}"), "/variables/0", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"integer\",\"lower\":0,\"upper\":9,\"step\":1.5}"), "step", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"integer\",\"lower\":-1e17,\"upper\":1e17}"), "lower", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"integer\",\"lower\":0,\"upper\":9,\"initial\":2.5}"), "initial", 0}, {VARIABLES("{\"name\":\"a\",\"type\":\"ordered\"}"), "values", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"ordered\",\"values\":[]}"), "values", 0}, {VARIABLES("{\"name\":\"a\",\"type\":\"ordered\",\"values\":[1,1]}"), "values", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"ordered\",\"values\":[1,\"x\"]}"), "values", 0}, {VARIABLES("{\"name\":\"a\",\"type\":\"ordered\",\"values\":[1,2],\"initial\":1.5}"), "initial", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"category\"}"), "values", 0}, {VARIABLES("{\"name\":\"a\",\"type\":\"category\",\"values\":[\"x\",\"x\"]}"), "values", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"category\",\"values\":[\"x\",null]}"), "values", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"category\",\"values\":[\"x\",\"y\"],\"initial\":2}"), "initial", 0},
        {VARIABLES("{\"name\":\"a\",\"type\":\"binary\",\"initial\":2}"), "initial", 0}, {VARIABLES("{\"name\":\"a\",\"name\":\"b\",\"type\":\"binary\"}"), "name", 0},
    };
    begin();
    refused(WITH, cases, sizeof cases / sizeof cases[0]);
    refused(BATCH, cases, sizeof cases / sizeof cases[0]);
    refused(BEGIN, cases, sizeof cases / sizeof cases[0]);
    end();
}

static void members_of_a_problem_that_cannot_be_are_named(void)
{
    static const refusal cases[] = {
        {"{" VARIABLE ",\"objectives\":[]}", "objectives", 0}, {"{" VARIABLE ",\"objectives\":[{\"name\":\"o\",\"sense\":\"up\"}]}", "up", 0}, {"{" VARIABLE ",\"objectives\":[{}]}", "name", 0},
        {"{" VARIABLE ",\"objectives\":[{\"name\":\"o\"},{\"name\":\"o\"}]}", "/objectives/1", 0},
        {WITH_MEMBER("\"constraints\":[{\"name\":\"c\"},{\"name\":\"c\"}]"), "/constraints/1", 0},
        {WITH_MEMBER("\"constraints\":[\"c\"]"), "/constraints/0", 0}, {WITH_MEMBER("\"constraints\":7"), "/constraints", 0},
        {WITH_MEMBER("\"budget\":{\"evaluations\":0}"), "evaluations", 0},
        {WITH_MEMBER("\"budget\":{\"evaluations\":-1}"), "evaluations", 0}, {WITH_MEMBER("\"budget\":{\"evaluations\":1.5}"), "evaluations", 0},
        {WITH_MEMBER("\"budget\":{\"evaluations\":1e30}"), "evaluations", 0}, {WITH_MEMBER("\"budget\":7"), "/budget", 0}, {WITH_MEMBER("\"budget\":{\"deadline_ns\":-5}"), "deadline_ns", 0},
        {WITH_MEMBER("\"target\":\"low\""), "target", 0}, {WITH_MEMBER("\"best_known\":[]"), "best_known", 0}, {WITH_MEMBER("\"reference_point\":[1,2]"), "reference_point", 0},
        {WITH_MEMBER("\"starts\":[[0.5,0.5]]"), "/starts/0", 0}, {WITH_MEMBER("\"starts\":[[0.5],[1.5]]"), "/starts/1/0", 0},
        {WITH_MEMBER("\"starts\":[0.5]"), "/starts/0", 0}, {WITH_MEMBER("\"seed\":-1"), "seed", 0},
        {WITH_MEMBER("\"seed\":1.5"), "seed", 0}, {WITH_MEMBER("\"seed\":18446744073709551616"), "seed", 0},
        {WITH_MEMBER("\"threads\":0"), "threads", 0}, {WITH_MEMBER("\"threads\":1025"), "threads", 0},
        {WITH_MEMBER("\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":1}"), "function", 0},
        {WITH_MEMBER("\"problem_type\":\"ES\""), "problem_type", 0}, {WITH_MEMBER("\"problem_type\":\"LUCK\""), "LUCK", 0},
    };
    begin();
    refused(WITH, cases, sizeof cases / sizeof cases[0]);
    refused(BATCH, cases, sizeof cases / sizeof cases[0]);
    refused(BEGIN, cases, sizeof cases / sizeof cases[0]);
    end();
}

static void problems_that_the_library_cannot_evaluate_are_refused(void)
{
    static const refusal cases[] = {
        {"{}", "function", 0}, {"{" VARIABLE "," OBJECTIVE "}", "optimize_with", 0}, {"{\"function\":{}}", "suite", 0}, {"{\"function\":{\"suite\":\"other\",\"id\":1,\"dimension\":2}}", "other", 0},
        {"{\"function\":{\"suite\":\"bbob\",\"id\":0,\"dimension\":2}}", "id", 0},
        {"{\"function\":{\"suite\":\"bbob\",\"id\":25,\"dimension\":2}}", "id", 0}, {"{\"function\":{\"suite\":\"bbob\",\"id\":1}}", "dimension", 0},
        {"{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":0}}", "dimension", 0}, {"{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":5000}}", "dimension", 0},
        {"{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":2,\"instance\":0}}", "instance", 0}, {"{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":2}," VARIABLE "}", "variables", 0},
        {"{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":2},\"constraints\":[{\"name\":\"c\"}]}", "constraints", 0},
        {"{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":2},\"budget\":{\"evaluations\":0}}", "evaluations", 0},
        {"{\"problem_type\":\"ES\"}", "network", 0}, {"{\"problem_type\":\"MLB\"}", "network", 0}, {"{\"problem_type\":\"CCO\"}", "network", 0}, {"{\"problem_type\":\"PCI\"}", "problem", 0},
        {"{\"problem_type\":\"SLICE\"}", "slices", 0}, {"{\"problem_type\":\"MRO\"}", "problem", 0}, {"{\"problem_type\":7}", "problem_type", 0},
        {"{\"problem_type\":\"ES\",\"network\":{" LINKS ",\"traffic_mbps\":-1}}", "/network/traffic_mbps", 0},
        {"{\"problem_type\":\"MLB\",\"network\":{" LINKS "},\"limits\":{\"cio_values\":[]}}", "cio_values", 0},
        {"{\"problem_type\":\"ES\",\"network\":{" LINKS "},\"limits\":{\"max_load\":\"x\"}}", "max_load", 0},
        {"{\"problem_type\":\"PCI\",\"pci\":{\"cells\":2,\"relations\":[[1,3]]}}", "relations", 0},
        {"{\"problem_type\":\"SLICE\",\"slices\":[]}", "slices", 0},
    };
    begin();
    refused(OPTIMIZE, cases, sizeof cases / sizeof cases[0]);
    end();
}

static void networks_that_cannot_be_are_named(void)
{
    static const refusal cases[] = {
        {"[]", "network", 0}, {"7", "network", 0}, {"{\"layout\":7}", "/layout", 0},
        {"{\"layout\":{\"type\":\"round\"}}", "round", 0}, {"{\"layout\":{\"type\":\"hexagonal\",\"sites\":2}}", "sites", 0},
        {"{\"layout\":{\"inter_site_distance_m\":0}}", "inter_site_distance_m", 0}, {"{\"sites\":[]}", "sites", 0}, {"{\"sites\":[{\"x\":1}]}", "y", 0}, {"{\"sites\":[{\"x\":1e30,\"y\":0}]}", "x", 0},
        {"{\"users\":{\"count\":0}}", "count", 0}, {"{\"users\":{\"count\":10},\"points\":[{\"x\":0,\"y\":0}]}", "points", 0},
        {"{\"points\":[]}", "points", 0}, {"{\"points\":[{\"x\":0,\"y\":0,\"weight\":-1}]}", "weight", 0},
        {"{\"propagation\":{\"model\":\"Rural\"}}", "Rural", 0}, {"{\"propagation\":{\"frequency_ghz\":0}}", "frequency_ghz", 0}, {"{\"links\":{\"loss_db\":[[1]]}}", "azimuth_deg", 0},
        {"{\"links\":{\"loss_db\":[[100]],\"azimuth_deg\":[[0,1]],\"zenith_deg\":[[90]]}}", "azimuth_deg", 0},
        {"{\"links\":{\"loss_db\":[[100],[100,100]],\"azimuth_deg\":[[0],[0]],\"zenith_deg\":[[90],[90]]}}", "loss_db", 0},
        {"{\"links\":{\"loss_db\":[[100]],\"azimuth_deg\":[[0]],\"zenith_deg\":[[90]],\"weights\":[1,2]}}", "weights", 0},
        {"{\"links\":{\"loss_db\":[[100]],\"azimuth_deg\":[[0]],\"zenith_deg\":[[90]],\"weights\":[0]}}", "weights", 0},
        {"{\"links\":{\"loss_db\":[[100]],\"azimuth_deg\":[[0]],\"zenith_deg\":[[270]]}}", "zenith_deg", 0}, {"{\"links\":{\"loss_db\":[],\"azimuth_deg\":[],\"zenith_deg\":[]}}", "loss_db", 0},
        {"{\"links\":{\"loss_db\":[[null]],\"azimuth_deg\":[[0]],\"zenith_deg\":[[90]]}}", "loss_db", 0},
        {"{" LINKS ",\"antenna\":{\"model\":\"horn\"}}", "horn", 0}, {"{" LINKS ",\"antenna\":{\"rows\":0}}", "rows", 0},
        {"{" LINKS ",\"bandwidth_mhz\":0}", "bandwidth_mhz", 0}, {"{" LINKS ",\"efficiency\":{\"sinr\":-1}}", "sinr", 0},
        {"{" LINKS ",\"traffic_mbps\":-3}", "traffic_mbps", 0}, {"{" LINKS ",\"cells\":[]}", "cells", 0},
        {"{" LINKS ",\"cells\":[{\"site\":2}]}", "site", 0}, {"{" LINKS ",\"cells\":[{\"tilt_deg\":200}]}", "tilt_deg", 0}, {"{" LINKS ",\"cells\":[{\"power_dbm\":1e9}]}", "power_dbm", 0},
        {"{" LINKS ",\"cells\":[{\"carrier\":1}]}", "carrier", 0},
        {"{" LINKS ",\"carriers\":[{\"frequency_ghz\":2}]}", "bandwidth_mhz", 0}, {"{" LINKS ",\"energy\":{\"active_w\":-1}}", "active_w", 0},
        {"{" LINKS ",\"noise_figure_db\":\"x\"}", "noise_figure_db", 0}, {"{" LINKS ",\"coverage_rsrp_dbm\":1e9}", "coverage_rsrp_dbm", 0},
    };
    begin();
    refused(NETWORK, cases, sizeof cases / sizeof cases[0]);
    end();
}

static void options_that_cannot_be_are_named(void)
{
    static const struct { const char *json, *field; } cases[] = {
        {"[]", "options"}, {"{\"seed\":-1}", "seed"}, {"{\"seed\":\"x\"}", "seed"}, {"{\"seed\":18446744073709551616}", "seed"},
        {"{\"threads\":0}", "threads"}, {"{\"threads\":1025}", "threads"}, {"{\"threads\":1.5}", "threads"},
        {"{\"seed\":1,\"seed\":1}", "seed"}, {"{", "options"}, {"{} {}", "options"},
    };
    rancog_host host;
    size_t i;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rancog_optimization *self = rancog_optimization_create((const uint8_t *)cases[i].json, strlen(cases[i].json), NULL);
        CHECK_CASE(self == NULL && (rancog_last_status() == RANCOG_E_INVALID_ARGUMENT || rancog_last_status() == RANCOG_E_INVALID_JSON), cases[i].json);
        CHECK_CASE(error_names(cases[i].field), rancog_last_error_message());
    }
    CHECK(rancog_optimization_create(NULL, 5, NULL) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT && error_names("options"));
    for (i = 0; i < HUGE_COUNT; i++) {
        CHECK(rancog_optimization_create((const uint8_t *)"{}", huge[i], NULL) == NULL && rancog_last_status() == RANCOG_E_LIMIT && error_names("options"));
    }
    memset(&host, 0, sizeof host);
    host.struct_size = 3;
    CHECK(rancog_optimization_create(NULL, 0, &host) == NULL && rancog_last_status() == RANCOG_E_INVALID_ARGUMENT && error_names("host"));
}

/* As many as there may be, and one more. */
static void bounds_are_kept(void)
{
    static const struct { const char *before, *member, *after, *place; size_t most; } lists[] = {
        {"{\"variables\":[", "{\"name\":\"v%u\",\"type\":\"binary\"}", "]," OBJECTIVE ",\"budget\":{\"evaluations\":2}}", "variables", 1024},
        {"{" VARIABLE ",\"objectives\":[", "{\"name\":\"o%u\"}", "],\"budget\":{\"evaluations\":2}}", "objectives", 8},
        {"{" VARIABLE "," OBJECTIVE ",\"constraints\":[", "{\"name\":\"c%u\"}", "],\"budget\":{\"evaluations\":2}}", "constraints", 256},
        {"{" VARIABLE "," OBJECTIVE ",\"budget\":{\"evaluations\":2},\"starts\":[", "[0.%u]", "]}", "starts", 1024},
    };
    size_t i, count, k;
    for (i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        for (count = lists[i].most; count <= lists[i].most + 1; count++) {
            text json = {NULL, 0, 0};
            int32_t status;
            text_add(&json, "%s", lists[i].before);
            for (k = 0; k < count; k++) {
                char member[80];
                snprintf(member, sizeof member, lists[i].member, (unsigned)k);
                text_add(&json, "%s%s", k ? "," : "", member);
            }
            text_add(&json, "%s", lists[i].after);
            core = optimization_kit_create(NULL, NULL);
            status = rancog_optimization_begin(core, text_u8(&json), json.length);
            CHECK_CASE(status == (count == lists[i].most ? RANCOG_OK : RANCOG_E_LIMIT) && (status == RANCOG_OK || error_names(lists[i].place)), lists[i].place);
            optimization_kit_destroy(core);
            text_free(&json);
        }
    }
}

int main(void)
{
    RUN(json_inputs_refuse_null_and_zero_and_huge_lengths);
    RUN(every_cut_of_a_good_text_is_refused);
    RUN(variables_that_cannot_be_are_named);
    RUN(members_of_a_problem_that_cannot_be_are_named);
    RUN(problems_that_the_library_cannot_evaluate_are_refused);
    RUN(networks_that_cannot_be_are_named);
    RUN(options_that_cannot_be_are_named);
    RUN(bounds_are_kept);
    return check_finish();
}
