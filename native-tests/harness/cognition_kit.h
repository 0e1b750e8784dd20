/* Cognitive cores as the tests use them: a relation with a planted fault, a host's own model, calls that are checked for the shape of their results. optimization_kit_at and its kin look into a result. */
#ifndef COGNITION_KIT_H
#define COGNITION_KIT_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

#include "rancognition.h"
#include "text.h"

/* The clock of a host_fixed, at which the histories end. */
#define COGNITION_NOW_NS 1600000000000000000u
#define COGNITION_PERIOD_NS 900000000000u
#define COGNITION_HOUR_NS 3600000000000u

#define COGNITION_ATTEMPTS 400u
#define COGNITION_LATE "NRCellRelation=1-2/HO.IntraSys.TooLate"
#define COGNITION_TRIED "NRCellRelation=1-2/MM.HoExeInterReq"
#define COGNITION_LATE_RATE COGNITION_LATE " / " COGNITION_TRIED

/* How a model fails. */
typedef enum { MODEL_WORKS, MODEL_GIVES_STATUS, MODEL_GIVES_NAN, MODEL_GIVES_INFINITY, MODEL_GIVES_NOTHING } cognition_failure;

/* What a model is asked, and what came to it. */
typedef struct cognition_record {
    cognition_failure failure;
    void (*inside)(struct cognition_record *record); /* called first in every call; NULL = none */
    void *state;
    pthread_t caller;
    size_t calls;
    size_t faults;  /* calls that are none, or on another thread */
    text questions; /* all of them, a line each */
} cognition_record;

/* A core; a failure is recorded. options NULL = none. */
rancog_cognitive *cognition_kit_create(const char *options, const rancog_host *host);

/* Destroys it and checks that this went well. */
void cognition_kit_destroy(rancog_cognitive *self);

/* {"id":.., "network_id":"n", "problem_type":"MRO", "time_ns":.., "seed":7, "history":{..24 quarters of an hour of the relation 1-2..}, MORE}: of COGNITION_ATTEMPTS a quarter so many come too late, too early. */
text cognition_kit_relation(unsigned late, unsigned early, const char *more);

/* That with a fault (one in eight too late), a configuration, the target that one in twelve may, and guards that let the best candidate pass. */
text cognition_kit_fault(const char *more);

/* Members of a problem that has two candidates for the tilt of cell 5, to be judged by the test's model: metrics a and b, a to be at least 11, b at most 12.5. */
extern const char cognition_kit_tilt[];

/* Calls with JSON, checked for the shape of their results; a copy of the text (malloc) when text is not NULL. constraints NULL = none. */
int32_t cognition_kit_decide(rancog_cognitive *self, const char *problem, const char *constraints, char **text);
int32_t cognition_kit_with(rancog_cognitive *self, const char *problem, const char *constraints, cognition_record *record, char **text);
int32_t cognition_kit_rollback(rancog_cognitive *self, uint64_t decision, char **text);

typedef uint8_t *(*cognition_call)(rancog_cognitive *self, const uint8_t *json, size_t length);
int32_t cognition_kit_call(cognition_call call, rancog_cognitive *self, const char *json, char **text);

/* The text (malloc) of a decision, and of another call, that has to succeed. */
char *cognition_kit_decided(rancog_cognitive *self, const char *problem);
char *cognition_kit_answer(cognition_call call, rancog_cognitive *self, const char *json);

/* The report of a replay that has to succeed. */
char *cognition_kit_replay(const char *path);

/* {"decision_id":..,"time_ns":..,"observed":{..}}: so many ns after the decision, of COGNITION_ATTEMPTS so many too late. */
void cognition_kit_outcome(char json[400], uint64_t decision, uint64_t after_ns, unsigned late, const char *more);

/* The text of get_state (malloc), in which the time that it took is 0. */
char *cognition_kit_state(rancog_cognitive *self);

cognition_record cognition_kit_record(void);
void cognition_kit_free(cognition_record *record);

/* The model as the library calls it; user_data is a record: value i is 10 + i + number of changes. */
int32_t cognition_kit_model(const uint8_t *question, size_t length, double *values, size_t n, void *record);

/* How often a word is in a text. */
size_t cognition_kit_times(const char *text, size_t length, const char *word);

/* Whether the text at a path begins so. */
int cognition_kit_says(const char *result, const char *path, const char *value);

/* The confidence of a decision (its causes have one too). */
double cognition_kit_confidence(const char *result);

#endif
