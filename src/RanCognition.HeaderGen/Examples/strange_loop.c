#include <math.h>
#include <stdio.h>
#include <string.h>
#include "rancognition.h"
#define JSON(text) (const uint8_t *)(text), sizeof(text) - 1
// F(x) = x: two cells that disturb each other; the more one sends, the longer the other must.
#define CELLS "{\"map\":{\"type\":\"expression\",\"variables\":[\"a\",\"b\"],"              \
    "\"expressions\":[\"0.2 + 0.3 * b\",\"0.1 + 0.4 * a ^ 2\"]}}"
// Before an action: what a loop expects, with an interval. After it: what happened.
#define BEFORE "{\"loop_id\":\"tilt\",\"time_ns\":1000,\"predict\":{\"prb\":{\"mean\":40,"  \
    "\"lower\":35,\"upper\":45,\"coverage\":0.9}}}"
#define AFTER "{\"loop_id\":\"tilt\",\"time_ns\":2000,\"observed\":{\"prb\":52},"            \
    "\"predict\":{\"prb\":{\"mean\":40,\"lower\":35,\"upper\":45,\"coverage\":0.9}}}"
// Load balancing and mobility robustness set one offset; each answers the other's changes.
#define COMMAND(who, value, time) "{\"source\":\"" who "\",\"command\":\"set\","             \
    "\"targetParameter\":\"CIO\",\"targetValue\":" value ",\"targetCell\":\"A\","           \
    "\"timestamp\":" time ",\"controlTimespan\":60}"
#define FIGHT "{\"commands\":[" COMMAND("MLB", "3", "0") "," COMMAND("MRO", "-2", "30")     \
    "],\"loops\":{\"names\":[\"MLB\",\"MRO\"],\"gain\":[[0,-1.5],[1,0]]}}"
static int32_t cosine(const double *x, size_t n, double *fx, void *user_data)
{
    (void)user_data;
    for (size_t i = 0; i < n; i++)
        fx[i] = cos(x[i]);
    return 0; // another number: cannot be evaluated there
}
static void show(const char *name, uint8_t *result, const char *from, int length)
{
    const char *json = result != NULL ? (const char *)result + 4 : "no memory";
    const char *piece = rancog_last_status() == RANCOG_OK ? strstr(json, from) : NULL;
    printf("%-10s %.*s\n", name, length, piece != NULL ? piece : json);
    rancog_buffer_free(result);
}
int main(void)
{
    rancog_strange_loop *self = rancog_strange_loop_create(NULL, 0, NULL);
    show("cells", rancog_strange_loop_solve(self, JSON(CELLS)), "\"x\"", 10);
    show("x = cos x", rancog_strange_loop_solve_with(self, JSON("{\"x0\":[1]}"), cosine, NULL),
        "\"x\"", 13);
    show("expected", rancog_strange_loop_observe(self, JSON(BEFORE)), "\"lower\"", 21);
    show("corrected", rancog_strange_loop_observe(self, JSON(AFTER)), "\"mean\"", 11);
    show("fight", rancog_strange_loop_detect_conflicts(self, JSON(FIGHT)), "\"direct\"", 32);
    show("advice", rancog_strange_loop_detect_conflicts(self, JSON(FIGHT)), "\"kind\"", 31);
    uint8_t *state = rancog_strange_loop_get_state(self);
    rancog_strange_loop *again = rancog_strange_loop_create(NULL, 0, NULL);
    size_t length = state != NULL ? strlen((const char *)state + 4) : 0;
    int32_t status = rancog_strange_loop_restore(again, length > 0 ? state + 4 : NULL, length);
    show("restored", rancog_strange_loop_get_state(again), "\"loop_id\"", 16);
    rancog_buffer_free(state);
    rancog_strange_loop_destroy(again);
    rancog_strange_loop_destroy(self);
    return status != RANCOG_OK;
}
// Prints:
// cells      "x":[0.236...
// x = cos x  "x":[0.739085...
// expected   "lower":35,"upper":45
// corrected  "mean":45.3...
// fight      "direct","sources":["MLB","MRO"]
// advice     "kind":"damping","damping":0.40...
// restored   "loop_id":"tilt"
