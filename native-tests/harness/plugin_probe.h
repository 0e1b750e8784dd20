/* What plugin_probe.c and the test that loads it share: the configuration of the plug-in is the address of one of these. */
#ifndef PLUGIN_PROBE_H
#define PLUGIN_PROBE_H

#include "rancognition.h"

typedef struct probe {
    int32_t init_answer;
    void (*in_init)(struct probe *self); /* each may be NULL */
    void (*in_handler)(struct probe *self);
    void (*in_cleanup)(struct probe *self);
    rancog_plugin table; /* as rancog_plugin_init was given it */
    int inits;
    int cleanups;
    int was_its_own; /* cleanup got the user_data that init wrote */
    volatile int runs;
    rancog_loader *loader;
    volatile int step; /* for in_handler and its test */
} probe;

#endif
