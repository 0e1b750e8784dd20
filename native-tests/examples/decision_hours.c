/* Two days of the simulated network, hour by hour. Each hour the core gets the newest counters and decides about handovers, and
 * about load where a cell is full; what it decides is made at once, and an hour later it hears what came of it. The same hours
 * pass in a second network in which nothing is done. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "decision_hours.h"
#include "decision_loop.h"
#include "kpi_csv.h"
#include "plan_network.h"
#include "question.h"

#define HOURS 48u
#define BLOCK 6u                  /* hours of a row of the last table */
#define BLOCKS (HOURS / BLOCK)
#define DAY_NS 1717372800000000000u /* 2024-06-03, a Monday */
#define NOON_MBPS 420.0           /* of all users together */
#define TILT_DEG 6.0
#define CROWD_LOAD 0.75

operation now;

const char *const counters[SIM_COUNTERS] = {"MM.HoExeInterReq", "HO.IntraSys.TooLate", "HO.IntraSys.TooEarly", "HO.IntraSys.ToWrongCell", "HO.IntraSys.PingPong"};

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

/* ---- the network as it is ---- */

uint64_t end_of_hour(unsigned hour)
{
    return DAY_NS + (hour + 1) * (uint64_t)SIM_HOUR_NS;
}

const char *name_of(const sim_relation *one, char name[40])
{
    snprintf(name, 40, "NRCellRelation=%u-%u", one->from + 1, one->to + 1);
    return name;
}

int is_relation(const char *name)
{
    return strncmp(name, "NRCellRelation=", 15) == 0;
}

unsigned relation_of(const char *name)
{
    unsigned from = 0, to = 0, number = SIM_RELATIONS;
    if (sscanf(name, "NRCellRelation=%u-%u", &from, &to) == 2 && from && to) {
        number = sim_relation_between(&now.network, from - 1, to - 1);
    }
    promised(number < SIM_RELATIONS, "changes are of relations of this network");
    return number;
}

int is_protected(unsigned relation)
{
    const sim_relation *one = &now.network.relations[relation];
    return now.left[relation] || one->from + 1 == PROTECTED_CELL || one->to + 1 == PROTECTED_CELL;
}

double share_of(const sim_relation *one, int kind)
{
    return sim_sum(one, kind) / (double)sim_sum(one, SIM_ATTEMPTS);
}

int worst_kind(const sim_relation *one)
{
    int kind, worst = SIM_TOO_LATE;
    for (kind = SIM_TOO_LATE; kind < SIM_COUNTERS; kind++) {
        worst = sim_sum(one, kind) > sim_sum(one, worst) ? kind : worst;
    }
    return worst;
}

double mean_prb(const sim_network *network, unsigned cell)
{
    double sum = 0;
    unsigned period;
    for (period = 0; period < SIM_PERIODS; period++) {
        sum += network->prb_percent[cell][period] / SIM_PERIODS;
    }
    return sum;
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
        if (!is_relation(json_text(json_field(change, "managedObject"), object, sizeof object))) {
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

/* ---- outcomes ---- */

/* Sets what was set before the decision, and checks that it is. */
static void roll_back(rancog_cognitive *core, const open_decision *of, json_value reply)
{
    json_value restore = json_field(reply, "restore"), change;
    uint8_t *again = rancog_cognitive_rollback(core, json_whole(json_field(reply, "decision_id")));
    json_value same = json_field(text_or_exit(again), "restore");
    size_t length = (size_t)(json_end(restore) - restore);
    char object[60];
    unsigned count = set(restore);
    promised(strncmp(restore, same, length) == 0, "the rollback is that of the verdict");
    promised(memcmp(now.network.hysteresis_db, of->before.hysteresis_db, sizeof now.network.hysteresis_db) == 0, "every hysteresis is as it was, exactly");
    for (change = json_first(restore); change; change = json_next(change)) {
        unsigned relation;
        int kind;
        if (!is_relation(json_text(json_field(change, "managedObject"), object, sizeof object))) {
            continue;
        }
        relation = relation_of(object);
        promised(now.network.relations[relation].cio_db == of->before.relations[relation].cio_db, "the old values are set again, exactly");
        kind = worst_kind(&of->before.relations[relation]);
        now.left[relation] = share_of(&now.network.relations[relation], kind) > share_of(&of->before.relations[relation], kind);
        printf("      cellIndividualOffset of %s is %g dB again%s\n", object, now.network.relations[relation].cio_db,
               now.left[relation] ? "; it is protected until an engineer has looked at it" : "");
    }
    promised(count > 0, "there is something to take back");
    keep_for_page((json_value)again + 4);
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
    int acts;
    if (!result) {
        return;
    }
    decision = (json_value)result + 4;
    actions = json_field(decision, "actions");
    acts = json_first(actions) != NULL;
    promised(!is_of_protected_cell(actions), "the protected cell is not touched");
    tell_decision(decision);
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

/* The page tells how what the core knows of itself has changed. */
static void keep_state(rancog_cognitive *core)
{
    uint8_t *state = rancog_cognitive_get_state(core);
    keep_for_page(text_or_exit(state));
    rancog_buffer_free(state);
}

/* What the two days were to show. */
static void check_end(void)
{
    size_t i;
    for (i = 0; i < EVENTS; i++) {
        const sim_relation *one;
        if (!events[i].to) {
            continue;
        }
        one = &now.network.relations[sim_relation_between(&now.network, events[i].from - 1, events[i].to - 1)];
        if (events[i].from == PROTECTED_CELL) {
            promised(one->cio_db == 0, "what is protected is as it was");
        } else if (events[i].what == BLOCKED) {
            promised(one->cio_db == 0 && is_protected((unsigned)(one - now.network.relations)), "what made it worse was taken back");
        } else {
            promised(share_of(one, worst_kind(one)) < FAULT, "what could be mended is mended");
        }
    }
}

void run_hours(rancog_cognitive *core)
{
    static sim_network untouched;
    static unsigned char touched[SIM_RELATIONS];
    static tally with[BLOCKS], without[BLOCKS];
    double loads[SIM_CELLS];
    size_t i;
    char when[20];
    find_loads(loads);
    sim_make(&now.network, 7, loads);
    untouched = now.network;
    for (i = 0; i < EVENTS; i++) {
        if (events[i].to) {
            touched[sim_relation_between(&untouched, events[i].from - 1, events[i].to - 1)] = 1;
        }
    }
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
        add_hour(&with[now.hour / BLOCK], &now.network, touched);
        add_hour(&without[now.hour / BLOCK], &untouched, touched);
        close_decision(core, &now.handovers);
        close_decision(core, &now.load);
        open_now(&now.handovers, decide_handovers(core, &now.handovers));
        open_now(&now.load, decide_load(core, &now.load));
        if ((now.hour + 1) % BLOCK == 0 && now.hour + 1 < HOURS) {
            keep_state(core);
        }
    }
    rancog_buffer_free(now.handovers.result);
    rancog_buffer_free(now.load.result);
    check_end();
    show_both(with, without, BLOCKS, BLOCK);
}
