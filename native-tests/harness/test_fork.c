/* A forked child of a process that used the library is told so; the parent goes on. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"

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
    if (rancog_scheduler_create(NULL, 0, NULL) != NULL || rancog_scheduler_get_next_execution_time(NULL) != UINT64_MAX || rancog_scheduler_run(NULL, 0, NULL) != RANCOG_E_FORKED
        || rancog_scheduler_schedule_task(NULL, 0, 0, NULL, 0, NULL, 0) != 0 || rancog_last_status() != RANCOG_E_FORKED) {
        return 10;
    }
    if (rancog_loader_create(NULL, 0, NULL) != NULL || rancog_loader_load_module(NULL, NULL, 0, NULL, 0) != NULL || rancog_loader_unload_module(NULL, NULL, 0) != RANCOG_E_FORKED
        || rancog_module_get_temporal(NULL) != NULL || rancog_module_get_scheduler(NULL) != NULL) {
        return 11;
    }
    if (strlen(result_text(inherited)) != result_length(inherited)) {
        return 8;
    }
    rancog_buffer_free(inherited);
    rancog_temporal_destroy(core);
    return rancog_last_status() == RANCOG_E_FORKED ? 0 : 9;
}

/* Runs the function in a forked child: whether it returned 0, in time. */
static int well_in_a_child(int (*function)(uint8_t *), uint8_t *inherited)
{
    int status = -1;
    pid_t pid;
    fflush(stdout);
    pid = fork();
    if (pid == 0) {
        alarm(CHILD_SECONDS_MAX); /* a hang ends as a signal */
        _exit(function(inherited));
    }
    CHECK(pid > 0 && waitpid(pid, &status, 0) == pid);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        return 1;
    }
    printf("  child: %s %d\n", WIFEXITED(status) ? "step" : "signal", WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
    return 0;
}

static int first_use(uint8_t *unused)
{
    rancog_temporal *own = rancog_temporal_create(10, 4, NULL);
    (void)unused;
    return own == NULL || rancog_temporal_set_consciousness_level(own, 0.5) != RANCOG_OK;
}

static void a_child_of_a_process_that_has_not_used_it_yet_may_use_it(void)
{
    CHECK(well_in_a_child(first_use, NULL));
}

static void children_are_told_and_the_parent_goes_on(void)
{
    size_t round;
    for (round = 0; round < check_scale(20, 2); round++) {
        uint8_t *buffer = rancog_runtime_info();
        CHECK(well_in_a_child(child, buffer));
        CHECK(rancog_temporal_set_consciousness_level(core, 0.5) == RANCOG_OK);
        CHECK(result_check_and_free(buffer, "parent") == RANCOG_OK);
    }
}

static volatile int stop;

static void *analyse_until_stopped(void *unused)
{
    rancog_temporal *self = rancog_temporal_create(50, 8, NULL);
    text problem = sample_problem(336, 24, 0);
    (void)unused;
    while (!stop) {
        rancog_buffer_free(rancog_temporal_expand_subjective_time(self, text_u8(&problem), problem.length, NULL, 0));
    }
    text_free(&problem);
    rancog_temporal_destroy(self);
    return NULL;
}

static void *refused_calls(void *unused)
{
    size_t i;
    (void)unused;
    for (i = 0; i < 3000; i++) {
        uint8_t *result = rancog_temporal_get_performance_metrics(core);
        if (!result || rancog_last_status() != RANCOG_E_FORKED || !rancog_last_error_message()[0] || rancog_abi_version() != RANCOG_ABI_VERSION
            || rancog_temporal_create(10, 4, NULL) || rancog_nanotime() != 0) {
            return (void *)1;
        }
        rancog_buffer_free(result);
    }
    return NULL;
}

/* On the thread that forked, then on one that is new. */
static int many_refused_calls(uint8_t *unused)
{
    pthread_t thread;
    void *failed = refused_calls(unused);
    return failed || pthread_create(&thread, NULL, refused_calls, NULL) != 0 || pthread_join(thread, &failed) != 0 || failed;
}

/* The threads that were at work are not there in the child, whatever they held at that moment. */
static void children_of_a_busy_process_are_told_too(void)
{
    pthread_t threads[4];
    size_t i;
    stop = 0;
    for (i = 0; i < 4; i++) {
        pthread_create(&threads[i], NULL, analyse_until_stopped, NULL);
    }
    for (i = 0; i < check_scale(40, 2); i++) {
        usleep(1000);
        if (!CHECK(well_in_a_child(many_refused_calls, NULL))) {
            break;
        }
    }
    stop = 1;
    for (i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
}

int main(void)
{
    /* No call before this one; the count of buffers that RUN asks for comes after it. */
    RUN(a_child_of_a_process_that_has_not_used_it_yet_may_use_it);
    core = rancog_temporal_create(10, 4, NULL);
    RUN(children_are_told_and_the_parent_goes_on);
    RUN(children_of_a_busy_process_are_told_too);
    rancog_temporal_destroy(core);
    return check_finish();
}
