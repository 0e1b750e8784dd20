/* A cell's load depends on the interference of the others, and so on their loads: the loads of a network are a fixed point. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "answer.h"
#include "json_pick.h"
#include "loop_watch.h"
#include "plan_network.h"
#include "question.h"

#define BUSY_MBPS 650.0 /* of all users together, as tilt_plan has it */
#define TILT_DEG 6.0
#define NEAR 0.01       /* how close to the limit it is asked */
#define ROUNDING 1e-9   /* allowance for loads that another core computed by other steps */

static uint8_t *solve(rancog_strange_loop *self, const plan_cell *cells, double traffic_mbps)
{
    uint8_t *result;
    question_begin();
    ask("{\"map\":{\"type\":\"load_coupling\",\"network\":");
    ask_network(cells, traffic_mbps);
    ask("}}");
    result = rancog_strange_loop_solve(self, question_bytes(), question_length());
    text_or_exit(result);
    return result;
}

static void show(const char *title, double traffic_mbps, json_value answer)
{
    char state[20], method[20], kind[20];
    double fullest = NAN;
    json_value load;
    for (load = json_first(json_field(answer, "x")); load; load = json_next(load)) {
        fullest = fmax(fullest, json_number(load));
    }
    printf("  %-26s%8.1f Mbit/s  %-10s", title, traffic_mbps, json_text(json_field(answer, "state"), state, sizeof state));
    if (isnan(fullest)) {
        printf("   no loads: slopes of radius %.4f where all loads are large\n", json_number(json_field(answer, "spectral_radius")));
        return;
    }
    printf("%10.3f   off by at most %.1e (%s)   radius %.4f   %2.0f steps, %s\n", fullest, json_number(json_field(answer, "error_bound")),
           json_text(json_field(answer, "error_bound_kind"), kind, sizeof kind), json_number(json_field(answer, "spectral_radius")), json_number(json_field(answer, "iterations")),
           json_text(json_field(answer, "method"), method, sizeof method));
}

static int is_state(json_value answer, const char *state)
{
    char found[20];
    return strcmp(json_text(json_field(answer, "state"), found, sizeof found), state) == 0;
}

/* The optimization core computes the same loads by itself. */
static void check_loads(json_value answer, const plan_cell *cells)
{
    rancog_optimization *other = rancog_optimization_create(NULL, 0, NULL);
    uint8_t *network;
    json_value load, same;
    double error = json_number(json_field(answer, "error_bound"));
    question_begin();
    ask_network(cells, BUSY_MBPS);
    network = rancog_optimization_evaluate_network(other, question_bytes(), question_length());
    same = json_first(json_field(text_or_exit(network), "loads"));
    for (load = json_first(json_field(answer, "x")); load && same; load = json_next(load), same = json_next(same)) {
        promised(fabs(json_number(load) - json_number(same)) <= error + ROUNDING * json_number(load), "the loads are those of the optimization core");
    }
    promised(!load && !same, "both cores speak of the same cells");
    rancog_buffer_free(network);
    rancog_optimization_destroy(other);
}

void watch_loads(rancog_strange_loop *self)
{
    plan_cell cells[PLAN_CELLS];
    uint8_t *busy, *below, *above;
    double limit;
    int i;
    for (i = 0; i < PLAN_CELLS; i++) {
        cells[i].tilt_deg = TILT_DEG;
        cells[i].cio_db = 0;
        cells[i].on = 1;
    }
    busy = solve(self, cells, BUSY_MBPS);
    limit = BUSY_MBPS * json_number(json_field((json_value)busy + 4, "critical_scale"));
    below = solve(self, cells, (1 - NEAR) * limit);
    above = solve(self, cells, (1 + NEAR) * limit);
    printf("\nLOADS OF %d CELLS           traffic         verdict   largest load\n", PLAN_CELLS);
    show("busy hour", BUSY_MBPS, (json_value)busy + 4);
    show("1 % below the limit", (1 - NEAR) * limit, (json_value)below + 4);
    show("1 % above the limit", (1 + NEAR) * limit, (json_value)above + 4);
    promised(is_state((json_value)busy + 4, "CONVERGED") && is_state((json_value)below + 4, "CONVERGED"), "there are loads below the limit");
    promised(is_state((json_value)above + 4, "INFEASIBLE"), "there are none above it");
    check_loads((json_value)busy + 4, cells);
    rancog_buffer_free(above);
    rancog_buffer_free(below);
    rancog_buffer_free(busy);
}
