// An xApp that learns from what it did: KPM-like reports in; where users are slow, the nearest situations of the past are recalled, what
// worked best in them is done again, and what came of it is remembered.
//
//     xapp_memory FILE        remembers in FILE (an SQLite database); run it again: it knows what it has learned
//
// The network is played: cells are slow because they are overloaded (moving users to a neighbour helps) or because the users are far away
// (tilting the antenna up helps). The xApp does not know that.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "rancognition.hpp"

namespace {

constexpr int report_count = 60;
constexpr double target_mbps = 10;
constexpr std::size_t recalled = 5;       // episodes of each action
constexpr double alike = 0.35;            // states that are farther apart tell nothing of each other
constexpr std::array<std::string_view, 2> actions{"offload", "tilt_up"};

// What a cell reports, in the words of TS 28.552; parts of E2SM-KPM.
struct report {
    std::string cell;
    double prb, users, rsrp_dbm, mbps;

    std::array<float, 3> state() const // each about 0..1, so that distances mean something
    {
        return {static_cast<float>(prb / 100), static_cast<float>(users / 100), static_cast<float>((rsrp_dbm + 120) / 40)};
    }
};

// The network: reports of slow cells, and what an action brings.
class radio {
public:
    explicit radio(unsigned seed) : random_(seed) {}

    report next()
    {
        is_overloaded_ = uniform(0, 1) < 0.5;
        const std::string cell = "cell-" + std::to_string(random_() % 4 + 1);
        return is_overloaded_ ? report{cell, uniform(82, 98), uniform(50, 90), uniform(-98, -82), uniform(4, 9)}
                              : report{cell, uniform(35, 70), uniform(15, 60), uniform(-118, -104), uniform(4, 9)};
    }

    // Throughput after it.
    double after(const report &before, std::string_view action)
    {
        const bool is_right = (action == "offload") == is_overloaded_;
        return before.mbps * (is_right ? uniform(1.8, 3.0) : uniform(0.7, 1.1));
    }

private:
    double uniform(double from, double to) { return from + (to - from) * static_cast<double>(random_()) / 4294967296.0; }

    std::mt19937 random_;
    bool is_overloaded_ = false;
};

// The number after "name": of a result; those that are read here are flat enough for that.
double number(std::string_view json, std::string_view name)
{
    const std::size_t at = json.find("\"" + std::string(name) + "\":");
    return at == std::string_view::npos ? 0 : std::strtod(std::string(json.substr(at + name.size() + 3, 40)).c_str(), nullptr);
}

template <class... Values>
std::string text(const char *format, Values... values)
{
    std::array<char, 600> room;
    const int length = std::snprintf(room.data(), room.size(), format, values...);
    return {room.data(), static_cast<std::size_t>(length)};
}

class xapp {
public:
    explicit xapp(const std::string &file) : memory_("{\"path\":\"" + file + "\"}") {}

    unsigned remembered() const { return static_cast<unsigned>(number(memory_.get_stats(), "episodes")); }

    // What to do about a slow cell: what is not known in a situation like this is tried, then what brought most is done.
    std::string_view decide(const report &now) const
    {
        std::string_view best;
        double best_gain = 0;
        for (const std::string_view action : actions) {
            const std::optional<double> gain = expected_gain(now, action);
            if (!gain) {
                return action;
            }
            if (best.empty() || *gain > best_gain) {
                best = action;
                best_gain = *gain;
            }
        }
        return best;
    }

    // The situation and what is done, before anybody knows what that brings.
    std::uint64_t remember(const report &now, std::string_view action) const
    {
        const std::string document = text(R"({"situation":{"RRU.PrbTotDl":%.1f,"RRC.ConnMean":%.1f,"L1M.SS-RSRP":%.1f,"DRB.UEThpDl":%.2f},"tags":["%s"],)"
                                          R"("action":[{"managedObject":"NRCellDU=%s","attribute":"%s","before":0,"after":%d}]})",
                                          now.prb, now.users, now.rsrp_dbm, now.mbps, action.data(), now.cell.c_str() + 5,
                                          action == "offload" ? "cellIndividualOffset" : "digitalTilt", action == "offload" ? 3 : -2);
        const std::array<float, 3> state = now.state();
        rancog::episode episode;
        episode.vector = state;
        episode.cell = now.cell;
        episode.document = document;
        return memory_.append(episode);
    }

    // What it brought.
    void learn(std::uint64_t id, const report &before, double mbps) const
    {
        memory_.update(text(R"({"id":%llu,"outcome":{"DRB.UEThpDl":%.2f},"reward":%.2f,"success":%s})", static_cast<unsigned long long>(id), mbps,
                            mbps - before.mbps, mbps >= target_mbps ? "true" : "false"));
    }

    // Which action worked where, best first.
    rancog::buffer skills() const { return memory_.analyze(R"({"op":"skills","min_count":10})"); }

private:
    // Mean reward of the action in the situations that are most like this one; none when there is no such.
    std::optional<double> expected_gain(const report &now, std::string_view action) const
    {
        const std::size_t most = std::min<std::size_t>(recalled, remembered());
        if (most == 0) {
            return std::nullopt;
        }
        const auto which = rancog::filter().min_reward(-1000).where(text(R"({"tags":{"$contains":"%s"}})", action.data()));
        double sum = 0;
        int count = 0;
        for (const rancog::hit &hit : memory_.search(now.state(), most, which)) {
            if (hit.distance <= alike) {
                sum += hit.reward;
                count++;
            }
        }
        return count > 0 ? std::optional<double>(sum / count) : std::nullopt;
    }

    rancog::memory memory_;
};

void run(const std::string &file)
{
    const xapp app(file);
    const unsigned before = app.remembered();
    std::printf("%u episodes are remembered\n", before);
    radio network(before + 1);
    int relieved = 0, first_ten = 0;
    for (int i = 0; i < report_count; i++) {
        const report now = network.next();
        const std::string_view action = app.decide(now);
        const std::uint64_t id = app.remember(now, action);
        const double mbps = network.after(now, action);
        app.learn(id, now, mbps);
        relieved += mbps >= target_mbps;
        first_ten += i < 10 && mbps >= target_mbps;
        if (i == report_count - 1) {
            std::printf("%s: PRB %.0f %%, RSRP %.0f dBm, %.1f Mbit/s: %.*s, then %.1f Mbit/s\n", now.cell.c_str(), now.prb, now.rsrp_dbm, now.mbps,
                        static_cast<int>(action.size()), action.data(), mbps);
        }
    }
    std::printf("relieved: %d of the first 10, %d of all %d\n", first_ten, relieved, report_count);
    std::printf("best skill: %.0f %% of %.0f tries went well\n", 100 * number(app.skills(), "success_rate"), number(app.skills(), "count"));
}

} // namespace

int main(int count, char **arguments)
{
    if (count != 2) {
        std::fprintf(stderr, "usage: xapp_memory FILE\n");
        return 2;
    }
    try {
        run(arguments[1]);
    } catch (const rancog::storage_error &error) {
        std::fprintf(stderr, "xapp_memory: nothing more can be kept: %s\n", error.what());
        return 1;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "xapp_memory: %s\n", error.what());
        return 1;
    }
    return 0;
}
