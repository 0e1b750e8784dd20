/* Maps whose fixed points are known: steps, error, its bound, CPU time. */
#include <cmath>
#include <cstdio>

#include "sections.hpp"
#include "solution.hpp"
#include "table.hpp"
#include "timing.hpp"

namespace {

struct tally {
    int searches = 0, converged = 0, beyond_bound = 0;
};

void show(const bench_plan &plan, const ours &library, const test_map &map, const char *method, const std::string &more, const char *label, tally &all)
{
    const std::string request = request_of(map.json, method, more);
    std::string answer;
    const double us = us_of_call(plan.ms_of_timing, [&] { answer = library.solve(request); });
    const solution found = solution_of(answer);
    const double error = found.x.empty() ? none : largest_distance(found.x, map.fixed_point);
    all.searches++;
    all.converged += found.state == "CONVERGED";
    all.beyond_bound += found.state == "CONVERGED" && std::isfinite(found.error_bound) && error > found.error_bound + 1e-15; /* what the known point is rounded by */
    std::printf("  %-33s %-14s %-11s", map.name.c_str(), label, found.state.c_str());
    put(found.steps, 7, 0);
    put(found.evaluations, 7, 0);
    std::printf(" %9.1e %9.1e %9.1e %-9s", found.residual, error, found.error_bound, std::isnan(found.error_bound) ? "" : found.proven ? "proven" : "estimated");
    put(us, 11, 1);
    std::printf("\n");
    std::fflush(stdout);
}

void show_all(const bench_plan &plan, const ours &library, const test_map &map, tally &all)
{
    for (const char *method : {"picard", "aitken", "anderson", "newton", "auto"}) {
        show(plan, library, map, method, "", method, all);
    }
}

} // namespace

void measure_fixed_points(const bench_plan &plan, goal_rows &rows)
{
    const ours library;
    tally all;
    std::printf("\nFixed points of known maps, tolerance 1e-10: steps, values of F, largest |F(x) - x|, distance of a component from the true point and its bound; us of CPU of a call, JSON to JSON\n"
                "  %-33s %-14s %-11s %7s %7s %9s %9s %9s %-9s %11s\n",
                "", "method", "state", "steps", "values", "residual", "error", "bound", "", "us");
    const test_map first = cosine();
    show_all(plan, library, first, all);
    std::vector<test_map> for_peers = {first};
    double exact_steps = none;
    for (size_t size : plan.dimensions) {
        const std::string rank = "linear n = " + std::to_string(size);
        const test_map few = linear(rank + ", four eigenvalues", repeated_spectrum(size, {0.9, 0.5, -0.4, -0.8}));
        show_all(plan, library, few, all);
        const test_map spread = linear(rank + ", -0.5 to 0.95", even_spectrum(size, -0.5, 0.95));
        show_all(plan, library, spread, all);
        if (size == 10) {
            show(plan, library, spread, "anderson", ",\"anderson_depth\":10", "anderson(10)", all);
            exact_steps = solution_of(library.solve(request_of(spread.json, "anderson", ",\"anderson_depth\":10"))).steps;
        }
        if (size <= 100) {
            for_peers.push_back(spread);
        }
    }
    std::printf("  %d of %d searches converged; the error was above its bound in %d.\n", all.converged, all.searches, all.beyond_bound);
    rows.push_back({"known maps, errors above their bound", 0, "", 0, static_cast<double>(all.beyond_bound), "", none, none, "0", judge(all.beyond_bound == 0)});
    rows.push_back({"linear n = 10, Anderson(10), steps", 0, "", 0, exact_steps, "GMRES(10) and a plain step", 11, 11 / exact_steps, "<= 11", judge(exact_steps <= 11)});
    measure_peers(plan, for_peers);
}
