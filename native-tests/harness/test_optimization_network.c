/* The network model against formulas, and problems on it against every setting tried one by one. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "hosts.h"
#include "optimization_kit.h"
#include "prng.h"
#include "rancognition.h"
#include "result.h"
#include "scheduler_kit.h"
#include "text.h"

static rancog_optimization *core;

static int close_to(double a, double b, double tolerance)
{
    return fabs(a - b) <= tolerance * (1 + fabs(b));
}

static char *evaluate(const char *network)
{
    char *result;
    CHECK_CASE(optimization_kit_call(rancog_optimization_evaluate_network, core, network, &result) == RANCOG_OK, rancog_last_error_message());
    return result;
}

static void network_json(char network[600], const char *losses, double traffic)
{
    snprintf(network, 600,
             "{\"links\":{\"loss_db\":%s,\"azimuth_deg\":[[0,180],[0,180]],\"zenith_deg\":[[90,90],[90,90]]},\"antenna\":{\"model\":\"omni\"},\"traffic_mbps\":%.17g,"
             "\"cells\":[{\"power_dbm\":46},{\"power_dbm\":46}]}", losses, traffic);
}

/* Two cells and two users, each of them heard by its own cell only: no interference, closed form. */
static void loads_without_interference_are_the_formula(void)
{
    char network[600], *result;
    double noise = -174 + 9 + 10 * log10(20e6), rates[2], expected[2], loads[2], traffic = 60;
    size_t i;
    network_json(network, "[[100,900],[900,112]]", traffic);
    result = evaluate(network);
    for (i = 0; i < 2; i++) {
        double snr = 46 - (i ? 112 : 100) - noise;
        rates[i] = 0.65 * 20 * log2(1 + 0.75 * pow(10, snr / 10));
        expected[i] = traffic / 2 / rates[i];
    }
    CHECK(optimization_kit_numbers(result, "loads", loads, 2) == 2);
    CHECK(close_to(loads[0], expected[0], 1e-12) && close_to(loads[1], expected[1], 1e-12));
    CHECK(strstr(result, "\"feasible\":true") && strstr(result, "\"overloaded_cells\":[]"));
    CHECK(close_to(optimization_kit_number(result, "energy_w"), 2 * 130 + 94 * (expected[0] + expected[1]), 1e-12));
    CHECK(close_to(optimization_kit_number(result, "throughput_mbps/mean"), ((1 - expected[0]) * rates[0] + (1 - expected[1]) * rates[1]) / 2, 1e-12));
    CHECK(close_to(optimization_kit_number(result, "throughput_mbps/p5"), (1 - expected[1]) * rates[1], 1e-12));
    CHECK(close_to(optimization_kit_number(result, "utility"), (log((1 - expected[0]) * rates[0] * 1e6) + log((1 - expected[1]) * rates[1] * 1e6)) / 2, 1e-12));
    CHECK(optimization_kit_number(result, "uncovered_share") == 0);
    free(result);
}

static void a_user_that_nobody_reaches_is_uncovered(void)
{
    char network[600], *result;
    network_json(network, "[[100,900],[900,131]]", 1);  /* 46 - 131 - 10 log10(1200) = -115.8 dBm */
    result = evaluate(network);
    CHECK(optimization_kit_number(result, "uncovered_share") == 0.5);
    free(result);
    network_json(network, "[[100,900],[900,130]]", 1);
    result = evaluate(network);
    CHECK(optimization_kit_number(result, "uncovered_share") == 0);
    free(result);
}

/* Each cell's load asks for the other's: the fixed point, found by iteration here, and the traffic at which none is left. */
static void coupled_loads_are_their_fixed_point_up_to_the_critical_scale(void)
{
    static const double scales[] = {0.5, 0.999, 1.001, 3};
    char network[600], *result;
    double noise = pow(10, (-174 + 9 + 10 * log10(20e6)) / 10), loads[2], x[2] = {0, 0}, critical, traffic = 40, signal = pow(10, (46 - 100) / 10.0), other = pow(10, (46 - 103) / 10.0);
    size_t i;
    network_json(network, "[[100,103],[103,100]]", traffic);
    result = evaluate(network);
    for (i = 0; i < 2000; i++) {
        double next = traffic / 2 / (13 * log2(1 + 0.75 * signal / (x[1] * other + noise)));
        x[1] = traffic / 2 / (13 * log2(1 + 0.75 * signal / (x[0] * other + noise)));
        x[0] = next;
    }
    CHECK(optimization_kit_numbers(result, "loads", loads, 2) == 2 && close_to(loads[0], x[0], 1e-10) && close_to(loads[1], x[1], 1e-10));
    critical = optimization_kit_number(result, "critical_scale");
    /* Far out each load is t / 2 ln 2 / (13 0.75 S / I) of the other's: the largest factor at which that is below 1. */
    CHECK_CASE(close_to(critical, 13 * 0.75 * signal / (log(2) * other * traffic / 2), 1e-9), result);
    free(result);
    for (i = 0; i < sizeof scales / sizeof scales[0]; i++) {
        network_json(network, "[[100,103],[103,100]]", traffic * critical * scales[i]);
        result = evaluate(network);
        if (scales[i] < 1) {
            CHECK_CASE(strstr(result, "\"feasible\":true") && optimization_kit_numbers(result, "loads", loads, 2) == 2, result);
            CHECK_CASE(scales[i] < 0.9 || strstr(result, "\"overloaded_cells\":[0,1]"), result);
        } else {
            CHECK_CASE(strstr(result, "\"feasible\":false") && strstr(result, "\"loads\":null") && strstr(result, "\"utility\":null") && strstr(result, "\"throughput_mbps\":{\"p5\":null,\"p50\":null,\"mean\":null}"), result);
        }
        CHECK_CASE(close_to(optimization_kit_number(result, "critical_scale"), 1 / scales[i], 1e-9), result);
        free(result);
    }
}

/* ---- every setting one by one ---- */
enum { USERS = 14, SITES = 2, CELLS = 6 };

typedef struct {
    double loss[USERS][SITES], azimuth[USERS][SITES], zenith[USERS][SITES], weight[USERS], traffic;
} place;

static place random_place(uint64_t seed, double traffic)
{
    place p;
    uint64_t random = seed;
    size_t user, site;
    for (user = 0; user < USERS; user++) {
        for (site = 0; site < SITES; site++) {
            p.loss[user][site] = 85 + (site == user % SITES ? 0 : 8) + floor(prng_unit(&random) * 200) / 10;
            p.azimuth[user][site] = floor(prng_unit(&random) * 360) - 180;
            p.zenith[user][site] = 92 + floor(prng_unit(&random) * 100) / 10;
        }
        p.weight[user] = 1 + (double)prng_below(&random, 4);
    }
    p.traffic = traffic;
    return p;
}

static void add_table(text *t, const char *name, const double table[USERS][SITES])
{
    size_t user;
    text_add(t, "\"%s\":[", name);
    for (user = 0; user < USERS; user++) {
        text_add(t, "%s[%.17g,%.17g]", user ? "," : "", table[user][0], table[user][1]);
    }
    text_add(t, "],");
}

/* on and cio: of each cell; NULL = all on, all 0. */
static void add_network(text *t, const place *p, const double *on, const double *cio)
{
    size_t i;
    text_add(t, "{\"links\":{");
    add_table(t, "loss_db", p->loss);
    add_table(t, "azimuth_deg", p->azimuth);
    add_table(t, "zenith_deg", p->zenith);
    text_add(t, "\"weights\":[");
    for (i = 0; i < USERS; i++) {
        text_add(t, "%s%.17g", i ? "," : "", p->weight[i]);
    }
    text_add(t, "]},\"traffic_mbps\":%.17g,\"energy\":{\"active_w\":130,\"load_w\":94,\"sleep_w\":20},\"cells\":[", p->traffic);
    for (i = 0; i < CELLS; i++) {
        text_add(t, "%s{\"azimuth_deg\":%u,\"tilt_deg\":98,\"power_dbm\":%u,\"on\":%s,\"cio_db\":%.17g}", i ? "," : "", (unsigned)(30 + 120 * (i % 3)), i < 3 ? 46u : 44u,
                 !on || on[i] > 0.5 ? "true" : "false", cio ? cio[i] : 0.0);
    }
    text_add(t, "]}");
}

/* What a setting gives; largest load 1e9 where there is none. */
typedef struct { double energy, load, uncovered, p5; } outcome;

static outcome outcome_of(const place *p, const double *on, const double *cio)
{
    text json = {NULL, 0, 0};
    outcome o;
    double loads[CELLS];
    size_t count, i;
    char *result;
    add_network(&json, p, on, cio);
    result = evaluate(json.bytes);
    count = optimization_kit_numbers(result, "loads", loads, CELLS);
    o.load = count == CELLS ? 0 : 1e9;
    for (i = 0; i < count; i++) {
        o.load = loads[i] > o.load ? loads[i] : o.load;
    }
    o.energy = optimization_kit_number(result, "energy_w");
    o.uncovered = optimization_kit_number(result, "uncovered_share");
    o.p5 = optimization_kit_number(result, "throughput_mbps/p5");
    free(result);
    text_free(&json);
    return o;
}

static char *solve(const char *type, const place *p, const char *more)
{
    text json = {NULL, 0, 0};
    char *result;
    text_add(&json, "{\"problem_type\":\"%s\",\"network\":", type);
    add_network(&json, p, NULL, NULL);
    text_add(&json, "%s}", more);
    CHECK_CASE(optimization_kit_call(rancog_optimization_optimize, core, json.bytes, &result) == RANCOG_OK, rancog_last_error_message());
    text_free(&json);
    return result;
}

static void energy_saving_finds_the_least_of_all_settings(void)
{
    static const double traffics[] = {20, 90, 200, 350};
    size_t t, cell;
    unsigned setting;
    for (t = 0; t < check_scale(sizeof traffics / sizeof traffics[0], 1); t++) {
        place p = random_place(t + 1, traffics[t]);
        outcome all = outcome_of(&p, NULL, NULL);
        double best = INFINITY, x[CELLS] = {0}, f = NAN;
        unsigned best_setting = 0, found = 0, changed = 0;
        char *result = solve("ES", &p, ",\"budget\":{\"evaluations\":64}");
        for (setting = 1; setting < 1u << CELLS; setting++) { /* all off serves nobody */
            double on[CELLS];
            outcome o;
            for (cell = 0; cell < CELLS; cell++) {
                on[cell] = setting >> cell & 1;
            }
            o = outcome_of(&p, on, NULL);
            if (o.load <= 0.7 && o.uncovered - all.uncovered <= 0.01 && 1 - o.p5 / all.p5 <= 0.1 && o.energy < best) {
                best = o.energy;
                best_setting = setting;
            }
        }
        CHECK(strstr(result, "\"stopped\":\"exact\"") != NULL);
        CHECK(optimization_kit_numbers(result, "best/x", x, CELLS) == CELLS && optimization_kit_numbers(result, "best/f", &f, 1) == 1);
        for (cell = 0; cell < CELLS; cell++) {
            found |= (x[cell] > 0.5 ? 1u : 0u) << cell;
            changed += x[cell] < 0.5;
        }
        if (best_setting == 0) {
            CHECK_CASE(strstr(result, "\"feasible\":false") && strstr(result, "\"infeasible_subset\":["), result);
        } else {
            CHECK_CASE(found == best_setting && close_to(f, best, 1e-9) && strstr(result, "\"feasible\":true"), result);
            CHECK_CASE(kit_count(result, "\"attribute\":\"administrativeState\",\"before\":\"UNLOCKED\",\"after\":\"LOCKED\"") == changed, result);
            CHECK_CASE(close_to(optimization_kit_number(result, "expected/energy_w/before"), all.energy, 1e-9) && close_to(optimization_kit_number(result, "expected/energy_w/after"), best, 1e-9), result);
        }
        free(result);
    }
}

static void load_balancing_finds_the_least_of_all_offsets(void)
{
    static const double values[3] = {-4, 0, 4};
    static const double traffics[] = {60, 250};
    size_t t, cell;
    for (t = 0; t < check_scale(sizeof traffics / sizeof traffics[0], 1); t++) {
        place p = random_place(t + 11, traffics[t]);
        outcome now = outcome_of(&p, NULL, NULL);
        double best = INFINITY, x[CELLS] = {0}, f = NAN;
        unsigned setting, changed = 0;
        char *result = solve("MLB", &p, ",\"limits\":{\"cio_values\":[-4,0,4]},\"budget\":{\"evaluations\":729}");
        for (setting = 0; setting < 729; setting++) {
            double cio[CELLS];
            unsigned rest = setting;
            outcome o;
            for (cell = 0; cell < CELLS; cell++, rest /= 3) {
                cio[cell] = values[rest % 3];
            }
            o = outcome_of(&p, NULL, cio);
            best = o.load < best ? o.load : best;
        }
        CHECK(strstr(result, "\"stopped\":\"exact\"") != NULL && (size_t)optimization_kit_number(optimization_kit_at(result, "best/constraints"), "evaluations") == 729);
        CHECK(optimization_kit_numbers(result, "best/x", x, CELLS) == CELLS && optimization_kit_numbers(result, "best/f", &f, 1) == 1);
        for (cell = 0; cell < CELLS; cell++) {
            changed += x[cell] != 0;
        }
        CHECK_CASE(close_to(f, best, 1e-9) && f <= now.load * (1 + 1e-12), result);
        CHECK_CASE(close_to(outcome_of(&p, NULL, x).load, f, 1e-9), result);
        CHECK_CASE(kit_count(result, "\"attribute\":\"cellIndividualOffset\",\"before\":0,\"after\":") == changed, result);
        free(result);
    }
}

static void tilts_never_make_it_worse(void)
{
    place p = random_place(21, 100);
    char *result = solve("CCO", &p, ",\"limits\":{\"tilt_min\":92,\"tilt_max\":110},\"budget\":{\"evaluations\":60}"), *present;
    double before = optimization_kit_number(result, "expected/utility/before"), after = optimization_kit_number(result, "expected/utility/after");
    text json = {NULL, 0, 0};
    add_network(&json, &p, NULL, NULL);
    present = evaluate(json.bytes);
    CHECK_CASE(close_to(before, optimization_kit_number(present, "utility"), 1e-9) && after > before, result);
    /* 3GPP counts digitalTilt in 0.1 degree from the horizon. */
    CHECK(strstr(result, "\"attribute\":\"digitalTilt\",\"before\":80,\"after\":") != NULL);
    free(result), free(present);
    text_free(&json);
}

/* The same answer for any number of threads, where rows take long enough to be shared out. */
static void threads_do_not_change_the_answer(void)
{
    static const char problem[] =
        "{\"problem_type\":\"CCO\",\"network\":{\"layout\":{\"type\":\"hexagonal\",\"sites\":7,\"wraparound\":true},\"users\":{\"count\":150,\"seed\":3},\"traffic_mbps\":100}"
        ",\"budget\":{\"evaluations\":%u},\"threads\":%u,\"include_map\":true}";
    static const unsigned threads[] = {1, 2, 7};
    host_watch watch;
    rancog_host host;
    rancog_optimization *self;
    char *first = NULL;
    size_t i;
    memset(&watch, 0, sizeof watch);
    host = host_watching(&watch);
    host.now_ns = NULL; /* the library's own: by it the search sees what a row takes */
    self = optimization_kit_create(NULL, &host);
    for (i = 0; i < sizeof threads / sizeof threads[0]; i++) {
        char json[400], *without;
        uint8_t *result;
        snprintf(json, sizeof json, problem, (unsigned)check_scale(120, 25), threads[i]);
        result = rancog_optimization_optimize(self, (const uint8_t *)json, strlen(json));
        without = result_without_times(result);
        CHECK(kit_count(without, "\"tilt_deg_before\":") == 21 && kit_count(without, "\"rate_mbps_before\":") == 150);
        CHECK_CASE(first == NULL || strcmp(first, without) == 0, json);
        CHECK(result_check_and_free(result, json) == RANCOG_OK);
        if (first) {
            free(without);
        } else {
            first = without;
        }
    }
    CHECK(watch.strange_thread == 0); /* the host is called on the calling thread only */
    free(first);
    optimization_kit_destroy(self);
}

static void problems_of_other_types_are_solved(void)
{
    char *result;
    CHECK(optimization_kit_call(rancog_optimization_optimize, core,
                                "{\"problem_type\":\"PCI\",\"pci\":{\"cells\":4,\"relations\":[[1,2],[1,3],[1,4],[2,3],[2,4],[3,4]],\"values\":[0,1,2,3],\"present\":[0,0,0,0],\"confusion\":false}"
                                ",\"budget\":{\"evaluations\":1000}}", &result) == RANCOG_OK);
    {
        double x[4] = {0, 0, 0, 0};
        unsigned seen = 0;
        size_t i;
        CHECK(optimization_kit_numbers(result, "best/x", x, 4) == 4 && strstr(result, "\"feasible\":true"));
        for (i = 0; i < 4; i++) {
            seen |= 1u << (unsigned)x[i];
        }
        CHECK_CASE(seen == 15 && kit_count(result, "\"attribute\":\"nRPCI\"") == 3, result);
    }
    free(result);
    CHECK(optimization_kit_call(rancog_optimization_optimize, core,
                                "{\"problem_type\":\"SLICE\",\"slices\":{\"list\":[{\"name\":\"a\",\"spectral_efficiency\":3,\"weight\":1,\"max_share\":1,\"share\":0.9}"
                                ",{\"name\":\"b\",\"spectral_efficiency\":3,\"weight\":3,\"max_share\":1,\"share\":0.1}],"
                                "\"bandwidth_mhz\":20},\"budget\":{\"evaluations\":200}}", &result) == RANCOG_OK);
    CHECK_CASE(strstr(result, "\"x\":[25,75]") != NULL, result); /* proportional to the weights */
    free(result);
}

int main(void)
{
    core = optimization_kit_create(NULL, NULL);
    RUN(loads_without_interference_are_the_formula);
    RUN(a_user_that_nobody_reaches_is_uncovered);
    RUN(coupled_loads_are_their_fixed_point_up_to_the_critical_scale);
    RUN(energy_saving_finds_the_least_of_all_settings);
    RUN(load_balancing_finds_the_least_of_all_offsets);
    RUN(tilts_never_make_it_worse);
    RUN(threads_do_not_change_the_answer);
    RUN(problems_of_other_types_are_solved);
    optimization_kit_destroy(core);
    return check_finish();
}
