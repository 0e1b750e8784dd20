#include "sim_network.h"

#include <math.h>
#include <string.h>

#define SITE_DISTANCE 1.0
#define SITES_RADIUS 2
#define PI 3.14159265358979323846

/* Shares of handovers that go wrong at the best offset, and how strongly an offset changes them. */
#define LATE_SHARE 0.008
#define EARLY_SHARE 0.003
#define WRONG_SHARE 0.002
#define PING_PONG_SHARE 0.005
#define SLOPE_PER_DB 0.45
#define SHARE_MAX 0.2          /* of one kind */
#define BEST_SPREAD_DB 0.6     /* best offsets are evenly within +- this */
#define PRB_NOISE 3.0          /* points, +- */

/* ---- random numbers: each use has its own, so that what is done to one relation does not change the luck of another ---- */

/* The mixing step of SplitMix64 (Steele, Lea and Flood 2014). */
static uint64_t mixed(uint64_t z)
{
    z += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static double random_of(uint64_t seed, unsigned hour, unsigned object, unsigned use) /* in [0, 1) */
{
    return (double)(mixed(mixed(mixed(seed + hour) + object) + use) >> 11) / 9007199254740992.0;
}

/* How many of n happen, each with this probability, by inversion of one random number (BINV of Kachitvichyanukul and
 * Schmeiser 1988). */
static unsigned binomial(unsigned n, double probability, double random)
{
    double odds = probability / (1 - probability), chance = pow(1 - probability, n);
    unsigned count = 0;
    while (count < n && random >= chance) {
        random -= chance;
        chance *= odds * (n - count) / (count + 1);
        count++;
    }
    return count;
}

/* ---- where cells are ---- */

typedef struct {
    double x, y;
} place;

/* The cluster of 19 sites as the network model has it; the middle of a cell lies a third of the way to a neighbouring site. */
static void place_cells(place cells[SIM_CELLS])
{
    int q, r, sector;
    unsigned cell = 0;
    for (q = -SITES_RADIUS; q <= SITES_RADIUS; q++) {
        for (r = -SITES_RADIUS; r <= SITES_RADIUS; r++) {
            if (q + r < -SITES_RADIUS || q + r > SITES_RADIUS) {
                continue;
            }
            for (sector = 0; sector < 3; sector++, cell++) {
                double angle = (30 + 120 * sector) * PI / 180;
                cells[cell].x = SITE_DISTANCE * (q * cos(PI / 6) + cos(angle) / 3);
                cells[cell].y = SITE_DISTANCE * (q * sin(PI / 6) + r + sin(angle) / 3);
            }
        }
    }
}

/* Square of the distance on a plane that is tiled with the cluster: there is no edge. */
static double distance(place a, place b)
{
    static const int tiles[][2] = {{0, 0}, {3, 2}, {-2, 5}, {-5, 3}, {-3, -2}, {2, -5}, {5, -3}};
    double nearest = INFINITY;
    unsigned i;
    for (i = 0; i < sizeof tiles / sizeof *tiles; i++) {
        double x = b.x + SITE_DISTANCE * tiles[i][0] * cos(PI / 6) - a.x;
        double y = b.y + SITE_DISTANCE * (tiles[i][0] * sin(PI / 6) + tiles[i][1]) - a.y;
        nearest = fmin(nearest, x * x + y * y);
    }
    return nearest;
}

/* All relations from a cell. */
static void find_neighbours(const place cells[SIM_CELLS], unsigned from, sim_relation *relations)
{
    double near = 1.001 * SITE_DISTANCE * SITE_DISTANCE / 3; /* middles of cells are a lattice of their own */
    unsigned to, count = 0;
    for (to = 0; to < SIM_CELLS; to++) {
        if (to != from && count < SIM_NEIGHBOURS && distance(cells[from], cells[to]) < near) {
            relations[count].from = from;
            relations[count++].to = to;
        }
    }
}

unsigned sim_relation_between(const sim_network *network, unsigned from, unsigned to)
{
    unsigned i;
    for (i = 0; i < SIM_RELATIONS; i++) {
        if (network->relations[i].from == from && network->relations[i].to == to) {
            return i;
        }
    }
    return SIM_RELATIONS;
}

void sim_make(sim_network *network, uint64_t seed, const double loads[SIM_CELLS])
{
    place cells[SIM_CELLS];
    unsigned i;
    memset(network, 0, sizeof *network);
    network->seed = seed;
    place_cells(cells);
    for (i = 0; i < SIM_CELLS; i++) {
        network->load[i] = loads[i];
        network->hysteresis_db[i] = SIM_HYSTERESIS_DB;
        find_neighbours(cells, i, &network->relations[i * SIM_NEIGHBOURS]);
    }
    for (i = 0; i < SIM_RELATIONS; i++) {
        sim_relation *one = &network->relations[i];
        one->back = sim_relation_between(network, one->to, one->from);
        one->best_db = BEST_SPREAD_DB * (2 * random_of(seed, 0, i, 1) - 1);
        one->late_share = LATE_SHARE;
        one->late_slope = SLOPE_PER_DB;
        one->attempts_per_hour = 500 + floor(500 * random_of(seed, 0, i, 2));
    }
}

/* ---- an hour ---- */

/* Of what there is at noon: least in the night. */
static double part_of_noon(unsigned hour)
{
    return 0.75 + 0.25 * cos(2 * PI * ((double)hour - 13) / 24);
}

static double at_most(double share)
{
    return fmin(share, SHARE_MAX);
}

static void count_handovers(sim_network *network, unsigned number, unsigned hour)
{
    sim_relation *one = &network->relations[number];
    double earlier_db = one->cio_db - (network->hysteresis_db[one->from] - SIM_HYSTERESIS_DB) - one->best_db;
    double hasty = exp(SLOPE_PER_DB * earlier_db);
    double shares[SIM_COUNTERS] = {0, at_most(one->late_share * exp(-one->late_slope * earlier_db)), at_most(EARLY_SHARE * hasty), at_most(WRONG_SHARE * hasty),
                                   at_most(PING_PONG_SHARE * hasty)};
    unsigned period, use = 10;
    int kind;
    for (period = 0; period < SIM_PERIODS; period++) {
        unsigned left = (unsigned)(one->attempts_per_hour / SIM_PERIODS * part_of_noon(hour) * (0.8 + 0.4 * random_of(network->seed, hour, number, use++)) + 0.5);
        double rest = 1; /* probability of what is not dealt yet */
        one->counts[SIM_ATTEMPTS][period] = left;
        for (kind = SIM_TOO_LATE; kind < SIM_COUNTERS; kind++) {
            unsigned count = binomial(left, shares[kind] / rest, random_of(network->seed, hour, number, use++));
            one->counts[kind][period] = count;
            left -= count;
            rest -= shares[kind];
        }
    }
}

void sim_move_users(const sim_network *network, double share_per_db, const double wanted[SIM_CELLS], double moved[SIM_CELLS])
{
    unsigned i;
    memcpy(moved, wanted, SIM_CELLS * sizeof *moved);
    for (i = 0; i < SIM_RELATIONS; i++) {
        const sim_relation *one = &network->relations[i];
        double towards_db = one->cio_db - network->relations[one->back].cio_db;
        if (towards_db > 0) { /* each pair of cells once */
            double users = fmin(share_per_db * towards_db, 0.5 / SIM_NEIGHBOURS) * wanted[one->from];
            moved[one->from] -= users;
            moved[one->to] += users;
        }
    }
}

void sim_hour(sim_network *network, unsigned hour)
{
    double moved[SIM_CELLS];
    unsigned i, period;
    for (i = 0; i < SIM_RELATIONS; i++) {
        count_handovers(network, i, hour);
    }
    sim_move_users(network, SIM_USERS_PER_DB, network->load, moved);
    for (i = 0; i < SIM_CELLS; i++) {
        for (period = 0; period < SIM_PERIODS; period++) {
            double noise = PRB_NOISE * (2 * random_of(network->seed, hour, SIM_RELATIONS + i, period) - 1);
            network->prb_percent[i][period] = fmin(fmax(100 * moved[i] * part_of_noon(hour) + noise, 0), 100);
        }
    }
}

unsigned sim_sum(const sim_relation *relation, int counter)
{
    unsigned sum = 0, period;
    for (period = 0; period < SIM_PERIODS; period++) {
        sum += relation->counts[counter][period];
    }
    return sum;
}
