/* What to set in a network of 57 cells: tilts for the busy hour, offsets where one cell stays fuller than the others, and
 * which cells to switch off at night. Each answer is a list of changes in 3GPP names; the program makes them and asks the
 * network model again, and ends with an error when that does not give what was expected of them.
 *
 *   tilt_plan [--report FILE]      the page goes beside FILE, with -optimization in its name */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "json_pick.h"
#include "plan_network.h"
#include "question.h"
#include "rancognition.h"

#define BUSY_MBPS 650.0 /* of all users together: the fullest cell is nearly full */
#define NIGHT 0.3       /* part of that */
#define TILT_DEG 6.0    /* of every cell before */
#define SHOWN 10u       /* changes of tilt */
#define NEAR_LIMIT 0.7  /* load beyond which a cell is counted as near its limit */
#define SAME 1e-9       /* how far, relative, a result may be from what was expected */

/* Networks that a search may try: not a time, so that the answer is the same on every machine. */
#define TILT_TRIALS 1000u
#define OFFSET_TRIALS 3000u
#define NIGHT_TRIALS 1000u

/* ---- asking ---- */

static uint8_t *evaluate(rancog_optimization *core, const plan_cell *cells, double traffic_mbps)
{
    uint8_t *result;
    question_begin();
    ask_network(cells, traffic_mbps);
    result = rancog_optimization_evaluate_network(core, question_bytes(), question_length());
    text_or_exit(result);
    return result;
}

static uint8_t *optimize(rancog_optimization *core, const char *type, const plan_cell *cells, double traffic_mbps, unsigned trials)
{
    uint8_t *result;
    question_begin();
    ask("{\"problem_type\":\"%s\",\"budget\":{\"evaluations\":%u},\"seed\":1,\"threads\":2,\"include_map\":true,\"network\":", type, trials);
    ask_network(cells, traffic_mbps);
    ask("}");
    result = rancog_optimization_optimize(core, question_bytes(), question_length());
    text_or_exit(result);
    return result;
}

static unsigned cell_of(json_value action)
{
    char name[32];
    unsigned cell = 0;
    if (sscanf(json_text(json_field(action, "managedObject"), name, sizeof name), "NRCellDU=%u", &cell) != 1 || cell < 1 || cell > PLAN_CELLS) {
        fprintf(stderr, "no cell of this network: %s\n", name);
        exit(1);
    }
    return cell - 1;
}

/* Makes the changes; gives how many. digitalTilt is in 0.1 degree (TS 28.541). */
static unsigned apply(json_value answer, plan_cell *cells)
{
    unsigned count = 0;
    json_value action;
    for (action = json_first(json_field(answer, "actions")); action; action = json_next(action), count++) {
        plan_cell *cell = &cells[cell_of(action)];
        char attribute[32], state[16];
        json_value after = json_field(action, "after");
        json_text(json_field(action, "attribute"), attribute, sizeof attribute);
        if (strcmp(attribute, "digitalTilt") == 0) {
            cell->tilt_deg = json_number(after) / 10;
        } else if (strcmp(attribute, "cellIndividualOffset") == 0) {
            cell->cio_db = json_number(after);
        } else {
            cell->on = strcmp(json_text(after, state, sizeof state), "UNLOCKED") == 0;
        }
    }
    return count;
}

/* ---- the network, before and after ---- */

static double throughput(json_value network, const char *which)
{
    return json_number(json_field(json_field(network, "throughput_mbps"), which));
}

/* How many cells have a load above this. */
static unsigned loaded(json_value network, double above)
{
    unsigned count = 0;
    json_value load;
    for (load = json_first(json_field(network, "loads")); load; load = json_next(load)) {
        count += json_number(load) > above;
    }
    return count;
}

static double load_of(json_value network, unsigned cell)
{
    json_value load = json_first(json_field(network, "loads"));
    while (load && cell--) {
        load = json_next(load);
    }
    return json_number(load);
}

static double largest_load(json_value network)
{
    double largest = NAN;
    unsigned cell;
    for (cell = 0; cell < PLAN_CELLS; cell++) {
        largest = fmax(largest, load_of(network, cell));
    }
    return largest;
}

static unsigned cells_on(const plan_cell *cells)
{
    unsigned i, count = 0;
    for (i = 0; i < PLAN_CELLS; i++) {
        count += cells[i].on != 0;
    }
    return count;
}

static void show_title(const char *what, double traffic_mbps, unsigned cells, const char *which)
{
    char title[64];
    snprintf(title, sizeof title, "%s, %g Mbit/s", what, traffic_mbps);
    printf("\n%-40s%10s%12s   %u of %d cells %s\n", title, "before", "after", cells, PLAN_CELLS, which);
}

static void show_row(const char *what, double before, double after, const char *unit)
{
    printf("  %-38s%10.3f%12.3f   %s\n", what, before, after, unit);
}

static void show_network(json_value before, json_value after)
{
    char name[64];
    show_row("utility, mean ln of users' bit/s", json_number(json_field(before, "utility")), json_number(json_field(after, "utility")), "");
    show_row("throughput, 5th percentile", throughput(before, "p5"), throughput(after, "p5"), "Mbit/s");
    show_row("throughput, median", throughput(before, "p50"), throughput(after, "p50"), "Mbit/s");
    show_row("throughput, mean", throughput(before, "mean"), throughput(after, "mean"), "Mbit/s");
    show_row("largest load of a cell", largest_load(before), largest_load(after), "");
    snprintf(name, sizeof name, "cells with a load above %g, above 1", NEAR_LIMIT);
    printf("  %-38s%6u, %2u%8u, %2u   of %d\n", name, loaded(before, NEAR_LIMIT), loaded(before, 1), loaded(after, NEAR_LIMIT), loaded(after, 1), PLAN_CELLS);
    show_row("traffic that could be carried", json_number(json_field(before, "critical_scale")), json_number(json_field(after, "critical_scale")), "times this");
    show_row("users without coverage", 100 * json_number(json_field(before, "uncovered_share")), 100 * json_number(json_field(after, "uncovered_share")), "%");
    show_row("energy", json_number(json_field(before, "energy_w")), json_number(json_field(after, "energy_w")), "W");
}

static void check(const char *what, double expected, double found)
{
    if (!(fabs(found - expected) <= SAME * fabs(expected))) {
        fprintf(stderr, "%s was to be %.17g, but the network has %.17g\n", what, expected, found);
        exit(1);
    }
}

/* The network with the changes made must be the one that the answer promised. */
static void check_promise(json_value answer, json_value network)
{
    json_value expected = json_field(answer, "expected");
    check("the utility", json_number(json_field(json_field(expected, "utility"), "after")), json_number(json_field(network, "utility")));
    check("the largest load", json_number(json_field(json_field(expected, "max_load"), "after")), largest_load(network));
    check("the energy", json_number(json_field(json_field(expected, "energy_w"), "after")), json_number(json_field(network, "energy_w")));
}

/* ---- the changes ---- */

static double change_of(json_value action)
{
    return json_number(json_field(action, "after")) - json_number(json_field(action, "before"));
}

static void show_largest_tilts(json_value answer, json_value before, json_value after)
{
    json_value actions = json_field(answer, "actions"), action, other;
    json_value largest[SHOWN];
    unsigned shown = 0, i;
    for (action = json_first(actions); action; action = json_next(action)) {
        unsigned place = 0; /* larger ones, and equal ones that come first */
        for (other = json_first(actions); other; other = json_next(other)) {
            double difference = fabs(change_of(other)) - fabs(change_of(action));
            place += difference > 0 || (difference == 0 && other < action);
        }
        if (place < SHOWN) {
            largest[place] = action;
            shown = place + 1 > shown ? place + 1 : shown;
        }
    }
    printf("  largest changes         looks to    tilt before     after      load before     after\n");
    for (i = 0; i < shown; i++) {
        unsigned cell = cell_of(largest[i]);
        char name[32];
        printf("  %-22s%8d deg%11.1f deg%6.1f deg%13.2f%12.2f\n", json_text(json_field(largest[i], "managedObject"), name, sizeof name), 30 + 120 * (int)(cell % 3),
               json_number(json_field(largest[i], "before")) / 10, json_number(json_field(largest[i], "after")) / 10, load_of(before, cell), load_of(after, cell));
    }
}

static void show_changed_cells(json_value answer, const char *title)
{
    unsigned column = 0;
    json_value action;
    for (action = json_first(json_field(answer, "actions")); action; action = json_next(action), column++) {
        json_value after = json_field(action, "after");
        printf("%s %u", column % 12 == 0 ? column ? "\n                         " : title : ",", cell_of(action) + 1);
        if (*after != '"') {
            printf(" (%+g dB)", json_number(after));
        }
    }
    printf(column ? "\n" : "");
}

static void show_effort(json_value answer, const char *limits)
{
    char stopped[32];
    printf("  %-38s%10.0f networks tried in %.1f s, ended by %s; limits: %s\n", "search", json_number(json_field(answer, "evaluations")),
           json_number(json_field(answer, "execution_time")) / 1e9, json_text(json_field(answer, "stopped"), stopped, sizeof stopped), limits);
}

/* ---- the three questions ---- */

static void plan_tilts(rancog_optimization *core, plan_cell *cells, const char *page)
{
    uint8_t *before = evaluate(core, cells, BUSY_MBPS);
    uint8_t *answer = optimize(core, "CCO", cells, BUSY_MBPS, TILT_TRIALS);
    json_value text = text_or_exit(answer);
    unsigned changes = apply(text, cells);
    uint8_t *after = evaluate(core, cells, BUSY_MBPS);
    show_title("TILTS FOR THE BUSY HOUR", BUSY_MBPS, changes, "change");
    show_network((json_value)before + 4, (json_value)after + 4);
    show_effort(text, "1 % more users without coverage");
    show_largest_tilts(text, (json_value)before + 4, (json_value)after + 4);
    check_promise(text, (json_value)after + 4);
    write_page(text, page);
    rancog_buffer_free(after);
    rancog_buffer_free(answer);
    rancog_buffer_free(before);
}

/* Only the largest load is asked about, so what it costs is shown with it. The offsets are shown, and not kept. */
static void plan_offsets(rancog_optimization *core, const plan_cell *cells)
{
    plan_cell balanced[PLAN_CELLS];
    uint8_t *before = evaluate(core, cells, BUSY_MBPS);
    uint8_t *answer = optimize(core, "MLB", cells, BUSY_MBPS, OFFSET_TRIALS);
    json_value text = text_or_exit(answer);
    uint8_t *after;
    unsigned changes;
    memcpy(balanced, cells, sizeof balanced);
    changes = apply(text, balanced);
    after = evaluate(core, balanced, BUSY_MBPS);
    show_title("OFFSETS FOR EVEN LOADS", BUSY_MBPS, changes, "change");
    show_network((json_value)before + 4, (json_value)after + 4);
    show_effort(text, "none");
    check_promise(text, (json_value)after + 4);
    rancog_buffer_free(after);
    rancog_buffer_free(answer);
    rancog_buffer_free(before);
}

static void plan_night(rancog_optimization *core, const plan_cell *cells)
{
    plan_cell night[PLAN_CELLS];
    uint8_t *before = evaluate(core, cells, NIGHT * BUSY_MBPS);
    uint8_t *answer = optimize(core, "ES", cells, NIGHT * BUSY_MBPS, NIGHT_TRIALS);
    json_value text = text_or_exit(answer);
    uint8_t *after;
    memcpy(night, cells, sizeof night);
    apply(text, night);
    after = evaluate(core, night, NIGHT * BUSY_MBPS);
    show_title("NIGHT", NIGHT * BUSY_MBPS, cells_on(night), "stay on");
    show_network((json_value)before + 4, (json_value)after + 4);
    show_effort(text, "load 0.7, 1 % more users without coverage, 10 % of the 5th percentile");
    show_changed_cells(text, "  switched off          ");
    check_promise(text, (json_value)after + 4);
    rancog_buffer_free(after);
    rancog_buffer_free(answer);
    rancog_buffer_free(before);
}

int main(int count, char **arguments)
{
    plan_cell cells[PLAN_CELLS];
    const char *report = "build/report.html";
    char page[1100];
    rancog_optimization *core = rancog_optimization_create(NULL, 0, NULL);
    int i;
    if (!core) {
        fprintf(stderr, "%s\n", rancog_last_error_message());
        return 1;
    }
    for (i = 1; i + 1 < count; i += 2) {
        report = strcmp(arguments[i], "--report") == 0 ? arguments[i + 1] : report;
    }
    for (i = 0; i < PLAN_CELLS; i++) {
        cells[i].tilt_deg = TILT_DEG;
        cells[i].cio_db = 0;
        cells[i].on = 1;
    }
    path_beside(report, "optimization", page, sizeof page);
    printf("RanCognition %s: what to set in %d cells of %d sites, 500 m apart, 2 GHz, %d users\n", rancog_version_string(), PLAN_CELLS, PLAN_SITES, PLAN_USERS);
    plan_tilts(core, cells, page);
    plan_offsets(core, cells);
    plan_night(core, cells);
    printf("\nTilts and loads on a map, before and after: %s\n", page);
    rancog_optimization_destroy(core);
    return 0;
}
