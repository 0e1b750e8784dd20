/* Tilts of the 57 cells of a scene that is given as a file of links: user,weight,site,loss_db,azimuth_deg,zenith_deg, users in order. */
#include <cmath>
#include <cstdio>

#include "clocks.hpp"
#include "ours.hpp"
#include "plain_network.hpp"
#include "sections.hpp"
#include "table.hpp"

namespace {

constexpr uint64_t budget = 800;
constexpr double published_utility = 17.456;  /* a plain CMA-ES ... */
constexpr double published_evaluations = 2512; /* ... after so many */
constexpr double traffic_mbps = 400;

/* Evaluations after which a value was reached; none when it was not. */
double reached_after(const std::string &result, double value)
{
    for (const std::string &entry : elements(member(result, "trace"))) {
        if (number(member(entry, "f")) >= value) {
            return number(member(entry, "evaluations"));
        }
    }
    return none;
}

/* The utility of the tilts, from the definitions. */
double plain_utility(const plain_network &network, const numbers &tilts)
{
    std::vector<plain_cell> cells = network.cells;
    for (size_t i = 0; i < cells.size(); i++) {
        cells[i].tilt_deg = tilts.at(i);
    }
    const plain_result result = network.evaluate(cells);
    return result.has_loads ? result.utility : none;
}

} // namespace

void measure_scene(const bench_plan &plan, goal_rows &rows)
{
    if (plan.scene.empty()) {
        std::printf("\nTilt scene: left out, it needs --scene FILE (lines user,weight,site,loss_db,azimuth_deg,zenith_deg).\n");
        return;
    }
    const ours library;
    const plain_network network = read_scene(plan.scene, traffic_mbps);
    std::printf("\nTilt scene: %zu users, %zu cells, %.0f Mb/s, tilts 92 to 120 degrees; utility before %.6f (from the definitions %.6f)\n"
                "  seed    utility after %llu   from the definitions   evaluations to %.3f   s of CPU\n",
                network.users, network.cells.size(), traffic_mbps, number(member(library.evaluate_network(network.json()), "utility")), network.evaluate(network.cells).utility,
                static_cast<unsigned long long>(budget), published_utility);
    figures utilities, evaluations;
    bool agrees = true;
    for (int seed = 1; seed <= plan.scene_seeds; seed++) {
        const std::string problem = "{\"problem_type\":\"CCO\",\"network\":" + network.json() + ",\"limits\":{\"tilt_min\":92,\"tilt_max\":120,\"coverage_loss\":null},\"budget\":{\"evaluations\":" +
                                    std::to_string(budget) + "},\"seed\":" + std::to_string(seed) + "}";
        const uint64_t start = thread_cpu_ns();
        const std::string result = library.result_of(problem);
        const double seconds = static_cast<double>(thread_cpu_ns() - start) / 1e9;
        const our_answer answer = answer_of(result);
        const double plain = plain_utility(network, answer.x);
        agrees = agrees && std::fabs(plain - answer.value) <= 1e-7 * plain && answer.evaluations <= budget;
        utilities.push_back(answer.value);
        evaluations.push_back(reached_after(result, published_utility));
        std::printf("  %4d", seed);
        put(answer.value, 20, 6);
        put(plain, 22, 6);
        put(evaluations.back(), 23, 0);
        put(seconds, 10, 2);
        std::printf("\n");
        std::fflush(stdout);
    }
    if (!agrees) {
        std::printf("  THE UTILITY IS NOT THAT OF THE TILTS, OR THERE WERE TOO MANY EVALUATIONS.\n");
    }
    rows.push_back({"tilt scene, utility after 800, median", 0, "", 3, median(utilities), "plain CMA-ES after 2512", published_utility, median(utilities) / published_utility, ">= 17.456",
                    judge(agrees && median(utilities) >= published_utility)});
    rows.push_back({"tilt scene, evaluations to 17.456, median", 0, "", 0, median(evaluations), "plain CMA-ES", published_evaluations, published_evaluations / median(evaluations), "<= 800",
                    judge(agrees && median(evaluations) <= 800)});
}
