/* The functions that a plug-in is given: the exported ones, so that they are to it what they are to everybody. */
#include "rancognition.h"

void plugin_calls_fill(rancog_plugin *plugin);

void plugin_calls_fill(rancog_plugin *plugin)
{
    plugin->register_handler = rancog_scheduler_register_handler;
    plugin->write_reply = rancog_reply_write;
}
