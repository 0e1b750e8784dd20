// An xApp that looks for the tilts of three cells: the optimization core asks for settings, a simulator of the host says what they give, and
// the core is told. The xApp owns the loop: the answers may as well come from a digital twin or, one setting a quarter of an hour, from the
// network itself.
//
//     xapp_tilt [EVALUATIONS]      300 by default
//
// The simulator: three cells at the corners of a triangle look at each other, users stand at random places. A tilt that is too small disturbs the
// neighbours, one that is too large leaves the far users without coverage.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "rancognition.hpp"

namespace {

constexpr std::size_t cell_count = 3;
constexpr std::size_t user_count = 400;
constexpr std::size_t at_once = 8;          // settings that the simulator is given together
constexpr double side_m = 1200;
constexpr double pi = 3.14159265358979323846;

using tilts = std::array<double, cell_count>; // degrees below the horizon

// Tilts in steps of 0.1 degree, from where they are now; for the largest mean of the logarithm of the users' rates, while no more than 2 % of
// the users are without coverage.
std::string problem(std::size_t evaluations)
{
    std::string knobs;
    for (std::size_t cell = 1; cell <= cell_count; cell++) {
        knobs += (cell > 1 ? "," : "") + std::string(R"({"name":"tilt )") + std::to_string(cell) + R"(","type":"real","lower":0,"upper":16,"step":0.1,"initial":0})";
    }
    return R"({"variables":[)" + knobs + R"(],"objectives":[{"name":"utility","sense":"max"}],"constraints":[{"name":"uncovered"}],"seed":1,)" +
           R"("budget":{"evaluations":)" + std::to_string(evaluations) + "}}";
}

// What a setting gives.
struct kpis {
    double utility;         // mean of ln(rate / (bit/s))
    double edge_mbps;       // rate that 95 % of the users have
    double median_mbps;
    double uncovered_share; // of the users

    double objective() const { return utility; }
    double constraint() const { return uncovered_share - 0.02; } // holds when it is at most 0
};

class simulator {
public:
    simulator()
    {
        std::mt19937 random(7);
        const auto uniform = [&] { return static_cast<double>(random()) / 4294967296.0; };
        for (place &user : users_) {
            do { // inside the triangle
                user = {side_m * uniform(), side_m * uniform()};
            } while (user.y > std::sqrt(3.0) * std::min(user.x, side_m - user.x));
            user.shadowing_db = 6 * (uniform() + uniform() + uniform() + uniform() - 2) / std::sqrt(1.0 / 3);
        }
    }

    kpis run(const tilts &tilt) const
    {
        std::vector<double> rates;
        double utility = 0;
        std::size_t uncovered = 0;
        for (const place &user : users_) {
            double strongest = 0, all = 0;
            for (std::size_t cell = 0; cell < cell_count; cell++) {
                const double mw = std::pow(10, received_dbm(cell, tilt[cell], user) / 10);
                strongest = std::max(strongest, mw);
                all += mw;
            }
            uncovered += 10 * std::log10(strongest) < lowest_dbm;
            const double sinr = strongest / (all - strongest + noise_mw);
            const double mbps = 20 * std::log2(1 + std::min(sinr, 250.0)) * 3 / user_count; // 20 MHz a cell, the same share for each user
            rates.push_back(mbps);
            utility += std::log(mbps * 1e6) / user_count;
        }
        std::sort(rates.begin(), rates.end());
        return {utility, rates[user_count / 20], rates[user_count / 2], static_cast<double>(uncovered) / user_count};
    }

private:
    struct place {
        double x, y;
        double shadowing_db = 0;
    };

    static constexpr double lowest_dbm = -92; // what coverage is
    static constexpr double noise_mw = 1e-9; // -90 dBm: 20 MHz, 9 dB of noise figure, and what comes from farther away

    // Urban macro at 2 GHz; antennas as in TR 36.814: 65 degrees wide, 10 high.
    static double received_dbm(std::size_t cell, double tilt_deg, const place &user)
    {
        constexpr double top = side_m * 0.8660254037844386;
        constexpr std::array<std::array<double, 4>, cell_count> cells{{{0, 0, 30, 30}, {side_m, 0, 150, 50}, {side_m / 2, top, 270, 25}}}; // x, y, azimuth, height
        const double dx = user.x - cells[cell][0], dy = user.y - cells[cell][1];
        const double distance = std::max(std::hypot(dx, dy), 20.0);
        const double azimuth = std::remainder(std::atan2(dy, dx) * 180 / pi - cells[cell][2], 360);
        const double below = std::atan2(cells[cell][3] - 1.5, distance) * 180 / pi - tilt_deg;
        const double horizontal = std::min(12 * azimuth * azimuth / (65.0 * 65), 25.0), vertical = std::min(12 * below * below / 100, 20.0);
        const double loss_db = 128.1 + 37.6 * std::log10(distance / 1000) + 20; // 20 dB into the building
        return 46 + 15 - std::min(horizontal + vertical, 25.0) - loss_db + user.shadowing_db;
    }

    std::array<place, user_count> users_{};
};

// Lets the core search; gives what it knows at the end (JSON), and in 'best' the best setting that was tried.
rancog::buffer search(const simulator &network, std::size_t evaluations, tilts &best)
{
    const rancog::optimization core;
    core.begin(problem(evaluations));
    double highest = -HUGE_VAL;
    for (;;) {
        const std::vector<double> x = core.ask(at_once, cell_count);
        const std::size_t rows = x.size() / cell_count;
        if (rows == 0) {
            return core.result();
        }
        std::vector<double> objectives, constraints;
        for (std::size_t row = 0; row < rows; row++) {
            tilts setting{};
            std::copy_n(&x[row * cell_count], cell_count, setting.begin());
            const kpis given = network.run(setting);
            objectives.push_back(given.objective());
            constraints.push_back(given.constraint());
            if (given.constraint() <= 0 && given.objective() > highest) {
                highest = given.objective();
                best = setting;
            }
        }
        core.tell(rows, x, objectives, constraints);
    }
}

void print(const char *name, const tilts &setting, const kpis &given)
{
    std::printf("%-6s tilts %4.1f %4.1f %4.1f: edge %.3f Mbit/s, median %.3f Mbit/s, %.1f %% uncovered\n", name, setting[0], setting[1], setting[2],
                given.edge_mbps, given.median_mbps, 100 * given.uncovered_share);
}

// What stands after "name": in a result, up to the next comma.
std::string_view field(std::string_view json, std::string_view name)
{
    const std::size_t at = json.find("\"" + std::string(name) + "\":");
    const std::size_t from = at == std::string_view::npos ? json.size() : at + name.size() + 3;
    return json.substr(from, json.find(',', from) - from);
}

void run(std::size_t evaluations)
{
    const simulator network;
    const tilts before{0, 0, 0};
    tilts after = before;
    const rancog::buffer result = search(network, evaluations, after);
    print("before", before, network.run(before));
    print("after", after, network.run(after));
    const std::string_view count = field(result, "evaluations"), stopped = field(result, "stopped");
    std::printf("%.*s settings were tried; stopped: %.*s\n", static_cast<int>(count.size()), count.data(), static_cast<int>(stopped.size()), stopped.data());
}

} // namespace

int main(int count, char **arguments)
{
    const unsigned long evaluations = count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 300;
    if (count > 2 || evaluations == 0) {
        std::fprintf(stderr, "usage: xapp_tilt [EVALUATIONS]\n");
        return 2;
    }
    try {
        run(evaluations);
    } catch (const std::exception &error) {
        std::fprintf(stderr, "xapp_tilt: %s\n", error.what());
        return 1;
    }
    return 0;
}
