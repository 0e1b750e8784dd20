/* The network of tilt_plan, as JSON: 19 sites of three sectors, and 1500 users of whom some stand together. */
#ifndef PLAN_NETWORK_H
#define PLAN_NETWORK_H

#define PLAN_SITES 19
#define PLAN_CELLS 57
#define PLAN_USERS 1500

/* What can be set in a cell. */
typedef struct {
    double tilt_deg; /* of the beam below the horizon */
    double cio_db;   /* cell individual offset */
    int on;
} plan_cell;

/* Appends the network as a JSON object to the question. The users are the same each time. */
void ask_network(const plan_cell *cells, double traffic_mbps);

#endif
