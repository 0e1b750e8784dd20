// An xApp that watches two control functions which set handovers at one border, and says what it expects of the load before it happens.
//
// Load balancing (MLB) sets the cell's offset CIO, mobility robustness (MRO) its hysteresis HYS. Each corrects the whole of what it measures,
// and each sees what the other did. The xApp gives their commands to the strange-loop core, one by one as they come: it tells the conflicts,
// estimates from the changes of both how strongly each answers the other, and advises by how much to damp them so that they settle. Then a loop
// predicts the load from two simple models, and the core keeps count of how good that is: coverage and regret beside their proven bounds.
//
//     xapp_conflicts [PREDICTIONS]      480 by default: five days of quarters of an hour; at least one day
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "rancognition.hpp"

namespace {

constexpr std::size_t function_count = 2;
constexpr std::array<const char *, function_count> names{"MLB", "MRO"}, parameters{"CIO", "HYS"};
constexpr std::size_t watched_periods = 12, damped_periods = 24;
constexpr std::uint64_t period_ns = 900000000000; // a quarter of an hour
constexpr std::size_t day = 96;
constexpr double pi = 3.14159265358979323846;

using decibels = std::array<double, function_count>; // of each function

class noise {
public:
    explicit noise(unsigned seed) : random_(seed) {}
    double operator()(double size) { return size * (static_cast<double>(random_()) / 2147483648.0 - 1); } // evenly in +-size

private:
    std::mt19937 random_;
};

// The border between two cells: what the functions measure, for what they have set.
class border {
public:
    double load_difference() { return 24 - 5 * set_[0] - 5.5 * set_[1] + noise_(0.2); } // PRB use here minus that of the neighbour, points
    double late_handovers() { return 8 + 4 * set_[0] - 4 * set_[1] + noise_(0.2); }     // too late minus too early, an hour

    // What each function would change, so that what it measures becomes 0 by its own doing.
    decibels wishes() { return {load_difference() / 5, late_handovers() / 4}; }

    double change(std::size_t function, double by)
    {
        const double before = set_[function];
        set_[function] = std::clamp(before + by, -12.0, 12.0);
        return set_[function] - before;
    }

    double value(std::size_t function) const { return set_[function]; }

private:
    decibels set_{};
    noise noise_{7};
};

// What stands after "name": in a result, from the first place on that is named before it.
std::string_view after(std::string_view json, std::string_view name)
{
    const std::size_t at = json.find("\"" + std::string(name) + "\":");
    if (at == std::string_view::npos) {
        throw std::runtime_error(std::string(name) + " is not in " + std::string(json.substr(0, 200)));
    }
    return json.substr(at + name.size() + 3);
}

double number(std::string_view json, std::string_view name) { return std::strtod(std::string(after(json, name).substr(0, 32)).c_str(), nullptr); }

std::string text(std::string_view json, std::string_view name)
{
    const std::string_view value = after(json, name);
    return std::string(value.substr(1, value.find('"', 1) - 1));
}

template <class... Values>
std::string format(const char *how, Values... values)
{
    char said[512];
    std::snprintf(said, sizeof said, how, values...);
    return said;
}

// Gives the core the commands of the functions and tells what it says of them.
class watch {
public:
    explicit watch(const rancog::strange_loop &core) : core_(core) {}

    // The message of one function, as it sends it.
    void command(std::size_t function, double value, std::uint64_t time_ns)
    {
        told_.push_back(format("%s (%s %+.1f dB)", names[function], parameters[function], value));
        const std::string message =
            format(R"({"source":"%s","command":"set","targetParameter":"%s","targetValue":%.6f,"targetCell":"A","timestamp":%llu,"controlTimespan":%llu})", names[function],
                   parameters[function], value, static_cast<unsigned long long>(time_ns), static_cast<unsigned long long>(period_ns));
        const rancog::buffer report = core_.detect_conflicts(
            R"({"keep":true,"groups":[{"groupName":"handover","parameters":[{"changeTarget":"A","parameterName":"CIO"},{"changeTarget":"A","parameterName":"HYS"}]}],"commands":[)" +
            message + "]}");
        for (std::string_view rest = report; rest.find("\"conflictType\"") != std::string_view::npos; rest = after(rest, "commands")) {
            tell(rest);
        }
    }

    std::size_t commands() const { return told_.size(); }
    std::size_t conflicts() const { return conflicts_; }

private:
    void tell(std::string_view conflict)
    {
        if (++conflicts_ > 3) {
            return; // they go on in the same way
        }
        const std::string places(after(conflict, "commands").substr(1, 40)); // "3,4],.."
        char *next = nullptr;
        const std::size_t first = std::strtoul(places.c_str(), &next, 10), second = std::strtoul(next + 1, nullptr, 10);
        std::printf("%s conflict in cell %s, group %s: %s against %s\n", text(conflict, "conflictType").c_str(), text(conflict, "targetCell").c_str(),
                    text(conflict, "groupName").c_str(), told_.at(second).c_str(), told_.at(first).c_str());
    }

    const rancog::strange_loop &core_;
    std::vector<std::string> told_;
    std::size_t conflicts_ = 0;
};

// One period: both measure, both act, each by that factor of what it would; gives their changes.
decibels act(border &cells, watch &commands, std::uint64_t period, double factor)
{
    const decibels wishes = cells.wishes();
    decibels changes{};
    for (std::size_t function = 0; function < function_count; function++) {
        changes[function] = cells.change(function, factor * wishes[function]);
        commands.command(function, cells.value(function), period * period_ns + function * period_ns / 2);
    }
    return changes;
}

double size_of(const decibels &changes) { return std::hypot(changes[0], changes[1]); }

// By how much the changes of both are to be multiplied; 1 when they may go on as they are.
double advice(const rancog::strange_loop &core, const std::vector<decibels> &changes)
{
    std::string rows;
    for (const decibels &row : changes) {
        rows += format("%s[%.9f,%.9f]", rows.empty() ? "" : ",", row[0], row[1]);
    }
    const rancog::buffer report = core.detect_conflicts(format(R"({"loops":{"names":["%s","%s"],"changes":[)", names[0], names[1]) + rows + "]}}");
    const std::string_view gain = after(report, "loop_gain_matrix"), of_mlb = after(gain, names[0]), of_mro = after(of_mlb.substr(of_mlb.find('}')), names[1]);
    std::printf("for each dB of the other MLB changes %+.2f dB, MRO %+.2f dB; spectral radius %.2f\n", number(of_mlb, names[1]), number(of_mro, names[0]),
                number(report, "spectral_radius"));
    const std::string_view advised = after(report.view().substr(report.view().find("\"spectral_radius\"")), "advice");
    const std::string kind = text(advised, "kind");
    if (kind == "none") {
        return 1;
    }
    if (kind != "damping") {
        throw std::runtime_error("no damping helps: one of them must have precedence");
    }
    std::printf("advice: damping %.2f (they settle below %.2f)\n", number(advised, "damping"), number(advised, "limit"));
    return number(advised, "damping");
}

void settle(const rancog::strange_loop &core)
{
    border cells;
    watch commands(core);
    std::vector<decibels> changes;
    std::uint64_t period = 0;
    while (period < watched_periods) {
        changes.push_back(act(cells, commands, period++, 1));
    }
    std::printf("%zu conflicts in %zu commands; changes of %.1f dB at first, of %.1f dB after %zu periods\n", commands.conflicts(), commands.commands(), size_of(changes.front()),
                size_of(changes.back()), changes.size());
    const double factor = advice(core, changes);
    decibels last{};
    for (std::size_t i = 0; i < damped_periods; i++) {
        last = act(cells, commands, period++, factor);
    }
    std::printf("damped: changes of %.2f dB after %zu periods; load difference %+.1f points, late handovers %+.1f an hour\n", size_of(last), damped_periods,
                cells.load_difference(), cells.late_handovers());
}

// PRB use of a cell, quarter by quarter: a day has its hours, and after the second day a road nearby is closed.
double load(std::size_t quarter, noise &random)
{
    const double hour = static_cast<double>(quarter % day) / 4;
    return 45 + 20 * std::sin(2 * pi * (hour - 9) / 24) + (quarter >= 2 * day ? 12 : 0) + random(4);
}

// Expects the load of each quarter with an interval that is far too narrow; the core learns that from what happens.
void predict(const rancog::strange_loop &core, std::size_t count)
{
    constexpr double narrow = 2; // points to either side
    std::vector<double> loads;
    std::string observed;
    std::size_t held_as_given = 0;
    noise random(11);
    rancog::buffer reply;
    for (std::size_t quarter = 0; quarter <= count; quarter++) {
        const double last = loads.empty() ? 45 : loads.back(), yesterday = quarter < day ? last : loads[quarter - day], mean = (last + yesterday) / 2;
        reply = core.observe(format(R"({"loop_id":"load of A","time_ns":%llu,)", static_cast<unsigned long long>(quarter * period_ns)) + observed +
                             format(R"("predict":{"prb":{"mean":%.4f,"lower":%.4f,"upper":%.4f,"coverage":0.9}},"experts":{"last":{"prb":%.4f},"yesterday":{"prb":%.4f}}})",
                                    mean, mean - narrow, mean + narrow, last, yesterday));
        loads.push_back(load(quarter, random));
        held_as_given += quarter < count && std::fabs(loads.back() - mean) <= narrow;
        observed = format(R"("observed":{"prb":%.6f},)", loads.back());
    }
    const std::string_view coverage = after(reply, "coverage"), regret = after(reply, "regret"), weights = after(reply, "weights");
    std::printf("intervals: %.0f %% held as given; corrected %.1f %%, wanted %.0f %%, proven within %.1f %%\n", 100 * static_cast<double>(held_as_given) / static_cast<double>(count),
                100 * number(coverage, "value"), 100 * number(coverage, "target"), 100 * number(coverage, "bound"));
    std::printf("models: last weighs %.2f, yesterday %.2f; regret %.1f, proven at most %.1f\n", number(weights, "last"), number(weights, "yesterday"), number(regret, "value"),
                number(regret, "bound"));
}

} // namespace

int main(int count, char **arguments)
{
    const unsigned long predictions = count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 480;
    if (count > 2 || predictions < day || predictions > 100000) {
        std::fprintf(stderr, "usage: xapp_conflicts [PREDICTIONS]      %zu..100000\n", day);
        return 2;
    }
    try {
        const rancog::strange_loop core;
        settle(core);
        predict(core, predictions);
    } catch (const std::exception &error) {
        std::fprintf(stderr, "xapp_conflicts: %s\n", error.what());
        return 1;
    }
    return 0;
}
