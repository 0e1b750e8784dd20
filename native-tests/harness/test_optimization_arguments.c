/* What the optimization core's calls refuse: the message names the argument and the place, and what was begun goes on as if nothing had been said. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "argument_kit.h"
#include "check.h"
#include "handle_kit.h"
#include "optimization_kit.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"
#include "text.h"

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

static int32_t to_optimize(const void *json, size_t length) { return result_check_and_free(rancog_optimization_optimize(core, json, length), "optimize"); }
static int32_t to_with(const void *json, size_t length) { return result_check_and_free(rancog_optimization_optimize_with(core, json, length, optimization_kit_evaluate, &record), "optimize_with"); }
static int32_t to_batch(const void *json, size_t length) { return result_check_and_free(rancog_optimization_optimize_with_batch(core, json, length, optimization_kit_evaluate_rows, &record), "optimize_with_batch"); }

static int32_t to_begin(const void *json, size_t length)
{
    int32_t status = rancog_optimization_begin(core, json, length);
    CHECK(status == rancog_last_status() && (status == RANCOG_OK) == (rancog_last_error_message()[0] == 0));
    return status;
}

static int32_t to_network(const void *json, size_t length) { return result_check_and_free(rancog_optimization_evaluate_network(core, json, length), "evaluate_network"); }

enum { OPTIMIZE, WITH, BATCH, BEGIN, NETWORK, ENTRIES };

static const json_entry entries[ENTRIES] = {
    {to_optimize, "problem", "{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":2},\"budget\":{\"evaluations\":3}}", 0},
    {to_with, "problem", "{" VARIABLE "," OBJECTIVE ",\"budget\":{\"evaluations\":3}}", 0},
    {to_batch, "problem", "{" VARIABLE "," OBJECTIVE ",\"budget\":{\"evaluations\":3}}", 0},
    {to_begin, "problem", "{" VARIABLE "," OBJECTIVE "}", 0},
    {to_network, "network", "{" LINKS "}", 0},
};

static void json_inputs_refuse_null_and_zero_and_huge_lengths(void)
{
    begin();
    entries_refuse_null_and_zero_and_huge_lengths(entries, ENTRIES);
    CHECK(result_check_and_free(rancog_optimization_optimize_with(core, (const uint8_t *)entries[WITH].good, strlen(entries[WITH].good), NULL, &record), "no evaluator") == RANCOG_E_INVALID_ARGUMENT && error_names("fn: "));
    CHECK(result_check_and_free(rancog_optimization_optimize_with_batch(core, (const uint8_t *)entries[BATCH].good, strlen(entries[BATCH].good), NULL, NULL), "no evaluator") == RANCOG_E_INVALID_ARGUMENT && error_names("fn: "));
    end();
}

static void every_cut_of_a_good_text_is_refused(void)
{
    static const struct { int entry; const char *json; } cases[] = {
        {OPTIMIZE, sample_optimization_function}, {OPTIMIZE, sample_optimization_energy},
        {WITH, sample_optimization_problem}, {BATCH, sample_optimization_problem}, {BEGIN, sample_optimization_problem},
        {NETWORK, sample_network},
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
    entry_names(&entries[entry], cases, count);
}

#define VARIABLES(text) "{\"variables\":[" text "]," OBJECTIVE "}"
#define WITH_MEMBER(text) "{" VARIABLE "," OBJECTIVE "," text "}"

static void variables_that_cannot_be_are_named(void)
{
    static const refusal cases[] = {
        {"{}", "variables"}, {"[]", "problem"}, {"3", "problem"}, {"{\"variables\":[]}", "variables"}, {"{\"variables\":{}}", "/variables"}, {"{" VARIABLE "}", "objectives"},
        {VARIABLES("3"), "/variables/0"}, {VARIABLES("{\"type\":\"binary\"}"), "name"}, {VARIABLES("{\"name\":\"\",\"type\":\"binary\"}"), "name"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"binary\"},{\"name\":\"a\",\"type\":\"binary\"}"), "/variables/1/name"}, {VARIABLES("{\"name\":\"a\",\"type\":\"complex\"}"), "complex"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\"}"), "lower"}, {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0}"), "upper"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":2,\"upper\":1}"), "/variables/0"}, {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":\"x\"}"), "upper"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":-1e308,\"upper\":1.7e308}"), "upper"}, {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":1e400}"), "upper"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":1,\"step\":0}"), "step"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":1,\"step\":-0.1}"), "step"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":1,\"step\":1e-300}"), "step"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":1,\"initial\":1.5}"), "initial"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":1,\"step\":0.1,\"initial\":0.55}"), "initial"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":1,\"max_change\":1}"), "max_change"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"real\",\"lower\":0,\"upper\":1,\"initial\":0,\"max_change\":-1}"), "max_change"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"integer\",\"lower\":0.2,\"upper\":0.8}"), "/variables/0"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"integer\",\"lower\":0,\"upper\":9,\"step\":1.5}"), "step"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"integer\",\"lower\":-1e17,\"upper\":1e17}"), "lower"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"integer\",\"lower\":0,\"upper\":9,\"initial\":2.5}"), "initial"}, {VARIABLES("{\"name\":\"a\",\"type\":\"ordered\"}"), "values"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"ordered\",\"values\":[]}"), "values"}, {VARIABLES("{\"name\":\"a\",\"type\":\"ordered\",\"values\":[1,1]}"), "values"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"ordered\",\"values\":[1,\"x\"]}"), "values"}, {VARIABLES("{\"name\":\"a\",\"type\":\"ordered\",\"values\":[1,2],\"initial\":1.5}"), "initial"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"category\"}"), "values"}, {VARIABLES("{\"name\":\"a\",\"type\":\"category\",\"values\":[\"x\",\"x\"]}"), "values"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"category\",\"values\":[\"x\",null]}"), "values"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"category\",\"values\":[\"x\",\"y\"],\"initial\":2}"), "initial"},
        {VARIABLES("{\"name\":\"a\",\"type\":\"binary\",\"initial\":2}"), "initial"}, {VARIABLES("{\"name\":\"a\",\"name\":\"b\",\"type\":\"binary\"}"), "name"},
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
        {"{" VARIABLE ",\"objectives\":[]}", "objectives"}, {"{" VARIABLE ",\"objectives\":[{\"name\":\"o\",\"sense\":\"up\"}]}", "up"}, {"{" VARIABLE ",\"objectives\":[{}]}", "name"},
        {"{" VARIABLE ",\"objectives\":[{\"name\":\"o\"},{\"name\":\"o\"}]}", "/objectives/1"},
        {WITH_MEMBER("\"constraints\":[{\"name\":\"c\"},{\"name\":\"c\"}]"), "/constraints/1"},
        {WITH_MEMBER("\"constraints\":[\"c\"]"), "/constraints/0"}, {WITH_MEMBER("\"constraints\":7"), "/constraints"},
        {WITH_MEMBER("\"budget\":{\"evaluations\":0}"), "evaluations"},
        {WITH_MEMBER("\"budget\":{\"evaluations\":-1}"), "evaluations"}, {WITH_MEMBER("\"budget\":{\"evaluations\":1.5}"), "evaluations"},
        {WITH_MEMBER("\"budget\":{\"evaluations\":1e30}"), "evaluations"}, {WITH_MEMBER("\"budget\":7"), "/budget"}, {WITH_MEMBER("\"budget\":{\"deadline_ns\":-5}"), "deadline_ns"},
        {WITH_MEMBER("\"target\":\"low\""), "target"}, {WITH_MEMBER("\"best_known\":[]"), "best_known"}, {WITH_MEMBER("\"reference_point\":[1,2]"), "reference_point"},
        {WITH_MEMBER("\"starts\":[[0.5,0.5]]"), "/starts/0"}, {WITH_MEMBER("\"starts\":[[0.5],[1.5]]"), "/starts/1/0"},
        {WITH_MEMBER("\"starts\":[0.5]"), "/starts/0"}, {WITH_MEMBER("\"seed\":-1"), "seed"},
        {WITH_MEMBER("\"seed\":1.5"), "seed"}, {WITH_MEMBER("\"seed\":18446744073709551616"), "seed"},
        {WITH_MEMBER("\"threads\":0"), "threads"}, {WITH_MEMBER("\"threads\":1025"), "threads"},
        {WITH_MEMBER("\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":1}"), "function"},
        {WITH_MEMBER("\"problem_type\":\"ES\""), "problem_type"}, {WITH_MEMBER("\"problem_type\":\"LUCK\""), "LUCK"},
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
        {"{}", "function"}, {"{" VARIABLE "," OBJECTIVE "}", "optimize_with"}, {"{\"function\":{}}", "suite"}, {"{\"function\":{\"suite\":\"other\",\"id\":1,\"dimension\":2}}", "other"},
        {"{\"function\":{\"suite\":\"bbob\",\"id\":0,\"dimension\":2}}", "id"},
        {"{\"function\":{\"suite\":\"bbob\",\"id\":25,\"dimension\":2}}", "id"}, {"{\"function\":{\"suite\":\"bbob\",\"id\":1}}", "dimension"},
        {"{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":0}}", "dimension"}, {"{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":5000}}", "dimension"},
        {"{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":2,\"instance\":0}}", "instance"}, {"{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":2}," VARIABLE "}", "variables"},
        {"{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":2},\"constraints\":[{\"name\":\"c\"}]}", "constraints"},
        {"{\"function\":{\"suite\":\"bbob\",\"id\":1,\"dimension\":2},\"budget\":{\"evaluations\":0}}", "evaluations"},
        {"{\"problem_type\":\"ES\"}", "network"}, {"{\"problem_type\":\"MLB\"}", "network"}, {"{\"problem_type\":\"CCO\"}", "network"}, {"{\"problem_type\":\"PCI\"}", "problem"},
        {"{\"problem_type\":\"SLICE\"}", "slices"}, {"{\"problem_type\":\"MRO\"}", "problem"}, {"{\"problem_type\":7}", "problem_type"},
        {"{\"problem_type\":\"ES\",\"network\":{" LINKS ",\"traffic_mbps\":-1}}", "/network/traffic_mbps"},
        {"{\"problem_type\":\"MLB\",\"network\":{" LINKS "},\"limits\":{\"cio_values\":[]}}", "cio_values"},
        {"{\"problem_type\":\"ES\",\"network\":{" LINKS "},\"limits\":{\"max_load\":\"x\"}}", "max_load"},
        {"{\"problem_type\":\"PCI\",\"pci\":{\"cells\":2,\"relations\":[[1,3]]}}", "relations"},
        {"{\"problem_type\":\"SLICE\",\"slices\":[]}", "slices"},
    };
    begin();
    refused(OPTIMIZE, cases, sizeof cases / sizeof cases[0]);
    end();
}

static void networks_that_cannot_be_are_named(void)
{
    static const refusal cases[] = {
        {"[]", "network"}, {"7", "network"}, {"{\"layout\":7}", "/layout"},
        {"{\"layout\":{\"type\":\"round\"}}", "round"}, {"{\"layout\":{\"type\":\"hexagonal\",\"sites\":2}}", "sites"},
        {"{\"layout\":{\"inter_site_distance_m\":0}}", "inter_site_distance_m"}, {"{\"sites\":[]}", "sites"}, {"{\"sites\":[{\"x\":1}]}", "y"}, {"{\"sites\":[{\"x\":1e30,\"y\":0}]}", "x"},
        {"{\"users\":{\"count\":0}}", "count"}, {"{\"users\":{\"count\":10},\"points\":[{\"x\":0,\"y\":0}]}", "points"},
        {"{\"points\":[]}", "points"}, {"{\"points\":[{\"x\":0,\"y\":0,\"weight\":-1}]}", "weight"},
        {"{\"propagation\":{\"model\":\"Rural\"}}", "Rural"}, {"{\"propagation\":{\"frequency_ghz\":0}}", "frequency_ghz"}, {"{\"links\":{\"loss_db\":[[1]]}}", "azimuth_deg"},
        {"{\"links\":{\"loss_db\":[[100]],\"azimuth_deg\":[[0,1]],\"zenith_deg\":[[90]]}}", "azimuth_deg"},
        {"{\"links\":{\"loss_db\":[[100],[100,100]],\"azimuth_deg\":[[0],[0]],\"zenith_deg\":[[90],[90]]}}", "loss_db"},
        {"{\"links\":{\"loss_db\":[[100]],\"azimuth_deg\":[[0]],\"zenith_deg\":[[90]],\"weights\":[1,2]}}", "weights"},
        {"{\"links\":{\"loss_db\":[[100]],\"azimuth_deg\":[[0]],\"zenith_deg\":[[90]],\"weights\":[0]}}", "weights"},
        {"{\"links\":{\"loss_db\":[[100]],\"azimuth_deg\":[[0]],\"zenith_deg\":[[270]]}}", "zenith_deg"}, {"{\"links\":{\"loss_db\":[],\"azimuth_deg\":[],\"zenith_deg\":[]}}", "loss_db"},
        {"{\"links\":{\"loss_db\":[[null]],\"azimuth_deg\":[[0]],\"zenith_deg\":[[90]]}}", "loss_db"},
        {"{" LINKS ",\"antenna\":{\"model\":\"horn\"}}", "horn"}, {"{" LINKS ",\"antenna\":{\"rows\":0}}", "rows"},
        {"{" LINKS ",\"bandwidth_mhz\":0}", "bandwidth_mhz"}, {"{" LINKS ",\"efficiency\":{\"sinr\":-1}}", "sinr"},
        {"{" LINKS ",\"traffic_mbps\":-3}", "traffic_mbps"}, {"{" LINKS ",\"cells\":[]}", "cells"},
        {"{" LINKS ",\"cells\":[{\"site\":2}]}", "site"}, {"{" LINKS ",\"cells\":[{\"tilt_deg\":200}]}", "tilt_deg"}, {"{" LINKS ",\"cells\":[{\"power_dbm\":1e9}]}", "power_dbm"},
        {"{" LINKS ",\"cells\":[{\"carrier\":1}]}", "carrier"},
        {"{" LINKS ",\"carriers\":[{\"frequency_ghz\":2}]}", "bandwidth_mhz"}, {"{" LINKS ",\"energy\":{\"active_w\":-1}}", "active_w"},
        {"{" LINKS ",\"noise_figure_db\":\"x\"}", "noise_figure_db"}, {"{" LINKS ",\"coverage_rsrp_dbm\":1e9}", "coverage_rsrp_dbm"},
    };
    begin();
    refused(NETWORK, cases, sizeof cases / sizeof cases[0]);
    end();
}

static void options_that_cannot_be_are_named(void)
{
    static const refusal cases[] = {
        {"[]", "options"}, {"{\"seed\":-1}", "seed"}, {"{\"seed\":\"x\"}", "seed"}, {"{\"seed\":18446744073709551616}", "seed"},
        {"{\"threads\":0}", "threads"}, {"{\"threads\":1025}", "threads"}, {"{\"threads\":1.5}", "threads"},
        {"{\"seed\":1,\"seed\":1}", "seed"}, {"{", "options"}, {"{} {}", "options"},
    };
    handle_kit_options_are_named(HANDLE_OPTIMIZATION, cases, sizeof cases / sizeof cases[0]);
}

static void begin_new(size_t unused)
{
    (void)unused;
    core = optimization_kit_create(NULL, NULL);
}

static void end_new(void) { optimization_kit_destroy(core); }

/* As many as there may be, and one more. */
static void bounds_are_kept(void)
{
    static const struct { int entry; bounded_list list; } lists[] = {
        {BEGIN, {"{\"variables\":[", "{\"name\":\"v%u\",\"type\":\"binary\"}", "]," OBJECTIVE ",\"budget\":{\"evaluations\":2}}", "variables", 1024}},
        {BEGIN, {"{" VARIABLE ",\"objectives\":[", "{\"name\":\"o%u\"}", "],\"budget\":{\"evaluations\":2}}", "objectives", 8}},
        {BEGIN, {"{" VARIABLE "," OBJECTIVE ",\"constraints\":[", "{\"name\":\"c%u\"}", "],\"budget\":{\"evaluations\":2}}", "constraints", 256}},
        {BEGIN, {"{" VARIABLE "," OBJECTIVE ",\"budget\":{\"evaluations\":2},\"starts\":[", "[0.%u]", "]}", "starts", 1024}},
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
    RUN(variables_that_cannot_be_are_named);
    RUN(members_of_a_problem_that_cannot_be_are_named);
    RUN(problems_that_the_library_cannot_evaluate_are_refused);
    RUN(networks_that_cannot_be_are_named);
    RUN(options_that_cannot_be_are_named);
    RUN(bounds_are_kept);
    return check_finish();
}
