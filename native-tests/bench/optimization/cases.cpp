/* Small networks: the answer beside all settings, each evaluated independently of the library. */
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <random>

#include "clocks.hpp"
#include "ours.hpp"
#include "plain_network.hpp"
#include "sections.hpp"
#include "table.hpp"

namespace {

constexpr double not_feasible = std::numeric_limits<double>::infinity();
constexpr double same = 1e-6; /* relative: both values have their own last digits */

class random_numbers {
public:
    explicit random_numbers(uint64_t seed) : engine_(seed) {}

    double between(double least, double most) { return least + (most - least) * std::ldexp(static_cast<double>(engine_() >> 11), -53); }
    size_t below(size_t count) { return static_cast<size_t>(engine_() % count); }

private:
    std::mt19937_64 engine_;
};

plain_network random_network(random_numbers &random, size_t cells_most, double traffic_most)
{
    plain_network network;
    const size_t cells = 2 + random.below(cells_most - 1);
    network.sites = 1 + random.below(cells);
    network.users = 4 + random.below(21);
    for (size_t i = 0; i < network.users * network.sites; i++) {
        network.loss_db.push_back(random.between(95, 130));
        network.azimuth_deg.push_back(random.between(-180, 180));
        network.zenith_deg.push_back(random.between(91, 105));
    }
    for (size_t i = 0; i < network.users; i++) {
        network.weights.push_back(random.between(0.1, 1.1));
    }
    network.traffic_mbps = random.between(0, traffic_most);
    network.coverage_rsrp_dbm = random.between(-105, -95);
    for (size_t i = 0; i < cells; i++) {
        network.cells.push_back({30 + 120.0 * static_cast<double>(i), 94 + static_cast<double>(random.below(10)), 40 + static_cast<double>(random.below(7))});
    }
    return network;
}

/* One question, and the value of a setting: not_feasible where a constraint does not hold. */
struct small_case {
    plain_network network;
    bool saves_energy; /* ES; else MLB */
    numbers values; /* of each knob */
    double p5_loss;
    plain_result all_on;

    small_case(int index, random_numbers &random, bool energy)
        : network(random_network(random, energy ? 6 : 4, energy ? 120 : 80)), saves_energy(energy), values(energy ? numbers{0, 1} : numbers{-6, 0, 3}), p5_loss(index % 3 ? 0.6 : 0.1),
          all_on(network.evaluate(network.cells))
    {
    }

    double value(const numbers &x) const
    {
        std::vector<plain_cell> cells = network.cells;
        for (size_t i = 0; i < cells.size(); i++) {
            cells[i].on = !saves_energy || x[i] > 0.5;
            cells[i].cio_db = saves_energy ? 0 : x[i];
        }
        const plain_result result = network.evaluate(cells);
        if (!result.has_loads) {
            return not_feasible;
        }
        if (!saves_energy) {
            return result.largest_load;
        }
        const bool holds = result.largest_load <= 0.7 && result.uncovered - all_on.uncovered <= 0.01 && (!all_on.has_loads || 1 - result.p5_mbps / all_on.p5_mbps <= p5_loss);
        return holds ? result.energy_w : not_feasible;
    }

    size_t settings() const { return static_cast<size_t>(std::llround(std::pow(values.size(), network.cells.size()))); }

    double best() const
    {
        double best = not_feasible;
        numbers x(network.cells.size());
        for (size_t code = 0; code < settings(); code++) {
            size_t rest = code;
            for (double &knob : x) {
                knob = values[rest % values.size()];
                rest /= values.size();
            }
            best = std::min(best, value(x));
        }
        return best;
    }

    std::string problem(size_t budget) const
    {
        const std::string limits = saves_energy ? "{\"p5_loss\":" + digits(p5_loss) + "}" : "{\"cio_values\":" + digits(values) + "}";
        return "{\"problem_type\":\"" + std::string(saves_energy ? "ES" : "MLB") + "\",\"network\":" + network.json() + ",\"limits\":" + limits + ",\"budget\":{\"evaluations\":" + std::to_string(budget) + "},\"seed\":1}";
    }
};

struct tally {
    size_t cases = 0, feasible = 0, exact = 0, exact_by_search = 0;
    figures us;
};

bool is_best(const small_case &one, const our_answer &answer, double best)
{
    if (best == not_feasible || !answer.feasible) {
        return (best == not_feasible) == !answer.feasible;
    }
    return std::fabs(answer.value - best) <= same * best && std::fabs(one.value(answer.x) - best) <= same * best;
}

void show(const char *name, const tally &all)
{
    std::printf("  %-4s %6zu  %8zu   %14zu   %30zu ", name, all.cases, all.feasible, all.exact, all.exact_by_search);
    put(median(all.us), 17, 0);
    std::printf("\n");
}

} // namespace

void measure_cases(const bench_plan &plan, goal_rows &rows)
{
    const ours library;
    random_numbers random(20240607);
    tally energy, balance;
    std::printf("\nSmall networks (ES: 2 to 6 cells on or off; MLB: 2 to 4 cells with offsets -6, 0, 3 dB): answers that are the best of all settings, which are evaluated here from the definitions\n"
                "  type  cases  feasible   all evaluated   a third of the settings allowed   us of CPU a case\n");
    for (int i = 0; i < plan.cases; i++) {
        const small_case one(i, random, i % 2 == 0);
        tally &all = i % 2 == 0 ? energy : balance;
        const double best = one.best();
        const uint64_t start = thread_cpu_ns();
        const our_answer answer = library.optimize(one.problem(2 * one.settings()));
        all.us.push_back(static_cast<double>(thread_cpu_ns() - start) / 1000);
        all.cases++;
        all.feasible += best == not_feasible ? 0 : 1;
        const bool exact = is_best(one, answer, best) && answer.stopped == "exact";
        all.exact += exact ? 1 : 0;
        all.exact_by_search += is_best(one, library.optimize(one.problem(std::max<size_t>(1, one.settings() / 3))), best) ? 1 : 0;
        if (!exact) {
            std::printf("  case %d: best of all settings %.10g, ours %.10g (%s, %s)\n", i, best, answer.value, answer.feasible ? "feasible" : "not feasible", answer.stopped.c_str());
        }
    }
    show("ES", energy);
    show("MLB", balance);
    const size_t cases = energy.cases + balance.cases, exact = energy.exact + balance.exact;
    rows.push_back({"small ES and MLB cases, exact optimum", cases, "", 0, static_cast<double>(exact), "enumeration", static_cast<double>(cases), static_cast<double>(exact) / static_cast<double>(cases),
                    std::to_string(cases) + " of " + std::to_string(cases), judge(exact == cases)});
}
