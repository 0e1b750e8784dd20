/* The log that a killed writer left, cut at the end of every frame and within it: what opens is what there was after some of the commits, more of them the more is left. */
#include "crash.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "memory_kit.h"

#define LOG_HEADER 32u
#define FRAME_HEADER 24u

typedef struct {
    crash_record *records; /* acknowledged ones in order, then the one under way */
    size_t count, acknowledged;
} history;

static uint32_t big_endian(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* One thread's operations, until it has done them all; then it is killed. */
static history write_and_kill(const char *program, const char *path, const char *durability, const char *state_file, size_t operations)
{
    static crash_state none;
    static uint8_t no_doubt[CRASH_IDS_MAX];
    history h = {NULL, 0, 0};
    crash_record record;
    int from = -1, status = 0;
    pid_t child;
    none.next_id = 1;
    h.records = calloc(operations + 1, sizeof *h.records);
    child = crash_start(program, path, durability, 1, 4, state_file, &none, no_doubt, operations, &from);
    CHECK(child > 0);
    while (h.acknowledged < operations && read(from, &record, sizeof record) == (ssize_t)sizeof record) {
        if (record.phase == CRASH_BEGUN) {
            h.records[h.count++] = record;
        } else {
            h.acknowledged++;
        }
    }
    kill(child, SIGKILL);
    close(from);
    CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status) && h.acknowledged == operations && h.count == operations);
    return h;
}

static void apply(crash_state *state, const crash_record *record)
{
    uint64_t id;
    for (id = record->first; id < record->first + record->count; id++) {
        state->version[id] = record->version;
    }
}

/* Opens the file with that much of its log; gives how many of the operations are there, or -1. */
static int operations_there(const char *path, const uint8_t *file, size_t file_length, const uint8_t *log, size_t log_length, const history *h, size_t at_least, const char *note)
{
    static crash_state found, state;
    char name[160], fault[300] = "", message[600];
    rancog_memory *memory;
    size_t done;
    int good;
    snprintf(name, sizeof name, "%s-wal", path);
    CHECK(memory_kit_write(path, file, file_length) && memory_kit_write(name, log, log_length));
    memory = crash_open(path, "none");
    if (!CHECK_CASE(memory != NULL, rancog_last_error_message())) {
        return -1;
    }
    good = crash_read_all(memory, &found, fault);
    rancog_memory_destroy(memory);
    memset(&state, 0, sizeof state);
    for (done = 0; good; done++) {
        if (done >= at_least && memcmp(state.version, found.version, sizeof state.version) == 0) {
            return (int)done;
        }
        if (done == h->count) {
            break;
        }
        apply(&state, &h->records[done]);
    }
    snprintf(message, sizeof message, "%s, %u bytes: %s", note, (unsigned)log_length, good ? "is no state after some of the operations, or one before that of a shorter log" : fault);
    CHECK_CASE(0, message);
    return -1;
}

static void cut_the_log(const char *program, const char *durability, size_t operations)
{
    char folder[64], path[100], log_path[110], state_file[100], copy[100];
    uint8_t *file, *log;
    size_t file_length, log_length, frame, frames, i, there = 0;
    history h;
    memory_kit_quick_folder(folder);
    snprintf(path, sizeof path, "%s/memory.db", folder);
    snprintf(log_path, sizeof log_path, "%s-wal", path);
    snprintf(state_file, sizeof state_file, "%s/state", folder);
    snprintf(copy, sizeof copy, "%s/copy.db", folder);
    h = write_and_kill(program, path, durability, state_file, operations);
    file = memory_kit_read(path, &file_length);
    log = memory_kit_read(log_path, &log_length);
    if (CHECK(file && log && log_length > LOG_HEADER)) {
        frame = FRAME_HEADER + big_endian(log + 8);
        for (frames = 0; LOG_HEADER + (frames + 1) * frame <= log_length; frames++) {
            /* Those of this log bear its salt; what follows was written before, or is empty. */
            if (memcmp(log + LOG_HEADER + frames * frame + 8, log + 16, 8) != 0) {
                break;
            }
        }
        CHECK(frames > operations);
        for (i = 0; i <= frames; i++) {
            static const size_t inside[] = {1, 23, 24, 25, 2000, 4097};
            size_t end = LOG_HEADER + i * frame;
            int now = operations_there(copy, file, file_length, log, end, &h, there, durability);
            if (now < 0) {
                break;
            }
            there = (size_t)now;
            if (i < frames) {
                CHECK(operations_there(copy, file, file_length, log, end + inside[i % 6], &h, there, durability) == now);
            }
        }
        CHECK_CASE(there == h.acknowledged, "the whole log has all that was acknowledged");
        CHECK(operations_there(copy, file, file_length, log, log_length, &h, there, durability) == (int)there);
        CHECK(operations_there(copy, file, file_length, log, 0, &h, 0, durability) == 0);
        CHECK(operations_there(copy, file, file_length, log, 17, &h, 0, durability) == 0);
        printf("  %s: %u frames of %u operations\n", durability, (unsigned)frames, (unsigned)operations);
    }
    free(file), free(log), free(h.records);
    memory_kit_remove_folder(folder);
}

static const char *tested_program;
static size_t tested_operations;

static void a_log_cut_anywhere_opens_with_a_prefix_of_the_commits(void)
{
    cut_the_log(tested_program, "none", tested_operations);
}

static void so_does_one_that_was_given_its_length_at_once(void)
{
    cut_the_log(tested_program, "group", tested_operations);
}

int crash_logs(const char *program, size_t operations)
{
    tested_program = program;
    tested_operations = operations;
    RUN(a_log_cut_anywhere_opens_with_a_prefix_of_the_commits);
    RUN(so_does_one_that_was_given_its_length_at_once);
    return check_finish();
}
