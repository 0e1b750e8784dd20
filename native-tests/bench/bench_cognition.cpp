/* Our cognitive core, called through the C ABI, beside planted truths, enumeration, plain guards and libxml2.
 *   bench_cognition [--quick] [--dir FOLDER] [--sections faults,confidence,decision,ingest,cases,integration,replay] */
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "cognition/sections.hpp"

namespace {

const bench_plan whole = {10000, 10000, 10000, 500, 20000000, 200, 200, 2000, "."};
const bench_plan quick = {1000, 1000, 1000, 50, 5000000, 50, 20, 200, "."};

struct section {
    const char *name;
    void (*measure)(const bench_plan &plan, goal_rows &rows);
};

const section sections[] = {{"faults", measure_faults}, {"confidence", measure_confidence}, {"decision", measure_decision}, {"ingest", measure_ingest}, {"cases", measure_cases}, {"integration", measure_integration}, {"replay", measure_replay}};

bool among(const std::string &all, const std::string &name)
{
    return all.empty() || ("," + all + ",").find("," + name + ",") != std::string::npos;
}

int refuse(const char *what)
{
    std::fprintf(stderr, "bench_cognition: %s: not an option, or not a value for it\n", what);
    return 2;
}

} // namespace

int main(int count, char **arguments)
{
    if (count == 5 && std::strcmp(arguments[1], "--worker") == 0) {
        return ingest_worker(arguments[2], arguments[3], std::strtoull(arguments[4], nullptr, 10));
    }
    bench_plan plan = whole;
    std::string chosen, folder = ".";
    for (int i = 1; i < count; i++) {
        const std::string option = arguments[i];
        if (option == "--quick") {
            plan = quick;
        } else if (i + 1 < count && option == "--sections") {
            chosen = arguments[++i];
        } else if (i + 1 < count && option == "--dir") {
            folder = arguments[++i];
        } else {
            return refuse(arguments[i]);
        }
    }
    plan.folder = folder;
    std::printf("Cognition, one thread.\n");
    goal_rows rows;
    for (const section &one : sections) {
        if (among(chosen, one.name)) {
            one.measure(plan, rows);
        }
    }
    if (rows.empty()) {
        return refuse("--sections");
    }
    print_goals(rows, "");
    std::printf("  (ratio: above 1 ours is better.)\n");
    return 0;
}
