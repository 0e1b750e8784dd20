/* Hypervolume after as many evaluations as the published figures have. */
#include <cmath>
#include <cstdio>

#include "clocks.hpp"
#include "front_peers.hpp"
#include "hypervolume.hpp"
#include "ours.hpp"
#include "sections.hpp"
#include "table.hpp"

namespace {

constexpr double corner = 1.1;
constexpr uint64_t budget = 25000;

/* NSGA-II of pagmo, population 100, as published with the goals. */
const double published_volumes[] = {0.8698, 0.5364, 1.3275, 0.8652, 0.4959, 0.7111};

struct front {
    double volume, every_point, points, cpu_s;
    bool agrees; /* the library's own volume with that of its points */
};

front run_ours(const ours &library, const front_problem &problem, int seed)
{
    std::vector<numbers> all;
    const host_function evaluate = [&](const double *x, double *objectives, double *) {
        problem.evaluate(x, objectives);
        all.emplace_back(objectives, objectives + problem.objectives);
    };
    const std::string text = "{" + real_variables(problem.lower, problem.upper) + "," + named("objectives", "f", problem.objectives) + ",\"budget\":{\"evaluations\":" +
                             std::to_string(budget) + "},\"seed\":" + std::to_string(seed) + ",\"reference_point\":" + digits(numbers(problem.objectives, corner)) + "}";
    const uint64_t start = thread_cpu_ns();
    const std::string result = library.result_of(text, evaluate);
    const double seconds = static_cast<double>(thread_cpu_ns() - start) / 1e9;
    std::vector<numbers> points;
    for (const std::string &point : elements(member(result, "pareto"))) {
        points.push_back(array(member(point, "f")));
    }
    const double volume = hypervolume(points, corner);
    if (all.size() > budget) {
        fail("front", "more evaluations than the budget");
    }
    return {volume, hypervolume(all, corner), static_cast<double>(points.size()), seconds, std::fabs(volume - number(member(result, "hypervolume"))) <= 1e-9 * volume};
}

} // namespace

void measure_fronts(const bench_plan &plan, goal_rows &rows)
{
    const ours library;
    const std::vector<front_peer> peers = front_peers();
    std::printf("\nSeveral objectives: hypervolume below %.1f after %llu evaluations, median of %d seeds; 'every point': of all that were evaluated\n"
                "  %-10s       ours  every point  points  s of CPU  published NSGA-II",
                corner, static_cast<unsigned long long>(budget), plan.front_seeds, "");
    for (const front_peer &one : peers) {
        std::printf(" %12s  every point", one.name.c_str());
    }
    std::printf("\n");
    size_t at = 0, not_below = 0, not_below_every = 0;
    double zdt1 = none;
    bool agrees = true;
    for (const front_problem &problem : front_problems()) {
        figures volume, every, points, seconds;
        for (int seed = 1; seed <= plan.front_seeds; seed++) {
            const front run = run_ours(library, problem, seed);
            volume.push_back(run.volume);
            every.push_back(run.every_point);
            points.push_back(run.points);
            seconds.push_back(run.cpu_s);
            agrees = agrees && run.agrees;
        }
        std::printf("  %-10s", problem.name.c_str());
        put(median(volume), 10, 4);
        put(median(every), 12, 4);
        put(median(points), 7, 0);
        put(median(seconds), 9, 2);
        put(published_volumes[at], 18, 4);
        double best_peer = published_volumes[at++], best_every = best_peer;
        for (const front_peer &one : peers) {
            figures final, seen;
            for (int seed = 1; seed <= plan.front_seeds; seed++) {
                std::vector<numbers> all;
                final.push_back(hypervolume(one.search(problem, budget, static_cast<unsigned>(seed), all), corner));
                seen.push_back(hypervolume(all, corner));
            }
            put(median(final), 12, 4);
            put(median(seen), 12, 4);
            best_peer = std::max(best_peer, median(final));
            best_every = std::max(best_every, median(seen));
        }
        std::printf("\n");
        std::fflush(stdout);
        not_below += median(volume) >= best_peer ? 1 : 0;
        not_below_every += median(every) >= best_every ? 1 : 0;
        zdt1 = problem.name == "ZDT1" ? median(volume) : zdt1;
    }
    if (!agrees) {
        std::printf("  THE HYPERVOLUME THAT THE LIBRARY GIVES IS NOT THAT OF ITS POINTS.\n");
    }
    rows.push_back({"hypervolume, problems not below NSGA-II", at, "", 0, static_cast<double>(not_below), "published, and run here", none, none, ">= " + std::to_string(at), judge(agrees && not_below == at)});
    rows.push_back({"the same, of every point evaluated", at, "", 0, static_cast<double>(not_below_every), "", none, none, "", verdict::open});
    rows.push_back({"hypervolume, ZDT1", 0, "", 4, zdt1, "pagmo NSGA-II, published", published_volumes[0], zdt1 / published_volumes[0], ">= 0.8749", judge(agrees && zdt1 >= 0.8749)});
}
