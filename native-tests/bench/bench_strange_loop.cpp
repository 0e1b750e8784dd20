/* Our strange loop, called through the C ABI, beside theorems, definitions, published figures and KINSOL.
 *   bench_strange_loop [--quick] [--sections fixed-points,loads,bounds,observe,tuning,conflicts,commands] [--scene FILE] */
#include <cstdio>

#include "strange_loop/sections.hpp"

namespace {

const bench_plan whole = {{10, 100, 1000}, 50, 10000, 4000, 50, 300, 10000, ""};
const bench_plan quick = {{10, 100}, 5, 400, 1000, 5, 40, 2000, ""};

bool among(const std::string &sections, const std::string &name)
{
    return ("," + sections + ",").find("," + name + ",") != std::string::npos;
}

int refuse(const char *what)
{
    std::fprintf(stderr, "bench_strange_loop: %s: not an option, or not a value for it\n", what);
    return 2;
}

} // namespace

int main(int count, char **arguments)
{
    bench_plan plan = whole;
    std::string sections = "fixed-points,loads,bounds,observe,tuning,conflicts,commands", scene;
    for (int i = 1; i < count; i++) {
        const std::string option = arguments[i];
        if (option == "--quick") {
            plan = quick;
        } else if (i + 1 < count && option == "--sections") {
            sections = arguments[++i];
        } else if (i + 1 < count && option == "--scene") {
            scene = arguments[++i];
        } else {
            return refuse(arguments[i]);
        }
    }
    plan.scene = scene;
    std::printf("Strange loop, one thread.\n");
    goal_rows rows;
    if (among(sections, "fixed-points")) {
        measure_fixed_points(plan, rows);
    }
    if (among(sections, "loads")) {
        measure_load_coupling(plan, rows);
    }
    if (among(sections, "bounds")) {
        measure_coverage(plan, rows);
        measure_regret(plan, rows);
    }
    if (among(sections, "observe")) {
        measure_observe(plan, rows);
    }
    if (among(sections, "tuning")) {
        measure_self_tuning(plan, rows);
    }
    if (among(sections, "conflicts")) {
        measure_conflicts(plan, rows);
    }
    if (among(sections, "commands")) {
        measure_commands(plan, rows);
    }
    if (rows.empty()) {
        return refuse("--sections");
    }
    print_goals(rows, "");
    std::printf("  (ratio: above 1 ours is better.)\n");
    return 0;
}
