/* A plug-in that needs a function which nobody has: it must not be loaded, or its first task would end the process. */
#include "rancognition.h"

extern int32_t a_function_that_nobody_has(void);

int32_t rancog_plugin_init(rancog_plugin *plugin)
{
    (void)plugin;
    return a_function_that_nobody_has();
}
