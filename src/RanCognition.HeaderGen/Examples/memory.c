#include <stdio.h>
#include <string.h>
#include "rancognition.h"

// A night of a site whose second cell may sleep: load, what was done, and what came of it.
#define NIGHT(load, users, did, kwh, good)                                                  \
    "{\"cell\":\"site-7\",\"situation\":{\"RRU.PrbTotDl\":" load ",\"RRC.ConnMean\":" users \
    "},\"action\":[" did "],\"reward\":" kwh ",\"success\":" good "}"
#define SLEEP                                                                  \
    "{\"managedObject\":\"NRCellDU=2\",\"attribute\":\"administrativeState\"," \
    "\"before\":\"UNLOCKED\",\"after\":\"LOCKED\"}"
#define TONIGHT "\"situation\":{\"RRU.PrbTotDl\":10,\"RRC.ConnMean\":15}"
#define JSON(text) (const uint8_t *)(text), sizeof(text) - 1

// Prints a piece of a result, or what went wrong, and frees it.
static void show(const char *name, uint8_t *result, const char *from)
{
    const char *json = result != NULL ? (const char *)result + 4 : "no memory";
    const char *piece = rancog_last_status() == RANCOG_OK ? strstr(json, from) : NULL;
    printf("%-7s %.42s\n", name, piece != NULL ? piece : json);
    rancog_buffer_free(result);
}

int main(void)
{
    rancog_memory *memory = rancog_memory_create(NULL, 0, NULL); // {"path":"a.db"} keeps it
    show("nights", rancog_memory_store(memory, JSON("["
        NIGHT("9", "14", SLEEP, "4.1", "true") ","
        NIGHT("11", "17", SLEEP, "3.8", "true") ","
        NIGHT("34", "90", SLEEP, "-2.5", "false") "," // a match was played: users lost
        NIGHT("36", "88", "", "0", "true") "]")), "\"ids\"");

    // Tonight: what was done on the two good nights most like it?
    show("recall", rancog_memory_recall(memory, JSON("{" TONIGHT ",\"k\":2,"
        "\"filter\":{\"cell\":\"site-7\",\"success\":true}}")), "\"after\"");
    // The same is done; in the morning it is known what that brought.
    show("store", rancog_memory_store(memory, JSON("{\"cell\":\"site-7\"," TONIGHT ","
        "\"action\":[" SLEEP "]}")), "\"id\"");
    show("update", rancog_memory_update(memory,
        JSON("{\"id\":5,\"reward\":4,\"success\":true}")), "\"updated\"");
    show("skills", rancog_memory_analyze(memory, JSON("{\"op\":\"skills\",\"min_count\":2}")),
        "\"count\"");

    int failed = rancog_memory_remove(memory, 4) != RANCOG_OK ||
                 rancog_memory_flush(memory) != RANCOG_OK;
    show("stats", rancog_memory_get_stats(memory), "\"episodes\"");
    rancog_memory_destroy(memory);
    return failed;
}
// Prints:
// nights  "ids":[1,2,3,4],...
// recall  "after":"LOCKED"}],"reward":4.1,...
// store   "id":5,...
// update  "updated":["reward","success"],...
// skills  "count":4,"success_rate":0.75,...
// stats   "episodes":4,...
