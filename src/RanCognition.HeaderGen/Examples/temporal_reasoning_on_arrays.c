#include <math.h>
#include <stdio.h>
#include "rancognition.h"

#define HOURS 240
#define HOUR_NS 3600000000000u

int main(void)
{
    static double use[HOURS], scores[HOURS];
    static uint64_t times[HOURS];
    static uint8_t alarms[HOURS];
    double mean[2], low[2], high[2];
    size_t shifts[4], found = 4, i, alarm = 0;
    uint32_t noise = 1;
    for (i = 0; i < HOURS; i++) { // PRB use of ten days; a new neighbour from hour 120 on
        noise = noise * 1664525u + 1013904223u;
        times[i] = 1700000000000000000u + i * HOUR_NS;
        use[i] = (i < 120 ? 60 : 40) + (double)(noise >> 24) / 64;
    }
    use[100] = 99;
    use[70] = NAN; // not known

    rancog_temporal *core = rancog_temporal_create(200, 48, NULL);
    const uint8_t *cell = (const uint8_t *)"cell-7", *metric = (const uint8_t *)"PrbUse";
    if (rancog_temporal_forecast(core, use, HOURS, HOUR_NS, 2, 0.95, mean, low, high) ||
        rancog_temporal_score_anomalies(core, use, HOURS, HOUR_NS, scores) ||
        rancog_temporal_detect_anomalies(core, use, HOURS, HOUR_NS, alarms) ||
        rancog_temporal_detect_change_points(core, use, HOURS, HOUR_NS, shifts, &found) ||
        rancog_temporal_observe(core, cell, 6, metric, 6, times, use, HOURS)) { // not RANCOG_OK
        fprintf(stderr, "%s\n", rancog_last_error_message());
        rancog_temporal_destroy(core);
        return 1;
    }
    while (alarm < HOURS - 1 && !alarms[alarm])
        alarm++;
    printf("next hour %.0f, 95 %% between %.0f and %.0f\n", mean[0], low[0], high[0]);
    printf("first alarm at hour %d, score %.1f\n", (int)alarm, scores[alarm]);
    printf("level shifts %d, the first at hour %d\n", (int)found, found ? (int)shifts[0] : -1);
    rancog_temporal_destroy(core);
    return 0;
}
// Prints:
// next hour 42, 95 % between 39 and 44
// first alarm at hour 100, score ...
// level shifts 1, the first at hour 120
