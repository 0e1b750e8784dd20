/* Two days of the simulated network, hour by hour. Each hour the core gets the newest counters and decides about handovers, and
 * about load where a cell is full; what it decides is made at once, and an hour later it hears what came of it. The same hours
 * pass in a second network in which nothing is done. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "decision_loop.h"
#include "kpi_csv.h"
#include "plan_network.h"
#include "question.h"
#include "sim_network.h"

#define HOURS 48u
#define BLOCK 6u                  /* hours of a row of the last table */
#define BLOCKS (HOURS / BLOCK)
#define DAY_NS 1717372800000000000u /* 2024-06-03, a Monday */
#define NOON_MBPS 420.0           /* of all users together */
#define TILT_DEG 6.0
#define FAULT 0.05                /* share of handovers from which the library speaks of a fault */
#define FULL_PERCENT 90.0
#define CROWD_LOAD 0.75
#define PACING_NS 7200000000000u  /* two hours */
#define MODEL_USERS_PER_DB 0.015  /* what the operator's model believes; the network moves SIM_USERS_PER_DB */
#define WATCHED_MAX 32u
#define LINE 150u                 /* columns of what is told */
#define INDENT 6u

static const char *const counters[SIM_COUNTERS] = {"MM.HoExeInterReq", "HO.IntraSys.TooLate", "HO.IntraSys.TooEarly", "HO.IntraSys.ToWrongCell", "HO.IntraSys.PingPong"};
static const char *const kinds[SIM_COUNTERS] = {"", "too late", "too early", "to the wrong cell", "ping-pong"};

/* ---- what happens ---- */

enum { FASTER, LINGER, BLOCKED, CROWD, CROWD_LEAVES };

typedef struct {
    unsigned hour;
    int what;
    unsigned from, to; /* cells, from 1; 0 = none */
    const char *told;
} event;

static const event events[] = {
    {4, FASTER, 10, 11, "traffic on a street gets faster: users at the border of cell 10 to 11 are handed over too late"},
    {9, LINGER, 31, 33, "a square opens: users stand at the borders of cells 31 and 32 to 33"},
    {9, LINGER, 32, 33, NULL},
    {12, CROWD, 20, 0, "a crowd fills cell 20"},
    {17, CROWD_LEAVES, 20, 0, "the crowd has left"},
    {21, FASTER, 1, 2, "traffic gets faster at the border of cell 1 to 2; cell 1 is protected"},
    {27, FASTER, 22, 24, "another street gets faster, at the border of cell 22 to 24"},
    {34, BLOCKED, 44, 45, "a building goes up at the border of cell 44 to 45: earlier handovers meet its shadow, and more are lost"},
};
#define EVENTS (sizeof events / sizeof *events)
#define PROTECTED_CELL 1u

static void happen(sim_network *network, const event *one)
{
    unsigned number = one->to ? sim_relation_between(network, one->from - 1, one->to - 1) : 0;
    sim_relation *relation = &network->relations[number];
    promised(number < SIM_RELATIONS, "events are between neighbours");
    switch (one->what) {
    case FASTER:
        relation->best_db = 6;
        relation->attempts_per_hour = one->from == PROTECTED_CELL ? 500 : 900;
        break;
    case LINGER:
        relation->best_db = -6;
        relation->attempts_per_hour = 800;
        break;
    case BLOCKED:
        relation->late_share = 0.09;
        relation->late_slope = -0.35;
        relation->attempts_per_hour = 600;
        break;
    case CROWD:
        network->load[one->from - 1] += CROWD_LOAD;
        break;
    default:
        network->load[one->from - 1] -= CROWD_LOAD;
        break;
    }
}

/* Loads of the cells at noon, as the network model has them. */
static void find_loads(double loads[SIM_CELLS])
{
    plan_cell cells[PLAN_CELLS];
    rancog_optimization *core = rancog_optimization_create(NULL, 0, NULL);
    uint8_t *result;
    json_value load;
    unsigned i;
    for (i = 0; i < PLAN_CELLS; i++) {
        cells[i] = (plan_cell){TILT_DEG, 0, 1};
    }
    question_begin();
    ask_network(cells, NOON_MBPS);
    result = rancog_optimization_evaluate_network(core, question_bytes(), question_length());
    load = json_first(json_field(text_or_exit(result), "loads"));
    for (i = 0; i < SIM_CELLS; i++) {
        loads[i] = json_number(load);
        load = json_next(load);
    }
    rancog_buffer_free(result);
    rancog_optimization_destroy(core);
}

/* ---- the network that the core sees ---- */

/* A decision whose outcome is not known yet. */
typedef struct {
    uint8_t *result;             /* NULL: there is none */
    unsigned watched[WATCHED_MAX], count; /* relations whose counters are reported */
    unsigned cell;               /* whose load is reported, from 1; 0 = none */
    sim_network before;          /* as it was set */
} open_decision;

typedef struct {
    sim_network network;
    unsigned hour;               /* that passed last */
    unsigned char left[SIM_RELATIONS]; /* to an engineer, after a change was taken back */
    open_decision handovers, load;
    unsigned told[SIM_RELATIONS]; /* bits of the guards whose vetoes have been told */
    unsigned decisions;
    unsigned made, rolled_back;  /* decisions with changes */
} operation;

static operation now;

static uint64_t end_of_hour(unsigned hour)
{
    return DAY_NS + (hour + 1) * (uint64_t)SIM_HOUR_NS;
}

static const char *name_of(const sim_relation *one, char name[40])
{
    snprintf(name, 40, "NRCellRelation=%u-%u", one->from + 1, one->to + 1);
    return name;
}

static unsigned relation_of(const char *name)
{
    unsigned from = 0, to = 0, number = SIM_RELATIONS;
    if (sscanf(name, "NRCellRelation=%u-%u", &from, &to) == 2 && from && to) {
        number = sim_relation_between(&now.network, from - 1, to - 1);
    }
    promised(number < SIM_RELATIONS, "changes are of relations of this network");
    return number;
}

static double share_of(const sim_relation *one, int kind)
{
    return sim_sum(one, kind) / (double)sim_sum(one, SIM_ATTEMPTS);
}

/* Kind of problem with the largest share. */
static int worst_kind(const sim_relation *one)
{
    int kind, worst = SIM_TOO_LATE;
    for (kind = SIM_TOO_LATE; kind < SIM_COUNTERS; kind++) {
        worst = sim_sum(one, kind) > sim_sum(one, worst) ? kind : worst;
    }
    return worst;
}

static double mean_prb(unsigned cell)
{
    double sum = 0;
    unsigned period;
    for (period = 0; period < SIM_PERIODS; period++) {
        sum += now.network.prb_percent[cell][period] / SIM_PERIODS;
    }
    return sum;
}

/* ---- asking ---- */

static void ask_begin(const char *type)
{
    uint64_t time_ns = end_of_hour(now.hour);
    question_begin();
    ask("{\"id\":\"%s-%u\",\"network_id\":\"simulated\",\"problem_type\":\"%s\",\"mode\":\"AUTONOMOUS\",\"seed\":%u,\"time_ns\":%llu,\"observe_ns\":%llu,\"current_state\":{}", type, now.hour, type,
        now.hour, (unsigned long long)time_ns, (unsigned long long)SIM_HOUR_NS);
}

static void ask_series(const char *object, const char *name, int is_first)
{
    ask("%s\"%s/%s\":{\"start_ns\":%llu,\"step_ns\":%llu,\"values\":[", is_first ? "" : ",", object, name, (unsigned long long)(end_of_hour(now.hour) - SIM_HOUR_NS + SIM_PERIOD_NS),
        (unsigned long long)SIM_PERIOD_NS);
}

/* What is set, what must not be touched, and the guards' settings that are not the usual ones. */
static void ask_settings(void)
{
    unsigned i;
    char name[40];
    ask(",\"guards\":{\"PACING\":{\"min_interval_ns\":%llu},\"NOT_ALLOWED\":{\"attributes\":[\"cellIndividualOffset\",\"hysteresis\"]}}", (unsigned long long)PACING_NS);
    ask(",\"protected\":[\"NRCellDU=%u\"", PROTECTED_CELL);
    for (i = 0; i < SIM_RELATIONS; i++) {
        if (now.left[i]) {
            ask(",\"%s\"", name_of(&now.network.relations[i], name));
        }
    }
    ask("],\"configuration\":{");
    for (i = 0; i < SIM_RELATIONS; i++) {
        ask("%s\"%s\":{\"cellIndividualOffset\":%g}", i ? "," : "", name_of(&now.network.relations[i], name), now.network.relations[i].cio_db);
    }
    for (i = 0; i < SIM_CELLS; i++) {
        ask(",\"NRCellCU=%u\":{\"hysteresis\":%g}", i + 1, now.network.hysteresis_db[i]);
    }
    ask("}");
}

static int is_protected(unsigned relation)
{
    const sim_relation *one = &now.network.relations[relation];
    return now.left[relation] || one->from + 1 == PROTECTED_CELL || one->to + 1 == PROTECTED_CELL;
}

/* Relations at fault that may be changed are to get better. */
static void ask_wishes(open_decision *of)
{
    unsigned i, wishes = 0;
    char name[40];
    of->count = 0;
    ask(",\"objectives\":[],\"constraints\":[");
    for (i = 0; i < SIM_RELATIONS; i++) {
        const sim_relation *one = &now.network.relations[i];
        int kind = worst_kind(one);
        double share = share_of(one, kind);
        if (share >= FAULT && !is_protected(i) && of->count < WATCHED_MAX) {
            name_of(one, name);
            ask("%s\"%s/%s / %s/%s <= %.4f\"", wishes++ ? "," : "", name, counters[kind], name, counters[SIM_ATTEMPTS], share);
            of->watched[of->count++] = i;
        }
    }
    ask("]");
}

static uint8_t *decide_handovers(rancog_cognitive *core, open_decision *of)
{
    unsigned i, period;
    int counter, is_first = 1;
    char name[40];
    uint8_t *result;
    ask_begin("MRO");
    ask_wishes(of);
    ask_settings();
    ask(",\"history\":{");
    for (i = 0; i < SIM_RELATIONS; i++) {
        const sim_relation *one = &now.network.relations[i];
        name_of(one, name);
        for (counter = 0; counter < SIM_COUNTERS; counter++, is_first = 0) {
            ask_series(name, counters[counter], is_first);
            for (period = 0; period < SIM_PERIODS; period++) {
                ask(period ? ",%u" : "%u", one->counts[counter][period]);
            }
            ask("]}");
        }
    }
    ask("}}");
    result = rancog_cognitive_decide(core, question_bytes(), question_length(), NULL, 0);
    text_or_exit(result);
    return result;
}

/* The operator's own model: how many users the offsets would move. It believes that a dB moves fewer than it does. */
static int32_t what_if(const uint8_t *question, size_t length, double *values, size_t n, void *user_data)
{
    char *text = malloc(length + 1), name[100];
    sim_network *changed = malloc(sizeof *changed);
    double measured[SIM_CELLS], moved[SIM_CELLS];
    json_value action, metric;
    unsigned i, cell;
    size_t place = 0;
    (void)user_data;
    promised(text && changed, "there is memory for the model");
    memcpy(text, question, length);
    text[length] = 0;
    *changed = now.network;
    for (i = 0; i < SIM_RELATIONS; i++) {
        changed->relations[i].cio_db = 0; /* what is measured has the present offsets in it */
    }
    for (action = json_first(json_field(text, "actions")); action; action = json_next(action)) {
        unsigned relation = relation_of(json_text(json_field(action, "managedObject"), name, sizeof name));
        changed->relations[relation].cio_db = json_number(json_field(action, "after")) - now.network.relations[relation].cio_db;
    }
    for (cell = 0; cell < SIM_CELLS; cell++) {
        measured[cell] = mean_prb(cell);
    }
    sim_move_users(changed, MODEL_USERS_PER_DB, measured, moved);
    for (metric = json_first(json_field(text, "metrics")); metric && place < n; metric = json_next(metric), place++) {
        if (sscanf(json_text(metric, name, sizeof name), "NRCellDU=%u/RRU.PrbTotDl", &cell) == 1 && cell >= 1 && cell <= SIM_CELLS) {
            values[place] = moved[cell - 1];
        }
    }
    free(changed);
    free(text);
    return 0;
}

static uint8_t *decide_load(rancog_cognitive *core, open_decision *of)
{
    unsigned cell, period;
    char name[40];
    uint8_t *result;
    of->cell = 1;
    for (cell = 1; cell <= SIM_CELLS; cell++) {
        of->cell = mean_prb(cell - 1) > mean_prb(of->cell - 1) ? cell : of->cell;
    }
    if (mean_prb(of->cell - 1) < FULL_PERCENT) {
        return NULL;
    }
    ask_begin("MLB");
    ask(",\"objectives\":[\"minimize NRCellDU=%u/RRU.PrbTotDl\"],\"constraints\":[\"NRCellDU=%u/RRU.PrbTotDl <= %g\"]", of->cell, of->cell, FULL_PERCENT);
    ask_settings();
    ask(",\"history\":{");
    for (cell = 1; cell <= SIM_CELLS; cell++) {
        snprintf(name, sizeof name, "NRCellDU=%u", cell);
        ask_series(name, "RRU.PrbTotDl", cell == 1);
        for (period = 0; period < SIM_PERIODS; period++) {
            ask(period ? ",%.1f" : "%.1f", now.network.prb_percent[cell - 1][period]);
        }
        ask("]}");
    }
    ask("}}");
    result = rancog_cognitive_decide_with(core, question_bytes(), question_length(), NULL, 0, what_if, NULL);
    text_or_exit(result);
    return result;
}

/* ---- changes ---- */

/* Sets what a list of changes says; gives how many. */
static unsigned set(json_value changes)
{
    unsigned count = 0;
    char object[60], attribute[40];
    json_value change;
    for (change = json_first(changes); change; change = json_next(change), count++) {
        double value = json_number(json_field(change, "after"));
        unsigned cell = 0;
        json_text(json_field(change, "managedObject"), object, sizeof object);
        json_text(json_field(change, "attribute"), attribute, sizeof attribute);
        if (strcmp(attribute, "cellIndividualOffset") == 0) {
            now.network.relations[relation_of(object)].cio_db = value;
        } else {
            promised(strcmp(attribute, "hysteresis") == 0 && sscanf(object, "NRCellCU=%u", &cell) == 1 && cell >= 1 && cell <= SIM_CELLS, "only what is allowed is changed");
            now.network.hysteresis_db[cell - 1] = value;
        }
    }
    return count;
}

static int is_of_protected_cell(json_value changes)
{
    unsigned from, to;
    char object[60];
    json_value change;
    for (change = json_first(changes); change; change = json_next(change)) {
        json_text(json_field(change, "managedObject"), object, sizeof object);
        if ((sscanf(object, "NRCellRelation=%u-%u", &from, &to) == 2 && (from == PROTECTED_CELL || to == PROTECTED_CELL))
            || (sscanf(object, "NRCellCU=%u", &from) == 1 && from == PROTECTED_CELL)) {
            return 1;
        }
    }
    return 0;
}

/* Relations that are changed are watched too. */
static void watch(open_decision *of, json_value changes)
{
    char object[60];
    json_value change;
    for (change = json_first(changes); change; change = json_next(change)) {
        unsigned relation, i = 0;
        if (strncmp(json_text(json_field(change, "managedObject"), object, sizeof object), "NRCellRelation=", 15) != 0) {
            continue;
        }
        relation = relation_of(object);
        while (i < of->count && of->watched[i] != relation) {
            i++;
        }
        if (i == of->count && i < WATCHED_MAX) {
            of->watched[of->count++] = relation;
        }
    }
}

/* ---- telling ---- */

/* Writes words of a sentence, a new line where it gets too long. */
static unsigned tell(const char *text, unsigned column)
{
    while (*text) {
        size_t length = strcspn(text, " ");
        if (column > INDENT && column + length + 1 > LINE) {
            printf("\n      ");
            column = INDENT;
        }
        printf("%s%.*s", column > INDENT ? " " : "", (int)length, text);
        column += (unsigned)length + 1;
        text += length + strspn(text + length, " ");
    }
    return column;
}

/* What is expected of metrics is told with the outcome, and in a sentence when all is to be told. */
static void tell_decision(json_value decision, int all)
{
    char text[600], when[20], type[16], field[16];
    unsigned column = INDENT;
    json_value sentence;
    kpi_time(json_whole(json_field(decision, "time_ns")), when);
    printf("\n  %s  decision %.0f, %s: %s\n      ", when, json_number(json_field(decision, "decision_id")), json_text(json_field(decision, "problem_type"), type, sizeof type),
           json_text(json_field(decision, "reason"), text, sizeof text));
    for (sentence = json_first(json_field(decision, "explanation")); sentence; sentence = json_next(sentence)) {
        json_text(json_first(json_field(sentence, "fields")), field, sizeof field);
        if (all || strncmp(field, "/expected/", 10) != 0) {
            column = tell(json_text(json_field(sentence, "text"), text, sizeof text), column);
        }
    }
    printf("\n");
}

/* A change that a guard took out is told once. */
static int has_new_veto(json_value decision)
{
    unsigned bit = 1, news = 0;
    char object[60];
    json_value guard, change;
    for (guard = json_first(json_field(decision, "guards")); guard; guard = json_next(guard), bit *= 2) {
        for (change = json_first(json_field(guard, "vetoed")); change; change = json_next(change)) {
            unsigned relation = relation_of(json_text(json_field(change, "managedObject"), object, sizeof object));
            news |= bit & ~now.told[relation];
            now.told[relation] |= bit;
        }
    }
    return news != 0;
}

/* Whether what is done is what a similar case of the memory proposed. */
static int is_known_from_memory(json_value decision)
{
    json_value actions = json_field(decision, "actions"), one;
    char source[16];
    size_t length = (size_t)(json_end(actions) - actions);
    for (one = json_first(json_field(decision, "alternatives")); one; one = json_next(one)) {
        json_value proposed = json_field(one, "actions");
        if (strcmp(json_text(json_field(one, "source"), source, sizeof source), "memory") == 0 && strncmp(proposed, actions, length) == 0) {
            return 1;
        }
    }
    return 0;
}

static void tell_metric(json_value decision, const char *metric, const char *title, double before, double came, double unit)
{
    json_value expected = json_field(json_field(decision, "expected"), metric);
    printf("      %-44s%8.1f %% before, %5.1f %% (%.1f .. %.1f) expected, %5.1f %% came\n", title, unit * before, unit * json_number(json_field(expected, "p50")),
           unit * json_number(json_field(expected, "p10")), unit * json_number(json_field(expected, "p90")), unit * came);
}

/* Shares of handovers, or how full a cell is: as it was, as it was to be, as it came. */
static void tell_outcome(const open_decision *of, json_value reply)
{
    json_value decision = (json_value)of->result + 4;
    char verdict[16], when[20], metric[140], title[70], name[40], reason[800];
    unsigned i, prb = 0;
    kpi_time(end_of_hour(now.hour), when);
    printf("\n  %s  decision %.0f %s\n      ", when, json_number(json_field(reply, "decision_id")), json_text(json_field(reply, "verdict"), verdict, sizeof verdict));
    tell(json_text(json_field(reply, "reason"), reason, sizeof reason), INDENT);
    printf("\n");
    for (i = 0; i < of->count; i++) {
        const sim_relation *one = &now.network.relations[of->watched[i]], *before = &of->before.relations[of->watched[i]];
        int kind = worst_kind(before);
        name_of(one, name);
        snprintf(metric, sizeof metric, "%s/%s / %s/%s", name, counters[kind], name, counters[SIM_ATTEMPTS]);
        snprintf(title, sizeof title, "%s %s", name, kinds[kind]);
        if (json_field(json_field(decision, "expected"), metric)) {
            tell_metric(decision, metric, title, share_of(before, kind), share_of(one, kind), 100);
        }
    }
    if (of->cell) {
        double sum = 0;
        for (prb = 0; prb < SIM_PERIODS; prb++) {
            sum += of->before.prb_percent[of->cell - 1][prb] / SIM_PERIODS;
        }
        snprintf(metric, sizeof metric, "NRCellDU=%u/RRU.PrbTotDl", of->cell);
        tell_metric(decision, metric, metric, sum, mean_prb(of->cell - 1), 1);
    }
}

/* ---- outcomes ---- */

static uint8_t *report_outcome(rancog_cognitive *core, const open_decision *of)
{
    unsigned i, count = 0;
    int counter;
    char name[40];
    uint8_t *reply;
    question_begin();
    ask("{\"decision_id\":%llu,\"time_ns\":%llu,\"observed\":{", (unsigned long long)json_whole(json_field((json_value)of->result + 4, "decision_id")),
        (unsigned long long)end_of_hour(now.hour));
    for (i = 0; i < of->count && !of->cell; i++) {
        const sim_relation *one = &now.network.relations[of->watched[i]];
        name_of(one, name);
        for (counter = 0; counter < SIM_COUNTERS; counter++) {
            ask("%s\"%s/%s\":%u", count++ ? "," : "", name, counters[counter], sim_sum(one, counter));
        }
    }
    if (of->cell) {
        ask("\"NRCellDU=%u/RRU.PrbTotDl\":%.2f", of->cell, mean_prb(of->cell - 1));
    }
    ask("}}");
    reply = rancog_cognitive_report_outcome(core, question_bytes(), question_length());
    text_or_exit(reply);
    return reply;
}

/* Sets what was set before the decision, and checks that it is. */
static void roll_back(rancog_cognitive *core, const open_decision *of, json_value reply)
{
    json_value restore = json_field(reply, "restore"), change;
    uint8_t *again = rancog_cognitive_rollback(core, json_whole(json_field(reply, "decision_id")));
    json_value same = json_field(text_or_exit(again), "restore");
    size_t length = (size_t)(json_end(restore) - restore);
    char object[60];
    int kind;
    unsigned count = set(restore);
    promised(strncmp(restore, same, length) == 0, "the rollback is that of the verdict");
    for (change = json_first(restore); change; change = json_next(change)) {
        unsigned relation = relation_of(json_text(json_field(change, "managedObject"), object, sizeof object));
        promised(now.network.relations[relation].cio_db == of->before.relations[relation].cio_db, "the old values are set again, exactly");
        kind = worst_kind(&of->before.relations[relation]);
        now.left[relation] = share_of(&now.network.relations[relation], kind) > share_of(&of->before.relations[relation], kind);
        printf("      cellIndividualOffset of %s is %g dB again%s\n", object, now.network.relations[relation].cio_db,
               now.left[relation] ? "; it is protected until an engineer has looked at it" : "");
    }
    promised(count > 0, "there is something to take back");
    now.rolled_back++;
    rancog_buffer_free(again);
}

static void close_decision(rancog_cognitive *core, open_decision *of)
{
    uint8_t *reply;
    char verdict[16];
    if (!of->result) {
        return;
    }
    reply = report_outcome(core, of);
    promised(strcmp(json_text(json_field((json_value)reply + 4, "verdict"), verdict, sizeof verdict), "WATCHING") != 0, "the outcome is judged after the time of observation");
    if (json_first(json_field((json_value)of->result + 4, "actions"))) {
        tell_outcome(of, (json_value)reply + 4);
        keep_for_page((json_value)reply + 4);
    }
    if (strcmp(verdict, "ROLL_BACK") == 0) {
        roll_back(core, of, (json_value)reply + 4);
    }
    rancog_buffer_free(reply);
    rancog_buffer_free(of->result);
    of->result = NULL;
}

/* Does what was decided. A decision is watched where something was asked of the outcome. */
static void open_now(open_decision *of, uint8_t *result)
{
    json_value decision, actions;
    int acts, is_news;
    if (!result) {
        return;
    }
    decision = (json_value)result + 4;
    actions = json_field(decision, "actions");
    acts = json_first(actions) != NULL;
    promised(!is_of_protected_cell(actions), "the protected cell is not touched");
    is_news = has_new_veto(decision) || now.decisions == 0;
    if (acts || is_news) {
        tell_decision(decision, acts && now.made == 0);
        keep_for_page(decision);
    }
    if (acts && is_known_from_memory(decision)) {
        printf("      The memory proposed the same, from what helped then.\n");
    }
    now.decisions++;
    of->before = now.network;
    of->result = result;
    now.made += acts;
    set(actions);
    watch(of, actions);
    if (!acts && !json_first(json_field(decision, "targets"))) {
        rancog_buffer_free(result);
        of->result = NULL;
    }
}

/* ---- both networks side by side ---- */

typedef struct {
    double problems, attempts, faults;
    double fullest; /* sum over hours of the PRB use of the fullest cell */
    double touched_problems, touched_attempts; /* of relations that an event was about */
} tally;

static int is_touched(const sim_relation *one)
{
    size_t i;
    for (i = 0; i < EVENTS; i++) {
        if (events[i].from == one->from + 1 && events[i].to == one->to + 1) {
            return 1;
        }
    }
    return 0;
}

static void add(tally *sum, const sim_network *network)
{
    unsigned i, period;
    int kind;
    double fullest = 0;
    for (i = 0; i < SIM_RELATIONS; i++) {
        double problems = 0, attempts = sim_sum(&network->relations[i], SIM_ATTEMPTS);
        for (kind = SIM_TOO_LATE; kind < SIM_COUNTERS; kind++) {
            problems += sim_sum(&network->relations[i], kind);
        }
        sum->problems += problems;
        sum->attempts += attempts;
        sum->faults += problems >= FAULT * attempts;
        if (is_touched(&network->relations[i])) {
            sum->touched_problems += problems;
            sum->touched_attempts += attempts;
        }
    }
    for (i = 0; i < SIM_CELLS; i++) {
        double mean = 0;
        for (period = 0; period < SIM_PERIODS; period++) {
            mean += network->prb_percent[i][period] / SIM_PERIODS;
        }
        fullest = fmax(fullest, mean);
    }
    sum->fullest += fullest;
}

static void show_both(const tally *with, const tally *without)
{
    unsigned block;
    char from[20], to[20];
    double spared = 0, all = 0;
    printf("\nPROBLEMS OF HANDOVERS          all relations            where something happened   relations at 5 %% and more   fullest cell, PRB use\n");
    printf("                               with core   without      with core   without        with core   without         with core   without\n");
    for (block = 0; block < BLOCKS; block++) {
        const tally *a = &with[block], *b = &without[block];
        kpi_time(end_of_hour(block * BLOCK) - SIM_HOUR_NS, from);
        kpi_time(end_of_hour(block * BLOCK + BLOCK - 1), to);
        printf("  %s .. %s %11.2f %%%8.2f %%%13.1f %%%8.1f %%%17.1f%10.1f%18.0f %%%8.0f %%\n", from, to + 11, 100 * a->problems / a->attempts, 100 * b->problems / b->attempts,
               100 * a->touched_problems / a->touched_attempts, 100 * b->touched_problems / b->touched_attempts, a->faults / BLOCK, b->faults / BLOCK, a->fullest / BLOCK, b->fullest / BLOCK);
        spared += b->touched_problems - a->touched_problems;
        all += b->touched_problems;
    }
    printf("  spared where something happened: %.0f of %.0f problems in two days\n", spared, all);
    promised(spared > 0, "there are fewer problems with the core than without");
}

void run_hours(rancog_cognitive *core)
{
    static sim_network untouched;
    static tally with[BLOCKS], without[BLOCKS];
    double loads[SIM_CELLS];
    size_t i;
    char when[20];
    find_loads(loads);
    sim_make(&now.network, 7, loads);
    untouched = now.network;
    printf("\nTWO DAYS OF %d CELLS, each with relations to its %d nearest neighbours; AUTONOMOUS, an hour between a decision and its outcome\n", SIM_CELLS, SIM_NEIGHBOURS);
    for (now.hour = 0; now.hour < HOURS; now.hour++) {
        for (i = 0; i < EVENTS; i++) {
            if (events[i].hour == now.hour) {
                happen(&now.network, &events[i]);
                happen(&untouched, &events[i]);
                if (events[i].told) {
                    kpi_time(end_of_hour(now.hour) - SIM_HOUR_NS, when);
                    printf("\n  %s  -- %s\n", when, events[i].told);
                }
            }
        }
        sim_hour(&now.network, now.hour);
        sim_hour(&untouched, now.hour);
        add(&with[now.hour / BLOCK], &now.network);
        add(&without[now.hour / BLOCK], &untouched);
        close_decision(core, &now.handovers);
        close_decision(core, &now.load);
        open_now(&now.handovers, decide_handovers(core, &now.handovers));
        open_now(&now.load, decide_load(core, &now.load));
    }
    rancog_buffer_free(now.handovers.result);
    rancog_buffer_free(now.load.result);
    show_both(with, without);
}

static void show_counts(json_value state, const char *field, const char *const *names, size_t count)
{
    size_t i;
    unsigned shown = 0;
    json_value counts = json_field(state, field);
    printf("  %-22s", field);
    for (i = 0; i < count; i++) {
        if (json_number(json_field(counts, names[i])) > 0) {
            printf("%s%.0f %s", shown++ ? ", " : "", json_number(json_field(counts, names[i])), names[i]);
        }
    }
    printf("%s\n", shown ? "" : "none");
}

uint8_t *show_state(rancog_cognitive *core)
{
    static const char *const decisions[] = {"TOTAL", "AUTONOMOUS", "SHADOW", "WITH_ACTIONS", "WITHOUT_ACTIONS", "EXECUTED", "KEPT", "ROLLED_BACK", "OPEN"};
    static const char *const guards[] = {"PROTECTED_CELL", "PACING", "AT_BOUND", "MAX_CHANGE", "INSUFFICIENT_SAMPLES", "CONFLICT", "CONSTRAINT", "LOW_CONFIDENCE", "NOT_ALLOWED"};
    uint8_t *result = rancog_cognitive_get_state(core);
    json_value state = text_or_exit(result), calibration = json_field(state, "calibration");
    printf("\nWHAT THE CORE KNOWS OF ITSELF\n");
    show_counts(state, "decisions", decisions, sizeof decisions / sizeof *decisions);
    show_counts(state, "vetoes", guards, sizeof guards / sizeof *guards);
    printf("  %-22sexpected error %.3f, Brier %.3f, over %.0f outcomes; few, so these are rough\n", "calibration", json_number(json_field(calibration, "ece")),
           json_number(json_field(calibration, "brier")), json_number(json_field(calibration, "count")));
    printf("  %-22s%.2f: errors of what it expected, against \"as it is now\" (1 = none, 0 = no better)\n", "consciousness_level", json_number(json_field(state, "consciousness_level")));
    printf("  %-22s%.0f %% of what came lay within p10 .. p90 (80 %% should)\n", "coverage", 100 * json_number(json_field(state, "coverage")));
    printf("  %-22s%+.2f: chance of the targets without the changes, less how often they held (below 0: acting was better)\n", "regret", json_number(json_field(state, "regret")));
    printf("  %-22s%.0f episodes, %.0f numbers of history\n", "kept", json_number(json_field(state, "episodes")), json_number(json_field(state, "history_samples")));
    return result;
}
