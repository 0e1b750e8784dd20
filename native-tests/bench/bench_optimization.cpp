/* Our optimiser, called through the C ABI, beside NLopt and pagmo and published figures.
 *   bench_optimization [--quick] [--sections check,ert,peers,cost,hypervolume,constrained,network,tilt,cases] [--scene FILE]
 *     [--functions 1,8] [--dimensions 10,20] [--instances 71-75] [--seeds N] [--peer-seeds N] [--budget EVALUATIONS_A_DIMENSION]
 * Any of the 24 functions and 2 to 40 dimensions for ours; the peers have eight functions. */
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "optimization/functions.hpp"
#include "optimization/sections.hpp"

namespace {

const std::vector<int> table_functions = {1, 8, 10, 13, 15, 17, 20, 21};
const bench_plan whole = {table_functions, {10, 20}, {71, 72, 73, 74, 75}, 3, 1, 20000, 8000, 300000, 5, 5, 50000, 5, 400, 5, "", 200};
const bench_plan quick = {table_functions, {10}, {71, 72}, 1, 1, 4000, 4000, 100000, 1, 1, 20000, 3, 100, 1, "", 200};

/* "1,8,71-75"; empty when it is not such a list, or a number is not within the bounds. */
std::vector<int> list(const char *text, int least, int most)
{
    std::vector<int> values;
    while (*text) {
        char *end;
        long first = std::strtol(text, &end, 10), last = first;
        if (end != text && *end == '-') {
            text = end + 1;
            last = std::strtol(text, &end, 10);
        }
        if (end == text || first < least || last > most || first > last || (*end && *end != ',')) {
            return {};
        }
        for (long value = first; value <= last; value++) {
            values.push_back(static_cast<int>(value));
        }
        text = *end ? end + 1 : end;
    }
    return values;
}

bool among(const std::string &sections, const std::string &name)
{
    return ("," + sections + ",").find("," + name + ",") != std::string::npos;
}

int refuse(const char *what)
{
    std::fprintf(stderr, "bench_optimization: %s: not an option, or not a value for it\n", what);
    return 2;
}

void say_what_is_missing()
{
#ifndef BENCH_NLOPT
    std::printf("  left out, not found when this was compiled: NLopt (Debian: libnlopt-dev)\n");
#endif
#ifndef BENCH_PAGMO
    std::printf("  left out, not found when this was compiled: pagmo (Debian: libpagmo-dev)\n");
#endif
}

} // namespace

int main(int count, char **arguments)
{
    bench_plan plan = whole;
    std::string sections = "check,ert,peers,cost,hypervolume,constrained,network,tilt,cases";
    for (int i = 1; i < count; i++) {
        if (std::strcmp(arguments[i], "--quick") == 0) {
            plan = quick;
        }
    }
    for (int i = 1; i < count; i++) {
        const std::string option = arguments[i];
        if (option == "--quick") {
            continue;
        }
        if (i + 1 == count) {
            return refuse(arguments[i]);
        }
        const char *value = arguments[++i];
        if (option == "--sections") {
            sections = value;
            continue;
        }
        if (option == "--scene") {
            plan.scene = value;
            continue;
        }
        const std::vector<int> numbers_given = list(value, 1, option == "--functions" ? 24 : option == "--dimensions" ? 40 : option == "--instances" ? 200000 : 1000000);
        if (numbers_given.empty()) {
            return refuse(arguments[i - 1]);
        }
        if (option == "--functions") {
            plan.functions = numbers_given;
        } else if (option == "--dimensions" && numbers_given.front() > 1) {
            plan.dimensions = numbers_given;
        } else if (option == "--instances") {
            plan.instances = numbers_given;
        } else if (option == "--seeds") {
            plan.seeds = numbers_given.front();
        } else if (option == "--peer-seeds") {
            plan.peer_seeds = numbers_given.front();
        } else if (option == "--budget") {
            plan.budget_a_dimension = plan.peer_budget_a_dimension = static_cast<uint64_t>(numbers_given.front());
        } else {
            return refuse(arguments[i - 1]);
        }
    }
    std::printf("Optimization, one thread.\n");
    say_what_is_missing();
    goal_rows rows;
    bool good = true;
    if (among(sections, "check")) {
        good = check_functions(plan);
    }
    if (among(sections, "ert")) {
        measure_running_time(plan, rows);
    }
    if (among(sections, "peers")) {
        measure_peers(plan);
    }
    if (among(sections, "cost")) {
        measure_own_cost(plan, rows);
    }
    if (among(sections, "hypervolume")) {
        measure_fronts(plan, rows);
    }
    if (among(sections, "constrained")) {
        measure_constrained(plan, rows);
    }
    if (among(sections, "network")) {
        measure_network(plan, rows);
    }
    if (among(sections, "tilt")) {
        measure_scene(plan, rows);
    }
    if (among(sections, "cases")) {
        measure_cases(plan, rows);
    }
    if (!rows.empty()) {
        print_goals(rows, "");
        std::printf("  (ratio: above 1 ours is better.)\n");
    }
    return good ? 0 : 1;
}
