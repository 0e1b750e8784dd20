#include <stdio.h>
#include "rancognition.h"

int main(void)
{
    // Three cells: SINR (dB), weighted, against a threshold; a load that halves four times.
    const float sinr[] = {13, 4, 20}, weight[] = {1, 1, 0.5f}, threshold[] = {5, 5, 10};
    const float load[] = {80, 60, 20}, halve[] = {0.5f, 0.5f, 1};
    uint8_t good[3];
    float later[3];
    if (rancog_simd_vectorized_pattern_matching(sinr, threshold, weight, 3, good) ||
        rancog_simd_parallel_temporal_computation(load, halve, 3, 4, later)) { // not RANCOG_OK
        fprintf(stderr, "%s\n", rancog_last_error_message());
        return 1;
    }
    for (int i = 0; i < 3; i++)
        printf("cell %d: %s, load %g\n", i, good[i] ? "good" : "weak", later[i]);
    return 0;
}
// Prints:
// cell 0: good, load 5
// cell 1: weak, load 3.75
// cell 2: good, load 20
