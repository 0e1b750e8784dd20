/* What the core is asked: handovers of all relations, load where a cell is full, what came of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "decision_hours.h"
#include "decision_loop.h"
#include "question.h"

#define FULL_PERCENT 90.0
#define PACING_NS 7200000000000u  /* two hours */
#define MODEL_USERS_PER_DB 0.015  /* what the operator's model believes; the network moves SIM_USERS_PER_DB */

static void ask_begin(const char *type)
{
    uint64_t time_ns = end_of_hour(now.hour);
    question_begin();
    ask("{\"id\":\"%s-%u\",\"network_id\":\"simulated\",\"problem_type\":\"%s\",\"mode\":\"AUTONOMOUS\",\"seed\":%u,\"time_ns\":%llu,\"observe_ns\":%llu,\"current_state\":{}", type, now.hour, type,
        now.hour, (unsigned long long)time_ns, (unsigned long long)SIM_HOUR_NS);
}

static void ask_series(const char *object, const char *name, int is_first)
{
    ask("%s\"%s/%s\":{\"start_ns\":%llu,\"step_ns\":%llu,\"values\":[", is_first ? "" : ",", object, name, (unsigned long long)(end_of_hour(now.hour) - SIM_HOUR_NS + SIM_PERIOD_NS),
        (unsigned long long)SIM_PERIOD_NS);
}

/* What is set, what must not be touched, and the guards' settings that are not the usual ones. */
static void ask_settings(void)
{
    unsigned i;
    char name[40];
    ask(",\"guards\":{\"PACING\":{\"min_interval_ns\":%llu},\"NOT_ALLOWED\":{\"attributes\":[\"cellIndividualOffset\",\"hysteresis\"]}}", (unsigned long long)PACING_NS);
    ask(",\"protected\":[\"NRCellDU=%u\"", PROTECTED_CELL);
    for (i = 0; i < SIM_RELATIONS; i++) {
        if (now.left[i]) {
            ask(",\"%s\"", name_of(&now.network.relations[i], name));
        }
    }
    ask("],\"configuration\":{");
    for (i = 0; i < SIM_RELATIONS; i++) {
        ask("%s\"%s\":{\"cellIndividualOffset\":%g}", i ? "," : "", name_of(&now.network.relations[i], name), now.network.relations[i].cio_db);
    }
    for (i = 0; i < SIM_CELLS; i++) {
        ask(",\"NRCellCU=%u\":{\"hysteresis\":%g}", i + 1, now.network.hysteresis_db[i]);
    }
    ask("}");
}

/* Relations at fault that may be changed are to get better. */
static void ask_wishes(open_decision *of)
{
    unsigned i, wishes = 0;
    char name[40];
    of->count = 0;
    ask(",\"objectives\":[],\"constraints\":[");
    for (i = 0; i < SIM_RELATIONS; i++) {
        const sim_relation *one = &now.network.relations[i];
        int kind = worst_kind(one);
        double share = share_of(one, kind);
        if (share >= FAULT && !is_protected(i) && of->count < WATCHED_MAX) {
            name_of(one, name);
            ask("%s\"%s/%s / %s/%s <= %.4f\"", wishes++ ? "," : "", name, counters[kind], name, counters[SIM_ATTEMPTS], share);
            of->watched[of->count++] = i;
        }
    }
    ask("]");
}

uint8_t *decide_handovers(rancog_cognitive *core, open_decision *of)
{
    unsigned i, period;
    int counter, is_first = 1;
    char name[40];
    uint8_t *result;
    ask_begin("MRO");
    ask_wishes(of);
    ask_settings();
    ask(",\"history\":{");
    for (i = 0; i < SIM_RELATIONS; i++) {
        const sim_relation *one = &now.network.relations[i];
        name_of(one, name);
        for (counter = 0; counter < SIM_COUNTERS; counter++, is_first = 0) {
            ask_series(name, counters[counter], is_first);
            for (period = 0; period < SIM_PERIODS; period++) {
                ask(period ? ",%u" : "%u", one->counts[counter][period]);
            }
            ask("]}");
        }
    }
    ask("}}");
    result = rancog_cognitive_decide(core, question_bytes(), question_length(), NULL, 0);
    text_or_exit(result);
    return result;
}

/* The operator's own model: how many users the offsets would move. It believes that a dB moves fewer than it does. */
static int32_t what_if(const uint8_t *question, size_t length, double *values, size_t n, void *user_data)
{
    char *text = malloc(length + 1), name[100];
    sim_network *changed = malloc(sizeof *changed);
    double measured[SIM_CELLS], moved[SIM_CELLS];
    json_value action, metric;
    unsigned i, cell;
    size_t place = 0;
    (void)user_data;
    promised(text && changed, "there is memory for the model");
    memcpy(text, question, length);
    text[length] = 0;
    *changed = now.network;
    for (i = 0; i < SIM_RELATIONS; i++) {
        changed->relations[i].cio_db = 0; /* what is measured has the present offsets in it */
    }
    for (action = json_first(json_field(text, "actions")); action; action = json_next(action)) {
        unsigned relation;
        if (!is_relation(json_text(json_field(action, "managedObject"), name, sizeof name))) {
            continue; /* a hysteresis moves no users */
        }
        relation = relation_of(name);
        changed->relations[relation].cio_db = json_number(json_field(action, "after")) - now.network.relations[relation].cio_db;
    }
    for (cell = 0; cell < SIM_CELLS; cell++) {
        measured[cell] = mean_prb(&now.network, cell);
    }
    sim_move_users(changed, MODEL_USERS_PER_DB, measured, moved);
    for (metric = json_first(json_field(text, "metrics")); metric && place < n; metric = json_next(metric), place++) {
        if (sscanf(json_text(metric, name, sizeof name), "NRCellDU=%u/RRU.PrbTotDl", &cell) == 1 && cell >= 1 && cell <= SIM_CELLS) {
            values[place] = moved[cell - 1];
        }
    }
    free(changed);
    free(text);
    return 0;
}

uint8_t *decide_load(rancog_cognitive *core, open_decision *of)
{
    unsigned cell, period;
    char name[40];
    uint8_t *result;
    of->cell = 1;
    for (cell = 1; cell <= SIM_CELLS; cell++) {
        of->cell = mean_prb(&now.network, cell - 1) > mean_prb(&now.network, of->cell - 1) ? cell : of->cell;
    }
    if (mean_prb(&now.network, of->cell - 1) < FULL_PERCENT) {
        return NULL;
    }
    ask_begin("MLB");
    ask(",\"objectives\":[\"minimize NRCellDU=%u/RRU.PrbTotDl\"],\"constraints\":[\"NRCellDU=%u/RRU.PrbTotDl <= %g\"]", of->cell, of->cell, FULL_PERCENT);
    ask_settings();
    ask(",\"history\":{");
    for (cell = 1; cell <= SIM_CELLS; cell++) {
        snprintf(name, sizeof name, "NRCellDU=%u", cell);
        ask_series(name, "RRU.PrbTotDl", cell == 1);
        for (period = 0; period < SIM_PERIODS; period++) {
            ask(period ? ",%.1f" : "%.1f", now.network.prb_percent[cell - 1][period]);
        }
        ask("]}");
    }
    ask("}}");
    result = rancog_cognitive_decide_with(core, question_bytes(), question_length(), NULL, 0, what_if, NULL);
    text_or_exit(result);
    return result;
}

uint8_t *report_outcome(rancog_cognitive *core, const open_decision *of)
{
    unsigned i, count = 0;
    int counter;
    char name[40];
    uint8_t *reply;
    question_begin();
    ask("{\"decision_id\":%llu,\"time_ns\":%llu,\"observed\":{", (unsigned long long)json_whole(json_field((json_value)of->result + 4, "decision_id")),
        (unsigned long long)end_of_hour(now.hour));
    for (i = 0; i < of->count && !of->cell; i++) {
        const sim_relation *one = &now.network.relations[of->watched[i]];
        name_of(one, name);
        for (counter = 0; counter < SIM_COUNTERS; counter++) {
            ask("%s\"%s/%s\":%u", count++ ? "," : "", name, counters[counter], sim_sum(one, counter));
        }
    }
    if (of->cell) {
        ask("\"NRCellDU=%u/RRU.PrbTotDl\":%.2f", of->cell, mean_prb(&now.network, of->cell - 1));
    }
    ask("}}");
    reply = rancog_cognitive_report_outcome(core, question_bytes(), question_length());
    text_or_exit(reply);
    return reply;
}
