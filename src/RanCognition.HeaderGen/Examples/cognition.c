#include <stdio.h>
#include <rancognition.h>

static int32_t model(const uint8_t *question, size_t length, double *values, size_t n, void *user)
{
    (void)question, (void)length, (void)user;
    for (size_t i = 0; i < n; i++)
        values[i] = 1;
    return 0;
}

int main(void)
{
    rancog_cognitive *core = rancog_cognitive_create(NULL, 0, NULL);
    uint8_t *a = rancog_cognitive_decide(core, NULL, 0, NULL, 0);
    uint8_t *b = rancog_cognitive_decide_with(core, NULL, 0, NULL, 0, model, NULL);
    uint8_t *c = rancog_cognitive_report_outcome(core, NULL, 0);
    uint8_t *d = rancog_cognitive_rollback(core, 1);
    uint8_t *e = rancog_cognitive_get_state(core);
    uint8_t *f = rancog_cognitive_ingest(core, NULL, 0);
    uint8_t *g = rancog_cognitive_replay(NULL, 0, NULL);
    printf("%d\n", a && b && c && d && e && f && g);
    rancog_cognitive_destroy(core);
    return 0;
}
// Prints: 1
