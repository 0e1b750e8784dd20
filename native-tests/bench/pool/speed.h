/* Time of one allocation and one release, in interleaved rounds. */
#ifndef SPEED_H
#define SPEED_H

#include <stddef.h>

#include "peer.h"

void speed_table(const pool_peer **peers, size_t count, int quick);

#endif
