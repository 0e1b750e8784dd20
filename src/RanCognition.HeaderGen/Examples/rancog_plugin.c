// tilt.c: cc -shared -fPIC tilt.c -o tilt.so
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "rancognition.h"

static int32_t (*write_reply)(rancog_reply *, const uint8_t *, size_t);

// The task's data is the share of weak samples, as text; the reply is the change of the tilt.
static int32_t tilt(uint64_t id, uint64_t payload, const uint8_t *data, size_t length,
                    rancog_reply *reply, void *user_data)
{
    char share[32] = "", answer[32];
    (void)id, (void)payload, (void)user_data;
    if (length == 0 || length >= sizeof share)
        return 1; // the task fails
    memcpy(share, data, length);
    snprintf(answer, sizeof answer, "{\"tilt\":%.1f}", 10 * atof(share));
    return write_reply(reply, (const uint8_t *)answer, strlen(answer));
}

RANCOG_API int32_t rancog_plugin_init(rancog_plugin *plugin);

int32_t rancog_plugin_init(rancog_plugin *plugin)
{
    static const uint8_t name[] = "tilt";
    if (plugin->struct_size < sizeof *plugin || plugin->abi_version != RANCOG_ABI_VERSION)
        return 1; // an older library, or another ABI
    write_reply = plugin->write_reply;
    return plugin->register_handler(plugin->scheduler, name, 4, tilt, NULL) != 0 ? 0 : 2;
}
