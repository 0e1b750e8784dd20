#include <stdio.h>
#include <string.h>
#include "rancognition.h"

// What the host evaluates: a cell's tilt, its offset to a neighbour, a second carrier.
#define KNOBS                                                                              \
    "{\"variables\":["                                                                     \
    "{\"name\":\"tilt\",\"type\":\"real\",\"lower\":2,\"upper\":10,\"step\":0.5,"          \
    "\"initial\":6},"                                                                      \
    "{\"name\":\"offset\",\"type\":\"ordered\",\"values\":[-6,-3,0,3,6],\"initial\":0},"   \
    "{\"name\":\"carrier\",\"type\":\"binary\",\"initial\":0}],"                           \
    "\"objectives\":[{\"name\":\"cost\",\"sense\":\"min\"}],"                              \
    "\"constraints\":[{\"name\":\"load\"}],\"budget\":{\"evaluations\":200},\"seed\":1}"
// What the library evaluates: three sectors, 60 users.
#define SITE                                                                               \
    "{\"layout\":{\"type\":\"hexagonal\",\"sites\":1,\"inter_site_distance_m\":500},"      \
    "\"propagation\":{\"model\":\"UMa\",\"frequency_ghz\":2,\"seed\":1},"                  \
    "\"users\":{\"count\":60,\"seed\":2},\"traffic_mbps\":60}"
#define JSON(text) (const uint8_t *)(text), sizeof(text) - 1

// A simulator, a digital twin, or the network itself. Gives 0: it went well.
static int32_t site(const double *x, size_t n, double *objectives, size_t n_objectives,
    double *constraints, size_t n_constraints, void *calls)
{
    const double off_tilt = x[0] - 4.5, offset = x[1], carrier = x[2];
    (void)n, (void)n_objectives, (void)n_constraints;
    objectives[0] = 3 * off_tilt * off_tilt + 2 * offset * offset + 120 * carrier; // cost
    constraints[0] = 0.78 + 0.02 * off_tilt * off_tilt + 0.03 * offset - 0.3 * carrier
        - 0.7; // the load is at most 70 %
    ++*(int *)calls;
    return 0;
}

// Prints a piece of a result, or what went wrong, and frees it.
static void show(const char *name, uint8_t *result, const char *from)
{
    const char *json = result != NULL ? (const char *)result + 4 : "no memory";
    const char *piece = rancog_last_status() == RANCOG_OK ? strstr(json, from) : NULL;
    printf("%-8s %.50s\n", name, piece != NULL ? piece : json);
    rancog_buffer_free(result);
}

int main(void)
{
    int evaluated = 0;
    rancog_optimization *self = rancog_optimization_create(NULL, 0, NULL);
    show("best", rancog_optimization_optimize_with(self, JSON(KNOBS), site, &evaluated),
        "\"x\"");
    printf("%-8s %d\n", "calls", evaluated);

    // The same, where the host cannot be called: it asks for points and tells what they gave.
    double x[8 * 3], objectives[8], constraints[8];
    size_t rows = 0;
    int32_t status = rancog_optimization_begin(self, JSON(KNOBS));
    while (status == RANCOG_OK &&
           (status = rancog_optimization_ask(self, x, 8, &rows)) == RANCOG_OK && rows > 0) {
        for (size_t i = 0; i < rows; i++)
            site(x + 3 * i, 3, objectives + i, 1, constraints + i, 1, &evaluated);
        status = rancog_optimization_tell(self, x, objectives, constraints, rows);
    }
    show("told", rancog_optimization_result(self), "\"stopped\"");

    show("network", rancog_optimization_evaluate_network(self, JSON(SITE)), "\"feasible\"");
    show("tilts", rancog_optimization_optimize(self, JSON("{\"problem_type\":\"CCO\","
        "\"network\":" SITE ",\"budget\":{\"evaluations\":200}}")), "\"digitalTilt\"");
    rancog_optimization_destroy(self);
    return status != RANCOG_OK;
}
// Prints:
// best     "x":[4.5,-3,0],...
// calls    170
// told     "stopped":"exact",...
// network  "feasible":true,"critical_scale":8.01...
// tilts    "digitalTilt","before":120,"after":62}...
