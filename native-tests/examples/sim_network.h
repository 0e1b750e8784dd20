/* A simulated network that answers back: 57 cells, each with relations to its 6 nearest neighbours, counted every 5 minutes.
 * What is set (cellIndividualOffset of relations, hysteresis of cells) moves handovers to earlier or later, and users from cell
 * to cell. The same hours with the same settings give the same counts. */
#ifndef SIM_NETWORK_H
#define SIM_NETWORK_H

#include <stdint.h>

#define SIM_CELLS 57
#define SIM_NEIGHBOURS 6
#define SIM_RELATIONS (SIM_CELLS * SIM_NEIGHBOURS)
#define SIM_PERIODS 12         /* of an hour */
#define SIM_PERIOD_NS 300000000000u
#define SIM_HOUR_NS 3600000000000u
#define SIM_HYSTERESIS_DB 2.0  /* of every cell at first */

enum { SIM_ATTEMPTS, SIM_TOO_LATE, SIM_TOO_EARLY, SIM_WRONG_CELL, SIM_PING_PONG, SIM_COUNTERS };

/* Handovers from one cell to another. */
typedef struct {
    unsigned from, to;          /* cells, from 0 */
    unsigned back;              /* the relation the other way */
    double cio_db;              /* cellIndividualOffset, as it is set */
    double best_db;             /* the offset that suits it; the sum of problems is smallest there */
    double late_share;          /* too late handovers at that offset, of all */
    double late_slope;          /* each dB earlier takes this out of their logarithm; below 0: adds to it */
    double attempts_per_hour;   /* at noon */
    unsigned counts[SIM_COUNTERS][SIM_PERIODS]; /* of the hour that was simulated last */
} sim_relation;

typedef struct {
    uint64_t seed;
    sim_relation relations[SIM_RELATIONS]; /* those of a cell follow each other */
    double hysteresis_db[SIM_CELLS];
    double load[SIM_CELLS];     /* part of the resources that the users of a cell want at noon */
    double prb_percent[SIM_CELLS][SIM_PERIODS]; /* RRU.PrbTotDl of the hour that was simulated last */
} sim_network;

/* A healthy network; loads are those of all cells at noon. */
void sim_make(sim_network *network, uint64_t seed, const double loads[SIM_CELLS]);

/* Simulates an hour, counted from midnight of the first day. */
void sim_hour(sim_network *network, unsigned hour);

/* Sum of a counter over the hour that was simulated last. */
unsigned sim_sum(const sim_relation *relation, int counter);

/* Users that handovers move from a cell: what it wants becomes what its neighbours want. A dB between the offsets of both
 * directions moves this share. */
void sim_move_users(const sim_network *network, double share_per_db, const double wanted[SIM_CELLS], double moved[SIM_CELLS]);

/* Number of a relation; SIM_RELATIONS when the cells are no neighbours. */
unsigned sim_relation_between(const sim_network *network, unsigned from, unsigned to);

#define SIM_USERS_PER_DB 0.02

#endif
