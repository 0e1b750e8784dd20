#include <stdio.h>
#include <string.h>
#include "rancognition.h"

static const uint8_t *text(const char *s) { return (const uint8_t *)s; }

// Prints a piece of a result, and frees it.
static void show(uint8_t *result, const char *from, int length)
{
    const char *piece = result == NULL ? NULL : strstr((const char *)result + 4, from);
    printf("%.*s\n", length, piece != NULL ? piece : rancog_last_error_message());
    rancog_buffer_free(result);
}

int main(void)
{
    static const char options[] = "{\"maxMemorySize\":1024}", type[] = "{\"Custom\":\"tilt\"}";
    rancog_loader *all = rancog_loader_create(text(options), sizeof options - 1, NULL);
    rancog_module *reasoning = rancog_loader_load_module(all, text("temporal"), 8, NULL, 0);
    rancog_module *plan = rancog_loader_load_module(all, text("scheduler"), 9, NULL, 0);
    rancog_temporal *core = rancog_module_get_temporal(reasoning); // belongs to the loader
    rancog_scheduler *tasks = rancog_module_get_scheduler(plan);
    rancog_module *experience = rancog_loader_load_module(all, text("memory"), 6, NULL, 0);
    rancog_memory *memory = rancog_module_get_memory(experience);
    rancog_optimization *what = rancog_module_get_optimization(
        rancog_loader_load_module(all, text("optimization"), 12, NULL, 0));
    rancog_strange_loop *loop = rancog_module_get_strange_loop(
        rancog_loader_load_module(all, text("strangeLoop"), 11, NULL, 0));
    rancog_cognitive *decider = rancog_module_get_cognitive(
        rancog_loader_load_module(all, text("cognitive"), 9, NULL, 0));
    const uint8_t *plugin = text("./tilt.so"); // see rancog_plugin
    int failed = core == NULL || tasks == NULL || memory == NULL || what == NULL ||
                 loop == NULL || decider == NULL ||
                 rancog_loader_load_module(all, plugin, 9, NULL, 0) == NULL ||
                 !rancog_scheduler_schedule_task(tasks, 0, 0, text(type), sizeof type - 1,
                                                 text("0.15"), 4);
    if (failed) {
        fprintf(stderr, "%s\n", rancog_last_error_message());
    } else {
        show(rancog_scheduler_execute_ready_tasks(tasks, 1), "\"Ok\"", 17);
        show(rancog_module_interfaces(reasoning), "\"module\"", 19);
        show(rancog_module_memory(plan), "\"maximum_bytes\"", 24);
        show(rancog_memory_get_stats(memory), "\"episodes\"", 12);
        failed = rancog_loader_unload_module(all, plugin, 9) != RANCOG_OK;
    }
    rancog_loader_destroy(all); // and all its modules
    return failed;
}
// Prints:
// "Ok":{"tilt":1.5}
// "module":"temporal"
// "maximum_bytes":67108864
// "episodes":0
