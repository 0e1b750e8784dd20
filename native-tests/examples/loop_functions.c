/* Load balancing (MLB) against mobility robustness (MRO) at the border of cells A and B. MLB sends users to B until both are
 * equally full; MRO makes B keep hold of its users while there are too many ping-pongs, which empties A further. Each corrects
 * the whole of what it measures, so they chase each other. Energy saving (ES) asks for an offset of its own now and then.
 * The core gets a dozen of their commands and what MLB and MRO changed; its advice is then tried on the same border. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "answer.h"
#include "json_pick.h"
#include "loop_watch.h"
#include "question.h"

enum { MLB, MRO, FUNCTIONS, ES = FUNCTIONS };
static const char *const names[] = {"MLB", "MRO", "ES"};
static const char *const parameters[] = {"offsetToB", "offsetToA", "offsetToB"}; /* ES wants A empty */

#define PERIOD_MINUTES 15u
#define MINUTE_NS 60000000000u
#define WATCHED 5u       /* periods before the core is asked: ten commands, and two of ES */
#define COMMANDS 12u
#define TRIED 48u        /* periods with and without the advice */
#define JUDGED 24u       /* of them, the last ones */
#define ES_OFFSET_DB 9.0
#define OFFSET_MAX_DB 12.0
#define SMALL_DB 0.5     /* changes that count as none: half a step of an offset */

/* What both have set, and the noise of what they measure. */
typedef struct {
    double offset_db[FUNCTIONS];
    uint32_t random;
} border;

/* The true gains are that of MLB's next change per dB of MRO's, -6.5 / -5, and that of MRO's per dB of MLB's, -4 / 4. */
static const double true_gain[FUNCTIONS][FUNCTIONS] = {{0, 1.3}, {-1, 0}};

static double noise(border *of) /* evenly in +-0.2 */
{
    of->random = of->random * 1664525u + 1013904223u; /* Numerical Recipes, 1992 */
    return 0.4 * ((of->random >> 8) / 16777216.0 - 0.5);
}

/* PRB use of A minus that of B, in points. */
static double load_difference(const border *of)
{
    return 24 - 5 * of->offset_db[MLB] + 6.5 * of->offset_db[MRO];
}

/* Ping-pongs an hour above those that MRO accepts. */
static double ping_pongs(const border *of)
{
    return 4 * of->offset_db[MLB] + 4 * of->offset_db[MRO] - 16;
}

/* One period: both measure, then both change their offset by this factor of what they would. */
static void act(border *of, double factor, double change_db[FUNCTIONS])
{
    int i;
    change_db[MLB] = factor * (load_difference(of) + noise(of)) / 5;
    change_db[MRO] = -factor * (ping_pongs(of) + noise(of)) / 4;
    for (i = 0; i < FUNCTIONS; i++) {
        double before = of->offset_db[i];
        of->offset_db[i] = fmin(fmax(before + change_db[i], -OFFSET_MAX_DB), OFFSET_MAX_DB);
        change_db[i] = of->offset_db[i] - before;
    }
}

/* ---- the commands, their conflicts ---- */

typedef struct {
    int source;
    double value_db;
    unsigned minute;
} command;

static void ask_command(const command *one, int is_first)
{
    ask("%s{\"source\":\"%s\",\"command\":\"set\",\"targetParameter\":\"%s\",\"targetValue\":%.6f,\"targetCell\":\"A\",\"timestamp\":%llu,\"controlTimespan\":%llu}",
        is_first ? "" : ",", names[one->source], parameters[one->source], one->value_db, (unsigned long long)(one->minute * (uint64_t)MINUTE_NS),
        (unsigned long long)(PERIOD_MINUTES * (uint64_t)MINUTE_NS));
}

/* Lets both act for some periods, and asks the core about it. */
static uint8_t *watch(rancog_strange_loop *self, border *of, command *commands)
{
    double changes[WATCHED][FUNCTIONS];
    unsigned period, i, count = 0;
    uint8_t *report;
    for (period = 0; period < WATCHED; period++) {
        unsigned minute = period * PERIOD_MINUTES;
        act(of, 1, changes[period]);
        commands[count++] = (command){MLB, of->offset_db[MLB], minute};
        if (period % 2 == 1) {
            commands[count++] = (command){ES, ES_OFFSET_DB, minute + 4}; /* asked for, not carried out */
        }
        commands[count++] = (command){MRO, of->offset_db[MRO], minute + 8};
    }
    promised(count == COMMANDS, "there are a dozen commands");
    question_begin();
    ask("{\"keep\":true,\"groups\":[{\"groupName\":\"border\",\"parameters\":[{\"changeTarget\":\"A\",\"parameterName\":\"%s\"},{\"changeTarget\":\"A\",\"parameterName\":\"%s\"}]}],"
        "\"commands\":[", parameters[MLB], parameters[MRO]);
    for (i = 0; i < COMMANDS; i++) {
        ask_command(&commands[i], i == 0);
    }
    ask("],\"loops\":{\"names\":[\"%s\",\"%s\"],\"changes\":[", names[MLB], names[MRO]);
    for (period = 0; period < WATCHED; period++) {
        ask("%s[%.17g,%.17g]", period ? "," : "", changes[period][MLB], changes[period][MRO]);
    }
    ask("]}}");
    report = rancog_strange_loop_detect_conflicts(self, question_bytes(), question_length());
    text_or_exit(report);
    return report;
}

/* Every command with the earlier ones that it is in conflict with. */
static void show_commands(json_value report, const command *commands)
{
    unsigned i;
    printf("\nA DOZEN COMMANDS    sets                  in conflict with an earlier one (ES only asks)\n");
    for (i = 0; i < COMMANDS; i++) {
        const command *one = &commands[i];
        unsigned found = 0;
        json_value conflict;
        printf("  %2u  %u:%02u  %-4s     %-9s %+6.1f dB  ", i + 1, one->minute / 60, one->minute % 60, names[one->source], parameters[one->source], one->value_db);
        for (conflict = json_first(json_field(report, "conflicts")); conflict; conflict = json_next(conflict)) {
            json_value first = json_first(json_field(conflict, "commands"));
            char type[16];
            if (json_whole(json_next(first)) == i) {
                unsigned other = (unsigned)json_whole(first);
                printf("%s%u of %s (%s)", found++ ? ", " : "  ", other + 1, names[commands[other].source], json_text(json_field(conflict, "conflictType"), type, sizeof type));
            }
        }
        printf("%s\n", found ? "" : "  -");
    }
}

/* Commands in force at the same time from different functions: all set offsets of one group, so each such pair is a conflict. */
static void check_conflicts(json_value report, const command *commands)
{
    unsigned i, j, expected = 0, found = 0;
    json_value conflict;
    for (i = 0; i < COMMANDS; i++) {
        for (j = i + 1; j < COMMANDS; j++) {
            expected += commands[i].source != commands[j].source && commands[j].minute < commands[i].minute + PERIOD_MINUTES;
        }
    }
    for (conflict = json_first(json_field(report, "conflicts")); conflict; conflict = json_next(conflict)) {
        found++;
    }
    promised(found == expected, "every pair of functions that meet is in conflict");
}

static double show_advice(json_value report)
{
    json_value matrix = json_field(report, "loop_gain_matrix"), advice = json_field(report, "advice");
    char kind[16];
    int row, column;
    printf("\nWHO ANSWERS WHOM    each dB of the one makes the other change by, estimated from %u periods (true)\n", WATCHED);
    for (row = 0; row < FUNCTIONS; row++) {
        printf("  %-18s", names[row]);
        for (column = 0; column < FUNCTIONS; column++) {
            printf("%+7.2f dB of %s (%+.2f)", json_number(json_field(json_field(matrix, names[row]), names[column])), names[column], true_gain[row][column]);
        }
        printf("\n");
    }
    printf("  %-18s%7.3f: %s\n", "spectral radius", json_number(json_field(report, "spectral_radius")),
           json_number(json_field(report, "spectral_radius")) >= 1 ? "left alone, they chase each other for ever" : "left alone, they settle");
    promised(strcmp(json_text(json_field(advice, "kind"), kind, sizeof kind), "damping") == 0, "damping is advised");
    printf("  %-18s%7.3f of every change; it must stay below %.3f\n", "advice: damping", json_number(json_field(advice, "damping")), json_number(json_field(advice, "limit")));
    return json_number(json_field(advice, "damping"));
}

/* ---- the advice, tried ---- */

typedef struct {
    double change_db, load, ping_pong; /* root mean squares over the periods that are judged */
    unsigned settled;                  /* periods until all changes stay small; TRIED = never */
} outcome;

/* From what they had set when the core was asked. */
static outcome try_with(border from, double factor)
{
    outcome all = {0, 0, 0, 0};
    unsigned period;
    for (period = 0; period < TRIED; period++) {
        double change_db[FUNCTIONS];
        act(&from, factor, change_db);
        if (fabs(change_db[MLB]) > SMALL_DB || fabs(change_db[MRO]) > SMALL_DB) {
            all.settled = period + 1;
        }
        if (period >= TRIED - JUDGED) {
            all.change_db += (change_db[MLB] * change_db[MLB] + change_db[MRO] * change_db[MRO]) / (2 * JUDGED);
            all.load += load_difference(&from) * load_difference(&from) / JUDGED;
            all.ping_pong += ping_pongs(&from) * ping_pongs(&from) / JUDGED;
        }
    }
    all.change_db = sqrt(all.change_db);
    all.load = sqrt(all.load);
    all.ping_pong = sqrt(all.ping_pong);
    return all;
}

static void show_outcome(const char *title, double factor, outcome all)
{
    char settled[32] = "never";
    if (all.settled < TRIED) {
        snprintf(settled, sizeof settled, "after %u periods", all.settled);
    }
    printf("  %-18s%7.3f%12.2f dB%16.1f points%12.1f an hour   %s\n", title, factor, all.change_db, all.load, all.ping_pong, settled);
}

void watch_functions(rancog_strange_loop *self)
{
    border of = {{0, 0}, 7};
    command commands[COMMANDS];
    uint8_t *report = watch(self, &of, commands);
    json_value text = (json_value)report + 4;
    double damping;
    outcome alone, damped;
    show_commands(text, commands);
    check_conflicts(text, commands);
    damping = show_advice(text);
    alone = try_with(of, 1);
    damped = try_with(of, damping);
    printf("\nSIMULATED ON         factor   change, rms   load difference       ping-pongs off   settled (changes below %g dB)\n", SMALL_DB);
    show_outcome("left alone", 1, alone);
    show_outcome("damped as advised", damping, damped);
    promised(alone.settled == TRIED && damped.settled < TRIED - JUDGED, "only the advice ends the chase");
    rancog_buffer_free(report);
}
