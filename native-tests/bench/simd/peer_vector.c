#define PEER vector
#include "peer_loops.h"
