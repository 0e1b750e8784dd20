/* Small networks: the decision beside all settings, each evaluated independently of the library. */
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "clocks.hpp"
#include "ours.hpp"
#include "plain_network.hpp"
#include "random.hpp"
#include "sections.hpp"
#include "table.hpp"

namespace {

constexpr double not_feasible = std::numeric_limits<double>::infinity();
constexpr double same = 1e-6; /* relative: both values have their own last digits */
constexpr double largest_load = 0.7, coverage_loss = 0.01;

double between(random_numbers &random, double least, double most)
{
    return least + (most - least) * random.uniform();
}

plain_network random_network(random_numbers &random, size_t cells_most, double traffic_most)
{
    plain_network network;
    const size_t cells = 2 + random.below(cells_most - 1);
    network.sites = 1 + random.below(cells);
    network.users = 4 + random.below(21);
    for (size_t i = 0; i < network.users * network.sites; i++) {
        network.loss_db.push_back(between(random, 95, 130));
        network.azimuth_deg.push_back(between(random, -180, 180));
        network.zenith_deg.push_back(between(random, 91, 105));
    }
    for (size_t i = 0; i < network.users; i++) {
        network.weights.push_back(between(random, 0.1, 1.1));
    }
    network.traffic_mbps = between(random, 0, traffic_most);
    network.coverage_rsrp_dbm = between(random, -105, -95);
    for (size_t i = 0; i < cells; i++) {
        network.cells.push_back({30 + 120.0 * static_cast<double>(i), 94 + static_cast<double>(random.below(10)), 40 + static_cast<double>(random.below(7))});
    }
    return network;
}

/* One question. Energy: cells on or off, three targets; else offsets of -2 to 2 dB, no target. */
struct small_case {
    plain_network network;
    bool saves_energy;
    double p5_least = 0, uncovered_most = 0;

    small_case(random_numbers &random, bool energy) : network(random_network(random, energy ? 6 : 3, energy ? 120 : 80)), saves_energy(energy)
    {
        while (!network.evaluate(network.cells).has_loads) { /* what is there works, or there is nothing to compare with */
            network = random_network(random, energy ? 6 : 3, energy ? 120 : 80);
        }
        const plain_result present = network.evaluate(network.cells);
        p5_least = between(random, 0.3, 0.95) * present.p5_mbps;
        uncovered_most = present.uncovered + coverage_loss;
    }

    double value(const std::vector<plain_cell> &setting) const
    {
        const plain_result result = network.evaluate(setting);
        if (!result.has_loads) {
            return not_feasible;
        }
        if (!saves_energy) {
            return result.largest_load;
        }
        return result.largest_load <= largest_load && result.uncovered <= uncovered_most && result.p5_mbps >= p5_least ? result.energy_w : not_feasible;
    }

    /* Of all settings. */
    double best() const
    {
        double best = not_feasible;
        const size_t choices = saves_energy ? 2 : 5, count = static_cast<size_t>(std::llround(std::pow(choices, network.cells.size())));
        std::vector<plain_cell> setting = network.cells;
        for (size_t code = 0; code < count; code++) {
            size_t rest = code;
            for (plain_cell &cell : setting) {
                cell.on = !saves_energy || rest % choices == 0;
                cell.cio_db = saves_energy ? 0 : static_cast<double>(rest % choices) - 2;
                rest /= choices;
            }
            best = std::min(best, value(setting));
        }
        return best;
    }

    /* After a decision. */
    double value_after(const std::vector<std::string> &actions) const
    {
        std::vector<plain_cell> setting = network.cells;
        for (const std::string &action : actions) {
            const size_t cell = static_cast<size_t>(number(unquoted(member(action, "managedObject")).substr(9))); /* NRCellDU= */
            const std::string attribute = unquoted(member(action, "attribute")), after = unquoted(member(action, "after"));
            if (attribute == "cellIndividualOffset") {
                setting.at(cell - 1).cio_db = number(after);
            } else if (attribute == "administrativeState") {
                setting.at(cell - 1).on = after == "UNLOCKED";
            } else if (attribute == "energySavingState") {
                setting.at(cell - 1).on = after == "isNotEnergySaving";
            } else {
                fail("a change that the case does not have", attribute.c_str());
            }
        }
        return value(setting);
    }

    std::string problem() const
    {
        const std::string what = saves_energy ? "\"ES\",\"objectives\":[\"minimize energy_w\"],\"constraints\":[\"max_load <= " + digits(largest_load) + "\",\"uncovered_share <= " + digits(uncovered_most) +
                                                    "\",\"throughput_p5_mbps >= " + digits(p5_least) + "\"]"
                                              : "\"MLB\",\"objectives\":[\"minimize max_load\"]";
        return "{\"problem_type\":" + what + ",\"network\":" + network.json() + ",\"mode\":\"SHADOW\",\"seed\":1}";
    }
};

struct tally {
    size_t cases = 0, feasible = 0, acted = 0, exact = 0;
    figures us;
};

} // namespace

void measure_cases(const bench_plan &plan, goal_rows &rows)
{
    std::printf("\nSmall networks (ES: 2 to 6 cells on or off, three targets; MLB: 2 or 3 cells, offsets of -2 to 2 dB): decisions that are the best of all settings, which are evaluated here from the definitions\n"
                "  %-6s %8s %10s %8s %8s %20s\n",
                "type", "cases", "feasible", "acts", "exact", "us of CPU, median");
    random_numbers random(20250131);
    size_t cases = 0, exact = 0;
    for (const bool energy : {true, false}) {
        tally all;
        for (size_t i = 0; i < plan.cases; i++) {
            const small_case one(random, energy);
            const ours library("{\"seed\":1}");
            const double best = one.best();
            const std::string problem = one.problem();
            const uint64_t start = thread_cpu_ns();
            const std::string decision = library.decide(problem);
            all.us.push_back(static_cast<double>(thread_cpu_ns() - start) / 1000);
            const std::vector<std::string> actions = elements(member(decision, "actions"));
            const double ours_value = one.value_after(actions);
            const bool right = best == not_feasible ? actions.empty() : std::fabs(ours_value - best) <= same * best; /* what cannot be reached is not tried */
            all.cases++;
            all.feasible += best != not_feasible;
            all.acted += !actions.empty();
            all.exact += right;
            if (!right) {
                std::printf("  %s case %zu: best of all settings %.10g, ours %.10g (%s)\n", energy ? "ES" : "MLB", i, best, ours_value, unquoted(member(decision, "reason")).c_str());
            }
        }
        std::printf("  %-6s %8zu %10zu %8zu %8zu", energy ? "ES" : "MLB", all.cases, all.feasible, all.acted, all.exact);
        put(median(all.us), 20, 0);
        std::printf("\n");
        std::fflush(stdout);
        cases += all.cases;
        exact += all.exact;
    }
    rows.push_back({"small ES and MLB decisions, exact optimum", cases, "", 0, static_cast<double>(exact), "enumeration", static_cast<double>(cases), static_cast<double>(exact) / static_cast<double>(cases),
                    std::to_string(cases) + " of " + std::to_string(cases), judge(exact == cases)});
}
