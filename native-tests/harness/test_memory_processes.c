/* A memory's file and several processes: one at a time, whatever becomes of the others. Starts itself again as those. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "memory_kit.h"
#include "rancognition.h"
#include "result.h"

#define COUNT 100u
#define CHILD_SECONDS_MAX 60

static const char *program;
static char folder[64], path[100];

/* What another process does: opens the file, appends, says so, and waits for a byte; then it closes the memory, or just ends. */
static int other_process(const char *file, uint64_t first, int closes)
{
    rancog_memory *self = memory_kit_open(file, "");
    char byte;
    if (!self) {
        fprintf(stderr, "%s\n", rancog_last_error_message());
        return 2;
    }
    memory_kit_append(self, first, COUNT, MEMORY_DIMENSION);
    if (write(STDOUT_FILENO, "r", 1) != 1 || read(STDIN_FILENO, &byte, 1) < 0) {
        return 3;
    }
    if (closes) {
        rancog_memory_destroy(self);
    }
    return 0;
}

typedef struct {
    pid_t id;
    int to;
} process;

/* Returns when the other process has the file open and has stored its episodes. */
static process start(uint64_t first, int closes)
{
    process p = {-1, -1};
    int in[2], out[2];
    char number[24], byte = 0;
    snprintf(number, sizeof number, "%u", (unsigned)first);
    if (!CHECK(pipe(in) == 0 && pipe(out) == 0)) {
        return p;
    }
    fflush(stdout);
    p.id = fork();
    if (p.id == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        close(in[1]), close(out[0]);
        alarm(CHILD_SECONDS_MAX);
        execl(program, program, "other", path, number, closes ? "closes" : "ends", (char *)NULL);
        _exit(9);
    }
    close(in[0]), close(out[1]);
    p.to = in[1];
    CHECK(read(out[0], &byte, 1) == 1 && byte == 'r');
    close(out[0]);
    return p;
}

static void finish(process p, int by_signal)
{
    int status = 0;
    if (by_signal) {
        kill(p.id, by_signal);
    }
    close(p.to);
    CHECK(waitpid(p.id, &status, 0) == p.id);
    CHECK(by_signal ? WIFSIGNALED(status) && WTERMSIG(status) == by_signal : WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void begin(void)
{
    memory_kit_folder(folder);
    snprintf(path, sizeof path, "%s/m.db", folder);
}

static void exact(rancog_memory *self, size_t count)
{
    float query[MEMORY_DIMENSION];
    rancog_hit expected[20], hits[20];
    size_t n = 20, i;
    memory_kit_vector(4711, MEMORY_DIMENSION, query);
    CHECK_CASE(rancog_memory_search(self, query, MEMORY_DIMENSION, 20, NULL, hits, &n) == RANCOG_OK, rancog_last_error_message());
    CHECK(memory_kit_nearest(MEMORY_L2, query, MEMORY_DIMENSION, count, NULL, NULL, 20, expected) == n);
    for (i = 0; i < n; i++) {
        CHECK(hits[i].id == expected[i].id && memcmp(&hits[i].distance, &expected[i].distance, sizeof(double)) == 0);
    }
    CHECK(memory_kit_stat(self, "episodes") == count);
}

static void opens_with(size_t count)
{
    rancog_memory *self = memory_kit_open(path, "");
    if (CHECK_CASE(self != NULL, rancog_last_error_message())) {
        exact(self, count);
        memory_kit_destroy(self);
    }
}

static void is_busy(process p)
{
    char holder[40];
    rancog_memory *self = memory_kit_open(path, "");
    snprintf(holder, sizeof holder, "process %d", (int)p.id);
    CHECK_CASE(self == NULL && rancog_last_status() == RANCOG_E_BUSY, rancog_last_error_message());
    CHECK_CASE(strstr(rancog_last_error_message(), "path: ") && strstr(rancog_last_error_message(), holder), rancog_last_error_message());
    rancog_memory_destroy(self);
}

static void one_process_at_a_time_has_the_file(void)
{
    process p;
    begin();
    p = start(1, 1);
    is_busy(p);
    is_busy(p); /* nothing of the refusal stays behind */
    finish(p, 0);
    opens_with(COUNT);
    p = start(COUNT + 1, 0); /* ends without closing it */
    is_busy(p);
    finish(p, 0);
    opens_with(2 * COUNT);
    p = start(2 * COUNT + 1, 1);
    is_busy(p);
    finish(p, SIGKILL);
    opens_with(3 * COUNT);
    memory_kit_remove_folder(folder);
}

/* ---- fork ---- */
static int forked(rancog_memory *self)
{
    float query[MEMORY_DIMENSION] = {0};
    rancog_hit hit;
    size_t n = 1;
    uint8_t *result = rancog_memory_get_stats(self);
    if (!result || rancog_last_status() != RANCOG_E_FORKED || !strstr(result_text(result), "\"error\":true")) {
        return 1;
    }
    rancog_buffer_free(result);
    result = rancog_memory_store(self, (const uint8_t *)"{}", 2);
    if (!result || rancog_last_status() != RANCOG_E_FORKED) {
        return 2;
    }
    rancog_buffer_free(result);
    if (rancog_memory_search(self, query, MEMORY_DIMENSION, 1, NULL, &hit, &n) != RANCOG_E_FORKED || rancog_memory_append(self, NULL, 1, -1, NULL) != RANCOG_E_FORKED
        || rancog_memory_remove(self, 1) != RANCOG_E_FORKED || rancog_memory_flush(self) != RANCOG_E_FORKED) {
        return 3;
    }
    if (rancog_memory_create(NULL, 0, NULL) != NULL || rancog_last_status() != RANCOG_E_FORKED || rancog_module_get_memory(NULL) != NULL) {
        return 4;
    }
    rancog_memory_destroy(self);
    return rancog_last_status() == RANCOG_E_FORKED ? 0 : 5;
}

static void a_forked_child_is_told_and_does_not_disturb_the_file(void)
{
    rancog_memory *self;
    size_t round;
    int status = 0, pipe_ends[2];
    pid_t child;
    char byte = 0;
    begin();
    self = memory_kit_open(path, "");
    memory_kit_append(self, 1, COUNT, MEMORY_DIMENSION);
    for (round = 0; round < check_scale(10, 2); round++) {
        fflush(stdout);
        child = fork();
        if (child == 0) {
            alarm(CHILD_SECONDS_MAX);
            _exit(forked(self));
        }
        CHECK(waitpid(child, &status, 0) == child);
        if (!CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0)) {
            printf("  child: %s %d\n", WIFEXITED(status) ? "step" : "signal", WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
        }
        memory_kit_append(self, (round + 1) * COUNT + 1, COUNT, MEMORY_DIMENSION);
    }
    exact(self, (round + 1) * COUNT);
    /* One that lives on does not keep the file from being closed and opened again. */
    CHECK(pipe(pipe_ends) == 0);
    fflush(stdout);
    child = fork();
    if (child == 0) {
        close(pipe_ends[1]);
        _exit(read(pipe_ends[0], &byte, 1) < 0);
    }
    close(pipe_ends[0]);
    memory_kit_destroy(self);
    opens_with((round + 1) * COUNT);
    close(pipe_ends[1]);
    CHECK(waitpid(child, &status, 0) == child);
    opens_with((round + 1) * COUNT);
    memory_kit_remove_folder(folder);
}

int main(int count, char **arguments)
{
    if (count == 5 && strcmp(arguments[1], "other") == 0) {
        return other_process(arguments[2], strtoull(arguments[3], NULL, 10), strcmp(arguments[4], "closes") == 0);
    }
    program = arguments[0];
    RUN(one_process_at_a_time_has_the_file);
    RUN(a_forked_child_is_told_and_does_not_disturb_the_file);
    return check_finish();
}
