/* What the parts of the two simulated days share: the network as it is operated, and what is open in it. */
#ifndef DECISION_HOURS_H
#define DECISION_HOURS_H

#include "json_pick.h"
#include "rancognition.h"
#include "sim_network.h"

#define FAULT 0.05                /* share of handovers from which the library speaks of a fault */
#define PROTECTED_CELL 1u         /* from 1 */
#define WATCHED_MAX 32u

/* A decision whose outcome is not known yet. */
typedef struct {
    uint8_t *result;              /* NULL: there is none */
    unsigned watched[WATCHED_MAX], count; /* relations whose counters are reported */
    unsigned cell;                /* whose load is reported, from 1; 0 = none */
    sim_network before;           /* as it was set */
} open_decision;

typedef struct {
    sim_network network;
    unsigned hour;                /* that passed last */
    unsigned char left[SIM_RELATIONS]; /* to an engineer, after a change was taken back */
    unsigned told[SIM_RELATIONS]; /* bits of the guards whose vetoes have been told */
    open_decision handovers, load;
    unsigned decisions, made;     /* all, and those with changes */
} operation;

extern operation now;

extern const char *const counters[SIM_COUNTERS]; /* their names */

uint64_t end_of_hour(unsigned hour);

/* "NRCellRelation=1-2" */
const char *name_of(const sim_relation *one, char name[40]);

/* Whether a name is that of a relation. */
int is_relation(const char *name);

/* Number of a relation by its name; ends the program when there is none. */
unsigned relation_of(const char *name);

/* By its cell, or since it was left to an engineer. */
int is_protected(unsigned relation);

/* Of the handovers of the last hour. */
double share_of(const sim_relation *one, int kind);

/* Kind of problem with the largest share. */
int worst_kind(const sim_relation *one);

/* PRB use of a cell (from 0) in the last hour, percent. */
double mean_prb(const sim_network *network, unsigned cell);

/* ---- decision_ask.c ---- */

/* What to do about the newest counters of all relations; notes in `of` what will be reported. */
uint8_t *decide_handovers(rancog_cognitive *core, open_decision *of);

/* What to do about a full cell; NULL when none is full. */
uint8_t *decide_load(rancog_cognitive *core, open_decision *of);

/* Tells what was observed in the hour since. */
uint8_t *report_outcome(rancog_cognitive *core, const open_decision *of);

/* ---- decision_tell.c ---- */

/* Prints what was decided, and why; the first one with changes with all sentences. A decision without changes is told when a
 * guard has taken out what it did not before. */
void tell_decision(json_value decision);

void tell_outcome(const open_decision *of, json_value reply);

/* ---- decision_sums.c ---- */

/* Sums over some hours. */
typedef struct {
    double problems, attempts, faults;
    double touched_problems, touched_attempts; /* of relations that something happened at */
    double fullest; /* PRB use of the fullest cell */
} tally;

/* Adds the last hour; is_touched has a mark for each relation. */
void add_hour(tally *sum, const sim_network *network, const unsigned char *is_touched);

/* Prints both side by side, a row for each so many hours. */
void show_both(const tally *with, const tally *without, unsigned rows, unsigned hours);

#endif
