/* The parts of loop_watch, each of which prints a table. Each ends the program when a call fails or a promise is not kept. */
#ifndef LOOP_WATCH_H
#define LOOP_WATCH_H

#include "rancognition.h"

/* Predicts the counters of the folder step by step, and tells how good that was and what the loops tuned about themselves. */
void watch_counters(rancog_strange_loop *self, const char *folder);

/* What the loops believe about themselves by now, and what they changed about themselves. */
void show_beliefs(rancog_strange_loop *self);

/* The loads of the network of tilt_plan as a fixed point, and just below and above the most traffic that it can carry. */
void watch_loads(rancog_strange_loop *self);

/* Load balancing against mobility robustness: their conflicts, and both simulated with and without the advice. */
void watch_functions(rancog_strange_loop *self);

/* Ends the program with that message when it does not hold. */
void promised(int holds, const char *what);

#endif
