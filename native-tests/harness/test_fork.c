/* A forked child of a process that used the library is told so; the parent goes on. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "rancognition.h"
#include "result.h"

#define CHILD_SECONDS_MAX 20

static rancog_temporal *core;

/* The number of the first call in the child that did not answer RANCOG_E_FORKED; 0 = all did. */
static int child(uint8_t *inherited)
{
    double value = 1, mean = 0;
    uint8_t *result;
    if (rancog_temporal_forecast(core, &value, 1, 0, 1, 0.9, &mean, NULL, NULL) != RANCOG_E_FORKED || mean != 0) {
        return 1;
    }
    if (rancog_last_status() != RANCOG_E_FORKED || !strstr(rancog_last_error_message(), "fork")) {
        return 2;
    }
    if (rancog_temporal_create(10, 4, NULL) != NULL || rancog_last_status() != RANCOG_E_FORKED) {
        return 3;
    }
    if (rancog_nanotime() != 0 || rancog_last_status() != RANCOG_E_FORKED) {
        return 4;
    }
    result = rancog_runtime_info();
    if (!result || !strstr(result_text(result), "\"status\":-9}") || strlen(result_text(result)) != result_length(result)) {
        return 5;
    }
    rancog_buffer_free(result);
    result = rancog_temporal_expand_subjective_time(core, (const uint8_t *)"{}", 2, NULL, 0);
    if (!result || !strstr(result_text(result), "\"error\":true") || rancog_last_status() != RANCOG_E_FORKED) {
        return 6;
    }
    rancog_buffer_free(result);
    result = rancog_report_render((const uint8_t *)"{}", 2);
    if (!result || rancog_last_status() != RANCOG_E_FORKED) {
        return 7;
    }
    rancog_buffer_free(result);
    if (strlen(result_text(inherited)) != result_length(inherited)) {
        return 8;
    }
    rancog_buffer_free(inherited);
    rancog_temporal_destroy(core);
    return rancog_last_status() == RANCOG_E_FORKED ? 0 : 9;
}

static void children_are_told_and_the_parent_goes_on(void)
{
    size_t round;
    for (round = 0; round < check_scale(20, 2); round++) {
        uint8_t *buffer = rancog_runtime_info();
        int status = -1;
        pid_t pid;
        fflush(stdout);
        pid = fork();
        if (pid == 0) {
            alarm(CHILD_SECONDS_MAX); /* a hang ends as a signal */
            _exit(child(buffer));
        }
        CHECK(pid > 0 && waitpid(pid, &status, 0) == pid);
        CHECK(WIFEXITED(status));
        if (!CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0)) {
            printf("  child: %s %d\n", WIFEXITED(status) ? "step" : "signal", WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
        }
        CHECK(rancog_temporal_set_consciousness_level(core, 0.5) == RANCOG_OK);
        CHECK(result_check_and_free(buffer, "parent") == RANCOG_OK);
    }
}

int main(void)
{
    core = rancog_temporal_create(10, 4, NULL);
    RUN(children_are_told_and_the_parent_goes_on);
    rancog_temporal_destroy(core);
    return check_finish();
}
