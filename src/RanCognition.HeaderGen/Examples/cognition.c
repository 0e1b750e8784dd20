#include <stdio.h>
#include <string.h>
#include "rancognition.h"
#define JSON(text) (const uint8_t *)(text), sizeof(text) - 1
// An hour of handovers from cell 1 to cell 2: how many were tried, how many came too late.
#define TRIED "NRCellRelation=1-2/MM.HoExeInterReq"
#define LATE "NRCellRelation=1-2/HO.IntraSys.TooLate"
#define SERIES(name, values) "\"" name "\":{\"start_ns\":0,\"step_ns\":900000000000,"       \
    "\"values\":" values "}"
#define PROBLEM "{\"problem_type\":\"MRO\",\"time_ns\":3600000000000,\"history\":{"         \
    SERIES(TRIED, "[100,120,110,130]") "," SERIES(LATE, "[12,15,11,14]") "},"               \
    "\"configuration\":{\"NRCellRelation=1-2\":{\"cellIndividualOffset\":1}}}"
#define TARGETS "[{\"id\":\"late\",\"constraint_type\":\"max\",\"priority\":1,"             \
    "\"parameters\":{\"" LATE " / " TRIED "\":0.1}}]"
// What came of it within the hour that is watched: it got worse.
#define OUTCOME "{\"decision_id\":1,\"time_ns\":7200000000000,"                             \
    "\"observed\":{\"" TRIED "\":480,\"" LATE "\":60}}"
// The host's own model is to judge this change of a tilt (0.1 degree).
#define TILT "{\"current_state\":{\"DRB.UEThpDl\":10},\"candidates\":[[{"                   \
    "\"managedObject\":\"NRCellDU=1\",\"attribute\":\"digitalTilt\",\"after\":62}]],"       \
    "\"constraints\":[\"DRB.UEThpDl >= 11\"]}"
#define ROWS "{\"rows\":[{\"time_ns\":7200000000000,\"object\":\"NRCellDU=1\","             \
    "\"metric\":\"DRB.UEThpDl\",\"value\":12}]}"
static int32_t model(const uint8_t *question, size_t length, double *values, size_t n,
                     void *used)
{
    int as_it_is = length > 13 && memcmp(question, "{\"actions\":[]", 13) == 0;
    for (size_t i = 0; i < n; i++)
        values[i] = as_it_is ? 10 : 12; // of each metric that the question names
    ++*(int *)used;
    return 0; // another number: nothing can be told of these changes
}
static void show(const char *name, uint8_t *result, const char *from, int length)
{
    const char *json = result != NULL ? (const char *)result + 4 : "no memory";
    const char *piece = rancog_last_status() == RANCOG_OK ? strstr(json, from) : NULL;
    printf("%-9s %.*s\n", name, length, piece != NULL ? piece : json);
    rancog_buffer_free(result);
}
int main(void)
{
    int used = 0;
    remove("calls.jsonl"); // every call is appended to it
    rancog_cognitive *self = rancog_cognitive_create(
        JSON("{\"seed\":7,\"record_to\":\"calls.jsonl\"}"), NULL);
    show("decision", rancog_cognitive_decide(self, JSON(PROBLEM), JSON(TARGETS)),
         "\"attribute\"", 56);
    show("outcome", rancog_cognitive_report_outcome(self, JSON(OUTCOME)), "\"verdict\"", 21);
    show("undo", rancog_cognitive_rollback(self, 1), "\"attribute\"", 44);
    show("model", rancog_cognitive_decide_with(self, JSON(TILT), NULL, 0, model, &used),
         "\"attribute\"", 50);
    show("taken", rancog_cognitive_ingest(self, JSON(ROWS)), "\"format\"", 15);
    show("state", rancog_cognitive_get_state(self), "\"brier\"", 23);
    rancog_cognitive_destroy(self);
    show("replayed", rancog_cognitive_replay(JSON("calls.jsonl"), NULL), "\"calls\"", 19);
    return used == 0;
}
// Prints:
// decision  "attribute":"cellIndividualOffset","before":1,"after":3}
// outcome   "verdict":"ROLL_BACK"
// undo      "attribute":"cellIndividualOffset","after":1
// model     "attribute":"digitalTilt","before":null,"after":62
// taken     "format":"rows"
// state     "brier":0.58...
// replayed  "calls":6,"equal":6
