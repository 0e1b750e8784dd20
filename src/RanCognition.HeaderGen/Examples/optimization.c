#include <stdio.h>
#include <string.h>
#include "rancognition.h"
// What the host evaluates.
#define KNOBS                                                                              \
    "{\"variables\":[{\"name\":\"tilt\",\"type\":\"real\",\"lower\":2,\"upper\":10,"       \
    "\"step\":0.5},{\"name\":\"offset\",\"type\":\"ordered\",\"values\":[-6,-3,0,3,6]}],"  \
    "\"objectives\":[{\"name\":\"cost\",\"sense\":\"min\"}],"                              \
    "\"constraints\":[{\"name\":\"load\"}],\"budget\":{\"evaluations\":200},\"seed\":1}"
// What the library evaluates: three sectors.
#define SITE                                                                               \
    "{\"layout\":{\"sites\":1},\"users\":{\"count\":60},\"traffic_mbps\":60}"
#define JSON(text) (const uint8_t *)(text), sizeof(text) - 1
// A simulator, a digital twin, or the network itself. Gives 0: it went well.
static int32_t site(const double *x, size_t n, double *objectives, size_t n_objectives,
    double *constraints, size_t n_constraints, void *user_data)
{
    const double off = x[0] - 4.5;
    (void)n, (void)n_objectives, (void)n_constraints, (void)user_data;
    objectives[0] = 3 * off * off + 2 * x[1] * x[1];              // cost
    constraints[0] = 0.78 + 0.02 * off * off + 0.03 * x[1] - 0.7; // load, at most 70 %
    return 0;
}
// The same for many points at once.
static int32_t sites(const double *x, size_t rows, size_t n, double *objectives, size_t m,
    double *constraints, size_t k, void *user_data)
{
    for (size_t i = 0; i < rows; i++)
        site(x + i * n, n, objectives + i, m, constraints + i, k, user_data);
    return 0;
}
static void show(const char *name, uint8_t *result, const char *from)
{
    const char *json = result != NULL ? (const char *)result + 4 : "no memory";
    const char *piece = rancog_last_status() == RANCOG_OK ? strstr(json, from) : NULL;
    printf("%-8s %.50s\n", name, piece != NULL ? piece : json);
    rancog_buffer_free(result);
}
int main(void)
{
    rancog_optimization *self = rancog_optimization_create(NULL, 0, NULL);
    show("best", rancog_optimization_optimize_with(self, JSON(KNOBS), site, NULL), "\"x\"");
    show("many", rancog_optimization_optimize_with_batch(self, JSON(KNOBS), sites, NULL),
        "\"x\"");
    double x[8 * 2], f[8], g[8]; // or the host asks, and tells in its own time
    size_t rows = 0;
    int32_t status = rancog_optimization_begin(self, JSON(KNOBS));
    while (status == RANCOG_OK && !rancog_optimization_ask(self, x, 8, &rows) && rows > 0) {
        sites(x, rows, 2, f, 1, g, 1, NULL);
        status = rancog_optimization_tell(self, x, f, g, rows);
    }
    show("told", rancog_optimization_result(self), "\"stopped\"");
    show("network", rancog_optimization_evaluate_network(self, JSON(SITE)), "\"feasible\"");
    show("tilts", rancog_optimization_optimize(self, JSON("{\"problem_type\":\"CCO\","
        "\"network\":" SITE ",\"budget\":{\"evaluations\":200}}")), "\"digitalTilt\"");
    rancog_optimization_destroy(self);
    return status != RANCOG_OK;
}
// Prints:
// best     "x":[4.5,-3],...
// many     "x":[4.5,-3],...
// told     "stopped":"exact",...
// network  "feasible":true,"critical_scale":6...
// tilts    "digitalTilt","before":120,"after":...
