/* A plug-in: the handler of the tasks {"Custom":"tilt"}. A task's data is the share of samples with a weak signal at the edge of a cell and of samples that overlap
 * with its neighbours, as text: "0.12 0.03". The reply is the change of the antenna's tilt in tenths of a degree: up for weak edges, down for overlap.
 *
 *     cc -shared -fPIC plugin_tilt.c -o plugin_tilt.so           (not linked with the library: it is given the two functions that it needs)
 *
 * The configuration is the largest step, as text: "20". plugin_host.c loads it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rancognition.h"

#define STEP_MAX_DEFAULT 10.0
#define TENTHS_PER_SHARE 100.0
#define ANSWER_BAD_DATA 1

struct tilt {
    double step_max;
    int32_t (*write_reply)(rancog_reply *reply, const uint8_t *bytes, size_t length);
};

/* Reads two numbers; 0 when there are not two. The data has no NUL at its end. */
static int read_shares(const uint8_t *data, size_t length, double *weak, double *overlap)
{
    char text[64];
    if (length == 0 || length >= sizeof text) {
        return 0;
    }
    memcpy(text, data, length);
    text[length] = 0;
    return sscanf(text, "%lf %lf", weak, overlap) == 2;
}

static int32_t propose(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t length, rancog_reply *reply, void *user_data)
{
    const struct tilt *tilt = user_data;
    double weak, overlap, step;
    char answer[64];
    (void)task_id, (void)payload;
    if (!read_shares(data, length, &weak, &overlap)) {
        static const char reason[] = "the data is not two numbers";
        tilt->write_reply(reply, (const uint8_t *)reason, sizeof reason - 1);
        return ANSWER_BAD_DATA;
    }
    step = TENTHS_PER_SHARE * (weak - overlap);
    step = step > tilt->step_max ? tilt->step_max : step < -tilt->step_max ? -tilt->step_max : step;
    snprintf(answer, sizeof answer, "{\"tilt_change_tenths\":%.1f}", step);
    return tilt->write_reply(reply, (const uint8_t *)answer, strlen(answer));
}

int32_t rancog_plugin_init(rancog_plugin *plugin)
{
    static const char name[] = "tilt";
    struct tilt *tilt;
    if (plugin->struct_size < sizeof *plugin || plugin->abi_version != RANCOG_ABI_VERSION) {
        return 1; /* an older library, or another ABI */
    }
    tilt = malloc(sizeof *tilt);
    if (!tilt) {
        return 2;
    }
    tilt->step_max = STEP_MAX_DEFAULT;
    tilt->write_reply = plugin->write_reply;
    if (plugin->config_length > 0) {
        char text[32];
        size_t length = plugin->config_length < sizeof text ? plugin->config_length : sizeof text - 1;
        memcpy(text, plugin->config, length);
        text[length] = 0;
        tilt->step_max = atof(text);
    }
    if (!(tilt->step_max > 0) || plugin->register_handler(plugin->scheduler, (const uint8_t *)name, sizeof name - 1, propose, tilt) == 0) {
        free(tilt);
        return 3;
    }
    plugin->user_data = tilt;
    return 0;
}

void rancog_plugin_cleanup(void *user_data)
{
    free(user_data);
}
