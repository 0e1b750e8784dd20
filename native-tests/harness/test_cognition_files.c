/* Files of a cognitive core: its journal outlives whatever becomes of its process, one core has it at a time, and a record of calls gives the same bytes again. Starts itself again as a process that is killed. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "cognition_kit.h"
#include "hosts.h"
#include "memory_kit.h"
#include "optimization_kit.h"
#include "prng.h"
#include "rancognition.h"
#include "result.h"
#include "text.h"

#define STEPS 24u
#define CHILD_SECONDS_MAX 60

static const char *program;
static char folder[64], path[100], record_path[100];

static void begin(void)
{
    memory_kit_quick_folder(folder);
    snprintf(path, sizeof path, "%s/c.db", folder);
    snprintf(record_path, sizeof record_path, "%s/calls.jsonl", folder);
}

static void end(void) { memory_kit_remove_folder(folder); }

/* A core with the file (NULL = none) and the record (NULL = none); the failure is the caller's. */
static rancog_cognitive *try_open(const char *file, const char *record)
{
    rancog_host host = host_fixed();
    text options = {NULL, 0, 0};
    rancog_cognitive *self;
    text_add(&options, "{\"seed\":7");
    if (file) {
        text_add(&options, ",\"path\":\"%s\"", file);
    }
    if (record) {
        text_add(&options, ",\"record_to\":\"%s\"", record);
    }
    text_add(&options, "}");
    self = rancog_cognitive_create(text_u8(&options), options.length, &host);
    text_free(&options);
    return self;
}

static rancog_cognitive *open_it(const char *file, const char *record)
{
    rancog_cognitive *self = try_open(file, record);
    CHECK_CASE(self != NULL, rancog_last_error_message());
    return self;
}

/* Step k of a life, the same each time: decisions, outcomes, measurements, what is taken back. Gives whether it succeeded, and what it said. */
static int step(rancog_cognitive *self, unsigned k, char **said)
{
    const uint64_t decision = k / 4 + 1;
    text problem;
    char json[400];
    int32_t status;
    switch (k % 4) {
    case 0:
        problem = cognition_kit_fault(k % 8 == 0 ? "\"mode\":\"AUTONOMOUS\"" : "");
        status = cognition_kit_decide(self, problem.bytes, NULL, said);
        text_free(&problem);
        return status == RANCOG_OK;
    case 1:
        snprintf(json, sizeof json, "{\"rows\":[{\"time_ns\":%llu,\"object\":\"o\",\"metric\":\"m%u\",\"value\":%u}]}", (unsigned long long)(COGNITION_NOW_NS - 1000 + k), k % 3, k);
        return cognition_kit_call(rancog_cognitive_ingest, self, json, said) == RANCOG_OK;
    case 2:
        cognition_kit_outcome(json, decision, k % 3 == 0 ? COGNITION_HOUR_NS / 2 : COGNITION_HOUR_NS, 5 * k, "");
        return cognition_kit_call(rancog_cognitive_report_outcome, self, json, said) == RANCOG_OK;
    default: return cognition_kit_rollback(self, decision - (k % 8 == 3), said) == RANCOG_OK || decision == 1;
    }
}

/* What it knows, but for the metrics of the latest problem, which it sees again with the next. */
static char *knows(rancog_cognitive *self)
{
    char *state = cognition_kit_state(self), *from = strstr(state, ",\"integration\":"), *to = strstr(state, ",\"episodes\":");
    if (CHECK_CASE(from && to, state)) {
        memmove(from, to, strlen(to) + 1);
    }
    return state;
}

static void lives(rancog_cognitive *self, unsigned from, unsigned to)
{
    for (; from < to; from++) {
        char *said;
        const int done = step(self, from, &said);
        CHECK_CASE(done, said);
        free(said);
    }
}

/* ---- opened again ---- */
static void what_was_decided_is_there_again(void)
{
    unsigned steps;
    for (steps = 1; steps <= 12; steps++) {
        rancog_cognitive *self, *alone = open_it(NULL, NULL);
        char *before, *after, *mine, *its;
        begin();
        self = open_it(path, NULL);
        lives(self, 0, steps);
        before = knows(self);
        cognition_kit_destroy(self);
        self = open_it(path, NULL);
        after = knows(self);
        CHECK_CASE(strcmp(before, after) == 0, after);
        lives(alone, 0, steps);
        CHECK(step(self, STEPS, &its) && step(alone, STEPS, &mine)); /* it goes on as one that was never closed, and without a file */
        CHECK_CASE(strcmp(mine, its) == 0, its);
        free(mine), free(its), free(before), free(after);
        CHECK(cognition_kit_rollback(self, 1, &its) == RANCOG_OK);
        CHECK_CASE(strstr(its, "\"restore\":[{\"managedObject\":\"NRCellRelation=1-2\",\"attribute\":\"cellIndividualOffset\",\"after\":1}]") != NULL, its);
        free(its);
        cognition_kit_destroy(self);
        cognition_kit_destroy(alone);
        end();
    }
}

static void one_core_has_a_file_at_a_time(void)
{
    rancog_cognitive *self;
    begin();
    self = open_it(path, record_path);
    CHECK(try_open(path, NULL) == NULL && rancog_last_status() == RANCOG_E_BUSY && error_names("path: is in use by"));
    CHECK(try_open(NULL, record_path) == NULL && rancog_last_status() == RANCOG_E_BUSY && error_names("record_to: is in use by"));
    CHECK(memory_kit_open(path, "") == NULL && rancog_last_status() == RANCOG_E_BUSY); /* nor a memory */
    lives(self, 0, 4);
    cognition_kit_destroy(self);
    self = open_it(path, NULL);
    lives(self, 4, 8);
    cognition_kit_destroy(self);
    end();
}

static void what_is_no_core_s_file_is_refused_and_left(void)
{
    static const char *const contents[] = {"SQLite format 3", "not a database, but long enough to be looked at as one if nobody looked closely at what it begins with"};
    size_t i, length;
    for (i = 0; i < sizeof contents / sizeof contents[0]; i++) {
        uint8_t *bytes;
        begin();
        CHECK(memory_kit_write(path, contents[i], strlen(contents[i])));
        CHECK(try_open(path, NULL) == NULL);
        CHECK_CASE((rancog_last_status() == RANCOG_E_STORAGE || rancog_last_status() == RANCOG_E_INVALID_ARGUMENT) && error_names("path"), rancog_last_error_message());
        bytes = memory_kit_read(path, &length);
        CHECK(bytes && length == strlen(contents[i]) && memcmp(bytes, contents[i], length) == 0);
        free(bytes);
        end();
    }
}

/* ---- a process that is killed ---- */
/* What it does: lives, and says after each step that it is done. */
static int other_process(const char *file, const char *record, int waits)
{
    rancog_cognitive *self = try_open(file, *record ? record : NULL);
    unsigned k;
    char byte;
    if (!self) {
        fprintf(stderr, "%s\n", rancog_last_error_message());
        return 2;
    }
    for (k = 0; k < STEPS; k++) {
        char *said;
        if (!step(self, k, &said) || write(STDOUT_FILENO, "s", 1) != 1) {
            return 3;
        }
        free(said);
        if (waits && read(STDIN_FILENO, &byte, 1) < 0) {
            return 4;
        }
    }
    rancog_cognitive_destroy(self);
    return 0;
}

/* Starts it; the other end of what it reads is *in unless that is NULL, of what it writes *out. */
static pid_t start(const char *record, int *in, int *out)
{
    int to[2], from[2];
    pid_t child;
    if (!CHECK(pipe(to) == 0 && pipe(from) == 0)) {
        return -1;
    }
    fflush(stdout);
    child = fork();
    if (child == 0) {
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        close(to[0]), close(to[1]), close(from[0]), close(from[1]);
        alarm(CHILD_SECONDS_MAX);
        execl(program, program, "other", path, record, in ? "waits" : "runs", (char *)NULL);
        _exit(9);
    }
    close(to[0]), close(from[1]);
    *out = from[0];
    if (in) {
        *in = to[1];
    } else {
        close(to[1]);
    }
    return child;
}

/* Starts it, kills it after so many steps and so many microseconds more; gives how many it said were done. */
static unsigned killed_after(unsigned steps, unsigned microseconds, const char *record)
{
    int out, status = 0;
    unsigned done = 0;
    char byte;
    pid_t child = start(record, NULL, &out);
    while (done < steps && read(out, &byte, 1) == 1) {
        done++;
    }
    CHECK(done == steps);
    usleep(microseconds);
    kill(child, SIGKILL);
    while (read(out, &byte, 1) == 1) {
        done++;
    }
    close(out);
    CHECK(waitpid(child, &status, 0) == child && (WIFSIGNALED(status) ? WTERMSIG(status) == SIGKILL : WIFEXITED(status) && WEXITSTATUS(status) == 0));
    return done;
}

/* A core without a file that has made the first steps of that life. */
static char *known_after(unsigned steps, rancog_cognitive **core)
{
    *core = open_it(NULL, NULL);
    lives(*core, 0, steps);
    return knows(*core);
}

static void every_step_that_was_acknowledged_survives_its_process(void)
{
    const size_t rounds = check_scale(12, 4);
    uint64_t seed = 5;
    size_t round;
    for (round = 0; round < rounds; round++) {
        rancog_cognitive *self, *like;
        char *is, *expected, *mine, *its;
        unsigned done;
        begin();
        done = killed_after((unsigned)round % (STEPS - 1), (unsigned)prng_below(&seed, 3000), "");
        self = open_it(path, NULL);
        is = knows(self);
        expected = known_after(done, &like);
        if (strcmp(is, expected) != 0 && done < STEPS) { /* the next step was done, but could not be said any more */
            free(expected);
            cognition_kit_destroy(like);
            expected = known_after(done + 1, &like);
        }
        CHECK_CASE(strcmp(is, expected) == 0, is);
        CHECK(step(self, STEPS, &its) && step(like, STEPS, &mine));
        CHECK_CASE(strcmp(mine, its) == 0, its);
        free(mine), free(its), free(is), free(expected);
        cognition_kit_destroy(self);
        cognition_kit_destroy(like);
        end();
    }
}

/* Killed between two steps, which is where it waits; until then nobody else has its file. */
static void a_process_that_waits_has_its_file(void)
{
    unsigned steps;
    for (steps = 1; steps <= 4; steps++) { /* after the decision, the measurement, the outcome, what is taken back */
        int in, out, status = 0;
        unsigned k;
        char byte, holder[40], *is, *expected;
        rancog_cognitive *self, *like;
        pid_t child;
        begin();
        child = start("", &in, &out);
        for (k = 0; k < steps; k++) {
            CHECK(read(out, &byte, 1) == 1 && (k + 1 == steps || write(in, "g", 1) == 1));
        }
        snprintf(holder, sizeof holder, "process %d", (int)child);
        CHECK_CASE(try_open(path, NULL) == NULL && rancog_last_status() == RANCOG_E_BUSY, rancog_last_error_message());
        CHECK_CASE(error_names("path: ") && error_names(holder), rancog_last_error_message());
        kill(child, SIGKILL);
        CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status));
        close(in), close(out);
        self = open_it(path, NULL);
        is = knows(self);
        expected = known_after(steps, &like);
        CHECK_CASE(strcmp(is, expected) == 0, is);
        free(is), free(expected);
        cognition_kit_destroy(self);
        cognition_kit_destroy(like);
        end();
    }
}

/* ---- fork ---- */
static int forked(rancog_cognitive *self)
{
    uint8_t *result = rancog_cognitive_get_state(self);
    if (!result || rancog_last_status() != RANCOG_E_FORKED || !strstr(result_text(result), "\"error\":true")) {
        return 1;
    }
    rancog_buffer_free(result);
    result = rancog_cognitive_decide(self, (const uint8_t *)"{}", 2, NULL, 0);
    if (!result || rancog_last_status() != RANCOG_E_FORKED) {
        return 2;
    }
    rancog_buffer_free(result);
    result = rancog_cognitive_replay((const uint8_t *)path, strlen(path), NULL);
    if (!result || rancog_last_status() != RANCOG_E_FORKED) {
        return 3;
    }
    rancog_buffer_free(result);
    if (rancog_cognitive_create(NULL, 0, NULL) != NULL || rancog_last_status() != RANCOG_E_FORKED || rancog_module_get_cognitive(NULL) != NULL) {
        return 4;
    }
    rancog_cognitive_destroy(self);
    return rancog_last_status() == RANCOG_E_FORKED ? 0 : 5;
}

static void a_forked_child_is_told_and_does_not_disturb_the_file(void)
{
    rancog_cognitive *self;
    int status = 0;
    pid_t child;
    begin();
    self = open_it(path, NULL);
    lives(self, 0, 3);
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
    lives(self, 3, 8);
    cognition_kit_destroy(self);
    end();
}

/* ---- a full device ---- */
static void a_full_device_refuses_and_nothing_was_decided(void)
{
    struct rlimit limit, small;
    rancog_cognitive *self;
    unsigned k;
    size_t refusals = 0;
    char *before, *after;
    begin();
    CHECK(getrlimit(RLIMIT_FSIZE, &limit) == 0);
    signal(SIGXFSZ, SIG_IGN);
    self = open_it(path, NULL);
    lives(self, 0, 4);
    small = limit;
    small.rlim_cur = 400 * 1024;
    CHECK(setrlimit(RLIMIT_FSIZE, &small) == 0);
    for (k = 4; k < 800 && refusals < 3; k += 4) {
        text problem = cognition_kit_fault("");
        before = knows(self);
        if (cognition_kit_decide(self, problem.bytes, NULL, NULL) != RANCOG_OK) {
            CHECK_CASE(rancog_last_status() == RANCOG_E_STORAGE, rancog_last_error_message());
            after = knows(self);
            CHECK_CASE(strcmp(before, after) == 0, after);
            free(after);
            refusals++;
        }
        free(before);
        text_free(&problem);
    }
    CHECK_CASE(refusals == 3, "the limit is felt");
    before = knows(self);
    CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    CHECK(step(self, STEPS, &after)); /* once there is room */
    free(after), free(before);
    before = knows(self);
    cognition_kit_destroy(self);
    self = open_it(path, NULL);
    after = knows(self);
    CHECK_CASE(strcmp(before, after) == 0, after);
    free(before), free(after);
    cognition_kit_destroy(self);
    signal(SIGXFSZ, SIG_DFL);
    end();
}

/* ---- records ---- */
static void a_record_gives_the_same_bytes_again(void)
{
    static const cognition_failure failures[] = {MODEL_WORKS, MODEL_GIVES_STATUS, MODEL_GIVES_NAN, MODEL_GIVES_INFINITY, MODEL_GIVES_NOTHING};
    static const char *const files[] = {NULL, path};
    size_t f, i;
    for (f = 0; f < 2; f++) {
        rancog_cognitive *self;
        double calls = 0;
        char *report;
        begin();
        self = open_it(files[f], record_path);
        lives(self, 0, STEPS), calls += STEPS;
        for (i = 0; i < sizeof failures / sizeof failures[0]; i++) {
            cognition_record record = cognition_kit_record();
            text tilt = {NULL, 0, 0};
            record.failure = failures[i];
            text_add(&tilt, "{%s}", cognition_kit_tilt);
            CHECK(cognition_kit_with(self, tilt.bytes, NULL, &record, NULL) == RANCOG_OK), calls++;
            text_free(&tilt);
            cognition_kit_free(&record);
        }
        CHECK(cognition_kit_decide(self, "{\"mode\":\"FAST\"}", NULL, NULL) == RANCOG_E_INVALID_JSON), calls++; /* what is refused is recorded too */
        CHECK(cognition_kit_rollback(self, 4711, NULL) == RANCOG_E_NOT_FOUND), calls++;
        CHECK(cognition_kit_call(rancog_cognitive_ingest, self, "<a/>", NULL) == RANCOG_E_INVALID_ARGUMENT), calls++;
        free(cognition_kit_state(self)), calls++;
        cognition_kit_destroy(self);
        report = cognition_kit_replay(record_path);
        CHECK_CASE(optimization_kit_number(report, "calls") == calls && optimization_kit_number(report, "equal") == calls && cognition_kit_says(report, "different", "[]"), report);
        free(report);
        self = open_it(files[f], record_path); /* goes on at the end of the record */
        free(cognition_kit_state(self)), calls++;
        cognition_kit_destroy(self);
        report = cognition_kit_replay(record_path);
        CHECK_CASE(optimization_kit_number(report, "calls") == calls && optimization_kit_number(report, "equal") == calls, report);
        free(report);
        end();
    }
}

static void what_is_not_as_it_was_is_told(void)
{
    rancog_cognitive *self;
    uint8_t *bytes;
    size_t length;
    char *report, *at;
    begin();
    self = open_it(NULL, record_path);
    lives(self, 0, 4);
    cognition_kit_destroy(self);
    bytes = memory_kit_read(record_path, &length);
    bytes = realloc(bytes, length + 1);
    bytes[length] = 0;
    at = strstr((char *)bytes, "the best of the alternatives");
    if (CHECK(at != NULL)) {
        memcpy(at, "one", 3); /* of what was answered */
        CHECK(memory_kit_write(record_path, bytes, length));
        report = cognition_kit_replay(record_path);
        CHECK_CASE(optimization_kit_number(report, "calls") == 4 && optimization_kit_number(report, "equal") == 3 && optimization_kit_number(report, "different/line") == 2, report);
        CHECK_CASE(cognition_kit_says(report, "different/call", "\"decide\"") && strstr(report, "one best of the alternatives") && strstr(report, "the best of the alternatives"), report);
        free(report);
        memcpy(at, "the", 3);
    }
    CHECK(memory_kit_write(record_path, bytes, length - 20)); /* the end of the last line is missing */
    report = cognition_kit_replay(record_path);
    CHECK_CASE(optimization_kit_number(report, "calls") == 3 && optimization_kit_number(report, "equal") == 3, report);
    free(report);
    CHECK(memory_kit_write(record_path, bytes + 1, length - 1));
    CHECK(result_check_and_free(rancog_cognitive_replay((const uint8_t *)record_path, strlen(record_path), NULL), "damaged") != RANCOG_OK && error_names("path"));
    CHECK(memory_kit_write(record_path, "", 0));
    CHECK(result_check_and_free(rancog_cognitive_replay((const uint8_t *)record_path, strlen(record_path), NULL), "empty") == RANCOG_E_INVALID_ARGUMENT && error_names("path"));
    free(bytes);
    end();
}

static void a_record_of_a_killed_process_is_replayed(void)
{
    unsigned round;
    for (round = 0; round < check_scale(6, 2); round++) {
        unsigned done;
        char *report;
        begin();
        done = killed_after(3 + 3 * round, 200 * round, record_path);
        report = cognition_kit_replay(record_path);
        CHECK_CASE(optimization_kit_number(report, "calls") >= done && optimization_kit_number(report, "calls") <= done + 1 && optimization_kit_number(report, "equal") == optimization_kit_number(report, "calls"), report);
        free(report);
        end();
    }
}

static int32_t stop_at_once(double fraction, const char *stage, void *unused)
{
    (void)fraction, (void)stage, (void)unused;
    return 1;
}

static void a_replay_can_be_cancelled(void)
{
    rancog_host host = host_fixed();
    rancog_cognitive *self;
    begin();
    self = open_it(NULL, record_path);
    lives(self, 0, STEPS);
    cognition_kit_destroy(self);
    host.progress = stop_at_once;
    CHECK(result_check_and_free(rancog_cognitive_replay((const uint8_t *)record_path, strlen(record_path), &host), "cancelled") == RANCOG_E_CANCELLED);
    end();
}

int main(int count, char **arguments)
{
    if (count == 5 && strcmp(arguments[1], "other") == 0) {
        return other_process(arguments[2], arguments[3], strcmp(arguments[4], "waits") == 0);
    }
    program = arguments[0];
    RUN(what_was_decided_is_there_again);
    RUN(one_core_has_a_file_at_a_time);
    RUN(what_is_no_core_s_file_is_refused_and_left);
    RUN(every_step_that_was_acknowledged_survives_its_process);
    RUN(a_process_that_waits_has_its_file);
    RUN(a_forked_child_is_told_and_does_not_disturb_the_file);
    RUN(a_full_device_refuses_and_nothing_was_decided);
    RUN(a_record_gives_the_same_bytes_again);
    RUN(what_is_not_as_it_was_is_told);
    RUN(a_record_of_a_killed_process_is_replayed);
    RUN(a_replay_can_be_cancelled);
    return check_finish();
}
