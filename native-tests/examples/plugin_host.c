/* Loads a plug-in through a loader, schedules its task, and prints the result: see plugin_tilt.c.
 *
 *     plugin_host PATH-OF-PLUGIN [weak-edge-share overlap-share]                                 */
#include <stdio.h>
#include <string.h>

#include "json_pick.h"
#include "rancognition.h"

static const uint8_t *text(const char *characters)
{
    return (const uint8_t *)characters;
}

static int failed(const char *what)
{
    fprintf(stderr, "plugin_host: %s: %s\n", what, rancog_last_error_message());
    return 1;
}

/* Runs what is due and prints the outcome of the one task. */
static int run_and_print(rancog_scheduler *scheduler)
{
    uint8_t *result = rancog_scheduler_execute_ready_tasks(scheduler, 1);
    json_value task, change;
    int status = 1;
    if (rancog_last_status() != RANCOG_OK) {
        failed("the task did not run");
    } else {
        task = json_first(json_field((json_value)result + 4, "tasks_executed"));
        change = json_field(json_field(json_field(task, "data"), "Ok"), "tilt_change_tenths");
        if (change) {
            printf("change the tilt by %.1f degrees\n", json_number(change) / 10.0);
            status = 0;
        } else {
            char error[200];
            fprintf(stderr, "plugin_host: the task failed: %s\n", json_text(json_field(task, "error"), error, sizeof error));
        }
    }
    rancog_buffer_free(result);
    return status;
}

static int use_plugin(rancog_loader *loader, const char *path, const char *shares)
{
    static const char virtual_time[] = "{\"mode\":\"virtual\"}", step_max[] = "20", type[] = "{\"Custom\":\"tilt\"}";
    rancog_module *module = rancog_loader_load_module(loader, text("scheduler"), 9, text(virtual_time), sizeof virtual_time - 1);
    rancog_scheduler *scheduler = rancog_module_get_scheduler(module); /* belongs to the loader */
    if (!scheduler) {
        return failed("the scheduler was not loaded");
    }
    if (!rancog_loader_load_module(loader, text(path), strlen(path), text(step_max), sizeof step_max - 1)) {
        return failed("the plug-in was not loaded");
    }
    if (!rancog_scheduler_schedule_task(scheduler, 0, 0, text(type), sizeof type - 1, text(shares), strlen(shares))) {
        return failed("the task was not scheduled");
    }
    return run_and_print(scheduler);
}

int main(int argc, char **argv)
{
    rancog_loader *loader;
    char shares[64];
    int status;
    if (argc != 2 && argc != 4) {
        fprintf(stderr, "usage: plugin_host PATH-OF-PLUGIN [weak-edge-share overlap-share]\n");
        return 2;
    }
    snprintf(shares, sizeof shares, "%.20s %.20s", argc == 4 ? argv[2] : "0.12", argc == 4 ? argv[3] : "0.03");
    loader = rancog_loader_create(NULL, 0, NULL);
    if (!loader) {
        return failed("no loader");
    }
    status = use_plugin(loader, argv[1], shares);
    rancog_loader_destroy(loader); /* the plug-in first: its cleanup is called */
    return status;
}
