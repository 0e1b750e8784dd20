/* A plug-in for the tests: its configuration tells it what to do, and it tells the test what was done with it through the functions of plugin_probe.h. */
#include "plugin_probe.h"

#include <string.h>

static probe *known;

static int32_t run(uint64_t task_id, uint64_t payload, const uint8_t *data, size_t length, rancog_reply *reply, void *user_data)
{
    probe *self = user_data;
    (void)task_id;
    (void)payload;
    (void)data;
    (void)length;
    self->runs++;
    if (self->in_handler) {
        self->in_handler(self);
    }
    return rancog_reply_write(reply, (const uint8_t *)"7", 1);
}

int32_t rancog_plugin_init(rancog_plugin *plugin)
{
    probe *self;
    if (plugin->config_length != sizeof self || !plugin->config) {
        return -77;
    }
    memcpy(&self, plugin->config, sizeof self);
    known = self;
    self->inits++;
    self->table = *plugin;
    if (rancog_scheduler_register_handler(plugin->scheduler, (const uint8_t *)"probe", 5, run, self) == 0) {
        return -78;
    }
    plugin->register_handler(plugin->scheduler, (const uint8_t *)"probe-2", 7, run, self);
    if (self->in_init) {
        self->in_init(self);
    }
    plugin->user_data = self;
    return self->init_answer;
}

void rancog_plugin_cleanup(void *user_data)
{
    probe *self = user_data;
    self->cleanups++;
    self->was_its_own = self == known;
    if (self->in_cleanup) {
        self->in_cleanup(self);
    }
}
