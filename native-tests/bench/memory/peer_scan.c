#include "peer_scan.h"

#include <math.h>

enum { dimension = 64, most_neighbours = 64 };

static float squared_distance(const float *a, const float *b)
{
    float sum = 0;
    size_t j;
    for (j = 0; j < dimension; j++) {
        float difference = a[j] - b[j];
        sum += difference * difference;
    }
    return sum;
}

void scan_nearest(const float *rows, size_t count, const float *query, size_t k, uint32_t *nearest)
{
    float distances[most_neighbours];
    size_t i, held = 0;
    for (i = 0; i < count; i++) {
        float distance = squared_distance(rows + i * dimension, query);
        if (held < k || distance < distances[held - 1]) {
            size_t at = held < k ? held++ : k - 1;
            for (; at > 0 && distances[at - 1] > distance; at--) {
                distances[at] = distances[at - 1];
                nearest[at] = nearest[at - 1];
            }
            distances[at] = distance;
            nearest[at] = (uint32_t)i;
        }
    }
}

uint64_t scan_words(const uint64_t *words, size_t count)
{
    uint64_t sum = 0;
    size_t i;
    for (i = 0; i < count; i++) {
        sum += words[i];
    }
    return sum;
}
