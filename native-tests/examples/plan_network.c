#include "plan_network.h"

#include <math.h>
#include <stdint.h>

#include "question.h"

#define SITE_DISTANCE_M 500.0
#define NEAREST_M 35.0 /* no user is nearer to a site (TR 38.901, UMa) */
#define INDOORS 0.8    /* share of the users */
#define POWER_DBM 46.0
#define PI 3.14159265358979323846

/* Places where users stand together, one after the other in the list of users. */
static const struct {
    double x, y, spread_m; /* metres; standard deviation of the distance in x and in y */
    unsigned users;
} crowds[] = {
    {190, 130, 45, 45},   /* a station square, between sites */
    {-420, 330, 60, 45},  /* an office park */
    {120, -560, 50, 45},  /* a market */
};
#define CROWDS (sizeof crowds / sizeof *crowds)

/* The generator SplitMix64 (Steele, Lea and Flood 2014). */
static double random_number(uint64_t *state) /* in [0, 1) */
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (double)((z ^ (z >> 31)) >> 11) / 9007199254740992.0;
}

/* The sites as the layout "hexagonal" has them, in another order: neighbours lie at 30, 90, .. degrees. */
static void site_at(unsigned number, double *x, double *y)
{
    int q, r;
    for (q = -2; q <= 2; q++) {
        for (r = -2; r <= 2; r++) {
            if (q + r >= -2 && q + r <= 2 && number-- == 0) {
                *x = SITE_DISTANCE_M * q * cos(PI / 6);
                *y = SITE_DISTANCE_M * (q * sin(PI / 6) + r);
                return;
            }
        }
    }
}

/* Uniform in the hexagon around a site, not too near to it. */
static void place_around_a_site(uint64_t *state, double *x, double *y)
{
    double centre_x = 0, centre_y = 0, side, far;
    site_at((unsigned)(random_number(state) * PLAN_SITES), &centre_x, &centre_y);
    do {
        *x = SITE_DISTANCE_M * (2 * random_number(state) - 1);
        *y = SITE_DISTANCE_M * (random_number(state) - 0.5);
        side = fabs(*x * cos(PI / 6)) + fabs(*y * sin(PI / 6)); /* towards the neighbours at 30, 150, .. degrees */
        far = side > fabs(*y) ? side : fabs(*y);
    } while (far > SITE_DISTANCE_M / 2 || hypot(*x, *y) < NEAREST_M);
    *x += centre_x;
    *y += centre_y;
}

/* Normal around the middle of a crowd, by the polar method (Marsaglia 1964). */
static void place_in_a_crowd(uint64_t *state, unsigned crowd, double *x, double *y)
{
    double u, v, s;
    do {
        u = 2 * random_number(state) - 1;
        v = 2 * random_number(state) - 1;
        s = u * u + v * v;
    } while (s >= 1 || s == 0);
    s = crowds[crowd].spread_m * sqrt(-2 * log(s) / s);
    *x = crowds[crowd].x + u * s;
    *y = crowds[crowd].y + v * s;
}

static void ask_users(void)
{
    uint64_t state = 2024;
    unsigned user, crowd = 0, left = crowds[0].users;
    ask("\"points\":[");
    for (user = 0; user < PLAN_USERS; user++) {
        double x, y;
        while (crowd < CROWDS && left == 0) {
            left = ++crowd < CROWDS ? crowds[crowd].users : 0;
        }
        if (crowd < CROWDS) {
            place_in_a_crowd(&state, crowd, &x, &y);
            left--;
        } else {
            place_around_a_site(&state, &x, &y);
        }
        ask("%s{\"x\":%.1f,\"y\":%.1f,\"indoor\":%s}", user ? "," : "", x, y, random_number(&state) < INDOORS ? "true" : "false");
    }
    ask("]");
}

void ask_network(const plan_cell *cells, double traffic_mbps)
{
    unsigned i;
    ask("{\"layout\":{\"type\":\"hexagonal\",\"sites\":%d,\"inter_site_distance_m\":%g,\"wraparound\":true},"
        "\"propagation\":{\"model\":\"UMa\",\"frequency_ghz\":2,\"seed\":1},\"antenna\":{\"model\":\"TR38901\",\"rows\":10},"
        "\"bandwidth_mhz\":20,\"traffic_mbps\":%g,\"cells\":[",
        PLAN_SITES, SITE_DISTANCE_M, traffic_mbps);
    for (i = 0; i < PLAN_CELLS; i++) {
        /* tilt_deg is counted from the zenith there */
        ask("%s{\"azimuth_deg\":%d,\"tilt_deg\":%.6g,\"power_dbm\":%g,\"cio_db\":%g,\"on\":%s}", i ? "," : "", 30 + 120 * (int)(i % 3), 90 + cells[i].tilt_deg,
            POWER_DBM, cells[i].cio_db, cells[i].on ? "true" : "false");
    }
    ask("],");
    ask_users();
    ask("}");
}
