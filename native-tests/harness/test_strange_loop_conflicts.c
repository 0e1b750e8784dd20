/* Conflicts of control functions: against all pairs compared one by one, gains with known eigenvalues, and commands that are kept from request to request. */
#include <complex.h>
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
#include "strange_loop_kit.h"
#include "text.h"

static char *detect(rancog_strange_loop *self, const char *json) { return loop_kit_answer(rancog_strange_loop_detect_conflicts, self, json); }

/* ---- direct and indirect ---- */
typedef struct {
    unsigned source, parameter, cell, value, from, span;
} command;

/* Parameters 0..2 and 2..4 are groups, 5 is in none. */
static const char groups[] =
    "\"groups\":[{\"groupName\":\"g0\",\"parameters\":[{\"changeTarget\":\"cell\",\"parameterName\":\"p0\"},{\"changeTarget\":\"cell\",\"parameterName\":\"p1\"},{\"parameterName\":\"p2\"}]},"
    "{\"groupName\":\"g1\",\"parameters\":[{\"parameterName\":\"p2\"},{\"parameterName\":\"p3\"},{\"parameterName\":\"p4\"}]}]";

static int common_group(unsigned a, unsigned b)
{
    return a <= 2 && b <= 2 ? 0 : a >= 2 && a <= 4 && b >= 2 && b <= 4 ? 1 : -1;
}

/* What all pairs, compared one by one, give; as the report says it. */
static text all_pairs(const command *commands, size_t first, size_t count)
{
    text t = {NULL, 0, 0};
    size_t i, j;
    text_add(&t, "{\"conflicts\":[");
    for (i = 0; i < count; i++) {
        for (j = i + 1; j < count; j++) {
            const command *a = &commands[i], *b = &commands[j];
            int group = common_group(a->parameter, b->parameter), direct = a->parameter == b->parameter;
            if (j < first || a->source == b->source || a->cell != b->cell || (direct ? a->value == b->value : group < 0)
                || a->from >= b->from + b->span || b->from >= a->from + a->span || a->span == 0 || b->span == 0) {
                continue;
            }
            text_add(&t, "%s{\"conflictType\":\"%s\",\"sources\":[\"s%u\",\"s%u\"],", t.bytes[t.length - 1] == '[' ? "" : ",", direct ? "direct" : "indirect", a->source, b->source);
            if (!direct) {
                text_add(&t, "\"groupName\":\"g%d\",", group);
            }
            text_add(&t, "\"targetCell\":\"c%u\",\"commands\":[%u,%u],", a->cell, (unsigned)i, (unsigned)j);
        }
    }
    return t;
}

/* The report without advice, which is the same for all: precedence. */
static int agrees(const char *report, const text *expected)
{
    const char *from = report, *to = expected->bytes;
    while (*to) {
        if (strncmp(from, "\"advice\":{\"precedence\":[", 24) == 0) {
            from = strchr(from, '}') + 2;
        } else if (*from++ != *to++) {
            return 0;
        }
    }
    return strncmp(from, "],\"loop_gain_matrix\":null", 25) == 0 || strncmp(from, "\"advice\":{\"precedence\":[", 24) == 0;
}

static void add_command(text *json, const command *c)
{
    text_add(json, "{\"source\":\"s%u\",\"command\":\"set\",\"targetParameter\":\"p%u\",\"targetValue\":", c->source, c->parameter);
    text_add(json, c->from % 2 ? "%u" : c->from % 4 ? "\"%u\"" : "%u.0", c->value); /* one number, three ways */
    text_add(json, ",\"targetCell\":\"c%u\",", c->cell);
    if (c->from % 3) {
        text_add(json, "\"timestamp\":%llu,\"controlTimespan\":%llu}", 1577836800000000000ull + c->from * 1000000000ull, c->span * 1000000000ull);
    } else {
        text_add(json, "\"timestamp\":\"Wed Jan 01 00:%02u:%02u.000 2020\",\"controlTimespan\":\"%u\"}", c->from / 60, c->from % 60, c->span * 1000);
    }
}

static command random_command(uint64_t *seed, unsigned latest)
{
    command c;
    c.source = (unsigned)prng_below(seed, 4), c.parameter = (unsigned)prng_below(seed, 6), c.cell = (unsigned)prng_below(seed, 3), c.value = (unsigned)prng_below(seed, 3);
    c.from = latest + (unsigned)prng_below(seed, 300), c.span = (unsigned)prng_below(seed, 120);
    return c;
}

static void pairs_agree_with_all_pairs_compared(void)
{
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    size_t round, i;
    for (round = 0; round < check_scale(150, 15); round++) {
        command commands[60];
        size_t count = round % 60;
        uint64_t seed = round;
        text json = {NULL, 0, 0}, expected;
        char *report;
        text_add(&json, "{\"commands\":[");
        for (i = 0; i < count; i++) {
            commands[i] = random_command(&seed, 0);
            text_add(&json, i ? "," : "");
            add_command(&json, &commands[i]);
        }
        text_add(&json, "],%s}", groups);
        expected = all_pairs(commands, 0, count);
        report = detect(self, json.bytes);
        CHECK_CASE(agrees(report, &expected), json.bytes);
        CHECK_CASE(strstr(report, "\"first_command\":0,\"live\":0,\"truncated\":false,"), report);
        free(report);
        text_free(&json), text_free(&expected);
    }
    loop_kit_destroy(self);
}

/* In rounds, each later than the one before: a round is compared with all that was said, what has ended is forgotten, and places count on. */
static void kept_commands_meet_those_of_later_requests(void)
{
    rancog_host host = host_fixed();
    rancog_strange_loop *self = loop_kit_create(NULL, &host);
    command commands[200];
    size_t round, i, first = 0, live;
    uint64_t seed = 99;
    for (round = 0; round < 8; round++) {
        size_t count = first + 5 + prng_below(&seed, 15);
        unsigned latest = 0;
        text json = {NULL, 0, 0}, expected;
        char *report, *before, *after;
        text_add(&json, "{\"keep\":true,\"commands\":[");
        for (i = first; i < count; i++) {
            commands[i] = random_command(&seed, (unsigned)round * 150);
            text_add(&json, i > first ? "," : "");
            add_command(&json, &commands[i]);
        }
        for (i = 0; i < count; i++) {
            latest = commands[i].from > latest ? commands[i].from : latest;
        }
        text_add(&json, "],\"time_ns\":%llu%s%s}", 1577836800000000000ull + round * 150000000000ull, round == 0 ? "," : "", round == 0 ? groups : "");
        for (i = 0; i < first; i++) {
            if (commands[i].from + commands[i].span <= round * 150) {
                commands[i].span = 0; /* ended by then */
            }
        }
        expected = all_pairs(commands, first, count);
        report = detect(self, json.bytes);
        for (i = 0, live = 0; i < count; i++) {
            live += commands[i].span > 0 && commands[i].from + commands[i].span > round * 150;
        }
        CHECK_CASE(agrees(report, &expected), json.bytes);
        CHECK_CASE((size_t)optimization_kit_number(report, "first_command") == first && (size_t)optimization_kit_number(report, "live") == live, report);
        free(report);
        /* One that does not keep sees nothing of them and changes nothing. */
        before = loop_kit_state(self);
        report = detect(self, loop_kit_conflict);
        CHECK_CASE(strstr(report, "{\"conflicts\":[{\"conflictType\":\"direct\",\"sources\":[\"ES\",\"MLB\"],\"targetCell\":\"c1\",\"commands\":[0,1],\"advice\":{\"precedence\":[") == report, report);
        after = loop_kit_state(self);
        CHECK(strcmp(before, after) == 0);
        free(report), free(before), free(after);
        text_free(&json), text_free(&expected);
        first = count;
    }
    loop_kit_destroy(self);
}

static void spans_that_only_touch_and_equal_values_are_no_conflict(void)
{
#define PAIR(second) "{\"commands\":[{\"source\":\"a\",\"targetParameter\":\"p\",\"targetValue\":1,\"targetCell\":\"c\",\"timestamp\":10,\"controlTimespan\":5}," second "]}"
    static const struct { const char *json; int conflicts; } cases[] = {
        {PAIR("{\"source\":\"b\",\"targetParameter\":\"p\",\"targetValue\":2,\"targetCell\":\"c\",\"timestamp\":14,\"controlTimespan\":5}"), 1},
        {PAIR("{\"source\":\"b\",\"targetParameter\":\"p\",\"targetValue\":2,\"targetCell\":\"c\",\"timestamp\":15,\"controlTimespan\":5}"), 0},
        {PAIR("{\"source\":\"b\",\"targetParameter\":\"p\",\"targetValue\":2,\"targetCell\":\"c\",\"timestamp\":5,\"controlTimespan\":5}"), 0},
        {PAIR("{\"source\":\"b\",\"targetParameter\":\"p\",\"targetValue\":\"1.0\",\"targetCell\":\"c\",\"timestamp\":10,\"controlTimespan\":5}"), 0},
        {PAIR("{\"source\":\"b\",\"targetParameter\":\"p\",\"targetValue\":\"on\",\"targetCell\":\"c\",\"timestamp\":10,\"controlTimespan\":5}"), 1},
        {PAIR("{\"source\":\"a\",\"targetParameter\":\"p\",\"targetValue\":2,\"targetCell\":\"c\",\"timestamp\":10,\"controlTimespan\":5}"), 0},
        {PAIR("{\"source\":\"b\",\"targetParameter\":\"p\",\"targetValue\":2,\"targetCell\":\"d\",\"timestamp\":10,\"controlTimespan\":5}"), 0},
        {PAIR("{\"source\":\"b\",\"targetParameter\":\"q\",\"targetValue\":2,\"targetCell\":\"c\",\"timestamp\":10,\"controlTimespan\":5}"), 0},
        {PAIR("{\"source\":\"b\",\"targetParameter\":\"p\",\"targetValue\":2,\"targetCell\":\"c\",\"timestamp\":10,\"controlTimespan\":18446744073709551615}"), 1},
    };
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    size_t i;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *report = detect(self, cases[i].json);
        CHECK_CASE((strstr(report, "\"conflictType\":\"direct\"") != NULL) == cases[i].conflicts, cases[i].json);
        free(report);
    }
    loop_kit_destroy(self);
}

/* ---- implicit ---- */
/* Function a from 100 on, b from 200 on: means of the KPI before, while a alone, while both. */
static char *with_kpi(rancog_strange_loop *self, double before, double alone, double both, const char *better, unsigned samples)
{
    text json = {NULL, 0, 0};
    unsigned i;
    uint64_t seed = 4;
    char *report;
    text_add(&json, "{\"commands\":[{\"source\":\"a\",\"targetParameter\":\"p\",\"targetValue\":1,\"targetCell\":\"c\",\"timestamp\":100,\"controlTimespan\":200},"
                    "{\"source\":\"b\",\"targetParameter\":\"q\",\"targetValue\":1,\"targetCell\":\"d\",\"timestamp\":200,\"controlTimespan\":100}],\"kpis\":[");
    for (i = 0; i < 3 * samples; i++) {
        text_add(&json, "%s{\"cell\":\"d\",\"metric\":\"m\",\"time_ns\":%u,\"value\":%.17g%s}", i ? "," : "", i / samples * 100 + i % samples * 3, (i < samples ? before : i < 2 * samples ? alone : both) + prng_unit(&seed), better);
    }
    text_add(&json, "]}");
    report = detect(self, json.bytes);
    text_free(&json);
    return report;
}

static void a_kpi_that_falls_while_both_act_is_an_implicit_conflict(void)
{
    static const struct { double before, alone, both; const char *better; unsigned samples; int conflicts; } cases[] = {
        {20, 20, 10, "", 20, 1}, {20, 20, 10, ",\"better\":\"high\"", 20, 1}, {20, 20, 10, ",\"better\":\"low\"", 20, 0}, {20, 20, 30, ",\"better\":\"low\"", 20, 1},
        {20, 20, 30, "", 20, 0}, {20, 20, 20, "", 20, 0}, {20, 10, 10, "", 20, 0}, {10, 20, 10, "", 20, 0}, {20, 20, 10, "", 4, 0}, {20, 20, 10, "", 5, 1},
    };
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    size_t i;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *report = with_kpi(self, cases[i].before, cases[i].alone, cases[i].both, cases[i].better, cases[i].samples);
        const char *kpi = strstr(report, "\"kpi\":{\"metric\":\"m\"");
        CHECK_CASE((kpi != NULL) == cases[i].conflicts && (strstr(report, "\"conflictType\":\"implicit\"") != NULL) == cases[i].conflicts, report);
        if (kpi) {
            CHECK_CASE(fabs(optimization_kit_number(kpi, "before") - cases[i].before - 0.5) < 0.3 && fabs(optimization_kit_number(kpi, "earlier_only") - cases[i].alone - 0.5) < 0.3, report);
            CHECK_CASE(fabs(optimization_kit_number(kpi, "both") - cases[i].both - 0.5) < 0.3 && optimization_kit_number(kpi, "p_value") < 1e-3, report);
            CHECK_CASE(strstr(report, "\"targetCell\":\"d\",\"commands\":[0,1]") != NULL, report);
        }
        free(report);
    }
    loop_kit_destroy(self);
}

/* ---- gains ---- */
static double number_after(const char *text, const char *name)
{
    const char *at = strstr(text, name);
    return at ? strtod(at + strlen(name), NULL) : NAN;
}

/* Two functions whose gain has the eigenvalues re +- i im, or the real ones re + im and re - im. */
static void gains_with_known_eigenvalues(void)
{
    static const struct { double re, im; int complex_pair; const char *kind; } cases[] = {
        {0, 0.5, 1, "none"}, {0, 0.94, 1, "none"}, {0, 0.96, 1, "damping"}, {0, 1.5, 1, "damping"}, {-3, 2, 1, "damping"}, {0.5, 1, 1, "damping"}, {-2, 0.5, 0, "damping"}, {0.2, 0.3, 0, "none"},
        {0.9, 0.3, 0, "precedence"}, {1.5, 1, 1, "precedence"}, {0.3, 0.7, 0, "precedence"}, {-1, 0, 0, "damping"}, {0.99, 0, 0, "damping"},
    };
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    size_t i, k;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char json[300], *report;
        double complex l[2];
        double radius = 0, limit = INFINITY, damping, rest = 0;
        const char *advice;
        snprintf(json, sizeof json, "{\"commands\":[],\"loops\":{\"names\":[\"a\",\"b\"],\"gain\":[[%.17g,%.17g],[%.17g,%.17g]]}}", cases[i].re, cases[i].complex_pair ? -cases[i].im : cases[i].im, cases[i].im, cases[i].re);
        report = detect(self, json);
        l[0] = cases[i].re + cases[i].im * (cases[i].complex_pair ? I : 1), l[1] = cases[i].re - cases[i].im * (cases[i].complex_pair ? I : 1);
        advice = strstr(report, "\"advice\":{\"kind\":");
        damping = number_after(report, "\"damping\":");
        for (k = 0; k < 2; k++) {
            radius = fmax(radius, cabs(l[k]));
            limit = fmin(limit, 2 * (1 - creal(l[k])) / (cabs(1 - l[k]) * cabs(1 - l[k])));
            rest = fmax(rest, cabs(1 - damping + damping * l[k]));
        }
        CHECK_CASE(fabs(number_after(report, "\"spectral_radius\":") - radius) < 1e-12, report);
        CHECK_CASE(number_after(report, "{\"a\":{\"a\":") == cases[i].re && number_after(report, "\"b\":{\"a\":") == cases[i].im, report);
        CHECK_CASE(advice && strncmp(advice + 18, cases[i].kind, strlen(cases[i].kind)) == 0, report);
        if (strcmp(cases[i].kind, "damping") == 0) {
            CHECK_CASE(fabs(number_after(report, "\"limit\":") / limit - 1) < 1e-9 && damping > 0 && damping < limit && damping <= 1 && rest < 1, report);
        } else {
            CHECK_CASE(isnan(damping) && (strstr(report, "\"order\":[\"") != NULL) == (cases[i].kind[0] == 'p'), report);
        }
        free(report);
    }
    loop_kit_destroy(self);
}

static void the_gain_of_changes_is_their_map(void)
{
    static const double gain[3][3] = {{0.5, -0.4, 0}, {0.3, 0.2, 0.1}, {0, 0.6, -0.3}};
    static const char *const names[3] = {"es", "mlb", "mro"};
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    text json = {NULL, 0, 0};
    double x[3] = {1, -2, 3}, next[3];
    char *report;
    size_t t, i, j;
    text_add(&json, "{\"commands\":[],\"loops\":{\"names\":[\"es\",\"mlb\",\"mro\"],\"changes\":[");
    for (t = 0; t < 12; t++) {
        text_add(&json, "%s[%.17g,%.17g,%.17g]", t ? "," : "", x[0], x[1], x[2]);
        for (i = 0; i < 3; i++) {
            next[i] = 0;
            for (j = 0; j < 3; j++) {
                next[i] += gain[i][j] * x[j];
            }
        }
        memcpy(x, next, sizeof x);
    }
    text_add(&json, "]}}");
    report = detect(self, json.bytes);
    for (i = 0; i < 3; i++) {
        const char *row;
        char name[20];
        snprintf(name, sizeof name, "\"%s\":{", names[i]);
        row = strstr(report, name);
        for (j = 0; j < 3 && row; j++) {
            CHECK_CASE(fabs(optimization_kit_number(row + strlen(name) - 1, names[j]) - gain[i][j]) < 1e-6, report);
        }
        CHECK_CASE(row != NULL, report);
    }
    free(report);
    text_free(&json);
    loop_kit_destroy(self);
}

/* Functions whose gain is known: the advice on their conflict is to damp, or to let one go first. */
static void the_advice_on_a_conflict_follows_the_gain(void)
{
    rancog_strange_loop *self = loop_kit_create(NULL, NULL);
    size_t i;
    for (i = 0; i < 2; i++) {
        char json[700], *report;
        snprintf(json, sizeof json, "%.*s],\"loops\":{\"names\":[\"MLB\",\"ES\"],\"gain\":[[0,%s],[%s,0]]}}", (int)strlen(loop_kit_conflict) - 2, loop_kit_conflict, i ? "2" : "-2", i ? "1" : "0.5");
        report = detect(self, json);
        CHECK_CASE(fabs(number_after(report, "\"loop_gain\":") - (i ? sqrt(2) : 1)) < 1e-12, report);
        CHECK_CASE((strstr(report, "\"advice\":{\"damping\":") != NULL) == !i && (strstr(report, "\"advice\":{\"precedence\":[\"") != NULL) == (int)i, report);
        free(report);
    }
    loop_kit_destroy(self);
}

/* ---- cancelled ---- */
static int32_t cancel;

static int32_t cancels(double fraction, const char *stage, void *unused)
{
    (void)fraction, (void)stage, (void)unused;
    return cancel;
}

static uint64_t moving;

static uint64_t moves(void *unused)
{
    (void)unused;
    return moving += 10000000; /* beyond the least time between two calls of progress */
}

static void a_request_that_is_cancelled_keeps_nothing(void)
{
    rancog_host host = host_fixed();
    rancog_strange_loop *self;
    text json = {NULL, 0, 0};
    char *before, *after, *report;
    unsigned i;
    host.now_ns = moves;
    host.progress = cancels;
    moving = HOST_FIXED_NOW_NS;
    self = loop_kit_create(NULL, &host);
    text_add(&json, "{\"keep\":true,\"commands\":[");
    for (i = 0; i < 10000; i++) {
        text_add(&json, "%s{\"source\":\"s%u\",\"targetParameter\":\"p\",\"targetValue\":%u,\"targetCell\":\"c%u\",\"timestamp\":%u,\"controlTimespan\":1000}", i ? "," : "", i % 3, i, i, i);
    }
    text_add(&json, "]}");
    before = loop_kit_state(self);
    cancel = 1;
    CHECK(loop_kit_call(rancog_strange_loop_detect_conflicts, self, json.bytes, NULL) == RANCOG_E_CANCELLED);
    after = loop_kit_state(self);
    CHECK(strcmp(before, after) == 0);
    cancel = 0;
    report = detect(self, json.bytes);
    CHECK_CASE(strstr(report, "{\"conflicts\":[],") == report && strstr(report, "\"first_command\":0,"), "after it");
    free(before), free(after), free(report);
    text_free(&json);
    loop_kit_destroy(self);
}

int main(void)
{
    RUN(pairs_agree_with_all_pairs_compared);
    RUN(kept_commands_meet_those_of_later_requests);
    RUN(spans_that_only_touch_and_equal_values_are_no_conflict);
    RUN(a_kpi_that_falls_while_both_act_is_an_implicit_conflict);
    RUN(gains_with_known_eigenvalues);
    RUN(the_gain_of_changes_is_their_map);
    RUN(the_advice_on_a_conflict_follows_the_gain);
    RUN(a_request_that_is_cancelled_keeps_nothing);
    return check_finish();
}
