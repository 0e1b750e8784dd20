/* Memories of episodes that are made from their ids, and their nearest ones found the slow way. */
#ifndef MEMORY_KIT_H
#define MEMORY_KIT_H

#include <stddef.h>
#include <stdint.h>

#include "rancognition.h"

#define MEMORY_DIMENSION 8u
#define MEMORY_TIME_NS 1500000000000000000u

typedef enum { MEMORY_L2, MEMORY_COSINE, MEMORY_INNER_PRODUCT } memory_metric;

extern const char *const memory_metric_names[3];

/* A memory with these options (NULL = none); a failure is recorded. */
rancog_memory *memory_kit_create(const char *options);

/* The same for a file; more: further options as ",\"metric\":\"l2\"", or "". Does not record a failure. */
rancog_memory *memory_kit_open(const char *path, const char *more);

/* Destroys it and checks that this went well. */
void memory_kit_destroy(rancog_memory *self);

/* The three calls with JSON, checked for the shape of their results; a copy of the text (malloc) when text is not NULL. */
typedef uint8_t *(*memory_call)(rancog_memory *self, const uint8_t *json, size_t length);
int32_t memory_kit_call(memory_call call, rancog_memory *self, const char *json, char **text);

/* A whole number in the statistics. */
uint64_t memory_kit_stat(rancog_memory *self, const char *name);

/* What an episode of this id is: vector (of any dimension), cell ("c0".."c4"), reward (NaN for some), success (-1 for some), time. */
void memory_kit_vector(uint64_t id, size_t dimension, float *vector);
const char *memory_kit_cell(uint64_t id);
double memory_kit_reward(uint64_t id);
int32_t memory_kit_success(uint64_t id);

/* The struct of that episode; vector has to live as long as it. */
rancog_episode memory_kit_episode(uint64_t id, float *vector, size_t dimension);

/* Appends the episodes first..first+count-1 of that dimension, in batches; a failure is recorded. */
void memory_kit_append(rancog_memory *self, uint64_t first, size_t count, size_t dimension);

/* Distance in f64, summed in the order of the numbers. */
double memory_kit_distance(memory_metric metric, const float *query, const float *vector, size_t dimension);

/* Whether an episode counts. */
typedef int (*memory_test)(uint64_t id, const void *state);

/* The k nearest of the episodes 1..count that pass (NULL: all), by (distance, id): gives how many. */
size_t memory_kit_nearest(memory_metric metric, const float *query, size_t dimension, uint64_t count, memory_test passes, const void *state, size_t k, rancog_hit *hits);

/* Makes a folder for files of a test, and takes it away with all that is in it (no folders). */
void memory_kit_folder(char folder[64]);
void memory_kit_quick_folder(char folder[64]); /* where nothing waits for a device, if there is such a place */
void memory_kit_remove_folder(const char *folder);

/* A whole file (malloc); *length is SIZE_MAX and NULL is given when it is not there. */
uint8_t *memory_kit_read(const char *path, size_t *length);

/* Whether it was written. */
int memory_kit_write(const char *path, const void *bytes, size_t length);

#endif
