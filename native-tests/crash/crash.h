/* Writers that are killed, and what is known of their writes from outside. */
#ifndef CRASH_H
#define CRASH_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "rancognition.h"

/* Ids of one file are below. */
#define CRASH_IDS_MAX 200000u

/* A writer gives no more new ids than these, so that all episodes can be asked for in one call. */
#define CRASH_NEW_IDS_MAX 15000u

typedef enum { CRASH_STORE = 1, CRASH_UPDATE, CRASH_REMOVE, CRASH_BEGUN, CRASH_ACKNOWLEDGED } crash_kind;

/* What a writer tells through its pipe, in one piece: an operation begins, or its call has returned OK. */
typedef struct {
    uint32_t phase; /* CRASH_BEGUN or CRASH_ACKNOWLEDGED */
    uint32_t kind;
    uint32_t thread;
    uint32_t version; /* of the episode afterwards, 1 for new ones; 0 when removed */
    uint64_t first;   /* ids first..first+count-1 */
    uint64_t count;
} crash_record;

/* The versions of all episodes, by id; 0 = not there. */
typedef struct {
    uint32_t version[CRASH_IDS_MAX];
    uint64_t next_id;
} crash_state;

/* What an episode of this id and version is. */
void crash_vector(uint64_t id, uint32_t version, float *vector);
const char *crash_cell(uint64_t id, uint32_t version);
double crash_reward(uint64_t id, uint32_t version);

/* A memory on that file; NULL on failure. */
rancog_memory *crash_open(const char *path, const char *durability);

/* The child's part: each thread does that many operations (0 = without end), then waits to be killed. state_file holds (id, version) pairs that are its own. */
int crash_write(const char *path, const char *durability, size_t threads, uint64_t first_id, uint64_t seed, const char *state_file, size_t operations);

/* Starts this program as a writer; *from is the end of the pipe to read. */
pid_t crash_start(const char *program, const char *path, const char *durability, size_t threads, uint64_t seed, const char *state_file, const crash_state *state, const uint8_t *in_doubt,
                  size_t operations, int *from);

/* Reads what is in the file: the versions of all. A fault is told in fault (of 300 bytes), and 0 given. */
int crash_read_all(rancog_memory *memory, crash_state *found, char *fault);

/* Whether recalls are what brute force finds among those that are there. */
int crash_recalls_are_exact(rancog_memory *memory, const crash_state *there, uint64_t *random, char *fault);

/* The two tests. */
int crash_rounds(const char *program, size_t rounds, uint64_t seed);
int crash_logs(const char *program, size_t operations);

#endif
