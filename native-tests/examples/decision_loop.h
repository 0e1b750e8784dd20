/* The parts of decision_loop. Each ends the program when a call fails or a promise is not kept. */
#ifndef DECISION_LOOP_H
#define DECISION_LOOP_H

#include "json_pick.h"
#include "rancognition.h"

/* Takes the measurement files of the folder, and tells what was found in them and in the counters of an LTE network. */
void take_counters(rancog_cognitive *core, const char *folder);

/* Two days of a simulated network, with and without the core. */
void run_hours(rancog_cognitive *core);

/* What the core knows of itself by now; gives the result of get_state. */
uint8_t *show_state(rancog_cognitive *core);

/* Keeps a result for the page. */
void keep_for_page(json_value result);

/* Ends the program with that message when it does not hold. */
void promised(int holds, const char *what);

#endif
