#include <stdio.h>
#include <string.h>
#include "rancognition.h"

enum { HOURS = 200, STATE = 3, NEAREST = 5 };

int main(void)
{
    static float states[HOURS][STATE]; // PRB use, throughput at the edge, tilt: each 0..1
    static rancog_episode hours[HOURS];
    static uint64_t ids[HOURS];
    uint32_t noise = 1;
    for (size_t i = 0; i < HOURS; i++) { // a lower tilt pays where the load is high
        for (int j = 0; j < STATE; j++) {
            noise = noise * 1664525u + 1013904223u;
            states[i][j] = (float)(noise >> 8) / 16777216;
        }
        hours[i].struct_size = sizeof hours[i];
        hours[i].time_ns = 1700000000000000000u + i * 3600000000000u;
        hours[i].cell = (const uint8_t *)(i % 2 == 0 ? "cell-7" : "cell-8");
        hours[i].cell_length = 6;
        hours[i].vector = states[i];
        hours[i].dimension = STATE;
        hours[i].reward = (states[i][0] - 0.5) * (states[i][2] - 0.5) * 4;
        hours[i].success = hours[i].reward > 0;
    }

    rancog_memory *memory = rancog_memory_create(NULL, 0, NULL);
    const float now[STATE] = {0.9f, 0.2f, 0.5f};
    rancog_filter good;
    memset(&good, 0, sizeof good);
    good.struct_size = sizeof good;
    good.flags = RANCOG_FILTER_SUCCESS | RANCOG_FILTER_MIN_REWARD;
    good.success = 1;
    good.min_reward = 0.2;
    good.cell = (const uint8_t *)"cell-7";
    good.cell_length = 6;
    rancog_hit hits[NEAREST];
    size_t n = NEAREST;
    if (rancog_memory_append(memory, hours, HOURS, -1, ids) ||
        rancog_memory_search(memory, now, STATE, NEAREST, &good, hits, &n)) { // not RANCOG_OK
        fprintf(stderr, "%s\n", rancog_last_error_message());
        rancog_memory_destroy(memory);
        return 1;
    }
    double tilt = 0;
    for (size_t i = 0; i < n; i++)
        tilt += states[hits[i].id - ids[0]][2] / (double)n;
    printf("%d hours like this one went well, the nearest %.2f away, reward %.2f\n", (int)n,
        hits[0].distance, hits[0].reward);
    printf("their tilt: %.2f\n", tilt);
    rancog_memory_destroy(memory);
    return 0;
}
// Prints:
// 5 hours like this one went well, the nearest 0.25 away, reward 0.23
// their tilt: 0.78
