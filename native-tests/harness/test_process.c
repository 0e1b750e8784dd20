/* What the library does to the process it lives in: exactly what the header's caveats say, and nothing else. */
#define _GNU_SOURCE /* dl_iterate_phdr */
#include <dirent.h>
#include <fenv.h>
#include <link.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "json_calls.h"
#include "process.h"
#include "rancognition.h"
#include "result.h"
#include "samples.h"

#define SIGNALS 65

/* The runtime's own signal, by which it stops threads for a collection. */
#define RUNTIME_SIGNAL 34

/* Address space that loading and using the library may reserve: 16 GiB. */
#define ADDRESS_SPACE_MAX_KIB (16ul << 20)

extern char **environ;

/* Every kind of call once, the report's page among them. */
static void use_everything(void)
{
    rancog_temporal *self = rancog_temporal_create(50, 8, NULL);
    double values[336], mean[24], lower[24], upper[24], scores[336];
    uint8_t flags[336];
    size_t indices[8], count = 8, i;
    sample_kpi(values, 336, 3);
    CHECK(result_check_and_free(rancog_runtime_info(), "runtime_info") == RANCOG_OK);
    for (i = 0; i < json_calls_count; i++) {
        CHECK_CASE(json_call_check(&json_calls[i], self, json_calls[i].sample, strlen(json_calls[i].sample), json_calls[i].name) == RANCOG_OK, json_calls[i].name);
        CHECK_CASE(json_call_check(&json_calls[i], self, "{", 1, json_calls[i].name) == RANCOG_E_INVALID_JSON, json_calls[i].name);
    }
    CHECK(rancog_temporal_forecast(self, values, 336, SAMPLE_HOUR_NS, 24, 0.9, mean, lower, upper) == RANCOG_OK);
    CHECK(rancog_temporal_score_anomalies(self, values, 336, SAMPLE_HOUR_NS, scores) == RANCOG_OK);
    CHECK(rancog_temporal_detect_anomalies(self, values, 336, SAMPLE_HOUR_NS, flags) == RANCOG_OK);
    CHECK(rancog_temporal_detect_change_points(self, values, 336, SAMPLE_HOUR_NS, indices, &count) == RANCOG_OK);
    CHECK(result_check_and_free(rancog_temporal_get_performance_metrics(self), "metrics") == RANCOG_OK);
    rancog_temporal_destroy(self);
}

static int name_object(struct dl_phdr_info *info, size_t size, void *names)
{
    (void)size;
    if (strstr(info->dlpi_name, "/librancognition-sqlite3.so") != NULL) {
        return 0; /* the library's own, loaded with the first memory */
    }
    text_add(names, "%s\n", info->dlpi_name);
    return 0;
}

/* Another library of the host's (an OpenSSL, say) is not ours to load: it may be missing, or another one than the host's. */
static void no_other_library_is_loaded_at_run_time(void)
{
    text before = {NULL, 0, 0}, after = {NULL, 0, 0};
    dl_iterate_phdr(name_object, &before);
    use_everything();
    dl_iterate_phdr(name_object, &after);
    CHECK_CASE(strcmp(before.bytes, after.bytes) == 0, after.bytes);
    text_free(&before);
    text_free(&after);
}

static struct sigaction dispositions[SIGNALS];

static void read_dispositions(struct sigaction *into)
{
    int i;
    memset(into, 0, SIGNALS * sizeof *into);
    for (i = 1; i < SIGNALS; i++) {
        sigaction(i, NULL, &into[i]);
    }
}

static void only_the_documented_signals_change(void)
{
    struct sigaction now[SIGNALS];
    int i;
    read_dispositions(now);
    for (i = 1; i < SIGNALS; i++) {
        int changed = now[i].sa_handler != dispositions[i].sa_handler;
        int documented = i == SIGPIPE || i == SIGSEGV || i == SIGFPE || i == RUNTIME_SIGNAL;
        char note[40];
        sprintf(note, "signal %d", i);
        CHECK_CASE(changed == documented, note);
    }
    CHECK(now[SIGPIPE].sa_handler == SIG_IGN);
}

static void the_address_space_stays_within_the_documented_bound(void)
{
    unsigned long kib = process_status("VmSize:");
    CHECK(kib > 0 && kib <= ADDRESS_SPACE_MAX_KIB);
}

static void one_thread_is_kept_and_no_other(void)
{
    unsigned long threads = process_status("Threads:");
    CHECK(threads > 0 && threads <= 2);
}

static int open_files(void)
{
    int n = 0;
    DIR *folder = opendir("/proc/self/fd");
    while (folder && readdir(folder)) {
        n++;
    }
    if (folder) {
        closedir(folder);
    }
    return n;
}

static void nothing_else_of_the_process_changes(void)
{
    sigset_t mask_before, mask_after;
    mode_t permissions = umask(0);
    char folder_before[4096], folder_after[4096];
    int files = open_files(), rounding, i;
    char **environment = environ;
    umask(permissions);
    pthread_sigmask(SIG_SETMASK, NULL, &mask_before);
    CHECK(getcwd(folder_before, sizeof folder_before) != NULL);
    fesetround(FE_UPWARD);
    use_everything();
    rounding = fegetround();
    fesetround(FE_TONEAREST);
    CHECK(rounding == FE_UPWARD);
    pthread_sigmask(SIG_SETMASK, NULL, &mask_after);
    for (i = 1; i < SIGNALS; i++) {
        CHECK(sigismember(&mask_before, i) == sigismember(&mask_after, i));
    }
    CHECK(open_files() == files);
    CHECK(getcwd(folder_after, sizeof folder_after) != NULL && strcmp(folder_before, folder_after) == 0);
    CHECK(umask(permissions) == permissions);
    CHECK(environ == environment);
}

/* vfork and posix_spawn share the parent's memory until exec: that must not look like a fork to the parent. */
static void starting_another_program_leaves_the_library_usable(void)
{
    char *arguments[] = {"true", NULL};
    int i;
    for (i = 0; i < 3; i++) {
        pid_t pid = 0;
        int status = -1;
        CHECK(posix_spawnp(&pid, "true", NULL, NULL, arguments, environ) == 0);
        CHECK(waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0);
        CHECK(rancog_nanotime() > 0);
        pid = vfork();
        if (pid == 0) {
            execvp("true", arguments);
            _exit(127);
        }
        CHECK(waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0);
        CHECK(system("true") == 0);
        CHECK(rancog_nanotime() > 0);
        use_everything();
    }
}

int main(void)
{
    read_dispositions(dispositions);
    RUN(no_other_library_is_loaded_at_run_time);
    RUN(only_the_documented_signals_change);
    RUN(the_address_space_stays_within_the_documented_bound);
    RUN(one_thread_is_kept_and_no_other);
    RUN(nothing_else_of_the_process_changes);
    RUN(starting_another_program_leaves_the_library_usable);
    return check_finish();
}
