#define PEER scalar
#include "peer_loops.h"
