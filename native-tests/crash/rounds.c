/* Kills writers at random moments: what was acknowledged is there, nothing else is, and recalls are exact. */
#include "crash.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "memory_kit.h"
#include "prng.h"

#define THREADS_MAX 4u
#define IN_DOUBT_MAX 64u

/* A file begins anew when this many ids were given, or after so many rounds. */
#define FILE_IDS_MAX 30000u
#define FILE_ROUNDS_MAX 12u

static const char *const durabilities[] = {"group", "none", "sync"};

/* What a kill left undecided: begun and not acknowledged. */
typedef struct {
    crash_kind kind;
    uint64_t first, count;
    uint32_t version;
} doubt;

typedef struct {
    crash_state acknowledged, found;
    uint8_t in_doubt[CRASH_IDS_MAX];
    doubt doubts[IN_DOUBT_MAX];
    size_t doubts_count;
    crash_record begun[THREADS_MAX];
    uint64_t random, acknowledgements, kept_in_doubt;
    char folders[2][64], path[100], state_file[100]; /* on a disk, and where nothing waits for one: many more calls there, so that the log gets full */
    size_t file_rounds, files;
    char fault[300];
} oracle;

static void take_in(oracle *o, const crash_record *record)
{
    uint64_t id;
    if (record->thread >= THREADS_MAX || record->first == 0 || record->first + record->count > CRASH_IDS_MAX) {
        snprintf(o->fault, sizeof o->fault, "a record that cannot be");
        return;
    }
    if (record->first + record->count > o->acknowledged.next_id) {
        o->acknowledged.next_id = record->first + record->count;
    }
    if (record->phase == CRASH_BEGUN) {
        o->begun[record->thread] = *record;
        return;
    }
    o->acknowledgements++;
    o->begun[record->thread].phase = 0;
    for (id = record->first; id < record->first + record->count; id++) {
        o->acknowledged.version[id] = record->version;
    }
}

static double now_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Reads records until the end of the pipe; kills the child when its time has come. */
static void follow(oracle *o, int from, pid_t child, int kill_while_opening, double seconds)
{
    static uint8_t bytes[sizeof(crash_record) * 512];
    size_t held = 0, at;
    int killed = 0;
    double deadline = now_seconds() + (kill_while_opening ? seconds : 60);
    for (;;) {
        struct pollfd wait = {from, POLLIN, 0};
        double left = deadline - now_seconds();
        ssize_t got;
        if (!killed && left <= 0) {
            kill(child, SIGKILL);
            killed = 1;
        }
        if (poll(&wait, 1, killed ? -1 : (int)(left * 1000) + 1) <= 0) {
            continue;
        }
        got = read(from, bytes + held, sizeof bytes - held);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            break;
        }
        if (!killed && !kill_while_opening && deadline - now_seconds() > 50) {
            deadline = now_seconds() + seconds; /* from the first record on */
        }
        held += (size_t)got;
        for (at = 0; at + sizeof(crash_record) <= held; at += sizeof(crash_record)) {
            crash_record record;
            memcpy(&record, bytes + at, sizeof record);
            take_in(o, &record);
        }
        memmove(bytes, bytes + at, held - at);
        held -= at;
    }
    close(from);
}

static void note_doubts(oracle *o)
{
    size_t t;
    uint64_t id;
    for (t = 0; t < THREADS_MAX; t++) {
        const crash_record *record = &o->begun[t];
        if (record->phase == CRASH_BEGUN && o->doubts_count < IN_DOUBT_MAX) {
            doubt *d = &o->doubts[o->doubts_count++];
            d->kind = (crash_kind)record->kind;
            d->first = record->first;
            d->count = record->count;
            d->version = record->version;
            for (id = d->first; id < d->first + d->count; id++) {
                o->in_doubt[id] = 1;
            }
        }
        o->begun[t].phase = 0;
    }
}

/* Each operation in doubt happened whole or not at all; everything else is as it was acknowledged. */
static int settle(oracle *o)
{
    size_t i;
    uint64_t id;
    for (i = 0; i < o->doubts_count; i++) {
        const doubt *d = &o->doubts[i];
        uint64_t happened = 0;
        for (id = d->first; id < d->first + d->count; id++) {
            happened += o->found.version[id] == d->version;
        }
        if (happened != 0 && happened != d->count) {
            snprintf(o->fault, sizeof o->fault, "of %llu episodes stored by one call, from %llu on, %llu are there", (unsigned long long)d->count, (unsigned long long)d->first, (unsigned long long)happened);
            return 0;
        }
        if (happened) {
            for (id = d->first; id < d->first + d->count; id++) {
                o->acknowledged.version[id] = d->version;
            }
            o->kept_in_doubt++;
        }
    }
    for (id = 1; id < CRASH_IDS_MAX; id++) {
        if (o->found.version[id] != o->acknowledged.version[id]) {
            snprintf(o->fault, sizeof o->fault, "episode %llu has version %u instead of %u (0 = not there)", (unsigned long long)id, (unsigned)o->found.version[id], (unsigned)o->acknowledged.version[id]);
            return 0;
        }
    }
    o->doubts_count = 0;
    memset(o->in_doubt, 0, sizeof o->in_doubt);
    return 1;
}

static int look(oracle *o)
{
    rancog_memory *memory = crash_open(o->path, "group");
    int good;
    if (!memory) {
        snprintf(o->fault, sizeof o->fault, "the file does not open: %s", rancog_last_error_message());
        return 0;
    }
    good = crash_read_all(memory, &o->found, o->fault) && settle(o) && crash_recalls_are_exact(memory, &o->found, &o->random, o->fault);
    rancog_memory_destroy(memory);
    return good;
}

static void begin_file(oracle *o)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-lock", "-new", "-new-journal"};
    char name[160];
    size_t i;
    for (i = 0; o->files > 0 && i < sizeof suffixes / sizeof suffixes[0]; i++) {
        snprintf(name, sizeof name, "%s%s", o->path, suffixes[i]);
        unlink(name);
    }
    snprintf(o->path, sizeof o->path, "%s/memory.db", o->folders[o->files++ % 2]);
    memset(&o->acknowledged, 0, sizeof o->acknowledged);
    o->acknowledged.next_id = 1;
    o->file_rounds = 0;
}

/* One writer from its start to its end by the kill; with look_at_it what it left is compared. */
static int kill_one(oracle *o, const char *program, size_t round, int look_at_it)
{
    size_t threads = 1 + prng_below(&o->random, THREADS_MAX);
    int kill_while_opening = prng_below(&o->random, 8) == 0, from = -1, status = 0;
    double seconds = prng_unit(&o->random) * (kill_while_opening ? 0.03 : 0.15);
    pid_t child = crash_start(program, o->path, durabilities[round % 3], threads, prng_next(&o->random) >> 32, o->state_file, &o->acknowledged, o->in_doubt, 0, &from);
    if (child < 0) {
        snprintf(o->fault, sizeof o->fault, "no writer: %s", strerror(errno));
        return 0;
    }
    follow(o, from, child, kill_while_opening, seconds);
    waitpid(child, &status, 0);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL) {
        snprintf(o->fault, sizeof o->fault, "the writer ended by itself: %s %d", WIFEXITED(status) ? "code" : "signal", WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
        return 0;
    }
    note_doubts(o);
    o->file_rounds++;
    return o->fault[0] == 0 && (!look_at_it || look(o));
}

int crash_rounds(const char *program, size_t rounds, uint64_t seed)
{
    oracle *o = calloc(1, sizeof *o);
    size_t round;
    double start = now_seconds();
    memory_kit_folder(o->folders[0]);
    memory_kit_quick_folder(o->folders[1]);
    snprintf(o->state_file, sizeof o->state_file, "%s/state", o->folders[0]);
    o->random = seed;
    begin_file(o);
    for (round = 0; round < rounds; round++) {
        /* Now and then the next writer finds what the last one left, not what a reader has put in order. */
        int look_at_it = round + 1 == rounds || prng_below(&o->random, 3) != 0 || o->acknowledged.next_id > FILE_IDS_MAX || o->doubts_count + 2 * THREADS_MAX > IN_DOUBT_MAX;
        if (!kill_one(o, program, round, look_at_it)) {
            printf("FAILED round %u of seed %llu, %u on this file: %s\n        the file is %s\n", (unsigned)round, (unsigned long long)seed, (unsigned)o->file_rounds, o->fault, o->path);
            printf("%u passed, 1 failed\n", (unsigned)round);
            free(o);
            return 1;
        }
        if (look_at_it && round + 1 < rounds && (o->acknowledged.next_id > FILE_IDS_MAX || o->file_rounds >= FILE_ROUNDS_MAX)) {
            begin_file(o);
        }
    }
    printf("%u writers killed in %.0f s, seed %llu: %llu acknowledged calls all there, %llu that were under way there as a whole\n", (unsigned)rounds, now_seconds() - start, (unsigned long long)seed,
           (unsigned long long)o->acknowledgements, (unsigned long long)o->kept_in_doubt);
    printf("%u passed, 0 failed\n", (unsigned)rounds);
    memory_kit_remove_folder(o->folders[0]);
    memory_kit_remove_folder(o->folders[1]);
    free(o);
    return 0;
}
